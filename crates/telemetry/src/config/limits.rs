//! How much one span may hold. The SDK keeps the counts; the length of a value is kept by the privacy guard, which reads
//! every value anyway.

use opentelemetry_sdk::trace::SpanLimits;

use super::reader::Reader;

const GENERAL: &str = "OTEL_ATTRIBUTE_COUNT_LIMIT";

/// `OTEL_SPAN_*_LIMIT` and their like; the defaults are the specification's 128 of everything.
pub(super) fn from_env(env: &mut Reader) -> SpanLimits {
    let defaults = SpanLimits::default();
    let attributes = |env: &mut Reader, name| {
        let own = env.limit(name);
        own.or_else(|| env.limit(GENERAL))
    };
    SpanLimits {
        max_attributes_per_span: attributes(env, "OTEL_SPAN_ATTRIBUTE_COUNT_LIMIT")
            .unwrap_or(defaults.max_attributes_per_span),
        max_events_per_span: env
            .limit("OTEL_SPAN_EVENT_COUNT_LIMIT")
            .unwrap_or(defaults.max_events_per_span),
        max_links_per_span: env
            .limit("OTEL_SPAN_LINK_COUNT_LIMIT")
            .unwrap_or(defaults.max_links_per_span),
        max_attributes_per_event: attributes(env, "OTEL_EVENT_ATTRIBUTE_COUNT_LIMIT")
            .unwrap_or(defaults.max_attributes_per_event),
        max_attributes_per_link: attributes(env, "OTEL_LINK_ATTRIBUTE_COUNT_LIMIT")
            .unwrap_or(defaults.max_attributes_per_link),
    }
}
