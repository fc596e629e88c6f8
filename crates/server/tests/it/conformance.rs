//! The answer table of OTLP, each row over every way to speak: HTTP with protobuf, HTTP with JSON, gRPC. What
//! only one of them has — paths, methods, frames — is in tables of its own below and in `answers`, `grpc`.

use crate::answers::gzip;
use crate::grpc::framed;
use crate::running::{Headers, InProcess};
use crate::spans::{request, span};
use opentelemetry_proto::tonic::collector::trace::v1::ExportTraceServiceRequest;
use prost::Message;
use std::fs;
use std::io;
use std::path::Path;
use tempfile::TempDir;
use throughline::config::Limits;
use throughline::serve::{Seams, Space};

/// How to speak, and what an answer says.
mod ways;

use ways::{Answer, LATER, Sent, WAYS, Way, no, over_grpc, yes};

fn spans(count: u64) -> ExportTraceServiceRequest {
    let spans = (0..count).map(|index| span(1, index)).collect();
    request("api", spans)
}

/// Two spans that are kept and one without an id.
fn one_without_id() -> ExportTraceServiceRequest {
    let mut nameless = span(1, 2);
    nameless.span_id = vec![0; 8];
    request("api", vec![span(1, 0), span(1, 1), nameless])
}

type Make = fn(Way) -> Sent;

