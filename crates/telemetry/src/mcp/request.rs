//! One JSON-RPC request. Its parent is the context in `_meta`, which the caller put there for this very
//! call, else the HTTP request that brought it; the one that is not the parent is linked.

use std::future::Future;

use http::request::Parts;
use opentelemetry::propagation::TextMapPropagator;
use opentelemetry::trace::{SpanContext, SpanKind, TraceContextExt};
use opentelemetry::{Context, KeyValue};
use rmcp::ErrorData;
use rmcp::service::{RequestContext, RoleServer};

use super::carrier::Reader;
use crate::attrs::{self, mcp};
use crate::http_server::ServerContext;
use crate::kit;
use crate::metrics::Timer;
use crate::propagation::Trust;
use crate::span::{EdgeSpan, Start, boxed};

/// What a request is about, beside its method.
pub(super) enum Target {
    Nothing,
    Tool(String),
    Prompt(String),
}

/// In a request's extensions: it has its span already, the handler was wrapped twice.
#[derive(Clone)]
struct Seen;

/// Whether the request is about to get a span, which wants a name.
pub(super) fn is_recorded(context: &RequestContext<RoleServer>) -> bool {
    !is_traced(context) && kit::of(&ambient(context).0).is_on()
}

/// Whether the request has its span already.
fn is_traced(context: &RequestContext<RoleServer>) -> bool {
    context.extensions.get::<Seen>().is_some()
}

/// The same request for a question of our own, which makes no span.
pub(super) fn aside(context: &RequestContext<RoleServer>) -> RequestContext<RoleServer> {
    let mut context = context.clone();
    context.extensions.insert(Seen);
    context
}

/// Runs a request under its span. `failed` tells a result that reports a failure of its own.
pub(super) async fn run<T, F, Fut>(
    method: &'static str,
    target: Target,
    mut context: RequestContext<RoleServer>,
    failed: fn(&T) -> bool,
    work: F,
) -> Result<T, ErrorData>
where
    F: FnOnce(RequestContext<RoleServer>) -> Fut,
    Fut: Future<Output = Result<T, ErrorData>>,
{
    if is_traced(&context) {
        return work(context).await;
    }
    context.extensions.insert(Seen);
    let (ambient, trust) = ambient(&context);
    let kit = kit::of(&ambient);
    let sent = kit
        .propagator
        .extract_with_context(&ambient, &Reader(&context.meta));
    // Behind an edge that believes no caller, what is in the body is no better than a header.
    let (parent, link) = trust.apply(&ambient, &sent);
    let carried = ambient.span().span_context().clone();
    let linked = carried.is_valid() && carried != *parent.span().span_context();
    let linked = linked.then_some(carried).into_iter();
    let links: Vec<SpanContext> = linked.chain(link).collect();
    let start = start(method, target, &context, links);
    let mut timer = Timer::start(&kit, |metrics| &metrics.mcp_server, || measured(&start));
    let span = EdgeSpan::start(&kit, start, &parent);
    let (span, result) = span.run(boxed(async move { work(context).await })).await;
    match &result {
        Ok(value) if failed(value) => {
            span.fail("tool_error");
            timer.fail("tool_error");
        }
        Ok(_) => {}
        Err(error) => {
            let code = error.code.0.to_string();
            span.set(mcp::RPC_RESPONSE_STATUS_CODE, code.clone());
            timer.fail(code.clone());
            span.fail(code);
        }
    }
    timer.finish();
    span.end();
    result
}

/// What the metric is told of a request: what the span is told, but for what is of this one request alone.
fn measured(start: &Start) -> Vec<KeyValue> {
    let told = [
        mcp::METHOD_NAME,
        mcp::GEN_AI_TOOL_NAME,
        mcp::GEN_AI_PROMPT_NAME,
        attrs::NETWORK_TRANSPORT,
    ];
    let of_all = start
        .attributes
        .iter()
        .filter(|attribute| told.contains(&attribute.key.as_str()));
    of_all.cloned().collect()
}

/// The context of the HTTP request and whom its edge believes; over other transports, the context that the handler is
/// called in, by somebody who started this process.
fn ambient(context: &RequestContext<RoleServer>) -> (Context, Trust) {
    let served = context
        .extensions
        .get::<Parts>()
        .and_then(|http| http.extensions.get::<ServerContext>());
    match served {
        Some(served) => (served.cx.clone(), served.trust),
        None => (Context::current(), Trust::Continue),
    }
}

fn start(
    method: &'static str,
    target: Target,
    context: &RequestContext<RoleServer>,
    links: Vec<SpanContext>,
) -> Start {
    let http = context.extensions.get::<Parts>();
    let mut attributes = vec![
        KeyValue::new(mcp::METHOD_NAME, method),
        KeyValue::new(mcp::JSONRPC_REQUEST_ID, context.id.to_string()),
        KeyValue::new(
            attrs::NETWORK_TRANSPORT,
            if http.is_some() { "tcp" } else { "pipe" },
        ),
    ];
    if let Some(version) = context.protocol_version() {
        attributes.push(KeyValue::new(
            mcp::PROTOCOL_VERSION,
            version.as_str().to_owned(),
        ));
    }
    if let Some(http) = http {
        attributes.push(KeyValue::new(attrs::NETWORK_PROTOCOL_NAME, "http"));
        let session = http
            .headers
            .get("mcp-session-id")
            .and_then(|id| id.to_str().ok());
        attributes.extend(session.map(|id| KeyValue::new(mcp::SESSION_ID, id.to_owned())));
    }
    let name = match target {
        Target::Nothing => method.into(),
        Target::Tool(tool) => {
            let name = format!("{method} {tool}").into();
            attributes.push(KeyValue::new(mcp::GEN_AI_OPERATION_NAME, "execute_tool"));
            attributes.push(KeyValue::new(mcp::GEN_AI_TOOL_NAME, tool));
            name
        }
        Target::Prompt(prompt) => {
            let name = format!("{method} {prompt}").into();
            attributes.push(KeyValue::new(mcp::GEN_AI_PROMPT_NAME, prompt));
            name
        }
    };
    Start {
        name,
        kind: SpanKind::Server,
        attributes,
        links,
    }
}
