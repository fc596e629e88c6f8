//! A catalog in PostgreSQL: how it is reached, and who owns it.
//!
//! One process writes a catalog. Two things see to it:
//!
//! * **The lock** is an advisory lock of the one connection that writes. A second process does not get it and
//!   does not start. It is gone with its connection, and so it is taken again with the next.
//! * **The fence** is the epoch in `throughline_owner`. Who opens the catalog raises it; each transaction that
//!   writes locks that row first and demands its own epoch. A process that lost its lock without knowing, to a
//!   network that broke, cannot commit once another has taken over, nor does it read: the position that the
//!   catalog then has is not its log's.
//!
//! The row also names the log that the catalog's position counts. Another log has other records under the
//! same numbers: it is refused, unless it has none at all yet, as on a machine that replaces a lost one.

use super::database::{Transaction, query};
use crate::Error;
use crate::config::CatalogUrl;
use sqlx::postgres::{PgConnectOptions, PgConnection, PgPoolOptions};
use sqlx::{Connection, PgPool};
use std::future::Future;
use std::path::PathBuf;
use std::str::FromStr;
use std::sync::atomic::{AtomicBool, AtomicI64, Ordering};
use std::time::Duration;
use tokio::time::{Instant, sleep, timeout, timeout_at};
use uuid::Uuid;

/// For a connection, and for one that is free.
const CONNECT_MAX: Duration = Duration::from_secs(10);
/// A process that has just ended still holds its lock until the server has seen its connections end.
const LOCK_WAIT_MAX: Duration = Duration::from_secs(3);
const LOCK_AGAIN: Duration = Duration::from_millis(50);
/// The server gives up a statement after 30 s; this is for a server that is not there any more.
const ANSWER_MAX: Duration = Duration::from_secs(40);
const READERS_MAX: u32 = 4;
/// The first half of the lock's key: "thru".
const LOCK_CLASS: i32 = 0x7468_7275;

/// Of each session. A transaction of a machine that is gone must not keep its rows locked, nor its lock.
const SESSION: [(&str, &str); 8] = [
    // Not that a table is there already.
    ("client_min_messages", "warning"),
    // A commit is the moment the log may let go: it must outlast a loss of power.
    ("synchronous_commit", "on"),
    ("statement_timeout", "30s"),
    ("lock_timeout", "15s"),
    ("idle_in_transaction_session_timeout", "60s"),
    ("tcp_keepalives_idle", "10"),
    ("tcp_keepalives_interval", "5"),
    ("tcp_keepalives_count", "3"),
];

/// Else each statement would see a moment of its own.
pub(super) const BEGIN_TO_READ: &str = "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY";

type Begun = sqlx::Transaction<'static, sqlx::Postgres>;

#[derive(Debug)]
pub(super) struct Postgres {
    /// Without the password.
    shown: PathBuf,
    readers: PgPool,
    /// One connection, which has the lock.
    writer: PgPool,
    /// 0 before the catalog is ours.
    epoch: AtomicI64,
    is_fenced: AtomicBool,
}

impl Postgres {
    /// Connects and takes the lock. An error names the server and says what to do.
    pub(super) async fn open(url: &CatalogUrl) -> Result<Self, Error> {
        let options = reach(url).await?;
        let readers = pool().max_connections(READERS_MAX);
        let writer = pool()
            .max_connections(1)
            .idle_timeout(None)
            // Whether it gets the lock is not asked here: the epoch tells who owns the catalog.
            .after_connect(|connection, _| {
                Box::pin(async move { lock(connection).await.map(drop) })
            });
        let this = Self {
            shown: PathBuf::from(url.shown()),
            readers: readers.connect_lazy_with(options.clone()),
            writer: writer.connect_lazy_with(options),
            epoch: AtomicI64::new(0),
            is_fenced: AtomicBool::new(false),
        };
        this.take_lock().await?;
        Ok(this)
    }

    async fn take_lock(&self) -> Result<(), Error> {
        let until = Instant::now() + LOCK_WAIT_MAX;
        while !self.hold().await? {
            if Instant::now() >= until {
                return Err(Error::Locked {
                    path: self.shown.clone(),
                    by: self.holder().await,
                });
            }
            sleep(LOCK_AGAIN).await;
        }
        Ok(())
    }

