//! apalis with its real SQLite storage: one CONSUMER span an attempt, beside each other below the sender's.

use std::fmt;
use std::str::FromStr;
use std::sync::Arc;

use apalis::prelude::*;
use apalis_sqlite::{Config, SqliteConnectOptions, SqlitePool, SqliteStorage};
use expect_test::expect;
use throughline_telemetry::jobs::apalis::{SYSTEM, layer, push, push_with, with_carrier};
use throughline_telemetry::jobs::{Carrier, Job, Names, Options, Parent};
use throughline_telemetry::opentelemetry::trace::SpanKind;
use throughline_telemetry::testing::{self, Recorder, Span};
use throughline_telemetry::trace_id;
use tokio::sync::mpsc::{Sender, channel};

const JOB: Job<'static> = Job {
    system: SYSTEM,
    queue: "mails",
    name: "send_mail",
    id: None,
    due: None,
};
const ID: &str = "01JD9WZ5T0000000000000000A";
const TRACE: &str = "4bf92f3577b34da6a3ce929d0e0e4736";

#[derive(Debug)]
struct Bounced;

impl std::error::Error for Bounced {}

impl fmt::Display for Bounced {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("jane@example.com bounced")
    }
}

fn kind(error: &(dyn std::error::Error + 'static)) -> Option<&'static str> {
    error.is::<Bounced>().then_some("bounced")
}

/// An empty queue in a database of its own.
async fn storage<Args>(folder: &tempfile::TempDir) -> SqliteStorage<Args> {
    let file = SqliteConnectOptions::new()
        .filename(folder.path().join("jobs.db"))
        .create_if_missing(true);
    let pool = SqlitePool::connect_with(file).await.unwrap();
    SqliteStorage::setup(&pool).await.unwrap();
    SqliteStorage::new(&pool).with_config(Config::default().queue("mails"))
}

/// The attempts in the order in which they ended.
fn attempts(recorder: &Recorder) -> Vec<Span> {
    let consumers = |span: &Span| span.data.span_kind == SpanKind::Consumer;
    recorder.spans().into_iter().filter(consumers).collect()
}

fn check(span: &Span, expected: &[(&str, Option<&str>)]) {
    for (key, value) in expected {
        assert_eq!(span.attribute(key).as_deref(), *value, "{key} of {span:?}");
    }
}

async fn fails_twice(
    _booking: u32,
    attempt: Attempt,
    done: Data<Arc<tokio::sync::Notify>>,
) -> Result<(), BoxDynError> {
    if attempt.current() < 3 {
        return Err(Bounced.into());
    }
    done.notify_one();
    Ok(())
}

/// Two retry systems: within the process, and from the database.
#[tokio::test]
async fn attempts_are_siblings_and_counted_through() {
    let recorder = Recorder::default();
    let api = testing::service("api", &recorder);
    let service = testing::service("worker", &recorder);
    let folder = tempfile::tempdir().unwrap();
    let mut storage = storage::<u32>(&folder).await;
    let task = TaskBuilder::new(4_711)
        .task_id(TaskId::from_str(ID).unwrap())
        .max_attempts(3);
    api.scope(push(&mut storage, task, &JOB)).await.unwrap();

    let done = Arc::new(tokio::sync::Notify::new());
    let worker = WorkerBuilder::new("mailer")
        .backend(storage)
        .data(done.clone())
        .retry(RetryPolicy::retries(1))
        .catch_panic()
        .layer(layer("mails", "send_mail").kind(kind))
        .build(fails_twice);
    let stop = async move {
        done.notified().await;
        Ok::<_, WorkerError>(())
    };
    service.scope(worker.run_until(stop)).await.unwrap();
    assert_eq!(trace_id(), None, "the context is cleaned up");

    expect![[r#"
        api PRODUCER apply_async/send_mail
          worker CONSUMER run/send_mail !
          worker CONSUMER run/send_mail !
          worker CONSUMER run/send_mail
    "#]]
    .assert_eq(&recorder.tree());
    let runs = attempts(&recorder);
    let common = [
        ("messaging.system", Some("apalis")),
        ("messaging.destination.name", Some("mails")),
        ("messaging.message.id", Some(ID)),
        ("kit.max_attempts", Some("3")),
    ];
    for (run, number, error, will_retry) in [
        (0, "1", Some("bounced"), Some("true")),
        (1, "2", Some("bounced"), Some("true")),
        (2, "3", None, None),
    ] {
        check(&runs[run], &common);
        check(
            &runs[run],
            &[
                ("kit.attempt", Some(number)),
                ("error.type", error),
                ("kit.will_retry", will_retry),
            ],
        );
        assert!(runs[run].attribute("kit.queue_wait_ms").is_some());
    }
    let sent = recorder.find("apply_async/send_mail").unwrap();
    check(&sent, &[("messaging.message.id", Some(ID))]);
    let all = format!("{:?}", recorder.spans());
    assert!(!all.contains("jane") && !all.contains("4711"), "{all}");
}

async fn ends_badly(how: String, ended: Data<Sender<()>>) -> Result<(), BoxDynError> {
    ended.send(()).await.unwrap();
    match how.as_str() {
        "panics" => panic!("a bug"),
        "is aborted" => Err(AbortError::new("enough").into()),
        "is aborted with a name" => Err(AbortError::new(Bounced).into()),
        "is deferred" => Err(DeferredError::new("not now").into()),
        _ => Err("a message with jane@example.com".into()),
    }
}

#[tokio::test]
async fn failures_have_static_names() {
    let recorder = Recorder::default();
    let service = testing::service("worker", &recorder);
    let folder = tempfile::tempdir().unwrap();
    let mut storage = storage::<String>(&folder).await;
    let cases = [
        ("panics", "panic", None),
        ("is aborted", "aborted", Some("false")),
        ("is aborted with a name", "bounced", Some("false")),
        ("is deferred", "deferred", Some("true")),
        ("fails", "job_failed", Some("true")),
    ];
    for (how, ..) in cases {
        let task = TaskBuilder::new(how.to_owned()).max_attempts(1);
        push(&mut storage, task, &JOB).await.unwrap();
    }
    let (send, mut ended) = channel::<()>(cases.len());
    let worker = WorkerBuilder::new("mailer")
        .backend(storage)
        .data(send)
        .catch_panic()
        .layer(layer("mails", "send_mail").kind(kind).max_attempts(2))
        .build(ends_badly);
    let stop = async move {
        for _ in 0..cases.len() {
            ended.recv().await.unwrap();
        }
        Ok::<_, WorkerError>(())
    };
    service.scope(worker.run_until(stop)).await.unwrap();
    let mut found: Vec<_> = attempts(&recorder)
        .iter()
        .map(|span| {
            let kind = span.attribute("error.type").unwrap();
            (kind, span.attribute("kit.will_retry"))
        })
        .collect();
    let mut expected = cases
        .map(|(_, kind, will_retry)| (kind.to_owned(), will_retry.map(str::to_owned)))
        .to_vec();
    found.sort();
    expected.sort();
    assert_eq!(found, expected);
    assert!(!format!("{:?}", recorder.spans()).contains("jane"));
}

async fn notes(_: u32, ended: Data<Sender<String>>) {
    ended.send(trace_id().unwrap()).await.unwrap();
}

/// Metadata in, the trace that the job runs in out.
async fn trace_of(options: Options, task: TaskBuilder<u32>) -> (String, Span) {
    let recorder = Recorder::default();
    let service = testing::service("worker", &recorder);
    let folder = tempfile::tempdir().unwrap();
    let mut storage = storage::<u32>(&folder).await;
    storage.push_task(task.build()).await.unwrap();
    let (send, mut ended) = channel(1);
    let worker = WorkerBuilder::new("mailer")
        .backend(storage)
        .data(send)
        .layer(layer("mails", "send_mail").options(options))
        .build(notes);
    let (send, mut seen) = channel(1);
    let stop = async move {
        send.send(ended.recv().await.unwrap()).await.unwrap();
        Ok::<_, WorkerError>(())
    };
    service.scope(worker.run_until(stop)).await.unwrap();
    (seen.recv().await.unwrap(), attempts(&recorder).remove(0))
}

fn task(metadata: &[(&str, &str)]) -> TaskBuilder<u32> {
    TaskBuilder::new(1).with_metadata(metadata.iter().copied().collect())
}

#[tokio::test]
async fn apalis_own_context_is_read_and_garble_is_survived() {
    const OWN: &str = "apalis_core.tracing.context";
    let own = format!("{TRACE};00f067aa0ba902b7;1;congo=t61rcWkgMzE");
    for (metadata, joined) in [
        (vec![(OWN, own.as_str())], true),
        (vec![(OWN, "x;y")], false),
        (vec![(OWN, "-;-;-;-")], false),
        (
            vec![("traceparent", "00-xyz"), ("kit.enqueued_at_ms", "soon")],
            false,
        ),
        (vec![], false),
    ] {
        let (trace, span) = trace_of(Options::default(), task(&metadata)).await;
        assert_eq!(trace == TRACE, joined, "{metadata:?}");
        assert!(!span.failed(), "{metadata:?}");
        check(
            &span,
            &[("kit.attempt", Some("1")), ("kit.max_attempts", Some("25"))],
        );
    }
}

#[tokio::test]
async fn keys_that_are_there_already_give_way() {
    let parent = format!("00-{TRACE}-00f067aa0ba902b7-01");
    let carrier = Carrier::from([("traceparent".to_owned(), parent)]);
    let task = with_carrier(task(&[("traceparent", "00-old"), ("kept", "yes")]), carrier);
    let options = Options {
        names: Names::Semconv,
        parent: Parent::Link,
        ..Options::default()
    };
    let (trace, span) = trace_of(options, task).await;
    assert_ne!(trace, TRACE);
    assert_eq!(span.data.name, "process mails");
    let link = span.data.links.iter().next().unwrap();
    assert_eq!(link.span_context.trace_id().to_string(), TRACE);
}

#[tokio::test]
async fn a_storage_that_fails_is_the_senders_error() {
    let recorder = Recorder::default();
    let service = testing::service("api", &recorder);
    let folder = tempfile::tempdir().unwrap();
    let mut storage = storage::<u32>(&folder).await;
    storage.pool().close().await;
    let options = Options {
        names: Names::Semconv,
        ..Options::default()
    };
    let pushing = push_with(&options, &mut storage, TaskBuilder::new(1), &JOB);
    service.scope(pushing).await.unwrap_err();
    assert_eq!(recorder.tree(), "api PRODUCER send mails !\n");
    let sent = recorder.find("send mails").unwrap();
    check(&sent, &[("error.type", Some("push_failed"))]);
}
