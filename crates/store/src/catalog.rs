//! The DuckLake catalog: what belongs to a dataset, as one SQL transaction after the other.
//!
//! The statements are our own, in the layout of DuckLake 1.0 (`layout.sql`). A dataset is a table of the
//! schema `main`. Every commit of ours carries `{"wal_seq": N}` in `commit_extra_info`: the records of
//! the log up to N are in the data files that this commit and those before it name. What a reader is about to
//! believe it checks against the seal first.

/// Looking at a catalog without writing it.
mod audit;
/// A table's columns in the catalog, and the ids that data files carry.
pub(crate) mod columns;
/// One commit: a new snapshot, and what it says it changed.
mod commit;
/// The commit of a compaction: one data file in the place of several.
mod compact;
/// The commit of a flush: new data files, and the tables and columns that they need.
mod files;
/// The digests of flushed requests.
mod recent;
/// Dropping files past their age, expiring snapshots, and what may be deleted.
mod retention;
/// Checksums over the catalog's own rows.
mod seal;
/// What is in the catalog at one moment.
mod snapshot;
/// The bounds of columns in the catalog: of a file, and of a whole table.
mod statistics;
/// The checksums of data files.
mod sums;

pub(crate) use audit::{Audit, Named, NamedFile};
pub(crate) use files::NewFile;
pub(crate) use recent::Flushed;
pub(crate) use snapshot::{DataFile, Snapshot, Table};

use crate::Error;
use crate::directory::Directory;
use chrono::DateTime;
use seal::{Seal, Writing};
use sqlx::sqlite::{SqliteConnectOptions, SqliteJournalMode, SqlitePoolOptions, SqliteSynchronous};
use sqlx::{Sqlite, SqliteConnection, SqlitePool, Transaction};
use std::path::Path;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;
use uuid::Uuid;

const CONNECTIONS_MAX: u32 = 4;
const BUSY_WAIT: Duration = Duration::from_secs(5);
/// The version of DuckLake that we write.
const VERSION: &str = "1.0";
const SCHEMA_ID: i64 = 0;

/// How a commit fails in a test. Who waits for it cannot tell the two apart.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Fault {
    /// Nothing was committed.
    Undone,
    /// It was committed, and the answer was lost.
    AnswerLost,
}

/// An open catalog.
#[derive(Debug)]
pub(crate) struct Catalog {
    pool: SqlitePool,
    /// What a test makes of the next commit.
    fault: Mutex<Option<Fault>>,
    /// The newest snapshot read so far; snapshots do not change.
    newest: tokio::sync::Mutex<Option<Arc<Snapshot>>>,
}

impl Catalog {
    /// Opens the catalog of a data directory; an absent one is created.
    pub(crate) async fn open(directory: &Directory, now_nanos: i64) -> Result<Self, Error> {
        let path = directory.catalog();
        let options = SqliteConnectOptions::new()
            .filename(&path)
            .create_if_missing(true)
            .journal_mode(SqliteJournalMode::Wal)
            // A commit is the moment the log may let go: it must outlast a loss of power.
            .synchronous(SqliteSynchronous::Full)
            // What the seal's triggers write down stays in memory, and sees what a REPLACE deletes.
            .pragma("temp_store", "memory")
            .pragma("recursive_triggers", "on")
            .busy_timeout(BUSY_WAIT);
        let pool = SqlitePoolOptions::new()
            .max_connections(CONNECTIONS_MAX)
            .connect_with(options)
            .await
            .map_err(Error::catalog("open"))?;
        let catalog = Self {
            pool,
            fault: Mutex::default(),
            newest: tokio::sync::Mutex::default(),
        };
        catalog.prepare(&path, &directory.data(), now_nanos).await?;
        Ok(catalog)
    }

    /// Writes the tables and the first snapshot, or checks that they are what this program knows.
    async fn prepare(&self, path: &Path, data: &Path, now_nanos: i64) -> Result<(), Error> {
        let mut transaction = self.begin("open").await?;
        let is_sealed = Seal::exists(&mut transaction).await?;
        let found: i64 = sqlx::query_scalar(
            "SELECT count(*) FROM sqlite_master WHERE name = 'ducklake_metadata'",
        )
        .fetch_one(&mut *transaction)
        .await
        .map_err(Error::catalog("open"))?;
        // Ends in a separator: readers put a table's path right behind it.
        let data_path = format!("{}/", data.display());
        if found == 0 {
            create(&mut transaction, &data_path, now_nanos)
                .await
                .map_err(Error::catalog("create"))?;
        } else {
            check_version(&mut transaction, path).await?;
        }
        recent::prepare(&mut transaction)
            .await
            .map_err(Error::catalog("add the digests to"))?;
        sums::prepare(&mut transaction)
            .await
            .map_err(Error::catalog("add the checksums to"))?;
        if !is_sealed {
            Seal::anew(&mut transaction).await?;
        }
        let written: Option<String> =
            sqlx::query_scalar("SELECT value FROM ducklake_metadata WHERE key = 'data_path'")
                .fetch_optional(&mut *transaction)
                .await
                .map_err(Error::catalog("read the data path of"))?;
        if written.as_deref() == Some(data_path.as_str()) {
            return transaction.commit().await.map_err(Error::catalog("open"));
        }
        // The directory was moved.
        let mut writing = Writing::begin(transaction).await?;
        sqlx::query("UPDATE ducklake_metadata SET value = ? WHERE key = 'data_path'")
            .bind(&data_path)
            .execute(&mut *writing)
            .await
            .map_err(Error::catalog("write the data path into"))?;
        writing.commit("open").await
    }

