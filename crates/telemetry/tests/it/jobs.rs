//! Jobs: the trace goes with the job, and every attempt is seen.

use std::convert::Infallible;
use std::panic::AssertUnwindSafe;
use std::sync::{Arc, Mutex};
use std::time::{Duration, SystemTime};

use expect_test::expect;
use futures::FutureExt;
use throughline_telemetry::jobs::{
    Attempt, Carrier, Failure, Job, Names, Options, Parent, consume, consume_with, enqueue,
    enqueue_batch, enqueue_with,
};
use throughline_telemetry::scheduler::{Tick, tick};
use throughline_telemetry::testing::{self, Recorder};
use throughline_telemetry::{Telemetry, opentelemetry::trace::SpanKind, trace_id};

const JOB: Job<'static> = Job {
    system: "apalis",
    queue: "default",
    name: "send_mail",
    id: None,
    due: None,
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
    assert_eq!(trace_id(), None, "the context is cleaned up after a panic");
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
    assert_eq!(trace_id(), None, "and after a time-out");
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

/// One job through both sides: the enqueueing options, the worker's, and what is stored in between.
async fn sent_and_run(options: &Options, job: &Job<'_>, old: bool) -> Recorder {
    let recorder = Recorder::default();
    let service = testing::service("app", &recorder);
    let shelf = Mutex::new(Carrier::new());
    let insert = async |carrier| {
        *shelf.lock().unwrap() = carrier;
        Ok::<_, Infallible>("job-1".to_owned())
    };
    service
        .scope(enqueue_with(options, job, never, insert))
        .await
        .unwrap();
    let mut carrier = shelf.into_inner().unwrap();
    if old {
        carrier.insert("kit.enqueued_at_ms".to_owned(), "1000".to_owned());
    }
    let run = async { Ok::<_, Infallible>(()) };
    let attempt = attempt(&carrier, 1);
    service
        .scope(consume_with(options, &attempt, never, run))
        .await
        .unwrap();
    recorder
}

#[tokio::test]
async fn options_choose_names_and_parents() {
    const CHILD: bool = true;
    let delayed = Job {
        due: Some(SystemTime::UNIX_EPOCH),
        ..JOB
    };
    for (parent, job, old, expected) in [
        (Parent::Auto, JOB, false, CHILD),
        (Parent::Auto, JOB, true, !CHILD),
        (Parent::Auto, delayed, false, !CHILD),
        (Parent::Always, delayed, true, CHILD),
        (Parent::Link, JOB, false, !CHILD),
    ] {
        let options = Options {
            names: Names::Semconv,
            parent,
            ..Options::default()
        };
        let recorder = sent_and_run(&options, &job, old).await;
        let sent = recorder.find("send default").unwrap();
        let run = recorder.find("process default").unwrap();
        let (sent_id, case) = (&sent.data.span_context, (parent, job.due, old));
        assert_eq!(
            run.data.parent_span_id == sent_id.span_id(),
            expected,
            "{case:?}"
        );
        let links: Vec<_> = run
            .data
            .links
            .iter()
            .map(|link| &link.span_context)
            .collect();
        let linked = links.iter().any(|link| link.span_id() == sent_id.span_id());
        assert_eq!(linked, !expected, "{case:?}");
        for (span, operation) in [(sent, "send"), (run, "process")] {
            for (key, value) in [("operation.name", operation), ("operation.type", operation)] {
                let key = format!("messaging.{key}");
                assert_eq!(span.attribute(&key).as_deref(), Some(value), "{case:?}");
            }
            assert_eq!(span.attribute("kit.job").as_deref(), Some("send_mail"));
        }
    }
    let patient = Options {
        parent_age_max: Duration::MAX,
        ..Options::default()
    };
    let recorder = sent_and_run(&patient, &JOB, true).await;
    let tree = "app PRODUCER apply_async/send_mail\n  app CONSUMER run/send_mail\n";
    assert_eq!(recorder.tree(), tree);
}

#[tokio::test]
async fn what_is_not_known_is_not_said() {
    let recorder = Recorder::default();
    let service = testing::service("worker", &recorder);
    let carrier = Carrier::new();
    let unknown = Attempt {
        message_id: "",
        max_attempts: 0,
        ..attempt(&carrier, 1)
    };
    let options = Options::default();
    for (failure, will_retry) in [
        (Failure::from("lost"), None),
        (Failure::gives_up("lost"), Some("false")),
    ] {
        let lost = async { Err::<(), _>(()) };
        let run = consume_with(&options, &unknown, |()| failure, lost);
        service.scope(run).await.unwrap_err();
        let span = recorder.spans().pop().unwrap();
        for (key, value) in [
            ("error.type", Some("lost")),
            ("kit.will_retry", will_retry),
            ("kit.max_attempts", None),
            ("messaging.message.id", None),
        ] {
            assert_eq!(span.attribute(key).as_deref(), value, "{key}");
        }
    }
}

#[tokio::test]
async fn a_batch_is_one_span_that_counts() {
    let recorder = Recorder::default();
    let service = testing::service("api", &recorder);
    let insert = async |carrier: Carrier| Ok::<_, Infallible>(carrier.contains_key("traceparent"));
    let sent = service.scope(enqueue_batch(&JOB, 3, never, insert)).await;
    assert!(sent.unwrap(), "the batch carries the context");
    assert_eq!(recorder.tree(), "api PRODUCER apply_async/send_mail\n");
    let span = recorder.find("apply_async/send_mail").unwrap();
    let count = span.attribute("messaging.batch.message_count");
    assert_eq!(count.as_deref(), Some("3"));
}
