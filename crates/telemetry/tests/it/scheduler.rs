//! Ticks: one trace each, jobs below them.

use std::convert::Infallible;
use std::time::{Duration, SystemTime};

use expect_test::expect;
use throughline_telemetry::jobs::{Attempt, Carrier, Job, consume, enqueue};
use throughline_telemetry::scheduler::{Tick, tick};
use throughline_telemetry::testing::{self, Recorder};

#[tokio::test]
async fn a_tick_is_a_root_with_its_jobs_below_also_inside_a_worker() {
    let recorder = Recorder::default();
    let service = testing::service("beat", &recorder);
    let at = SystemTime::UNIX_EPOCH + Duration::from_secs(1_700_000_000);
    let lag = Duration::from_millis(120);
    let due = Tick {
        name: "expire_holds",
        expression: "*/30 * * * * *",
        at,
        lag,
        missed: 2,
    };
    let job = Job {
        system: "apalis",
        queue: "default",
        name: "expire_hold",
        id: Some("tick-1"),
    };
    let insert = |_: Carrier| async { Ok::<_, Infallible>("tick-1".to_owned()) };
    let never = |never: &Infallible| match *never {};
    let embedded = async { tick(&due, never, enqueue(&job, never, insert)).await };
    let carrier = Carrier::new();
    let attempt = Attempt {
        system: "apalis",
        queue: "default",
        name: "loop",
        message_id: "1",
        attempt: 1,
        max_attempts: 1,
        carrier: &carrier,
    };
    service
        .scope(consume(&attempt, never, embedded))
        .await
        .unwrap();
    expect![[r#"
        beat CONSUMER run/loop
        beat INTERNAL tick expire_holds
          beat PRODUCER apply_async/expire_hold
    "#]]
    .assert_eq(&recorder.tree());
    let span = recorder.find("tick expire_holds").unwrap();
    for (key, value) in [
        ("schedule.name", "expire_holds"),
        ("schedule.expression", "*/30 * * * * *"),
        ("schedule.tick", "2023-11-14T22:13:20.000000Z"),
        ("schedule.lag_ms", "120"),
        ("schedule.missed", "2"),
    ] {
        assert_eq!(span.attribute(key).as_deref(), Some(value));
    }
}

#[tokio::test]
async fn a_tick_that_fails_says_how() {
    let recorder = Recorder::default();
    let service = testing::service("beat", &recorder);
    let lost = async { Err::<(), _>("a message with jane@example.com") };
    let kind = |_: &&str| "database_busy";
    service
        .scope(tick(&crate::export::TICK, kind, lost))
        .await
        .unwrap_err();
    let span = recorder.find("tick t").unwrap();
    assert_eq!(
        span.attribute("error.type").as_deref(),
        Some("database_busy")
    );
    assert!(!format!("{span:?}").contains("jane"), "{span:?}");
}
