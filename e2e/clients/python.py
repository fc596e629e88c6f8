"""axiom-py against a running server: 0.13, which asks for the legacy answer, and newer ones, which ask for tables.

Arguments: the server's address, a token that may do everything. Exits 0 when every value is as expected.
"""

import sys
from datetime import datetime, timedelta, timezone

from axiom_py import Client
from axiom_py.annotations import AnnotationCreateRequest, AnnotationUpdateRequest
from axiom_py.client import AplOptions, AxiomError, ContentEncoding, ContentType, IngestOptions
from axiom_py.tokens import CreateTokenRequest, RegenerateTokenRequest, TokenDatasetCapabilities
from axiom_py.version import __version__

URL, TOKEN = sys.argv[1:3]
IS_OLD = __version__.startswith("0.13.")
NAME = "py-" + __version__.replace(".", "-")


def same(found, expected):
    if found != expected:
        raise AssertionError(f"expected {expected!r}, found {found!r}")


def fails(status, call):
    try:
        call()
    except AxiomError as error:
        same(error.status, status)
        return str(error)
    raise AssertionError(f"expected the status {status}, and there was no error")


def tabular(client, apl, **options):
    if IS_OLD:
        from axiom_py import AplResultFormat

        options["format"] = AplResultFormat.Tabular
    return client.query(apl, AplOptions(**options))


def rows(client, apl, **options):
    return list(tabular(client, apl, **options).tables[0].events())


def datasets(client):
    made = client.datasets.create(NAME, "made by axiom-py")
    same((made.id, made.name, made.description), (NAME, NAME, "made by axiom-py"))
    fails(409, lambda: client.datasets.create(NAME))
    fails(400, lambda: client.datasets.create("no/such/name"))
    same(client.datasets.update(NAME, "changed").description, "changed")
    same(client.datasets.get(NAME).description, "changed")
    assert NAME in [dataset.name for dataset in client.datasets.get_list()]
    same(rows(client, f"['{NAME}'] | count"), [{"Count": 0}])


def ingest(client):
    begun = datetime.now(timezone.utc)
    status = client.ingest_events(
        NAME,
        [
            {"_time": begun, "method": "GET", "size": 10, "took": 1.5, "ok": True, "user": {"id": "ann"}},
            {"_time": begun + timedelta(seconds=1), "method": "POST", "size": 30, "ok": False, "tags": ["a", "b"]},
            {"method": "GET", "size": 20},
        ],
    )
    same((status.ingested, status.failed, status.failures), (3, 0, []))
    csv = b"when;method;size\n2026-01-31 10:00:00;PUT;40\n"
    options = IngestOptions("when", "2006-01-02 15:04:05", ";")
    status = client.ingest(NAME, csv, ContentType.CSV, ContentEncoding.IDENTITY, options)
    same((status.ingested, status.failed), (1, 0))
    status = client.ingest(NAME, b'{"size":1}\n{oops\n', ContentType.NDJSON, ContentEncoding.IDENTITY)
    same((status.ingested, status.failed, len(status.failures)), (1, 1, 1))
    assert status.failures[0].error.startswith("line 2"), status.failures


def query(client):
    found = rows(client, f"['{NAME}'] | where method == 'GET' and isnotnull(ok) | project method, size, took, ok, ['user.id']")
    same(found, [{"method": "GET", "size": 10, "took": 1.5, "ok": True, "user.id": "ann"}])
    found = rows(client, f"['{NAME}'] | where size >= 10 | summarize n = count(), all = sum(size) by method | sort by method asc")
    same(
        found,
        [
            {"method": "GET", "n": 2, "all": 30},
            {"method": "POST", "n": 1, "all": 30},
            {"method": "PUT", "n": 1, "all": 40},
        ],
    )
    found = rows(client, f"['{NAME}'] | where method == 'PUT' | project _time, size")
    same(found, [{"_time": "2026-01-31T10:00:00Z", "size": 40}])
    last_month = rows(
        client,
        f"['{NAME}'] | count",
        start_time=datetime(2026, 1, 1, tzinfo=timezone.utc),
        end_time=datetime(2026, 2, 1, tzinfo=timezone.utc),
    )
    same(last_month, [{"Count": 1}])
    said = fails(400, lambda: client.query(f"['{NAME}'] | where methodd == 'GET'"))
    assert "methodd" in said, said


def pages(client):
    page, cursor, seen = None, None, []
    while page is None or page:
        result = tabular(client, f"['{NAME}'] | sort by _time desc | limit 2", cursor=cursor)
        page = list(result.tables[0].events())
        seen += [row["size"] for row in page]
        cursor = result.status.minCursor
    # Newest first: a line without a time, one of three events without one, then by their times.
    same(sorted(seen), [1, 10, 20, 30, 40])
    same(len(seen), 5)


