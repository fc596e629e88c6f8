//! One span on its way to the store, past the queue and the sampler, on a thread with a runtime of its own.

use std::sync::Arc;
use std::thread;
use std::time::{Duration, SystemTime};

use opentelemetry::trace::{SpanContext, SpanId, SpanKind, Status, TraceFlags, TraceState};
use opentelemetry::{Context, InstrumentationScope, KeyValue};
use opentelemetry_sdk::trace::{
    IdGenerator as _, RandomIdGenerator, SpanData, SpanEvents, SpanExporter as _, SpanLinks,
};
use tokio::runtime;
use tokio::time::timeout;
use tracing::instrument::WithSubscriber as _;
use tracing::subscriber::NoSubscriber;

use super::network::{self, Trouble};
use super::{Finding, grpc, http};
use crate::config::{Config, Headers, Otlp, Protocol};
use crate::export::{
    Answer, Beside, Error, Failure, Heard, resource, spans_by_otlp, try_connection,
};
use crate::{attrs, clock};

/// The name of the span by which the doctor is recognised.
const NAME: &str = "throughline doctor";
/// A second try with the other scheme is only for a better word.
const PROBE_MAX: Duration = Duration::from_secs(2);

/// What came of it.
pub(super) struct Visit {
    pub(super) trace_id: String,
    pub(super) ended_at: SystemTime,
    pub(super) end: End,
    /// What else the answer held; empty for gRPC.
    pub(super) beside: Beside,
    /// How many spans the store refused while it took the request.
    pub(super) rejected: u64,
}

/// How it ended.
pub(super) enum End {
    /// The exporter could not be made.
    Unbuilt(Error),
    /// There was an answer by HTTP: its status and the beginning of what it said.
    Http(u16, String),
    /// gRPC was content.
    GrpcOk,
    /// gRPC was not; its exporter's own words.
    Grpc(String),
    /// There was no answer.
    Silent(Trouble),
}

/// Sends a span. Blocks until there is an answer, or the time for one is over.
pub(super) fn send(config: &Config) -> Visit {
    let config = config.clone();
    let ids = RandomIdGenerator::default();
    let (trace, span) = (ids.new_trace_id(), ids.new_span_id());
    let context = SpanContext::new(
        trace,
        span,
        TraceFlags::SAMPLED,
        false,
        TraceState::default(),
    );
    let heard = Arc::new(Heard::default());
    let listener = heard.clone();
    let body = move || {
        let _quiet = Context::new().with_telemetry_suppressed().attach();
        let built = runtime::Builder::new_current_thread().enable_all().build();
        let runtime = built.map_err(|error| Error::Thread(error.to_string()))?;
        let end = runtime
            .block_on(export(&config, context, listener).with_subscriber(NoSubscriber::new()));
        // A look-up of a name that never comes back must not keep us.
        runtime.shutdown_background();
        end
    };
    let thread = thread::Builder::new().name("telemetry-doctor".to_owned());
    let end = match thread.spawn(body).map(thread::JoinHandle::join) {
        Ok(Ok(end)) => end,
        Ok(Err(_)) => Err(Error::Thread("it panicked".to_owned())),
        Err(error) => Err(Error::Thread(error.to_string())),
    };
    Visit {
        trace_id: trace.to_string(),
        ended_at: clock::now(),
        end: end.unwrap_or_else(End::Unbuilt),
        rejected: heard.take_rejected(),
        beside: heard.beside(),
    }
}

