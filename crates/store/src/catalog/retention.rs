//! Dropping files past their age, expiring snapshots, and what may be deleted.
//!
//! A file's way out has three steps, each a transaction of its own that may be repeated: it ends with a
//! snapshot (queries no longer see it), it is scheduled for deletion once no snapshot is left that has
//! it, and it is forgotten once it is deleted. The steps are DuckLake's own; other engines know them.

use super::Catalog;
use super::commit::Commit;
use super::database::{Moment, query};
use crate::Error;
use chrono::DateTime;
use std::collections::BTreeSet;

/// A file that no snapshot has any more.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Scheduled {
    pub(crate) id: i64,
    /// Below the data directory.
    pub(crate) path: String,
}

impl Catalog {
    /// Ends the files: the snapshot that this writes does not have them. `files` are (table, file). Says how many rows
    /// they had: one that a compaction has replaced meanwhile is passed over.
    pub(crate) async fn retire(&self, files: &[(i64, i64)], now_nanos: i64) -> Result<u64, Error> {
        if files.is_empty() {
            return Ok(0);
        }
        let mut commit = Commit::begin(self, now_nanos).await?;
        let mut rows = 0;
        for (table, file) in files {
            let retired = commit.retire(*table, *file).await;
            rows += retired.map_err(Error::catalog("retire a data file of"))?;
        }
        let tables: BTreeSet<i64> = files.iter().map(|(table, _)| *table).collect();
        for table in tables {
            commit.changed(format!("deleted_from_table:{table}"));
        }
        // The log's position goes along, so that the newest snapshot always has it and the older ones
        // may expire.
        let wal_seq = commit.wal_seq;
        commit.finish("retention", wal_seq).await?;
        Ok(rows)
    }

    /// When the newest snapshot was written; `None` when another engine wrote its time in another way.
    pub(crate) async fn newest_commit_nanos(&self) -> Result<Option<i64>, Error> {
        let mut transaction = self.read(&["ducklake_snapshot"]).await?;
        let time: Option<(Option<String>,)> = query(
            "SELECT CAST(snapshot_time AS VARCHAR) FROM ducklake_snapshot ORDER BY snapshot_id DESC LIMIT 1",
        )
        .optional(&mut transaction)
        .await
        .map_err(Error::catalog("read the newest snapshot of"))?;
        Ok(time.and_then(|(time,)| time).and_then(|time| {
            let time = DateTime::parse_from_str(&time, "%Y-%m-%d %H:%M:%S%.f%#z").ok()?;
            time.timestamp_nanos_opt()
        }))
    }

    /// Forgets the snapshots from before `cutoff_nanos`, except the newest, and schedules the files that
    /// only they had.
    pub(crate) async fn expire(&self, cutoff_nanos: i64, now_nanos: i64) -> Result<(), Error> {
        let mut transaction = self.database.write("expire snapshots of").await?;
        let tables = ["ducklake_snapshot", "ducklake_data_file", "ducklake_table"];
        transaction.check(&tables).await?;
        let expired: Vec<(i64,)> = query(
            "DELETE FROM ducklake_snapshot
             WHERE snapshot_time < ? AND snapshot_id < (SELECT max(snapshot_id) FROM ducklake_snapshot)
             RETURNING snapshot_id",
        )
        .bind(Moment(cutoff_nanos))
        .all(&mut transaction)
        .await
        .map_err(Error::catalog("expire snapshots of"))?;
        if expired.is_empty() {
            return Ok(());
        }
        // The log's position must survive even when the newest commit is another engine's.
        let position = transaction.dialect().position();
        let forget = format!(
            "DELETE FROM ducklake_snapshot_changes
             WHERE snapshot_id NOT IN (SELECT snapshot_id FROM ducklake_snapshot)
               AND snapshot_id < (SELECT max(snapshot_id) FROM ducklake_snapshot_changes
                                  WHERE {position} IS NOT NULL)"
        );
        let schedule = "INSERT INTO ducklake_files_scheduled_for_deletion
             SELECT f.data_file_id, t.path || f.path, ?, ?
             FROM ducklake_data_file f
             JOIN (SELECT DISTINCT table_id, path FROM ducklake_table) t ON t.table_id = f.table_id
             WHERE f.end_snapshot IS NOT NULL AND NOT EXISTS (
                 SELECT 1 FROM ducklake_snapshot s
                 WHERE s.snapshot_id >= f.begin_snapshot AND s.snapshot_id < f.end_snapshot)";
        let statements = [
            query(forget),
            query(schedule).bind(true).bind(Moment(now_nanos)),
            query(
                "DELETE FROM ducklake_data_file WHERE data_file_id IN
                     (SELECT data_file_id FROM ducklake_files_scheduled_for_deletion)",
            ),
            query(
                "DELETE FROM ducklake_file_column_stats WHERE data_file_id IN
                     (SELECT data_file_id FROM ducklake_files_scheduled_for_deletion)",
            ),
            query(
                "DELETE FROM throughline_file_sums WHERE data_file_id IN
                     (SELECT data_file_id FROM ducklake_files_scheduled_for_deletion)",
            ),
        ];
        for statement in statements {
            statement
                .execute(&mut transaction)
                .await
                .map_err(Error::catalog("expire snapshots of"))?;
        }
        transaction.commit("expire snapshots of").await
    }

    /// The files that were scheduled for deletion before `cutoff_nanos`.
    pub(crate) async fn scheduled(&self, cutoff_nanos: i64) -> Result<Vec<Scheduled>, Error> {
        // A path that is not the one that was written would take another file away.
        let tables = ["ducklake_files_scheduled_for_deletion"];
        let mut transaction = self.read(&tables).await?;
        let rows: Vec<(i64, String)> = query(
            "SELECT data_file_id, path FROM ducklake_files_scheduled_for_deletion
             WHERE schedule_start < ? AND path_is_relative = ?",
        )
        .bind(Moment(cutoff_nanos))
        .bind(true)
        .all(&mut transaction)
        .await
        .map_err(Error::catalog("read the deletions of"))?;
        Ok(rows
            .into_iter()
            .map(|(id, path)| Scheduled { id, path })
            .collect())
    }

    /// Forgets files that are deleted.
    pub(crate) async fn forget(&self, files: &[Scheduled]) -> Result<(), Error> {
        let mut transaction = self.database.write("forget data files of").await?;
        for file in files {
            query("DELETE FROM ducklake_files_scheduled_for_deletion WHERE data_file_id = ?")
                .bind(file.id)
                .execute(&mut transaction)
                .await
                .map_err(Error::catalog("forget data files of"))?;
        }
        transaction.commit("forget data files of").await
    }
}

impl Commit {
    async fn retire(&mut self, table: i64, file: i64) -> Result<u64, sqlx::Error> {
        let retired: Option<(i64, i64)> = query(
            "UPDATE ducklake_data_file SET end_snapshot = ? WHERE data_file_id = ? AND end_snapshot IS NULL
             RETURNING record_count, file_size_bytes",
        )
        .bind(self.id)
        .bind(file)
        .optional(&mut self.transaction)
        .await?;
        let Some((rows, bytes)) = retired else {
            return Ok(0);
        };
        query(
            "UPDATE ducklake_table_stats SET record_count = record_count - ?, file_size_bytes = file_size_bytes - ?
             WHERE table_id = ?",
        )
        .bind(rows)
        .bind(bytes)
        .bind(table)
        .execute(&mut self.transaction)
        .await?;
        Ok(rows.unsigned_abs())
    }
}
