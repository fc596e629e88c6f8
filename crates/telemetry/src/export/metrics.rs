//! Metrics by OTLP, every so often. The SDK sends them from a thread without a runtime, so the requests get one.

use std::sync::Arc;

use opentelemetry_otlp::MetricExporter;
use opentelemetry_sdk::metrics::PeriodicReader;
use tokio::runtime::{self, Runtime};

use super::wire::Heard;
use super::{Error, otlp};
use crate::config::Otlp;

/// The runtime of the requests. It has to be kept for as long as metrics are sent.
#[derive(Debug)]
pub(crate) struct Requests(Option<Runtime>);

impl Drop for Requests {
    fn drop(&mut self) {
        // The plain drop of a runtime panics inside another.
        if let Some(runtime) = self.0.take() {
            runtime.shutdown_background();
        }
    }
}

/// A reader that sends what it reads. The time between two readings is `OTEL_METRIC_EXPORT_INTERVAL`'s, a minute by default.
pub(crate) fn reader(otlp: &Otlp) -> Result<(PeriodicReader<MetricExporter>, Requests), Error> {
    let failed = |error: std::io::Error| Error::Thread(error.to_string());
    let runtime = runtime::Builder::new_multi_thread()
        .worker_threads(1)
        .thread_name("telemetry-metrics")
        .enable_all()
        .build()
        .map_err(failed)?;
    let exporter = {
        let _inside = runtime.enter();
        otlp::metrics(otlp, Arc::new(Heard::default()))
    };
    let requests = Requests(Some(runtime));
    Ok((PeriodicReader::builder(exporter?).build(), requests))
}
