//! How long something took, recorded when it is over, however that comes.

use std::sync::Arc;
use std::time::Instant;

use opentelemetry::metrics::Histogram;
use opentelemetry::{KeyValue, Value};

use super::Metrics;
use crate::attrs;
use crate::kit::Kit;

/// Runs until it is finished, or dropped.
#[derive(Debug)]
pub(crate) struct Timer(Option<Running>);

#[derive(Debug)]
struct Running {
    metrics: Arc<Metrics>,
    histogram: fn(&Metrics) -> &Histogram<f64>,
    begun: Instant,
    attributes: Vec<KeyValue>,
    finished: bool,
}

impl Timer {
    /// Measures into one of `kit`'s histograms; measures nothing when it has none.
    pub(crate) fn start(
        kit: &Kit,
        histogram: fn(&Metrics) -> &Histogram<f64>,
        attributes: impl FnOnce() -> Vec<KeyValue>,
    ) -> Self {
        Self(kit.metrics.clone().map(|metrics| Running {
            metrics,
            histogram,
            begun: Instant::now(),
            attributes: attributes(),
            finished: false,
        }))
    }

    /// One that measures nothing.
    pub(crate) fn none() -> Self {
        Self(None)
    }

    pub(crate) fn set(&mut self, key: &'static str, value: impl Into<Value>) {
        if let Some(running) = &mut self.0 {
            running.attributes.push(KeyValue::new(key, value));
        }
    }

    /// The work has come to its end, whatever that is. Dropped without, it was abandoned or panicked.
    pub(crate) fn finish(mut self) {
        if let Some(running) = &mut self.0 {
            running.finished = true;
        }
    }

    pub(crate) fn fail(&mut self, kind: impl Into<Value>) {
        self.set(attrs::ERROR_TYPE, kind);
    }
}

impl Drop for Running {
    fn drop(&mut self) {
        if !self.finished {
            let kind = if std::thread::panicking() {
                "panic"
            } else {
                "cancelled"
            };
            self.attributes.push(KeyValue::new(attrs::ERROR_TYPE, kind));
        }
        let seconds = self.begun.elapsed().as_secs_f64();
        (self.histogram)(&self.metrics).record(seconds, &self.attributes);
    }
}
