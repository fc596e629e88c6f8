//! Requests that are being served: a number for each method, read when somebody asks.

use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};

use opentelemetry::KeyValue;
use opentelemetry::metrics::Meter;

use crate::attrs;
use crate::span::METHODS;

/// In the order of `METHODS`; the last is for methods that are not known.
type Counts = [AtomicI64; METHODS.len() + 1];

/// How many requests of each method are being served.
#[derive(Clone, Debug, Default)]
pub(crate) struct Active(Arc<Counts>);

impl Active {
    pub(super) fn observed(meter: &Meter) -> Self {
        let active = Self::default();
        let seen = active.clone();
        meter
            .i64_observable_up_down_counter("http.server.active_requests")
            .with_unit("{request}")
            .with_description("HTTP requests being served")
            .with_callback(move |observer| {
                let names = METHODS.iter().copied().chain(["_OTHER"]);
                for (name, count) in names.zip(seen.0.iter()) {
                    let count = count.load(Ordering::Relaxed);
                    if count != 0 || name == "GET" {
                        observer.observe(count, &[KeyValue::new(attrs::HTTP_REQUEST_METHOD, name)]);
                    }
                }
            })
            .build();
        active
    }

    /// Counts a request until the answer is dropped.
    pub(crate) fn begin(&self, method: &str) -> InFlight {
        let known = METHODS.iter().position(|known| *known == method);
        let at = known.unwrap_or(METHODS.len());
        self.0[at].fetch_add(1, Ordering::Relaxed);
        InFlight {
            counts: self.0.clone(),
            at,
        }
    }
}

/// A request that is being served.
#[derive(Debug)]
pub(crate) struct InFlight {
    counts: Arc<Counts>,
    at: usize,
}

impl Drop for InFlight {
    fn drop(&mut self) {
        self.counts[self.at].fetch_sub(1, Ordering::Relaxed);
    }
}
