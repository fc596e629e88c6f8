//! What a start says of places that it cannot use: the place, the remedy, never the password, and soon.

use crate::postgres::{PASSWORD, Postgres};
use crate::spans;
use crate::stand_in::StandIn;
use crate::world;
use model::Clock;
use std::sync::atomic::Ordering;
use std::time::Duration;
use throughline_store::{CatalogUrl, Config, Error, Objects, Patience};

/// A start with `adjust` fails within this time; its message has all of `expected`.
async fn check(adjust: impl FnOnce(&mut Config), expected: &[&str]) {
    const SOON: Duration = Duration::from_secs(20);
    let directory = tempfile::tempdir().unwrap();
    let mut config = world::config(directory.path());
    adjust(&mut config);
    let clock = Clock::fixed(spans::EPOCH);
    let opened = world::open(&config, &clock);
    let error = tokio::time::timeout(SOON, opened)
        .await
        .unwrap()
        .unwrap_err();
    let text = whole(&error);
    for part in expected {
        assert!(text.contains(part), "{part:?} is not in {text:?}");
    }
    let debug = format!("{error:?} {config:?}");
    for secret in [PASSWORD, "secret"] {
        assert!(
            !text.contains(secret) && !debug.contains(secret),
            "{text}\n{debug}"
        );
    }
}

fn whole(error: &Error) -> String {
    let mut text = error.to_string();
    let mut next = std::error::Error::source(error);
    while let Some(cause) = next {
        text = format!("{text}: {cause}");
        next = cause.source();
    }
    text
}

#[tokio::test]
async fn catalogs() {
    let postgres = Postgres::start().await;
    let url = |text: &str| Some(CatalogUrl::new(text).unwrap());
    let folder = postgres.folder().replace('/', "%2F");
    let wrong_password = format!("postgres://postgres:a-secret@{folder}/postgres");
    check(
        |config| config.catalog = url(&wrong_password),
        &[
            "catalog postgres://postgres@",
            "password authentication failed",
            "check user and password",
        ],
    )
    .await;
    let text = postgres.text();
    let (server, _) = text.rsplit_once('/').unwrap();
    let no_database = format!("{server}/nowhere");
    check(
        |config| config.catalog = url(&no_database),
        &["\"nowhere\" does not exist", "create that database"],
    )
    .await;
    postgres
        .run("CREATE ROLE guest LOGIN PASSWORD 'a-secret'")
        .await;
    let guest = format!("postgres://guest:a-secret@{folder}/postgres");
    check(
        |config| config.catalog = url(&guest),
        &[
            "permission denied",
            "let this user connect and create tables",
        ],
    )
    .await;
    check(
        |config| config.catalog = url("postgres://me:a-secret@127.0.0.1:1/spans"),
        &["postgres://me@127.0.0.1:1/spans", "check host and port"],
    )
    .await;
    check(
        |config| config.catalog = url("postgres://me:a-secret@127.0.0.1:port/spans"),
        &["it cannot be read"],
    )
    .await;
    let other = CatalogUrl::new("mysql://me:a-secret@host/spans").unwrap_err();
    assert!(other.to_string().contains("postgres://user@host/database"));
}

#[test]
fn a_url_is_shown_without_its_password() {
    let cases = [
        (
            "postgres://me:a-secret@host:5432/spans?sslmode=prefer",
            "postgres://me@host:5432/spans",
        ),
        (
            "postgres://me:a@secret/x@host/spans?password=secret",
            "postgres://me@host/spans",
        ),
        ("postgresql://host/spans", "postgresql://host/spans"),
    ];
    for (url, shown) in cases {
        let url = CatalogUrl::new(url).unwrap();
        assert_eq!(
            (url.shown(), format!("{url:?}")),
            (shown.to_owned(), shown.to_owned())
        );
    }
}

#[tokio::test]
async fn object_stores() {
    let stand_in = StandIn::start(3).await;
    check(
        |config| config.objects = Some(stand_in.objects_with("nobody", &[])),
        &["object store s3://nobody/", "create the bucket"],
    )
    .await;
    let wrong = [("AWS_SECRET_ACCESS_KEY", "another-secret")];
    check(
        |config| config.objects = Some(stand_in.objects_with("spans", &wrong)),
        &[
            "s3://spans/",
            "check AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY",
        ],
    )
    .await;
    let away = [("AWS_ENDPOINT_URL", "http://127.0.0.1:1")];
    check(
        |config| config.objects = Some(stand_in.objects_with("spans", &away)),
        &["check AWS_ENDPOINT_URL"],
    )
    .await;
    let refused = Objects::s3("s3://spans/a%20b", [], Patience::default()).unwrap_err();
    assert!(refused.to_string().contains("letters, digits"), "{refused}");
    for url in ["spans/x", "s3:///x", "gs://spans"] {
        let refused = Objects::s3(url, [], Patience::default()).unwrap_err();
        assert!(
            refused.to_string().contains("s3://bucket/prefix"),
            "{refused}"
        );
    }
}

#[tokio::test]
async fn a_store_that_forgets_conditions_is_refused() {
    let stand_in = StandIn::start_open(4).await;
    stand_in
        .trouble
        .forgets_conditions
        .store(true, Ordering::Relaxed);
    // Its signature would tell that a header is missing.
    let plain = [("AWS_SKIP_SIGNATURE", "true")];
    check(
        |config| config.objects = Some(stand_in.objects_with("spans", &plain)),
        &[
            "it writes over what is there",
            "If-None-Match",
            "use a store that holds conditional writes",
        ],
    )
    .await;
}
