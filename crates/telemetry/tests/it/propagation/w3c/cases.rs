//! The tests of the suite: what comes in, and what is expected of every call out.

use super::super::VALID;

/// What becomes of the caller's trace.
pub(super) enum Trace {
    Any,
    /// The same trace, another span.
    Continues,
    /// A trace whose id occurs nowhere in what came in.
    Restarts,
}

pub(super) struct Request {
    pub(super) headers: Vec<(&'static str, String)>,
    /// How many times the service calls out.
    pub(super) calls: usize,
    pub(super) trace: Trace,
    pub(super) random: bool,
    /// Members of the state sent, each with the values it may have.
    pub(super) has: Vec<(String, Vec<String>)>,
    pub(super) lacks: Vec<&'static str>,
    pub(super) order: Option<Vec<&'static str>>,
    pub(super) members: Option<usize>,
}

impl Request {
    fn has(mut self, key: &str, value: &str) -> Self {
        self.has.push((key.to_owned(), vec![value.to_owned()]));
        self
    }

    /// The standard leaves open which of two members of one name is passed on.
    fn has_one(mut self, key: &str, values: [&str; 2]) -> Self {
        let values = values.map(str::to_owned).to_vec();
        self.has.push((key.to_owned(), values));
        self
    }

    fn lacks(mut self, key: &'static str) -> Self {
        self.lacks.push(key);
        self
    }

