//! The SQL database below a catalog: SQLite in the data directory, or PostgreSQL.
//!
//! A statement has one text for both, with `?` for each value. PostgreSQL gets them as `$1`, `$2`, with a cast
//! where its columns have a type that SQLite does not know. What the two have no common words for is in
//! [`Dialect`], and in nothing else.

use super::postgres::{self, Postgres};
use super::seal::{Seal, Sealed};
use crate::Error;
use chrono::DateTime;
use futures::TryStreamExt;
use sqlx::postgres::{PgArguments, PgRow};
use sqlx::sqlite::{SqliteArguments, SqliteRow};
use sqlx::{Arguments, AssertSqlSafe, Encode, FromRow, SqlSafeStr, SqlStr, SqlitePool, Type};
use std::borrow::Cow;
use std::fmt::Write;
use uuid::Uuid;

/// An open database.
#[derive(Debug)]
pub(super) enum Database {
    Sqlite(SqlitePool),
    Postgres(Postgres),
}

/// Whose SQL it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Dialect {
    Sqlite,
    Postgres,
}

impl Dialect {
    /// DuckLake's tables with the types that DuckDB gives them here.
    pub(super) fn layout(self) -> String {
        let layout = include_str!("layout.sql");
        match self {
            Self::Postgres => layout.to_owned(),
            Self::Sqlite => layout
                .replace(" BOOLEAN", " BIGINT")
                .replace(" TIMESTAMPTZ", " VARCHAR")
                .replace(" UUID", " VARCHAR"),
        }
    }

    /// How many tables of this name there are: 0 or 1.
    pub(super) fn tables_named(self) -> &'static str {
        match self {
            Self::Sqlite => "SELECT count(*) FROM sqlite_master WHERE name = ?",
            Self::Postgres => {
                "SELECT count(*) FROM pg_tables WHERE schemaname = current_schema() AND tablename = ?"
            }
        }
    }

    /// The log's position that a row of `ducklake_snapshot_changes` has, or null: another engine writes there
    /// what it likes.
    pub(super) fn position(self) -> &'static str {
        match self {
            Self::Sqlite => {
                "CASE WHEN json_valid(commit_extra_info) THEN json_extract(commit_extra_info, '$.wal_seq') END"
            }
            Self::Postgres => {
                "CAST(substring(commit_extra_info FROM '^[{]\"wal_seq\": ([0-9]{1,18})[}]$') AS BIGINT)"
            }
        }
    }

    /// Behind a table's name: without its indexes, which SQLite's seal leaves out.
    pub(super) fn whole(self) -> &'static str {
        match self {
            Self::Sqlite => "NOT INDEXED",
            Self::Postgres => "",
        }
    }

    /// The type of bytes.
    fn bytes(self) -> &'static str {
        match self {
            Self::Sqlite => "BLOB",
            Self::Postgres => "BYTEA",
        }
    }
}

impl Database {
    pub(super) fn dialect(&self) -> Dialect {
        match self {
            Self::Sqlite(_) => Dialect::Sqlite,
            Self::Postgres(_) => Dialect::Postgres,
        }
    }

    /// A transaction that reads: what it reads is of one moment, whoever commits meanwhile.
    ///
    /// # Errors
    /// `Conflict` when another process has taken the catalog over.
    pub(super) async fn read(&self, verb: &'static str) -> Result<Transaction, Error> {
        match self {
            Self::Sqlite(pool) => {
                let begun = pool.begin().await.map_err(Error::catalog(verb))?;
                Sealed::read(begun).await.map(Transaction::Sqlite)
            }
            Self::Postgres(postgres) => postgres.read(verb).await.map(Transaction::Postgres),
        }
    }

    /// As [`Database::write`], of a catalog that may not be sealed yet. What it changes the seal does not follow.
    pub(super) async fn open(&self, verb: &'static str) -> Result<Transaction, Error> {
        match self {
            Self::Sqlite(pool) => {
                let begun = pool.begin_with("BEGIN IMMEDIATE").await;
                let begun = begun.map_err(Error::catalog(verb))?;
                Ok(Transaction::Sqlite(Sealed::open(begun)))
            }
            Self::Postgres(postgres) => postgres.write(verb).await.map(Transaction::Postgres),
        }
    }

