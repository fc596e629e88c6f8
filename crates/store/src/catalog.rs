//! The DuckLake catalog: what belongs to a dataset, as one SQL transaction after the other.
//!
//! The statements are our own, in the layout of DuckLake 1.0 (`layout.sql`), for SQLite and for PostgreSQL
//! (`database.rs`). A dataset is a table of the schema `main`. Every commit of ours carries `{"wal_seq": N}` in
//! `commit_extra_info`: the records of the log up to N are in the data files that this commit and those before it
//! name. What a reader is about to believe of a catalog in SQLite it checks against the seal first.

/// Looking at a catalog without writing it.
mod audit;
/// Where a log in the object store begins.
mod chain;
/// A table's columns in the catalog, and the ids that data files carry.
pub(crate) mod columns;
/// One commit: a new snapshot, and what it says it changed.
mod commit;
/// The commit of a compaction: one data file in the place of several.
mod compact;
/// The SQL database below: SQLite or PostgreSQL.
mod database;
/// The commit of a flush: new data files, and the tables and columns that they need.
mod files;
/// SQLite's own log: whether commits in it are lost.
mod frames;
/// Looking at a catalog in PostgreSQL.
mod look;
/// A catalog in PostgreSQL: how it is reached, and who owns it.
mod postgres;
/// The digests of flushed requests.
mod recent;
/// Dropping files past their age, expiring snapshots, and what may be deleted.
mod retention;
/// Checksums over the rows of a catalog in SQLite.
mod seal;
/// What is in the catalog at one moment.
mod snapshot;
/// The bounds of columns in the catalog: of a file, and of a whole table.
mod statistics;
/// The checksums of data files.
mod sums;
/// A catalog in SQLite as one in PostgreSQL.
mod to_postgres;
/// A catalog in PostgreSQL as one in SQLite.
mod to_sqlite;

pub(crate) use audit::{Audit, Named, NamedFile, check_local, copy_sqlite};
pub(crate) use chain::Chain;
pub(crate) use files::{NewFile, Target};
pub(crate) use frames::check as check_frames;
pub(crate) use look::Look;
pub use postgres::reach;
pub(crate) use recent::Flushed;
pub(crate) use snapshot::{DataFile, Snapshot, Table};
pub(crate) use to_postgres::{check_vacant, copy_to_postgres};
pub(crate) use to_sqlite::forget_data_path;

use crate::Error;
use crate::config::CatalogUrl;
use crate::directory::{self, Directory, LOST_CATALOG};
use commit::Commit;
use database::{Database, Moment, Statement, Transaction, query};
use postgres::Postgres;
use seal::Seal;
use sqlx::SqliteConnection;
use sqlx::sqlite::{SqliteConnectOptions, SqliteJournalMode, SqlitePoolOptions, SqliteSynchronous};
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;
use uuid::Uuid;

const CONNECTIONS_MAX: u32 = 4;
const BUSY_WAIT: Duration = Duration::from_secs(5);
/// The version of DuckLake that we write.
const VERSION: &str = "1.0";
const SCHEMA_ID: i64 = 0;
/// More numbers than a log that was taken over can have above its last commit.
const TAKEOVER_GAP: u64 = 1_000_000_000;
const WRITE_DATA_PATH: &str = "write the data path into";

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
    database: Database,
    /// What a test makes of the next commit.
    fault: Mutex<Option<Fault>>,
    /// The newest snapshot read so far; snapshots do not change.
    newest: tokio::sync::Mutex<Option<Arc<Snapshot>>>,
}

impl Catalog {
    /// Opens the catalog of a data directory, in SQLite or where `url` says; an absent one is created. Its data
    /// files are below `data_path`, which ends in a separator: readers put a table's path right behind it.
    pub(crate) async fn open(
        url: Option<&CatalogUrl>,
        directory: &Directory,
        data_path: &str,
        now_nanos: i64,
    ) -> Result<Self, Error> {
        let (database, shown) = match url {
            None => {
                let path = directory.catalog();
                // Whoever opens it has SQLite forget what it lost.
                frames::check(&path)?;
                (Database::Sqlite(open_sqlite(&path).await?), path)
            }
            Some(url) => {
                let opened = Postgres::open(url).await?;
                (Database::Postgres(opened), url.shown().into())
            }
        };
        // What others may have is not changed before it is ours.
        let data_path = url.is_none().then_some(data_path);
        let may_be_new = url.is_some() || !directory::has_files(&directory.data())?;
        prepare(&database, shown, data_path, may_be_new, now_nanos)
            .await
            .map_err(|error| match (url, error) {
                (Some(url), Error::Catalog { source, .. }) => postgres::problem(url, &source),
                (_, error) => error,
            })?;
        Ok(Self {
            database,
            fault: Mutex::default(),
            newest: tokio::sync::Mutex::default(),
        })
    }