async fn export(config: &Config, span: SpanContext, heard: Arc<Heard>) -> Result<End, Error> {
    let otlp = &config.traces;
    let mut exporter = spans_by_otlp(otlp, heard.clone())?;
    exporter.set_resource(&resource(config));
    // One try, and another that may have begun just before the time was over.
    let limit = otlp.timeout * 2 + Duration::from_secs(1);
    let sent = timeout(limit, exporter.export(vec![recognisable(span)])).await;
    let end = match (sent, heard.last()) {
        (_, Some(Answer::Status(status, said))) => return Ok(End::Http(status, said)),
        (_, Some(Answer::None(failure, reason))) => {
            Trouble::new(failure == Failure::Timeout, reason)
        }
        (Ok(Ok(())), None) => return Ok(End::GrpcOk),
        (Ok(Err(error)), None) if otlp.protocol == Protocol::Grpc => {
            return Ok(from_grpc(&error.to_string()));
        }
        (Ok(Err(error)), None) => Trouble::Other(error.to_string()),
        (Err(_), None) => Trouble::Timeout,
    };
    Ok(End::Silent(second_look(otlp, end).await))
}

/// gRPC reports a lost connection as a status, too; the reason is behind it, and a server's own status has none.
fn from_grpc(error: &str) -> End {
    match Trouble::new(false, error.to_owned()) {
        Trouble::Other(_) if error.contains("code: Unknown: ") => End::Silent(Trouble::NotGrpc),
        Trouble::Other(_) => End::Grpc(error.to_owned()),
        trouble => End::Silent(trouble),
    }
}

/// Whether one of us speaks TLS and the other does not. The probe carries no headers.
async fn second_look(otlp: &Otlp, trouble: Trouble) -> Trouble {
    if !matches!(trouble, Trouble::Other(_)) {
        return trouble;
    }
    let (scheme, rest) = otlp.endpoint.split_once("://").unwrap_or_default();
    let (other, mismatch) = match scheme {
        "http" => ("https", Trouble::WantsTls),
        _ => ("http", Trouble::PlainPort),
    };
    let probe = Otlp {
        endpoint: format!("{other}://{rest}"),
        headers: Headers::default(),
        timeout: PROBE_MAX,
        ..otlp.clone()
    };
    match try_connection(&probe).await {
        Some(Answer::Status(..)) => mismatch,
        Some(Answer::None(Failure::Tls, reason)) if reason.contains("certificate") => mismatch,
        _ => trouble,
    }
}

fn recognisable(span_context: SpanContext) -> SpanData {
    let now = clock::now();
    SpanData {
        span_context,
        parent_span_id: SpanId::INVALID,
        parent_span_is_remote: false,
        span_kind: SpanKind::Internal,
        name: NAME.into(),
        start_time: now,
        end_time: now,
        attributes: vec![KeyValue::new(attrs::DOCTOR, true)],
        dropped_attributes_count: 0,
        events: SpanEvents::default(),
        links: SpanLinks::default(),
        status: Status::Unset,
        instrumentation_scope: InstrumentationScope::builder(env!("CARGO_PKG_NAME"))
            .with_version(env!("CARGO_PKG_VERSION"))
            .build(),
    }
}

/// What came of it, in words.
pub(super) fn finding(config: &Config, visit: &Visit) -> Finding {
    match &visit.end {
        End::Http(status, said) => http::finding(*status, said, visit),
        End::GrpcOk => accepted(visit),
        End::Grpc(error) => grpc::finding(error),
        End::Silent(trouble) => network::finding(trouble, &config.traces),
        End::Unbuilt(error @ Error::File { .. }) => Finding::problem(
            error.to_string(),
            "correct the path in OTEL_EXPORTER_OTLP_CERTIFICATE, _CLIENT_KEY or _CLIENT_CERTIFICATE, or the file's permissions",
        ),
        End::Unbuilt(error) => Finding::problem(
            error.to_string(),
            "correct OTEL_EXPORTER_OTLP_ENDPOINT and the files that OTEL_EXPORTER_OTLP_CERTIFICATE and its kin name",
        ),
    }
}

pub(super) fn accepted(visit: &Visit) -> Finding {
    Finding::ok(format!(
        "trace {} was accepted: look for it, its span is called {NAME:?}",
        visit.trace_id
    ))
}
