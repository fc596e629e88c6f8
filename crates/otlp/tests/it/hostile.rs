//! Bombs, floods, lies, cuts: refused in time, and nothing panics.

use crate::bench::{ARRIVAL_NANOS, decode, message, unpack};
use model::ErrorKind;
use opentelemetry_proto::tonic::collector::trace::v1::ExportTraceServiceRequest;
use opentelemetry_proto::tonic::common::v1::any_value::Value;
use opentelemetry_proto::tonic::common::v1::{AnyValue, ArrayValue, KeyValue, KeyValueList};
use opentelemetry_proto::tonic::resource::v1::Resource;
use opentelemetry_proto::tonic::trace::v1::{ResourceSpans, ScopeSpans, Span};
use prost::Message;
use std::io::Write;
use throughline_otlp::{Body, Compression, Encoding, Limits, Rejection, rejection};

fn good_span() -> Span {
    Span {
        trace_id: vec![1; 16],
        span_id: vec![2; 8],
        name: "GET /".to_owned(),
        ..Span::default()
    }
}

fn request_of(resource: Vec<KeyValue>, spans: Vec<Span>) -> ExportTraceServiceRequest {
    let scope_spans = vec![ScopeSpans {
        spans,
        ..ScopeSpans::default()
    }];
    let resource = Some(Resource {
        attributes: resource,
        ..Resource::default()
    });
    ExportTraceServiceRequest {
        resource_spans: vec![ResourceSpans {
            resource,
            scope_spans,
            ..ResourceSpans::default()
        }],
    }
}

fn attribute(key: &str, value: Value) -> KeyValue {
    KeyValue {
        key: key.to_owned(),
        value: Some(AnyValue { value: Some(value) }),
        key_strindex: 0,
    }
}

/// Arrays (or maps, alternately) inside each other.
fn nested(depth: usize) -> Value {
    (0..depth).fold(Value::IntValue(1), |inner, level| {
        let value = AnyValue { value: Some(inner) };
        if level % 2 == 0 {
            Value::ArrayValue(ArrayValue {
                values: vec![value],
            })
        } else {
            let entry = KeyValue {
                key: "k".to_owned(),
                value: Some(value),
                key_strindex: 0,
            };
            Value::KvlistValue(KeyValueList {
                values: vec![entry],
            })
        }
    })
}

fn packed(compression: Compression, bytes: &[u8]) -> Vec<u8> {
    match compression {
        Compression::Identity => bytes.to_vec(),
        Compression::Zstd => zstd::encode_all(bytes, 1).unwrap(),
        Compression::Gzip => {
            let mut encoder =
                flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::fast());
            encoder.write_all(bytes).unwrap();
            encoder.finish().unwrap()
        }
    }
}

#[test]
fn a_body_is_refused_at_one_byte_above_the_limit() {
    let limits = Limits {
        body_bytes_max: 1000,
        ..Limits::default()
    };
    for compression in [Compression::Identity, Compression::Gzip, Compression::Zstd] {
        for (spaces, is_accepted) in [(1000, true), (1001, false), (1 << 20, false)] {
            let bytes = packed(compression, &vec![b' '; spaces]).into();
            let body = Body {
                encoding: Encoding::Json,
                compression,
                bytes,
            };
            let decoded = throughline_otlp::decode(&body, ARRIVAL_NANOS, &limits);
            assert_eq!(decoded.is_ok(), is_accepted, "{compression:?} {spaces}");
            if let Err(error) = decoded {
                assert_eq!(error.kind(), ErrorKind::Exhausted);
            }
        }
    }
}

#[test]
fn a_zstd_window_above_8_mib_is_refused() {
    let mut encoder = zstd::Encoder::new(Vec::new(), 1).unwrap();
    encoder.window_log(27).unwrap();
    encoder.write_all(&[b' '; 4096]).unwrap();
    let refused = unpack(Encoding::Json, Compression::Zstd, encoder.finish().unwrap()).unwrap_err();
    assert_eq!(refused.kind(), ErrorKind::Invalid);
}