def legacy(client):
    result = client.query(f"['{NAME}'] | where size == 10")
    (match,) = result.matches
    same((match.data["method"], match.data["took"], match.data["ok"]), ("GET", 1.5, True))
    assert match._rowId and match._time, match
    result = client.query(f"['{NAME}'] | where size >= 10 | summarize count() by method")
    totals = {total.group["method"]: total.aggregations for total in result.buckets.totals}
    same(sorted(totals), ["GET", "POST", "PUT"])
    same([(it.op, it.value) for it in totals["GET"]], [("count_", 2)])
    result = client.query(f"['{NAME}'] | where method == 'PUT' | summarize sum(size) by bin(_time, 1h)")
    (interval,) = result.buckets.series
    same(interval.startTime, datetime(2026, 1, 31, 10, tzinfo=timezone.utc))
    same([(it.op, it.value) for it in interval.groups[0].aggregations], [("sum_size", 40)])
    same(result.buckets.totals[0].aggregations[0].value, 40)


def tree(client):
    from axiom_py.query import Aggregation, Filter, FilterOperation, Order, QueryKind, QueryLegacy, QueryOptions

    start, end = (datetime(2026, month, 1, tzinfo=timezone.utc) for month in (1, 2))
    put = Filter(FilterOperation.EQUAL, "method", "PUT", children=[])
    large = Filter(FilterOperation.GREATER_THAN, "size", 39, children=[])
    both = Filter(FilterOperation.AND, "", "", children=[put, large])
    query = QueryLegacy(start, end, filter=both, order=[Order("_time", True)])
    result = client.query_legacy(NAME, query, QueryOptions(saveAsKind=QueryKind.ANALYTICS))
    same([match.data["size"] for match in result.matches], [40])
    query = QueryLegacy(start, end, aggregations=[Aggregation("sum", "size", "all"), Aggregation("count")], groupBy=["method"])
    result = client.query_legacy(NAME, query, QueryOptions(saveAsKind=QueryKind.ANALYTICS))
    (total,) = result.buckets.totals
    same(total.group, {"method": "PUT"})
    same([(it.op, it.value) for it in total.aggregations], [("all", 40), ("COUNT", 1)])
    (interval,) = result.buckets.series
    same([it.value for it in interval.groups[0].aggregations], [40, 1])


def tokens(client):
    capabilities = {NAME: TokenDatasetCapabilities(query=["read"])}
    made = client.tokens.create(CreateTokenRequest(name=NAME, datasetCapabilities=capabilities))
    assert made.token.startswith("xaat-"), "a token is shown once"
    same(client.tokens.get(made.id).name, NAME)
    assert made.id in [token.id for token in client.tokens.list()]
    reader = Client(token=made.token, url=URL)
    same(rows(reader, f"['{NAME}'] | count"), [{"Count": 5}])
    same([dataset.name for dataset in reader.datasets.get_list()], [NAME])
    fails(403, lambda: reader.ingest_events(NAME, [{"x": 1}]))
    fails(403, lambda: reader.query("['traces'] | count"))
    fails(403, lambda: reader.tokens.list())
    fails(403, lambda: reader.datasets.delete(NAME))
    later = datetime.now(timezone.utc) + timedelta(days=1)
    client.tokens.regenerate(made.id, RegenerateTokenRequest(later, later))
    fails(401, lambda: reader.query(f"['{NAME}'] | count"))
    client.tokens.delete(made.id)
    fails(404, lambda: client.tokens.get(made.id))
    fails(401, lambda: Client(token="xaat-00000000-0000-0000-0000-000000000000", url=URL).datasets.get_list())


def annotations(client):
    request = AnnotationCreateRequest([NAME], None, None, "deployed", "version 2", None, "deploy")
    made = client.annotations.create(request)
    same((made.title, made.datasets, made.type), ("deployed", [NAME], "deploy"))
    change = AnnotationUpdateRequest(None, None, None, "rolled back", None, None, None)
    changed = client.annotations.update(made.id, change)
    same((changed.title, changed.description), ("rolled back", "version 2"))
    same([it.id for it in client.annotations.list([NAME])], [made.id])
    same(client.annotations.list(["another"]), [])
    client.annotations.delete(made.id)
    fails(404, lambda: client.annotations.get(made.id))


def edge():
    client = Client(token=TOKEN, url=URL, edge_url=URL)
    same(client.ingest_events(NAME, [{"size": 2}]).ingested, 1)
    same(rows(client, f"['{NAME}'] | where size == 2 | count"), [{"Count": 1}])


def remove(client):
    client.datasets.trim(NAME, timedelta(seconds=86_399))
    client.datasets.delete(NAME)
    fails(404, lambda: client.datasets.get(NAME))
    fails(400, lambda: client.query(f"['{NAME}'] | count"))
    client.datasets.create(NAME)
    same(rows(client, f"['{NAME}'] | count"), [{"Count": 0}])
    client.datasets.delete(NAME)


def main():
    client = Client(token=TOKEN, url=URL)
    same(client.users.current(), None)
    datasets(client)
    ingest(client)
    query(client)
    pages(client)
    if IS_OLD:
        legacy(client)
        tree(client)
    tokens(client)
    annotations(client)
    edge()
    remove(client)
    print(f"axiom-py {__version__}: every value as expected")


main()