    /// A transaction that no other writer is beside, from its start: what it reads stays true.
    ///
    /// # Errors
    /// `Conflict` when another process has taken the catalog over: nothing is written by this one any more.
    pub(super) async fn write(&self, verb: &'static str) -> Result<Transaction, Error> {
        let mut transaction = self.open(verb).await?;
        transaction.follow().await?;
        Ok(transaction)
    }

    /// Waits for what runs, and lets go of everything.
    pub(super) async fn close(&self) {
        match self {
            Self::Sqlite(pool) => pool.close().await,
            Self::Postgres(postgres) => postgres.close().await,
        }
    }
}

/// A transaction on one of the two. It is undone unless it is committed.
#[derive(Debug)]
pub(super) enum Transaction {
    Sqlite(Sealed),
    Postgres(sqlx::Transaction<'static, sqlx::Postgres>),
}

impl Transaction {
    pub(super) fn dialect(&self) -> Dialect {
        match self {
            Self::Sqlite(_) => Dialect::Sqlite,
            Self::Postgres(_) => Dialect::Postgres,
        }
    }

    /// Compares tables with the seal. PostgreSQL has checksums of its own (`data_checksums`).
    ///
    /// # Errors
    /// `Corrupt` for the first that does not have the rows it should.
    pub(super) async fn check(&mut self, tables: &[&str]) -> Result<(), Error> {
        match self {
            Self::Sqlite(it) => it.check(tables).await,
            Self::Postgres(_) => Ok(()),
        }
    }

    /// As [`Seal::has_grown`].
    pub(super) async fn has_grown(
        &mut self,
        before: Option<&Seal>,
        table: &str,
        new: &str,
    ) -> Result<bool, Error> {
        match (self, before) {
            (Self::Sqlite(it), Some(before)) => it.has_grown(before, table, new).await,
            (Self::Sqlite(_), None) => Ok(false),
            (Self::Postgres(_), _) => Ok(true),
        }
    }

    /// `None` in PostgreSQL.
    pub(super) fn seal(&self) -> Option<&Seal> {
        match self {
            Self::Sqlite(it) => it.seal(),
            Self::Postgres(_) => None,
        }
    }

    /// The newest snapshot from now on, and the log's position that it covers.
    pub(super) fn covers(&mut self, snapshot_id: i64, wal_seq: u64) {
        if let Self::Sqlite(it) = self {
            it.covers(snapshot_id, wal_seq);
        }
    }

    /// Whether the catalog has all the seal it needs.
    pub(super) async fn is_sealed(&mut self) -> Result<bool, Error> {
        match self {
            Self::Sqlite(it) => Seal::exists(it).await,
            Self::Postgres(_) => Ok(true),
        }
    }

    /// Seals what the catalog holds now, whatever that is.
    pub(super) async fn seal_anew(&mut self) -> Result<(), Error> {
        match self {
            Self::Sqlite(it) => Seal::anew(it).await,
            Self::Postgres(_) => Ok(()),
        }
    }

    /// Has the seal follow what changes from now on.
    pub(super) async fn follow(&mut self) -> Result<(), Error> {
        match self {
            Self::Sqlite(it) => it.follow().await,
            Self::Postgres(_) => Ok(()),
        }
    }

    /// Makes a table of ours if there is none; in `columns` BYTES is the type of bytes.
    pub(super) async fn create(&mut self, table: &str, columns: &str) -> Result<(), sqlx::Error> {
        let columns = columns.replace("BYTES", self.dialect().bytes());
        query(format!("CREATE TABLE IF NOT EXISTS {table}({columns})"))
            .execute(self)
            .await
    }

    /// Runs statements that have no values, one after the other.
    pub(super) async fn script(&mut self, text: String) -> Result<(), sqlx::Error> {
        let text = AssertSqlSafe(text);
        match self {
            Self::Sqlite(it) => sqlx::raw_sql(text).execute(&mut **it).await.map(drop),
            Self::Postgres(it) => {
                postgres::in_time(sqlx::raw_sql(text).execute(&mut **it)).await?;
                Ok(())
            }
        }
    }

