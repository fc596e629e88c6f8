//! Jobs: the trace goes with the job, and every attempt is seen.

use std::convert::Infallible;
use std::panic::AssertUnwindSafe;
use std::sync::{Arc, Mutex};
use std::time::{Duration, SystemTime};

use expect_test::expect;
use futures::FutureExt;
use throughline_telemetry::jobs::{Attempt, Carrier, Job, consume, enqueue};
use throughline_telemetry::scheduler::{Tick, tick};
use throughline_telemetry::testing::{self, Recorder};
use throughline_telemetry::{Telemetry, opentelemetry::trace::SpanKind, trace_id};

const JOB: Job<'static> = Job {
    system: "apalis",
    queue: "default",
    name: "send_mail",
    id: None,
};
const TICK: Tick<'static> = Tick {
    name: "remind",
    expression: "*",
    at: SystemTime::UNIX_EPOCH,
    lag: Duration::ZERO,
    missed: 0,
};

#[derive(Debug)]
enum Lost {
    Connection,
    Disk,
}

fn kind(lost: &Lost) -> &'static str {
    match lost {
        Lost::Connection => "connection_lost",
        Lost::Disk => "disk_full",
    }
}

fn never(never: &Infallible) -> &'static str {
    match *never {}
}

/// Enqueues one job from a tick of `api` and returns what was stored beside it.
async fn stored(api: &Telemetry) -> Carrier {
    let shelf = Arc::new(Mutex::new(Carrier::new()));
    let keep = shelf.clone();
    let insert = |carrier| async move {
        *keep.lock().unwrap() = carrier;
        Ok::<_, Infallible>("job-1".to_owned())
    };
    assert_eq!(
        api.scope(tick(&TICK, never, enqueue(&JOB, never, insert)))
            .await
            .unwrap(),
        "job-1"
    );
    shelf.lock().unwrap().clone()
}

fn attempt(carrier: &Carrier, attempt: u32) -> Attempt<'_> {
    Attempt {
        system: "apalis",
        queue: "default",
        name: "send_mail",
        message_id: "job-1",
        attempt,
        max_attempts: 3,
        carrier,
    }
}

