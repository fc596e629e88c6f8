//! The commit of a flush: new data files, and the tables and columns that they need.

use super::columns::{Ids, LakeColumn};
use super::commit::Commit;
use super::database::query;
use super::recent::Flushed;
use super::statistics::Column;
use super::{Catalog, Fault, SCHEMA_ID, uuid};
use crate::Error;
use crate::bounds::{self, Bounds};
use crate::data_file::sums::Sums;

/// What a dataset's next data file is written against.
#[derive(Clone, Debug)]
pub(crate) struct Target {
    dataset: String,
    /// When it was first written to.
    created_nanos: i64,
    /// `None` when the commit has to create the table.
    table: Option<i64>,
    pub(crate) ids: Ids,
    /// Columns that the commit has to add.
    fresh: Vec<LakeColumn>,
}

/// A data file that is on disk, to be committed.
#[derive(Debug)]
pub(crate) struct NewFile {
    pub(crate) target: Target,
    /// The table's directory, and the file's name in it.
    pub(crate) directory: String,
    pub(crate) name: String,
    pub(crate) rows: u64,
    pub(crate) bytes: u64,
    pub(crate) footer_bytes: u64,
    /// One for each of [`bounds::columns`]: its bounds and its bytes in the file.
    pub(crate) columns: Vec<(Bounds, u64)>,
    pub(crate) sums: Sums,
}

impl NewFile {
    /// Columns with bounds and bytes, those that the table has.
    fn known_columns(&self, table: i64) -> impl Iterator<Item = (Column, &Bounds, u64)> {
        let columns = bounds::columns().iter().zip(&self.columns);
        columns.filter_map(move |(column, (bounds, bytes))| {
            let id = self.target.ids.top(&column.name)?;
            let kind = column.kind;
            Some((Column { table, id, kind }, bounds, *bytes))
        })
    }
}

impl Catalog {
    /// The columns that a data file of `dataset` must name, whether the catalog has them yet or not.
    pub(crate) async fn target(&self, dataset: &str, created_nanos: i64) -> Result<Target, Error> {
        let mut transaction = self.read(&["ducklake_table", "ducklake_column"]).await?;
        let table: Option<(i64,)> = query(
            "SELECT table_id FROM ducklake_table WHERE table_name = ? AND end_snapshot IS NULL",
        )
        .bind(dataset)
        .optional(&mut transaction)
        .await
        .map_err(Error::catalog("read the tables of"))?;
        let table = table.map(|(table,)| table);
        // Columns that ended count for the ids only: an id is never given twice.
        let rows: Vec<(i64, Option<i64>, String, Option<i64>)> = query(
            "SELECT column_id, parent_column, column_name, end_snapshot FROM ducklake_column
             WHERE table_id = ? ORDER BY column_id",
        )
        .bind(table)
        .all(&mut transaction)
        .await
        .map_err(Error::catalog("read the columns of"))?;
        let id_max = rows.iter().map(|row| row.0).max().unwrap_or(0);
        let live = rows.into_iter().filter(|row| row.3.is_none());
        let mut ids = Ids::read(live.map(|(id, parent, name, _)| (id, parent, name)));
        let fresh = ids.complete(id_max);
        Ok(Target {
            dataset: dataset.to_owned(),
            created_nanos,
            table,
            ids,
            fresh,
        })
    }

    /// Commits the data files of a flush that covers the log above `after_seq` and up to `wal_seq`, and
    /// the digests of its requests, unless an earlier commit covers it already. An error may mean either
    /// outcome.
    pub(crate) async fn commit_flush(
        &self,
        files: Vec<NewFile>,
        flushed: &Flushed,
        after_seq: u64,
        wal_seq: u64,
        now_nanos: i64,
    ) -> Result<(), Error> {
        let mut commit = Commit::begin(self, now_nanos).await?;
        if commit.wal_seq >= wal_seq && !model::planted::bug("store_new_file_name_on_retry") {
            return Ok(());
        }
        // A commit that was given up on may have landed since the files were begun: they have its rows.
        if commit.wal_seq != after_seq {
            return Err(Error::CatalogMoved {
                expected_seq: after_seq,
                found_seq: commit.wal_seq,
            });
        }
        for file in files {
            commit
                .add(file)
                .await
                .map_err(Error::catalog("write a data file to"))?;
        }
        commit
            .remember(wal_seq, flushed)
            .await
            .map_err(Error::catalog("write digests to"))?;
        let fault = self.take_fault();
        if fault == Some(Fault::Undone) {
            return Err(Error::catalog("commit to")(sqlx::Error::WorkerCrashed));
        }
        let position = match model::planted::bug("store_commit_without_position") {
            true => commit.wal_seq,
            false => wal_seq,
        };
        commit.finish("flush", position).await?;
        match fault {
            Some(_) => Err(Error::catalog("commit to")(sqlx::Error::WorkerCrashed)),
            None => Ok(()),
        }
    }
}

