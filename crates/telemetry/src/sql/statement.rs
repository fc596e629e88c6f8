//! One query: its summary, and what the caller adds to it.

use std::future::Future;

use opentelemetry::KeyValue;
use opentelemetry::trace::SpanKind;

use super::{Database, failure};
use crate::kit::Kit;
use crate::metrics::Timer;
use crate::span::{EdgeSpan, Start, boxed};
use crate::{attrs, context, kit};

/// A query before it runs, from [`Database::statement`].
///
/// ```no_run
/// # async fn slots(pool: sqlx::SqlitePool, ids: Vec<i64>) -> Result<(), sqlx::Error> {
/// # let db = throughline_telemetry::sql::Database::new("sqlite", "marketplace.db");
/// let insert = db.statement("INSERT slots").on("slots").batch(ids.len());
/// insert.run(async {
///     for id in ids {
///         sqlx::query("INSERT INTO slots VALUES (?)").bind(id).execute(&pool).await?;
///     }
///     Ok(())
/// }).await?;
/// # Ok(()) }
/// ```
#[derive(Clone, Debug)]
#[must_use = "it runs nothing by itself"]
pub struct Statement<'a> {
    database: &'a Database,
    summary: &'static str,
    operation: Option<&'static str>,
    collection: Option<&'static str>,
    batch: usize,
}

impl<'a> Statement<'a> {
    pub(super) fn new(database: &'a Database, summary: &'static str) -> Self {
        Self {
            database,
            summary,
            operation: operation_of(summary),
            collection: None,
            batch: 1,
        }
    }

    /// The operation, where it is not the summary's first word.
    pub fn operation(mut self, name: &'static str) -> Self {
        self.operation = Some(name);
        self
    }

    /// The table, as `db.collection.name`. It is never guessed.
    pub fn on(mut self, collection: &'static str) -> Self {
        self.collection = Some(collection);
        self
    }

    /// How many operations go in this one. From two on it is recorded.
    pub fn batch(mut self, size: usize) -> Self {
        self.batch = size;
        self
    }

    /// Runs it, as [`Database::query`] does.
    ///
    /// # Errors
    /// Those of `query`, unchanged.
    pub fn run<T, F>(self, query: F) -> impl Future<Output = Result<T, sqlx::Error>>
    where
        F: Future<Output = Result<T, sqlx::Error>>,
    {
        self.observe(query, |_, _| {})
    }

    /// Runs it and records how many rows came back.
    ///
    /// # Errors
    /// Those of `query`, unchanged.
    pub fn fetch_all<Row, F>(self, query: F) -> impl Future<Output = Result<Vec<Row>, sqlx::Error>>
    where
        F: Future<Output = Result<Vec<Row>, sqlx::Error>>,
    {
        let count = |span: &EdgeSpan, rows: &Vec<Row>| {
            let count = i64::try_from(rows.len()).unwrap_or(i64::MAX);
            span.set(attrs::DB_RESPONSE_RETURNED_ROWS, count);
        };
        self.observe(query, count)
    }

    async fn observe<T, F, S>(self, query: F, success: S) -> Result<T, sqlx::Error>
    where
        F: Future<Output = Result<T, sqlx::Error>>,
        S: FnOnce(&EdgeSpan, &T),
    {
        let query = boxed(query);
        let kit = kit::current();
        let mut timer = Timer::start(&kit, |metrics| &metrics.db_client, || self.measured());
        let Some(span) = self.start(&kit) else {
            let result = query.await;
            failure::record(None, &mut timer, result.as_ref().err());
            timer.finish();
            return result;
        };
        let (span, result) = span.run(query).await;
        failure::record(Some(&span), &mut timer, result.as_ref().err());
        if let Ok(answer) = &result {
            success(&span, answer);
        }
        timer.finish();
        span.end();
        result
    }

    /// None where there is nothing to hang the span under.
    fn start(&self, kit: &Kit) -> Option<EdgeSpan> {
        let parent = context::recorded_parent()?;
        let mut attributes = self.measured();
        if self.batch > 1 {
            let size = i64::try_from(self.batch).unwrap_or(i64::MAX);
            attributes.push(KeyValue::new(attrs::DB_OPERATION_BATCH_SIZE, size));
        }
        let start = Start {
            name: self.summary.into(),
            kind: SpanKind::Client,
            attributes,
            links: Vec::new(),
        };
        Some(EdgeSpan::start(kit, start, &parent))
    }

    /// What the metric is told as well.
    fn measured(&self) -> Vec<KeyValue> {
        let mut attributes: Vec<KeyValue> = self.database.attributes().collect();
        attributes.push(KeyValue::new(attrs::DB_QUERY_SUMMARY, self.summary));
        let texts = [
            (attrs::DB_OPERATION_NAME, self.operation),
            (attrs::DB_COLLECTION_NAME, self.collection),
        ];
        let given = |(key, text): (&'static str, Option<&'static str>)| {
            text.map(|text| KeyValue::new(key, text))
        };
        attributes.extend(texts.into_iter().filter_map(given));
        attributes
    }
}

/// The first word of a summary when it is written as SQL's words are. The text of a query is never read
/// for it.
fn operation_of(summary: &'static str) -> Option<&'static str> {
    let word = summary.split_ascii_whitespace().next()?;
    let upper = word.bytes().all(|byte| byte.is_ascii_uppercase());
    upper.then_some(word)
}

#[cfg(test)]
mod tests {
    use super::operation_of;

    #[test]
    fn the_operation_is_an_upper_case_first_word() {
        for (summary, operation) in [
            ("SELECT slots", Some("SELECT")),
            ("BEGIN", Some("BEGIN")),
            ("find slots", None),
            ("WITH_COUNTS x", None),
            ("", None),
        ] {
            assert_eq!(operation_of(summary), operation, "{summary}");
        }
    }
}
