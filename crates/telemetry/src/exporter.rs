//! From settings to a tracer provider that sends its spans by OTLP/HTTP.

use std::collections::HashMap;
use std::thread;

use opentelemetry::KeyValue;
use opentelemetry_otlp::{Compression, Protocol, SpanExporter, WithExportConfig, WithHttpConfig};
use opentelemetry_sdk::Resource;
use opentelemetry_sdk::resource::TelemetryResourceDetector;
use opentelemetry_sdk::trace::{BatchConfigBuilder, BatchSpanProcessor, SdkTracerProvider};

use crate::attrs;
use crate::config::Config;

/// Why the exporter could not be made. It never holds a header's value, nor a secret in the endpoint.
#[derive(Debug, thiserror::Error)]
pub(crate) enum Error {
    #[error("could not build the exporter to {0}: {1}")]
    Endpoint(String, String),
    #[error("could not start a thread for the exporter")]
    Thread,
}

/// A provider with one batch processor, whose thread exports with a blocking client: no async runtime is
/// involved, so none can starve or deadlock the last flush.
pub(crate) fn provider(config: &Config) -> Result<SdkTracerProvider, Error> {
    let exporter = exporter(config)?;
    let batch = BatchConfigBuilder::default()
        .with_max_queue_size(config.batch.queue_spans_max)
        .with_max_export_batch_size(config.batch.export_spans_max)
        .with_scheduled_delay(config.batch.delay)
        .build();
    let processor = BatchSpanProcessor::builder(exporter)
        .with_batch_config(batch)
        .build();
    Ok(SdkTracerProvider::builder()
        .with_resource(resource(config))
        .with_sampler(config.sampler.clone())
        .with_span_processor(processor)
        .build())
}

pub(crate) fn resource(config: &Config) -> Resource {
    let named = |(key, value): &(String, String)| KeyValue::new(key.clone(), value.clone());
    let environment = config
        .environment
        .iter()
        .map(|name| KeyValue::new(attrs::DEPLOYMENT_ENVIRONMENT_NAME, name.clone()));
    Resource::builder_empty()
        .with_detector(Box::new(TelemetryResourceDetector))
        .with_attributes(config.resource.iter().map(named))
        .with_attributes(environment)
        .with_service_name(config.service.clone())
        .build()
}

/// Built on a thread of its own: a blocking client cannot be made or dropped inside an async runtime. It
/// is passed in by hand, because left alone the SDK picks whichever client the features of the whole
/// program happen to enable, and the async one dies without a runtime.
fn exporter(config: &Config) -> Result<SpanExporter, Error> {
    let config = config.clone();
    let build = move || {
        let shown = config.shown_endpoint();
        let refused = |reason: String| {
            let reason = reason.replace(&config.endpoint, &shown);
            Error::Endpoint(shown.clone(), reason)
        };
        let client = reqwest::blocking::Client::builder()
            .timeout(config.export_timeout)
            .build()
            .map_err(|error| refused(error.to_string()))?;
        let text = |(name, value): (&http::HeaderName, &http::HeaderValue)| {
            Some((name.to_string(), value.to_str().ok()?.to_owned()))
        };
        let headers: HashMap<String, String> = config.headers.iter().filter_map(text).collect();
        let mut builder = SpanExporter::builder()
            .with_http()
            .with_http_client(client)
            .with_protocol(Protocol::HttpBinary)
            .with_endpoint(&config.endpoint)
            .with_timeout(config.export_timeout)
            .with_headers(headers);
        if config.gzip {
            builder = builder.with_compression(Compression::Gzip);
        }
        builder.build().map_err(|error| refused(error.to_string()))
    };
    let thread = thread::Builder::new()
        .name("telemetry-start".to_owned())
        .spawn(build);
    thread
        .map_err(|_| Error::Thread)?
        .join()
        .map_err(|_| Error::Thread)?
}
