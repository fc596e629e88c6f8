//! A store that behaves as a test tells it, over real HTTP, with or without TLS.

use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex, RwLock};
use std::thread;

use http_body_util::{BodyExt, Full};
use hyper::body::{Bytes, Incoming};
use hyper::server::conn::http1;
use hyper::service::service_fn;
use hyper::{Request, Response};
use hyper_util::rt::TokioIo;
use opentelemetry_proto::tonic::collector::logs::v1::ExportLogsServiceRequest;
use opentelemetry_proto::tonic::collector::trace::v1::ExportTraceServiceRequest;
use opentelemetry_proto::tonic::logs::v1::LogRecord;
use prost::Message;
use tokio::io::{AsyncRead, AsyncWrite};
use tokio::net::TcpListener;
use tokio_rustls::TlsAcceptor;
use tokio_rustls::rustls::ServerConfig;

/// What happens to a request.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Behaviour {
    /// It is accepted.
    Accept,
    /// It is accepted, but for so many of its spans.
    Reject(u8),
    /// It is answered with this status.
    Status(u16),
    /// It is never answered.
    Silence,
    /// Its connection is closed.
    Close,
}

/// The store; its thread ends with the test's process.
#[derive(Clone)]
pub(crate) struct Collector {
    pub(crate) url: String,
    behaviour: Arc<RwLock<Behaviour>>,
    seen: Arc<Mutex<Vec<(String, Bytes)>>>,
    asked: Arc<AtomicUsize>,
}

impl Collector {
    pub(crate) fn start(behaviour: Behaviour) -> Self {
        Self::listen("http", behaviour, None)
    }

    pub(crate) fn with_tls(config: ServerConfig) -> Self {
        let acceptor = TlsAcceptor::from(Arc::new(config));
        Self::listen("https", Behaviour::Accept, Some(acceptor))
    }

    fn listen(scheme: &str, behaviour: Behaviour, tls: Option<TlsAcceptor>) -> Self {
        let listener = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
        listener.set_nonblocking(true).unwrap();
        let port = listener.local_addr().unwrap().port();
        let collector = Self {
            url: format!("{scheme}://localhost:{port}"),
            behaviour: Arc::new(RwLock::new(behaviour)),
            seen: Arc::default(),
            asked: Arc::default(),
        };
        let serving = collector.clone();
        thread::spawn(move || {
            let mut runtime = tokio::runtime::Builder::new_current_thread();
            let runtime = runtime.enable_all().build().unwrap();
            runtime.block_on(serving.accept(listener, tls));
        });
        collector
    }

    async fn accept(self, listener: std::net::TcpListener, tls: Option<TlsAcceptor>) {
        let listener = TcpListener::from_std(listener).unwrap();
        loop {
            let (stream, _) = listener.accept().await.unwrap();
            let (collector, tls) = (self.clone(), tls.clone());
            tokio::spawn(async move {
                match tls {
                    // A client that does not trust us goes away here.
                    Some(tls) => {
                        if let Ok(stream) = tls.accept(stream).await {
                            collector.serve(stream).await;
                        }
                    }
                    None => collector.serve(stream).await,
                }
            });
        }
    }

    async fn serve<S: AsyncRead + AsyncWrite + Unpin + Send + 'static>(&self, stream: S) {
        let answer = service_fn(|request| self.answer(request));
        // A connection that we close is an error to hyper, and what the test wants.
        let _ = http1::Builder::new()
            .serve_connection(TokioIo::new(stream), answer)
            .await;
    }

    async fn answer(
        &self,
        request: Request<Incoming>,
    ) -> Result<Response<Full<Bytes>>, Box<dyn std::error::Error + Send + Sync>> {
        self.asked.fetch_add(1, Ordering::SeqCst);
        let path = request.uri().path().to_owned();
        let body = request.into_body().collect().await?.to_bytes();
        let behaviour = *self.behaviour.read().unwrap();
        let answer = match behaviour {
            Behaviour::Silence => return std::future::pending().await,
            Behaviour::Close => return Err("closed on purpose".into()),
            Behaviour::Status(status) => {
                let mut response = Response::new(Full::from("the store's own words"));
                *response.status_mut() = status.try_into()?;
                return Ok(response);
            }
            Behaviour::Accept => Vec::new(),
            // partial_success { rejected_spans, error_message }
            Behaviour::Reject(count) => vec![0x0a, 5, 0x08, count, 0x12, 1, b'x'],
        };
        self.seen.lock().unwrap().push((path, body));
        Ok(Response::new(Full::from(answer)))
    }

    pub(crate) fn behave(&self, behaviour: Behaviour) {
        *self.behaviour.write().unwrap() = behaviour;
    }

    /// How many requests have come in, answered or not.
    pub(crate) fn asked(&self) -> usize {
        self.asked.load(Ordering::SeqCst)
    }

    /// The accepted bodies that were sent to `path`.
    pub(crate) fn bodies(&self, path: &str) -> Vec<Bytes> {
        let seen = self.seen.lock().unwrap();
        let of_path = seen.iter().filter(|(to, _)| to == path);
        of_path.map(|(_, body)| body.clone()).collect()
    }

    /// How many spans were accepted.
    pub(crate) fn spans(&self) -> usize {
        let bodies = self.bodies("/v1/traces");
        let requests = bodies
            .iter()
            .map(|body| ExportTraceServiceRequest::decode(body.clone()).unwrap());
        let scopes = requests
            .flat_map(|request| request.resource_spans)
            .flat_map(|group| group.scope_spans);
        scopes.map(|scope| scope.spans.len()).sum()
    }

    /// The log records that were accepted.
    pub(crate) fn records(&self) -> Vec<LogRecord> {
        let bodies = self.bodies("/v1/logs");
        let requests = bodies
            .iter()
            .map(|body| ExportLogsServiceRequest::decode(body.clone()).unwrap());
        let scopes = requests
            .flat_map(|request| request.resource_logs)
            .flat_map(|group| group.scope_logs);
        scopes.flat_map(|scope| scope.log_records).collect()
    }
}
