//! The W3C's own suite (w3c/trace-context, `test/test.py`, specification level 2, strictness 2) without its
//! HTTP: a request comes in, the service calls out so many times, and each call's headers are looked at.
//! Between the two the service opens spans, as it would: one for the request, one for every call.

use std::collections::HashSet;
use std::io;

use http::{HeaderMap, HeaderName, HeaderValue};
use opentelemetry_http::{HeaderExtractor, HeaderInjector};
use throughline_telemetry::opentelemetry::Context;
use throughline_telemetry::opentelemetry::propagation::TextMapPropagator;
use throughline_telemetry::opentelemetry_sdk::propagation::TraceContextPropagator;
use throughline_telemetry::propagation::Propagator;
use throughline_telemetry::testing;
use throughline_telemetry::tracing_opentelemetry::OpenTelemetrySpanExt as _;

/// The 41 tests by their names.
mod cases;

use super::{SPAN, TRACE};
use cases::{Request, Trace};

/// What one call out says.
struct Call {
    trace_id: String,
    span_id: String,
    flags: u8,
    state: Vec<(String, String)>,
}

/// The headers of the calls that a service makes while it serves a request.
fn serve(propagator: &dyn TextMapPropagator, request: &Request) -> Vec<HeaderMap> {
    let mut received = HeaderMap::new();
    for (name, value) in &request.headers {
        let name: HeaderName = name.parse().unwrap();
        received.append(name, HeaderValue::from_str(value).unwrap());
    }
    let service = testing::service("w3c", &testing::Recorder::default());
    tracing::subscriber::with_default(service.subscriber(io::sink), || {
        let caller = propagator.extract_with_context(&Context::new(), &HeaderExtractor(&received));
        let _caller = caller.attach();
        let _serving = tracing::info_span!("serve").entered();
        let call = |_| {
            let calling = tracing::info_span!("call");
            let mut sent = HeaderMap::new();
            propagator.inject_context(&calling.context(), &mut HeaderInjector(&mut sent));
            sent
        };
        (0..request.calls).map(call).collect()
    })
}

/// Reads what was sent as strictly as the suite does.
fn read(sent: &HeaderMap) -> Result<Call, String> {
    let parents: Vec<_> = sent.get_all("traceparent").iter().collect();
    let [parent] = parents[..] else {
        return Err(format!("{} traceparents", parents.len()));
    };
    let parent = parent.to_str().unwrap();
    let fields: Vec<&str> = parent.split('-').collect();
    let hex = |text: &str, digits: usize| {
        let lower = |byte: u8| byte.is_ascii_digit() || (b'a'..=b'f').contains(&byte);
        text.len() == digits && text.bytes().all(lower)
    };
    let ["00", trace_id, span_id, flags] = fields[..] else {
        return Err(format!("traceparent {parent:?}"));
    };
    let fine = hex(trace_id, 32) && hex(span_id, 16) && hex(flags, 2);
    let zero = |id: &str| id.bytes().all(|byte| byte == b'0');
    if !fine || zero(trace_id) || zero(span_id) {
        return Err(format!("traceparent {parent:?}"));
    }
    Ok(Call {
        trace_id: trace_id.to_owned(),
        span_id: span_id.to_owned(),
        flags: u8::from_str_radix(flags, 16).unwrap(),
        state: state(sent)?,
    })
}

fn state(sent: &HeaderMap) -> Result<Vec<(String, String)>, String> {
    let mut members: Vec<(String, String)> = Vec::new();
    for line in sent.get_all("tracestate") {
        for member in line.to_str().unwrap().split(',').map(str::trim) {
            if member.is_empty() {
                continue;
            }
            let parts = member.split_once('=');
            let (key, value) = parts.ok_or_else(|| format!("tracestate {member:?}"))?;
            let legal = |byte: u8| {
                byte.is_ascii_lowercase() || byte.is_ascii_digit() || b"_-*/@".contains(&byte)
            };
            let known = members.iter().any(|(other, _)| other == key);
            if !key.bytes().all(legal) || key.len() > 256 || value.contains('=') {
                return Err(format!("tracestate {member:?}"));
            }
            if !known {
                members.push((key.to_owned(), value.to_owned()));
            }
        }
    }
    Ok(members)
}

fn check(request: &Request, calls: &[Call]) -> Result<(), String> {
    let spans: HashSet<&str> = calls.iter().map(|call| call.span_id.as_str()).collect();
    if spans.len() != request.calls {
        return Err("the calls share a span id".to_owned());
    }
    for call in calls {
        let came_in = |(_, value): &(&str, String)| value.contains(&call.trace_id);
        let fine = match request.trace {
            Trace::Any => true,
            Trace::Continues => call.trace_id == TRACE && call.span_id != SPAN,
            Trace::Restarts => !request.headers.iter().any(came_in),
        };
        if !fine {
            return Err(format!("trace {} does not fit", call.trace_id));
        }
        if request.random && call.flags & 2 == 0 {
            return Err("the random flag is lost".to_owned());
        }
        check_state(request, &call.state)?;
    }
    Ok(())
}

fn check_state(request: &Request, state: &[(String, String)]) -> Result<(), String> {
    let value = |key: &str| {
        let found = state.iter().find(|(known, _)| known == key);
        found.map(|(_, value)| value.as_str())
    };
    for (key, values) in &request.has {
        if !value(key).is_some_and(|value| values.iter().any(|allowed| allowed == value)) {
            return Err(format!("{key} is {:?}, not one of {values:?}", value(key)));
        }
    }
    if let Some(key) = request.lacks.iter().find(|key| value(key).is_some()) {
        return Err(format!("{key} was passed on"));
    }
    let keys: Vec<&str> = state.iter().map(|(key, _)| key.as_str()).collect();
    if request.order.as_ref().is_some_and(|order| *order != keys) {
        return Err(format!("the members are {keys:?}"));
    }
    match request.members {
        Some(members) if members != state.len() => Err(format!("{} members", state.len())),
        _ => Ok(()),
    }
}

/// The failed tests, each with what was wrong first.
fn failures(propagator: &dyn TextMapPropagator) -> Vec<String> {
    let attempt = |request: &Request| -> Result<(), String> {
        let sent = serve(propagator, request);
        let calls = sent.iter().map(read).collect::<Result<Vec<_>, _>>()?;
        check(request, &calls)
    };
    let failed = |(name, requests): &(&str, Vec<Request>)| {
        let problem = requests.iter().find_map(|request| {
            let problem = attempt(request).err()?;
            Some(format!("{problem}, sent {:?}", request.headers))
        })?;
        Some(format!("{name}: {problem}"))
    };
    cases::all().iter().filter_map(failed).collect()
}

#[test]
fn the_suite_passes() {
    let all = cases::all();
    let names: HashSet<&str> = all.iter().map(|(name, _)| *name).collect();
    assert_eq!((all.len(), names.len()), (41, 41));
    let failures = failures(&Propagator::default());
    let passed = format!("{} of 41", 41 - failures.len());
    assert_eq!(passed, "41 of 41", "{failures:#?}");
}

/// The table can fail: the SDK's own propagator does.
#[test]
fn the_sdk_s_propagator_fails_it() {
    let failures = failures(&TraceContextPropagator::new());
    assert!(failures.len() >= 12, "{}: {failures:#?}", failures.len());
    for name in [
        "test_propagates_random_flag",
        "test_traceparent_duplicated",
        "test_tracestate_multiple_headers_different_keys",
    ] {
        assert!(
            failures.iter().any(|failure| failure.starts_with(name)),
            "{name} in {failures:#?}"
        );
    }
}