#[test]
fn bytes_that_are_not_packed_as_said_are_malformed() {
    for compression in [Compression::Gzip, Compression::Zstd] {
        let whole = packed(compression, b"{\"resourceSpans\":[]}");
        for end in 1..whole.len() {
            let refused = unpack(Encoding::Json, compression, &whole[..end]).unwrap_err();
            assert_eq!(
                refused.kind(),
                ErrorKind::Invalid,
                "{compression:?} cut at {end}"
            );
        }
        let refused = unpack(Encoding::Json, compression, "{}").unwrap_err();
        assert_eq!(refused.kind(), ErrorKind::Invalid);
    }
}

#[test]
fn a_cut_or_flipped_request_never_panics() {
    let mut span = good_span();
    span.attributes = vec![
        attribute("http.route", Value::StringValue("/a".to_owned())),
        attribute("x", nested(4)),
    ];
    let request = request_of(
        vec![attribute(
            "service.name",
            Value::StringValue("api".to_owned()),
        )],
        vec![span],
    );
    let json = serde_json::to_vec(&request).unwrap();
    for (encoding, whole) in [
        (Encoding::Protobuf, request.encode_to_vec()),
        (Encoding::Json, json),
    ] {
        for end in 0..whole.len() {
            let _ = decode(encoding, &whole[..end]);
        }
        for bit in 0..whole.len() * 8 {
            let mut flipped = whole.clone();
            flipped[bit / 8] ^= 1 << (bit % 8);
            if let Ok(decoded) = decode(encoding, flipped) {
                assert!(decoded.spans <= 1);
            }
        }
    }
}

#[test]
fn text_that_is_not_utf_8_is_malformed() {
    let mut bytes = request_of(vec![], vec![good_span()]).encode_to_vec();
    let at = bytes
        .windows(5)
        .position(|window| window == b"GET /")
        .unwrap();
    bytes[at] = 0xff;
    assert_eq!(
        decode(Encoding::Protobuf, bytes).unwrap_err().kind(),
        ErrorKind::Invalid
    );
    assert_eq!(
        decode(Encoding::Json, b"{\"\xff\":1}").unwrap_err().kind(),
        ErrorKind::Invalid
    );
}

#[test]
fn attributes_nest_to_the_limit_and_no_deeper() {
    for (depth, is_accepted) in [(15, true), (16, true), (17, false), (30, false)] {
        let too_deep = attribute("deep", nested(depth));
        let in_span = Span {
            attributes: vec![too_deep.clone()],
            ..good_span()
        };
        let request = request_of(vec![], vec![in_span, good_span()]);
        let expected = if is_accepted {
            (2, vec![])
        } else {
            (1, rejected(1, "resourceSpans[0].scopeSpans[0].spans[0]"))
        };
        for decoded in [
            message(&request),
            decode(Encoding::Json, serde_json::to_vec(&request).unwrap()),
        ] {
            let decoded = decoded.unwrap();
            assert_eq!((decoded.spans, decoded.rejected), expected, "{depth}");
        }
        // In a resource it costs every span of it.
        let decoded = message(&request_of(vec![too_deep], vec![good_span(), good_span()])).unwrap();
        let expected = if is_accepted {
            (2, vec![])
        } else {
            (0, rejected(2, "resourceSpans[0].resource"))
        };
        assert_eq!((decoded.spans, decoded.rejected), expected, "{depth}");
    }
}

fn rejected(count: u64, first: &str) -> Vec<Rejection> {
    vec![Rejection {
        reason: rejection::ATTRIBUTE_DEPTH,
        count,
        first: first.to_owned(),
    }]
}

