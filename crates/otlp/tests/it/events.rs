//! Events and the rows that come of them.

use arrow::array::{Array, AsArray};
use arrow::datatypes::{Int64Type, TimestampNanosecondType};
use model::span::{self, ColumnType};
use opentelemetry_proto::tonic::common::v1::{AnyValue, InstrumentationScope, KeyValue, any_value};
use opentelemetry_proto::tonic::resource::v1::Resource;
use prost::Message;
use prost::encoding::{WireType, encode_key, encode_varint};
use serde_json::Map;
use throughline_otlp::events::{Events, Form, Request};
use throughline_otlp::{Body, Compression, Encoding, Limits};

const NOON: i64 = 1_764_417_600_000_000_000;

fn read_of(body: &str, form: Form, dataset: &str) -> Events {
    let labels = serde_json::from_str(r#"{"team":"a"}"#).unwrap();
    let parse_time = |text: &str| (text == "noon").then_some(NOON);
    let request = Request {
        form,
        time_field: "_time",
        parse_time: &parse_time,
        labels: &labels,
        dataset,
        arrival_nanos: NOON + 7,
    };
    Events::read(body.as_bytes(), &request, &Limits::default()).unwrap()
}

fn read(body: &str, form: Form) -> Events {
    read_of(body, form, "ev")
}

/// The custom map of each row, as `key=value` in the order of the keys.
fn rows(events: &Events) -> Vec<(i64, String)> {
    let body = Body {
        encoding: Encoding::Protobuf,
        compression: Compression::Identity,
        bytes: events.message.clone().into(),
    };
    let decoded = throughline_otlp::decode(&body, 1, &Limits::default()).unwrap();
    assert_eq!((decoded.spans, decoded.rejected.len()), (events.count, 0));
    let Some(batch) = decoded.batch else {
        return Vec::new();
    };
    let times = batch.column_by_name(span::TIME).unwrap();
    let maps = batch.column_by_name(span::ATTRIBUTES_CUSTOM).unwrap();
    let times = times.as_primitive::<TimestampNanosecondType>();
    let of_row = |row: usize| {
        let map = maps.as_map().value(row);
        let (keys, values) = (
            map.column(0).as_string::<i32>(),
            map.column(1).as_string::<i32>(),
        );
        let pairs = (0..map.len()).map(|at| format!("{}={}", keys.value(at), values.value(at)));
        (times.value(row), pairs.collect::<Vec<_>>().join(" "))
    };
    (0..batch.num_rows()).map(of_row).collect()
}

#[test]
fn fields_are_flat_and_keep_their_types() {
    let body = r#"[{"_time":"noon","a":{"b":1,"c":[1,"x"]},"f":1.5,"t":true,"n":null,"s":"ä"},
        {"_time":1764417600,"a":{"b":2.5},"big":18446744073709551615}]"#;
    let events = read(body, Form::Json);
    let expected = [
        (
            NOON,
            r#"a.b=1 a.c=[1,"x"] f=1.5 s=ä t=true team=a"#.to_owned(),
        ),
        (NOON, "a.b=2.5 big=18446744073709551615 team=a".to_owned()),
    ];
    assert_eq!(rows(&events), expected);
    use ColumnType::{Boolean, Float, Text};
    let kinds = [
        ("a.b", Float),
        ("a.c", Text),
        ("big", Text),
        ("f", Float),
        ("s", Text),
        ("t", Boolean),
        ("team", Text),
    ];
    let found: Vec<_> = events
        .fields
        .iter()
        .map(|(name, kind)| (name.as_str(), *kind))
        .collect();
    assert_eq!(found, kinds);
}

#[test]
fn what_a_row_has_of_its_own_is_not_taken_from_an_event() {
    let body = r#"{"_rowId":"r","_sysTime":2,"_time":"noon"}"#;
    let expected = "_user__rowId=r _user__sysTime=2 team=a";
    assert_eq!(rows(&read(body, Form::Json)), [(NOON, expected.to_owned())]);
    let labels = Map::new();
    let other = Request {
        time_field: "ts",
        ..request(&labels)
    };
    let events = Events::read(body.as_bytes(), &other, &Limits::default()).unwrap();
    assert!(events.fields.contains_key("_user__time"));
}

