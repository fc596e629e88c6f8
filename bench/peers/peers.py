"""DuckDB and ClickHouse on our data files: an order on standard input, one line of JSON a report.

    {"do": "ask", "data": DIR, "scratch": DIR, "runs": 7, "facts": {...}}   times and rows of each question
    {"do": "weigh", "data": DIR, "scratch": DIR}                           bytes of the same spans elsewhere

`storage-bench` starts it and holds the answers against what is true.
"""

import json
import sys
import time

import click
import duck
import lake


def main():
    order = json.load(sys.stdin)
    files, spans = lake.data_files(order["data"])
    if not files:
        sys.exit("the catalog has no data file")
    if order["do"] == "ask":
        ask(order, files)
    else:
        weigh(order, files, spans)


def ask(order, files):
    facts, runs = order["facts"], order["runs"]
    connection = duck.connect(files)
    for key, (query, columns) in duck.questions(facts).items():
        report("duckdb parquet", key, runs, columns, lambda: duck.ask(connection, query), lambda answer: answer)
    connection.close()
    ours = click.Click(files, order["scratch"])
    for key, (query, columns) in click.over_files(facts, ours.files).items():
        report("chdb parquet", key, runs, columns, lambda: ours.ask(query), ours.read)
    ours.fill()
    for key, (query, columns) in click.over_table(facts).items():
        report("chdb mergetree", key, runs, columns, lambda: ours.ask(query), ours.read)


def report(engine, key, runs, columns, run, read):
    """One more run than is counted: the first warms up."""
    line = {"engine": engine, "key": key}
    try:
        millis = []
        for _ in range(runs + 1):
            started = time.perf_counter()
            answer = run()
            millis.append((time.perf_counter() - started) * 1e3)
        rows, names = read(answer)
        places = [names.index(column) for column in columns]
        line["millis"] = millis[1:]
        line["rows"] = [[str(row[place]) for place in places] for row in rows]
    except Exception as error:  # one question that fails does not end the others
        line["error"] = str(error)[:500]
    say(line)


def weigh(order, files, spans):
    say({"spans": spans, "bytes": sum(file.stat().st_size for file in files)})
    for column, size in duck.columns(files):
        say({"column": column, "bytes": size})
    table, lines = click.Click(files, order["scratch"]).weigh()
    say({"what": "JSON lines, one zstd file", "bytes": lines})
    say({"what": "DuckDB table file", "bytes": duck.weigh(files, order["scratch"])})
    say({"what": "ClickHouse MergeTree like Jaeger's, merged", "bytes": table})


def say(line):
    print(json.dumps(line), flush=True)


if __name__ == "__main__":
    main()
