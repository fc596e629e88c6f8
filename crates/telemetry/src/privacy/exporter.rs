//! The guard around an exporter of spans or logs: nothing reaches the exporter that it has not seen.

use std::time::Duration;

use opentelemetry::InstrumentationScope;
use opentelemetry::logs::Severity;
use opentelemetry_sdk::Resource;
use opentelemetry_sdk::error::OTelSdkResult;
use opentelemetry_sdk::logs::{LogBatch, LogExporter, SdkLogRecord};
use opentelemetry_sdk::trace::{SpanData, SpanExporter};

use super::Guard;

/// An exporter that is given only what the guard lets through; the resource as well.
///
/// ```
/// use throughline_telemetry::opentelemetry_sdk::trace::{SdkTracerProvider, SpanExporter};
/// use throughline_telemetry::privacy::{Guard, Guarded, Rules};
///
/// fn provider(exporter: impl SpanExporter + 'static) -> SdkTracerProvider {
///     let guard = Guard::new(&Rules::default());
///     SdkTracerProvider::builder()
///         .with_batch_exporter(Guarded::new(exporter, guard))
///         .build()
/// }
/// ```
#[derive(Clone, Debug)]
pub struct Guarded<E> {
    exporter: E,
    guard: Guard,
}

impl<E> Guarded<E> {
    /// Puts `guard` before `exporter`.
    pub fn new(exporter: E, guard: Guard) -> Self {
        Self { exporter, guard }
    }
}

impl<E: SpanExporter> SpanExporter for Guarded<E> {
    async fn export(&self, mut batch: Vec<SpanData>) -> OTelSdkResult {
        for span in &mut batch {
            self.guard.span(span);
        }
        self.exporter.export(batch).await
    }

    fn shutdown_with_timeout(&self, timeout: Duration) -> OTelSdkResult {
        self.exporter.shutdown_with_timeout(timeout)
    }

    fn force_flush(&self) -> OTelSdkResult {
        self.exporter.force_flush()
    }

    fn set_resource(&mut self, resource: &Resource) {
        self.exporter.set_resource(&self.guard.resource(resource));
    }
}

impl<E: LogExporter> LogExporter for Guarded<E> {
    async fn export(&self, batch: LogBatch<'_>) -> OTelSdkResult {
        let clean = |(record, scope): (&SdkLogRecord, &InstrumentationScope)| {
            let (mut record, scope) = (record.clone(), scope.clone());
            self.guard.log(&mut record);
            let cleaned = self.guard.scope(&scope);
            (record, cleaned.unwrap_or(scope))
        };
        let records: Vec<(SdkLogRecord, InstrumentationScope)> = batch.iter().map(clean).collect();
        let borrowed: Vec<(&SdkLogRecord, &InstrumentationScope)> = records
            .iter()
            .map(|(record, scope)| (record, scope))
            .collect();
        self.exporter.export(LogBatch::new(&borrowed)).await
    }

    fn shutdown_with_timeout(&self, timeout: Duration) -> OTelSdkResult {
        self.exporter.shutdown_with_timeout(timeout)
    }

    fn event_enabled(&self, level: Severity, target: &str, name: Option<&str>) -> bool {
        self.exporter.event_enabled(level, target, name)
    }

    fn set_resource(&mut self, resource: &Resource) {
        self.exporter.set_resource(&self.guard.resource(resource));
    }
}
