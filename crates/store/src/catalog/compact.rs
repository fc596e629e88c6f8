//! The commit of a compaction: one data file in the place of several.
//!
//! The new snapshot has the one, those before it have the others, which go the way of all files that ended:
//! see `retention`. Rows keep the table's row numbers as a range; within it they lie in another order.

use super::commit::Commit;
use super::database::query;
use super::{Catalog, Fault, NewFile};
use crate::Error;
use std::collections::HashSet;

/// What is known of a file that ends: rows, bytes, first row number.
type Ended = (i64, i64, Option<i64>);

impl Catalog {
    /// Puts `file` in the place of `inputs`, whose rows it has, in their order. `false` when one of them
    /// has ended meanwhile: nothing is changed then. An error may mean either outcome.
    pub(crate) async fn commit_merge(
        &self,
        inputs: &[i64],
        file: &NewFile,
        now_nanos: i64,
    ) -> Result<bool, Error> {
        let mut commit = Commit::begin(self, now_nanos).await?;
        if commit.has_deletes(inputs).await? {
            let reason = format!("one of the data files {inputs:?} has deleted rows");
            return Err(Error::CatalogContent(reason));
        }
        let merged = commit
            .merge(inputs, file)
            .await
            .map_err(Error::catalog("write a data file to"))?;
        if !merged {
            return Ok(false);
        }
        let fault = self.take_fault();
        if fault == Some(Fault::Undone) {
            return Err(Error::catalog("commit to")(sqlx::Error::WorkerCrashed));
        }
        // As with retention: the newest snapshot always has the log's position.
        let wal_seq = commit.wal_seq;
        commit.finish("compaction", wal_seq).await?;
        match fault {
            Some(_) => Err(Error::catalog("commit to")(sqlx::Error::WorkerCrashed)),
            None => Ok(true),
        }
    }

    /// All data files that any snapshot has or that wait for their deletion, below the data directory.
    pub(crate) async fn named(&self) -> Result<HashSet<String>, Error> {
        let tables = [
            "ducklake_data_file",
            "ducklake_table",
            "ducklake_files_scheduled_for_deletion",
        ];
        let mut transaction = self.read(&tables).await?;
        let paths: Vec<(String,)> = query(
            "SELECT t.path || f.path FROM ducklake_data_file f
             JOIN (SELECT DISTINCT table_id, path FROM ducklake_table) t ON t.table_id = f.table_id
             UNION SELECT path FROM ducklake_files_scheduled_for_deletion",
        )
        .all(&mut transaction)
        .await
        .map_err(Error::catalog("read the data files of"))?;
        Ok(paths.into_iter().map(|(path,)| path).collect())
    }
}

impl Commit {
    /// Only another engine deletes single rows. A merge would bring them back.
    async fn has_deletes(&mut self, inputs: &[i64]) -> Result<bool, Error> {
        self.transaction.check(&["ducklake_delete_file"]).await?;
        let mut deletes = 0_i64;
        for input in inputs {
            let (of_input,): (i64,) =
                query("SELECT count(*) FROM ducklake_delete_file WHERE data_file_id = ?")
                    .bind(*input)
                    .one(&mut self.transaction)
                    .await
                    .map_err(Error::catalog("read the deletions of"))?;
            deletes += of_input;
        }
        Ok(deletes > 0)
    }

    async fn merge(&mut self, inputs: &[i64], file: &NewFile) -> Result<bool, sqlx::Error> {
        let table = self.prepare_table(file).await?;
        let mut ended: Vec<Ended> = Vec::with_capacity(inputs.len());
        for input in inputs {
            let found = query(
                "UPDATE ducklake_data_file SET end_snapshot = ?
                 WHERE data_file_id = ? AND table_id = ? AND end_snapshot IS NULL
                 RETURNING record_count, file_size_bytes, row_id_start",
            )
            .bind(self.id)
            .bind(*input)
            .bind(table)
            .optional(&mut self.transaction)
            .await?;
            match found {
                Some(found) => ended.push(found),
                None => return Ok(false),
            }
        }
        let next_row = self.next_row(table).await?;
        let (first_row, fresh_rows) = match first_row(&ended) {
            Some(first_row) => (first_row, 0),
            None => (next_row, file.rows as i64),
        };
        self.insert_file(table, file, first_row).await?;
        let bytes: i64 = ended.iter().map(|(_, bytes, _)| bytes).sum();
        query(
            "UPDATE ducklake_table_stats SET next_row_id = next_row_id + ?, file_size_bytes = file_size_bytes + ?
             WHERE table_id = ?",
        )
        .bind(fresh_rows)
        .bind(file.bytes as i64 - bytes)
        .bind(table)
        .execute(&mut self.transaction)
        .await?;
        // As DuckDB calls it.
        self.changed(format!("merge_adjacent:{table}"));
        Ok(true)
    }
}

/// The first number of the rows, when they have one range of numbers.
fn first_row(files: &[Ended]) -> Option<i64> {
    let mut next = files.first()?.2;
    for (rows, _, first) in files {
        if first.is_none() || *first != next {
            return None;
        }
        next = first.map(|first| first + rows);
    }
    files[0].2
}