#[test]
fn nesting_beyond_the_json_parsers_own_limit_is_malformed() {
    // Written by hand: an encoder would need the stack that the decoder refuses to use.
    let json = format!(
        "{}{}",
        r#"{"resourceSpans":[{"resource":{"attributes":[{"value":"#,
        r#"{"arrayValue":{"values":["#.repeat(200_000)
    );
    assert_eq!(
        decode(Encoding::Json, json).unwrap_err().kind(),
        ErrorKind::Invalid
    );
    let unknown = format!(r#"{{"unknown":{}"#, "[".repeat(200_000));
    assert_eq!(
        decode(Encoding::Json, unknown).unwrap_err().kind(),
        ErrorKind::Invalid
    );
}

#[test]
fn nesting_without_end_costs_its_span_and_no_stack() {
    let mut value = Vec::new();
    for depth in 0..1_998 {
        // A map of one attribute whose value is a map of one attribute …, from the inside out.
        value = wrap([2, 1, 6][depth % 3], &value);
    }
    let deep = [good_span().encode_to_vec(), wrap(9, &wrap(2, &value))].concat();
    let spans = [wrap(2, &deep), wrap(2, &good_span().encode_to_vec())].concat();
    let decoded = decode(Encoding::Protobuf, wrap(1, &wrap(2, &spans))).unwrap();
    let first = "resourceSpans[0].scopeSpans[0].spans[0]";
    assert_eq!((decoded.spans, decoded.rejected), (1, rejected(1, first)));
}

/// `bytes` as the length-delimited field `field` of a message.
fn wrap(field: u8, bytes: &[u8]) -> Vec<u8> {
    let mut out = vec![field << 3 | 2];
    prost::encoding::encode_varint(bytes.len() as u64, &mut out);
    out.extend_from_slice(bytes);
    out
}

#[test]
fn a_length_that_lies_is_malformed() {
    for body in [
        &b"\x0a\xff\xff\xff\xff\x0f"[..],
        b"\x0a\xff\xff\xff\xff\xff\xff\xff\xff\xff\x01",
        b"\x0a",
        b"\x0b",
        b"\xff",
    ] {
        assert_eq!(
            decode(Encoding::Protobuf, body).unwrap_err().kind(),
            ErrorKind::Invalid,
            "{body:x?}"
        );
    }
}

#[test]
fn floods_of_empty_messages_are_refused_before_they_unfold() {
    let scope = |fields: &[u8]| wrap(1, &wrap(2, fields));
    let in_a_span =
        |fields: &[u8]| scope(&wrap(2, &[&*good_span().encode_to_vec(), fields].concat()));
    let many = |field: u8, count: usize| [field << 3 | 2, 0].repeat(count);
    let in_scope = wrap(2, &wrap(2, &good_span().encode_to_vec()));
    for flood in [
        scope(&many(2, 70_000)),
        wrap(1, &wrap(1, &many(1, 1_000_001))),
        // Resources and scopes in pieces, entity references, and the keys of one.
        wrap(1, &many(1, 1_000_001)),
        scope(&many(1, 1_000_001)),
        wrap(
            1,
            &[wrap(1, &many(3, 1_000_001)), in_scope.clone()].concat(),
        ),
        wrap(
            1,
            &[wrap(1, &wrap(3, &many(3, 1_000_001))), in_scope].concat(),
        ),
        in_a_span(&many(9, 1_000_001)),
        in_a_span(&many(11, 1_000_001)),
        in_a_span(&many(13, 1_000_001)),
        // The values of a list, and the entries of a map.
        in_a_span(&wrap(9, &wrap(2, &wrap(5, &many(1, 1_000_001))))),
        in_a_span(&wrap(9, &wrap(2, &wrap(6, &many(1, 1_000_001))))),
        // 64 MiB of control characters become six times as much JSON.
        in_a_span(&wrap(
            9,
            &wrap(2, &wrap(5, &wrap(1, &wrap(1, &vec![1; 12 << 20])))),
        )),
    ] {
        assert_refused(Encoding::Protobuf, &flood);
    }
}

#[test]
fn floods_in_json_are_refused_before_they_unfold() {
    let many = |part: &str, count: usize| format!("{}{part}", format!("{part},").repeat(count));
    let spans = |spans: String| {
        format!(r#"{{"resourceSpans":[{{"scopeSpans":[{{"spans":[{spans}]}}]}}]}}"#)
    };
    let values = many("{}", 200_001);
    for flood in [
        spans(many("{}", 4_000_000)),
        spans(many("null", 4_000_000)),
        format!(r#"{{"resourceSpans":[{}]}}"#, many("{}", 200_001)),
        format!(r#"{{"resourceSpans":[{{"resource":{{"entityRefs":[{values}]}}}}]}}"#),
        format!(
            r#"{{"resourceSpans":[{{"resource":{{"entityRefs":[{{"idKeys":[{}]}}]}}}}]}}"#,
            many("\"\"", 200_001)
        ),
        spans(format!(r#"{{"attributes":[{values}]}}"#)),
        spans(format!(
            r#"{{"attributes":[{{"value":{{"arrayValue":{{"values":[{values}]}}}}}}]}}"#
        )),
        spans(format!(
            r#"{{"attributes":[{{"value":{{"kvlistValue":{{"values":[{values}]}}}}}}]}}"#
        )),
    ] {
        assert_refused(Encoding::Json, flood.as_bytes());
    }
    // Names that nobody knows unfold to nothing.
    let unknown = format!(r#"{{"unknown":[{}]}}"#, many("{}", 4_000_000));
    assert_eq!(decode(Encoding::Json, unknown).unwrap().spans, 0);
    // A list in an object's place would be read as one with nothing set, and is no OTLP.
    let lists = decode(Encoding::Json, spans(many("[]", 10))).unwrap_err();
    assert_eq!(lists.kind(), ErrorKind::Invalid);
}

/// For its size, plain and packed.
fn assert_refused(encoding: Encoding, flood: &[u8]) {
    let packed = packed(Compression::Zstd, flood);
    let plain = decode(encoding, flood).unwrap_err();
    let unpacked = unpack(encoding, Compression::Zstd, packed).unwrap_err();
    assert_eq!(
        (plain.kind(), unpacked.kind()),
        (ErrorKind::Exhausted, ErrorKind::Exhausted)
    );
}

#[test]
fn the_largest_batch_of_an_sdk_fits() {
    let integer = attribute("k", Value::IntValue(1));
    let span = Span {
        attributes: vec![integer; 20],
        ..good_span()
    };
    let request = request_of(vec![], vec![span; 8192]);
    assert_eq!(message(&request).unwrap().spans, 8192);
    let json = serde_json::to_vec(&request).unwrap();
    assert_eq!(decode(Encoding::Json, json).unwrap().spans, 8192);
}

#[test]
fn what_many_spans_share_is_bounded_as_if_each_had_it() {
    let integers = |count: usize| -> Vec<KeyValue> {
        (0..count)
            .map(|n| attribute(&format!("k{n}"), Value::IntValue(1)))
            .collect()
    };
    for (resource, spans) in [
        (
            vec![attribute(
                "host.name",
                Value::StringValue("x".repeat(1 << 20)),
            )],
            300,
        ),
        (
            vec![attribute(
                "anything",
                Value::StringValue("x".repeat(1 << 20)),
            )],
            300,
        ),
        (integers(1000), 20_000),
    ] {
        let request = request_of(resource, vec![good_span(); spans]);
        assert_eq!(message(&request).unwrap_err().kind(), ErrorKind::Exhausted);
    }
}

/// A value that does not fit its column, and very many after it that do: linear, or this never ends.
#[test]
fn misfits_cost_no_more_than_their_number() {
    let mut attributes = vec![attribute("http.route", Value::IntValue(1))];
    attributes.extend(vec![attribute("", Value::IntValue(1)); 250_000]);
    for _ in 0..125_000 {
        attributes.push(attribute("http.route", Value::StringValue("/".to_owned())));
        attributes.push(attribute("http.route", Value::IntValue(2)));
    }
    let span = Span {
        attributes,
        ..good_span()
    };
    assert_eq!(message(&request_of(vec![], vec![span])).unwrap().spans, 1);
}

#[test]
fn text_of_a_rejected_span_costs_nobody_else() {
    let bad = Span {
        trace_id: vec![],
        name: "@@@@".to_owned(),
        ..good_span()
    };
    let mut body = request_of(vec![], vec![bad, good_span()]).encode_to_vec();
    let at = body.windows(4).position(|bytes| bytes == b"@@@@").unwrap();
    body[at..at + 4].fill(0xff);
    let decoded = decode(Encoding::Protobuf, body).unwrap();
    assert_eq!((decoded.spans, decoded.rejected.len()), (1, 1));
}

#[test]
fn a_large_resource_is_there_once_for_all_its_spans() {
    for key in ["host.name", "anything"] {
        let large = attribute(key, Value::StringValue("x".repeat(1 << 20)));
        let request = request_of(vec![large], vec![good_span(); 200]);
        let batch = message(&request).unwrap().batch.unwrap();
        assert_eq!(batch.num_rows(), 200);
        assert!(batch.get_array_memory_size() < 2 << 20);
    }
}
