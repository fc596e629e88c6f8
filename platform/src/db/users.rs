//! Students.

use sqlx::SqliteExecutor;

use super::Db;
use crate::clock::Moment;

/// False when the e-mail address is taken.
pub(crate) async fn insert(
    db: &Db,
    on: impl SqliteExecutor<'_>,
    id: &str,
    name: &str,
    email: &str,
    now: Moment,
) -> Result<bool, sqlx::Error> {
    let insert = sqlx::query(
        "INSERT INTO users (id, name, email, created_at) VALUES (?, ?, ?, ?) ON CONFLICT (email) DO NOTHING",
    );
    let done = db
        .query(
            "INSERT users",
            insert.bind(id).bind(name).bind(email).bind(now).execute(on),
        )
        .await?;
    Ok(done.rows_affected() == 1)
}

pub(crate) async fn exists(
    db: &Db,
    on: impl SqliteExecutor<'_>,
    id: &str,
) -> Result<bool, sqlx::Error> {
    let select = sqlx::query_scalar::<_, i64>("SELECT 1 FROM users WHERE id = ?");
    Ok(db
        .query("SELECT users", select.bind(id).fetch_optional(on))
        .await?
        .is_some())
}
