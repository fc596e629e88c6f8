//! Which part of the traces is recorded.

use opentelemetry::trace::{SpanKind, TraceId};
use opentelemetry_sdk::trace::{Sampler, SamplingDecision, ShouldSample as _};

use super::Finding;

const EVERYTHING: &str =
    "unset OTEL_TRACES_SAMPLER and OTEL_TRACES_SAMPLER_ARG to record everything";

pub(super) fn finding(sampler: &Sampler) -> Finding {
    let share = share(sampler);
    let parents = match sampler {
        Sampler::ParentBased(_) => "; a caller's decision wins",
        _ => "",
    };
    if share <= 0.0 {
        Finding::warning(
            format!("the sampler drops every trace that begins here{parents}"),
            EVERYTHING,
        )
    } else if share < 1.0 {
        let percent = share * 100.0;
        Finding::note(format!(
            "{}% of the traces are recorded{parents}",
            rounded(percent)
        ))
    } else {
        Finding::ok(format!("every trace is recorded{parents}"))
    }
}

/// Three digits that count.
fn rounded(percent: f64) -> f64 {
    let digits = 10_f64.powf(2.0 - percent.log10().floor());
    (percent * digits).round() / digits
}

/// The part of the traces that a sampler records, asked of the sampler itself: what lies within another cannot be
/// looked at. The SDK records the trace ids whose lower half is below a bound, which is found by halving.
fn share(sampler: &Sampler) -> f64 {
    let (mut low, mut high) = (0_u64, u64::MAX);
    if records(sampler, high) {
        return 1.0;
    }
    if !records(sampler, low) {
        return 0.0;
    }
    while high - low > 1 {
        let middle = low + (high - low) / 2;
        if records(sampler, middle) {
            low = middle;
        } else {
            high = middle;
        }
    }
    high as f64 / u64::MAX as f64
}

fn records(sampler: &Sampler, lower_half: u64) -> bool {
    // An id of zero would be none.
    let trace_id = TraceId::from(1 << 127 | u128::from(lower_half));
    let result = sampler.should_sample(None, trace_id, "doctor", &SpanKind::Internal, &[], &[]);
    result.decision == SamplingDecision::RecordAndSample
}
