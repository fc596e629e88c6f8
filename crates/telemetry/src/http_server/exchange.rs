//! One request and its response, as a span and as a measurement. Both end together, however they end.

use opentelemetry::{Context, KeyValue, Value};

use super::request::Described;
use crate::attrs;
use crate::kit::Kit;
use crate::metrics::{InFlight, Timer};
use crate::span::EdgeSpan;

/// Room for method, scheme, route, status and error.
const ATTRIBUTES: usize = 5;

/// Open until [`finish`](Exchange::finish); dropping it open means that the client went away.
#[derive(Debug)]
pub(super) struct Exchange {
    pub(super) span: EdgeSpan,
    timer: Timer,
    _in_flight: Option<InFlight>,
}

impl Exchange {
    pub(super) fn begin(kit: &Kit, span: EdgeSpan, described: &Described) -> Self {
        let attributes = || {
            let mut attributes = Vec::with_capacity(ATTRIBUTES);
            attributes.push(KeyValue::new(attrs::HTTP_REQUEST_METHOD, described.method));
            attributes.push(KeyValue::new(attrs::URL_SCHEME, described.scheme));
            let route = described.route.clone();
            attributes.extend(route.map(|route| KeyValue::new(attrs::HTTP_ROUTE, route)));
            attributes
        };
        let metrics = kit.metrics.as_ref();
        Self {
            span,
            timer: Timer::start(kit, |metrics| &metrics.http_server, attributes),
            _in_flight: metrics.map(|metrics| metrics.http_server_active.begin(described.method)),
        }
    }

    /// A request to a service that records nothing, in the context that it passes on.
    pub(super) fn unrecorded(cx: Context) -> Self {
        Self {
            span: EdgeSpan::idle(cx),
            timer: Timer::none(),
            _in_flight: None,
        }
    }

    pub(super) fn answered(&mut self, status: u16) {
        let status = i64::from(status);
        self.span.set(attrs::HTTP_RESPONSE_STATUS_CODE, status);
        self.timer.set(attrs::HTTP_RESPONSE_STATUS_CODE, status);
    }

    /// Marks both as failed. `kind` is of low cardinality.
    pub(super) fn fail(&mut self, kind: impl Into<Value>) {
        let kind = kind.into();
        self.timer.fail(kind.clone());
        self.span.fail(kind);
    }

    pub(super) fn finish(self) {
        self.timer.finish();
        self.span.end();
    }
}
