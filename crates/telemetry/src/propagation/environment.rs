//! The environment of a process as a carrier: a trace goes from a service to the programs it runs, and
//! from a CI job or a script to a service (the specification's "environment variables as carriers").

use std::process::Command;

use opentelemetry::Context;
use opentelemetry::propagation::{Extractor, Injector, TextMapPropagator};

use super::Propagator;
use crate::config::propagators;
use crate::kit;

/// A header's name, and the variable that stands for it: upper case, `_` for what a variable's name
/// cannot hold.
const NAMES: [(&str, &str); 8] = [
    ("traceparent", "TRACEPARENT"),
    ("tracestate", "TRACESTATE"),
    ("baggage", "BAGGAGE"),
    ("b3", "B3"),
    ("x-b3-traceid", "X_B3_TRACEID"),
    ("x-b3-spanid", "X_B3_SPANID"),
    ("x-b3-sampled", "X_B3_SAMPLED"),
    ("x-b3-flags", "X_B3_FLAGS"),
];

/// The variables by which a program continues the current trace: `TRACEPARENT`, `TRACESTATE`, `BAGGAGE`, or
/// what `OTEL_PROPAGATORS` says instead. Empty outside a trace.
pub fn to_env() -> Vec<(&'static str, String)> {
    let mut variables = Variables::default();
    let cx = Context::current();
    kit::of(&cx).propagator.inject_context(&cx, &mut variables);
    variables.0
}

/// Makes a program continue the current trace. Inside a trace, variables of another one that this process
/// inherited are kept from it; outside, they are left alone.
///
/// ```no_run
/// # fn render() -> std::io::Result<()> {
/// use std::process::Command;
/// use throughline_telemetry::propagation;
///
/// let status = propagation::command(Command::new("render-report").arg("lessons")).status()?;
/// # Ok(()) }
/// ```
pub fn command(command: &mut Command) -> &mut Command {
    let variables = to_env();
    if variables.is_empty() {
        return command;
    }
    for (_, name) in NAMES {
        command.env_remove(name);
    }
    command.envs(variables)
}

/// The current context under the span that the variables found by `lookup` name; the current context
/// itself when they name none. The headers are those of the service that the running code belongs to.
pub fn from_env_lookup(lookup: &dyn Fn(&str) -> Option<String>) -> Context {
    extract(&kit::current().propagator, lookup)
}

/// [`from_env_lookup`] over the environment of this process, by its `OTEL_PROPAGATORS`. It needs no
/// `init`. A program that others run does its work in it:
///
/// ```no_run
/// use throughline_telemetry::opentelemetry::trace::FutureExt as _;
/// use throughline_telemetry::propagation;
///
/// # async fn render() {}
/// #[tokio::main]
/// async fn main() -> Result<(), Box<dyn std::error::Error>> {
///     let telemetry = throughline_telemetry::init("render-report")?;
///     render().with_context(propagation::parent_from_env()).await;
///     telemetry.shutdown(std::time::Duration::from_secs(5)).await;
///     Ok(())
/// }
/// ```
pub fn parent_from_env() -> Context {
    extract(&propagators::of_process(), &propagators::process_variable)
}

fn extract(propagator: &Propagator, lookup: &dyn Fn(&str) -> Option<String>) -> Context {
    let found = |(_, name): (&str, &'static str)| Some((name, lookup(name)?));
    let variables = Variables(NAMES.into_iter().filter_map(found).collect());
    Context::map_current(|cx| propagator.extract_with_context(cx, &variables))
}

#[derive(Default)]
struct Variables(Vec<(&'static str, String)>);

fn variable(header: &str) -> Option<&'static str> {
    let (_, name) = NAMES.into_iter().find(|(known, _)| *known == header)?;
    Some(name)
}

impl Injector for Variables {
    fn set(&mut self, key: &str, value: String) {
        if let Some(name) = variable(key) {
            self.0.push((name, value));
        }
    }
}

impl Extractor for Variables {
    fn get(&self, key: &str) -> Option<&str> {
        let name = variable(key)?;
        let (_, value) = self.0.iter().find(|(known, _)| *known == name)?;
        Some(value)
    }

    fn keys(&self) -> Vec<&str> {
        let headers = NAMES.iter().map(|(header, _)| *header);
        headers
            .filter(|header| self.get(header).is_some())
            .collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn headers_are_listed_by_their_own_names_when_they_are_there() {
        let mut variables = Variables::default();
        assert_eq!(variables.keys(), Vec::<&str>::new());
        variables.set("traceparent", "00-ab".to_owned());
        variables.set("x-unknown", "lost".to_owned());
        assert_eq!(variables.keys(), ["traceparent"]);
        assert_eq!(variables.get("traceparent"), Some("00-ab"));
        assert_eq!(variables.get("x-unknown"), None);
    }
}
