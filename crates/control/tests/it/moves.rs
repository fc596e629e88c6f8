//! Control data that an earlier program wrote, that move to PostgreSQL, and that are lost.

use crate::bearer_of;
use crate::place::Place;
use crate::postgres::Postgres;
use model::{Clock, ErrorKind};
use serde_json::json;
use sqlx::postgres::PgConnectOptions;
use std::fs;
use std::path::Path;
use tempfile::TempDir;
use throughline_control::{Capabilities, Control, Error, FieldType, Kind, RecordKind, Refused};

/// As `throughline token create` showed it when the samples were made.
const SECRET: &str = "xaat-92b2a90b-d8f2-4bf7-8280-ab71865ea96b";
const SHOWN: &str = "postgres://somebody@somewhere/spans";

fn clock() -> Clock {
    Clock::fixed(1)
}

async fn open(directory: &Path) -> Result<Control, Error> {
    Control::open(directory, clock()).await
}

/// As the program of version 1 left it.
async fn frozen(directory: &Path) {
    change(directory, include_str!("../frozen/1.sqlite.sql")).await;
}

async fn change(directory: &Path, statements: &'static str) {
    let options = sqlx::sqlite::SqliteConnectOptions::new()
        .filename(directory.join("control.sqlite"))
        .create_if_missing(true);
    let pool = sqlx::SqlitePool::connect_with(options).await.unwrap();
    sqlx::raw_sql(statements).execute(&pool).await.unwrap();
    pool.close().await;
}

/// All that the samples have.
async fn check(control: &Control) {
    let caller = control.admit(Some(&bearer_of(SECRET))).unwrap();
    assert!(caller.may_ingest("any") && !caller.may_query("any"));
    let shop = control.dataset("shop").unwrap();
    assert_eq!((shop.name.as_str(), shop.kind), ("Shop", Kind::Events));
    let fields = [("order", FieldType::Integer), ("paid", FieldType::Boolean)];
    let fields = fields.map(|(name, kind)| (name.to_owned(), kind)).into();
    assert_eq!(control.event_fields("SHOP"), Some(fields));
    assert!(control.is_deleted("gone"));
    let records = control.records(RecordKind::Annotation).await.unwrap();
    assert_eq!(records.len(), 1);
    assert_eq!(records[0].body["title"], json!("one"));
    // And it can be changed, by the names that it had.
    let again = control.create_dataset("SHOP", "", Kind::Events).await;
    assert_eq!(again.unwrap_err().kind(), ErrorKind::Conflict);
    let seen = [("order".to_owned(), FieldType::Text)].into();
    control.note_fields(&shop, &seen).await.unwrap();
    let order = control.event_fields("shop").unwrap()["order"];
    assert_eq!(order, FieldType::Text);
}

#[tokio::test]
async fn a_file_of_version_1() {
    let directory = TempDir::new().unwrap();
    frozen(directory.path()).await;
    check(&open(directory.path()).await.unwrap()).await;
}

/// As Axiom's clients say what a token may; versions before kept all of it.
#[tokio::test]
async fn what_a_token_may_not_is_not_among_what_it_may() {
    let directory = TempDir::new().unwrap();
    frozen(directory.path()).await;
    let capabilities = r#"UPDATE token SET capabilities = '{
        "datasetCapabilities": { "*": { "ingest": ["create"], "query": null, "share": [] }, "shop": { "query": [] } },
        "orgCapabilities": { "apiTokens": null, "users": [] } }'"#;
    change(directory.path(), capabilities).await;
    let control = open(directory.path()).await.unwrap();
    let ingest = Capabilities::simple(&["*".to_owned()], true, false, false);
    assert_eq!(control.tokens()[0].capabilities, ingest);
}

#[tokio::test]
async fn tables_of_version_1() {
    let postgres = Postgres::start().await;
    let sample = include_str!("../frozen/1.postgres.sql");
    let place = Place::schema(&postgres, "version_1").await;
    postgres
        .run(format!("SET search_path = version_1;\n{sample}"))
        .await;
    check(&place.open(&clock()).await).await;
}

#[tokio::test]
async fn a_file_moves_to_postgres_and_is_not_taken_for_lost() {
    let postgres = Postgres::start().await;
    let directory = TempDir::new().unwrap();
    let path = directory.path();
    frozen(path).await;
    let Place::Postgres(options) = Place::schema(&postgres, "moved").await else {
        unreachable!("a schema is in PostgreSQL")
    };
    let serve = async || {
        let options = *options.clone();
        Control::open_postgres(options, SHOWN, path, clock()).await
    };
    let control = serve().await.unwrap();
    check(&control).await;
    control.close().await;
    let said = open(path).await.unwrap_err().to_string();
    assert!(said.contains(SHOWN), "{said}");
    let control = serve().await.unwrap();
    assert_eq!(control.tokens().len(), 1);
    // The way to a file is that of a backup.
    let other = TempDir::new().unwrap();
    let file = other.path().join("control.sqlite");
    let back_up = async |to: &Path| Control::back_up(*options.clone(), SHOWN, path, to).await;
    back_up(&file).await.unwrap();
    let copy = open(other.path()).await.unwrap();
    assert_eq!(copy.event_fields("shop"), control.event_fields("shop"));
    assert!(copy.admit(Some(&bearer_of(SECRET))).is_ok());
    copy.close().await;
    // One that is brought there again is not read over.
    fs::copy(&file, path.join("control.sqlite")).unwrap();
    fs::remove_file(path.join("CONTROL")).unwrap();
    let said = serve().await.unwrap_err().to_string();
    assert!(
        said.contains("control data in") && said.contains(SHOWN),
        "{said}"
    );
    // The tables that it had are gone.
    fs::remove_file(path.join("control.sqlite")).unwrap();
    serve().await.unwrap();
    let drop = "DROP SCHEMA moved CASCADE; CREATE SCHEMA moved";
    // Before anybody makes them anew, empty, and after it.
    for makes_tables in [true, false] {
        if makes_tables {
            postgres.run(drop).await;
        }
        let options = || *options.clone();
        let to = other.path().join("lost.sqlite");
        let errors = [
            back_up(&to).await.unwrap_err(),
            Control::check(options(), SHOWN, path).await.unwrap_err(),
            look(options(), path).await.unwrap_err(),
            Control::join_postgres(options(), SHOWN, path, clock())
                .await
                .unwrap_err(),
            serve().await.unwrap_err(),
        ];
        for error in errors {
            assert_eq!(error.kind(), ErrorKind::Corrupt);
            assert!(error.to_string().contains("remove CONTROL"), "{error}");
        }
        assert!(!to.exists());
    }
}

