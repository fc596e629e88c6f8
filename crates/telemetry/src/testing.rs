//! Services whose spans stay in memory, and a language to say which spans there should be, so that a
//! service tests its own traces. Nothing global is touched: every test makes its own
//! [`Recorder`](crate::testing::Recorder).
//!
//! ```
//! use throughline_telemetry::{assert_trace, sql, testing};
//! # #[tokio::main(flavor = "current_thread")] async fn main() {
//! let recorder = testing::Recorder::default();
//! let service = testing::service("lessons-api", &recorder);
//! let at = std::time::SystemTime::UNIX_EPOCH;
//! let tick = throughline_telemetry::scheduler::Tick {
//!     name: "expire_holds", expression: "0 * * * * *", at, lag: Default::default(), missed: 0,
//! };
//! let work = async { sql::Database::new("sqlite", "lessons").query("DELETE holds", async { Ok(()) }).await };
//! service.scope(throughline_telemetry::scheduler::tick(&tick, sql::kind, work)).await.unwrap();
//! assert_trace!(recorder, "
//!     lessons-api INTERNAL tick expire_holds {schedule.missed=0}
//!       lessons-api CLIENT DELETE holds {db.system.name=sqlite, !db.query.text}
//! ");
//! assert_eq!(
//!     recorder.tree(),
//!     "lessons-api INTERNAL tick expire_holds\n  lessons-api CLIENT DELETE holds\n",
//! );
//! # }
//! ```
//!
//! # Patterns
//!
//! A pattern is text, in the test or in a file of its own (`include_str!`). One line is one span, and what
//! is indented below it (by spaces) are its children. All spans have to be there, and no others:
//!
//! ```text
//! <service> <KIND> <name> [{attributes}] [!error] [link->name] [x N]
//! ```
//!
//! | written | means |
//! |---|---|
//! | `*` in a service, name or value | any text, also none; `\*` is a star, `\\` a backslash |
//! | `_` for the service or the kind | any |
//! | `"…"` for a name or value | text in which `{`, `,`, ` !`, ` x 2` and the like have no meaning |
//! | `{key=value, key=*, !key}` | the attribute has this value, has any, is absent; others do not matter |
//! | `!error`, short `!` | it failed; without the mark it must not have failed |
//! | `!error(timeout)` | it failed with this `error.type` |
//! | `link->name` | it links to a recorded span of this name; may be repeated |
//! | `x 3`, `x 2..`, `x 2..4` | so many such siblings in a row, each with the children below the line |
//! | `? ` before the line | the span may be missing |
//! | `^ ` before an outermost line | its parent was not recorded, as behind a client from outside |
//! | `...` as a line | further siblings are allowed, anywhere among these |
//! | `~` as a line | these siblings come in any order; otherwise they are in the order of their starts |
//! | `# …` as a line | a comment |
//!
//! Values are compared as text: `200`, `true`, `["a","b"]`. Several outermost lines are several roots, in
//! one trace or in many. What [`tree`](crate::testing::Recorder::tree) prints is a
//! pattern, unless a name has marks in it.
//!
//! An outermost span whose parent is elsewhere (it came with a request) is a root. One whose parent is in
//! this process and was not recorded is an orphan: most likely its parent is still open. That is a
//! mismatch, unless `^` expects it.
//!
//! ```
//! # use throughline_telemetry::{http_server, testing};
//! # use throughline_telemetry::assert_trace;
//! # #[tokio::main(flavor = "current_thread")] async fn main() {
//! use axum::{Router, routing::get};
//! use tower::ServiceExt as _;
//!
//! let recorder = testing::Recorder::default();
//! let service = testing::service("lessons-api", &recorder);
//! let handler = || async { throughline_telemetry::trace_id().unwrap() };
//! let request = axum::extract::Request::get("/lessons/7").body(axum::body::Body::empty()).unwrap();
//! let answer = service.scope(async {
//!     let app = http_server::wrap(Router::new().route("/lessons/{id}", get(handler)));
//!     let answer = app.oneshot(request).await.unwrap();
//!     axum::body::to_bytes(answer.into_body(), 1_024).await.unwrap()
//! });
//! let trace_id = String::from_utf8(answer.await.to_vec()).unwrap();
//! assert_trace!(recorder, "lessons-api SERVER GET /lessons/{id} {http.response.status_code=200}");
//! assert_trace!(recorder.trace(&trace_id), "lessons-* _ GET *");
//!
//! let wrong = "
//!     lessons-api SERVER GET /lessons/{id}
//!       lessons-api CLIENT SELECT lessons
//! ";
//! let mismatch = testing::check(&recorder.spans(), wrong).unwrap_err();
//! assert!(mismatch.to_string().contains(
//!     "`lessons-api SERVER GET /lessons/{id}` has no child `lessons-api CLIENT SELECT lessons`"
//! ));
//! # }
//! ```

