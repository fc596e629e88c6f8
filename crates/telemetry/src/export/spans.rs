//! Spans on their way out: from the SDK into the queue, and from the queue to an exporter.

use std::sync::Arc;
use std::time::Duration;

use opentelemetry::Context;
use opentelemetry_sdk::error::{OTelSdkError, OTelSdkResult};
use opentelemetry_sdk::trace::{
    SdkTracerProvider, Span, SpanData, SpanExporter, SpanProcessor, TracerProviderBuilder,
};

use super::console::Console;
use super::pipeline::{Pipeline, Sink};
use super::wire::Heard;
use super::{Error, otlp, resource};
use crate::config::{Config, Exporter};
use crate::privacy::{Guard, Guarded};

/// A provider whose sampled spans go where the settings say, and the way there. Spans that go nowhere are made all the
/// same: requests keep their ids, and others continue the trace.
pub(crate) fn tracer_provider(
    config: &Config,
    guard: &Guard,
) -> Result<(SdkTracerProvider, Option<Pipeline<SpanData>>), Error> {
    let pipeline = match config.traces_exporter {
        Exporter::Otlp => start(config, guard, |config, heard| {
            otlp::spans(&config.traces, heard)
        })?,
        Exporter::Console => start(config, guard, |_, _| Ok(Console::default()))?,
        Exporter::None => return Ok((builder(config).build(), None)),
    };
    let provider = builder(config).with_span_processor(Queued(pipeline.clone()));
    Ok((provider.build(), Some(pipeline)))
}

/// A provider that hands every span to `memory` as it ends, for tests.
pub(crate) fn in_memory(
    config: &Config,
    memory: impl SpanProcessor + 'static,
) -> SdkTracerProvider {
    builder(config).with_span_processor(memory).build()
}

fn builder(config: &Config) -> TracerProviderBuilder {
    SdkTracerProvider::builder()
        .with_resource(resource(config))
        .with_sampler(config.sampler.clone())
        .with_span_limits(config.limits)
}

fn start<E: SpanExporter + 'static>(
    config: &Config,
    guard: &Guard,
    exporter: impl FnOnce(&Config, Arc<Heard>) -> Result<E, Error> + Send + 'static,
) -> Result<Pipeline<SpanData>, Error> {
    let (config, guard) = (config.clone(), guard.clone());
    Pipeline::start("spans", config.batch, config.traces.timeout, move || {
        let heard = Arc::new(Heard::default());
        let mut exporter = Guarded::new(exporter(&config, heard.clone())?, guard);
        exporter.set_resource(&resource(&config));
        Ok(Out { exporter, heard })
    })
}

/// The SDK's side of the queue.
#[derive(Debug)]
struct Queued(Pipeline<SpanData>);

impl SpanProcessor for Queued {
    fn on_start(&self, _: &mut Span, _: &Context) {}

    fn on_end(&self, span: SpanData) {
        if span.span_context.is_sampled() {
            self.0.push(span);
        }
    }

    fn force_flush(&self) -> OTelSdkResult {
        self.0.flush(Duration::from_secs(5))
    }

    fn shutdown_with_timeout(&self, timeout: Duration) -> OTelSdkResult {
        self.0.shutdown(timeout)
    }
}

/// The store's side of the queue.
struct Out<E> {
    exporter: E,
    heard: Arc<Heard>,
}

impl<E: SpanExporter + 'static> Sink<SpanData> for Out<E> {
    async fn export(&self, batch: Vec<SpanData>) -> Result<u64, OTelSdkError> {
        // What a request that was given up had to say belongs to nobody.
        let _ = self.heard.take_rejected();
        self.exporter.export(batch).await?;
        Ok(self.heard.take_rejected())
    }

    fn reason(&self) -> Option<String> {
        Some(self.heard.last()?.to_string())
    }
}