async fn look(options: PgConnectOptions, directory: &Path) -> Result<Option<Control>, Error> {
    Control::look(Some(options), directory, clock()).await
}

/// Before the first start of this program, the file is what there is; who looks changes nothing.
#[tokio::test]
async fn a_file_that_did_not_move_yet_is_backed_up() {
    let postgres = Postgres::start().await;
    let (directory, other) = (TempDir::new().unwrap(), TempDir::new().unwrap());
    let path = directory.path();
    let Place::Postgres(options) = Place::schema(&postgres, "before").await else {
        unreachable!("a schema is in PostgreSQL")
    };
    let options = || *options.clone();
    let to = other.path().join("control.sqlite");
    assert!(look(options(), path).await.unwrap().is_none());
    let none = Control::back_up(options(), SHOWN, path, &to).await;
    assert_eq!(none.unwrap_err().kind(), ErrorKind::Corrupt);
    frozen(path).await;
    let refused = Control::join_postgres(options(), SHOWN, path, clock()).await;
    let said = refused.unwrap_err().to_string();
    assert!(said.contains("start it first"), "{said}");
    Control::back_up(options(), SHOWN, path, &to).await.unwrap();
    // It is of version 1 still, and who looks does not upgrade it.
    let old = look(options(), path).await.unwrap_err();
    assert!(old.to_string().contains("start the server"), "{old}");
    check(&open(other.path()).await.unwrap()).await;
    let untouched = "DO $$ BEGIN ASSERT to_regclass('before.throughline_change') IS NULL; END $$";
    postgres.run(untouched).await;
    assert!(!path.join("CONTROL").exists());
}

#[tokio::test]
async fn a_file_that_is_lost_is_missed() {
    let directory = TempDir::new().unwrap();
    let path = directory.path();
    open(path).await.unwrap().close().await;
    // Emptied, or gone.
    let lose: [fn(&Path); 2] = [
        |file| fs::write(file, "").unwrap(),
        |file| fs::remove_file(file).unwrap(),
    ];
    for lose in lose {
        lose(&path.join("control.sqlite"));
        let error = open(path).await.unwrap_err();
        assert_eq!(error.kind(), ErrorKind::Corrupt);
        let said = error.to_string();
        assert!(said.contains("remove CONTROL"), "{said}");
    }
    assert!(!path.join("control.sqlite").exists(), "nothing begins anew");
    fs::remove_file(path.join("CONTROL")).unwrap();
    assert!(open(path).await.unwrap().is_open());
}

/// A dump that is put back is what counts, also when it is older; an empty one opens nothing.
#[tokio::test]
async fn tables_that_are_put_back_count() {
    let postgres = Postgres::start().await;
    let place = Place::schema(&postgres, "back").await;
    let control = place.open(&clock()).await;
    let make = async |name: &str| {
        let new = crate::token(name, Capabilities::default());
        control.create_token(new).await.unwrap()
    };
    make("kept").await;
    let tables = ["throughline_token", "throughline_change"];
    for table in tables {
        let save = format!("CREATE TABLE back.{table}_saved AS TABLE back.{table}");
        postgres.run(save).await;
    }
    let (_, revoked) = make("made after the dump").await;
    make("another").await;
    assert!(control.admit(Some(&bearer_of(revoked.reveal()))).is_ok());
    let put_back = |table| {
        format!("DELETE FROM back.{table}; INSERT INTO back.{table} TABLE back.{table}_saved;")
    };
    postgres.run(tables.map(put_back).concat()).await;
    control.refresh().await.unwrap();
    assert_eq!(control.tokens().len(), 1);
    assert_eq!(
        control.admit(Some(&bearer_of(revoked.reveal()))).err(),
        Some(Refused::Unknown)
    );
    let none = "DELETE FROM back.throughline_token; UPDATE back.throughline_change SET count = ";
    postgres.run(format!("{none} 0")).await;
    let lost = control.refresh().await.unwrap_err();
    assert_eq!(lost.kind(), ErrorKind::Corrupt);
    assert_eq!(control.tokens().len(), 1);
    postgres.run(format!("{none} 1")).await;
    control.refresh().await.unwrap();
    assert!(control.tokens().is_empty() && !control.is_open());
}
