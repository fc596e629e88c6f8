//! Trace Context where the W3C's suite does not look: from headers to headers, without a span between.

use http::HeaderValue;
use opentelemetry_http::HeaderExtractor;
use throughline_telemetry::opentelemetry::Context;
use throughline_telemetry::opentelemetry::propagation::TextMapPropagator;
use throughline_telemetry::propagation::{Format, Propagator};

use super::{TRACE, VALID, extract, headers, parent, sent};

const FORMATS: [Format; 1] = [Format::TraceContext];

fn forward(lines: &[(&str, &str)]) -> Vec<(String, String)> {
    sent(&FORMATS, &extract(&FORMATS, lines))
}

fn tracestate(lines: &[&str]) -> Option<String> {
    let mut all = vec![("traceparent", VALID)];
    all.extend(lines.iter().map(|line| ("tracestate", *line)));
    let lines = forward(&all);
    assert_eq!(
        lines[0],
        ("traceparent".to_owned(), VALID.to_owned()),
        "{all:?}"
    );
    lines.into_iter().nth(1).map(|(_, value)| value)
}

#[test]
fn parents_that_are_believed() {
    for header in [
        VALID,
        "00-12345678901234567890123456789012-1234567890123456-00",
        " \t00-12345678901234567890123456789012-1234567890123456-01\t ",
        "01-12345678901234567890123456789012-1234567890123456-01-",
    ] {
        let lines = headers(&[("traceparent", header)]);
        let context = parent(&extract(&FORMATS, &[("traceparent", header)]));
        assert_eq!(context.trace_id().to_string(), TRACE, "{header:?}");
        assert!(context.is_remote());
        let general =
            Propagator::default().extract_with_context(&Context::new(), &HeaderExtractor(&lines));
        assert_eq!(parent(&general), context, "{header:?}");
    }
}

#[test]
fn parents_that_are_not() {
    for header in [
        "",
        "00-12345678901234567890123456789012-1234567890123456",
        "00-12345678901234567890123456789012-1234567890123456-01-",
        "+1-12345678901234567890123456789012-1234567890123456-01",
        "00-ABCDEF78901234567890123456789012-1234567890123456-01",
        "00-12345678901234567890123456789012-1234567890123456-+1",
        "00-12345678901234567890123456789012-1234567890123456-0A",
        "00_12345678901234567890123456789012-1234567890123456-01",
        "00-12345678901234567890123456789012_1234567890123456-01",
        "00-12345678901234567890123456789012-1234567890123456_01",
        "01-12345678901234567890123456789012-1234567890123456-01-\u{e4}",
        "00-\u{e4}2345678901234567890123456789012-1234567890123456-01",
    ] {
        let lines = forward(&[("traceparent", header), ("tracestate", "foo=1")]);
        assert!(lines.is_empty(), "{header:?} was believed: {lines:?}");
    }
}

/// The stock extractor leaves out what is not ASCII, and would see one line here.
#[test]
fn a_second_parent_that_cannot_be_read_contradicts_as_well() {
    let mut lines = headers(&[("traceparent", VALID)]);
    lines.append("traceparent", HeaderValue::from_bytes(b"\xff").unwrap());
    let cx = Propagator::default().extract_headers(&Context::new(), &lines);
    assert!(!parent(&cx).is_valid());
}

#[test]
fn flags_that_are_known_are_carried_and_no_others() {
    for (flags, expected) in [
        ("00", "00"),
        ("01", "01"),
        ("02", "02"),
        ("03", "03"),
        ("ff", "03"),
        ("fc", "00"),
    ] {
        let header = VALID.replace("-01", &format!("-{flags}"));
        let lines = forward(&[("traceparent", &header)]);
        assert!(lines[0].1.ends_with(expected), "{flags}: {lines:?}");
    }
}

#[test]
fn tracestates_that_pass() {
    let full: Vec<String> = (1..=32).map(|n| format!("bar{n:02}={n:02}")).collect();
    let full = full.join(",");
    let long_value = format!("foo={}", "v".repeat(256));
    let cases: &[(&[&str], &str)] = &[
        (&["foo=1,,bar=2"], "foo=1,bar=2"),
        (&["foo=1", "foo=2"], "foo=1,foo=2"),
        (&[&long_value], &long_value),
        (&[&full, " "], &full),
    ];
    for (lines, expected) in cases {
        assert_eq!(tracestate(lines).as_deref(), Some(*expected), "{lines:?}");
    }
}

#[test]
fn a_bad_tracestate_is_dropped_whole_and_does_not_hurt_the_trace() {
    let long_value = format!("foo={}", "v".repeat(257));
    for line in [
        "",
        " ",
        ",",
        "foo",
        "foo=",
        "=1",
        "_foo=1",
        "bar=2,foo=1,bad value",
        "foo=\u{e9}",
        &long_value,
    ] {
        assert_eq!(tracestate(&[line]), None, "{line:?}");
    }
    assert_eq!(tracestate(&["foo=1", "\u{e9}"]), None);
}

#[test]
fn nothing_is_written_without_a_trace() {
    let all = [
        Format::TraceContext,
        Format::Baggage,
        Format::B3,
        Format::B3Multi,
    ];
    assert_eq!(sent(&all, &Context::new()), []);
    let fields = |formats: &[Format]| -> Vec<String> {
        let propagator = Propagator::new(formats.iter().copied());
        propagator.fields().map(str::to_owned).collect()
    };
    let expected = [
        "traceparent",
        "tracestate",
        "baggage",
        "b3",
        "x-b3-traceid",
        "x-b3-spanid",
        "x-b3-sampled",
        "x-b3-flags",
    ];
    assert_eq!(fields(&all), expected);
    assert_eq!(fields(&[Format::B3, Format::B3]), ["b3"]);
    assert!(Propagator::none().formats().is_empty());
}
