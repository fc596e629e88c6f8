//! The cases of the W3C's own suite (w3c/trace-context, `test/test.py`, level 2, strict) as tables: what
//! comes in, and what is sent on to the next service.

use http::{HeaderMap, HeaderName, HeaderValue};
use opentelemetry_http::{HeaderExtractor, HeaderInjector};
use throughline_telemetry::opentelemetry::Context;
use throughline_telemetry::opentelemetry::propagation::TextMapPropagator;
use throughline_telemetry::opentelemetry::trace::TraceContextExt;
use throughline_telemetry::propagation::Propagator;

const TRACE: &str = "12345678901234567890123456789012";
const VALID: &str = "00-12345678901234567890123456789012-1234567890123456-01";

fn extract(headers: &[(&str, &str)]) -> Context {
    let mut map = HeaderMap::new();
    for (name, value) in headers {
        let name: HeaderName = name.parse().unwrap();
        map.append(name, HeaderValue::from_str(value).unwrap());
    }
    Propagator::default().extract_with_context(&Context::new(), &HeaderExtractor(&map))
}

fn forward(headers: &[(&str, &str)]) -> HeaderMap {
    let mut sent = HeaderMap::new();
    let cx = extract(headers);
    Propagator::default().inject_context(&cx, &mut HeaderInjector(&mut sent));
    sent
}

fn text<'a>(headers: &'a HeaderMap, name: &str) -> Option<&'a str> {
    headers.get(name).map(|value| value.to_str().unwrap())
}

#[test]
fn traceparents_that_continue_the_trace() {
    for header in [
        VALID,
        "00-12345678901234567890123456789012-1234567890123456-00",
        " \t00-12345678901234567890123456789012-1234567890123456-01\t ",
        // Another version is read by position.
        "cc-12345678901234567890123456789012-1234567890123456-01",
        "cc-12345678901234567890123456789012-1234567890123456-01-what-the-future-will-be-like",
        "01-12345678901234567890123456789012-1234567890123456-01-",
    ] {
        let cx = extract(&[("traceparent", header)]);
        let span = cx.span();
        assert_eq!(
            span.span_context().trace_id().to_string(),
            TRACE,
            "{header:?}"
        );
        assert!(span.span_context().is_remote());
    }
    // Header names know no case.
    assert_eq!(
        text(&forward(&[("TraceParent", VALID)]), "traceparent"),
        Some(VALID)
    );
}

#[test]
fn traceparents_that_start_a_new_trace() {
    for header in [
        "",
        "00-12345678901234567890123456789012-1234567890123456",
        "00-12345678901234567890123456789012-1234567890123456-01.",
        "00-12345678901234567890123456789012-1234567890123456-01-",
        "00-12345678901234567890123456789012-1234567890123456-01-what",
        "ff-12345678901234567890123456789012-1234567890123456-01",
        "cc-12345678901234567890123456789012-1234567890123456-01.what",
        ".0-12345678901234567890123456789012-1234567890123456-01",
        "0.-12345678901234567890123456789012-1234567890123456-01",
        "+1-12345678901234567890123456789012-1234567890123456-01",
        "000-12345678901234567890123456789012-1234567890123456-01",
        "0000-12345678901234567890123456789012-1234567890123456-01",
        "0-12345678901234567890123456789012-1234567890123456-01",
        "00-00000000000000000000000000000000-1234567890123456-01",
        "00-.2345678901234567890123456789012-1234567890123456-01",
        "00-1234567890123456789012345678901.-1234567890123456-01",
        "00-123456789012345678901234567890123-1234567890123456-01",
        "00-1234567890123456789012345678901-1234567890123456-01",
        "00-ABCDEF78901234567890123456789012-1234567890123456-01",
        "00-12345678901234567890123456789012-0000000000000000-01",
        "00-12345678901234567890123456789012-.234567890123456-01",
        "00-12345678901234567890123456789012-123456789012345.-01",
        "00-12345678901234567890123456789012-12345678901234567-01",
        "00-12345678901234567890123456789012-123456789012345-01",
        "00-12345678901234567890123456789012-1234567890123456-.0",
        "00-12345678901234567890123456789012-1234567890123456-0.",
        "00-12345678901234567890123456789012-1234567890123456-001",
        "00-12345678901234567890123456789012-1234567890123456-1",
        "00-12345678901234567890123456789012-1234567890123456-+1",
        "00-ä2345678901234567890123456789012-1234567890123456-01",
    ] {
        let sent = forward(&[("traceparent", header), ("tracestate", "foo=1")]);
        assert!(sent.is_empty(), "{header:?} was believed: {sent:?}");
    }
    let other = "00-12345678901234567890123456789011-1234567890123456-01";
    assert!(
        forward(&[("traceparent", VALID), ("traceparent", other)]).is_empty(),
        "two of them"
    );
    assert!(
        forward(&[("tracestate", "foo=1")]).is_empty(),
        "none of them"
    );
}

