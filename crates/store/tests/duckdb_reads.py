"""Asks DuckDB about a catalog of ours: duckdb_reads.py CATALOG QUERY...

CATALOG is what follows `ducklake:` in ATTACH: `sqlite:PATH`, or `postgres:` and libpq's settings. Where S3_ENDPOINT is
set, the data files are in that object store, and S3_KEY and S3_SECRET open it. Prints the first cell of each
query's answer on a line of its own. The extensions come from PyPI; nothing is downloaded.
"""

import importlib
import os
import pathlib
import shutil
import sys
import tempfile

import duckdb


def load(connection, package, name, directory):
    """Loads a copy under the name that DuckDB derives the entry point from."""
    root = pathlib.Path(importlib.import_module(package).__file__).parent
    found = next(root.rglob("*.duckdb_extension"))
    copy = shutil.copy(found, pathlib.Path(directory) / f"{name}.duckdb_extension")
    connection.execute(f"LOAD '{copy}'")


def main(catalog, queries):
    connection = duckdb.connect()
    kind = catalog.split(":")[0]
    with tempfile.TemporaryDirectory() as directory:
        load(connection, f"duckdb_extension_{kind}", f"{kind}_scanner", directory)
        load(connection, "duckdb_extension_ducklake", "ducklake", directory)
        endpoint = os.environ.get("S3_ENDPOINT")
        if endpoint:
            load(connection, "duckdb_extension_httpfs", "httpfs", directory)
            key, secret = os.environ["S3_KEY"], os.environ["S3_SECRET"]
            connection.execute(
                f"CREATE SECRET (TYPE s3, KEY_ID '{key}', SECRET '{secret}', ENDPOINT '{endpoint}', "
                "REGION 'us-east-1', URL_STYLE 'path', USE_SSL false)"
            )
        connection.execute(f"ATTACH 'ducklake:{catalog}' AS lake (READ_ONLY)")
        connection.execute("USE lake")
        for query in queries:
            print(connection.execute(query).fetchone()[0])


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2:])