    /// An error may mean either outcome.
    pub(super) async fn commit(self, verb: &'static str) -> Result<(), Error> {
        match self {
            Self::Sqlite(it) => it.commit(verb).await,
            Self::Postgres(it) => {
                let committed = postgres::in_time(it.commit()).await;
                committed.map_err(Error::catalog(verb))
            }
        }
    }
}

/// A value of a statement.
#[derive(Clone, Debug)]
pub(super) enum Value<'q> {
    Number(Option<i64>),
    Text(Option<Cow<'q, str>>),
    Bytes(&'q [u8]),
    Flag(bool),
    Moment(String),
    Id(String),
}

/// Nanoseconds as the time of a snapshot.
#[derive(Clone, Copy, Debug)]
pub(super) struct Moment(pub(super) i64);

/// A statement and its values.
#[derive(Clone, Debug)]
pub(super) struct Statement<'q> {
    text: Cow<'static, str>,
    values: Vec<Value<'q>>,
}

/// A statement with `?` for each value that is bound to it.
pub(super) fn query<'q>(text: impl Into<Cow<'static, str>>) -> Statement<'q> {
    Statement {
        text: text.into(),
        values: Vec::new(),
    }
}

/// What a row of both can be read as.
pub(super) trait Row:
    for<'r> FromRow<'r, SqliteRow> + for<'r> FromRow<'r, PgRow> + Send + Unpin
{
}

impl<T> Row for T where T: for<'r> FromRow<'r, SqliteRow> + for<'r> FromRow<'r, PgRow> + Send + Unpin
{}

impl<'q> Statement<'q> {
    /// The value of the next `?`.
    pub(super) fn bind(mut self, value: impl Into<Value<'q>>) -> Self {
        self.values.push(value.into());
        self
    }

    pub(super) async fn execute(self, on: &mut Transaction) -> Result<(), sqlx::Error> {
        match on {
            Transaction::Sqlite(it) => {
                let (text, values) = self.sqlite()?;
                sqlx::query_with(text, values).execute(&mut **it).await?;
            }
            Transaction::Postgres(it) => {
                let (text, values) = self.postgres()?;
                postgres::in_time(sqlx::query_with(text, values).execute(&mut **it)).await?;
            }
        }
        Ok(())
    }

    pub(super) async fn all<R: Row>(self, on: &mut Transaction) -> Result<Vec<R>, sqlx::Error> {
        match on {
            Transaction::Sqlite(it) => {
                let (text, values) = self.sqlite()?;
                sqlx::query_as_with(text, values).fetch_all(&mut **it).await
            }
            Transaction::Postgres(it) => {
                let (text, values) = self.postgres()?;
                postgres::in_time(sqlx::query_as_with(text, values).fetch_all(&mut **it)).await
            }
        }
    }

    pub(super) async fn optional<R: Row>(
        self,
        on: &mut Transaction,
    ) -> Result<Option<R>, sqlx::Error> {
        match on {
            Transaction::Sqlite(it) => {
                let (text, values) = self.sqlite()?;
                let found = sqlx::query_as_with(text, values);
                found.fetch_optional(&mut **it).await
            }
            Transaction::Postgres(it) => {
                let (text, values) = self.postgres()?;
                let found = sqlx::query_as_with(text, values);
                postgres::in_time(found.fetch_optional(&mut **it)).await
            }
        }
    }

    /// The one row that there is.
    pub(super) async fn one<R: Row>(self, on: &mut Transaction) -> Result<R, sqlx::Error> {
        self.optional(on).await?.ok_or(sqlx::Error::RowNotFound)
    }

