//! What comes in as B3, and how it goes on.

use throughline_telemetry::propagation::Format::{self, B3, B3Multi, TraceContext};

use super::{SPAN, TRACE, VALID, extract, parent, sent};

const SHORT: &str = "00000000000000001234567890123456";

fn owned(lines: &[(&str, &str)]) -> Vec<(String, String)> {
    let own = |(name, value): &(&str, &str)| ((*name).to_owned(), (*value).to_owned());
    lines.iter().map(own).collect()
}

/// What comes in, and the `b3` that says the same.
#[test]
fn one_header_or_several() {
    let single = |text: &str| format!("{TRACE}-{SPAN}-{text}");
    let ids = [("x-b3-traceid", TRACE), ("X-B3-SpanId", SPAN)];
    let with =
        |name: &'static str, value: &'static str| [ids.as_slice(), &[(name, value)]].concat();
    let (accepted, denied, debug) = (single("1"), single("0"), single("d"));
    let deferred = format!("{TRACE}-{SPAN}");
    let full = format!("{TRACE}-{SPAN}-1-05e3ac9a4f6e3b90");
    let padded = format!("{SHORT}-{SPAN}-1");
    let short = format!("{SPAN}-{SPAN}-1");
    let cases: Vec<(Vec<(&str, &str)>, &str)> = vec![
        (vec![("b3", &accepted)], &accepted),
        (vec![("B3", &denied)], &denied),
        (vec![("b3", &debug)], &debug),
        // The receiver decides, and it decides for yes.
        (vec![("b3", &deferred)], &accepted),
        (vec![("b3", &full)], &accepted),
        (vec![("b3", &short)], &padded),
        (ids.to_vec(), &accepted),
        (with("X-B3-Sampled", "1"), &accepted),
        (with("X-B3-Sampled", "true"), &accepted),
        (with("X-B3-Sampled", "0"), &denied),
        (with("X-B3-Sampled", "false"), &denied),
        (with("X-B3-Flags", "1"), &debug),
        (with("X-B3-Flags", "0"), &accepted),
        (with("X-B3-ParentSpanId", "05e3ac9a4f6e3b90"), &accepted),
        (
            vec![
                ("x-b3-traceid", SPAN),
                ("x-b3-spanid", SPAN),
                ("x-b3-sampled", "1"),
            ],
            &padded,
        ),
        // One header wins over several; a bad one does not.
        (
            [
                &[("b3", denied.as_str())],
                with("X-B3-Sampled", "1").as_slice(),
            ]
            .concat(),
            &denied,
        ),
        (
            [&[("b3", "nonsense")], with("X-B3-Sampled", "1").as_slice()].concat(),
            &accepted,
        ),
    ];
    for (lines, expected) in cases {
        for format in [B3, B3Multi] {
            let cx = extract(&[format], &lines);
            assert!(parent(&cx).is_remote(), "{lines:?}");
            assert_eq!(sent(&[B3], &cx), owned(&[("b3", expected)]), "{lines:?}");
        }
    }
}

#[test]
fn written_as_several() {
    let ids = [("x-b3-spanid", SPAN), ("x-b3-traceid", TRACE)];
    for (sampling, line) in [
        ("1", ("x-b3-sampled", "1")),
        ("0", ("x-b3-sampled", "0")),
        ("d", ("x-b3-flags", "1")),
    ] {
        let cx = extract(&[B3], &[("b3", &format!("{TRACE}-{SPAN}-{sampling}"))]);
        let mut expected = owned(&[ids[0], ids[1], line]);
        expected.sort();
        assert_eq!(sent(&[B3Multi], &cx), expected);
    }
}

#[test]
fn what_is_not_believed() {
    let zero = "0".repeat(32);
    let texts = [
        String::new(),
        "1".to_owned(),
        "d".to_owned(),
        TRACE.to_owned(),
        format!("{TRACE}-"),
        format!("{zero}-{SPAN}-1"),
        format!("{TRACE}-0000000000000000-1"),
        format!("{TRACE}0-{SPAN}-1"),
        format!("{TRACE}-{SPAN}0-1"),
        format!("{TRACE}-{SPAN}-2"),
        format!("{TRACE}-{SPAN}-"),
        format!("{TRACE}-{SPAN}-1-"),
        format!("{TRACE}-{SPAN}-1-05e3ac9a4f6e3b9"),
        format!("{TRACE}-{SPAN}-1-05e3ac9a4f6e3b90-"),
        format!("{}-{SPAN}-1", TRACE.replace('1', "A")),
        format!("{}-{SPAN}-1", TRACE.replace('1', "+")),
    ];
    for text in &texts {
        assert!(
            !parent(&extract(&[B3], &[("b3", text)])).is_valid(),
            "{text:?}"
        );
    }
    let several: [&[(&str, &str)]; 6] = [
        &[("x-b3-traceid", TRACE)],
        &[("x-b3-spanid", SPAN)],
        &[("x-b3-sampled", "1")],
        &[
            ("x-b3-traceid", TRACE),
            ("x-b3-traceid", TRACE),
            ("x-b3-spanid", SPAN),
        ],
        &[("x-b3-traceid", "1"), ("x-b3-spanid", SPAN)],
        &[
            ("x-b3-traceid", TRACE),
            ("x-b3-spanid", SPAN),
            ("x-b3-sampled", "yes"),
        ],
    ];
    for lines in several {
        assert!(!parent(&extract(&[B3Multi], lines)).is_valid(), "{lines:?}");
    }
}

/// `0` alone: the trace that begins here is not recorded, here and in all that follows.
#[test]
fn a_refusal_without_ids_goes_on() {
    for lines in [[("b3", "0")], [("x-b3-sampled", "0")]] {
        let cx = extract(&[B3], &lines);
        assert!(parent(&cx).is_valid() && !parent(&cx).is_sampled());
        assert!(sent(&[B3], &cx)[0].1.ends_with("-0"));
    }
    let both = extract(&[TraceContext, B3], &[("traceparent", VALID), ("b3", "0")]);
    assert_eq!(
        parent(&both).trace_id().to_string(),
        TRACE,
        "a trace is there"
    );
}

/// A service between two worlds is sent both; neither loses what only the other can say.
#[test]
fn with_trace_context_in_any_order() {
    let debug = format!("{TRACE}-{SPAN}-d");
    let lines = [
        (
            "traceparent",
            "00-12345678901234567890123456789012-1234567890123456-03",
        ),
        ("tracestate", "foo=1"),
        ("b3", &debug),
    ];
    for formats in [[TraceContext, B3], [B3, TraceContext]] {
        let cx = extract(&formats, &lines);
        let mut expected = owned(&lines);
        expected.sort();
        assert_eq!(sent(&formats, &cx), expected, "{formats:?}");
    }
    // Two parents: the later in the list is believed.
    let other = format!("{}-{SPAN}-1", "a".repeat(32));
    let lines = [("traceparent", VALID), ("b3", &other)];
    let trace = |formats: &[Format]| parent(&extract(formats, &lines)).trace_id().to_string();
    assert_eq!(trace(&[TraceContext, B3]), "a".repeat(32));
    assert_eq!(trace(&[B3, TraceContext]), TRACE);
    assert_eq!(trace(&[TraceContext]), TRACE);
}
