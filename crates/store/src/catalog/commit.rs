//! One commit: a new snapshot, and what it says it changed.

use super::database::{Moment, Transaction, query};
use super::{Catalog, snapshot};
use crate::Error;

/// A snapshot in the making. Nothing of it is seen before [`Commit::finish`].
#[derive(Debug)]
pub(super) struct Commit {
    pub(super) transaction: Transaction,
    /// The new snapshot's number.
    pub(super) id: i64,
    /// The log's position that the commits so far cover.
    pub(super) wal_seq: u64,
    pub(super) now_nanos: i64,
    schema_version: i64,
    next_catalog_id: i64,
    next_file_id: i64,
    schema_changed: bool,
    /// In DuckLake's words.
    changes: Vec<String>,
}

impl Commit {
    pub(super) async fn begin(catalog: &Catalog, now_nanos: i64) -> Result<Self, Error> {
        let mut transaction = catalog.database.write("begin a commit to").await?;
        transaction.check(&["ducklake_snapshot"]).await?;
        let wal_seq = snapshot::wal_seq(&mut transaction).await?;
        let newest = query(
            "SELECT snapshot_id, schema_version, next_catalog_id, next_file_id
             FROM ducklake_snapshot ORDER BY snapshot_id DESC LIMIT 1",
        );
        let (id, schema_version, next_catalog_id, next_file_id): (i64, i64, i64, i64) = newest
            .one(&mut transaction)
            .await
            .map_err(Error::catalog("read the snapshots of"))?;
        Ok(Self {
            transaction,
            id: id + 1,
            wal_seq,
            now_nanos,
            schema_version,
            next_catalog_id,
            next_file_id,
            schema_changed: false,
            changes: Vec::new(),
        })
    }

    pub(super) fn table_id(&mut self) -> i64 {
        self.next_catalog_id += 1;
        self.next_catalog_id - 1
    }

    pub(super) fn file_id(&mut self) -> i64 {
        self.next_file_id += 1;
        self.next_file_id - 1
    }

    pub(super) fn changed(&mut self, what: String) {
        self.changes.push(what);
    }

    /// A table is new or has new columns: all such changes of one commit share one schema version.
    pub(super) async fn schema_changed(&mut self, table: i64) -> Result<(), sqlx::Error> {
        if !self.schema_changed {
            self.schema_changed = true;
            self.schema_version += 1;
        }
        query("INSERT INTO ducklake_schema_versions VALUES (?, ?, ?)")
            .bind(self.id)
            .bind(self.schema_version)
            .bind(table)
            .execute(&mut self.transaction)
            .await?;
        Ok(())
    }

    /// Writes the snapshot and makes everything visible and durable at once. An error may mean either
    /// outcome: who gets one reads the log's position again.
    pub(super) async fn finish(mut self, message: &str, wal_seq: u64) -> Result<(), Error> {
        self.describe(message, wal_seq)
            .await
            .map_err(Error::catalog("write a snapshot to"))?;
        self.transaction.covers(self.id, wal_seq);
        self.transaction.commit("commit to").await
    }

    async fn describe(&mut self, message: &str, wal_seq: u64) -> Result<(), sqlx::Error> {
        query("INSERT INTO ducklake_snapshot VALUES (?, ?, ?, ?, ?)")
            .bind(self.id)
            .bind(Moment(self.now_nanos))
            .bind(self.schema_version)
            .bind(self.next_catalog_id)
            .bind(self.next_file_id)
            .execute(&mut self.transaction)
            .await?;
        query("INSERT INTO ducklake_snapshot_changes VALUES (?, ?, 'throughline', ?, ?)")
            .bind(self.id)
            .bind(self.changes.join(","))
            .bind(message)
            .bind(format!("{{\"wal_seq\": {wal_seq}}}"))
            .execute(&mut self.transaction)
            .await?;
        Ok(())
    }
}
