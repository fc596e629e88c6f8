//! The schema's versions, in order. SQLite's `user_version` remembers how many were applied. They run
//! under one write lock, since api, worker and beat open a new file at the same moment.

use sqlx::SqlitePool;

/// Never edit one that was released: add the next.
const MIGRATIONS: [&str; 4] = [
    include_str!("../../migrations/0001_marketplace.sql"),
    include_str!("../../migrations/0002_jobs.sql"),
    include_str!("../../migrations/0003_seed.sql"),
    include_str!("../../migrations/0004_failed_refunds.sql"),
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
        sqlx::raw_sql("PRAGMA user_version = 4")
            .execute(&mut *transaction)
            .await?;
    }
    transaction.commit().await?;
    Ok(())
}

const _: () = assert!(
    MIGRATIONS.len() == 4,
    "the pragma above names the newest version"
);

#[cfg(test)]
mod tests {
    use sqlx::sqlite::{SqliteConnectOptions, SqlitePoolOptions};

    use super::*;

    #[tokio::test]
    async fn refunds_of_version_3_are_kept() {
        // a refund by itself: what it refers to is not the point
        let alone = SqliteConnectOptions::new().foreign_keys(false);
        let one = SqlitePoolOptions::new().max_connections(1);
        let pool = one.connect_with(alone).await.unwrap();
        for migration in &MIGRATIONS[..3] {
            sqlx::raw_sql(*migration).execute(&pool).await.unwrap();
        }
        let refund =
            "INSERT INTO refunds VALUES ('ref_1', 'bkg_1', 'chg_1', 'rest', 4200, 'pending', 7);
                      PRAGMA user_version = 3";
        sqlx::raw_sql(refund).execute(&pool).await.unwrap();
        apply(&pool).await.unwrap();
        apply(&pool).await.unwrap();
        let kept: (String, String, String, String, i64, String, i64) =
            sqlx::query_as("SELECT * FROM refunds")
                .fetch_one(&pool)
                .await
                .unwrap();
        let text = str::to_owned;
        let written = (text("ref_1"), text("bkg_1"), text("chg_1"), text("rest"));
        assert_eq!((kept.0, kept.1, kept.2, kept.3), written);
        assert_eq!((kept.4, kept.5.as_str(), kept.6), (4_200, "pending", 7));
        let fail = "UPDATE refunds SET status = 'failed'";
        sqlx::raw_sql(fail).execute(&pool).await.unwrap();
    }
}
