//! The schema's versions, in order. SQLite's `user_version` remembers how many were applied. They run
//! under one write lock, since api, worker and beat open a new file at the same moment.

use sqlx::SqlitePool;

/// Never edit one that was released: add the next.
const MIGRATIONS: [&str; 3] = [
    include_str!("../../migrations/0001_marketplace.sql"),
    include_str!("../../migrations/0002_jobs.sql"),
    include_str!("../../migrations/0003_seed.sql"),
];

pub(super) async fn apply(pool: &SqlitePool) -> anyhow::Result<()> {
    let mut transaction = pool.begin_with("BEGIN IMMEDIATE").await?;
    let applied: i64 = sqlx::query_scalar("PRAGMA user_version")
        .fetch_one(&mut *transaction)
        .await?;
    let applied = usize::try_from(applied)?;
    anyhow::ensure!(
        applied <= MIGRATIONS.len(),
        "could not open the database: it has schema version {applied}, this program knows {}",
        MIGRATIONS.len()
    );
    for migration in &MIGRATIONS[applied..] {
        sqlx::raw_sql(*migration).execute(&mut *transaction).await?;
    }
    if applied < MIGRATIONS.len() {
        // pragmas take no parameters
        sqlx::raw_sql("PRAGMA user_version = 3")
            .execute(&mut *transaction)
            .await?;
    }
    transaction.commit().await?;
    Ok(())
}

const _: () = assert!(
    MIGRATIONS.len() == 3,
    "the pragma above names the newest version"
);
