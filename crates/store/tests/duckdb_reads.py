"""Asks DuckDB about a catalog of ours: duckdb_reads.py CATALOG QUERY...

Prints the first cell of each query's answer on a line of its own. The extensions come from PyPI
(duckdb-extension-ducklake, duckdb-extension-sqlite); nothing is downloaded.
"""

import pathlib
import shutil
import sys
import tempfile

import duckdb
import duckdb_extension_ducklake
import duckdb_extension_sqlite


def extension(package, name, directory):
    """A copy under the name that DuckDB derives the entry point from."""
    root = pathlib.Path(package.__file__).parent
    found = next(root.rglob("*.duckdb_extension"))
    return shutil.copy(found, pathlib.Path(directory) / f"{name}.duckdb_extension")


def main(catalog, queries):
    connection = duckdb.connect()
    with tempfile.TemporaryDirectory() as directory:
        for package, name in [(duckdb_extension_sqlite, "sqlite_scanner"), (duckdb_extension_ducklake, "ducklake")]:
            connection.execute(f"LOAD '{extension(package, name, directory)}'")
        connection.execute(f"ATTACH 'ducklake:sqlite:{catalog}' AS lake (READ_ONLY)")
        connection.execute("USE lake")
        for query in queries:
            print(connection.execute(query).fetchone()[0])


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2:])
