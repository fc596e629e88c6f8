//! What became of the spans, under the names that the conventions have for an SDK's own metrics.

use opentelemetry::KeyValue;
use opentelemetry::metrics::Meter;
use opentelemetry_sdk::trace::SpanData;

use crate::attrs;
use crate::export::Pipeline;
use crate::privacy::Guard;

pub(super) fn observe(meter: &Meter, spans: &Pipeline<SpanData>) {
    let books = spans.clone();
    meter
        .u64_observable_counter("otel.sdk.exporter.span.exported")
        .with_unit("{span}")
        .with_description("Spans that have left the queue; those with an error.type were lost")
        .with_callback(move |observer| {
            let counts = books.counts();
            observer.observe(counts.exported, &[]);
            for (kind, count) in [
                ("rejected", counts.rejected),
                ("queue_full", counts.dropped_queue_full),
                ("export_failed", counts.dropped_export_failed),
                ("shutdown", counts.dropped_shutdown),
            ] {
                observer.observe(count, &[KeyValue::new(attrs::ERROR_TYPE, kind)]);
            }
        })
        .build();
    let books = spans.clone();
    meter
        .u64_observable_counter("otel.sdk.span.ended")
        .with_unit("{span}")
        .with_description("Sampled spans that have ended")
        .with_callback(move |observer| observer.observe(books.counts().ended, &[]))
        .build();
    let books = spans.clone();
    meter
        .i64_observable_up_down_counter("otel.sdk.processor.span.queue.size")
        .with_unit("{span}")
        .with_description("Spans that wait to be sent")
        .with_callback(move |observer| {
            observer.observe(
                i64::try_from(books.counts().queued).unwrap_or(i64::MAX),
                &[],
            );
        })
        .build();
}

/// How often the privacy guard took something out, by kind. The attribute's name is the kit's own.
pub(super) fn observe_redactions(meter: &Meter, guard: &Guard) {
    let guard = guard.clone();
    meter
        .u64_observable_counter("kit.privacy.redactions")
        .with_unit("{value}")
        .with_description("Private values taken out of telemetry")
        .with_callback(move |observer| {
            for (kind, count) in guard
                .redactions()
                .into_iter()
                .filter(|(_, count)| *count > 0)
            {
                observer.observe(count, &[KeyValue::new(attrs::REDACTION_KIND, kind)]);
            }
        })
        .build();
}
