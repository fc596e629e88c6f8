//! `OTEL_PROPAGATORS`, and the variables that a propagator reads its parent from.

use super::reader::Reader;
use crate::propagation::{Format, Propagator};

const VARIABLE: &str = "OTEL_PROPAGATORS";
/// Names that the specification knows and this kit does not speak.
const NOT_SUPPORTED: [&str; 3] = ["jaeger", "xray", "ottrace"];

/// The formats in the order listed. What is not understood is warned of and left out; when nothing is
/// left, the variable is as good as unset.
pub(super) fn from_env(env: &mut Reader) -> Propagator {
    let text = env.text(VARIABLE).unwrap_or_default().to_ascii_lowercase();
    let mut names: Vec<&str> = Vec::new();
    for name in text.split(',').map(str::trim) {
        if !name.is_empty() && !names.contains(&name) {
            names.push(name);
        }
    }
    if names == ["none"] {
        return Propagator::none();
    }
    let mut formats = Vec::new();
    for name in names {
        match format(name) {
            Some(format) => formats.push(format),
            None => env.warn(format!("{VARIABLE}: {}", refusal(name))),
        }
    }
    if formats.is_empty() {
        return Propagator::default();
    }
    Propagator::new(formats)
}

fn format(name: &str) -> Option<Format> {
    match name {
        "tracecontext" => Some(Format::TraceContext),
        "baggage" => Some(Format::Baggage),
        "b3" => Some(Format::B3),
        "b3multi" => Some(Format::B3Multi),
        _ => None,
    }
}

fn refusal(name: &str) -> String {
    match name {
        "none" => "\"none\" beside other names is ignored".to_owned(),
        name if NOT_SUPPORTED.contains(&name) => format!("{name:?} is not supported and ignored"),
        name => format!("{name:?} is unknown and ignored"),
    }
}

/// The propagator of this process, for a program that looks for its parent before `init`, which is where
/// the warnings are logged.
pub(crate) fn of_process() -> Propagator {
    from_env(&mut Reader::new(&process_variable))
}

/// A variable of this process. None also when it is not Unicode.
pub(crate) fn process_variable(name: &str) -> Option<String> {
    std::env::var(name).ok()
}
