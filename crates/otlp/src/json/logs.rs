//! The messages of log records: their shapes in JSON, field by field with OTLP's names, and in protobuf.

use super::scalar::{Enum, Hex, Integer, or_default};
use super::shape::{AnyValue, KeyValue, Resource, Scope, all};
use opentelemetry_proto::tonic::common::v1 as common;
use opentelemetry_proto::tonic::resource::v1 as resource;
use serde::Deserialize;

shape! {
    /// The whole body.
    struct Request { resource_logs: Vec<ResourceLogs>, }
    struct ResourceLogs { resource: Option<Resource>, scope_logs: Vec<ScopeLogs>, schema_url: String, }
    struct ScopeLogs { scope: Option<Scope>, log_records: Vec<Record>, schema_url: String, }
    struct Record {
        time_unix_nano: Integer<u64>,
        observed_time_unix_nano: Integer<u64>,
        severity_number: Enum,
        severity_text: String,
        body: Option<AnyValue>,
        attributes: Vec<KeyValue>,
        dropped_attributes_count: Integer<u32>,
        flags: Integer<u32>,
        trace_id: Hex,
        span_id: Hex,
        event_name: String,
    }
}

/// The same in protobuf.
pub(super) mod proto {
    use super::{common, resource};

    #[derive(Clone, PartialEq, prost::Message)]
    pub(in crate::json) struct Request {
        #[prost(message, repeated, tag = "1")]
        pub(super) resource_logs: Vec<ResourceLogs>,
    }

    #[derive(Clone, PartialEq, prost::Message)]
    pub(super) struct ResourceLogs {
        #[prost(message, optional, tag = "1")]
        pub(super) resource: Option<resource::Resource>,
        #[prost(message, repeated, tag = "2")]
        pub(super) scope_logs: Vec<ScopeLogs>,
        #[prost(string, tag = "3")]
        pub(super) schema_url: String,
    }

    #[derive(Clone, PartialEq, prost::Message)]
    pub(super) struct ScopeLogs {
        #[prost(message, optional, tag = "1")]
        pub(super) scope: Option<common::InstrumentationScope>,
        #[prost(message, repeated, tag = "2")]
        pub(super) log_records: Vec<Record>,
        #[prost(string, tag = "3")]
        pub(super) schema_url: String,
    }

    #[derive(Clone, PartialEq, prost::Message)]
    pub(super) struct Record {
        #[prost(fixed64, tag = "1")]
        pub(super) time_unix_nano: u64,
        #[prost(int32, tag = "2")]
        pub(super) severity_number: i32,
        #[prost(string, tag = "3")]
        pub(super) severity_text: String,
        #[prost(message, optional, tag = "5")]
        pub(super) body: Option<common::AnyValue>,
        #[prost(message, repeated, tag = "6")]
        pub(super) attributes: Vec<common::KeyValue>,
        #[prost(uint32, tag = "7")]
        pub(super) dropped_attributes_count: u32,
        #[prost(fixed32, tag = "8")]
        pub(super) flags: u32,
        #[prost(bytes = "vec", tag = "9")]
        pub(super) trace_id: Vec<u8>,
        #[prost(bytes = "vec", tag = "10")]
        pub(super) span_id: Vec<u8>,
        #[prost(fixed64, tag = "11")]
        pub(super) observed_time_unix_nano: u64,
        #[prost(string, tag = "12")]
        pub(super) event_name: String,
    }
}

impl From<Request> for proto::Request {
    fn from(shape: Request) -> Self {
        Self {
            resource_logs: all(shape.resource_logs),
        }
    }
}

impl From<ResourceLogs> for proto::ResourceLogs {
    fn from(shape: ResourceLogs) -> Self {
        Self {
            resource: shape.resource.map(Into::into),
            scope_logs: all(shape.scope_logs),
            schema_url: shape.schema_url,
        }
    }
}

impl From<ScopeLogs> for proto::ScopeLogs {
    fn from(shape: ScopeLogs) -> Self {
        Self {
            scope: shape.scope.map(Into::into),
            log_records: all(shape.log_records),
            schema_url: shape.schema_url,
        }
    }
}

impl From<Record> for proto::Record {
    fn from(shape: Record) -> Self {
        Self {
            time_unix_nano: shape.time_unix_nano.0,
            observed_time_unix_nano: shape.observed_time_unix_nano.0,
            severity_number: shape.severity_number.0,
            severity_text: shape.severity_text,
            body: shape.body.map(Into::into),
            attributes: all(shape.attributes),
            dropped_attributes_count: shape.dropped_attributes_count.0,
            flags: shape.flags.0,
            trace_id: shape.trace_id.0,
            span_id: shape.span_id.0,
            event_name: shape.event_name,
        }
    }
}
