//! Control data: tokens, what datasets are called and hold, annotations, virtual fields and saved queries. One SQLite
//! file in the data directory, beside the store's and unknown to it.
//!
//! What every request asks (who may do what, what a dataset holds) is answered from memory. Other processes write
//! the same file, as `throughline token` does: [`Control::refresh`] takes that in, and the server calls it often.
//!
//! It knows no HTTP, no rows and no query.

/// What is said of datasets, and the fields of events.
mod datasets;
/// What can go wrong.
mod error;
/// What a token allows.
mod grant;
/// Annotations, virtual fields, saved queries.
mod records;
/// What is kept in memory.
mod state;
/// The text of a token.
mod token;
/// Tokens: made, listed, revoked.
mod tokens;

pub use datasets::{Dataset, FieldType, Kind};
pub use error::Error;
pub use grant::{ACTIONS, Caller, Capabilities, DATASET_RESOURCES, ORG_RESOURCES, Refused};
pub use records::{Record, RecordKind, VirtualField};
pub use token::Secret;
pub use tokens::{NewToken, Token};

use model::Clock;
use sqlx::SqlitePool;
use sqlx::sqlite::{SqliteConnectOptions, SqliteJournalMode, SqlitePoolOptions, SqliteSynchronous};
use state::State;
use std::fs::{OpenOptions, Permissions};
use std::io;
use std::os::unix::fs::{OpenOptionsExt, PermissionsExt};
use std::path::Path;
use std::sync::atomic::{AtomicI64, Ordering};
use std::sync::{Arc, PoisonError, RwLock};
use std::time::Duration;
use tokio::sync::Mutex;

const FILE: &str = "control.sqlite";
const MODE: u32 = 0o600;
const CONNECTIONS_MAX: u32 = 4;
const BUSY_WAIT: Duration = Duration::from_secs(5);
/// While the file does not answer, tokens that were valid stay so for this long.
const SILENT_NANOS_MAX: i64 = 60_000_000_000;

/// Control data, open.
#[derive(Debug)]
pub struct Control {
    pool: SqlitePool,
    clock: Clock,
    state: RwLock<Arc<State>>,
    virtual_fields: RwLock<Vec<VirtualField>>,
    /// Since when the file does not answer, in nanoseconds since 1970-01-01 UTC; 0 when it does.
    silent_since_nanos: AtomicI64,
    /// One change at a time, from looking at what is there to having it in memory.
    changing: Mutex<()>,
}

impl Control {
    /// Opens the control data of a data directory, which must exist; makes or upgrades the file.
    ///
    /// # Errors
    /// `Unavailable` when the disk does not answer, `Invalid` when a newer program made the file.
    pub async fn open(directory: &Path, clock: Clock) -> Result<Self, Error> {
        let path = directory.join(FILE);
        keep_private(&path).map_err(|source| Error::File {
            path: path.clone(),
            source,
        })?;
        let options = SqliteConnectOptions::new()
            .filename(&path)
            .journal_mode(SqliteJournalMode::Wal)
            .synchronous(SqliteSynchronous::Full)
            .busy_timeout(BUSY_WAIT);
        let pool = SqlitePoolOptions::new()
            .max_connections(CONNECTIONS_MAX)
            .connect_with(options)
            .await
            .map_err(Error::sql("open"))?;
        sqlx::migrate!()
            .run(&pool)
            .await
            .map_err(|source| Error::Version {
                path,
                source: Box::new(source),
            })?;
        let control = Self {
            pool,
            clock,
            state: RwLock::default(),
            virtual_fields: RwLock::default(),
            silent_since_nanos: AtomicI64::new(0),
            changing: Mutex::default(),
        };
        control.refresh().await?;
        control.load_virtual_fields().await?;
        Ok(control)
    }

    /// Takes in what was written since, by this process or another.
    ///
    /// # Errors
    /// `Unavailable` when the file does not answer; what was known stays so, but of tokens for a minute only.
    pub async fn refresh(&self) -> Result<(), Error> {
        let known = self.state().changes;
        let loaded = State::load(&self.pool, known).await;
        let silent = &self.silent_since_nanos;
        match &loaded {
            Ok(_) => silent.store(0, Ordering::Relaxed),
            // The first failure stands.
            Err(_) => {
                let now_nanos = self.clock.now_nanos().max(1);
                silent
                    .compare_exchange(0, now_nanos, Ordering::Relaxed, Ordering::Relaxed)
                    .ok();
            }
        }
        if let Some(state) = loaded? {
            let mut current = self.state.write().unwrap_or_else(PoisonError::into_inner);
            // Of two that were read at the same time the later one stands.
            if state.changes > current.changes {
                *current = Arc::new(state);
            }
        }
        Ok(())
    }

    /// Whether the file does not answer for so long that a token may have been revoked without us.
    fn is_unsure(&self) -> bool {
        let since = self.silent_since_nanos.load(Ordering::Relaxed);
        since != 0 && self.clock.now_nanos().saturating_sub(since) > SILENT_NANOS_MAX
    }

    /// Waits for what runs, and lets go of the file.
    pub async fn close(&self) {
        self.pool.close().await;
    }

    fn state(&self) -> Arc<State> {
        Arc::clone(&self.state.read().unwrap_or_else(PoisonError::into_inner))
    }
}

/// Hashes are in it, no tokens; all the same it is nobody else's. A file that was copied has the mode of its copier.
fn keep_private(path: &Path) -> io::Result<()> {
    let file = OpenOptions::new()
        .create(true)
        .append(true)
        .mode(MODE)
        .open(path)?;
    let mode = file.metadata()?.permissions().mode();
    match mode & 0o777 {
        MODE => Ok(()),
        _ => file.set_permissions(Permissions::from_mode(MODE)),
    }
}
