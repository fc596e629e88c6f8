//! Which `tracing` spans become trace spans. Log lines are filtered on their own: with one filter for
//! both, `RUST_LOG=warn` would cut the traces to pieces.

use tracing::level_filters::LevelFilter;
use tracing::{Level, Metadata};
use tracing_subscriber::filter::{FilterFn, filter_fn};

/// The exporter's own libraries, whose spans would be exported by the exporter, and those that make spans
/// which hide the kit's: `rmcp` keeps one for a whole session, `sqlx` and `tower` repeat what an edge says.
const DENIED: [&str; 12] = [
    "h2",
    "hyper",
    "hyper_util",
    "opentelemetry",
    "opentelemetry-http",
    "opentelemetry-otlp",
    "opentelemetry_sdk",
    "reqwest",
    "rmcp",
    "rustls",
    "tonic",
    "tower",
];

/// Spans of level INFO and above, of anyone but the denied. Events stay out: each would be stored twice,
/// and a handled `error!` would mark its span as failed.
pub(crate) fn spans() -> FilterFn<fn(&Metadata<'_>) -> bool> {
    let wanted: fn(&Metadata<'_>) -> bool =
        |meta| meta.is_span() && *meta.level() <= Level::INFO && !is_denied(meta.target());
    filter_fn(wanted).with_max_level_hint(LevelFilter::INFO)
}

/// Events of anyone but the denied: the exporter must not export what it says about its own exports.
pub(crate) fn records() -> FilterFn<fn(&Metadata<'_>) -> bool> {
    filter_fn(|meta| meta.is_event() && !is_denied(meta.target()))
}

fn is_denied(target: &str) -> bool {
    let crate_name = target.split_once("::").map_or(target, |(name, _)| name);
    DENIED.contains(&crate_name) || crate_name.starts_with("sqlx")
}
