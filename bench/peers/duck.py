"""DuckDB: the questions over the data files, and the size of a table of its own."""

import pathlib

import duckdb

THREADS = 2
PARTS = "[0.5, 0.95, 0.99]"


def connect(files):
    """A connection whose view `spans` is the data files."""
    connection = duckdb.connect()
    connection.execute(f"SET threads = {THREADS}")
    connection.execute("SET parquet_metadata_cache = true")
    names = ", ".join(f"'{file}'" for file in files)
    connection.execute(f"CREATE VIEW spans AS FROM read_parquet([{names}], union_by_name = true)")
    return connection


def questions(facts):
    """By key: the query, and the columns that are compared."""
    newest = "ORDER BY _time DESC LIMIT 20"
    custom = '"attributes.custom"'
    between = "_time >= make_timestamp_ns({}) AND _time < make_timestamp_ns({})"
    day, hour = between.format(*facts["day"]), between.format(*facts["hour"])
    status, route = '"attributes.http.response.status_code"', '"attributes.http.route"'
    return {
        "trace": (f"FROM spans WHERE trace_id = '{facts['trace_id']}'", ["span_id"]),
        "newest_traces": (
            f"FROM spans WHERE \"service.name\" = '{facts['service']}' AND parent_span_id IS NULL {newest}",
            ["trace_id"],
        ),
        "touched_traces": (
            f"SELECT trace_id, max(_time) AS last FROM spans WHERE \"service.name\" = '{facts['service']}' "
            "GROUP BY trace_id ORDER BY last DESC LIMIT 20",
            ["trace_id"],
        ),
        "slow": (f"FROM spans WHERE duration > 100000000 {newest}", ["span_id"]),
        "slowest": (
            "SELECT *, duration AS nanos FROM spans WHERE duration > 100000000 ORDER BY duration DESC LIMIT 20",
            ["nanos"],
        ),
        "rare": (f"FROM spans WHERE {custom}['cache.key'] = '{facts['rare']}' {newest}", ["span_id"]),
        "unique": (f"FROM spans WHERE {custom}['order.ref'] = '{facts['order']}' {newest}", ["span_id"]),
        "common": (f"FROM spans WHERE {custom}['tenant.id'] = '{facts['common']}' {newest}", ["span_id"]),
        "common_count": (
            f"SELECT count(*) AS count FROM spans WHERE {custom}['tenant.id'] = '{facts['common']}'",
            ["count"],
        ),
        "services": ('SELECT "service.name" AS service, count(*) AS count FROM spans GROUP BY ALL', ["service", "count"]),
        "minutes": (
            "SELECT strftime(time_bucket(INTERVAL 1 minute, _time), '%Y-%m-%dT%H:%M:%SZ') AS minute, "
            f'"service.name" AS service, count(*) AS count FROM spans WHERE {day} GROUP BY ALL',
            ["minute", "service", "count"],
        ),
        "failures": (
            f"SELECT {route} AS route, count(*) AS count FROM spans WHERE {status} >= 500 AND {route} IS NOT NULL "
            f"AND {hour} GROUP BY ALL",
            ["route", "count"],
        ),
        "percentiles": (
            'SELECT service, name, p[1] AS p50, p[2] AS p95, p[3] AS p99 FROM (SELECT "service.name" AS service, name, '
            f"approx_quantile(duration, {PARTS}) AS p FROM spans GROUP BY ALL)",
            ["service", "name", "p50", "p95", "p99"],
        ),
    }


def ask(connection, query):
    """All rows of the answer, and the names of its columns."""
    cursor = connection.execute(query)
    rows = cursor.fetchall()
    return rows, [column[0] for column in cursor.description]


def columns(files):
    """The bytes of each column in the data files, the largest first; footers and indexes are in none."""
    names = ", ".join(f"'{file}'" for file in files)
    return duckdb.sql(
        "SELECT split_part(path_in_schema, ', ', 1) AS name, sum(total_compressed_size)::BIGINT AS bytes "
        f"FROM parquet_metadata([{names}]) GROUP BY ALL ORDER BY bytes DESC, name"
    ).fetchall()


def weigh(files, scratch):
    """The bytes of a DuckDB file that holds the same columns."""
    path = pathlib.Path(scratch) / "spans.duckdb"
    connection = connect(files)
    connection.execute(f"ATTACH '{path}' AS own")
    connection.execute("CREATE TABLE own.spans AS FROM spans")
    connection.execute("CHECKPOINT own")
    connection.execute("DETACH own")
    return path.stat().st_size
