//! SQL queries as CLIENT spans. The caller gives a summary of few variations, such as `SELECT slots`; the
//! text of the query and its parameters are not recorded.

use std::future::Future;
use std::sync::Arc;

use opentelemetry::{KeyValue, StringValue};

use crate::attrs;
use crate::server::Server;

/// What a failure is called.
mod failure;
/// One query and what is told about it.
mod statement;
/// BEGIN, COMMIT and ROLLBACK.
mod transaction;
/// A database by its URL.
mod url;

pub use failure::kind;
pub use statement::Statement;
pub use transaction::Transaction;
pub use url::UrlError;

/// A database that queries go to. Cheap to clone.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Database {
    system: &'static str,
    namespace: Option<Arc<str>>,
    server: Option<Server>,
}

impl Database {
    /// `system` is OpenTelemetry's name of it (`sqlite`, `postgresql`); `namespace` the database's own.
    pub fn new(system: &'static str, namespace: impl Into<String>) -> Self {
        Self {
            system,
            namespace: Some(namespace.into().into()),
            server: None,
        }
    }

    /// The database that a URL for sqlx leads to: `sqlite:`, `postgres:`, `mysql:` and their other names.
    /// Of the URL it keeps the database's name, the schema that PostgreSQL's `search_path` begins with,
    /// the host and the port. Of a SQLite file only the name is kept, as its folder may be a person's.
    ///
    /// ```
    /// use throughline_telemetry::sql::Database;
    /// let db = Database::of_url("postgres://app:secret@db.internal/lessons")?;
    /// assert_eq!(db, Database::new("postgresql", "lessons").with_server("db.internal", 5432));
    /// # Ok::<(), throughline_telemetry::sql::UrlError>(())
    /// ```
    ///
    /// # Errors
    /// When it is no URL of these databases. The message does not repeat it: a password may be in it.
    pub fn of_url(url: &str) -> Result<Self, UrlError> {
        url::read(url)
    }

    /// Says on every span which server it is.
    #[must_use]
    pub fn with_server(mut self, host: &str, port: u16) -> Self {
        self.server = Some(Server::new(host, Some(port)));
        self
    }

    /// Adds PostgreSQL's schema, where queries rely on the `search_path`: `lessons|public`.
    #[must_use]
    pub fn with_schema(mut self, schema: &str) -> Self {
        let database = self.namespace.as_deref().unwrap_or_default();
        self.namespace = Some(format!("{database}|{schema}").into());
        self
    }

    /// Runs a query, or anything that comes down to one, under a span named `summary`. It covers waiting
    /// for a connection, the query and fetching its rows.
    ///
    /// Without an active span there is none: a poller would make a trace out of every empty look.
    ///
    /// ```no_run
    /// # async fn slots(pool: sqlx::SqlitePool) -> Result<(), sqlx::Error> {
    /// let db = throughline_telemetry::sql::Database::new("sqlite", "marketplace.db");
    /// let slots: Vec<(i64,)> =
    ///     db.query("SELECT slots", sqlx::query_as("SELECT id FROM slots").fetch_all(&pool)).await?;
    /// # Ok(()) }
    /// ```
    ///
    /// # Errors
    /// Those of `query`, unchanged. They mark the span as failed, except `RowNotFound`, which is an
    /// answer.
    pub fn query<T, F>(
        &self,
        summary: &'static str,
        query: F,
    ) -> impl Future<Output = Result<T, sqlx::Error>>
    where
        F: Future<Output = Result<T, sqlx::Error>>,
    {
        self.statement(summary).run(query)
    }

    /// [`query`](Self::query) for a `fetch_all`: the span says how many rows came back.
    ///
    /// # Errors
    /// As [`query`](Self::query).
    pub fn fetch_all<Row, F>(
        &self,
        summary: &'static str,
        query: F,
    ) -> impl Future<Output = Result<Vec<Row>, sqlx::Error>>
    where
        F: Future<Output = Result<Vec<Row>, sqlx::Error>>,
    {
        self.statement(summary).fetch_all(query)
    }

    /// A query about which more is told than its summary.
    pub fn statement(&self, summary: &'static str) -> Statement<'_> {
        Statement::new(self, summary)
    }

    /// Begins a transaction under a span `BEGIN`. What comes back is a connection as sqlx's is, and its
    /// `commit` and `rollback` are spans too.
    ///
    /// ```no_run
    /// # async fn hold(pool: sqlx::SqlitePool) -> Result<(), sqlx::Error> {
    /// # let db = throughline_telemetry::sql::Database::new("sqlite", "marketplace.db");
    /// let mut tx = db.begin(pool.begin()).await?; // or pool.begin_with("BEGIN IMMEDIATE")
    /// let hold = sqlx::query("UPDATE slots SET held = 1 WHERE id = ?").bind(7);
    /// db.query("UPDATE slots", hold.execute(&mut *tx)).await?;
    /// tx.commit().await?;
    /// # Ok(()) }
    /// ```
    ///
    /// # Errors
    /// Those of `begin`, unchanged.
    pub async fn begin<'c, DB, F>(&self, begin: F) -> Result<Transaction<'c, DB>, sqlx::Error>
    where
        DB: sqlx::Database,
        F: Future<Output = Result<sqlx::Transaction<'c, DB>, sqlx::Error>>,
    {
        let begun = self.query("BEGIN", begin).await?;
        Ok(Transaction::new(begun, self.clone()))
    }

    fn attributes(&self) -> impl Iterator<Item = KeyValue> {
        let namespace = self
            .namespace
            .as_ref()
            .map(|name| KeyValue::new(attrs::DB_NAMESPACE, StringValue::from(name.clone())));
        std::iter::once(KeyValue::new(attrs::DB_SYSTEM_NAME, self.system))
            .chain(namespace)
            .chain(self.server.iter().flat_map(Server::attributes))
    }
}
