//! Queries against a real SQLite and a real PostgreSQL.

use std::time::Duration;

use expect_test::expect;
use opentelemetry::Context;
use opentelemetry::trace::FutureExt as _;
use opentelemetry_semantic_conventions::attribute as names;
use sqlx::{Connection as _, PgPool, SqlitePool};
use throughline_telemetry::sql::Database;
use throughline_telemetry::testing::{self, Recorder};
use throughline_telemetry::{in_span, sql};

use crate::backend;

/// A parameter and a literal: it must not be in any span.
const PLANTED: &str = "anna@example.com";

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
    service.scope(in_span("request", work)).await.unwrap_err();
    expect![[r#"
        api INTERNAL request
          api CLIENT CREATE slots
          api CLIENT BEGIN
          api CLIENT INSERT slots
          api CLIENT COMMIT
          api CLIENT SELECT slots
          api CLIENT INSERT slots again !
    "#]]
    .assert_eq(&recorder.tree());
    check(
        &recorder,
        "INSERT slots again",
        &[
            ("db.system.name", "sqlite"),
            ("db.namespace", "marketplace.db"),
            ("db.query.summary", "INSERT slots again"),
            ("db.operation.name", "INSERT"),
            ("db.response.status_code", "1555"),
            ("error.type", "1555"),
        ],
    );
}

#[tokio::test]
async fn a_statement_tells_what_its_caller_knows() {
    let recorder = Recorder::default();
    let service = testing::service("api", &recorder);
    let pool = SqlitePool::connect("sqlite::memory:").await.unwrap();
    let db = Database::of_url("sqlite:///home/anna/shop.db?mode=rwc").unwrap();
    let work = async {
        let create = sqlx::query("CREATE TABLE slots (id INTEGER)").execute(&pool);
        let create = db
            .statement("make the slots")
            .operation("CREATE TABLE")
            .run(create);
        create.await?;
        let mut tx = db.begin(pool.begin_with("BEGIN IMMEDIATE")).await?;
        let insert = db.statement("INSERT slots").on("slots").batch(2);
        let rows = sqlx::query("INSERT INTO slots VALUES (1), (2)").execute(&mut *tx);
        insert.run(rows).await?;
        tx.commit().await?;
        let mut tx = db.begin(pool.begin()).await?;
        db.statement("DELETE slots")
            .batch(1)
            .run(sqlx::query("DELETE FROM slots").execute(&mut *tx))
            .await?;
        tx.rollback().await?;
        let slots = sqlx::query_as::<_, (i64,)>("SELECT id FROM slots").fetch_all(&pool);
        db.fetch_all("SELECT slots", slots).await
    };
    let slots = service.scope(in_span("request", work)).await.unwrap();
    assert_eq!(slots, [(1,), (2,)]);
    expect![[r#"
        api INTERNAL request
          api CLIENT make the slots
          api CLIENT BEGIN
          api CLIENT INSERT slots
          api CLIENT COMMIT
          api CLIENT BEGIN
          api CLIENT DELETE slots
          api CLIENT ROLLBACK
          api CLIENT SELECT slots
    "#]]
    .assert_eq(&recorder.tree());
    check(
        &recorder,
        "make the slots",
        &[("db.operation.name", "CREATE TABLE")],
    );
    check(
        &recorder,
        "INSERT slots",
        &[
            ("db.namespace", "shop.db"),
            ("db.collection.name", "slots"),
            ("db.operation.batch.size", "2"),
        ],
    );
    check(
        &recorder,
        "SELECT slots",
        &[("db.response.returned_rows", "2")],
    );
    let one = recorder.find("DELETE slots").unwrap();
    assert_eq!(one.attribute("db.operation.batch.size"), None);
    assert_eq!(one.attribute("db.collection.name"), None);
    assert!(!format!("{:?}", recorder.spans()).contains("anna"));
}

#[tokio::test]
async fn without_a_recorded_span_there_is_none() {
    let recorder = Recorder::default();
    let service = testing::service("worker", &recorder);
    let db = Database::new("sqlite", "marketplace.db");
    let query = || db.query("SELECT jobs", async { Ok(()) });
    service.scope(query()).await.unwrap();
    assert_eq!(recorder.tree(), "");
    let health = async {
        let suppressed = Context::current().with_telemetry_suppressed();
        query().with_context(suppressed).await
    };
    service.scope(in_span("request", health)).await.unwrap();
    assert_eq!(recorder.tree(), "worker INTERNAL request\n");
}

/// All of PostgreSQL in one test: making its database takes a second or two.
#[tokio::test]
async fn postgres_by_its_url() {
    let (server, url) = backend::postgres().await;
    let recorder = Recorder::default();
    let service = testing::service("api", &recorder);
    let pool = PgPool::connect(&url).await.unwrap();
    let db = Database::of_url(&format!("{url}?options[search_path]=public")).unwrap();
    service
        .scope(in_span("request", postgres_queries(&db, &pool)))
        .await;
    expect![[r#"
        api INTERNAL request
          api CLIENT CREATE people
          api CLIENT BEGIN
          api CLIENT INSERT people
          api CLIENT COMMIT
          api CLIENT SELECT people
          api CLIENT INSERT people again !
          api CLIENT CAST !
          api CLIENT SELECT nobody
          api CLIENT SELECT pg_sleep
          api CLIENT BEGIN
          api CLIENT INSERT deferred
          api CLIENT COMMIT !
          api CLIENT CONNECT !
    "#]]
    .assert_eq(&recorder.tree());
    check(
        &recorder,
        "INSERT people again",
        &[
            ("db.system.name", "postgresql"),
            ("db.namespace", "postgres|public"),
            ("server.address", &server.path("")),
            ("db.response.status_code", "23505"),
            ("error.type", "23505"),
        ],
    );
    check(&recorder, "CAST", &[("error.type", "22P02")]);
    check(
        &recorder,
        "SELECT people",
        &[("db.response.returned_rows", "1")],
    );
    check(&recorder, "SELECT pg_sleep", &[("kit.cancelled", "true")]);
    check(&recorder, "CONNECT", &[("error.type", "3D000")]);
    let commits = recorder.spans();
    let mut commits = commits
        .iter()
        .filter(|span| span.data.name == "COMMIT" && span.failed());
    let late = commits.next().unwrap();
    assert_eq!(late.attribute("error.type").as_deref(), Some("23505"));
    let recorded = format!("{:?}", recorder.spans());
    assert!(!recorded.contains("anna") && !recorded.contains("unused-password"));
}

async fn postgres_queries(db: &Database, pool: &PgPool) {
    let create = "CREATE TABLE people (email text UNIQUE DEFERRABLE INITIALLY IMMEDIATE)";
    db.query("CREATE people", sqlx::query(create).execute(pool))
        .await
        .unwrap();
    let insert = || sqlx::query("INSERT INTO people VALUES ($1)").bind(PLANTED);
    let mut tx = db.begin(pool.begin()).await.unwrap();
    db.query("INSERT people", insert().execute(&mut *tx))
        .await
        .unwrap();
    tx.commit().await.unwrap();
    let people = sqlx::query_as::<_, (String,)>("SELECT email FROM people");
    let people = db
        .fetch_all("SELECT people", people.fetch_all(pool))
        .await
        .unwrap();
    assert_eq!(people, [(PLANTED.to_owned(),)]);
    // the message quotes the value
    let again = db
        .query("INSERT people again", insert().execute(pool))
        .await;
    assert!(format!("{:?}", again.unwrap_err()).contains(PLANTED));
    let cast = sqlx::query("SELECT 'anna@example.com'::int").execute(pool);
    db.query("CAST", cast).await.unwrap_err();
    let nobody = sqlx::query("SELECT 1 WHERE false").fetch_one(pool);
    assert!(matches!(
        db.query("SELECT nobody", nobody).await,
        Err(sqlx::Error::RowNotFound)
    ));
    let slow = db.query(
        "SELECT pg_sleep",
        sqlx::query("SELECT pg_sleep(60)").execute(pool),
    );
    tokio::time::timeout(Duration::from_millis(200), slow)
        .await
        .unwrap_err();
    let deferred = pool.begin_with("BEGIN; SET CONSTRAINTS ALL DEFERRED");
    let mut tx = db.begin(deferred).await.unwrap();
    db.query("INSERT deferred", insert().execute(&mut *tx))
        .await
        .unwrap();
    tx.commit().await.unwrap_err();
    let options = (*pool.connect_options()).clone().database("anna");
    let connect = sqlx::PgConnection::connect_with(&options);
    db.query("CONNECT", connect).await.map(|_| ()).unwrap_err();
}

#[test]
fn the_names_are_those_of_the_conventions() {
    for (published, ours) in [
        (names::DB_SYSTEM_NAME, "db.system.name"),
        (names::DB_NAMESPACE, "db.namespace"),
        (names::DB_QUERY_SUMMARY, "db.query.summary"),
        (names::DB_OPERATION_NAME, "db.operation.name"),
        (names::DB_OPERATION_BATCH_SIZE, "db.operation.batch.size"),
        (names::DB_COLLECTION_NAME, "db.collection.name"),
        (
            names::DB_RESPONSE_RETURNED_ROWS,
            "db.response.returned_rows",
        ),
        (names::DB_RESPONSE_STATUS_CODE, "db.response.status_code"),
    ] {
        assert_eq!(published, ours);
    }
}

fn check(recorder: &Recorder, name: &str, expected: &[(&str, &str)]) {
    let span = recorder
        .find(name)
        .unwrap_or_else(|| panic!("{name}: {}", recorder.tree()));
    for (key, value) in expected {
        assert_eq!(
            span.attribute(key).as_deref(),
            Some(*value),
            "{name}: {key}"
        );
    }
}

#[test]
fn failures_on_the_way_have_names() {
    use throughline_telemetry::sql::kind;
    let io = || std::io::Error::other("jane@example.com");
    for (error, name) in [
        (sqlx::Error::RowNotFound, "row_not_found"),
        (sqlx::Error::Io(io()), "io"),
        (sqlx::Error::Tls(Box::new(io())), "tls"),
        (sqlx::Error::PoolTimedOut, "pool_timed_out"),
        (sqlx::Error::PoolClosed, "pool_closed"),
        (sqlx::Error::Decode(Box::new(io())), "decode"),
        (sqlx::Error::Encode(Box::new(io())), "encode"),
        (sqlx::Error::WorkerCrashed, "_OTHER"),
    ] {
        assert_eq!(kind(&error), name);
    }
}

#[tokio::test]
async fn a_transaction_is_a_connection_and_shows_its_database() {
    let recorder = Recorder::default();
    let service = testing::service("api", &recorder);
    let pool = SqlitePool::connect("sqlite::memory:").await.unwrap();
    let db = Database::new("sqlite", "marketplace.db");
    let mut tx = service.scope(db.begin(pool.begin())).await.unwrap();
    assert!(tx.is_in_transaction());
    assert!(format!("{tx:?}").contains("marketplace.db"));
    tx.ping().await.unwrap();
    tx.rollback().await.unwrap();
    let refused = sqlx::query("SELEC").execute(&pool).await.unwrap_err();
    assert_eq!(sql::kind(&refused), "database");
}