impl Commit {
    async fn add(&mut self, file: NewFile) -> Result<(), sqlx::Error> {
        let table = self.prepare_table(&file).await?;
        let first_row = self.next_row(table).await?;
        self.insert_file(table, &file, first_row).await?;
        for (column, bounds, _) in file.known_columns(table) {
            self.widen_table_bounds(&column, bounds, file.rows).await?;
        }
        query(
            "UPDATE ducklake_table_stats SET record_count = record_count + ?, next_row_id = next_row_id + ?,
                 file_size_bytes = file_size_bytes + ? WHERE table_id = ?",
        )
        .bind(file.rows as i64)
        .bind(file.rows as i64)
        .bind(file.bytes as i64)
        .bind(table)
        .execute(&mut self.transaction)
        .await?;
        self.changed(format!("inserted_into_table:{table}"));
        Ok(())
    }

    /// The number of the next row of a table.
    ///
    /// Not compared with the seal, nor are the totals and the table's bounds that a commit changes: no answer of ours
    /// depends on them, other engines read them. A flush that refused to go on because of them would in the end have
    /// spans refused; it adds to what is there, and the seal goes on to say that it is wrong.
    pub(super) async fn next_row(&mut self, table: i64) -> Result<i64, sqlx::Error> {
        let next = query("SELECT next_row_id FROM ducklake_table_stats WHERE table_id = ?");
        let (next,) = next.bind(table).one(&mut self.transaction).await?;
        Ok(next)
    }

    /// The file and the bounds of its columns; its rows are numbered from `first_row`.
    pub(super) async fn insert_file(
        &mut self,
        table: i64,
        file: &NewFile,
        first_row: i64,
    ) -> Result<(), sqlx::Error> {
        let id = self.file_id();
        query(
            "INSERT INTO ducklake_data_file (data_file_id, table_id, begin_snapshot, path, path_is_relative,
                 file_format, record_count, file_size_bytes, footer_size, row_id_start)
             VALUES (?, ?, ?, ?, ?, 'parquet', ?, ?, ?, ?)",
        )
        .bind(id)
        .bind(table)
        .bind(self.id)
        .bind(file.name.as_str())
        .bind(true)
        .bind(file.rows as i64)
        .bind(file.bytes as i64)
        .bind(file.footer_bytes as i64)
        .bind(first_row)
        .execute(&mut self.transaction)
        .await?;
        for (column, bounds, bytes) in file.known_columns(table) {
            self.add_file_bounds(id, &column, bounds, file.rows, bytes)
                .await?;
        }
        self.add_sums(id, &file.sums).await
    }

    /// The table's id, once it exists and has all columns.
    pub(super) async fn prepare_table(&mut self, file: &NewFile) -> Result<i64, sqlx::Error> {
        let target = &file.target;
        let table = match target.table {
            Some(table) if target.fresh.is_empty() => return Ok(table),
            Some(table) => {
                self.changed(format!("altered_table:{table}"));
                table
            }
            None => self.create_table(file).await?,
        };
        self.schema_changed(table).await?;
        for column in &target.fresh {
            // Nested types have no literal default.
            let default_type = if matches!(column.kind, "map" | "list" | "struct") {
                ""
            } else {
                "literal"
            };
            query(
                "INSERT INTO ducklake_column (column_id, begin_snapshot, table_id, column_order, column_name,
                     column_type, default_value, nulls_allowed, parent_column, default_value_type,
                     default_value_dialect)
                 VALUES (?, ?, ?, ?, ?, ?, 'NULL', ?, ?, ?, 'duckdb')",
            )
            .bind(column.id)
            .bind(self.id)
            .bind(table)
            .bind(column.id)
            .bind(column.name.as_str())
            .bind(column.kind)
            .bind(column.nullable)
            .bind(column.parent)
            .bind(default_type)
            .execute(&mut self.transaction)
            .await?;
        }
        Ok(table)
    }

    async fn create_table(&mut self, file: &NewFile) -> Result<i64, sqlx::Error> {
        let (target, directory) = (&file.target, &file.directory);
        let table = self.table_id();
        query("INSERT INTO ducklake_table VALUES (?, ?, ?, NULL, ?, ?, ?, ?)")
            .bind(table)
            .bind(uuid(target.created_nanos))
            .bind(self.id)
            .bind(SCHEMA_ID)
            .bind(target.dataset.as_str())
            .bind(format!("{directory}/"))
            .bind(true)
            .execute(&mut self.transaction)
            .await?;
        query("INSERT INTO ducklake_table_stats VALUES (?, 0, 0, 0)")
            .bind(table)
            .execute(&mut self.transaction)
            .await?;
        self.changed(format!("created_table:\"main\".\"{}\"", target.dataset));
        Ok(table)
    }
}
