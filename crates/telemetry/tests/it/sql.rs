//! Queries against a real SQLite.

use std::time::{Duration, SystemTime};

use expect_test::expect;
use sqlx::SqlitePool;
use throughline_telemetry::scheduler::{Tick, tick};
use throughline_telemetry::sql::Database;
use throughline_telemetry::testing::{self, Recorder};

const TICK: Tick<'static> = Tick {
    name: "t",
    expression: "*",
    at: SystemTime::UNIX_EPOCH,
    lag: Duration::ZERO,
    missed: 0,
};

#[tokio::test]
async fn queries_nest_and_failures_carry_the_code() {
    let recorder = Recorder::default();
    let service = testing::service("api", &recorder);
    let pool = SqlitePool::connect("sqlite::memory:").await.unwrap();
    let db = Database::new("sqlite", "marketplace.db");
    let work = async {
        let create = sqlx::query("CREATE TABLE slots (id INTEGER PRIMARY KEY)").execute(&pool);
        db.query("CREATE slots", create).await?;
        let mut tx = db.query("BEGIN", pool.begin()).await?;
        let insert = sqlx::query("INSERT INTO slots VALUES (7)").execute(&mut *tx);
        db.query("INSERT slots", insert).await?;
        db.query("COMMIT", tx.commit()).await?;
        let none =
            sqlx::query_as::<_, (i64,)>("SELECT id FROM slots WHERE id = 8").fetch_one(&pool);
        assert!(matches!(
            db.query("SELECT slots", none).await,
            Err(sqlx::Error::RowNotFound)
        ));
        let again = sqlx::query("INSERT INTO slots VALUES (7)").execute(&pool);
        db.query("INSERT slots again", again).await.map(|_| ())
    };
    service
        .scope(tick(&TICK, throughline_telemetry::sql::kind, work))
        .await
        .unwrap_err();
    expect![[r#"
        api INTERNAL tick t !
          api CLIENT CREATE slots
          api CLIENT BEGIN
          api CLIENT INSERT slots
          api CLIENT COMMIT
          api CLIENT SELECT slots
          api CLIENT INSERT slots again !
    "#]]
    .assert_eq(&recorder.tree());
    let failed = recorder.find("INSERT slots again").unwrap();
    for (key, value) in [
        ("db.system.name", "sqlite"),
        ("db.namespace", "marketplace.db"),
        ("db.query.summary", "INSERT slots again"),
        ("db.response.status_code", "1555"),
        ("error.type", "1555"),
    ] {
        assert_eq!(failed.attribute(key).as_deref(), Some(value), "{key}");
    }
}

#[tokio::test]
async fn a_query_outside_of_any_span_makes_none() {
    let recorder = Recorder::default();
    let service = testing::service("worker", &recorder);
    let db = Database::new("sqlite", "marketplace.db");
    service
        .scope(db.query("SELECT jobs", async { Ok(()) }))
        .await
        .unwrap();
    assert_eq!(recorder.tree(), "");
}