    /// Makes a catalog that others may have this process's own. One in the data directory is.
    ///
    /// When it was another log's before, that one's end is the answer: what it had above was not committed. The
    /// numbers that are given from now on are far above, so that no data file of either log has the name of
    /// one of the other's.
    pub(crate) async fn own(
        &self,
        directory: &Directory,
        data_path: &str,
        now_nanos: i64,
    ) -> Result<Option<u64>, Error> {
        let Database::Postgres(postgres) = &self.database else {
            return Ok(None);
        };
        let mut commit = Commit::begin(self, now_nanos).await?;
        let log = directory.log_id()?;
        let owned = postgres.own(&mut commit.transaction, log).await?;
        if let Some(write) = moved(&mut commit.transaction, data_path).await? {
            let written = write.execute(&mut commit.transaction).await;
            written.map_err(Error::catalog(WRITE_DATA_PATH))?;
        }
        let last_seq = commit.wal_seq;
        match owned.is_other {
            true => commit.finish("takeover", last_seq + TAKEOVER_GAP).await?,
            false => commit.transaction.commit("open").await?,
        }
        postgres.demand(&owned);
        Ok(owned.is_other.then_some(last_seq))
    }

    /// The catalog's own id, and whether it has never had a data file.
    pub(crate) async fn identity(&self) -> Result<(String, bool), Error> {
        let mut transaction = self.read(&["ducklake_schema", "ducklake_snapshot"]).await?;
        let id =
            query("SELECT CAST(schema_uuid AS VARCHAR) FROM ducklake_schema WHERE schema_id = ?");
        let (id,): (String,) = id
            .bind(SCHEMA_ID)
            .one(&mut transaction)
            .await
            .map_err(Error::catalog("read the id of"))?;
        Ok((id, is_new(&mut transaction).await?))
    }

    /// The newest snapshot. Cheap when nothing was committed since the last call.
    pub(crate) async fn snapshot(&self) -> Result<Arc<Snapshot>, Error> {
        // Before the lock: who waits for a database that does not answer keeps nobody else waiting.
        let mut transaction = self.database.read("read").await?;
        // One reads, the others wait for it: a file's checksums are in memory once.
        let mut newest = self.newest.lock().await;
        let snapshot = snapshot::read(&mut transaction, newest.clone()).await?;
        *newest = Some(Arc::clone(&snapshot));
        Ok(snapshot)
    }

    /// The log's position that the newest commit covers; 0 before the first.
    pub(crate) async fn wal_seq(&self) -> Result<u64, Error> {
        let mut transaction = self.database.read("read").await?;
        snapshot::wal_seq(&mut transaction).await
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

    /// Keeps the catalog for this process, where a lock can be lost: in PostgreSQL, with its connection.
    pub(crate) async fn hold(&self) -> Result<(), Error> {
        if let Database::Postgres(postgres) = &self.database
            && !postgres.hold().await?
        {
            // Another process has it: this one finds out here that it is fenced.
            self.database.write("hold").await?;
        }
        Ok(())
    }

    /// Whether another process has taken the catalog over: this one commits nothing any more.
    pub(crate) fn is_fenced(&self) -> bool {
        matches!(&self.database, Database::Postgres(postgres) if postgres.is_fenced())
    }

    /// A transaction that reads, once these tables are found to be whole.
    async fn read(&self, tables: &[&str]) -> Result<Transaction, Error> {
        let mut transaction = self.database.read("read").await?;
        transaction.check(tables).await?;
        Ok(transaction)
    }

    /// Waits for what runs, and lets go of everything.
    pub(crate) async fn close(&self) {
        self.database.close().await;
    }
}

/// Whether it has never had a data file.
async fn is_new(transaction: &mut Transaction) -> Result<bool, Error> {
    let next = query("SELECT max(next_file_id) FROM ducklake_snapshot");
    let next: Result<(i64,), _> = next.one(transaction).await;
    let (next,) = next.map_err(Error::catalog("read the snapshots of"))?;
    Ok(next == 0)
}

/// What says where the data files are, unless the catalog says it already: they may have been moved, but not from a
/// directory to an object store.
async fn moved<'q>(
    transaction: &mut Transaction,
    data_path: &'q str,
) -> Result<Option<Statement<'q>>, Error> {
    let verb = "read the data path of";
    let found: Option<(String,)> =
        query("SELECT value FROM ducklake_metadata WHERE key = 'data_path'")
            .optional(transaction)
            .await
            .map_err(Error::catalog(verb))?;
    let write = match found {
        None => query("INSERT INTO ducklake_metadata (value, key) VALUES (?, 'data_path')"),
        Some((found,)) if found == data_path => return Ok(None),
        Some((found,))
            if (found.contains("://") || data_path.contains("://"))
                && !is_new(transaction).await? =>
        {
            return Err(Error::Mismatch {
                path: PathBuf::from(data_path),
                reason: format!("the catalog's data files are in {found}; name that place"),
            });
        }
        Some(_) => query("UPDATE ducklake_metadata SET value = ? WHERE key = 'data_path'"),
    };
    Ok(Some(write.bind(data_path)))
}

