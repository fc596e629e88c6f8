//! SQLite: the file, its migrations, the queries by resource. A query is a function here and nowhere
//! else; the verbs of `market` decide which of them make one transaction.

use std::ops::{Deref, DerefMut};
use std::str::FromStr;
use std::time::Duration;

use sqlx::sqlite::{SqliteConnectOptions, SqliteJournalMode, SqlitePoolOptions, SqliteSynchronous};
use sqlx::{ConnectOptions, Sqlite, SqliteConnection, SqlitePool, Transaction};
use throughline_telemetry::sql;

/// A student's claims on slots.
pub(crate) mod bookings;
/// What the payment provider was asked for.
pub(crate) mod charges;
/// The instructors' ledger.
pub(crate) mod earnings;
/// Who teaches.
pub(crate) mod instructors;
/// What is taught.
pub(crate) mod lessons;
/// The schema's versions, applied under the write lock.
mod migrations;
/// Messages to send.
pub(crate) mod outbox;
/// Money promised back.
pub(crate) mod refunds;
/// How it was.
pub(crate) mod reviews;
/// When a lesson can be had.
pub(crate) mod slots;
/// Students.
pub(crate) mod users;

/// How long a statement waits for another process's write.
const BUSY_TIME_MAX: Duration = Duration::from_secs(5);
const READERS_MAX: u32 = 4;
const OPEN_ATTEMPTS_MAX: u32 = 20;

/// The marketplace's database. Writers of a process queue at one connection, which is fair and never
/// busy; only other processes are waited for inside SQLite.
#[derive(Clone, Debug)]
pub(crate) struct Db {
    reader: SqlitePool,
    writer: SqlitePool,
    traced: sql::Database,
}

impl Db {
    /// Opens the file at `url` (`sqlite://…` or a path), makes it when it is missing, and migrates it.
    pub(crate) async fn open(url: &str) -> anyhow::Result<Self> {
        let options = options(url)?;
        let namespace = options
            .get_filename()
            .file_name()
            .unwrap_or_default()
            .to_string_lossy()
            .into_owned();
        let writer = open_writer(&options).await?;
        migrations::apply(&writer).await?;
        let reader = SqlitePoolOptions::new()
            .max_connections(READERS_MAX)
            .acquire_timeout(BUSY_TIME_MAX)
            .connect_with(options)
            .await?;
        Ok(Self {
            reader,
            writer,
            traced: sql::Database::new("sqlite", namespace),
        })
    }

    pub(crate) fn reader(&self) -> &SqlitePool {
        &self.reader
    }

    pub(crate) fn writer(&self) -> &SqlitePool {
        &self.writer
    }

    /// Runs `query` as one span, named by `summary`: written by hand, so that it is short and never has
    /// a value in it.
    pub(crate) async fn query<T>(
        &self,
        summary: &'static str,
        query: impl Future<Output = Result<T, sqlx::Error>>,
    ) -> Result<T, sqlx::Error> {
        self.traced.query(summary, query).await
    }

    /// Begins a transaction that holds the write lock from the start: what it reads cannot change under
    /// it, and it never fails half-way because another process wrote first.
    pub(crate) async fn begin(&self) -> Result<Write, sqlx::Error> {
        let transaction = self
            .query("BEGIN", self.writer.begin_with("BEGIN IMMEDIATE"))
            .await?;
        Ok(Write {
            transaction,
            db: self.clone(),
        })
    }

    pub(crate) async fn close(&self) {
        self.reader.close().await;
        self.writer.close().await;
    }
}

/// A transaction; rolled back unless committed. It is a connection for the queries of this module.
#[derive(Debug)]
pub(crate) struct Write {
    transaction: Transaction<'static, Sqlite>,
    db: Db,
}

impl Write {
    pub(crate) async fn commit(self) -> Result<(), sqlx::Error> {
        self.db.query("COMMIT", self.transaction.commit()).await
    }
}

impl Deref for Write {
    type Target = SqliteConnection;

    fn deref(&self) -> &SqliteConnection {
        &self.transaction
    }
}

impl DerefMut for Write {
    fn deref_mut(&mut self) -> &mut SqliteConnection {
        &mut self.transaction
    }
}

fn options(url: &str) -> Result<SqliteConnectOptions, sqlx::Error> {
    let options = if url.starts_with("sqlite:") {
        SqliteConnectOptions::from_str(url)?
    } else {
        SqliteConnectOptions::new().filename(url)
    };
    Ok(options
        .create_if_missing(true)
        .foreign_keys(true)
        .journal_mode(SqliteJournalMode::Wal)
        .synchronous(SqliteSynchronous::Normal)
        .busy_timeout(BUSY_TIME_MAX)
        // sqlx would log every statement's text; the kit's spans say what is needed
        .disable_statement_logging())
}

/// The first connection turns the file to WAL mode. SQLite does not wait for that lock, and several
/// services may start at once on a new file, so that the loser has to try again.
pub(crate) async fn open_writer(options: &SqliteConnectOptions) -> Result<SqlitePool, sqlx::Error> {
    let mut attempt = 1;
    loop {
        let pool = SqlitePoolOptions::new()
            .max_connections(1)
            .acquire_timeout(2 * BUSY_TIME_MAX);
        match pool.connect_with(options.clone()).await {
            Ok(pool) => return Ok(pool),
            Err(_) if attempt < OPEN_ATTEMPTS_MAX => {
                attempt += 1;
                tokio::time::sleep(Duration::from_millis(100)).await;
            }
            Err(error) => return Err(error),
        }
    }
}

/// A file of its own for a third party (`payments`), opened the same way but neither migrated nor traced.
pub(crate) async fn open_plain(url: &str) -> Result<SqlitePool, sqlx::Error> {
    open_writer(&options(url)?).await
}