    /// The newest snapshot. Cheap when nothing was committed since the last call.
    pub(crate) async fn snapshot(&self) -> Result<Arc<Snapshot>, Error> {
        // One reads, the others wait for it: a file's checksums are in memory once.
        let mut newest = self.newest.lock().await;
        let snapshot = snapshot::read(&self.pool, newest.clone()).await?;
        *newest = Some(Arc::clone(&snapshot));
        Ok(snapshot)
    }

    /// The log's position that the newest commit covers; 0 before the first.
    pub(crate) async fn wal_seq(&self) -> Result<u64, Error> {
        let mut connection = self.pool.acquire().await.map_err(Error::catalog("read"))?;
        Ok(Seal::read(&mut connection).await?.wal_seq)
    }

    /// Makes the next commit of a flush or a compaction fail. For tests.
    pub(crate) fn fail_next(&self, fault: Fault) {
        *self.fault.lock().unwrap_or_else(PoisonError::into_inner) = Some(fault);
    }

    fn take_fault(&self) -> Option<Fault> {
        self.fault
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .take()
    }

    /// Waits for what runs, and lets go of the file.
    pub(crate) async fn close(&self) {
        self.pool.close().await;
    }

    /// A transaction whose changes the seal follows.
    async fn write(&self, verb: &'static str) -> Result<Writing, Error> {
        Writing::begin(self.begin(verb).await?).await
    }

    /// A read transaction, once these tables are found to be whole.
    async fn read(&self, tables: &[&str]) -> Result<Transaction<'static, Sqlite>, Error> {
        let mut transaction = self.pool.begin().await.map_err(Error::catalog("read"))?;
        let seal = Seal::read(&mut transaction).await?;
        seal.check(&mut transaction, tables).await?;
        Ok(transaction)
    }

    /// A transaction that holds SQLite's write lock from the start: what it reads stays true.
    async fn begin(&self, verb: &'static str) -> Result<Transaction<'static, Sqlite>, Error> {
        self.pool
            .begin_with("BEGIN IMMEDIATE")
            .await
            .map_err(Error::catalog(verb))
    }
}

/// Seals a catalog as it is, whatever it holds: for who has written to it by hand.
///
/// # Errors
/// `Unavailable` when it cannot be written.
pub async fn seal_anew(catalog: &mut SqliteConnection) -> Result<(), Error> {
    Seal::anew(catalog).await
}

async fn create(
    transaction: &mut Transaction<'_, Sqlite>,
    data_path: &str,
    now_nanos: i64,
) -> Result<(), sqlx::Error> {
    sqlx::raw_sql(include_str!("catalog/layout.sql"))
        .execute(&mut **transaction)
        .await?;
    let created_by = concat!("Throughline ", env!("CARGO_PKG_VERSION"));
    let metadata = [
        ("version", VERSION),
        ("created_by", created_by),
        ("data_path", data_path),
        ("encrypted", "false"),
    ];
    for (key, value) in metadata {
        sqlx::query("INSERT INTO ducklake_metadata (key, value) VALUES (?, ?)")
            .bind(key)
            .bind(value)
            .execute(&mut **transaction)
            .await?;
    }
    sqlx::query("INSERT INTO ducklake_schema VALUES (?, ?, 0, NULL, 'main', '', 1)")
        .bind(SCHEMA_ID)
        .bind(uuid(now_nanos).to_string())
        .execute(&mut **transaction)
        .await?;
    sqlx::query("INSERT INTO ducklake_snapshot VALUES (0, ?, 0, ?, 0)")
        .bind(moment(now_nanos))
        .bind(SCHEMA_ID + 1)
        .execute(&mut **transaction)
        .await?;
    sqlx::query("INSERT INTO ducklake_snapshot_changes (snapshot_id, changes_made) VALUES (0, 'created_schema:\"main\"')")
        .execute(&mut **transaction)
        .await?;
    Ok(())
}

async fn check_version(
    transaction: &mut Transaction<'_, Sqlite>,
    path: &Path,
) -> Result<(), Error> {
    let found: Option<String> =
        sqlx::query_scalar("SELECT value FROM ducklake_metadata WHERE key = 'version'")
            .fetch_optional(&mut **transaction)
            .await
            .map_err(Error::catalog("read the version of"))?;
    match found {
        Some(found) if found == VERSION => Ok(()),
        found => Err(Error::Version {
            path: path.to_owned(),
            found: found.unwrap_or_default(),
            known: VERSION,
        }),
    }
}

/// As DuckDB writes the time of a snapshot.
fn moment(nanos: i64) -> String {
    DateTime::from_timestamp_nanos(nanos)
        .format("%Y-%m-%d %H:%M:%S%.6f+00")
        .to_string()
}

/// A version 7 id: it carries the time of creation.
fn uuid(now_nanos: i64) -> Uuid {
    let now = now_nanos.max(0) as u64;
    let (seconds, nanos) = (now / 1_000_000_000, (now % 1_000_000_000) as u32);
    Uuid::new_v7(uuid::Timestamp::from_unix(uuid::NoContext, seconds, nanos))
}
