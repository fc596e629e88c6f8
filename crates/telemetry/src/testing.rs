//! Services whose spans stay in memory, for tests of instrumented code. Nothing global is touched: every
//! test makes its own.
//!
//! ```
//! use throughline_telemetry::{sql, testing};
//! # #[tokio::main(flavor = "current_thread")] async fn main() {
//! let recorder = testing::Recorder::default();
//! let service = testing::service("lessons-api", &recorder);
//! let at = std::time::SystemTime::UNIX_EPOCH;
//! let tick = throughline_telemetry::scheduler::Tick {
//!     name: "expire_holds", expression: "0 * * * * *", at, lag: Default::default(), missed: 0,
//! };
//! let work = async { sql::Database::new("sqlite", "lessons").query("DELETE holds", async { Ok(()) }).await };
//! service.scope(throughline_telemetry::scheduler::tick(&tick, sql::kind, work)).await.unwrap();
//! assert_eq!(
//!     recorder.tree(),
//!     "lessons-api INTERNAL tick expire_holds\n  lessons-api CLIENT DELETE holds\n",
//! );
//! # }
//! ```

use std::fmt::Write as _;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use opentelemetry::trace::{SpanId, Status};
use opentelemetry_sdk::Resource;
use opentelemetry_sdk::error::OTelSdkResult;
use opentelemetry_sdk::trace::{SpanData, SpanExporter};

use crate::init::Ways;
use crate::{Config, Telemetry, attrs, export};

/// The spans that one or several services have ended, in the order they ended.
#[derive(Clone, Debug, Default)]
pub struct Recorder(Arc<Mutex<Vec<Span>>>);

/// An ended span and the service it belongs to.
#[derive(Clone, Debug)]
pub struct Span {
    /// `service.name`.
    pub service: String,
    /// What would have been exported.
    pub data: SpanData,
}

impl Span {
    /// The value of an attribute as text. None when the span has none of that name.
    pub fn attribute(&self, key: &str) -> Option<String> {
        let found = self
            .data
            .attributes
            .iter()
            .find(|attribute| attribute.key.as_str() == key)?;
        Some(found.value.as_str().into_owned())
    }

    /// Whether its status is an error.
    pub fn failed(&self) -> bool {
        matches!(self.data.status, Status::Error { .. })
    }
}

impl Recorder {
    /// The spans that have ended so far.
    pub fn spans(&self) -> Vec<Span> {
        self.lock().clone()
    }

    /// The first ended span of that name.
    pub fn find(&self, name: &str) -> Option<Span> {
        self.lock()
            .iter()
            .find(|span| span.data.name == name)
            .cloned()
    }

    /// One line for each span, `<service> <KIND> <name>`, children below their parents by start time; a
    /// failed one ends in ` !`. A span whose parent was not recorded is shown as a root.
    pub fn tree(&self) -> String {
        let mut spans = self.spans();
        spans.sort_by_key(|span| span.data.start_time);
        let known: Vec<SpanId> = spans
            .iter()
            .map(|span| span.data.span_context.span_id())
            .collect();
        let mut text = String::new();
        for root in spans
            .iter()
            .filter(|span| !known.contains(&span.data.parent_span_id))
        {
            draw(&mut text, &spans, root, 0);
        }
        text
    }

    fn lock(&self) -> MutexGuard<'_, Vec<Span>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

fn draw(text: &mut String, spans: &[Span], span: &Span, depth: usize) {
    let kind = format!("{:?}", span.data.span_kind).to_uppercase();
    let mark = if span.failed() { " !" } else { "" };
    let indent = "  ".repeat(depth);
    // Writing into a String cannot fail.
    let _ = writeln!(
        text,
        "{indent}{} {kind} {}{mark}",
        span.service, span.data.name
    );
    let id = span.data.span_context.span_id();
    for child in spans.iter().filter(|child| child.data.parent_span_id == id) {
        draw(text, spans, child, depth + 1);
    }
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

impl SpanExporter for Memory {
    async fn export(&self, batch: Vec<SpanData>) -> OTelSdkResult {
        let service = || self.service.clone();
        let spans = batch.into_iter().map(|data| Span {
            service: service(),
            data,
        });
        self.recorder.lock().extend(spans);
        Ok(())
    }

    fn set_resource(&mut self, resource: &Resource) {
        if let Some(name) = resource.get(&attrs::SERVICE_NAME.into()) {
            self.service = name.to_string();
        }
    }
}
