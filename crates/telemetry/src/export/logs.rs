//! Log records on their way out: the same queue as for spans.

use std::sync::Arc;
use std::time::Duration;

use opentelemetry::InstrumentationScope;
use opentelemetry_sdk::error::{OTelSdkError, OTelSdkResult};
use opentelemetry_sdk::logs::{
    LogBatch, LogExporter, LogProcessor, SdkLogRecord, SdkLoggerProvider,
};

use super::console::Console;
use super::pipeline::{Pipeline, Sink};
use super::wire::Heard;
use super::{Error, otlp, resource};
use crate::config::{Config, Exporter};
use crate::privacy::{Guard, Guarded};

/// A log record and the scope that wrote it.
pub(crate) type Record = (SdkLogRecord, InstrumentationScope);

/// A provider whose records go where the settings say, and the way there. None when they go nowhere.
pub(crate) fn logger_provider(
    config: &Config,
    guard: &Guard,
) -> Result<Option<(SdkLoggerProvider, Pipeline<Record>)>, Error> {
    let pipeline = match config.logs_exporter {
        Exporter::Otlp => start(config, guard, |config, heard| {
            otlp::logs(&config.logs, heard)
        })?,
        Exporter::Console => start(config, guard, |_, _| Ok(Console::default()))?,
        Exporter::None => return Ok(None),
    };
    let provider = SdkLoggerProvider::builder()
        .with_resource(resource(config))
        .with_log_processor(Queued(pipeline.clone()));
    Ok(Some((provider.build(), pipeline)))
}

fn start<E: LogExporter + 'static>(
    config: &Config,
    guard: &Guard,
    exporter: impl FnOnce(&Config, Arc<Heard>) -> Result<E, Error> + Send + 'static,
) -> Result<Pipeline<Record>, Error> {
    let (config, guard) = (config.clone(), guard.clone());
    Pipeline::start(
        "log records",
        config.logs_batch,
        config.logs.timeout,
        move || {
            let heard = Arc::new(Heard::default());
            let mut exporter = Guarded::new(exporter(&config, heard.clone())?, guard);
            exporter.set_resource(&resource(&config));
            Ok(Out { exporter, heard })
        },
    )
}

#[derive(Debug)]
struct Queued(Pipeline<Record>);

impl LogProcessor for Queued {
    fn emit(&self, record: &mut SdkLogRecord, scope: &InstrumentationScope) {
        self.0.push((record.clone(), scope.clone()));
    }

    fn force_flush(&self) -> OTelSdkResult {
        self.0.flush(Duration::from_secs(5))
    }

    fn shutdown_with_timeout(&self, timeout: Duration) -> OTelSdkResult {
        self.0.shutdown(timeout)
    }
}

struct Out<E> {
    exporter: E,
    heard: Arc<Heard>,
}

impl<E: LogExporter + 'static> Sink<Record> for Out<E> {
    async fn export(&self, batch: Vec<Record>) -> Result<u64, OTelSdkError> {
        let lent: Vec<_> = batch
            .iter()
            .map(|(record, scope)| (record, scope))
            .collect();
        // What a request that was given up had to say belongs to nobody.
        let _ = self.heard.take_rejected();
        self.exporter.export(LogBatch::new(&lent)).await?;
        Ok(self.heard.take_rejected())
    }

    fn reason(&self) -> Option<String> {
        Some(self.heard.last()?.to_string())
    }
}
