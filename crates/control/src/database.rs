//! The SQL database below: SQLite in the data directory, or PostgreSQL. A statement has one text for both, with `$1`,
//! `$2` for its values.

use crate::Error;
use sqlx::postgres::{PgArguments, PgConnectOptions, PgPoolOptions, PgRow};
use sqlx::sqlite::{
    SqliteArguments, SqliteConnectOptions, SqliteJournalMode, SqlitePoolOptions, SqliteRow,
    SqliteSynchronous,
};
use sqlx::{Arguments, Encode, FromRow, PgPool, Postgres, Sqlite, SqlitePool, Type};
use std::future::Future;
use std::path::Path;
use std::time::Duration;
use tokio::time::timeout;

const CONNECTIONS_MAX: u32 = 4;
const BUSY_WAIT: Duration = Duration::from_secs(5);
/// For a connection that is free.
const CONNECT_MAX: Duration = Duration::from_secs(10);
/// PostgreSQL gives up a statement after 30 s; this is for a server that is not there any more.
const ANSWER_MAX: Duration = Duration::from_secs(40);
/// Else each statement of a transaction would see a moment of its own.
const BEGIN_TO_READ: &str = "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY";
/// In PostgreSQL: which migrations were done. Others may have a table of sqlx's usual name.
const VERSIONS: &str = "throughline_control_version";

/// An open database.
#[derive(Debug)]
pub(crate) enum Database {
    Sqlite(SqlitePool),
    Postgres(PgPool),
}