/// Seals a catalog as it is, whatever it holds: for who has written to it by hand.
///
/// # Errors
/// `Unavailable` when it cannot be written.
pub async fn seal_anew(catalog: &mut SqliteConnection) -> Result<(), Error> {
    Seal::anew(catalog).await
}

async fn open_sqlite(path: &Path) -> Result<sqlx::SqlitePool, Error> {
    let options = SqliteConnectOptions::new()
        .filename(path)
        .create_if_missing(true)
        .journal_mode(SqliteJournalMode::Wal)
        // A commit is the moment the log may let go: it must outlast a loss of power.
        .synchronous(SqliteSynchronous::Full)
        // What the seal's triggers write down stays in memory, and sees what a REPLACE deletes.
        .pragma("temp_store", "memory")
        .pragma("recursive_triggers", "on")
        .busy_timeout(BUSY_WAIT);
    SqlitePoolOptions::new()
        .max_connections(CONNECTIONS_MAX)
        .connect_with(options)
        .await
        .map_err(Error::catalog("open"))
}

/// Writes the tables and the first snapshot, or checks that they are what this program knows.
async fn prepare(
    database: &Database,
    shown: PathBuf,
    data_path: Option<&str>,
    may_be_new: bool,
    now_nanos: i64,
) -> Result<(), Error> {
    let mut transaction = database.open("open").await?;
    let is_sealed = transaction.is_sealed().await?;
    let (found,): (i64,) = query(database.dialect().tables_named())
        .bind("ducklake_metadata")
        .one(&mut transaction)
        .await
        .map_err(Error::catalog("open"))?;
    if found == 0 && !may_be_new {
        let reason = format!("it has no tables, {LOST_CATALOG}");
        return Err(Error::Mismatch {
            path: shown,
            reason,
        });
    }
    if found == 0 {
        create(&mut transaction, now_nanos)
            .await
            .map_err(Error::catalog("create"))?;
    } else {
        check_version(&mut transaction, shown).await?;
    }
    recent::prepare(&mut transaction)
        .await
        .map_err(Error::catalog("add the digests to"))?;
    sums::prepare(&mut transaction)
        .await
        .map_err(Error::catalog("add the checksums to"))?;
    let moved = match data_path {
        Some(data_path) => moved(&mut transaction, data_path).await?,
        None => None,
    };
    if let Some(write) = moved {
        if is_sealed {
            transaction.follow().await?;
        }
        let written = write.execute(&mut transaction).await;
        written.map_err(Error::catalog(WRITE_DATA_PATH))?;
    }
    if !is_sealed {
        transaction.seal_anew().await?;
    }
    transaction.commit("open").await
}

async fn create(transaction: &mut Transaction, now_nanos: i64) -> Result<(), sqlx::Error> {
    transaction.script(transaction.dialect().layout()).await?;
    let created_by = concat!("Throughline ", env!("CARGO_PKG_VERSION"));
    let metadata = [
        ("version", VERSION),
        ("created_by", created_by),
        ("encrypted", "false"),
    ];
    for (key, value) in metadata {
        query("INSERT INTO ducklake_metadata (key, value) VALUES (?, ?)")
            .bind(key)
            .bind(value)
            .execute(transaction)
            .await?;
    }
    query("INSERT INTO ducklake_schema VALUES (?, ?, 0, NULL, 'main', '', ?)")
        .bind(SCHEMA_ID)
        .bind(uuid(now_nanos))
        .bind(true)
        .execute(transaction)
        .await?;
    query("INSERT INTO ducklake_snapshot VALUES (0, ?, 0, ?, 0)")
        .bind(Moment(now_nanos))
        .bind(SCHEMA_ID + 1)
        .execute(transaction)
        .await?;
    query("INSERT INTO ducklake_snapshot_changes (snapshot_id, changes_made) VALUES (0, 'created_schema:\"main\"')")
        .execute(transaction)
        .await
}

async fn check_version(transaction: &mut Transaction, path: PathBuf) -> Result<(), Error> {
    let found: Option<(String,)> =
        query("SELECT value FROM ducklake_metadata WHERE key = 'version'")
            .optional(transaction)
            .await
            .map_err(Error::catalog("read the version of"))?;
    match found {
        Some((found,)) if found == VERSION => Ok(()),
        found => Err(Error::Version {
            path,
            found: found.map(|(found,)| found).unwrap_or_default(),
            known: VERSION,
        }),
    }
}

/// A version 7 id: it carries the time of creation.
fn uuid(now_nanos: i64) -> Uuid {
    let now = now_nanos.max(0) as u64;
    let (seconds, nanos) = (now / 1_000_000_000, (now % 1_000_000_000) as u32);
    Uuid::new_v7(uuid::Timestamp::from_unix(uuid::NoContext, seconds, nanos))
}
