//! The recorder and its pattern language. Spans are written as text: one line a span, indented below its
//! parent, followed by ` ; ` and what else it has (`key=value`, `!type`, `link=name`, and how its parent is).

use std::time::{Duration, SystemTime};

use expect_test::{Expect, expect};
use throughline_telemetry::opentelemetry::trace::{
    Link, SpanContext, SpanId, SpanKind, Status, TraceFlags, TraceId, TraceState,
};
use throughline_telemetry::opentelemetry::{Array, KeyValue, Value};
use throughline_telemetry::opentelemetry_sdk::trace::{SpanData, SpanLinks};
use throughline_telemetry::testing::{Mismatch, Span, check};

/// What the pattern finds wrong.
mod differences;
/// What lines mean.
mod language;
/// Ended spans are kept and waited for.
mod recorder;

/// One line. Ids are its number; the trace is that of its parent.
fn span(number: u64, line: &str, parent: Option<&Span>, before: &[Span]) -> Span {
    let mut parts = line.trim().split(" ; ");
    let mut head = parts.next().unwrap().splitn(3, ' ');
    let service = head.next().unwrap().to_owned();
    let kind = match head.next().unwrap() {
        "SERVER" => SpanKind::Server,
        "CLIENT" => SpanKind::Client,
        "PRODUCER" => SpanKind::Producer,
        "CONSUMER" => SpanKind::Consumer,
        _ => SpanKind::Internal,
    };
    let trace = parent.map_or(TraceId::from(u128::from(number)), |parent| {
        parent.data.span_context.trace_id()
    });
    let context = |trace| {
        let id = SpanId::from(number);
        SpanContext::new(trace, id, TraceFlags::SAMPLED, false, TraceState::NONE)
    };
    let start_time = SystemTime::UNIX_EPOCH + Duration::from_secs(number);
    let mut data = SpanData {
        span_context: context(trace),
        parent_span_id: parent.map_or(SpanId::INVALID, |parent| parent.data.span_context.span_id()),
        parent_span_is_remote: false,
        span_kind: kind,
        name: head.next().unwrap().to_owned().into(),
        start_time,
        end_time: start_time,
        attributes: Vec::new(),
        dropped_attributes_count: 0,
        events: Default::default(),
        links: SpanLinks::default(),
        status: Status::Unset,
        instrumentation_scope: Default::default(),
    };
    for part in parts {
        match part.split_once('=') {
            _ if part == "lost" => data.parent_span_id = SpanId::from(0xdead),
            _ if part == "remote" => {
                data.parent_span_id = SpanId::from(0xbeef);
                data.parent_span_is_remote = true;
            }
            _ if part == "elsewhere" => data.span_context = context(TraceId::from(0xfeed)),
            _ if part == "!" => data.status = Status::error(""),
            None => {
                data.status = Status::error("");
                let kind = part.trim_start_matches('!').to_owned();
                data.attributes.push(KeyValue::new("error.type", kind));
            }
            Some(("link", name)) => {
                let linked = before.iter().find(|span| span.data.name == name);
                let other = context(TraceId::from(0xfeed));
                let linked = linked.map_or(other, |span| span.data.span_context.clone());
                data.links.links.push(Link::with_context(linked));
            }
            Some((key, value)) => data
                .attributes
                .push(KeyValue::new(key.to_owned(), typed(value))),
        }
    }
    Span { service, data }
}

/// Values with the types that instrumentation would give them.
fn typed(text: &str) -> Value {
    if let Ok(number) = text.parse::<i64>() {
        return number.into();
    }
    match text {
        "true" => true.into(),
        "a|b" => Value::Array(Array::String(vec!["a".into(), "b".into()])),
        text => text.to_owned().into(),
    }
}

fn spans(text: &str) -> Vec<Span> {
    let mut spans: Vec<Span> = Vec::new();
    let mut path: Vec<(usize, usize)> = Vec::new();
    let lines = text.lines().filter(|line| !line.trim().is_empty());
    for (at, line) in lines.enumerate() {
        let indent = line.len() - line.trim_start().len();
        path.retain(|(above, _)| *above < indent);
        let parent = path.last().map(|(_, parent)| &spans[*parent]);
        let new = span(at as u64 + 1, line, parent, &spans);
        spans.push(new);
        path.push((indent, at));
    }
    spans
}

fn matches(recorded: &str, pattern: &str) {
    // The order in which spans end says nothing.
    let mut spans = spans(recorded);
    spans.reverse();
    if let Err(mismatch) = check(&spans, pattern) {
        panic!("{recorded}\nshould match\n{pattern}\n{mismatch}");
    }
}

fn differs(recorded: &str, pattern: &str) -> Mismatch {
    let checked = check(&spans(recorded), pattern);
    checked.expect_err(&format!("{recorded}\nshould not match\n{pattern}"))
}

/// The whole report.
fn report(recorded: &str, pattern: &str, expected: Expect) {
    expected.assert_eq(&differs(recorded, pattern).to_string());
}

/// The first difference.
fn first(recorded: &str, pattern: &str, expected: &str) {
    match differs(recorded, pattern) {
        Mismatch::Tree(difference) => assert_eq!(difference.first, expected),
        other => panic!("{other}"),
    }
}