#[test]
fn a_number_of_a_promoted_name_is_in_its_column() {
    let events = read(r#"{"_time":"noon","http.status_code":503}"#, Form::Json);
    let body = Body {
        encoding: Encoding::Protobuf,
        compression: Compression::Identity,
        bytes: events.message.into(),
    };
    let batch = throughline_otlp::decode(&body, 1, &Limits::default())
        .unwrap()
        .batch
        .unwrap();
    let codes = batch.column_by_name("attributes.http.status_code").unwrap();
    assert_eq!(codes.as_primitive::<Int64Type>().value(0), 503);
}

#[test]
fn a_bad_line_costs_no_other() {
    let body =
        "{\"x\":1}\n{oops\n\n7\n[{\"x\":2},\"y\"]\n{\"_time\":\"late\"}\n{\"\":1}\n{\"_time\":-5}";
    let events = read(body, Form::Lines);
    let expected = [
        (NOON + 7, "team=a x=1".to_owned()),
        (NOON + 8, "team=a x=2".to_owned()),
    ];
    assert_eq!(rows(&events), expected);
    assert_eq!((events.failed, events.failures.len()), (6, 6));
    assert_eq!(events.failures[0], "line 2, column 2: key must be a string");
    assert!(Events::read(b"{oops", &request(&Map::new()), &Limits::default()).is_err());
}

#[test]
fn cells_are_numbers_where_they_are_written_as_one() {
    let csv = |columns: Option<&str>| Form::Csv {
        delimiter: b';',
        columns: columns.map(|names| names.split(',').map(str::to_owned).collect()),
    };
    let events = read(
        "_time;n;zip;f;b;e\nnoon;42;007;-0.5;true;\nnoon;-3;1;1e3;false;x;extra\n",
        csv(None),
    );
    assert_eq!(
        rows(&events),
        [(NOON, "b=true f=-0.5 n=42 team=a zip=007".to_owned())]
    );
    assert_eq!(events.failed, 1);
    use ColumnType::{Boolean, Float, Integer, Text};
    let kinds: Vec<_> = events.fields.into_values().collect();
    assert_eq!(kinds, [Boolean, Float, Integer, Text, Text]);
    let named = read("1;\"a;b\"\n", csv(Some("n,s")));
    assert_eq!(rows(&named), [(NOON + 7, "n=1 s=a;b team=a".to_owned())]);
}

#[test]
fn an_identical_request_is_the_same_message_unless_it_took_the_time_of_its_arrival() {
    let timed = r#"{"_time":"noon","x":1}"#;
    let once = read(timed, Form::Json).message;
    assert_eq!(once, read(timed, Form::Json).message);
    assert_ne!(once, read_of(timed, Form::Json, "ev2").message);
    let labels = Map::new();
    let later = |arrival_nanos| {
        let request = Request {
            arrival_nanos,
            ..request(&labels)
        };
        Events::read(br#"{"x":1}"#, &request, &Limits::default())
            .unwrap()
            .message
    };
    assert_ne!(later(1), later(2));
}

fn request(labels: &Map<String, serde_json::Value>) -> Request<'_> {
    Request {
        form: Form::Json,
        time_field: "_time",
        parse_time: &|_| None,
        labels,
        dataset: "ev",
        arrival_nanos: 1,
    }
}

#[test]
fn limits_end_a_request() {
    let many = "{}\n".repeat(11);
    let limits = Limits {
        spans_max: 10,
        ..Limits::default()
    };
    let labels = Map::new();
    let too_many = Events::read(many.as_bytes(), &request(&labels), &limits);
    assert_eq!(too_many.unwrap_err().kind(), model::ErrorKind::Exhausted);
    let large = format!("[{{\"x\":\"{}\"}},{{\"x\":1}}]", "y".repeat(1 << 20));
    let events = read(&large, Form::Json);
    assert_eq!((events.count, events.failed), (1, 1));
}

/// An OTLP request with one log record, its scope and its resource behind it.
fn log_record() -> Vec<u8> {
    let put = |out: &mut Vec<u8>, number, bytes: &[u8]| {
        encode_key(number, WireType::LengthDelimited, out);
        encode_varint(bytes.len() as u64, out);
        out.extend_from_slice(bytes);
    };
    let text = |text: &str| any_value::Value::StringValue(text.to_owned());
    let mut record = Vec::new();
    encode_key(1, WireType::SixtyFourBit, &mut record);
    record.extend((NOON as u64).to_le_bytes());
    encode_key(2, WireType::Varint, &mut record);
    encode_varint(17, &mut record);
    put(&mut record, 3, b"ERR");
    let body = AnyValue {
        value: Some(text("no room")),
    };
    put(&mut record, 5, &body.encode_to_vec());
    let status = attribute("http.status_code", any_value::Value::IntValue(507));
    put(&mut record, 6, &status.encode_to_vec());
    put(&mut record, 9, &[0xab; 16]);
    put(&mut record, 10, &[0; 8]);
    let scope = InstrumentationScope {
        name: "disk".to_owned(),
        ..InstrumentationScope::default()
    };
    let (mut scope_logs, mut resource_logs, mut request) = (Vec::new(), Vec::new(), Vec::new());
    put(&mut scope_logs, 2, &record);
    put(&mut scope_logs, 1, &scope.encode_to_vec());
    let resource = Resource {
        attributes: vec![
            attribute("service.name", text("api")),
            attribute("host.cores", any_value::Value::IntValue(2)),
        ],
        ..Resource::default()
    };
    put(&mut resource_logs, 2, &scope_logs);
    put(&mut resource_logs, 1, &resource.encode_to_vec());
    put(&mut request, 1, &resource_logs);
    request
}

fn attribute(key: &str, value: any_value::Value) -> KeyValue {
    KeyValue {
        key: key.to_owned(),
        value: Some(AnyValue { value: Some(value) }),
        ..KeyValue::default()
    }
}

#[test]
fn log_records_have_axioms_names() {
    let request = log_record();
    let events = Events::read_logs(
        Encoding::Protobuf,
        &request,
        "logs",
        NOON + 7,
        &Limits::default(),
    )
    .unwrap();
    let trace = "ab".repeat(16);
    let expected = format!(
        "attributes.http.status_code=507 body=no room resource.host.cores=2 scope.name=disk service.name=api \
         severity=error severityNumber=17 severityText=ERR trace_id={trace}"
    );
    assert_eq!(rows(&events), [(NOON, expected)]);
    let kind = events.fields["attributes.http.status_code"];
    assert_eq!(kind, ColumnType::Integer);
    let cut = Events::read_logs(
        Encoding::Protobuf,
        &request[..9],
        "logs",
        NOON,
        &Limits::default(),
    );
    assert!(cut.is_err());
}
