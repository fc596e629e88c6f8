"""ClickHouse, as chdb: the questions over the data files and over a table like Jaeger's, and the sizes.

The table has Jaeger's columns, order and partitions, with ZSTD and low-cardinality columns, which Jaeger does
not set: it is smaller and faster with them.
"""

import json
import pathlib

from chdb import session

THREADS = 2
SPANS = """
CREATE TABLE spans (
    trace_id String, id String, parent_span_id String, name LowCardinality(String), kind LowCardinality(String),
    start_time DateTime64(9, 'UTC') CODEC(Delta, ZSTD(1)), duration Int64,
    status_code LowCardinality(String), status_message String, service_name LowCardinality(String),
    scope_name LowCardinality(String), scope_version LowCardinality(String),
    str_attributes Nested(key LowCardinality(String), value String),
    int_attributes Nested(key LowCardinality(String), value Int64),
    resource_str_attributes Nested(key LowCardinality(String), value String),
    resource_int_attributes Nested(key LowCardinality(String), value Int64),
    events Nested(name LowCardinality(String), timestamp DateTime64(9, 'UTC'), attributes Map(LowCardinality(String), String)),
    links Nested(trace_id String, span_id String, attributes Map(LowCardinality(String), String)),
    INDEX idx_trace_id trace_id TYPE bloom_filter GRANULARITY 1,
    INDEX idx_start_time start_time TYPE minmax GRANULARITY 1,
    INDEX idx_duration duration TYPE minmax GRANULARITY 1,
    INDEX idx_attributes_values str_attributes.value TYPE bloom_filter GRANULARITY 1
) ENGINE = MergeTree PARTITION BY toDate(start_time) ORDER BY (service_name, name, toDateTime(start_time))
SETTINGS default_compression_codec = 'ZSTD(1)'
"""


