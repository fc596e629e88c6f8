//! `OTEL_TRACES_EXPORTER`, `OTEL_LOGS_EXPORTER`, `OTEL_METRICS_EXPORTER`: what becomes of each signal.

use super::reader::Reader;

/// What becomes of spans and log records.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Exporter {
    /// They are sent by OTLP.
    Otlp,
    /// They are written to stdout, a line of JSON each.
    Console,
    /// Nothing.
    None,
}

/// What becomes of metrics.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum MetricsExporter {
    /// They are there to be asked for, in Prometheus' text format.
    Prometheus,
    /// They are sent by OTLP, and there to be asked for as well.
    Otlp,
    /// None are kept.
    None,
}

pub(super) fn traces(env: &mut Reader) -> Exporter {
    exporter(env, "OTEL_TRACES_EXPORTER", Exporter::Otlp)
}

/// Log lines go to stdout in any case, so exporting them is asked for.
pub(super) fn logs(env: &mut Reader) -> Exporter {
    exporter(env, "OTEL_LOGS_EXPORTER", Exporter::None)
}

pub(super) fn metrics(env: &mut Reader) -> MetricsExporter {
    let name = "OTEL_METRICS_EXPORTER";
    let default = MetricsExporter::Prometheus;
    let Some(value) = env.text(name) else {
        return default;
    };
    match value.to_ascii_lowercase().as_str() {
        "prometheus" => MetricsExporter::Prometheus,
        "otlp" => MetricsExporter::Otlp,
        "none" => MetricsExporter::None,
        _ => {
            env.warn(format!(
                "{name}: {value:?} is not supported (prometheus, otlp and none are); prometheus is used"
            ));
            default
        }
    }
}

fn exporter(env: &mut Reader, name: &str, default: Exporter) -> Exporter {
    let Some(value) = env.text(name) else {
        return default;
    };
    match value.to_ascii_lowercase().as_str() {
        "otlp" => Exporter::Otlp,
        "console" | "stdout" => Exporter::Console,
        "none" => Exporter::None,
        _ => {
            let used = if default == Exporter::None {
                "none"
            } else {
                "otlp"
            };
            env.warn(format!(
                "{name}: {value:?} is not supported (otlp, console and none are); {used} is used"
            ));
            default
        }
    }
}
