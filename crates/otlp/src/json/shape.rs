//! The messages' shapes in JSON, and their way to protobuf's. The names are OTLP's, field by field.

use super::scalar::{Base64, Enum, Float, Hex, Integer, or_default};
use opentelemetry_proto::tonic::collector::trace::v1::ExportTraceServiceRequest;
use opentelemetry_proto::tonic::common::v1 as common;
use opentelemetry_proto::tonic::resource::v1 as resource;
use opentelemetry_proto::tonic::trace::v1 as trace;
use serde::Deserialize;

/// A JSON object with these keys: each may be absent, and each may be `null`.
macro_rules! shape {
    ($($(#[$doc:meta])* struct $name:ident { $($field:ident: $type:ty,)* })*) => { $(
        $(#[$doc])*
        #[derive(Default, Deserialize)]
        #[serde(rename_all = "camelCase", default)]
        pub(super) struct $name {
            $(#[serde(deserialize_with = "or_default")] $field: $type,)*
        }
    )* };
}

shape! {
    /// The whole body.
    struct Request { resource_spans: Vec<ResourceSpans>, }
    struct ResourceSpans { resource: Option<Resource>, scope_spans: Vec<ScopeSpans>, schema_url: String, }
    struct Resource {
        attributes: Vec<KeyValue>,
        dropped_attributes_count: Integer<u32>,
        entity_refs: Vec<EntityRef>,
    }
    struct EntityRef {
        schema_url: String,
        r#type: String,
        id_keys: Vec<String>,
        description_keys: Vec<String>,
    }
    struct ScopeSpans { scope: Option<Scope>, spans: Vec<Span>, schema_url: String, }
    struct Scope {
        name: String,
        version: String,
        attributes: Vec<KeyValue>,
        dropped_attributes_count: Integer<u32>,
    }
    struct Span {
        trace_id: Hex,
        span_id: Hex,
        trace_state: String,
        parent_span_id: Hex,
        flags: Integer<u32>,
        name: String,
        kind: Enum,
        start_time_unix_nano: Integer<u64>,
        end_time_unix_nano: Integer<u64>,
        attributes: Vec<KeyValue>,
        dropped_attributes_count: Integer<u32>,
        events: Vec<Event>,
        dropped_events_count: Integer<u32>,
        links: Vec<Link>,
        dropped_links_count: Integer<u32>,
        status: Option<Status>,
    }
    struct Event {
        time_unix_nano: Integer<u64>,
        name: String,
        attributes: Vec<KeyValue>,
        dropped_attributes_count: Integer<u32>,
    }
    struct Link {
        trace_id: Hex,
        span_id: Hex,
        trace_state: String,
        attributes: Vec<KeyValue>,
        dropped_attributes_count: Integer<u32>,
        flags: Integer<u32>,
    }
    struct Status { message: String, code: Enum, }
    struct KeyValue { key: String, value: Option<AnyValue>, }
    /// One of these is set; of several, the first in this order stands.
    struct AnyValue {
        string_value: Option<String>,
        bool_value: Option<bool>,
        int_value: Option<Integer<i64>>,
        double_value: Option<Float>,
        array_value: Option<ArrayValue>,
        kvlist_value: Option<KeyValueList>,
        bytes_value: Option<Base64>,
    }
    struct ArrayValue { values: Vec<AnyValue>, }
    struct KeyValueList { values: Vec<KeyValue>, }
}

pub(super) fn all<A, B: From<A>>(shapes: Vec<A>) -> Vec<B> {
    shapes.into_iter().map(B::from).collect()
}

impl From<Request> for ExportTraceServiceRequest {
    fn from(shape: Request) -> Self {
        Self {
            resource_spans: all(shape.resource_spans),
        }
    }
}

impl From<ResourceSpans> for trace::ResourceSpans {
    fn from(shape: ResourceSpans) -> Self {
        Self {
            resource: shape.resource.map(Into::into),
            scope_spans: all(shape.scope_spans),
            schema_url: shape.schema_url,
        }
    }
}

impl From<Resource> for resource::Resource {
    fn from(shape: Resource) -> Self {
        Self {
            attributes: all(shape.attributes),
            dropped_attributes_count: shape.dropped_attributes_count.0,
            entity_refs: all(shape.entity_refs),
        }
    }
}

impl From<EntityRef> for common::EntityRef {
    fn from(shape: EntityRef) -> Self {
        Self {
            schema_url: shape.schema_url,
            r#type: shape.r#type,
            id_keys: shape.id_keys,
            description_keys: shape.description_keys,
        }
    }
}

impl From<ScopeSpans> for trace::ScopeSpans {
    fn from(shape: ScopeSpans) -> Self {
        Self {
            scope: shape.scope.map(Into::into),
            spans: all(shape.spans),
            schema_url: shape.schema_url,
        }
    }
}

impl From<Scope> for common::InstrumentationScope {
    fn from(shape: Scope) -> Self {
        Self {
            name: shape.name,
            version: shape.version,
            attributes: all(shape.attributes),
            dropped_attributes_count: shape.dropped_attributes_count.0,
        }
    }
}

impl From<Span> for trace::Span {
    fn from(shape: Span) -> Self {
        Self {
            trace_id: shape.trace_id.0,
            span_id: shape.span_id.0,
            trace_state: shape.trace_state,
            parent_span_id: shape.parent_span_id.0,
            flags: shape.flags.0,
            name: shape.name,
            kind: shape.kind.0,
            start_time_unix_nano: shape.start_time_unix_nano.0,
            end_time_unix_nano: shape.end_time_unix_nano.0,
            attributes: all(shape.attributes),
            dropped_attributes_count: shape.dropped_attributes_count.0,
            events: all(shape.events),
            dropped_events_count: shape.dropped_events_count.0,
            links: all(shape.links),
            dropped_links_count: shape.dropped_links_count.0,
            status: shape.status.map(Into::into),
        }
    }
}

impl From<Event> for trace::span::Event {
    fn from(shape: Event) -> Self {
        Self {
            time_unix_nano: shape.time_unix_nano.0,
            name: shape.name,
            attributes: all(shape.attributes),
            dropped_attributes_count: shape.dropped_attributes_count.0,
        }
    }
}

impl From<Link> for trace::span::Link {
    fn from(shape: Link) -> Self {
        Self {
            trace_id: shape.trace_id.0,
            span_id: shape.span_id.0,
            trace_state: shape.trace_state,
            attributes: all(shape.attributes),
            dropped_attributes_count: shape.dropped_attributes_count.0,
            flags: shape.flags.0,
        }
    }
}

impl From<Status> for trace::Status {
    fn from(shape: Status) -> Self {
        Self {
            message: shape.message,
            code: shape.code.0,
        }
    }
}

impl From<KeyValue> for common::KeyValue {
    fn from(shape: KeyValue) -> Self {
        Self {
            key: shape.key,
            value: shape.value.map(Into::into),
            key_strindex: 0,
        }
    }
}

impl From<AnyValue> for common::AnyValue {
    fn from(shape: AnyValue) -> Self {
        use common::any_value::Value;
        let AnyValue {
            string_value,
            bool_value,
            int_value,
            double_value,
            array_value,
            kvlist_value,
            bytes_value,
        } = shape;
        let value = string_value
            .map(Value::StringValue)
            .or(bool_value.map(Value::BoolValue))
            .or(int_value.map(|value| Value::IntValue(value.0)))
            .or(double_value.map(|value| Value::DoubleValue(value.0)))
            .or_else(|| {
                array_value.map(|array| {
                    Value::ArrayValue(common::ArrayValue {
                        values: all(array.values),
                    })
                })
            })
            .or_else(|| {
                kvlist_value.map(|map| {
                    Value::KvlistValue(common::KeyValueList {
                        values: all(map.values),
                    })
                })
            })
            .or_else(|| bytes_value.map(|bytes| Value::BytesValue(bytes.0)));
        Self { value }
    }
}
