//! A server whose log is in an object store that fails most of the time, ended by `kill -9` under load again and again,
//! each time on a machine that has nothing of the one before: no acknowledged span is lost or doubled.

use crate::kill::{Ledger, verify, write};
use crate::postgres::{PASSWORD, Postgres};
use crate::running::{Process, ended, failure, program, serve};
use crate::stand_in::{BUCKET, StandIn};
use std::path::Path;
use std::process::Command;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

const WRITERS: usize = 16;
const ROUNDS: u64 = 6;
/// Of a hundred requests so many get an error: under load, at a start.
const TROUBLE: u64 = 75;
const TROUBLE_AT_START: u64 = 20;

fn command(objects: &StandIn, postgres: &Postgres, log_dir: &Path) -> Command {
    let more = ["--log", "object", "--flush-age", "500ms"];
    let mut command = serve(Path::new(&StandIn::url(BUCKET)), &more);
    command
        .envs(objects.settings())
        .env("THROUGHLINE_CATALOG", postgres.text())
        .env("RUST_LOG", "off")
        .arg("--log-dir")
        .arg(log_dir);
    command
}

/// On a machine of its own, until it is open: a probe may fail, and then a supervisor starts it again.
fn start(objects: &StandIn, postgres: &Postgres) -> Process {
    loop {
        let machine = tempfile::tempdir().unwrap();
        let log_dir = machine.path().join("log");
        if let Some(process) = Process::of(command(objects, postgres, &log_dir)) {
            return process;
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn no_acknowledged_span_is_lost_or_doubled() {
    let (objects, postgres) = (StandIn::start(7).await, Postgres::start().await);
    let ledger = Arc::new(Ledger::default());
    for round in 0..ROUNDS {
        objects.trouble.set(TROUBLE_AT_START);
        let process = start(&objects, &postgres);
        objects.trouble.set(0);
        process.client.replayed().await;
        verify(&process.client, &ledger, round).await;
        objects.trouble.set(TROUBLE);
        let stop = Arc::new(AtomicBool::new(false));
        let writers = (0..WRITERS).map(|_| {
            let (client, ledger) = (process.client.clone(), Arc::clone(&ledger));
            tokio::spawn(write(client, ledger, Arc::clone(&stop)))
        });
        let writers: Vec<_> = writers.collect();
        tokio::time::sleep(Duration::from_millis(2000 + (round * 137) % 900)).await;
        process.kill();
        stop.store(true, Ordering::Relaxed);
        for writer in writers {
            writer.await.unwrap();
        }
    }
    objects.trouble.set(0);
    let mut process = start(&objects, &postgres);
    process.client.replayed().await;
    verify(&process.client, &ledger, ROUNDS).await;
    let acknowledged = ledger.acknowledged();
    let trouble = &objects.trouble;
    let (refused, lost) = (&trouble.refused, &trouble.lost_answers);
    println!(
        "{ROUNDS} rounds, {acknowledged} acknowledged requests, {refused:?} refused, {lost:?} answers lost"
    );
    assert!(acknowledged > 100, "only {acknowledged}: no load");
    process.signal("-TERM");
    assert_eq!(ended(&mut process.child).code(), Some(0));
}

/// Two servers at a time: the second is refused, and named is what it has to wait for.
#[tokio::test(flavor = "multi_thread")]
async fn one_owner() {
    let (objects, postgres) = (StandIn::start(8).await, Postgres::start().await);
    let first = start(&objects, &postgres);
    let machine = tempfile::tempdir().unwrap();
    let (code, said) = failure(command(&objects, &postgres, machine.path()));
    assert_eq!(code, 1);
    assert!(said.contains("another process is using it"), "{said}");
    first.kill();
}

/// Tokens are where the catalog is: made before the first start, and there on the next machine.
#[tokio::test(flavor = "multi_thread")]
async fn a_machine_that_is_lost_takes_no_token_with_it() {
    let (objects, postgres) = (StandIn::start(9).await, Postgres::start().await);
    let token = |arguments: &[&str]| {
        let mut command = program();
        command.arg("token").args(arguments);
        command.env("THROUGHLINE_CATALOG", postgres.text());
        let output = command.output().unwrap();
        let (made, said) = (output.stdout, String::from_utf8(output.stderr).unwrap());
        assert!(
            output.status.success() && !said.contains(PASSWORD),
            "{said}"
        );
        String::from_utf8(made).unwrap().trim().to_owned()
    };
    let made = token(&["create", "one", "--can", "query"]);
    for _ in 0..2 {
        let process = start(&objects, &postgres);
        process.client.replayed().await;
        for (token, expected) in [(None, 401), (Some(made.as_str()), 200)] {
            let asked = process.client.call("GET", "/v1/datasets", token, None);
            let (status, said) = asked.await;
            assert_eq!(status, expected, "{said}");
        }
        process.kill();
    }
    let listed = token(&["list"]);
    let own = listed.lines().find(|line| line.contains("one")).unwrap();
    let id = own.split_whitespace().next().unwrap();
    assert_eq!(token(&["revoke", id]), "revoked");
}
