//! The same request in protobuf and in JSON gives the same batch. The JSON is written by
//! `opentelemetry-proto`, which shares no code with our reader.

use crate::bench::{decode, message};
use opentelemetry_proto::tonic::collector::trace::v1::ExportTraceServiceRequest;
use opentelemetry_proto::tonic::common::v1::any_value::Value;
use opentelemetry_proto::tonic::common::v1::{
    AnyValue, ArrayValue, InstrumentationScope, KeyValue, KeyValueList,
};
use opentelemetry_proto::tonic::resource::v1::Resource;
use opentelemetry_proto::tonic::trace::v1::span::{Event, Link};
use opentelemetry_proto::tonic::trace::v1::{ResourceSpans, ScopeSpans, Span, Status};
use proptest::collection::vec;
use proptest::num;
use proptest::prelude::*;
use throughline_otlp::Encoding;

proptest! {
    #![proptest_config(ProptestConfig::with_cases(200))]

    #[test]
    fn json_equals_protobuf(request in request()) {
        let from_protobuf = message(&request).unwrap();
        let from_json = decode(Encoding::Json, serde_json::to_vec(&request).unwrap()).unwrap();
        prop_assert_eq!(&from_protobuf.rejected, &from_json.rejected);
        prop_assert_eq!(&from_protobuf.batch, &from_json.batch);
        let sent: usize = request.resource_spans.iter().flat_map(|group| &group.scope_spans).map(|group| group.spans.len()).sum();
        let rejected: u64 = from_protobuf.rejected.iter().map(|rejection| rejection.count).sum();
        prop_assert_eq!(from_protobuf.spans + rejected, sent as u64);
    }
}

pub(crate) fn request() -> impl Strategy<Value = ExportTraceServiceRequest> {
    let group = (attributes(), vec(scope_spans(), 0..3)).prop_map(|(attributes, scope_spans)| {
        ResourceSpans {
            resource: Some(Resource {
                attributes,
                ..Resource::default()
            }),
            scope_spans,
            schema_url: String::new(),
        }
    });
    vec(group, 0..3).prop_map(|resource_spans| ExportTraceServiceRequest { resource_spans })
}

fn scope_spans() -> impl Strategy<Value = ScopeSpans> {
    let scope = (text(), text(), attributes()).prop_map(|(name, version, attributes)| {
        InstrumentationScope {
            name,
            version,
            attributes,
            ..InstrumentationScope::default()
        }
    });
    (scope, vec(span(), 0..4)).prop_map(|(scope, spans)| ScopeSpans {
        scope: Some(scope),
        spans,
        schema_url: String::new(),
    })
}

fn span() -> impl Strategy<Value = Span> {
    let ids = (id(16), id(8), prop_oneof![Just(vec![]), id(8)], text());
    let times = (any::<u64>(), any::<u64>(), 0..7_i32, any::<u32>());
    let inside = (attributes(), vec(event(), 0..3), vec(link(), 0..3), text());
    let status = proptest::option::of(
        (0..4_i32, text()).prop_map(|(code, message)| Status { code, message }),
    );
    (ids, times, inside, status).prop_map(|(ids, times, inside, status)| Span {
        trace_id: ids.0,
        span_id: ids.1,
        parent_span_id: ids.2,
        name: ids.3,
        start_time_unix_nano: times.0,
        end_time_unix_nano: times.1,
        kind: times.2,
        flags: times.3,
        dropped_attributes_count: times.3 / 7,
        dropped_events_count: times.3 % 7,
        dropped_links_count: times.3 % 3,
        attributes: inside.0,
        events: inside.1,
        links: inside.2,
        trace_state: inside.3,
        status,
    })
}

fn event() -> impl Strategy<Value = Event> {
    (any::<u64>(), text(), attributes()).prop_map(|(time_unix_nano, name, attributes)| Event {
        time_unix_nano,
        name,
        attributes,
        dropped_attributes_count: 0,
    })
}

fn link() -> impl Strategy<Value = Link> {
    (id(16), id(8), attributes(), any::<u32>()).prop_map(
        |(trace_id, span_id, attributes, flags)| Link {
            trace_id,
            span_id,
            attributes,
            flags,
            ..Link::default()
        },
    )
}

/// Mostly of the right length, sometimes not.
fn id(len: usize) -> impl Strategy<Value = Vec<u8>> {
    prop_oneof![9 => vec(any::<u8>(), len), 1 => vec(any::<u8>(), 0..20)]
}

fn text() -> impl Strategy<Value = String> {
    prop_oneof![Just(String::new()), "[a-z]{1,20}", any::<String>()]
}

fn attributes() -> impl Strategy<Value = Vec<KeyValue>> {
    let known = prop_oneof![
        Just("service.name"),
        Just("http.route"),
        Just("http.response.status_code"),
        Just("kit.will_retry"),
        Just("sampling.ratio"),
        Just("process.pid"),
        Just("host.name"),
        Just("custom"),
    ];
    let key = prop_oneof![known.prop_map(str::to_owned), "[a-c]{1,2}", any::<String>()];
    vec(
        (key, value()).prop_map(|(key, value)| KeyValue {
            key,
            value: Some(value),
            key_strindex: 0,
        }),
        0..5,
    )
}

fn value() -> impl Strategy<Value = AnyValue> {
    let scalar = prop_oneof![
        text().prop_map(Value::StringValue),
        any::<bool>().prop_map(Value::BoolValue),
        any::<i64>().prop_map(Value::IntValue),
        // Not NaN and the infinities: the writer does not know how OTLP spells them.
        (num::f64::NORMAL | num::f64::ZERO | num::f64::SUBNORMAL).prop_map(Value::DoubleValue),
        vec(any::<u8>(), 0..6).prop_map(Value::BytesValue),
    ];
    let some = |value| AnyValue { value: Some(value) };
    scalar
        .prop_map(some)
        .prop_recursive(3, 12, 3, move |inner| {
            let entry = (text(), inner.clone()).prop_map(|(key, value)| KeyValue {
                key,
                value: Some(value),
                key_strindex: 0,
            });
            prop_oneof![
                vec(inner, 0..3).prop_map(|values| Value::ArrayValue(ArrayValue { values })),
                vec(entry, 0..3).prop_map(|values| Value::KvlistValue(KeyValueList { values })),
            ]
            .prop_map(some)
        })
}