#[test]
fn flags_known_to_level_two_are_kept_and_others_zeroed() {
    for (came, goes) in [
        ("00", "00"),
        ("01", "01"),
        ("02", "02"),
        ("03", "03"),
        ("ff", "03"),
        ("08", "00"),
    ] {
        let header = format!("00-{TRACE}-1234567890123456-{came}");
        let expected = format!("00-{TRACE}-1234567890123456-{goes}");
        assert_eq!(
            text(&forward(&[("traceparent", &header)]), "traceparent"),
            Some(&*expected)
        );
    }
}

#[test]
fn tracestates_are_passed_on_as_they_came() {
    let long_key = format!("{}=1", "z".repeat(256));
    let long_value = format!("foo={}", "v".repeat(256));
    let full: Vec<String> = (1..=32).map(|n| format!("bar{n:02}={n:02}")).collect();
    let full = full.join(",");
    let cases: &[(&[&str], &str)] = &[
        (&["foo=1,bar=2"], "foo=1,bar=2"),
        (&["foo=1", "bar=2", "baz=3"], "foo=1,bar=2,baz=3"),
        (&["foo=1", ""], "foo=1"),
        (&["", "foo=1"], "foo=1"),
        (&["foo=1 \t , \t bar=2, \t baz=3"], "foo=1,bar=2,baz=3"),
        (&["foo=1,,,bar=2"], "foo=1,bar=2"),
        (&["foo=1,foo=2"], "foo=1,foo=2"),
        (&["foo@=1,bar=2"], "foo@=1,bar=2"),
        (&["t/e*n-a_n@t@vendor=1"], "t/e*n-a_n@t@vendor=1"),
        (&["0digit=first"], "0digit=first"),
        (
            &["foo= !\"#$%&'()*+-./:;<>?@[\\]^_`{|}~"],
            "foo= !\"#$%&'()*+-./:;<>?@[\\]^_`{|}~",
        ),
        (&[&long_key], &long_key),
        (&[&long_value], &long_value),
        (&[&full], &full),
    ];
    for (lines, expected) in cases {
        let mut headers = vec![("traceparent", VALID)];
        headers.extend(lines.iter().map(|line| ("tracestate", *line)));
        assert_eq!(
            text(&forward(&headers), "tracestate"),
            Some(*expected),
            "{lines:?}"
        );
    }
    let named = forward(&[("traceparent", VALID), ("TraceState", "foo=1")]);
    assert_eq!(text(&named, "tracestate"), Some("foo=1"));
}

#[test]
fn a_bad_tracestate_is_dropped_whole_and_does_not_hurt_the_trace() {
    let too_many: Vec<String> = (1..=33).map(|n| format!("bar{n:02}={n:02}")).collect();
    let too_many = too_many.join(",");
    let long_key = format!("{}=1", "z".repeat(257));
    let long_value = format!("foo={}", "v".repeat(257));
    for state in [
        "",
        " ",
        ",",
        "foo",
        "foo=",
        "=1",
        "foo =1",
        "FOO=1",
        "foo.bar=1",
        "_foo=1",
        "@foo=1",
        "foo=bar=baz",
        "foo=,bar=3",
        "foo=1,bad value",
        "foo=\u{e9}",
        &too_many,
        &long_key,
        &long_value,
    ] {
        let sent = forward(&[("traceparent", VALID), ("tracestate", state)]);
        assert_eq!(text(&sent, "traceparent"), Some(VALID), "{state:?}");
        assert_eq!(text(&sent, "tracestate"), None, "{state:?}");
    }
}

#[test]
fn baggage_passes_through_unread() {
    let sent = forward(&[("baggage", "session.id=a%20b;ttl=3"), ("baggage", "x=1")]);
    assert_eq!(text(&sent, "baggage"), Some("session.id=a%20b;ttl=3,x=1"));
    assert!(
        forward(&[("baggage", &"x".repeat(8193))]).is_empty(),
        "a limit on everything"
    );
}
