//! What the settings say about everything but the way to the store.

use std::time::Duration;

use super::{Finding, Patient};
use crate::attrs;
use crate::config::Exporter;

/// What the kit waits for the last spans when nobody says how long.
const SHUTDOWN: Duration = Duration::from_secs(5);
/// Spans that wait longer are not seen while one looks for them.
const DELAY_MAX: Duration = Duration::from_secs(60);
const WORDS_FOR_ON: [&str; 5] = ["1", "true", "yes", "y", "on"];

/// Whether anything is recorded, and under which names.
pub(super) fn names(patient: &Patient) -> Vec<Finding> {
    vec![
        recording(patient),
        service(patient),
        environment(patient),
        exporter(patient.config.traces_exporter),
    ]
}

/// How spans wait and travel, what is hidden, and what the settings complained of.
pub(super) fn habits(patient: &Patient) -> Vec<Finding> {
    let mut findings = vec![propagators(patient), batch(patient)];
    findings.extend(timeout(patient));
    findings.extend(privacy(patient));
    let warnings = patient.config.warnings.iter();
    let others = warnings.filter(|warning| !warning.starts_with("KIT_PRIVACY: off"));
    findings.extend(others.map(|warning| Finding {
        remedy: None,
        ..Finding::warning(warning.clone(), "")
    }));
    findings
}

fn recording(patient: &Patient) -> Finding {
    let nothing = "nothing is recorded";
    if patient.config.enabled {
        return Finding::ok(match patient.variable("ENABLE_OTEL") {
            Some(value) => format!("recording is on: ENABLE_OTEL is {value:?}"),
            None => "recording is on".to_owned(),
        });
    }
    if patient.lookup.is_none() {
        return Finding::warning(format!("recording is off: {nothing}"), "set ENABLE_OTEL=1");
    }
    match patient.variable("ENABLE_OTEL") {
        None if !patient.has_kit => Finding::note(
            "ENABLE_OTEL is not set: a service with throughline-telemetry records nothing until it is 1; others do not read it",
        ),
        None => Finding::warning(
            format!("ENABLE_OTEL is not set: {nothing}"),
            "set ENABLE_OTEL=1",
        ),
        Some(value) if !is_on(&value) => Finding::warning(
            format!("ENABLE_OTEL is {value:?}: {nothing}"),
            "set ENABLE_OTEL=1 (true, yes, y and on are understood as well)",
        ),
        Some(_) => Finding::warning(
            format!("OTEL_SDK_DISABLED is true: {nothing}, whatever ENABLE_OTEL says"),
            "unset OTEL_SDK_DISABLED",
        ),
    }
}

fn is_on(value: &str) -> bool {
    WORDS_FOR_ON
        .iter()
        .any(|word| value.eq_ignore_ascii_case(word))
}

fn service(patient: &Patient) -> Finding {
    let name = &patient.config.service;
    let remedy = "set OTEL_SERVICE_NAME";
    let is_named = patient.variable("OTEL_SERVICE_NAME").is_some()
        || patient
            .variable("OTEL_RESOURCE_ATTRIBUTES")
            .is_some_and(|text| text.contains(attrs::SERVICE_NAME));
    if name.is_empty() || name.starts_with("unknown") {
        Finding::warning(format!("the service has no name ({name:?})"), remedy)
    } else if patient.lookup.is_some() && !is_named {
        Finding::note(format!(
            "the service is called {name}, the program's own default"
        ))
    } else {
        Finding::ok(format!("the service is called {name}"))
    }
}

fn environment(patient: &Patient) -> Finding {
    match &patient.config.environment {
        Some(name) => Finding::ok(format!("the environment is {name}")),
        None => Finding::note(
            "the environment has no name; DEPLOYMENT_ENVIRONMENT, or deployment.environment.name in OTEL_RESOURCE_ATTRIBUTES, gives it one",
        ),
    }
}

fn exporter(exporter: Exporter) -> Finding {
    let remedy = "unset OTEL_TRACES_EXPORTER to send them by OTLP";
    match exporter {
        Exporter::Otlp => Finding::ok("spans are sent by OTLP"),
        Exporter::Console => Finding::warning(
            "spans are written to stdout and sent nowhere: the exporter is console",
            remedy,
        ),
        Exporter::None => Finding::warning("spans go nowhere: the exporter is none", remedy),
    }
}

fn propagators(patient: &Patient) -> Finding {
    let formats = patient.config.propagator.formats();
    if formats.is_empty() {
        return Finding::warning(
            "no trace context is read or passed on: every service begins a trace of its own",
            "unset OTEL_PROPAGATORS, or set it to tracecontext,baggage",
        );
    }
    let names: Vec<String> = formats
        .iter()
        .map(|format| format!("{format:?}").to_ascii_lowercase())
        .collect();
    let names = names.join(", ");
    if names.contains("tracecontext") {
        Finding::ok(format!("contexts travel as {names}"))
    } else {
        Finding::note(format!(
            "contexts travel as {names}: callers that speak W3C Trace Context are not continued"
        ))
    }
}

fn batch(patient: &Patient) -> Finding {
    let batch = patient.config.batch;
    let count = |name| patient.variable(name)?.parse::<usize>().ok();
    let wanted = count("OTEL_BSP_MAX_EXPORT_BATCH_SIZE").unwrap_or(batch.export_max);
    if wanted > batch.queue_max {
        return Finding::warning(
            format!(
                "a request is to hold {wanted} spans, but only {} may wait: it never fills up",
                batch.queue_max
            ),
            "make OTEL_BSP_MAX_QUEUE_SIZE several times OTEL_BSP_MAX_EXPORT_BATCH_SIZE",
        );
    }
    if batch.delay > DELAY_MAX {
        return Finding::warning(
            format!(
                "a span may wait {:?} before it is sent: the newest ones seem to be missing",
                batch.delay
            ),
            "set OTEL_BSP_SCHEDULE_DELAY to 5000 (milliseconds)",
        );
    }
    Finding::ok(format!(
        "{} spans a request, at least every {:?}; {} may wait",
        batch.export_max, batch.delay, batch.queue_max
    ))
}

fn timeout(patient: &Patient) -> Option<Finding> {
    let timeout = patient.config.traces.timeout;
    let is_long = patient.config.traces_exporter == Exporter::Otlp && timeout > SHUTDOWN;
    is_long.then(|| {
        Finding::warning(
            format!("an export may take {timeout:?}, longer than the {SHUTDOWN:?} that a shutdown usually waits"),
            "set OTEL_EXPORTER_OTLP_TIMEOUT to 4000 (milliseconds), or give shutdown more time",
        )
    })
}

/// The guard against personal data.
fn privacy(patient: &Patient) -> Option<Finding> {
    (!patient.config.privacy.enabled).then(|| {
        Finding::warning(
            "the privacy guard is off: personal data and secrets are exported as they are",
            "unset KIT_PRIVACY",
        )
    })
}
