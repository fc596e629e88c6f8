//! Ticks: one trace each, jobs below them.

use std::convert::Infallible;
use std::sync::Mutex;
use std::time::{Duration, SystemTime, UNIX_EPOCH};

use expect_test::expect;
use throughline_telemetry::jobs::{Attempt, Carrier, Job, consume, enqueue};
use throughline_telemetry::scheduler::{Due, Missed, Schedule, Tick, run, tick};
use throughline_telemetry::testing::{self, Recorder};
use throughline_telemetry::{opentelemetry::trace::SpanId, trace_id};

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
        due: None,
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
        ("schedule.idempotency_key", "expire_holds:1700000000"),
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

fn at(seconds: u64) -> SystemTime {
    UNIX_EPOCH + Duration::from_secs(seconds)
}

/// Every minute, once as an interval and once as a function.
fn minutely() -> [Schedule<'static>; 2] {
    let next = |after: SystemTime| {
        let seconds = after.duration_since(UNIX_EPOCH).ok()?.as_secs();
        Some(at(seconds - seconds % 60 + 60))
    };
    [
        Schedule::every("s", "0 * * * * *", Duration::from_secs(60)),
        Schedule::new("s", "0 * * * * *", next),
    ]
}

/// When a schedule is asked, in seconds, and which tick is due: its moment and its lag in seconds, and how
/// many were missed.
type Asked = (u64, Option<(u64, u64, u64)>);

/// Asks a schedule that began at 100 s.
fn check(policy: Missed, asked: &[Asked]) {
    for schedule in minutely() {
        let mut schedule = schedule.missed(policy).after(at(100));
        for (now, expected) in asked {
            let expected = expected.map(|(due, lag, missed)| Due {
                at: at(due),
                lag: Duration::from_secs(lag),
                missed,
            });
            assert_eq!(schedule.due(at(*now)), expected, "{policy:?} at {now}");
        }
    }
}

#[test]
fn each_tick_is_due_once() {
    check(
        Missed::default(),
        &[
            (100, None),
            (119, None),
            (120, Some((120, 0, 0))),
            (120, None),
            (185, Some((180, 5, 0))),
            (179, None), // the clock was set back
            (185, None),
            (240, Some((240, 0, 0))),
        ],
    );
}

#[test]
fn missed_ticks_are_counted_and_skipped_or_caught_up_with() {
    let strict = Missed::Skip {
        late_max: Duration::from_secs(10),
    };
    let asked = [
        (450, None), // 120, 180, 240, 300, 360 and 420 were slept through
        (480, Some((480, 0, 6))),
        (605, Some((600, 5, 1))),
    ];
    check(strict, &asked);
    let asked = [
        (450, Some((420, 30, 5))),
        (480, Some((480, 0, 0))),
        (605, Some((600, 5, 1))),
    ];
    check(Missed::CatchUpOne, &asked);
    check(Missed::default(), &asked);
    // So many that they are not walked one by one; only the interval's count is exact.
    let year = 31_536_000;
    for (index, schedule) in minutely().into_iter().enumerate() {
        let due = schedule.after(at(0)).due(at(year)).unwrap();
        assert_eq!((due.at, due.lag), (at(year), Duration::ZERO));
        assert_eq!(due.missed == year / 60 - 1, index == 0);
        assert!(due.missed >= 10_000);
    }
}

#[test]
fn a_schedule_begins_when_asked_and_may_end() {
    for mut schedule in minutely() {
        assert_eq!((schedule.upcoming(), schedule.due(at(60))), (None, None));
        assert_eq!(schedule.upcoming(), Some(at(120)));
    }
    let once = |after| (after < at(50)).then(|| at(50));
    let mut once = Schedule::new("once", "", once).after(at(0));
    assert_eq!(once.due(at(70)).unwrap().at, at(50));
    assert_eq!((once.upcoming(), once.due(at(999))), (None, None));
    for never in [
        Schedule::every("never", "", Duration::ZERO),
        Schedule::new("stuck", "", Some),
    ] {
        let mut never = never.after(at(1));
        assert_eq!((never.upcoming(), never.due(at(99))), (None, None));
    }
}

/// Two schedules every few milliseconds. `flaky` panics, fails, then works; it asks for the stop when both
/// have worked. Returns how often each ticked.
async fn run_two() -> [u32; 2] {
    let often = Duration::from_millis(2);
    let mut schedules = ["flaky", "steady"].map(|name| Schedule::every(name, "", often));
    let (counts, stop) = (Mutex::new([0, 0]), tokio::sync::Notify::new());
    let work = async |tick: Tick<'_>| {
        let counts = {
            let mut counts = counts.lock().unwrap();
            counts[usize::from(tick.name == "steady")] += 1;
            *counts
        };
        assert!(trace_id().is_some(), "inside the tick");
        match (tick.name, counts) {
            ("flaky", [1, _]) => panic!("a bug"),
            ("flaky", [2, _]) => return Err(()),
            ("flaky", [_, steady]) if steady > 0 => stop.notify_one(),
            _ => {}
        }
        Ok(())
    };
    run(&mut schedules, stop.notified(), |()| "database_busy", work).await;
    counts.into_inner().unwrap()
}

/// As many roots as ticks, and the failed ones of `flaky` named.
fn check_run(recorder: &Recorder, counts: [u32; 2]) {
    let spans = recorder.spans();
    for (name, count) in ["tick flaky", "tick steady"].into_iter().zip(counts) {
        let ticks: Vec<_> = spans.iter().filter(|span| span.data.name == name).collect();
        assert_eq!(ticks.len(), usize::try_from(count).unwrap());
        for tick in ticks {
            assert_eq!(tick.data.parent_span_id, SpanId::INVALID);
        }
    }
    let failures = spans.iter().filter_map(|span| span.attribute("error.type"));
    assert_eq!(failures.collect::<Vec<_>>(), ["panic", "database_busy"]);
}

#[tokio::test]
async fn the_loop_survives_errors_and_panics() {
    let recorder = Recorder::default();
    let service = testing::service("beat", &recorder);
    let counts = service.scope(run_two()).await;
    assert!(counts[0] >= 3 && counts[1] >= 1, "{counts:?}");
    check_run(&recorder, counts);
    assert_eq!(
        recorder.spans().len(),
        usize::try_from(counts[0] + counts[1]).unwrap()
    );
}

#[tokio::test]
async fn the_loop_does_the_same_inside_a_worker() {
    let recorder = Recorder::default();
    let service = testing::service("worker", &recorder);
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
    let embedded = async {
        let around = trace_id();
        let counts = run_two().await;
        assert_eq!(
            trace_id(),
            around,
            "the span around is the current one again"
        );
        Ok::<_, Infallible>(counts)
    };
    let consumed = consume(&attempt, |never: &Infallible| match *never {}, embedded);
    let counts = service.scope(consumed).await.unwrap();
    check_run(&recorder, counts);
    let around = recorder.find("run/loop").unwrap();
    assert!(!around.failed(), "{around:?}");
    let trace = around.data.span_context.trace_id();
    let spans = recorder.spans();
    let in_trace = spans
        .iter()
        .filter(|span| span.data.span_context.trace_id() == trace);
    assert_eq!(in_trace.count(), 1);
}

#[test]
fn a_schedule_shows_what_it_is_and_where_it_stands() {
    let [schedule, _] = minutely();
    assert_eq!(schedule.name(), "s");
    let shown = format!("{:?}", schedule.after(UNIX_EPOCH));
    for part in [r#"name: "s""#, r#"expression: "0 * * * * *""#, "missed: 0"] {
        assert!(shown.contains(part), "{part}: {shown}");
    }
}
