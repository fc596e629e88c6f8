//! A collector over a real socket that behaves as it is told and counts the spans that it said yes to.

use std::io::{BufRead, BufReader, Write};
use std::net::{TcpListener, TcpStream};
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::thread;
use std::time::Duration;

use opentelemetry_proto::tonic::collector::trace::v1::ExportTraceServiceRequest;
use prost::Message as _;

/// What it does with a request.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Behaviour {
    /// How long it takes to answer.
    pub(crate) answer_after: Duration,
    /// What it answers; without, it closes the connection as soon as it is there.
    pub(crate) status: Option<u16>,
}

/// The collector as it should be.
pub(crate) const HEALTHY: Behaviour = Behaviour {
    answer_after: Duration::ZERO,
    status: Some(200),
};

#[derive(Clone, Debug)]
pub(crate) struct Collector {
    pub(crate) url: String,
    seen: Arc<Seen>,
}

#[derive(Debug, Default)]
struct Seen {
    accepted: AtomicU64,
    /// Of the last span of the last request.
    attributes: AtomicU64,
}

impl Collector {
    pub(crate) fn start(behaviour: Behaviour) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let url = format!("http://{}", listener.local_addr().unwrap());
        let seen = Arc::new(Seen::default());
        let shared = seen.clone();
        thread::spawn(move || {
            for stream in listener.incoming().flatten() {
                let shared = shared.clone();
                if behaviour.status.is_some() {
                    // A client that goes away is the client's affair.
                    thread::spawn(move || serve(&stream, behaviour, &shared));
                }
            }
        });
        Self { url, seen }
    }

    /// Spans in the requests that were answered with 200.
    pub(crate) fn accepted(&self) -> u64 {
        self.seen.accepted.load(Ordering::Acquire)
    }

    /// How many attributes the last span had.
    pub(crate) fn attributes(&self) -> u64 {
        self.seen.attributes.load(Ordering::Acquire)
    }
}

/// The requests of one connection, until the client closes it.
fn serve(stream: &TcpStream, behaviour: Behaviour, seen: &Seen) -> std::io::Result<()> {
    let status = behaviour.status.unwrap_or_default();
    let mut reader = BufReader::new(stream);
    while let Some(body) = read(&mut reader)? {
        thread::sleep(behaviour.answer_after);
        // Before the answer: whoever has the answer may look at the count.
        if status == 200 {
            count(&body, seen);
        }
        let answer = format!("HTTP/1.1 {status} as told\r\ncontent-length: 0\r\n\r\n");
        let mut writer = stream;
        writer.write_all(answer.as_bytes())?;
    }
    Ok(())
}

/// The body of the next request, none when there is no next one.
fn read(reader: &mut impl BufRead) -> std::io::Result<Option<Vec<u8>>> {
    let mut length = 0;
    let mut lines = 0;
    loop {
        let mut line = String::new();
        if reader.read_line(&mut line)? == 0 {
            return Ok(None);
        }
        let Some((name, value)) = line.trim_end().split_once(": ") else {
            if lines > 0 && line.trim_end().is_empty() {
                break;
            }
            lines += 1;
            continue;
        };
        lines += 1;
        if name.eq_ignore_ascii_case("content-length") {
            length = value.parse().unwrap_or(0);
        }
    }
    let mut body = vec![0; length];
    reader.read_exact(&mut body)?;
    Ok(Some(body))
}

/// Metrics come to the same address; they decode to no spans or not at all.
fn count(body: &[u8], seen: &Seen) {
    let Ok(request) = ExportTraceServiceRequest::decode(body) else {
        return;
    };
    let scopes = request
        .resource_spans
        .iter()
        .flat_map(|part| &part.scope_spans);
    let spans: Vec<_> = scopes.flat_map(|scope| &scope.spans).collect();
    if let Some(span) = spans.last() {
        let attributes = span.attributes.len() as u64;
        seen.attributes.store(attributes, Ordering::Release);
    }
    seen.accepted
        .fetch_add(spans.len() as u64, Ordering::AcqRel);
}