/// A transaction on one of the two. It is undone unless it is committed.
#[derive(Debug)]
pub(crate) enum Transaction {
    Sqlite(sqlx::Transaction<'static, Sqlite>),
    Postgres(sqlx::Transaction<'static, Postgres>),
}

/// A value of a statement.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Value<'q> {
    Number(Option<i64>),
    Text(&'q str),
    Bytes(&'q [u8]),
}

/// What a row of both can be read as.
pub(crate) trait Row:
    for<'r> FromRow<'r, SqliteRow> + for<'r> FromRow<'r, PgRow> + Send + Unpin
{
}

impl<T> Row for T where T: for<'r> FromRow<'r, SqliteRow> + for<'r> FromRow<'r, PgRow> + Send + Unpin
{}

impl Database {
    /// The file, made or upgraded.
    pub(crate) async fn sqlite(path: &Path) -> Result<Self, Error> {
        let options = SqliteConnectOptions::new()
            .filename(path)
            .journal_mode(SqliteJournalMode::Wal)
            .synchronous(SqliteSynchronous::Full)
            .busy_timeout(BUSY_WAIT);
        let pool = SqlitePoolOptions::new()
            .max_connections(CONNECTIONS_MAX)
            .connect_with(options)
            .await
            .map_err(Error::sql("open"))?;
        let migrated = sqlx::migrate!("migrations/sqlite").run(&pool).await;
        migrated.map_err(Error::version(path.display()))?;
        Ok(Self::Sqlite(pool))
    }

    /// The file as it is, for who only looks.
    ///
    /// # Errors
    /// `Invalid` when it is of an earlier program: only a server upgrades it.
    pub(crate) async fn sqlite_as_it_is(path: &Path) -> Result<Self, Error> {
        let pool = one_connection(path).await?;
        let version = "SELECT max(version) FROM _sqlx_migrations";
        let (version,): (Option<i64>,) = sqlx::query_as(version)
            .fetch_one(&pool)
            .await
            .map_err(Error::sql("read"))?;
        let newest = sqlx::migrate!("migrations/sqlite")
            .iter()
            .map(|it| it.version)
            .max();
        if version < newest {
            let message = format!(
                "an earlier program made {}: start the server once, which upgrades it",
                path.display()
            );
            return Err(Error::Invalid(message));
        }
        Ok(Self::Sqlite(pool))
    }

    /// A file of whichever version into an empty one, as it is at one moment.
    pub(crate) async fn copy_file(from: &Path, to: &Path) -> Result<(), Error> {
        let pool = one_connection(from).await?;
        let copied = sqlx::query("VACUUM INTO $1")
            .bind(to.to_string_lossy().into_owned())
            .execute(&pool)
            .await;
        pool.close().await;
        copied.map(drop).map_err(Error::sql("copy"))
    }

    /// The tables as they are, if there are any, for who only looks.
    pub(crate) fn postgres_as_it_is(options: PgConnectOptions) -> Self {
        Self::Postgres(postgres_pool(options))
    }

    /// How often anything was changed, ever; 0 when there are no tables. Of PostgreSQL.
    pub(crate) async fn changes_ever(&self) -> Result<i64, Error> {
        let mut transaction = self.read().await?;
        let tables = "SELECT count(*) FROM pg_class WHERE oid = to_regclass('throughline_change')";
        match transaction.one(tables, &[]).await? {
            (0_i64,) => Ok(0),
            _ => transaction.changes().await,
        }
    }

    /// The tables, made or upgraded; `shown` is what errors call the place.
    pub(crate) async fn postgres(options: PgConnectOptions, shown: &str) -> Result<Self, Error> {
        let pool = postgres_pool(options);
        let mut migrator = sqlx::migrate!("migrations/postgres");
        migrator.dangerous_set_table_name(VERSIONS);
        migrator.run(&pool).await.map_err(Error::version(shown))?;
        Ok(Self::Postgres(pool))
    }

    /// A transaction that reads: all of it is of one moment.
    pub(crate) async fn read(&self) -> Result<Transaction, Error> {
        let begun = match self {
            Self::Sqlite(pool) => pool.begin().await.map(Transaction::Sqlite),
            Self::Postgres(pool) => in_time(pool.begin_with(BEGIN_TO_READ))
                .await
                .map(Transaction::Postgres),
        };
        begun.map_err(Error::sql("read"))
    }

    /// A transaction that is alone among those that write, from its start to its end, in any process; and how often
    /// something was changed before it.
    pub(crate) async fn write(&self) -> Result<(Transaction, i64), Error> {
        let begun = match self {
            Self::Sqlite(pool) => pool.begin().await.map(Transaction::Sqlite),
            Self::Postgres(pool) => in_time(pool.begin()).await.map(Transaction::Postgres),
        };
        let mut transaction = begun.map_err(Error::sql("write"))?;
        let count = "UPDATE throughline_change SET count = count + 1";
        transaction.execute(count, &[]).await?;
        let changes = transaction.changes().await?;
        Ok((transaction, changes - 1))
    }

    /// Waits for what runs, and lets go of everything.
    pub(crate) async fn close(&self) {
        match self {
            Self::Sqlite(pool) => pool.close().await,
            // What does not answer is not waited for.
            Self::Postgres(pool) => drop(timeout(CONNECT_MAX, pool.close()).await),
        }
    }
}

impl Transaction {
    /// How often anything was changed, ever.
    pub(crate) async fn changes(&mut self) -> Result<i64, Error> {
        let changes = "SELECT count FROM throughline_change";
        let (changes,) = self.one(changes, &[]).await?;
        Ok(changes)
    }

    /// How many rows it changed.
    pub(crate) async fn execute(
        &mut self,
        text: &'static str,
        values: &[Value<'_>],
    ) -> Result<u64, Error> {
        let failed = Error::sql("write");
        let done = match self {
            Self::Sqlite(it) => {
                let values = bound::<SqliteArguments>(values)?;
                let done = sqlx::query_with(text, values).execute(&mut **it).await;
                done.map(|done| done.rows_affected())
            }
            Self::Postgres(it) => {
                let values = bound::<PgArguments>(values)?;
                let done = in_time(sqlx::query_with(text, values).execute(&mut **it)).await;
                done.map(|done| done.rows_affected())
            }
        };
        done.map_err(failed)
    }

    pub(crate) async fn all<R: Row>(
        &mut self,
        text: &'static str,
        values: &[Value<'_>],
    ) -> Result<Vec<R>, Error> {
        let failed = Error::sql("read");
        let rows = match self {
            Self::Sqlite(it) => {
                let values = bound::<SqliteArguments>(values)?;
                sqlx::query_as_with(text, values).fetch_all(&mut **it).await
            }
            Self::Postgres(it) => {
                let values = bound::<PgArguments>(values)?;
                in_time(sqlx::query_as_with(text, values).fetch_all(&mut **it)).await
            }
        };
        rows.map_err(failed)
    }

    /// The one row that there is.
    pub(crate) async fn one<R: Row>(
        &mut self,
        text: &'static str,
        values: &[Value<'_>],
    ) -> Result<R, Error> {
        let found = self.all(text, values).await?.into_iter().next();
        found.ok_or_else(|| Error::sql("read")(sqlx::Error::RowNotFound))
    }

    /// An error may mean either outcome.
    pub(crate) async fn commit(self) -> Result<(), Error> {
        let committed = match self {
            Self::Sqlite(it) => it.commit().await,
            Self::Postgres(it) => in_time(it.commit()).await,
        };
        committed.map_err(Error::sql("write"))
    }
}

fn postgres_pool(options: PgConnectOptions) -> PgPool {
    PgPoolOptions::new()
        .max_connections(CONNECTIONS_MAX)
        .acquire_timeout(CONNECT_MAX)
        .connect_lazy_with(options)
}

/// To a file that is there.
async fn one_connection(path: &Path) -> Result<SqlitePool, Error> {
    let options = SqliteConnectOptions::new().filename(path);
    let pool = SqlitePoolOptions::new()
        .max_connections(1)
        .connect_with(options.busy_timeout(BUSY_WAIT));
    pool.await.map_err(Error::sql("open"))
}

/// The values as a database takes them.
///
/// # Errors
/// `Invalid` for a text that PostgreSQL cannot keep; SQLite does not get it either.
fn bound<'q, A>(values: &[Value<'q>]) -> Result<A, Error>
where
    A: Arguments,
    Option<i64>: Encode<'q, A::Database> + Type<A::Database>,
    &'q str: Encode<'q, A::Database> + Type<A::Database>,
    &'q [u8]: Encode<'q, A::Database> + Type<A::Database>,
{
    let mut arguments = A::default();
    for value in values {
        let added = match *value {
            Value::Number(number) => arguments.add(number),
            Value::Text(text) if text.contains('\0') => {
                return Err(Error::Invalid("a text has a NUL character".to_owned()));
            }
            Value::Text(text) => arguments.add(text),
            Value::Bytes(bytes) => arguments.add(bytes),
        };
        added.map_err(|error| Error::sql("write")(sqlx::Error::Encode(error)))?;
    }
    Ok(arguments)
}

async fn in_time<T>(
    answer: impl Future<Output = Result<T, sqlx::Error>>,
) -> Result<T, sqlx::Error> {
    let waited = timeout(ANSWER_MAX, answer).await;
    waited.unwrap_or_else(|_| Err(sqlx::Error::Io(std::io::ErrorKind::TimedOut.into())))
}

impl From<i64> for Value<'_> {
    fn from(number: i64) -> Self {
        Self::Number(Some(number))
    }
}

impl From<Option<i64>> for Value<'_> {
    fn from(number: Option<i64>) -> Self {
        Self::Number(number)
    }
}

impl<'q> From<&'q str> for Value<'q> {
    fn from(text: &'q str) -> Self {
        Self::Text(text)
    }
}

impl<'q> From<&'q String> for Value<'q> {
    fn from(text: &'q String) -> Self {
        Self::Text(text)
    }
}

impl<'q> From<&'q [u8]> for Value<'q> {
    fn from(bytes: &'q [u8]) -> Self {
        Self::Bytes(bytes)
    }
}