#[tokio::test]
async fn attempts_are_siblings_under_the_producer() {
    let recorder = Recorder::default();
    let api = testing::service("api", &recorder);
    let worker = testing::service("worker", &recorder);
    let carrier = stored(&api).await;
    let mut keys: Vec<_> = carrier.keys().map(String::as_str).collect();
    keys.sort_unstable();
    assert_eq!(keys, ["kit.enqueued_at_ms", "traceparent"]);
    let lost = async { Err::<(), _>(Lost::Connection) };
    worker
        .scope(consume(&attempt(&carrier, 1), kind, lost))
        .await
        .unwrap_err();
    assert_eq!(
        trace_id(),
        None,
        "the context is cleaned up after a failure"
    );
    let fine = async { Ok::<_, Infallible>(trace_id().unwrap()) };
    let inside = worker
        .scope(consume(&attempt(&carrier, 2), never, fine))
        .await
        .unwrap();
    assert_eq!(trace_id(), None, "and after a success");
    expect![[r#"
        api INTERNAL tick remind
          api PRODUCER apply_async/send_mail
            worker CONSUMER run/send_mail !
            worker CONSUMER run/send_mail
    "#]]
    .assert_eq(&recorder.tree());
    let runs: Vec<_> = recorder
        .spans()
        .into_iter()
        .filter(|span| span.data.span_kind == SpanKind::Consumer)
        .collect();
    assert_eq!(inside, runs[1].data.span_context.trace_id().to_string());
    for (run, key, value) in [
        (0, "kit.attempt", Some("1")),
        (0, "kit.max_attempts", Some("3")),
        (0, "kit.will_retry", Some("true")),
        (0, "error.type", Some("connection_lost")),
        (1, "kit.attempt", Some("2")),
        (1, "kit.will_retry", None),
        (1, "messaging.message.id", Some("job-1")),
        (1, "messaging.system", Some("apalis")),
        (1, "messaging.operation.type", Some("process")),
        (1, "messaging.destination.name", Some("default")),
    ] {
        assert_eq!(
            runs[run].attribute(key).as_deref(),
            value,
            "run {run}, {key}"
        );
    }
    assert!(runs[0].attribute("kit.queue_wait_ms").is_some());
    let sent = recorder.find("apply_async/send_mail").unwrap();
    assert_eq!(
        sent.attribute("messaging.message.id").as_deref(),
        Some("job-1")
    );
}

#[tokio::test]
async fn an_old_job_starts_its_own_trace_and_links_back() {
    let recorder = Recorder::default();
    let service = testing::service("worker", &recorder);
    let mut carrier = stored(&service).await;
    carrier.insert("kit.enqueued_at_ms".to_owned(), "1000".to_owned());
    let done = async { Ok::<_, Infallible>(()) };
    service
        .scope(consume(&attempt(&carrier, 1), never, done))
        .await
        .unwrap();
    let sent = recorder
        .find("apply_async/send_mail")
        .unwrap()
        .data
        .span_context;
    let run = recorder.find("run/send_mail").unwrap().data;
    assert_ne!(run.span_context.trace_id(), sent.trace_id());
    assert_eq!(run.links.len(), 1);
    assert_eq!(
        run.links.iter().next().unwrap().span_context.span_id(),
        sent.span_id()
    );
}

#[tokio::test]
async fn a_missing_or_garbled_carrier_costs_the_connection_only() {
    let recorder = Recorder::default();
    let service = testing::service("worker", &recorder);
    let garbled =
        Carrier::from([("traceparent", "00-xyz"), ("kit.enqueued_at_ms", "soon")].map(own));
    for carrier in [Carrier::new(), garbled] {
        let done = async { Ok::<_, Infallible>(()) };
        service
            .scope(consume(&attempt(&carrier, 1), never, done))
            .await
            .unwrap();
    }
    assert_eq!(recorder.tree(), "worker CONSUMER run/send_mail\n".repeat(2));
    assert!(
        recorder
            .spans()
            .iter()
            .all(|span| span.attribute("kit.queue_wait_ms").is_none())
    );
}

fn own((key, value): (&str, &str)) -> (String, String) {
    (key.to_owned(), value.to_owned())
}

#[tokio::test]
async fn panics_and_time_outs_are_recorded() {
    let recorder = Recorder::default();
    let service = testing::service("worker", &recorder);
    let carrier = Carrier::new();
    let attempt = attempt(&carrier, 3);
    let boom = async {
        if attempt.attempt == 3 {
            panic!("a bug")
        } else {
            Ok::<_, Infallible>(())
        }
    };
    let caught = AssertUnwindSafe(service.scope(consume(&attempt, never, boom)))
        .catch_unwind()
        .await;
    assert!(caught.is_err(), "the panic goes on");
    let stuck = service.scope(consume(
        &attempt,
        never,
        std::future::pending::<Result<(), Infallible>>(),
    ));
    assert!(
        tokio::time::timeout(Duration::from_millis(20), stuck)
            .await
            .is_err()
    );
    let kinds: Vec<_> = recorder
        .spans()
        .iter()
        .map(|span| span.attribute("error.type").unwrap())
        .collect();
    assert_eq!(kinds, ["panic", "cancelled"]);
    assert!(recorder.spans().iter().all(testing::Span::failed));
}

#[tokio::test]
async fn a_failed_insert_is_the_callers_error() {
    let recorder = Recorder::default();
    let service = testing::service("api", &recorder);
    let full = |_| async { Err::<String, _>(Lost::Disk) };
    service.scope(enqueue(&JOB, kind, full)).await.unwrap_err();
    assert_eq!(recorder.tree(), "api PRODUCER apply_async/send_mail !\n");
    let span = recorder.find("apply_async/send_mail").unwrap();
    assert_eq!(span.attribute("error.type").as_deref(), Some("disk_full"));
}
