//! Events that are small as they come and large as they are kept: refused before they are.

use model::ErrorKind;
use opentelemetry_proto::tonic::common::v1::{AnyValue, KeyValue, any_value::Value};
use opentelemetry_proto::tonic::resource::v1::Resource;
use prost::Message;
use prost::encoding::{WireType, encode_key, encode_varint};
use serde_json::Map;
use throughline_otlp::events::{Events, Form, Request};
use throughline_otlp::{Encoding, Error, Limits};

fn read(body: &str, form: Form, labels: &str) -> Result<Events, Error> {
    let labels: Map<String, serde_json::Value> = serde_json::from_str(labels).unwrap();
    let request = Request {
        form,
        time_field: "_time",
        parse_time: &|_| None,
        labels: &labels,
        dataset: "ev",
        arrival_nanos: 1,
    };
    Events::read(body.as_bytes(), &request, &Limits::default())
}

/// `{"a0":1,"a1":1,…}`.
fn object(keys: usize) -> String {
    let pairs: Vec<String> = (0..keys).map(|at| format!("\"a{at}\":1")).collect();
    format!("{{{}}}", pairs.join(","))
}

#[test]
fn a_name_is_not_written_out_for_each_value_in_it() {
    for (name, keys, expected) in [
        (1 << 19, 40_000, "a field's name has at most 512 bytes"),
        (500, 40_000, "an event has at most 1048576 bytes"),
    ] {
        let body = format!("{{\"{}\":{}}}", "n".repeat(name), object(keys));
        let events = read(&body, Form::Json, "{}").unwrap();
        assert_eq!((events.count, events.failed), (0, 1));
        assert!(
            events.failures[0].contains(expected),
            "{:?}",
            events.failures
        );
    }
}

#[test]
fn a_column_is_not_written_out_for_each_row() {
    let csv = || Form::Csv {
        delimiter: b',',
        columns: None,
    };
    let long = format!("{}\n{}", "n".repeat(30 << 20), "1\n".repeat(65_536));
    let events = read(&long, csv(), "{}").unwrap();
    assert_eq!((events.count, events.failed), (0, 1));

    let names: Vec<String> = (0..4_000).map(|at| format!("{at:0500}")).collect();
    let cells = vec!["1"; 4_000].join(",");
    let wide = format!("{}\n{cells}\n{cells}\n", names.join(","));
    let events = read(&wide, csv(), "{}").unwrap();
    assert_eq!((events.count, events.failed), (0, 2));
    assert!(
        events.failures[1].starts_with("row 2"),
        "{:?}",
        events.failures
    );
}

#[test]
fn labels_count_for_each_event_whether_it_is_kept_or_not() {
    let value = format!("{{\"a\":\"{}\"}}", "x".repeat(16 << 10));
    let name = format!("{{\"{}\":1}}", "x".repeat(16 << 10));
    for (labels, events) in [(value, 65_536), (name, 65_537)] {
        let error = read(&"{}".repeat(events), Form::Json, &labels).unwrap_err();
        assert_eq!(error.kind(), ErrorKind::Exhausted);
        assert!(!matches!(error, Error::TooLarge { what: "bytes", .. }));
    }
}

fn put(out: &mut Vec<u8>, number: u32, bytes: &[u8]) {
    encode_key(number, WireType::LengthDelimited, out);
    encode_varint(bytes.len() as u64, out);
    out.extend_from_slice(bytes);
}

/// One large attribute, and very many groups without a record: linear, or this never ends.
#[test]
fn a_resource_costs_nothing_where_there_is_no_record() {
    let resource = Resource {
        attributes: vec![KeyValue {
            key: "host.name".to_owned(),
            value: Some(AnyValue {
                value: Some(Value::StringValue("x".repeat(32 << 20))),
            }),
            ..KeyValue::default()
        }],
        ..Resource::default()
    };
    let (mut group, mut request) = (Vec::new(), Vec::new());
    put(&mut group, 1, &resource.encode_to_vec());
    for _ in 0..900_000 {
        put(&mut group, 2, &[]);
    }
    put(&mut request, 1, &group);
    let events =
        Events::read_logs(Encoding::Protobuf, &request, "logs", 1, &Limits::default()).unwrap();
    assert_eq!((events.count, events.failed), (0, 0));
}

/// The last one stands, and no other is kept meanwhile.
#[test]
fn a_record_that_says_its_ids_a_million_times_has_one_of_each() {
    let (mut record, mut scope_logs, mut group, mut request) =
        (Vec::new(), Vec::new(), Vec::new(), Vec::new());
    for _ in 0..1_000_000 {
        put(&mut record, 9, &[7]);
        put(&mut record, 12, b"e");
    }
    put(&mut scope_logs, 2, &record);
    put(&mut group, 2, &scope_logs);
    put(&mut request, 1, &group);
    let read = |arrival| {
        Events::read_logs(
            Encoding::Protobuf,
            &request,
            "logs",
            arrival,
            &Limits::default(),
        )
        .unwrap()
    };
    let events = read(1);
    assert_eq!((events.count, events.fields.len()), (1, 2));
    assert!(events.message.len() < 200);
    // It took the time of its arrival: another record when it comes again, with an id of its own.
    let id = |message: &[u8]| {
        message
            .windows(2)
            .position(|at| at == [0x0a, 16])
            .map(|at| message[at + 2..at + 18].to_vec())
    };
    assert_ne!(id(&events.message), id(&read(2).message));
}

/// In JSON they are counted before they are there.
#[test]
fn floods_of_log_records_in_json_are_refused() {
    let limits = Limits {
        spans_max: 10,
        json_parts_max: 100,
        ..Limits::default()
    };
    let body = |records: String| {
        format!(r#"{{"resourceLogs":[{{"scopeLogs":[{{"logRecords":[{records}]}}]}}]}}"#)
    };
    let read = |records: String| {
        let body = body(records);
        Events::read_logs(Encoding::Json, body.as_bytes(), "logs", 1, &limits)
    };
    let many = |part: &str, count: usize| vec![part; count].join(",");
    assert_eq!(read(many("{}", 10)).unwrap().count, 10);
    let attributes = |count| format!(r#"{{"attributes":[{}]}}"#, many("{}", count));
    let values = |count| {
        let values = many("{}", count);
        format!(r#"{{"body":{{"arrayValue":{{"values":[{values}]}}}}}}"#)
    };
    for (records, what) in [
        (many("{}", 11), "log records"),
        (attributes(100), "parts"),
        (values(100), "parts"),
    ] {
        match read(records).unwrap_err() {
            Error::TooLarge { what: found, .. } => assert_eq!(found, what),
            other => panic!("{other}"),
        }
    }
}
