//! Bodies that are not what they seem: bombs, false lengths, windows, nesting, and floods of two bytes.

use crate::raw::Raw;
use crate::server::Server;
use crate::tally::{DEEP_RESOURCE, Tally};
use flate2::{Compression, write::GzEncoder};
use std::io::Write;
use std::sync::Arc;
use tokio::task::JoinSet;

const PROTOBUF: &str = "content-type: application/x-protobuf\r\n";
const JSON: &str = "content-type: application/json\r\n";
const GZIP: &str = "content-encoding: gzip\r\n";
const ZSTD: &str = "content-encoding: zstd\r\n";
/// Where the largest body that the server takes ends.
const BODY_BYTES_MAX: usize = 64 << 20;
const DEPTH: usize = 200_000;

struct Kind {
    name: &'static str,
    /// Of a hundred thousand.
    share: u64,
    lines: String,
    bodies: Vec<Vec<u8>>,
}

pub(crate) fn spawn(
    attacks: &mut JoinSet<()>,
    server: &Arc<Server>,
    tally: &Arc<Tally>,
    share: impl Fn(u64) -> u64,
) {
    for (index, kind) in kinds().into_iter().enumerate() {
        let (server, tally, tries) = (Arc::clone(server), Arc::clone(tally), share(kind.share));
        let host = 10 + u8::try_from(index).unwrap();
        attacks.spawn(async move {
            let mut client = Raw::new(host, server.otlp_http);
            for body in kind.bodies.iter().cycle().take(tries as usize) {
                let outcome = client.post(&kind.lines, body).await;
                tally.add(kind.name, outcome, 1);
            }
        });
    }
}

fn kinds() -> Vec<Kind> {
    let mut kinds = bombs();
    kinds.extend(lies());
    kinds
}

fn kind(name: &'static str, share: u64, lines: [&str; 2], bodies: Vec<Vec<u8>>) -> Kind {
    Kind {
        name,
        share,
        lines: lines.concat(),
        bodies,
    }
}

/// What is small on the wire and large in memory. No field has the number 0, and no JSON begins with it.
fn bombs() -> Vec<Kind> {
    let large = vec![0; BODY_BYTES_MAX + 1];
    let small = &large[..1 << 20];
    let pairs = message(1, message(1, b"\x0a\x00".repeat(1_000_000)));
    let one = |body| vec![body];
    vec![
        kind(
            "gzip bomb, 1000:1, 64 MiB",
            500,
            [PROTOBUF, GZIP],
            one(gzip(&large)),
        ),
        kind(
            "gzip bomb, 1000:1, 1 MiB",
            10_000,
            [JSON, GZIP],
            one(gzip(small)),
        ),
        kind(
            "zstd bomb, 30000:1, 64 MiB",
            500,
            [JSON, ZSTD],
            one(zstd(&large)),
        ),
        kind(
            "zstd bomb, 30000:1, 1 MiB",
            10_000,
            [PROTOBUF, ZSTD],
            one(zstd(small)),
        ),
        kind(
            "gzip, 1000 members",
            1_000,
            [JSON, GZIP],
            one(gzip(&[0; 2]).repeat(1_000)),
        ),
        kind(
            "gzip, 80 members of 1 MiB",
            500,
            [JSON, GZIP],
            one(gzip(small).repeat(80)),
        ),
        kind(
            "two-byte attributes, a million",
            500,
            [PROTOBUF, GZIP],
            one(gzip(&pairs)),
        ),
    ]
}

/// What says of itself what is not so, or is nothing at all.
fn lies() -> Vec<Kind> {
    let deep = vec![gzip(&deep_protobuf())];
    vec![
        kind("gzip, a false length", 4_000, [JSON, GZIP], false_lengths()),
        kind(
            "zstd, false lengths and windows",
            4_000,
            [JSON, ZSTD],
            false_frames(),
        ),
        kind(DEEP_RESOURCE, 500, [PROTOBUF, GZIP], deep),
        kind("JSON, 200,000 deep", 2_000, [JSON, ""], deep_json()),
        kind("nonsense", 16_000, [PROTOBUF, ""], nonsense()),
    ]
}

