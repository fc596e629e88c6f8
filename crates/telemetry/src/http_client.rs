//! Outbound HTTP: a CLIENT span for every request, and the headers that let the other side continue the
//! trace, sent only to hosts that may have them.
//!
//! Redirects are not followed: `reqwest` would carry those headers to whatever host a redirect names.

use std::borrow::Cow;

use opentelemetry::propagation::TextMapPropagator;
use opentelemetry::trace::SpanKind;
use opentelemetry::{Context, KeyValue};
use opentelemetry_http::HeaderInjector;
use reqwest::header::HeaderValue;
use reqwest::redirect::Policy;
use reqwest::{ClientBuilder, Request, RequestBuilder, Response, Url};

use crate::context::request_id_of;
use crate::metrics::Timer;
use crate::span::{self, EdgeSpan, Start};
use crate::{attrs, kit};

/// Who is told about the trace. Ids and baggage say something about your system; third parties, such as
/// payment providers, get nothing unless they are named.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum Propagate {
    /// Nobody.
    #[default]
    None,
    /// Every host.
    All,
    /// These hosts: `host` for all its ports, or `host:port`.
    Hosts(Vec<String>),
}

/// A `reqwest` client whose requests are spans. Cheap to clone.
#[derive(Clone, Debug)]
pub struct Client {
    http: reqwest::Client,
    propagate: Propagate,
}

impl Client {
    /// Builds a client that traces what it sends. Whatever `builder` says of redirects, none is followed: a
    /// 3xx is an answer, and asking its `Location` is a request of its own, with a span of its own, that tells
    /// its host no more than `propagate` allows.
    ///
    /// # Errors
    /// Those of [`ClientBuilder::build`].
    pub fn build(builder: ClientBuilder, propagate: Propagate) -> reqwest::Result<Self> {
        let http = builder.redirect(Policy::none()).build()?;
        Ok(Self { http, propagate })
    }

    /// The client inside, to build requests with.
    pub fn http(&self) -> &reqwest::Client {
        &self.http
    }

    /// Begins a GET request, to be sent by [`Client::send`].
    pub fn get(&self, url: impl reqwest::IntoUrl) -> RequestBuilder {
        self.http.get(url)
    }

    /// Begins a POST request, to be sent by [`Client::send`].
    pub fn post(&self, url: impl reqwest::IntoUrl) -> RequestBuilder {
        self.http.post(url)
    }

    /// Sends a request under a span `{METHOD} {template}`. `template` is the path with placeholders, such
    /// as `/v1/charges/{id}`; when it is empty the span is named by the method alone. It is all that is
    /// recorded of the path: the values in it may be personal data.
    ///
    /// Headers of a trace that the request brings along, copied from another for instance, are replaced or taken out.
    ///
    /// The span ends with the response's headers. A status from 400 marks it as failed.
    ///
    /// # Errors
    /// Those of `reqwest`, unchanged: a malformed request, no connection, a time-out.
    pub async fn send(&self, request: RequestBuilder, template: &str) -> reqwest::Result<Response> {
        let mut request = request.build()?;
        let kit = kit::current();
        let span = EdgeSpan::start(&kit, start(&request, template), &Context::current());
        let mut timer = Timer::start(&kit, |metrics| &metrics.http_client, || measured(&request));
        let covered = self.propagate.covers(request.url());
        let headers = request.headers_mut();
        // A gateway copies headers; what its own caller said of a trace is neither ours nor to be passed on.
        for field in kit.propagator.fields() {
            headers.remove(field);
        }
        if covered {
            kit.propagator
                .inject_context(span.context(), &mut HeaderInjector(headers));
            let id = request_id_of(span.context()).and_then(|id| HeaderValue::from_str(&id).ok());
            if let Some(id) = id {
                headers.entry("x-request-id").or_insert(id);
            }
        }
        let (span, result) = span.run(self.http.execute(request)).await;
        match &result {
            Ok(response) => {
                let status = response.status();
                let code = i64::from(status.as_u16());
                span.set(attrs::HTTP_RESPONSE_STATUS_CODE, code);
                timer.set(attrs::HTTP_RESPONSE_STATUS_CODE, code);
                if status.is_client_error() || status.is_server_error() {
                    span.fail(status.as_str().to_owned());
                    timer.fail(status.as_str().to_owned());
                }
            }
            Err(error) => {
                span.fail(error_type(error));
                timer.fail(error_type(error));
            }
        }
        timer.finish();
        span.end();
        result
    }
}

impl Propagate {
    fn covers(&self, url: &Url) -> bool {
        let Some(host) = url.host_str() else {
            return false;
        };
        match self {
            Self::None => false,
            Self::All => true,
            Self::Hosts(hosts) => hosts.iter().any(|allowed| {
                let with_port = |port| allowed.eq_ignore_ascii_case(&format!("{host}:{port}"));
                allowed.eq_ignore_ascii_case(host)
                    || url.port_or_known_default().is_some_and(with_port)
            }),
        }
    }
}

fn start(request: &Request, template: &str) -> Start {
    let url = request.url();
    let (method, verb) = span::method(request.method());
    let name: Cow<'static, str> = if template.is_empty() {
        verb.into()
    } else {
        format!("{verb} {template}").into()
    };
    let mut attributes = vec![
        KeyValue::new(attrs::HTTP_REQUEST_METHOD, method),
        KeyValue::new(attrs::URL_FULL, recorded(url, template)),
    ];
    if !template.is_empty() {
        attributes.push(KeyValue::new(attrs::URL_TEMPLATE, template.to_owned()));
    }
    attributes.extend(server(url));
    Start {
        name,
        kind: SpanKind::Client,
        attributes,
        links: Vec::new(),
    }
}

/// Which host and port are asked.
fn server(url: &Url) -> impl Iterator<Item = KeyValue> {
    let host = url.host_str();
    let host = host.map(|host| KeyValue::new(attrs::SERVER_ADDRESS, host.to_owned()));
    let port = url.port_or_known_default();
    let port = port.map(|port| KeyValue::new(attrs::SERVER_PORT, i64::from(port)));
    host.into_iter().chain(port)
}

/// What the metric is told of a request.
fn measured(request: &Request) -> Vec<KeyValue> {
    let (method, _) = span::method(request.method());
    let method = KeyValue::new(attrs::HTTP_REQUEST_METHOD, method);
    std::iter::once(method)
        .chain(server(request.url()))
        .collect()
}

/// Where a request goes, without credentials, path values, query and fragment.
fn recorded(url: &Url, template: &str) -> String {
    let origin = url.origin().ascii_serialization();
    format!("{origin}/{}", template.trim_start_matches('/'))
}

fn error_type(error: &reqwest::Error) -> &'static str {
    if error.is_timeout() {
        "timeout"
    } else if error.is_connect() {
        "connect"
    } else {
        "request"
    }
}
