//! The load: every request has a time at which it is due, whatever became of those before it.
//!
//! A request that is due while its connection still waits for an answer is late by the service's fault, and
//! its latency counts from when it was due. One that was sent late by the load itself, because its thread
//! woke late, counts from when it was sent; how late that was is told beside the result.

use std::io::{Read as _, Write as _};
use std::net::TcpStream;
use std::thread;
use std::time::{Duration, Instant};

/// The longest a request may take before it has failed.
const ANSWER_MAX: Duration = Duration::from_secs(5);
const ANSWER_BYTES_MAX: usize = 16 << 10;
const REQUEST: &str = "GET /lessons/7 HTTP/1.1\r\nhost: api.instainstru.example:8443\r\n\
    user-agent: Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0\r\n\
    accept: application/json\r\naccept-language: en-US,en;q=0.5\r\naccept-encoding: gzip, deflate, br\r\n\
    cookie: session=6f1ed002ab5595859014ebf0951522d9\r\n\r\n";

#[derive(Clone, Debug)]
pub(crate) struct Load {
    /// `host:port` of the service.
    pub(crate) address: String,
    /// Requests a second over all connections.
    pub(crate) rate: u32,
    pub(crate) connections: u32,
    pub(crate) time: Duration,
    /// Whether a response without the kit's two headers is a failure.
    pub(crate) expects_ids: bool,
}

#[derive(Debug, Default)]
pub(crate) struct Outcome {
    pub(crate) latencies_ns: Vec<u64>,
    /// How late the load itself was, with requests whose connection was free.
    pub(crate) lateness_ns: Vec<u64>,
    pub(crate) failed: u64,
    pub(crate) first_failure: Option<String>,
}

/// The load, from its first request to its last answer.
pub(crate) fn run(load: &Load) -> Outcome {
    // All threads are there before the first request is due.
    let start = Instant::now() + Duration::from_millis(50);
    let workers: Vec<_> = (0..load.connections)
        .map(|index| {
            let load = load.clone();
            thread::spawn(move || connection(&load, index, start))
        })
        .collect();
    let mut all = Outcome::default();
    for worker in workers {
        let mut part = worker.join().unwrap();
        all.latencies_ns.append(&mut part.latencies_ns);
        all.lateness_ns.append(&mut part.lateness_ns);
        all.failed += part.failed;
        all.first_failure = all.first_failure.or(part.first_failure);
    }
    all
}

/// Every `connections`-th request, on one connection that is kept.
fn connection(load: &Load, index: u32, start: Instant) -> Outcome {
    let between = Duration::from_secs(1) / load.rate;
    let count = (load.time.as_secs_f64() * f64::from(load.rate)).round() as u32;
    let mut outcome = Outcome::default();
    let mut stream = None;
    for turn in (index..count).step_by(load.connections as usize) {
        let due = start + between * turn;
        let from = wait_until(due, &mut outcome);
        match exchange(&mut stream, load) {
            Ok(()) => outcome.latencies_ns.push(nanos(from.elapsed())),
            Err(why) => {
                stream = None;
                outcome.failed += 1;
                outcome.first_failure.get_or_insert(why);
            }
        }
    }
    outcome
}

/// From when the request counts.
fn wait_until(due: Instant, outcome: &mut Outcome) -> Instant {
    let now = Instant::now();
    if now >= due {
        return due;
    }
    thread::sleep(due - now);
    let woken = Instant::now();
    outcome.lateness_ns.push(nanos(woken - due));
    woken
}

fn nanos(time: Duration) -> u64 {
    u64::try_from(time.as_nanos()).unwrap_or(u64::MAX)
}

fn exchange(stream: &mut Option<TcpStream>, load: &Load) -> Result<(), String> {
    let stream = match stream {
        Some(stream) => stream,
        None => stream.insert(connect(&load.address).map_err(|error| error.to_string())?),
    };
    let answer = send(stream).map_err(|error| error.to_string())?;
    let head = String::from_utf8_lossy(&answer).to_ascii_lowercase();
    if !head.starts_with("http/1.1 200") {
        return Err(head.lines().next().unwrap_or_default().to_owned());
    }
    let wanted = ["\r\nx-trace-id: ", "\r\nx-request-id: "];
    let missing = wanted
        .iter()
        .find(|name| load.expects_ids && !head.contains(**name));
    missing.map_or(Ok(()), |name| Err(format!("no header {}", name.trim())))
}

fn connect(address: &str) -> std::io::Result<TcpStream> {
    let stream = TcpStream::connect(address)?;
    stream.set_nodelay(true)?;
    stream.set_read_timeout(Some(ANSWER_MAX))?;
    stream.set_write_timeout(Some(ANSWER_MAX))?;
    Ok(stream)
}

/// Head and body of the answer.
fn send(stream: &mut TcpStream) -> std::io::Result<Vec<u8>> {
    stream.write_all(REQUEST.as_bytes())?;
    let mut answer = Vec::with_capacity(1 << 10);
    let mut part = [0; 1 << 10];
    while !is_whole(&answer) {
        let read = stream.read(&mut part)?;
        if read == 0 || answer.len() > ANSWER_BYTES_MAX {
            return Err(std::io::ErrorKind::UnexpectedEof.into());
        }
        answer.extend_from_slice(&part[..read]);
    }
    Ok(answer)
}

/// The service announces the length of its bodies.
fn is_whole(answer: &[u8]) -> bool {
    let Some(head) = answer.windows(4).position(|four| four == b"\r\n\r\n") else {
        return false;
    };
    let text = String::from_utf8_lossy(&answer[..head]);
    let length = text
        .lines()
        .find_map(|line| line.strip_prefix("content-length: ")?.parse::<usize>().ok());
    answer.len() >= head + 4 + length.unwrap_or(0)
}
