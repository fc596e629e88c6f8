//! Control data: tokens, what datasets are called and hold, annotations, virtual fields and saved queries. One SQLite
//! file in the data directory, or tables in PostgreSQL, beside the store's and unknown to it.
//!
//! What every request asks (who may do what, what a dataset holds) is answered from memory. Other processes write
//! the same database, as `throughline token` does: [`Control::refresh`] takes that in, and the server calls it often.
//! Changes come one after the other, whoever makes them, and each is decided by what is there when its turn comes.
//! So no owner is asked for: a server that was taken over and does not know it yet does no harm here.
//!
//! It knows no HTTP, no rows and no query.

/// From one database into another.
mod copy;
/// SQLite or PostgreSQL.
mod database;
/// What is said of datasets, and the fields of events.
mod datasets;
/// What can go wrong.
mod error;
/// What a token allows.
mod grant;
/// Where the control data are, and whether they are lost.
mod place;
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
pub use place::is_there;
pub use records::{Record, RecordKind, VirtualField};
pub use token::Secret;
pub use tokens::{NewToken, Token};

use database::{Database, Transaction};
use model::Clock;
use sqlx::postgres::PgConnectOptions;
use state::State;
use std::ops::{Deref, DerefMut};
use std::path::Path;
use std::sync::atomic::{AtomicI64, AtomicU64, Ordering};
use std::sync::{Arc, PoisonError, RwLock};
use tokio::sync::{Mutex, MutexGuard};

/// While the database does not answer, tokens that were valid stay so for this long; that they may send they may longer.
const SILENT_NANOS_MAX: i64 = 60_000_000_000;

/// Control data, open.
#[derive(Debug)]
pub struct Control {
    database: Database,
    clock: Clock,
    current: RwLock<Current>,
    /// Drawn before each read.
    tickets: AtomicU64,
    /// Since when the database does not answer, in nanoseconds since 1970-01-01 UTC; 0 when it does.
    silent_since_nanos: AtomicI64,
    /// One change at a time, from looking at what is there to having it in memory.
    changing: Mutex<()>,
}

/// What is in memory, and the ticket of the read that it is of.
#[derive(Debug, Default)]
struct Current {
    ticket: u64,
    state: Arc<State>,
}

/// A change: no other process has one meanwhile. It is undone unless it is committed.
struct Change<'a> {
    transaction: Transaction,
    control: &'a Control,
    _alone: MutexGuard<'a, ()>,
}

impl Control {
    /// Opens the control data of a data directory, which must exist; makes or upgrades the file.
    ///
    /// # Errors
    /// `Unavailable` when the disk does not answer, `Invalid` when a newer program made the file, `Corrupt` when the
    /// directory had control data that is not there, or is damaged.
    pub async fn open(directory: &Path, clock: Clock) -> Result<Self, Error> {
        let opened = async { Self::of(place::in_directory(directory).await?, clock).await };
        opened.await.map_err(met_in(directory))
    }

    /// Opens the control data in PostgreSQL for the server of a directory; makes or upgrades the tables. `shown` is the
    /// URL without the password. What is in the directory moves to PostgreSQL the first time.
    ///
    /// # Errors
    /// As [`Control::open`], and `Corrupt` when both places have control data.
    pub async fn open_postgres(
        options: PgConnectOptions,
        shown: &str,
        directory: &Path,
        clock: Clock,
    ) -> Result<Self, Error> {
        let database = place::for_server(options, shown, directory).await;
        Self::of(database.map_err(met_in(directory))?, clock).await
    }

    /// The same for who changes something beside the server, or before its first start.
    ///
    /// # Errors
    /// As [`Control::open`], and `Corrupt` when they are in the directory still.
    pub async fn join_postgres(
        options: PgConnectOptions,
        shown: &str,
        directory: &Path,
        clock: Clock,
    ) -> Result<Self, Error> {
        Self::of(place::for_changes(options, shown, directory).await?, clock).await
    }

    /// Opens what there is to look at, in `tables` of PostgreSQL or in a directory; makes, upgrades and moves nothing.
    /// `None` when there never was any.
    ///
    /// # Errors
    /// As [`Control::open`], and `Invalid` for a file of an earlier program.
    pub async fn look(
        tables: Option<PgConnectOptions>,
        directory: &Path,
        clock: Clock,
    ) -> Result<Option<Self>, Error> {
        let looked = async {
            match place::to_look_at(tables, directory).await? {
                None => Ok(None),
                Some(database) => Self::of(database, clock).await.map(Some),
            }
        };
        looked.await.map_err(met_in(directory))
    }

    /// Whether the control data of a catalog in PostgreSQL are there and can be read; changes nothing.
    ///
    /// # Errors
    /// `Corrupt` when they are lost or in two places, `Unavailable` when the database does not answer.
    pub async fn check(
        options: PgConnectOptions,
        shown: &str,
        directory: &Path,
    ) -> Result<(), Error> {
        let source = place::to_keep(options, shown, directory).await?;
        source.check().await.map_err(met_in(directory))
    }

