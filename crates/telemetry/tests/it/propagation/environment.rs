//! The trace in the environment of a child: this very binary, started once more to look at its own.

use std::process::Command;

use throughline_telemetry::opentelemetry::Context;
use throughline_telemetry::opentelemetry::trace::TraceContextExt;
use throughline_telemetry::propagation::{self, Format, Propagator};
use throughline_telemetry::{Config, testing};

use super::{SPAN, TRACE, VALID, extract, parent};

const ROLE: &str = "TELEMETRY_TEST_ENVIRONMENT_CHILD";

/// The child: its parent's span and one member of baggage, in one line.
#[test]
fn the_child_itself() {
    if std::env::var_os(ROLE).is_none() {
        return;
    }
    let cx = propagation::parent_from_env();
    let _active = cx.clone().attach();
    let traced = throughline_telemetry::trace_id();
    let span = parent(&cx).span_id();
    let state = parent(&cx).trace_state().header();
    let user = propagation::baggage("user");
    println!("child: {traced:?} {span} {state:?} {user:?} end");
}

/// What the child said, started by `prepare` with variables that an outer process left behind.
fn child(left_behind: &[(&str, &str)], prepare: impl FnOnce(&mut Command)) -> String {
    let mut command = Command::new(std::env::current_exe().unwrap());
    command
        .args([
            "--exact",
            "propagation::environment::the_child_itself",
            "--nocapture",
        ])
        .envs(left_behind.iter().copied())
        .env(ROLE, "1");
    prepare(&mut command);
    let output = command.output().unwrap();
    let text = String::from_utf8(output.stdout).unwrap();
    assert!(output.status.success(), "{text}");
    let start = text
        .find("child: ")
        .unwrap_or_else(|| panic!("no line in {text}"));
    text[start..].split(" end").next().unwrap().to_owned()
}

fn pass_on(command: &mut Command) {
    propagation::command(command);
}

#[test]
fn a_child_process_continues_the_trace() {
    let lines = [
        ("traceparent", VALID),
        ("tracestate", "foo=1"),
        ("baggage", "user=a%20b"),
    ];
    let cx = extract(Propagator::default().formats(), &lines);
    let expected = format!("child: Some({TRACE:?}) {SPAN} \"foo=1\" Some(\"a b\")");
    {
        let _active = cx.attach();
        assert_eq!(child(&[], pass_on), expected);
    }
    let bare = extract(Propagator::default().formats(), &lines[..1]);
    let _active = bare.attach();
    let left_behind = [("TRACESTATE", "old=1"), ("BAGGAGE", "user=old")];
    let expected = format!("child: Some({TRACE:?}) {SPAN} \"\" None");
    assert_eq!(child(&left_behind, pass_on), expected, "another trace's");
}

#[test]
fn what_was_inherited_stays_where_nothing_is_known() {
    let expected = format!("child: Some({TRACE:?}) {SPAN} \"\" None");
    assert_eq!(child(&[("TRACEPARENT", VALID)], pass_on), expected);
    let nothing = "child: None 0000000000000000 \"\" None";
    assert_eq!(child(&[("TRACEPARENT", "00-nonsense")], pass_on), nothing);
    let b3 = format!("{TRACE}-{SPAN}-1");
    let zipkin = [("OTEL_PROPAGATORS", "b3"), ("B3", b3.as_str())];
    assert_eq!(child(&zipkin, pass_on), expected);
}

#[tokio::test]
async fn the_formats_are_the_service_s() {
    let mut config = Config::from_lookup("batch", &|_| None);
    config.propagator = Propagator::new([Format::B3Multi]);
    let service = testing::service_with(config, &testing::Recorder::default());
    let in_scope = async {
        let lookup = |name: &str| (name == "B3").then(|| format!("{TRACE}-{SPAN}-0"));
        let _active = propagation::from_env_lookup(&lookup).attach();
        propagation::to_env()
    };
    let own = |(name, value): (&'static str, &str)| (name, value.to_owned());
    let expected = [
        ("X_B3_TRACEID", TRACE),
        ("X_B3_SPANID", SPAN),
        ("X_B3_SAMPLED", "0"),
    ];
    assert_eq!(service.scope(in_scope).await, expected.map(own));
    assert!(propagation::to_env().is_empty(), "outside a trace");
    let lookup = |name: &str| (name == "TRACEPARENT").then(|| VALID.to_owned());
    let cx = propagation::from_env_lookup(&lookup);
    assert_eq!(parent(&cx).trace_id().to_string(), TRACE);
    assert!(!Context::current().span().span_context().is_valid());
}
