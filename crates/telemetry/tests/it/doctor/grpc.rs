//! What gRPC answers, and what the doctor says to it.

use std::fmt::Write as _;

use expect_test::expect;
use opentelemetry_proto::tonic::collector::trace::v1::trace_service_server::{
    TraceService, TraceServiceServer,
};
use opentelemetry_proto::tonic::collector::trace::v1::{
    ExportTraceServiceRequest, ExportTraceServiceResponse,
};
use tonic::transport::Server;
use tonic::transport::server::TcpIncoming;
use tonic::{Code, Request, Response, Status};

use super::listener::{plain, response};
use super::{answer, report};

/// A store of which every answer is the same.
struct Always(Code);

#[tonic::async_trait]
impl TraceService for Always {
    async fn export(
        &self,
        _: Request<ExportTraceServiceRequest>,
    ) -> Result<Response<ExportTraceServiceResponse>, Status> {
        match self.0 {
            Code::Ok => Ok(Response::new(ExportTraceServiceResponse::default())),
            code => Err(Status::new(code, "because of sesame-4711")),
        }
    }
}

async fn store(code: Code) -> String {
    let incoming = TcpIncoming::bind("127.0.0.1:0".parse().unwrap()).unwrap();
    let url = format!("http://{}", incoming.local_addr().unwrap());
    let server = Server::builder().add_service(TraceServiceServer::new(Always(code)));
    tokio::spawn(server.serve_with_incoming(incoming));
    url
}

fn ask(url: &str) -> String {
    let variables = [
        ("OTEL_EXPORTER_OTLP_PROTOCOL", "grpc"),
        ("OTEL_EXPORTER_OTLP_TIMEOUT", "1000"),
    ];
    answer(&report(url, &variables), url)
}

#[tokio::test(flavor = "multi_thread", worker_threads = 1)]
async fn every_answer_has_its_words() {
    let codes = [
        Code::Ok,
        Code::Unauthenticated,
        Code::PermissionDenied,
        Code::NotFound,
        Code::InvalidArgument,
        Code::Unimplemented,
        Code::ResourceExhausted,
        Code::Unavailable,
        Code::DeadlineExceeded,
        Code::Internal,
        Code::AlreadyExists,
    ];
    let mut text = String::new();
    for code in codes {
        let url = store(code).await;
        let said = tokio::task::spawn_blocking(move || ask(&url))
            .await
            .unwrap();
        let _ = writeln!(text, "{said}");
    }
    let http = plain(response("200 OK", "", ""));
    for url in [
        "http://127.0.0.1:1",
        "http://no-such-host.invalid:1",
        http.as_str(),
    ] {
        let url = url.to_owned();
        let said = tokio::task::spawn_blocking(move || ask(&url))
            .await
            .unwrap();
        let _ = writeln!(text, "{said}");
    }
    expect![[r#"
        ok       trace TRACE was accepted: look for it, its span is called "throughline doctor"
        problem  the store answered Unauthenticated: the token is missing or unknown
                   -> set OTEL_EXPORTER_OTLP_HEADERS="Authorization=Bearer <token>" with a token that may write
        problem  the store answered PermissionDenied: the token may not write there
                   -> use a token that may write, and look at X-Axiom-Dataset in OTEL_EXPORTER_OTLP_HEADERS
        problem  the store answered NotFound: there is no such dataset
                   -> make the dataset that X-Axiom-Dataset names
        problem  the store answered InvalidArgument: it did not understand the request
                   -> look whether a proxy changes bodies
        problem  the store answered Unimplemented: it does not take OTLP traces, or not with this compression
                   -> use the port that takes OTLP by gRPC, usually 4317, and unset OTEL_EXPORTER_OTLP_COMPRESSION
        problem  the store answered ResourceExhausted: it has too much to do, or the quota is used up
                   -> wait, raise the quota, or lower OTEL_TRACES_SAMPLER_ARG
        problem  the store answered Unavailable: it, or what lies behind it, cannot answer now
                   -> look whether the store runs behind its proxy, and try again
        problem  no answer from http://127.0.0.1:PORT/: it said nothing within 1s
                   -> look whether a firewall swallows the connection, whether the store is overloaded, and whether OTEL_EXPORTER_OTLP_TIMEOUT (milliseconds) is too short
        problem  the store answered Internal: it failed
                   -> look into the store's log, and try again
        problem  the store answered AlreadyExists: that is no answer to an export
                   -> look whether the port speaks gRPC: 4317 usually does, 4318 is HTTP's
        problem  no answer from http://127.0.0.1:PORT/: nothing listens at its port
                   -> start the store (throughline serve), or correct the port; inside a container localhost is the container itself
        problem  no answer from http://no-such-host.invalid:PORT/: its name could not be resolved
                   -> correct the host in OTEL_EXPORTER_OTLP_ENDPOINT, or the DNS of this machine
        problem  no answer from http://127.0.0.1:PORT/: the port does not speak gRPC
                   -> use port 4317, or set OTEL_EXPORTER_OTLP_PROTOCOL=http/protobuf
    "#]].assert_eq(&text);
}