fn gzip(bytes: &[u8]) -> Vec<u8> {
    let mut encoder = GzEncoder::new(Vec::new(), Compression::best());
    encoder.write_all(bytes).unwrap();
    encoder.finish().unwrap()
}

fn zstd(bytes: &[u8]) -> Vec<u8> {
    zstd::encode_all(bytes, 1).unwrap()
}

/// The last four bytes of gzip say how long the message is.
fn false_lengths() -> Vec<Vec<u8>> {
    let lengths = [0, 1, 1 << 20, 64 << 20, u32::MAX];
    let lie = |length: u32| {
        let mut body = gzip(b"{\"resourceSpans\":[]}");
        let at = body.len() - 4;
        body[at..].copy_from_slice(&length.to_le_bytes());
        body
    };
    lengths.into_iter().map(lie).collect()
}

/// Frames of zstd whose head claims a window of up to 3.75 TiB, or a message of up to 2^64 bytes.
fn false_frames() -> Vec<Vec<u8>> {
    const MAGIC: [u8; 4] = [0x28, 0xb5, 0x2f, 0xfd];
    // A last, raw block of two bytes.
    const BLOCK: [u8; 5] = [0x11, 0, 0, b'{', b'}'];
    let window = |window: u8| [&MAGIC[..], &[0, window], &BLOCK].concat();
    // Eight bytes of length, with and without a window.
    let length = |length: u64| [&MAGIC[..], &[0xe0], &length.to_le_bytes(), &BLOCK].concat();
    let windows = [0x70, 0x78, 0xa0, 0xf8, 0xff].map(window);
    let lengths = [3, 1 << 30, 1 << 40, u64::MAX].map(length);
    windows.into_iter().chain(lengths).collect()
}

/// `bytes` as the field of this number.
fn message(number: u8, bytes: Vec<u8>) -> Vec<u8> {
    let mut out = vec![number << 3 | 2];
    prost::encoding::encode_varint(bytes.len() as u64, &mut out);
    out.extend(bytes);
    out
}

/// An attribute whose value is a list of a list of a list. Written backwards, or it would take a day.
fn deep_protobuf() -> Vec<u8> {
    let mut reversed: Vec<u8> = Vec::new();
    let mut head = Vec::new();
    // AnyValue.array_value = 5, ArrayValue.values = 1; KeyValue.value = 2, Resource.attributes = 1,
    // ResourceSpans.resource = 1, resource_spans = 1.
    let nested = (0..DEPTH).map(|index| if index % 2 == 0 { 5 } else { 1 });
    for number in nested.chain([2, 1, 1, 1]) {
        head.clear();
        head.push(number << 3 | 2);
        prost::encoding::encode_varint(reversed.len() as u64, &mut head);
        reversed.extend(head.iter().rev());
    }
    reversed.reverse();
    reversed
}

fn deep_json() -> Vec<Vec<u8>> {
    let value = r#"{"arrayValue":{"values":["#.repeat(DEPTH / 10);
    let inside =
        format!(r#"{{"resourceSpans":[{{"resource":{{"attributes":[{{"key":"k","value":{value}"#);
    vec![
        "[".repeat(DEPTH).into_bytes(),
        r#"{"a":"#.repeat(DEPTH / 4).into_bytes(),
        inside.into_bytes(),
    ]
}

/// Bytes of no meaning, the same in every run.
fn nonsense() -> Vec<Vec<u8>> {
    let mut state = 1_u64;
    let mut byte = || {
        state ^= state << 13;
        state ^= state >> 7;
        state ^= state << 17;
        (state >> 32) as u8
    };
    // The first byte is of a field that there is, with a length that is not.
    (0..64)
        .map(|index| {
            let random = (0..index * 31).map(|_| byte());
            [0x0a, 0xff, 0xff].into_iter().chain(random).collect()
        })
        .collect()
}
