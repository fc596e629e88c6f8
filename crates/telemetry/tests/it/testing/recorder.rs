//! Ended spans are kept, forgotten and waited for.

use std::time::Instant;

use throughline_telemetry::scheduler::{Tick, tick};
use throughline_telemetry::testing::{self, Recorder, Until};
use throughline_telemetry::{Telemetry, assert_trace, sql, trace_id};

use super::*;

const LONG: Duration = Duration::from_secs(60);
const SHORT: Duration = Duration::from_millis(20);

/// Ends one root span, with `inside` running in it.
async fn work<T>(service: &Telemetry, name: &str, inside: impl Future<Output = T>) -> T {
    let due = Tick {
        name,
        expression: "*",
        at: SystemTime::UNIX_EPOCH,
        lag: Duration::ZERO,
        missed: 0,
    };
    let never = |never: &std::convert::Infallible| match *never {};
    let done = service.scope(tick(&due, never, async { Ok(inside.await) }));
    done.await.unwrap()
}

/// Returns the trace's id.
async fn tick_once(service: &Telemetry, name: &str) -> String {
    work(service, name, async { trace_id().unwrap() }).await
}

#[tokio::test]
async fn a_trace_is_found_by_its_id_and_all_are_forgotten() {
    let recorder = Recorder::default();
    let beat = testing::service("beat", &recorder);
    tick_once(&beat, "first").await;
    let second = tick_once(&beat, "second").await;
    assert_trace!(
        recorder,
        "beat INTERNAL tick first\nbeat INTERNAL tick second"
    );
    assert_trace!(recorder.trace(&second), "beat INTERNAL tick second");
    assert_trace!(recorder.trace(&second)[..], "beat INTERNAL tick second",);
    let id = recorder
        .find("tick first")
        .unwrap()
        .data
        .span_context
        .trace_id();
    assert_trace!(recorder.trace(id), "beat INTERNAL tick first");
    assert_eq!(
        testing::check(&recorder.spans(), &recorder.tree())
            .err()
            .map(|e| e.to_string()),
        None
    );
    recorder.clear();
    assert_trace!(recorder, "");
}

#[test]
fn an_assertion_that_fails_reports_at_the_line_of_the_test() {
    let recorder = Recorder::default();
    let failed = std::panic::catch_unwind(|| assert_trace!(recorder, "a SERVER x"));
    let text = failed.unwrap_err();
    let text = text.downcast_ref::<String>().unwrap();
    assert!(text.contains("there is no root `a SERVER x`"), "{text}");
}

#[tokio::test]
async fn spans_of_a_background_task_are_waited_for() {
    let recorder = Recorder::default();
    let beat = testing::service("beat", &recorder);
    let task = tokio::spawn(async move {
        tick_once(&beat, "a").await;
        tokio::task::yield_now().await;
        tick_once(&beat, "b").await;
    });
    let pattern = "beat INTERNAL tick a\nbeat INTERNAL tick b";
    assert_eq!(recorder.wait_for(pattern, LONG).await.unwrap().len(), 2);
    assert_eq!(recorder.wait_for(2, LONG).await.unwrap().len(), 2);
    task.await.unwrap();
}

#[test]
fn a_thread_waits_as_well() {
    let recorder = Recorder::default();
    let beat = testing::service("beat", &recorder);
    let background = std::thread::spawn(move || {
        let runtime = tokio::runtime::Builder::new_current_thread().build();
        runtime.unwrap().block_on(tick_once(&beat, "a"));
    });
    let seen = recorder.blocking_wait_for("beat INTERNAL tick a", LONG);
    assert_eq!(seen.unwrap().len(), 1);
    assert_eq!(recorder.blocking_wait_for(1, LONG).unwrap().len(), 1);
    background.join().unwrap();
}

#[tokio::test]
async fn who_waits_in_vain_is_told_what_there_was() {
    let recorder = Recorder::default();
    let beat = testing::service("beat", &recorder);
    tick_once(&beat, "a").await;
    let few = "could not see 2 spans within 20ms: 1 have ended\n  beat INTERNAL tick a\n";
    let other = "could not see the expected spans within 20ms: the spans differ from the pattern: there is no root \
                 `_ _ b`; the roots are: `beat INTERNAL tick a`\nmissing: `_ _ b`\nunexpected: `beat INTERNAL tick a`\n\
                 - expected, + found\n- _ _ b\n+ beat INTERNAL tick a\n";
    for (until, said) in [(Until::Count(2), few), (Until::from("_ _ b"), other)] {
        let late = recorder.wait_for(until.clone(), SHORT).await.unwrap_err();
        assert_eq!(late.to_string(), said);
        assert_eq!(format!("{late:?}"), said);
        let late = recorder.blocking_wait_for(until, SHORT).unwrap_err();
        assert_eq!(late.to_string(), said);
    }
}

/// The child ends first, and for a while it has no parent.
#[tokio::test]
async fn a_parent_that_ends_later_is_waited_for() {
    let recorder = Recorder::default();
    let database = sql::Database::new("sqlite", "lessons");
    let (go, gone) = tokio::sync::oneshot::channel::<()>();
    let child_then_wait = async move {
        database.query("SELECT a", async { Ok(()) }).await.unwrap();
        gone.await.unwrap();
    };
    let service = testing::service("api", &recorder);
    let open = tokio::spawn(async move { work(&service, "open", child_then_wait).await });
    recorder.wait_for(1, LONG).await.unwrap();
    let late = recorder.wait_for(Until::Whole, SHORT).await.unwrap_err();
    let said = late.to_string();
    let start =
        "could not see every parent within 20ms: left are `api CLIENT SELECT a` (its parent ";
    assert!(said.starts_with(start), "{said}");
    go.send(()).unwrap();
    recorder.wait_for(Until::Whole, LONG).await.unwrap();
    open.await.unwrap();
    assert_trace!(recorder, "api INTERNAL tick open\n  api CLIENT SELECT a");
}

#[tokio::test]
async fn a_pattern_that_cannot_be_read_is_not_waited_for() {
    let recorder = Recorder::default();
    let before = Instant::now();
    let wrong = recorder.wait_for("what", LONG).await.unwrap_err();
    assert!(matches!(wrong, Mismatch::Pattern(_)), "{wrong}");
    let wrong = recorder.blocking_wait_for("what", LONG).unwrap_err();
    assert!(matches!(wrong, Mismatch::Pattern(_)), "{wrong}");
    assert!(before.elapsed() < LONG / 2);
}

/// What `tree()` prints can be pasted.
#[test]
fn a_drawn_tree_is_a_pattern() {
    let drawn = "api SERVER GET /x\n  api CLIENT SELECT a !\n    api INTERNAL b\n";
    matches(&drawn.replace(" !", " ; !busy"), drawn);
}