class Click:
    """A session with the data files in reach."""

    def __init__(self, files, scratch):
        scratch = pathlib.Path(scratch)
        links = scratch / "files"
        links.mkdir()
        for number, file in enumerate(files):
            (links / f"{number:05}.parquet").symlink_to(file)
        self.scratch = scratch
        self.files = f"file('{links}/*.parquet', Parquet)"
        self.session = session.Session(str(scratch / "chdb"))
        self.run(f"SET max_threads = {THREADS}, schema_inference_mode = 'union', max_partitions_per_insert_block = 0")
        described = json.loads(self.run(f"DESCRIBE {self.files}", "JSONCompact"))["data"]
        self.columns = {row[0]: row[1] for row in described}

    def run(self, query, form="Null"):
        return self.session.query(query, form).data()

    def fill(self):
        """Puts the spans into the table and merges its parts."""
        self.run(SPANS)
        pairs = self.pairs()
        self.run(f"INSERT INTO spans ({', '.join(pairs)}) SELECT {', '.join(pairs.values())} FROM {self.files}")
        self.run("OPTIMIZE TABLE spans FINAL")

    def pairs(self):
        """By column of the table: what it is made of."""
        text = lambda name: f"ifNull(`{name}`, '')" if name in self.columns else "''"
        pairs = {
            "trace_id": text("trace_id"), "id": text("span_id"), "parent_span_id": text("parent_span_id"),
            "name": text("name"), "kind": text("kind"), "start_time": "assumeNotNull(_time)",
            "duration": "assumeNotNull(duration)", "status_code": text("status.code"),
            "status_message": text("status.message"), "service_name": text("service.name"),
            "scope_name": text("scope.name"), "scope_version": text("scope.version"),
        }
        lifted = [name for name in self.columns if name.startswith(("service.", "telemetry.")) and name != "service.name"]
        for prefix, target in [("attributes.", ""), ("resource.", "resource_")]:
            named = {name: name.removeprefix(prefix) for name in self.columns if name.startswith(prefix)}
            custom = f"{prefix}custom"
            named.pop(custom, None)
            if target:
                named.update({name: name for name in lifted})
            integers = [name for name in named if "Int" in self.columns[name]]
            texts = [name for name in named if name not in integers]
            keys, values = self.arrays(named, texts, "toString")
            if custom in self.columns:
                keys = f"arrayConcat({keys}, mapKeys(`{custom}`))"
                values = f"arrayConcat({values}, arrayMap(x -> ifNull(x, ''), mapValues(`{custom}`)))"
            pairs[f"{target}str_attributes.key"], pairs[f"{target}str_attributes.value"] = keys, values
            keys, values = self.arrays(named, integers, "toInt64")
            pairs[f"{target}int_attributes.key"], pairs[f"{target}int_attributes.value"] = keys, values
        attributes = "mapApply((k, v) -> (k, ifNull(v, '')), x.attributes)"
        if "events" in self.columns:
            pairs["events.name"] = "arrayMap(x -> ifNull(x.name, ''), events)"
            pairs["events.timestamp"] = "arrayMap(x -> ifNull(x.timestamp, toDateTime64(0, 9, 'UTC')), events)"
            pairs["events.attributes"] = f"arrayMap(x -> {attributes}, events)"
        if "links" in self.columns:
            pairs["links.trace_id"] = "arrayMap(x -> ifNull(x.trace_id, ''), links)"
            pairs["links.span_id"] = "arrayMap(x -> ifNull(x.span_id, ''), links)"
            pairs["links.attributes"] = f"arrayMap(x -> {attributes}, links)"
        return pairs

    def arrays(self, named, names, cast):
        """Keys and values of those columns that are not null in a row."""
        if not names:
            return "[]", "[]"
        pairs = ", ".join(f"('{named[name]}', {cast}(`{name}`))" for name in names)
        kept = f"arrayFilter(x -> isNotNull(x.2), [{pairs}])"
        return f"arrayMap(x -> x.1, {kept})", f"arrayMap(x -> assumeNotNull(x.2), {kept})"

    def ask(self, query):
        """The answer's bytes; `read` makes rows of them."""
        return self.run(query, "JSONCompact")

    @staticmethod
    def read(answer):
        answer = json.loads(answer)
        return answer["data"], [column["name"] for column in answer["meta"]]

    def weigh(self):
        """The bytes of the table, and those of the spans as lines of JSON in one zstd file."""
        self.fill()
        table = json.loads(self.run("SELECT sum(bytes_on_disk) AS n FROM system.parts WHERE active AND table = 'spans'", "JSON"))
        lines = self.scratch / "spans.jsonl.zst"
        attributes = ", ".join(
            f"mapFromArrays({name}.key, {name}.value) AS {name}_"
            for name in ["str_attributes", "int_attributes", "resource_str_attributes", "resource_int_attributes"]
        )
        plain = "trace_id, id, parent_span_id, name, kind, start_time, duration, status_code, status_message, service_name"
        self.run(
            f"SELECT {plain}, scope_name, scope_version, {attributes}, events.name, events.timestamp, events.attributes, "
            f"links.trace_id, links.span_id, links.attributes FROM spans ORDER BY start_time "
            f"INTO OUTFILE '{lines}' COMPRESSION 'zstd' FORMAT JSONEachRow "
            "SETTINGS output_format_json_quote_64bit_integers = 0"
        )
        return int(table["data"][0]["n"]), lines.stat().st_size


def over_files(facts, files):
    """By key: the query over the data files, and the columns that are compared."""
    newest = "ORDER BY _time DESC LIMIT 20"
    custom = "`attributes.custom`"
    between = "_time >= fromUnixTimestamp64Nano({}) AND _time < fromUnixTimestamp64Nano({})"
    day, hour = between.format(*facts["day"]), between.format(*facts["hour"])
    status, route = "`attributes.http.response.status_code`", "`attributes.http.route`"
    return {
        "trace": (f"SELECT * FROM {files} WHERE trace_id = '{facts['trace_id']}'", ["span_id"]),
        "newest_traces": (
            f"SELECT * FROM {files} WHERE `service.name` = '{facts['service']}' AND parent_span_id IS NULL {newest}",
            ["trace_id"],
        ),
        "touched_traces": (
            f"SELECT trace_id, max(_time) AS last FROM {files} WHERE `service.name` = '{facts['service']}' "
            "GROUP BY trace_id ORDER BY last DESC LIMIT 20",
            ["trace_id"],
        ),
        "slow": (f"SELECT * FROM {files} WHERE duration > 100000000 {newest}", ["span_id"]),
        "slowest": (
            f"SELECT *, duration AS nanos FROM {files} WHERE duration > 100000000 ORDER BY duration DESC LIMIT 20",
            ["nanos"],
        ),
        "rare": (f"SELECT * FROM {files} WHERE {custom}['cache.key'] = '{facts['rare']}' {newest}", ["span_id"]),
        "unique": (f"SELECT * FROM {files} WHERE {custom}['order.ref'] = '{facts['order']}' {newest}", ["span_id"]),
        "common": (f"SELECT * FROM {files} WHERE {custom}['tenant.id'] = '{facts['common']}' {newest}", ["span_id"]),
        "common_count": (
            f"SELECT toInt64(count()) AS count FROM {files} WHERE {custom}['tenant.id'] = '{facts['common']}'",
            ["count"],
        ),
        "services": (f"SELECT `service.name` AS service, count() AS count FROM {files} GROUP BY service", ["service", "count"]),
        "minutes": (
            "SELECT formatDateTime(toStartOfMinute(_time), '%Y-%m-%dT%H:%i:%SZ', 'UTC') AS minute, "
            f"`service.name` AS service, count() AS count FROM {files} WHERE {day} GROUP BY minute, service",
            ["minute", "service", "count"],
        ),
        "failures": (
            f"SELECT {route} AS route, count() AS count FROM {files} WHERE {status} >= 500 AND {route} IS NOT NULL "
            f"AND {hour} GROUP BY route",
            ["route", "count"],
        ),
        "percentiles": (
            "SELECT service, name, p[1] AS p50, p[2] AS p95, p[3] AS p99 FROM (SELECT `service.name` AS service, name, "
            f"quantilesTDigest(0.5, 0.95, 0.99)(duration) AS p FROM {files} GROUP BY service, name)",
            ["service", "name", "p50", "p95", "p99"],
        ),
    }