    /// Who has the lock, for a message. A machine that is gone has it until PostgreSQL has missed it.
    async fn holder(&self) -> String {
        let holder = "SELECT coalesce(host(client_addr), 'PostgreSQL''s own machine'), to_char(backend_start AT TIME ZONE 'UTC', \
                      'YYYY-MM-DD\"T\"HH24:MI:SS\"Z\"') \
                      FROM pg_locks JOIN pg_stat_activity USING (pid) WHERE locktype = 'advisory' AND granted \
                      AND classid::bigint = $1 AND objid::bigint = hashtext(current_schema())::bigint & 4294967295";
        let asked = async {
            let asked = sqlx::query_as(holder).bind(i64::from(LOCK_CLASS));
            asked.fetch_optional(&self.readers).await
        };
        // Only said in passing: without it the message is right, too.
        let found: Option<(String, String)> = in_time(asked).await.ok().flatten();
        let Some((from, since)) = found else {
            return String::new();
        };
        format!(
            ", connected from {from} since {since}; if that machine is gone, PostgreSQL lets go of its lock within half a \
             minute: start again then"
        )
    }

    /// Whether this process has the lock: takes it again when its connection broke.
    pub(super) async fn hold(&self) -> Result<bool, Error> {
        let held = async {
            let mut connection = self.writer.acquire().await?;
            lock(&mut connection).await
        };
        in_time(held).await.map_err(Error::catalog("lock"))
    }

    /// # Errors
    /// `Conflict` when another process has taken the catalog over: its position counts another log.
    pub(super) async fn read(&self, verb: &'static str) -> Result<Begun, Error> {
        let begun = in_time(self.readers.begin_with(BEGIN_TO_READ)).await;
        let mut transaction = begun.map_err(Error::catalog(verb))?;
        let owner = "SELECT epoch FROM throughline_owner";
        self.check(&mut transaction, owner, verb).await?;
        Ok(transaction)
    }

    pub(super) async fn write(&self, verb: &'static str) -> Result<Begun, Error> {
        let begun = in_time(self.writer.begin()).await;
        let mut transaction = begun.map_err(Error::catalog(verb))?;
        let owner = "SELECT epoch FROM throughline_owner FOR UPDATE";
        self.check(&mut transaction, owner, verb).await?;
        Ok(transaction)
    }

    async fn check(
        &self,
        transaction: &mut Begun,
        owner: &'static str,
        verb: &'static str,
    ) -> Result<(), Error> {
        let epoch = self.epoch.load(Ordering::Relaxed);
        if epoch == 0 {
            return Ok(());
        }
        let found = in_time(sqlx::query_as(owner).fetch_optional(&mut **transaction)).await;
        let found: Option<(i64,)> = found.map_err(Error::catalog(verb))?;
        if found == Some((epoch,)) {
            return Ok(());
        }
        self.is_fenced.store(true, Ordering::Relaxed);
        Err(Error::Fenced {
            path: self.shown.clone(),
        })
    }

    pub(super) fn is_fenced(&self) -> bool {
        self.is_fenced.load(Ordering::Relaxed)
    }

    /// Makes the catalog that of `log`, in the transaction that prepares it; `is_empty` says that the log has no
    /// records.
    pub(super) async fn own(
        &self,
        transaction: &mut Transaction,
        (log, is_empty): (Uuid, bool),
    ) -> Result<Owned, Error> {
        let verb = "take over";
        let create = "CREATE TABLE IF NOT EXISTS throughline_owner(epoch BIGINT NOT NULL, log VARCHAR NOT NULL)";
        let created = query(create).execute(transaction).await;
        created.map_err(Error::catalog(verb))?;
        let found = query("SELECT epoch, log FROM throughline_owner FOR UPDATE");
        let found: Option<(i64, String)> = found
            .optional(transaction)
            .await
            .map_err(Error::catalog(verb))?;
        let is_other = found.as_ref().is_some_and(|(_, of)| *of != log.to_string());
        if is_other && !is_empty {
            return Err(Error::Mismatch {
                path: self.shown.clone(),
                reason: "its rows come from another log, and the log here is not a new one; name the log \
                         directory that was used with this catalog, or a catalog of its own for this log"
                    .to_owned(),
            });
        }
        let epoch = found.as_ref().map_or(1, |(epoch, _)| epoch + 1);
        let write = match found {
            None => query("INSERT INTO throughline_owner (epoch, log) VALUES (?, ?)"),
            Some(_) => query("UPDATE throughline_owner SET epoch = ?, log = ?"),
        };
        let written = write.bind(epoch).bind(log.to_string()).execute(transaction);
        written.await.map_err(Error::catalog(verb))?;
        Ok(Owned { epoch, is_other })
    }

