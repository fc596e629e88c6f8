//! What is taught.

use serde::Serialize;
use sqlx::SqliteExecutor;

use super::Db;
use crate::domain::Money;
use crate::domain::search::Search;

#[derive(Debug, Serialize, sqlx::FromRow)]
pub(crate) struct Lesson {
    pub(crate) id: String,
    pub(crate) instructor_id: String,
    pub(crate) instructor: String,
    pub(crate) title: String,
    pub(crate) subject: String,
    pub(crate) level: String,
    pub(crate) price_cents: Money,
    pub(crate) minutes: i64,
}

/// Lessons that have every word somewhere, cheapest first. Words hold letters, digits and dots only, so
/// that LIKE has nothing to escape.
pub(crate) async fn search(
    db: &Db,
    on: impl SqliteExecutor<'_>,
    search: &Search,
    limit: i64,
) -> Result<Vec<Lesson>, sqlx::Error> {
    let select = sqlx::query_as(
        "SELECT l.id, l.instructor_id, i.name AS instructor, l.title, l.subject, l.level, l.price_cents, l.minutes
         FROM lessons l JOIN instructors i ON i.id = l.instructor_id
         WHERE (?1 IS NULL OR l.level = ?1) AND (?2 IS NULL OR l.price_cents <= ?2)
           AND NOT EXISTS (
             SELECT 1 FROM json_each(?3) AS word
             WHERE concat_ws(' ', l.title, l.subject, l.description, i.name, i.city, i.headline)
               NOT LIKE '%' || word.value || '%')
         ORDER BY l.price_cents, l.id LIMIT ?4",
    );
    let words = serde_json::Value::from(search.words.clone()).to_string();
    let select = select
        .bind(search.level)
        .bind(search.price_max)
        .bind(words)
        .bind(limit);
    db.query("SELECT lessons", select.fetch_all(on)).await
}