    /// Writes them, as they are at one moment, to a new file `control.sqlite` at `to`; changes nothing else.
    ///
    /// # Errors
    /// As [`Control::check`].
    pub async fn back_up(
        options: PgConnectOptions,
        shown: &str,
        directory: &Path,
        to: &Path,
    ) -> Result<(), Error> {
        let source = place::to_keep(options, shown, directory).await?;
        source.copy_to(to).await.map_err(met_in(directory))
    }

    async fn of(database: Database, clock: Clock) -> Result<Self, Error> {
        let control = Self {
            database,
            clock,
            current: RwLock::default(),
            tickets: AtomicU64::new(1),
            silent_since_nanos: AtomicI64::new(0),
            changing: Mutex::default(),
        };
        control.refresh().await?;
        Ok(control)
    }

    /// Takes in what was written since, by this process or another.
    ///
    /// # Errors
    /// `Unavailable` when the database does not answer, `Corrupt` when it is empty since; what was known stays so, but of
    /// tokens for a minute only, and then that they may send.
    pub async fn refresh(&self) -> Result<(), Error> {
        let refreshed = self.read().await;
        let silent = &self.silent_since_nanos;
        match &refreshed {
            Ok(()) => silent.store(0, Ordering::Relaxed),
            // The first failure stands.
            Err(_) => {
                let now_nanos = self.clock.now_nanos().max(1);
                silent
                    .compare_exchange(0, now_nanos, Ordering::Relaxed, Ordering::Relaxed)
                    .ok();
            }
        }
        refreshed
    }

    async fn read(&self) -> Result<(), Error> {
        let ticket = self.draw();
        let mut transaction = self.database.read().await?;
        let changes = transaction.changes().await?;
        // It may be another database since it was silent, changed as often.
        let was_silent = self.silent_since_nanos.load(Ordering::Relaxed) != 0;
        if was_silent || !self.is_known(ticket, changes) {
            self.take(ticket, State::read(&mut transaction, changes).await?)?;
        }
        Ok(())
    }

    /// Whether the database does not answer for so long that a token may have been revoked without us: then a known one
    /// may send, and nothing else.
    pub fn is_unsure(&self) -> bool {
        let since = self.silent_since_nanos.load(Ordering::Relaxed);
        since != 0 && self.clock.now_nanos().saturating_sub(since) > SILENT_NANOS_MAX
    }

    /// A change, and in memory what is there before it.
    async fn change(&self) -> Result<Change<'_>, Error> {
        let alone = self.changing.lock().await;
        let (mut transaction, changes) = self.database.write().await?;
        let ticket = self.draw();
        if !self.is_known(ticket, changes) {
            self.take(ticket, State::read(&mut transaction, changes).await?)?;
        }
        Ok(Change {
            transaction,
            control: self,
            _alone: alone,
        })
    }

    /// What is read after it was drawn has everything that was committed before.
    fn draw(&self) -> u64 {
        self.tickets.fetch_add(1, Ordering::Relaxed)
    }

    /// Whether what a read would find is in memory, or something newer is.
    fn is_known(&self, ticket: u64, changes: i64) -> bool {
        let mut current = self.current.write().unwrap_or_else(PoisonError::into_inner);
        if current.state.changes == changes {
            current.ticket = current.ticket.max(ticket);
        }
        current.state.changes == changes || ticket < current.ticket
    }

    /// The read that began last stands, also when the database was put back to what it was before.
    ///
    /// # Errors
    /// `Corrupt` for a database that never was changed in the place of one that was: it is lost.
    fn take(&self, ticket: u64, mut state: State) -> Result<(), Error> {
        let mut current = self.current.write().unwrap_or_else(PoisonError::into_inner);
        if state.changes == 0 && current.state.changes > 0 {
            return Err(place::lost_meanwhile());
        }
        if ticket >= current.ticket {
            // What was closed does not open while the process runs.
            state.tokens_ever = state.tokens_ever.max(current.state.tokens_ever);
            *current = Current {
                ticket,
                state: Arc::new(state),
            };
        }
        Ok(())
    }

    /// Waits for what runs, and lets go of the database.
    pub async fn close(&self) {
        self.database.close().await;
    }

    fn state(&self) -> Arc<State> {
        let current = self.current.read().unwrap_or_else(PoisonError::into_inner);
        Arc::clone(&current.state)
    }
}

/// For `map_err`, where the control data of a directory are read.
fn met_in(directory: &Path) -> impl FnOnce(Error) -> Error {
    let path = place::file(directory);
    move |error| error.met_in(&path)
}

impl Change<'_> {
    /// An error may mean either outcome.
    async fn commit(self) -> Result<(), Error> {
        let Self {
            transaction,
            control,
            _alone,
        } = self;
        transaction.commit().await?;
        control.refresh().await
    }
}

impl Deref for Change<'_> {
    type Target = Transaction;

    fn deref(&self) -> &Transaction {
        &self.transaction
    }
}

impl DerefMut for Change<'_> {
    fn deref_mut(&mut self) -> &mut Transaction {
        &mut self.transaction
    }
}
