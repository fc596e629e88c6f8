//! Tokens in PostgreSQL, when it is away and when they are lost.

use crate::postgres::Postgres;
use crate::running::{Client, InProcess, Process, config, ended, program, serve};
use crate::spans::{protobuf, span};
use crate::tokens::{everything, send, token};
use model::Clock;
use throughline::config::Config;
use throughline::serve::{Seams, Server};
use throughline_store::CatalogUrl;

const A_MINUTE_AND_MORE: i64 = 61_000_000_000;

/// However long it is away, what is sent with a known token is stored; nothing can be read or changed.
#[tokio::test(flavor = "multi_thread")]
async fn spans_are_taken_while_the_database_of_tokens_is_away() {
    let (postgres, data) = (Postgres::start().await, tempfile::tempdir().unwrap());
    let config = Config {
        catalog: Some(CatalogUrl::new(postgres.text()).unwrap()),
        ..config(data.path())
    };
    let clock = Clock::fixed(Clock::System.now_nanos());
    let started = Server::start_with(&config, clock.clone(), Seams::default()).await;
    let server = started.unwrap();
    let client = Client::new(server.addresses());
    let server = InProcess {
        server,
        client,
        data,
    };
    let admin = token(&server, None, everything()).await;
    drop(postgres);
    let health = async || {
        let asked = server.client.http.get(server.client.api("/healthz")).send();
        asked.await.unwrap().text().await.unwrap()
    };
    // Since when it is away the server notices by itself.
    let mut said = health().await;
    while !said.starts_with("ok; the database of tokens does not answer") {
        assert!(said.starts_with("ok"), "{said}");
        clock.advance(A_MINUTE_AND_MORE);
        tokio::task::yield_now().await;
        said = health().await;
    }
    let body = || protobuf("api", vec![span(1, 0)]);
    assert_eq!(send(&server, Some(&admin), "traces", body()).await, 200);
    let unknown = "xaat-00000000-0000-0000-0000-000000000000";
    for stranger in [None, Some(unknown)] {
        assert_eq!(send(&server, stranger, "traces", body()).await, 401);
    }
    for (method, path) in [
        ("GET", "/v1/datasets"),
        ("POST", "/v2/tokens"),
        ("GET", "/metrics"),
    ] {
        let (status, said) = server.client.call(method, path, Some(&admin), None).await;
        assert_eq!(status, 503, "{method} {path}: {said}");
    }
}

/// A backup of nothing would take the place of a good one, and be open when it is restored.
#[tokio::test(flavor = "multi_thread")]
async fn tables_of_tokens_that_are_lost_end_a_backup() {
    let (postgres, machine) = (Postgres::start().await, tempfile::tempdir().unwrap());
    let (data, target) = (machine.path().join("data"), machine.path().join("backup"));
    let catalog = postgres.text();
    let command = |words: &[&str]| {
        let mut command = program();
        command.args(words).arg("--data").arg(&data);
        command.env("THROUGHLINE_CATALOG", &catalog);
        command
    };
    let backup = ["backup", target.to_str().unwrap()];
    let mut serve = serve(&data, &[]);
    serve.env("THROUGHLINE_CATALOG", &catalog);
    let mut process = Process::of(serve).unwrap();
    process.signal("-TERM");
    assert_eq!(ended(&mut process.child).code(), Some(0));
    for words in [&["token", "create", "one"][..], &backup, &["verify"]] {
        let output = command(words).output().unwrap();
        assert!(output.status.success(), "{words:?}: {output:?}");
    }
    let kept = std::fs::read(target.join("MANIFEST")).unwrap();
    let tables = "throughline_token, throughline_dataset, throughline_field, throughline_record, throughline_change, \
                  throughline_control_version";
    postgres.run(format!("DROP TABLE {tables}")).await;
    let lost: [&[&str]; 4] = [
        &["token", "list"],
        &["token", "create", "two"],
        &backup,
        &["verify"],
    ];
    for words in lost {
        let output = command(words).output().unwrap();
        assert_eq!(output.status.code(), Some(1), "{words:?}: {output:?}");
        let said = [output.stdout, output.stderr].concat();
        let said = String::from_utf8(said).unwrap();
        assert!(said.contains("remove CONTROL"), "{words:?}: {said}");
    }
    assert_eq!(std::fs::read(target.join("MANIFEST")).unwrap(), kept);
    assert!(target.join("1/control.sqlite").exists());
}
