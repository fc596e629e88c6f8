//! OTLP over gRPC, to a real gRPC server. The tests run on a runtime of one thread, where the SDK's own batch processor
//! would wait for itself at the end.

use std::sync::{Arc, Mutex};
use std::time::Duration;

use futures::{Stream, StreamExt as _};
use opentelemetry_proto::tonic::collector::trace::v1::trace_service_server::{
    TraceService, TraceServiceServer,
};
use opentelemetry_proto::tonic::collector::trace::v1::{
    ExportTraceServiceRequest, ExportTraceServiceResponse,
};
use throughline_telemetry::Telemetry;
use tokio::net::TcpStream;
use tokio_rustls::TlsAcceptor;
use tokio_rustls::rustls::ServerConfig;
use tokio_rustls::server::TlsStream;
use tonic::transport::Server;
use tonic::transport::server::TcpIncoming;
use tonic::{Request, Response, Status};

use crate::export::{config, one_span};
use crate::tls::Authority;

/// The headers and the names of spans of every request.
type Seen = Arc<Mutex<Vec<(Option<String>, Vec<String>)>>>;

struct Store {
    seen: Seen,
    refuses: bool,
}

#[tonic::async_trait]
impl TraceService for Store {
    async fn export(
        &self,
        request: Request<ExportTraceServiceRequest>,
    ) -> Result<Response<ExportTraceServiceResponse>, Status> {
        if self.refuses {
            return Err(Status::permission_denied("not with this token"));
        }
        let token = request.metadata().get("authorization");
        let token = token.map(|token| token.to_str().unwrap().to_owned());
        let groups = request.into_inner().resource_spans;
        let spans = groups
            .into_iter()
            .flat_map(|group| group.scope_spans)
            .flat_map(|scope| scope.spans);
        let names = spans.map(|span| span.name).collect();
        self.seen.lock().unwrap().push((token, names));
        Ok(Response::new(ExportTraceServiceResponse::default()))
    }
}

/// On a thread of its own: the test's runtime is busy with the test.
fn start(refuses: bool, tls: Option<ServerConfig>) -> (String, Seen) {
    let seen = Seen::default();
    let store = Store {
        seen: seen.clone(),
        refuses,
    };
    let (tell, told) = std::sync::mpsc::sync_channel(1);
    std::thread::spawn(move || {
        let runtime = tokio::runtime::Runtime::new().unwrap();
        runtime.block_on(async {
            let incoming = TcpIncoming::bind("127.0.0.1:0".parse().unwrap()).unwrap();
            tell.send(incoming.local_addr().unwrap()).unwrap();
            let service = TraceServiceServer::new(store)
                .accept_compressed(tonic::codec::CompressionEncoding::Gzip);
            let server = Server::builder().add_service(service);
            match tls {
                Some(tls) => server.serve_with_incoming(secured(incoming, tls)).await,
                None => server.serve_with_incoming(incoming).await,
            }
            .unwrap();
        });
    });
    (told.recv().unwrap().to_string(), seen)
}

/// The connections whose client trusts us and is trusted. A client that does not, or is not, goes away here.
fn secured(
    incoming: TcpIncoming,
    mut tls: ServerConfig,
) -> impl Stream<Item = std::io::Result<TlsStream<TcpStream>>> {
    tls.alpn_protocols = vec![b"h2".to_vec()];
    let acceptor = TlsAcceptor::from(Arc::new(tls));
    incoming.filter_map(move |stream| {
        let acceptor = acceptor.clone();
        async move { Some(Ok(acceptor.accept(stream.ok()?).await.ok()?)) }
    })
}

const GRPC: (&str, &str) = ("OTEL_EXPORTER_OTLP_PROTOCOL", "grpc");

#[tokio::test(flavor = "current_thread")]
async fn spans_arrive_with_the_headers_and_the_end_does_not_hang() {
    let (address, seen) = start(false, None);
    for (url, more) in [
        (format!("http://{address}"), ("X", "")),
        (address, ("OTEL_EXPORTER_OTLP_INSECURE", "true")),
    ] {
        let headers = ("OTEL_EXPORTER_OTLP_HEADERS", "Authorization=Bearer%20xaat");
        let gzip = ("OTEL_EXPORTER_OTLP_COMPRESSION", "gzip");
        let service = Telemetry::build(config(&url, &[GRPC, headers, gzip, more]));
        assert!(service.enabled());
        one_span(&service).await;
        let counts = service.shutdown(Duration::from_secs(5)).await;
        assert_eq!((counts.ended, counts.exported), (1, 1), "{url}");
        let (token, names) = seen.lock().unwrap().pop().unwrap();
        assert_eq!(token.as_deref(), Some("Bearer xaat"));
        assert_eq!(names, ["tick t"]);
    }
}

#[tokio::test(flavor = "current_thread")]
async fn a_refusal_and_an_absence_cost_the_spans_only() {
    let (address, _) = start(true, None);
    for url in [format!("http://{address}"), "http://127.0.0.1:1".to_owned()] {
        let service = Telemetry::build(config(&url, &[GRPC]));
        one_span(&service).await;
        let counts = service.shutdown(Duration::from_secs(5)).await;
        assert_eq!((counts.exported, counts.dropped()), (0, 1), "{url}");
    }
}

#[tokio::test(flavor = "current_thread")]
async fn a_store_whose_authority_is_named_may_ask_who_we_are() {
    let authority = Authority::new();
    authority.sign("service");
    let path = |name: &str| authority.path(name).to_str().unwrap().to_owned();
    let (address, seen) = start(false, Some(authority.server(true)));
    let url = format!("https://localhost:{}", address.rsplit(':').next().unwrap());
    let (ca, key, pem) = (path("ca.pem"), path("service.key"), path("service.pem"));
    let ca = ("OTEL_EXPORTER_OTLP_CERTIFICATE", &*ca);
    let key = ("OTEL_EXPORTER_OTLP_CLIENT_KEY", &*key);
    let pem = ("OTEL_EXPORTER_OTLP_CLIENT_CERTIFICATE", &*pem);
    for (variables, exported) in [
        (vec![GRPC], 0),
        (vec![GRPC, ca], 0),
        (vec![GRPC, ca, key, pem], 1),
    ] {
        let service = Telemetry::build(config(&url, &variables));
        assert!(service.enabled(), "{variables:?}");
        one_span(&service).await;
        let counts = service.shutdown(Duration::from_secs(5)).await;
        assert_eq!(counts.exported, exported, "{variables:?}");
        assert_eq!(seen.lock().unwrap().len() as u64, exported);
    }
}