def over_table(facts):
    """By key: the query over the table, and the columns that are compared."""
    newest = "ORDER BY start_time DESC LIMIT 20"
    between = "start_time >= fromUnixTimestamp64Nano({}) AND start_time < fromUnixTimestamp64Nano({})"
    day, hour = between.format(*facts["day"]), between.format(*facts["hour"])
    # The first half lets the index over the values choose the granules.
    has = "has(str_attributes.value, '{0}') AND str_attributes.value[indexOf(str_attributes.key, '{1}')] = '{0}'"
    status = "int_attributes.value[indexOf(int_attributes.key, 'http.response.status_code')]"
    route = "str_attributes.value[indexOf(str_attributes.key, 'http.route')]"
    begun = f"service_name = '{facts['service']}' AND parent_span_id = ''"
    return {
        "trace": (f"SELECT * FROM spans WHERE trace_id = '{facts['trace_id']}'", ["id"]),
        "newest_traces": (f"SELECT * FROM spans WHERE {begun} {newest}", ["trace_id"]),
        "touched_traces": (
            f"SELECT trace_id, max(start_time) AS last FROM spans WHERE service_name = '{facts['service']}' "
            "GROUP BY trace_id ORDER BY last DESC LIMIT 20",
            ["trace_id"],
        ),
        "slow": (f"SELECT * FROM spans WHERE duration > 100000000 {newest}", ["id"]),
        "slowest": (
            "SELECT *, duration AS nanos FROM spans WHERE duration > 100000000 ORDER BY duration DESC LIMIT 20",
            ["nanos"],
        ),
        "rare": (f"SELECT * FROM spans WHERE {has.format(facts['rare'], 'cache.key')} {newest}", ["id"]),
        "unique": (f"SELECT * FROM spans WHERE {has.format(facts['order'], 'order.ref')} {newest}", ["id"]),
        "common": (f"SELECT * FROM spans WHERE {has.format(facts['common'], 'tenant.id')} {newest}", ["id"]),
        "common_count": (
            f"SELECT count() AS count FROM spans WHERE {has.format(facts['common'], 'tenant.id')}",
            ["count"],
        ),
        "services": ("SELECT service_name AS service, count() AS count FROM spans GROUP BY service", ["service", "count"]),
        "minutes": (
            "SELECT formatDateTime(toStartOfMinute(start_time), '%Y-%m-%dT%H:%i:%SZ', 'UTC') AS minute, "
            f"service_name AS service, count() AS count FROM spans WHERE {day} GROUP BY minute, service",
            ["minute", "service", "count"],
        ),
        "failures": (
            f"SELECT {route} AS route, count() AS count FROM spans WHERE {status} >= 500 AND route != '' AND {hour} "
            "GROUP BY route",
            ["route", "count"],
        ),
        "percentiles": (
            "SELECT service, name, p[1] AS p50, p[2] AS p95, p[3] AS p99 FROM (SELECT service_name AS service, name, "
            "quantilesTDigest(0.5, 0.95, 0.99)(duration) AS p FROM spans GROUP BY service, name)",
            ["service", "name", "p50", "p95", "p99"],
        ),
    }