    /// From now on every transaction that writes demands this.
    pub(super) fn demand(&self, owned: &Owned) {
        self.epoch.store(owned.epoch, Ordering::Relaxed);
    }

    pub(super) async fn close(&self) {
        let closed = async {
            self.readers.close().await;
            self.writer.close().await;
        };
        // What does not answer is not waited for.
        let _ = timeout_at(Instant::now() + CONNECT_MAX, closed).await;
    }
}

/// What a process has when the catalog is its own.
#[derive(Debug)]
pub(super) struct Owned {
    pub(super) epoch: i64,
    /// Whether the catalog was another log's before.
    pub(super) is_other: bool,
}

/// How the server at `url` is spoken to, once it has answered: for who keeps something beside the catalog.
///
/// # Errors
/// `Unavailable`; it names the server and says what to do.
pub async fn reach(url: &CatalogUrl) -> Result<PgConnectOptions, Error> {
    let options = PgConnectOptions::from_str(url.secret())
        .map_err(|error| url.problem(&format!("it cannot be read: {error}")))?
        .options(SESSION);
    let options = match options.get_application_name() {
        None => options.application_name("throughline"),
        Some(_) => options,
    };
    // sqlx asks the process for it with sslmode=verify-ca, and ends where there is none. Another that is there stays.
    let _ = rustls::crypto::ring::default_provider().install_default();
    // By itself first: a pool tries again and forgets why.
    let first = timeout(CONNECT_MAX, PgConnection::connect_with(&options)).await;
    match first {
        Ok(Ok(connection)) => drop(connection.close().await),
        Ok(Err(error)) => return Err(problem(url, &error)),
        Err(_) => {
            let remedy = "it does not answer; check host, port and firewall";
            return Err(url.problem(remedy));
        }
    }
    Ok(options)
}

fn pool() -> PgPoolOptions {
    PgPoolOptions::new()
        .acquire_timeout(CONNECT_MAX)
        .max_lifetime(None)
}

/// For who takes no lock.
pub(super) async fn reader(url: &CatalogUrl) -> Result<PgPool, Error> {
    let options = reach(url).await?;
    Ok(pool().max_connections(1).connect_lazy_with(options))
}

/// Of this schema of this database.
async fn lock(connection: &mut PgConnection) -> Result<bool, sqlx::Error> {
    let lock = "SELECT pg_try_advisory_lock($1, hashtext(current_schema()))";
    let lock = sqlx::query_scalar(lock).bind(LOCK_CLASS);
    lock.fetch_one(connection).await
}

/// The future, or an error when its server is gone.
pub(super) async fn in_time<T>(
    answer: impl Future<Output = Result<T, sqlx::Error>>,
) -> Result<T, sqlx::Error> {
    let waited = timeout(ANSWER_MAX, answer).await;
    waited.unwrap_or_else(|_| Err(sqlx::Error::Io(std::io::ErrorKind::TimedOut.into())))
}

/// Why a server cannot be used, and what to do. No error of the server has the password.
pub(super) fn problem(url: &CatalogUrl, error: &sqlx::Error) -> Error {
    let code = error.as_database_error().and_then(|error| error.code());
    let remedy = match code.as_deref() {
        Some("28P01" | "28000") => "check user and password (the URL's, or PGPASSWORD)",
        Some("3D000") => "create that database, or name another",
        Some("42501") => "let this user connect and create tables there",
        Some("53300") => "the server has too many connections; raise max_connections",
        _ if error.to_string().contains("certificate") => {
            "let sslrootcert=FILE in the URL name the certificate of the authority that signed the server's, which has to be \
             for this host with sslmode=verify-full"
        }
        _ if matches!(error, sqlx::Error::Tls(_)) => {
            "give the server a certificate (ssl = on), or say sslmode=disable on a private network"
        }
        _ => "check host and port, and that the server runs",
    };
    url.problem(&format!("{error}; {remedy}"))
}
