//! Log lines as JSON, one object a line, each with the ids of the trace and the request it belongs to.
//!
//! The ids come from the OpenTelemetry context, which both the kit's edges and `#[instrument]` spans set;
//! outside a span there are none, and the fields are absent rather than zero.

use std::error::Error;
use std::fmt;
use std::io::Write as _;

use opentelemetry::Context;
use opentelemetry::trace::TraceContextExt;
use opentelemetry_appender_tracing::layer::OpenTelemetryTracingBridge;
use opentelemetry_sdk::logs::SdkLoggerProvider;
use serde_json::{Map, Value};
use tracing::field::{Field, Visit};
use tracing::{Event, Subscriber};
use tracing_subscriber::filter::FilterExt as _;
use tracing_subscriber::fmt::MakeWriter;
use tracing_subscriber::layer::Context as LayerContext;
use tracing_subscriber::registry::LookupSpan;
use tracing_subscriber::{EnvFilter, Layer};

use crate::privacy::Guard;
use crate::{attrs, clock, context, filter};

/// Writes every event it is given to what `W` makes, usually stdout.
pub(crate) struct JsonLines<W> {
    service: String,
    guard: Guard,
    writer: W,
}

impl<W> JsonLines<W> {
    pub(crate) fn new(service: String, guard: Guard, writer: W) -> Self {
        Self {
            service,
            guard,
            writer,
        }
    }

    fn line(&self, event: &Event<'_>) -> Map<String, Value> {
        let mut fields = Fields::default();
        event.record(&mut fields);
        let mut line = fields.0;
        self.clean(&mut line);
        let meta = event.metadata();
        // Ours last: a field of the same name must not forge them.
        line.insert("timestamp".to_owned(), clock::rfc3339(clock::now()).into());
        line.insert("level".to_owned(), meta.level().as_str().into());
        line.insert("target".to_owned(), meta.target().into());
        line.insert(attrs::SERVICE_NAME.to_owned(), self.service.as_str().into());
        Context::map_current(|cx| add_ids(&mut line, cx));
        line
    }

    /// Takes out what is private, before the ids are there.
    fn clean(&self, line: &mut Map<String, Value>) {
        for (name, value) in line {
            // A number may be one of a card.
            let text = match &*value {
                Value::String(text) => text.clone(),
                Value::Number(number) => number.to_string(),
                _ => String::new(),
            };
            let clean = self.guard.field(name, &text);
            if *clean != *text {
                *value = Value::from(clean.into_owned());
            }
        }
    }
}

impl<S: Subscriber, W: for<'a> MakeWriter<'a> + 'static> Layer<S> for JsonLines<W> {
    fn on_event(&self, event: &Event<'_>, _: LayerContext<'_, S>) {
        let mut line = Value::Object(self.line(event)).to_string();
        line.push('\n');
        // Nobody is left to tell when the log itself cannot be written.
        let _ = self.writer.make_writer().write_all(line.as_bytes());
    }
}

/// Events as OpenTelemetry log records, to be exported: those that are written as lines. What the exporter's own libraries say stays out.
pub(crate) fn records<S>(provider: &SdkLoggerProvider, log_filter: &str) -> impl Layer<S> + use<S>
where
    S: Subscriber + for<'a> LookupSpan<'a>,
{
    let wanted = EnvFilter::builder().parse_lossy(log_filter);
    OpenTelemetryTracingBridge::new(provider).with_filter(wanted.and(filter::records()))
}

fn add_ids(line: &mut Map<String, Value>, cx: &Context) {
    for forged in ["trace_id", "span_id", "trace_flags", "request_id"] {
        line.remove(forged);
    }
    let span = cx.span();
    let ids = span.span_context();
    if ids.is_valid() {
        line.insert("trace_id".to_owned(), ids.trace_id().to_string().into());
        line.insert("span_id".to_owned(), ids.span_id().to_string().into());
        line.insert(
            "trace_flags".to_owned(),
            format!("{:02x}", ids.trace_flags()).into(),
        );
    }
    if let Some(id) = context::request_id_of(cx) {
        line.insert("request_id".to_owned(), Value::from(&*id));
    }
}

/// The fields of an event with their JSON types.
#[derive(Default)]
struct Fields(Map<String, Value>);

impl Fields {
    fn put(&mut self, field: &Field, value: Value) {
        self.0.insert(field.name().to_owned(), value);
    }
}

impl Visit for Fields {
    fn record_bool(&mut self, field: &Field, value: bool) {
        self.put(field, value.into());
    }

    fn record_i64(&mut self, field: &Field, value: i64) {
        self.put(field, value.into());
    }

    fn record_u64(&mut self, field: &Field, value: u64) {
        self.put(field, value.into());
    }

    fn record_f64(&mut self, field: &Field, value: f64) {
        self.put(field, value.into());
    }

    fn record_str(&mut self, field: &Field, value: &str) {
        self.put(field, value.into());
    }

    /// With its causes: what went wrong is often said by the last of them only.
    fn record_error(&mut self, field: &Field, value: &(dyn Error + 'static)) {
        let mut text = value.to_string();
        let mut cause = value.source();
        while let Some(error) = cause {
            let said = error.to_string();
            if !text.ends_with(&said) {
                text = format!("{text}: {said}");
            }
            cause = error.source();
        }
        self.put(field, text.into());
    }

    fn record_debug(&mut self, field: &Field, value: &dyn fmt::Debug) {
        self.put(field, format!("{value:?}").into());
    }
}