    fn ordered(mut self, keys: &[&'static str]) -> Self {
        self.order = Some(keys.to_vec());
        self
    }

    fn members(mut self, members: usize) -> Self {
        self.members = Some(members);
        self
    }

    fn calls(mut self, calls: usize) -> Self {
        self.calls = calls;
        self
    }

    fn random(mut self) -> Self {
        self.random = true;
        self
    }
}

fn request(headers: &[(&'static str, &str)], trace: Trace) -> Request {
    let own = |(name, value): &(&'static str, &str)| (*name, (*value).to_owned());
    Request {
        headers: headers.iter().map(own).collect(),
        calls: 1,
        trace,
        random: false,
        has: Vec::new(),
        lacks: Vec::new(),
        order: None,
        members: None,
    }
}

fn continues(parent: &str) -> Request {
    request(&[("traceparent", parent)], Trace::Continues)
}

fn restarts(parent: &str) -> Request {
    request(&[("traceparent", parent)], Trace::Restarts)
}

/// A valid, unsampled parent and these lines of state, which never hurt the trace.
fn state(lines: &[&str]) -> Request {
    state_named("tracestate", lines)
}

fn state_named(name: &'static str, lines: &[&str]) -> Request {
    let unsampled = VALID.replace("-01", "-00");
    let mut headers = vec![("traceparent", unsampled.as_str())];
    headers.extend(lines.iter().map(|line| (name, *line)));
    request(&headers, Trace::Continues)
}

type Case = (&'static str, Vec<Request>);

pub(super) fn all() -> Vec<Case> {
    let parts = [
        headers(),
        versions(),
        ids(),
        flags(),
        states(),
        several_states(),
        state_grammar(),
        state_limits(),
        advanced(),
    ];
    parts.into_iter().flatten().collect()
}

fn headers() -> Vec<Case> {
    let other = "00-12345678901234567890123456789011-1234567890123456-01";
    let named = |name, trace| request(&[(name, VALID)], trace);
    vec![
        (
            "test_both_traceparent_and_tracestate_missing",
            vec![request(&[], Trace::Any)],
        ),
        (
            "test_traceparent_included_tracestate_missing",
            vec![continues(VALID)],
        ),
        (
            "test_traceparent_duplicated",
            vec![request(
                &[("traceparent", other), ("traceparent", VALID)],
                Trace::Restarts,
            )],
        ),
        (
            "test_traceparent_header_name",
            vec![
                named("trace-parent", Trace::Restarts),
                named("trace.parent", Trace::Restarts),
            ],
        ),
        (
            "test_traceparent_header_name_valid_casing",
            ["TraceParent", "TrAcEpArEnT", "TRACEPARENT"]
                .map(|name| named(name, Trace::Continues))
                .into(),
        ),
        (
            "test_traceparent_ows_handling",
            [
                format!(" {VALID}"),
                format!("\t{VALID}"),
                format!("{VALID} "),
                format!("{VALID}\t"),
                format!("\t {VALID} \t"),
            ]
            .map(|parent| continues(&parent))
            .into(),
        ),
    ]
}

fn versions() -> Vec<Case> {
    let rest = &VALID[2..];
    let version = |version: &str, more: &str| format!("{version}{rest}{more}");
    let future = "-what-the-future-will-be-like";
    vec![
        (
            "test_traceparent_version_0x00",
            vec![
                restarts(&version("00", ".")),
                restarts(&version("00", future)),
            ],
        ),
        (
            "test_traceparent_version_0xcc",
            vec![
                continues(&version("cc", "")),
                continues(&version("cc", future)),
                restarts(&version("cc", ".what-the-future-will-be-like")),
            ],
        ),
        (
            "test_traceparent_version_0xff",
            vec![restarts(&version("ff", ""))],
        ),
        (
            "test_traceparent_version_illegal_characters",
            vec![restarts(&version(".0", "")), restarts(&version("0.", ""))],
        ),
        (
            "test_traceparent_version_too_long",
            vec![
                restarts(&version("000", "")),
                restarts(&version("0000", "")),
            ],
        ),
        (
            "test_traceparent_version_too_short",
            vec![restarts(&version("0", ""))],
        ),
    ]
}

fn ids() -> Vec<Case> {
    let trace = |id: &str| restarts(&format!("00-{id}-1234567890123456-01"));
    let span = |id: &str| restarts(&format!("00-12345678901234567890123456789012-{id}-01"));
    vec![
        (
            "test_traceparent_trace_id_all_zero",
            vec![trace("00000000000000000000000000000000")],
        ),
        (
            "test_traceparent_trace_id_illegal_characters",
            vec![
                trace(".2345678901234567890123456789012"),
                trace("1234567890123456789012345678901."),
            ],
        ),
        (
            "test_traceparent_trace_id_too_long",
            vec![trace("123456789012345678901234567890123")],
        ),
        (
            "test_traceparent_trace_id_too_short",
            vec![trace("1234567890123456789012345678901")],
        ),
        (
            "test_traceparent_parent_id_all_zero",
            vec![span("0000000000000000")],
        ),
        (
            "test_traceparent_parent_id_illegal_characters",
            vec![span(".234567890123456"), span("123456789012345.")],
        ),
        (
            "test_traceparent_parent_id_too_long",
            vec![span("12345678901234567")],
        ),
        (
            "test_traceparent_parent_id_too_short",
            vec![span("123456789012345")],
        ),
    ]
}

fn flags() -> Vec<Case> {
    let flags = |flags: &str| VALID.replace("-01", &format!("-{flags}"));
    vec![
        (
            "test_traceparent_trace_flags_illegal_characters",
            vec![restarts(&flags(".0")), restarts(&flags("0."))],
        ),
        (
            "test_traceparent_trace_flags_too_long",
            vec![restarts(&flags("001"))],
        ),
        (
            "test_traceparent_trace_flags_too_short",
            vec![restarts(&flags("1"))],
        ),
        (
            "test_propagates_random_flag",
            vec![continues(&flags("02")).random()],
        ),
    ]
}

fn states() -> Vec<Case> {
    let orphan = |state| request(&[("tracestate", state)], Trace::Any).members(0);
    vec![
        (
            "test_tracestate_included_traceparent_missing",
            vec![orphan("foo=1"), orphan("foo=1,bar=2")],
        ),
        (
            "test_tracestate_included_traceparent_included",
            vec![state(&["foo=1,bar=2"]).has("foo", "1").has("bar", "2")],
        ),
        (
            "test_tracestate_header_name",
            ["trace-state", "trace.state"]
                .map(|name| state_named(name, &["foo=1"]).lacks("foo"))
                .into(),
        ),
        (
            "test_tracestate_header_name_valid_casing",
            ["TraceState", "TrAcEsTaTe", "TRACESTATE"]
                .map(|name| state_named(name, &["foo=1"]).has("foo", "1"))
                .into(),
        ),
        (
            "test_tracestate_ows_handling",
            [
                "foo=1 \t , \t bar=2, \t baz=3",
                "foo=1\t \t,\t \tbar=2,\t \tbaz=3",
            ]
            .map(|line| {
                state(&[line])
                    .has("foo", "1")
                    .has("bar", "2")
                    .has("baz", "3")
            })
            .into_iter()
            .chain(
                [" foo=1", "\tfoo=1", "foo=1 ", "foo=1\t", "\t foo=1 \t"]
                    .map(|line| state(&[line]).has("foo", "1")),
            )
            .collect(),
        ),
    ]
}

fn several_states() -> Vec<Case> {
    let all = ["foo", "bar", "rojo", "congo", "baz"];
    vec![
        (
            "test_tracestate_empty_header",
            vec![
                state(&[""]).members(0),
                state(&["foo=1", ""]).has("foo", "1"),
                state(&["", "foo=1"]).has("foo", "1"),
            ],
        ),
        (
            "test_tracestate_multiple_headers_different_keys",
            vec![state(&["foo=1,bar=2", "rojo=1,congo=2", "baz=3"]).ordered(&all)],
        ),
        (
            "test_tracestate_duplicated_keys",
            vec![
                state(&["foo=1,foo=1"]).has("foo", "1"),
                state(&["foo=1,foo=2"]).has_one("foo", ["1", "2"]),
                state(&["foo=1", "foo=1"]).has("foo", "1"),
                state(&["foo=1", "foo=2"]).has_one("foo", ["1", "2"]),
            ],
        ),
    ]
}

fn state_grammar() -> Vec<Case> {
    let key = "abcdefghijklmnopqrstuvwxyz0123456789_-*/";
    let vendor = format!("{key}@a-z0-9_-*/");
    let value: String = (' '..='~').filter(|c| !",=".contains(*c)).collect();
    let legal = |key: &str| state(&[&format!("{key}={value}")]).has(key, &value);
    let at = |key: &str| {
        state(&[&format!("{key}=1,bar=2")])
            .has(key, "1")
            .has("bar", "2")
    };
    vec![
        (
            "test_tracestate_all_allowed_characters",
            vec![legal(key), legal(&vendor)],
        ),
        (
            "test_tracestate_key_illegal_characters",
            vec![
                state(&["foo =1"]).lacks("foo "),
                state(&["FOO=1"]).lacks("FOO"),
                state(&["foo.bar=1"]).lacks("foo.bar"),
            ],
        ),
        (
            "test_tracestate_key_illegal_vendor_format",
            vec![
                at("foo@"),
                state(&["@foo=1,bar=2"]).lacks("bar"),
                at("foo@@bar"),
                at("foo@bar@baz"),
            ],
        ),
        (
            "test_tracestate_value_illegal_characters",
            vec![
                state(&["foo=bar=baz"]).lacks("foo"),
                state(&["foo=,bar=3"]).lacks("foo").lacks("bar"),
            ],
        ),
    ]
}

fn state_limits() -> Vec<Case> {
    let line = |numbers: std::ops::RangeInclusive<u8>| {
        let members: Vec<String> = numbers.map(|n| format!("bar{n:02}={n:02}")).collect();
        members.join(",")
    };
    let lines = |last| [line(1..=10), line(11..=20), line(21..=30), line(31..=last)];
    let full = lines(32);
    let over = lines(33);
    let key = |key: &str| {
        state(&["foo=1", &format!("{key}=1")])
            .has("foo", "1")
            .has(key, "1")
    };
    vec![
        (
            "test_tracestate_member_count_limit",
            vec![
                state(&full.each_ref().map(String::as_str))
                    .has("bar01", "01")
                    .members(32),
                state(&over.each_ref().map(String::as_str)).lacks("bar01"),
            ],
        ),
        (
            "test_tracestate_key_length_limit",
            vec![
                key(&"z".repeat(256)),
                state(&["foo=1", &format!("{}=1", "z".repeat(257))]).lacks("foo"),
                key(&format!("{}@{}", "t".repeat(241), "v".repeat(14))),
                key(&format!("{}@v", "t".repeat(242))),
                key(&format!("t@{}", "v".repeat(15))),
            ],
        ),
    ]
}

fn advanced() -> Vec<Case> {
    let zero = "00-00000000000000000000000000000000-1234567890123456-01";
    vec![
        (
            "test_multiple_requests_with_valid_traceparent",
            vec![continues(VALID).calls(3)],
        ),
        (
            "test_multiple_requests_without_traceparent",
            vec![request(&[], Trace::Any).calls(3)],
        ),
        (
            "test_multiple_requests_with_illegal_traceparent",
            vec![restarts(zero).calls(3)],
        ),
    ]
}