    /// Hands out one row after the other: all of them together may be large.
    pub(super) async fn each<R: Row>(
        self,
        on: &mut Transaction,
        mut each: impl FnMut(R) -> Result<(), Error>,
        verb: &'static str,
    ) -> Result<(), Error> {
        let failed = Error::catalog;
        match on {
            Transaction::Sqlite(it) => {
                let (text, values) = self.sqlite().map_err(failed(verb))?;
                let mut rows = sqlx::query_as_with(text, values).fetch(&mut **it);
                while let Some(row) = rows.try_next().await.map_err(failed(verb))? {
                    each(row)?;
                }
            }
            Transaction::Postgres(it) => {
                let (text, values) = self.postgres().map_err(failed(verb))?;
                let mut rows = sqlx::query_as_with(text, values).fetch(&mut **it);
                while let Some(row) = postgres::in_time(rows.try_next())
                    .await
                    .map_err(failed(verb))?
                {
                    each(row)?;
                }
            }
        }
        Ok(())
    }

    fn sqlite(self) -> Result<(SqlStr, SqliteArguments), sqlx::Error> {
        Ok((sql(self.text), bound(self.values)?))
    }

    fn postgres(self) -> Result<(SqlStr, PgArguments), sqlx::Error> {
        let text = numbered(&self.text, &self.values);
        Ok((AssertSqlSafe(text).into_sql_str(), bound(self.values)?))
    }
}

/// The values as a database takes them.
fn bound<'q, A>(values: Vec<Value<'q>>) -> Result<A, sqlx::Error>
where
    A: Arguments,
    Option<i64>: Bindable<'q, A::Database>,
    Option<Cow<'q, str>>: Bindable<'q, A::Database>,
    &'q [u8]: Bindable<'q, A::Database>,
    bool: Bindable<'q, A::Database>,
    String: Bindable<'q, A::Database>,
{
    let mut arguments = A::default();
    for value in values {
        let added = match value {
            Value::Number(number) => arguments.add(number),
            Value::Text(text) => arguments.add(text),
            Value::Bytes(bytes) => arguments.add(bytes),
            Value::Flag(flag) => arguments.add(flag),
            Value::Moment(text) | Value::Id(text) => arguments.add(text),
        };
        added.map_err(sqlx::Error::Encode)?;
    }
    Ok(arguments)
}

/// What a database takes as a value.
trait Bindable<'q, D: sqlx::Database>: Encode<'q, D> + Type<D> {}

impl<'q, D: sqlx::Database, T: Encode<'q, D> + Type<D>> Bindable<'q, D> for T {}

fn sql(text: Cow<'static, str>) -> SqlStr {
    match text {
        Cow::Borrowed(text) => text.into_sql_str(),
        Cow::Owned(text) => AssertSqlSafe(text).into_sql_str(),
    }
}

/// `?` as PostgreSQL has it. None of our texts has one of another meaning.
fn numbered(text: &str, values: &[Value<'_>]) -> String {
    let mut numbered = String::with_capacity(text.len() + 16);
    let mut parts = text.split('?');
    numbered.push_str(parts.next().unwrap_or_default());
    for (number, (part, value)) in parts.zip(values).enumerate() {
        let cast = match value {
            Value::Moment(_) => "::timestamptz",
            Value::Id(_) => "::uuid",
            _ => "",
        };
        // Writing to a string cannot fail.
        let _ = write!(numbered, "${}{cast}{part}", number + 1);
    }
    numbered
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
        Self::Text(Some(Cow::Borrowed(text)))
    }
}

impl From<String> for Value<'_> {
    fn from(text: String) -> Self {
        Self::Text(Some(Cow::Owned(text)))
    }
}

impl From<Option<String>> for Value<'_> {
    fn from(text: Option<String>) -> Self {
        Self::Text(text.map(Cow::Owned))
    }
}

impl<'q> From<&'q [u8]> for Value<'q> {
    fn from(bytes: &'q [u8]) -> Self {
        Self::Bytes(bytes)
    }
}

impl From<bool> for Value<'_> {
    fn from(flag: bool) -> Self {
        Self::Flag(flag)
    }
}

impl From<Uuid> for Value<'_> {
    fn from(id: Uuid) -> Self {
        Self::Id(id.to_string())
    }
}

/// As DuckDB writes the time of a snapshot.
impl From<Moment> for Value<'_> {
    fn from(moment: Moment) -> Self {
        let time = DateTime::from_timestamp_nanos(moment.0);
        Self::Moment(time.format("%Y-%m-%d %H:%M:%S%.6f+00").to_string())
    }
}
