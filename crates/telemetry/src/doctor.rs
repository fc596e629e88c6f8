//! What is wrong with a service's telemetry, said in words: the settings, the way to the store, and the build.
//!
//! The store is tried with one real span, past the queue and the sampler, so that the answer is the one that a
//! service's spans would get. Nothing here shows the value of a header.
//!
//! ```no_run
//! let report = throughline_telemetry::doctor::examine_process("lessons-api", &[]);
//! assert!(report.is_healthy(), "{report}");
//! ```

use std::path::Path;

use crate::Config;
use crate::config::Exporter;
use crate::config::propagators::process_variable;

/// How far the clock is from the store's.
mod clock;
/// Where spans go, before anything is sent.
mod endpoint;
/// What gRPC answers.
mod grpc;
/// The headers' names, and whether their values look right.
mod headers;
/// What HTTP answers.
mod http;
/// Two versions of OpenTelemetry in one program.
mod lockfile;
/// No answer at all: names, connections, TLS.
mod network;
/// The findings, as text and as JSON.
mod report;
/// Which part of the traces is recorded.
mod sampling;
/// What must not be shown.
mod secrets;
/// Recording, names, exporters, batches, time-outs.
mod settings;
/// One span on its way to the store.
mod visit;

pub use report::{Finding, Level, Report};

/// Finds a variable by its name.
type Lookup<'a> = &'a dyn Fn(&str) -> Option<String>;

/// Who is examined.
struct Patient<'a> {
    config: &'a Config,
    /// Where the settings come from, if that is known.
    lookup: Option<Lookup<'a>>,
    /// Whether the service is known to have this kit: `ENABLE_OTEL` means nothing to others.
    has_kit: bool,
}

impl Patient<'_> {
    /// A variable as the settings read it: empty is unset.
    fn variable(&self, name: &str) -> Option<String> {
        let value = self.lookup?(name)?;
        let value = value.trim();
        (!value.is_empty()).then(|| value.to_owned())
    }
}

/// Examines settings, and sends one span where they say, also when recording is off. It blocks for as long as the
/// store takes to answer, twice `config.traces.timeout` and a second at most; inside a runtime call it from
/// `spawn_blocking`.
pub fn examine(config: &Config) -> Report {
    look(&Patient {
        config,
        lookup: None,
        has_kit: true,
    })
}

/// [`examine`] for the settings in the variables that `lookup` finds. It says which variable is to be changed.
pub fn examine_variables(default_service: &str, lookup: &dyn Fn(&str) -> Option<String>) -> Report {
    look(&Patient {
        config: &Config::from_lookup(default_service, lookup),
        lookup: Some(lookup),
        has_kit: true,
    })
}

/// [`examine_variables`] for the environment of this process; a variable in `instead` is taken from there, and an
/// empty one is unset.
pub fn examine_process(default_service: &str, instead: &[(&str, String)]) -> Report {
    examine_variables(default_service, &|name| variable(name, instead))
}

/// [`examine_process`] for whatever service is started from here: it may have another SDK than this kit.
pub fn examine_shell(default_service: &str, instead: &[(&str, String)]) -> Report {
    let lookup = |name: &str| variable(name, instead);
    look(&Patient {
        config: &Config::from_lookup(default_service, &lookup),
        lookup: Some(&lookup),
        has_kit: false,
    })
}

fn variable(name: &str, instead: &[(&str, String)]) -> Option<String> {
    match instead.iter().find(|(known, _)| *known == name) {
        Some((_, value)) => Some(value.clone()),
        None => process_variable(name),
    }
}

/// Whether the build has one version of each OpenTelemetry crate. `near` is a `Cargo.lock`, or a directory that has
/// one in it or above it.
pub fn examine_lockfile(near: &Path) -> Report {
    Report::new(vec![lockfile::finding(near)])
}

fn look(patient: &Patient) -> Report {
    let config = patient.config;
    let mut findings = settings::names(patient);
    let sends = config.traces_exporter == Exporter::Otlp;
    if sends {
        findings.extend(endpoint::findings(patient));
        findings.extend(headers::findings(&config.traces.headers));
    }
    findings.push(sampling::finding(&config.sampler));
    findings.extend(settings::habits(patient));
    let mut trace_id = None;
    if sends && endpoint::is_possible(&config.traces) {
        let visit = visit::send(config);
        let answer = visit::finding(config, &visit);
        trace_id = (answer.level < Level::Problem).then(|| visit.trace_id.clone());
        findings.push(answer);
        findings.extend(clock::finding(&visit));
    }
    secrets::hide(config, &mut findings);
    Report { findings, trace_id }
}