/// What a server in order is sent, and what it answers.
fn in_order() -> [(&'static str, Make, Answer); 11] {
    [
        (
            "full success",
            |way| Sent::plain(way.write(&spans(2))),
            yes(0),
        ),
        (
            "full success, packed",
            |way| Sent::packed(gzip(&way.write(&spans(2))), "gzip"),
            yes(0),
        ),
        (
            "an empty request",
            |way| Sent::plain(way.write(&ExportTraceServiceRequest::default())),
            yes(0),
        ),
        (
            "partial success",
            |way| Sent::plain(way.write(&one_without_id())),
            yes(1),
        ),
        (
            "undecodable",
            |_| Sent::plain(b"\xff\xff\xffnonsense".to_vec()),
            no(400, 3),
        ),
        (
            "cut in the middle",
            |way| {
                let whole = way.write(&spans(2));
                Sent::plain(whole[..whole.len() - 9].to_vec())
            },
            no(400, 3),
        ),
        (
            "not as packed as it says",
            |way| Sent::packed(way.write(&spans(2)), "zstd"),
            no(400, 3),
        ),
        (
            "an unknown encoding",
            |way| Sent::packed(way.write(&spans(2)), "br"),
            no(415, 12),
        ),
        (
            "an impossible dataset",
            |way| Sent {
                dataset: Some("../../etc"),
                ..Sent::plain(way.write(&spans(2)))
            },
            no(400, 3),
        ),
        (
            "over size, decoded, by gzip that tells its length",
            |_| Sent::packed(gzip(&vec![b' '; (64 << 20) + 1]), "gzip"),
            no(413, 8),
        ),
        (
            "over size, decoded, by zstd that does not",
            |_| {
                Sent::packed(
                    zstd::encode_all(&vec![b' '; (64 << 20) + 1][..], 1).unwrap(),
                    "zstd",
                )
            },
            no(413, 8),
        ),
    ]
}

#[tokio::test]
async fn a_server_in_order_answers_every_row_in_every_way() {
    let server = InProcess::start().await;
    for (what, make, expected) in in_order() {
        for way in WAYS {
            let answer = way.send(&server, make(way)).await;
            assert_eq!(answer, expected, "{what}, {way:?}");
        }
    }
}

#[tokio::test]
async fn a_server_at_its_limit_answers_every_row_in_every_way() {
    fn full(_: &Path) -> io::Result<Space> {
        Ok(Space {
            total_bytes: 1 << 40,
            free_bytes: 1 << 20,
        })
    }
    let (usual, limits) = (Seams::default(), Limits::default());
    let rows = [
        (
            "over size on the wire",
            Limits {
                body_wire_bytes_max: 64,
                ..limits.clone()
            },
            usual,
            no(413, 8),
        ),
        (
            "no room",
            Limits {
                in_flight_bytes_max: 64,
                ..limits.clone()
            },
            usual,
            LATER,
        ),
        (
            "the disk is full",
            limits.clone(),
            Seams {
                probe: full,
                ..usual
            },
            LATER,
        ),
        (
            "the log is full",
            Limits {
                log_bytes_max: 0,
                ..limits
            },
            usual,
            LATER,
        ),
    ];
    for (what, limits, seams, expected) in rows {
        let server = InProcess::with(TempDir::new().unwrap(), limits, seams).await;
        for way in WAYS {
            let sent = Sent::plain(way.write(&spans(2)));
            assert_eq!(way.send(&server, sent).await, expected, "{what}, {way:?}");
        }
        let (_, datasets) = server.client.get("/v1/datasets").await;
        assert_eq!(datasets, serde_json::json!([]), "{what}: nothing was kept");
    }
}

#[tokio::test]
async fn a_failed_log_says_later_in_every_way() {
    let server = InProcess::start().await;
    // A directory lies where the log's next segment is to be, and the first one is soon full.
    for seq in 2..40 {
        let taken = server.data.path().join(format!("wal/wal-{seq:020}.log"));
        fs::create_dir(taken).unwrap();
    }
    let mut large = span(1, 0);
    let mut refused = false;
    for number in 0..20 {
        // Each another one: what came already is not written again.
        large.name = format!("{number}{}", "x".repeat(8 << 20));
        let large = Way::Protobuf.write(&request("api", vec![large.clone()]));
        let answer = Way::Protobuf.send(&server, Sent::plain(large)).await;
        refused |= answer == LATER;
    }
    assert!(refused, "a segment holds 64 MiB");
    for way in WAYS {
        let sent = Sent::plain(way.write(&spans(2)));
        assert_eq!(way.send(&server, sent).await, LATER, "{way:?}");
    }
}

/// A fault of ours: the exporter is to try again once. A request that is at fault itself, every time, would
/// otherwise be sent for ever.
#[tokio::test]
async fn a_request_that_the_decoder_fails_on_is_refused_for_good_the_second_time() {
    fn decode(
        message: &otlp::Message,
        arrival_nanos: i64,
        limits: &otlp::Limits,
    ) -> Result<otlp::Decoded, otlp::Error> {
        assert!(!message.as_bytes().windows(6).any(|word| word == b"poison"));
        message.decode(arrival_nanos, limits)
    }
    let seams = Seams {
        decode,
        ..Seams::default()
    };
    let server = InProcess::with(TempDir::new().unwrap(), Limits::default(), seams).await;
    for (index, way) in (0_u64..).zip(WAYS) {
        let mut bad = span(1, index);
        bad.name = "poison".to_owned();
        let bad = way.write(&request("api", vec![bad]));
        let first = way.send(&server, Sent::plain(bad.clone())).await;
        assert_eq!(first, LATER, "{way:?}");
        let second = way.send(&server, Sent::plain(bad)).await;
        assert_eq!(second, no(400, 3), "{way:?}");
        let good = Sent::plain(way.write(&spans(1)));
        assert_eq!(way.send(&server, good).await, yes(0), "{way:?}");
    }
}

#[tokio::test]
async fn http_has_paths_methods_and_content_types() {
    let server = InProcess::start().await;
    let good = spans(1).encode_to_vec();
    let rows = [
        (404, 12, "POST", "/v1/metrics", "application/json"),
        (404, 12, "POST", "/v1/traces/more", "application/x-protobuf"),
        (405, 12, "GET", "/v1/traces", "application/x-protobuf"),
        (405, 12, "PUT", "/v1/traces", "application/json"),
        (415, 12, "POST", "/v1/traces", "text/plain"),
        (415, 12, "POST", "/v1/traces", "application/grpc"),
    ];
    for (status, code, method, path, content_type) in rows {
        let method = reqwest::Method::from_bytes(method.as_bytes()).unwrap();
        let request = server.client.http.request(method, server.client.otlp(path));
        let request = request.header("content-type", content_type);
        let response = request.body(good.clone()).send().await.unwrap();
        assert_eq!(response.status(), status, "{path} {content_type}");
        assert_eq!(response.headers().contains_key("allow"), status == 405);
        let way = match content_type {
            "application/x-protobuf" => Way::Protobuf,
            _ => Way::Json,
        };
        assert_eq!(response.headers()["content-type"], way.content_type());
        let said = way.status(&response.bytes().await.unwrap());
        assert_eq!((said.code, said.retry_info()), (code, false), "{path}");
    }
}

#[tokio::test]
async fn grpc_has_frames() {
    let server = InProcess::start().await;
    let good = spans(1).encode_to_vec();
    let whole = framed(false, &good);
    let lying = |length: u32| [&[0], &length.to_be_bytes()[..], &good].concat();
    let packed = framed(true, &gzip(&good));
    let rows: [(&str, Headers<'_>, Vec<u8>, Answer); 9] = [
        ("one message", &[], whole.clone(), yes(0)),
        ("no message", &[], Vec::new(), no(400, 3)),
        ("half a frame's head", &[], whole[..3].to_vec(), no(400, 3)),
        ("two messages", &[], whole.repeat(2), no(400, 3)),
        ("a length of 4 GiB", &[], lying(u32::MAX), no(400, 3)),
        ("a length of 0", &[], lying(0), no(400, 3)),
        ("a flag of 2", &[], [&[2], &whole[1..]].concat(), no(400, 3)),
        ("packed, nobody says how", &[], packed.clone(), no(400, 3)),
        (
            "packed, with time enough",
            &[("grpc-encoding", "gzip"), ("grpc-timeout", "20S")],
            packed,
            yes(0),
        ),
    ];
    for (what, headers, body, expected) in rows {
        let answer = over_grpc(&server, headers, body).await;
        assert_eq!(answer, expected, "{what}");
    }
}
