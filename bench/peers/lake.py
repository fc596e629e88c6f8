"""Which data files a directory of ours has: what its catalog says, and SQLite can read."""

import pathlib
import sqlite3


def data_files(directory, dataset="traces"):
    """The data files that count, and how many rows they say they have."""
    directory = pathlib.Path(directory).resolve()
    catalog = sqlite3.connect(f"file:{directory / 'catalog.sqlite'}?mode=ro", uri=True)
    rows = catalog.execute(
        "SELECT s.path, s.path_is_relative, t.path, t.path_is_relative, f.path, f.path_is_relative, f.record_count "
        "FROM ducklake_data_file f JOIN ducklake_table t USING (table_id) JOIN ducklake_schema s USING (schema_id) "
        "WHERE f.end_snapshot IS NULL AND t.end_snapshot IS NULL AND s.end_snapshot IS NULL AND t.table_name = ? "
        "ORDER BY f.data_file_id",
        [dataset],
    ).fetchall()
    files, spans = [], 0
    for row in rows:
        path = directory / "data"
        for part, is_relative in zip(row[0:6:2], row[1:6:2]):
            path = path / part if is_relative else pathlib.Path(part)
        files.append(path)
        spans += row[6]
    return files, spans
