//! OTLP's log records over real sockets: in either encoding and by either door they are events of a dataset of their
//! own.

use crate::grpc;
use crate::running::InProcess;
use crate::spans::{TEN_O_CLOCK, number, text};
use opentelemetry_proto::tonic::common::v1::{AnyValue, any_value};
use opentelemetry_proto::tonic::resource::v1::Resource;
use prost::Message;
use prost::encoding::{WireType, encode_key, encode_varint};
use serde_json::{Value, json};

/// An OTLP request with one log record: `no room`, an error, at ten o'clock.
fn log_record() -> Vec<u8> {
    let put = |out: &mut Vec<u8>, number, bytes: &[u8]| {
        encode_key(number, WireType::LengthDelimited, out);
        encode_varint(bytes.len() as u64, out);
        out.extend_from_slice(bytes);
    };
    let mut record = Vec::new();
    encode_key(1, WireType::SixtyFourBit, &mut record);
    record.extend(TEN_O_CLOCK.to_le_bytes());
    encode_key(2, WireType::Varint, &mut record);
    encode_varint(17, &mut record);
    let body = any_value::Value::StringValue("no room".to_owned());
    let body = AnyValue { value: Some(body) };
    put(&mut record, 5, &body.encode_to_vec());
    put(&mut record, 6, &number("disk.free", 7).encode_to_vec());
    put(&mut record, 9, &1_u128.to_be_bytes());
    let resource = Resource {
        attributes: vec![text("service.name", "api")],
        ..Resource::default()
    };
    let (mut scope, mut group, mut request) = (Vec::new(), Vec::new(), Vec::new());
    put(&mut scope, 2, &record);
    put(&mut group, 1, &resource.encode_to_vec());
    put(&mut group, 2, &scope);
    put(&mut request, 1, &group);
    request
}

#[tokio::test]
async fn log_records_of_both_doors_are_events_of_a_dataset_of_their_own() {
    let server = InProcess::start().await;
    let request = server.client.http.post(server.client.otlp("/v1/logs"));
    let request = request
        .header("content-type", "application/x-protobuf")
        .body(log_record());
    let response = request.send().await.unwrap();
    assert_eq!(response.status(), 200);
    assert!(response.bytes().await.unwrap().is_empty());
    let message = grpc::framed(false, &log_record());
    let path = "/opentelemetry.proto.collector.logs.v1.LogsService/Export";
    let headers = [("x-axiom-dataset", "more")];
    assert_eq!(grpc::call(&server, path, &headers, message).await.status, 0);
    let fields =
        "project _time, body, severity, ['service.name'], ['attributes.disk.free'], trace_id";
    for dataset in ["logs", "more"] {
        let found = server
            .client
            .rows(&format!(
                "{dataset} | where severityNumber >= 17 | {fields}"
            ))
            .await;
        let expected = [
            json!("2026-11-22T10:00:00Z"),
            json!("no room"),
            json!("error"),
            json!("api"),
            json!(7),
            json!(format!("{:032x}", 1)),
        ];
        assert_eq!(found, [expected], "{dataset}");
    }
    let (_, listed) = server.client.get("/v2/datasets").await;
    assert_eq!(listed[0]["kind"], "otel:logs:v1");
}

/// The same record as [`log_record`], and another.
const LOGS_IN_JSON: &str = r#"{"resourceLogs": [{
    "resource": {"attributes": [{"key": "service.name", "value": {"stringValue": "api"}}]},
    "scopeLogs": [{"scope": {"name": "disk"}, "logRecords": [
        {"timeUnixNano": "1795341600000000000", "severityNumber": 17, "body": {"stringValue": "no room"},
         "attributes": [{"key": "disk.free", "value": {"intValue": "7"}}],
         "traceId": "00000000000000000000000000000001", "unknown": 1},
        {"observedTimeUnixNano": 1795341601000000000, "severityNumber": "SEVERITY_NUMBER_WARN2", "eventName": "e",
         "body": {"kvlistValue": {"values": [{"key": "a", "value": {"boolValue": true}}]}}}
    ]}]
}]}"#;

#[tokio::test]
async fn log_records_in_json_are_those_in_protobuf() {
    let server = InProcess::start().await;
    let send = async |content_type: &str, dataset: &str, body: Vec<u8>| {
        let request = server.client.http.post(server.client.otlp("/v1/logs"));
        let request = request
            .header("content-type", content_type)
            .header("x-axiom-dataset", dataset);
        let response = request.body(body).send().await.unwrap();
        (response.status().as_u16(), response.text().await.unwrap())
    };
    let done = send("application/json", "in-json", LOGS_IN_JSON.into()).await;
    assert_eq!(done, (200, "{}".to_owned()));
    let again = send("application/json", "in-json", LOGS_IN_JSON.into()).await;
    assert_eq!(again.0, 200, "and known by its digest");
    send("application/x-protobuf", "in-protobuf", log_record()).await;
    let fields = "project _time, body, severity, severityNumber, ['service.name'], ['attributes.disk.free'], trace_id";
    let one = async |dataset: &str| {
        let apl = format!("['{dataset}'] | where severityNumber == 17 | {fields}");
        server.client.rows(&apl).await
    };
    let found = one("in-json").await;
    assert_eq!(found.len(), 1);
    assert_eq!(found, one("in-protobuf").await);
    let other = "['in-json'] | where severityNumber == 14 | project _time, body, severity, eventName, ['scope.name']";
    let expected = [
        json!("2026-11-22T10:00:01Z"),
        json!(r#"{"a":true}"#),
        json!("warn"),
        json!("e"),
        json!("disk"),
    ];
    assert_eq!(server.client.rows(other).await, [expected]);
    for (body, status) in [("{}", 200), ("", 200), ("{oops", 400), ("[]", 400)] {
        let done = send("application/json", "in-json", body.into()).await;
        assert_eq!(done.0, status, "{body}");
    }
}

#[tokio::test]
async fn attributes_too_many_cost_no_log_record() {
    let server = InProcess::start().await;
    let attribute = |n: usize| json!({ "key": format!("k{n:04}"), "value": { "intValue": n } });
    let attributes: Vec<Value> = (0..1200).map(attribute).collect();
    let record = json!({ "timeUnixNano": "1795341600000000000", "body": { "stringValue": "many" }, "attributes": attributes });
    let body = json!({ "resourceLogs": [{ "scopeLogs": [{ "logRecords": [record] }] }] });
    let request = server.client.http.post(server.client.otlp("/v1/logs"));
    let request = request
        .header("content-type", "application/json")
        .body(body.to_string());
    assert_eq!(request.send().await.unwrap().status(), 200);
    let apl =
        "logs | project body, ['attributes.k0001'], ['attributes.custom']['attributes.k1199']";
    let found = server.client.rows(apl).await;
    assert_eq!(found, [[json!("many"), json!(1), json!("1199")]]);
    let (_, fields) = server.client.get("/v2/datasets/logs/mapfields").await;
    assert_eq!(fields, json!(["attributes.custom"]));
}