use std::time::Duration;

use opentelemetry::Context;
use opentelemetry_sdk::error::OTelSdkResult;
use opentelemetry_sdk::trace::{SpanData, SpanProcessor};

use crate::init::Ways;
use crate::{Config, Telemetry, export};

/// Which expected span is which recorded one, at the least difference.
mod align;
/// What is wrong with one span.
mod compare;
/// Recorded spans as trees.
mod forest;
/// `*` in names and values.
mod glob;
/// What differs, in words and line by line.
mod mismatch;
/// A pattern's lines as a tree.
mod pattern;
/// Where ended spans are kept and waited for.
mod recorder;

pub use mismatch::{Difference, Late, Mismatch};
pub use pattern::PatternError;
pub use recorder::{Recorder, Span, Spans, Until};

/// Compares spans with a pattern (see the [module](self) for the language).
///
/// # Errors
/// When they differ, with everything that does; when the pattern cannot be read, with the line.
pub fn check(spans: &[Span], pattern: &str) -> Result<(), Mismatch> {
    let pattern = pattern::parse(pattern).map_err(Mismatch::Pattern)?;
    let forest = forest::Forest::new(spans);
    let aligned = align::align(&pattern, &forest);
    mismatch::describe(&forest, &aligned).map_or(Ok(()), |difference| {
        Err(Mismatch::Tree(Box::new(difference)))
    })
}

/// What [`assert_trace!`](crate::assert_trace) calls.
///
/// # Panics
/// When the spans do not match.
#[track_caller]
pub fn assert<S: Spans + ?Sized>(spans: &S, pattern: &str) {
    if let Err(mismatch) = check(&spans.to_spans(), pattern) {
        panic!("{mismatch}");
    }
}

/// Asserts that what was recorded matches a pattern (see [`testing`](crate::testing) for the language). The
/// first argument is a [`Recorder`](crate::testing::Recorder), or some spans of one; the pattern is text,
/// also `include_str!("booking.trace")`.
#[macro_export]
macro_rules! assert_trace {
    ($spans:expr, $pattern:expr $(,)?) => {
        $crate::testing::assert(&$spans, $pattern)
    };
}

/// A service with the default settings that records every span into `recorder`.
pub fn service(name: &str, recorder: &Recorder) -> Telemetry {
    let mut config = Config::from_lookup(name, &|_| None);
    config.enabled = true;
    service_with(config, recorder)
}

/// A service with settings of your own. Its spans go to `recorder` instead of the settings' endpoint, and
/// nowhere when recording is off.
pub fn service_with(config: Config, recorder: &Recorder) -> Telemetry {
    let memory = Memory {
        service: config.service.clone(),
        recorder: recorder.clone(),
    };
    let provider = config.enabled.then(|| export::in_memory(&config, memory));
    Telemetry::over(config, provider, None, Ways::default())
}

#[derive(Debug)]
struct Memory {
    service: String,
    recorder: Recorder,
}

impl SpanProcessor for Memory {
    fn on_start(&self, _: &mut opentelemetry_sdk::trace::Span, _: &Context) {}

    fn on_end(&self, data: SpanData) {
        if data.span_context.is_sampled() {
            let service = self.service.clone();
            self.recorder.add(std::iter::once(Span { service, data }));
        }
    }

    fn force_flush(&self) -> OTelSdkResult {
        Ok(())
    }

    fn shutdown_with_timeout(&self, _: Duration) -> OTelSdkResult {
        Ok(())
    }
}
