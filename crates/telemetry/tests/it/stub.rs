//! An OTLP/HTTP store over a real socket that keeps what it is sent.

use std::io::{BufRead, BufReader, Read, Write};
use std::net::{TcpListener, TcpStream};
use std::sync::{Arc, Mutex};
use std::thread;

use opentelemetry_proto::tonic::collector::trace::v1::ExportTraceServiceRequest;
use opentelemetry_proto::tonic::trace::v1::Span;
use prost::Message;

/// One request as it came in: the request line, the headers in lower case, the body.
#[derive(Clone, Debug)]
pub(crate) struct Received {
    pub(crate) line: String,
    pub(crate) headers: Vec<(String, String)>,
    pub(crate) body: Vec<u8>,
}

#[derive(Clone)]
pub(crate) struct Stub {
    pub(crate) url: String,
    received: Arc<Mutex<Vec<Received>>>,
}

impl Stub {
    pub(crate) fn start() -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let url = format!("http://{}", listener.local_addr().unwrap());
        let received = Arc::new(Mutex::new(Vec::new()));
        let keep = received.clone();
        thread::spawn(move || {
            for stream in listener.incoming() {
                let keep = keep.clone();
                thread::spawn(move || serve(&stream.unwrap(), &keep));
            }
        });
        Self { url, received }
    }

    pub(crate) fn received(&self) -> Vec<Received> {
        self.received.lock().unwrap().clone()
    }

    /// All spans, each with the name of its service.
    pub(crate) fn spans(&self) -> Vec<(String, Span)> {
        let decode = |request: &Received| {
            ExportTraceServiceRequest::decode(request.body.as_slice())
                .unwrap()
                .resource_spans
        };
        let mut spans = Vec::new();
        for group in self.received().iter().flat_map(decode) {
            let service = service_of(&group.resource.unwrap_or_default().attributes);
            let of_group = group.scope_spans.into_iter().flat_map(|scope| scope.spans);
            spans.extend(of_group.map(|span| (service.clone(), span)));
        }
        spans
    }
}

impl Received {
    pub(crate) fn header(&self, name: &str) -> Option<&str> {
        self.headers
            .iter()
            .find(|(key, _)| key == name)
            .map(|(_, value)| value.as_str())
    }
}

fn service_of(attributes: &[opentelemetry_proto::tonic::common::v1::KeyValue]) -> String {
    use opentelemetry_proto::tonic::common::v1::any_value::Value;
    let named = attributes
        .iter()
        .find(|attribute| attribute.key == "service.name");
    match named.and_then(|attribute| attribute.value.clone()?.value) {
        Some(Value::StringValue(name)) => name,
        _ => String::new(),
    }
}

/// Requests of one connection until the client closes it.
fn serve(stream: &TcpStream, keep: &Mutex<Vec<Received>>) {
    let mut reader = BufReader::new(stream);
    loop {
        let mut line = String::new();
        if reader.read_line(&mut line).unwrap_or(0) == 0 {
            return;
        }
        let mut headers = Vec::new();
        loop {
            let mut header = String::new();
            reader.read_line(&mut header).unwrap();
            let Some((key, value)) = header.trim_end().split_once(": ") else {
                break;
            };
            headers.push((key.to_ascii_lowercase(), value.to_owned()));
        }
        let length = headers.iter().find(|(key, _)| key == "content-length");
        let mut body = vec![0; length.map_or(0, |(_, value)| value.parse().unwrap())];
        reader.read_exact(&mut body).unwrap();
        keep.lock().unwrap().push(Received {
            line: line.trim_end().to_owned(),
            headers,
            body,
        });
        let answer =
            b"HTTP/1.1 200 OK\r\ncontent-type: application/x-protobuf\r\ncontent-length: 0\r\n\r\n";
        let mut writer = stream;
        writer.write_all(answer).unwrap();
    }
}
