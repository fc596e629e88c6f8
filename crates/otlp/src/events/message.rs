//! Events to protobuf: one event at a time, and the request's id, which is known at the end, put in afterwards.

use crate::{Error, Limits};
use opentelemetry_proto::tonic::common::v1::{AnyValue, KeyValue, any_value};
use opentelemetry_proto::tonic::trace::v1::Span;
use prost::Message;
use prost::encoding::{encode_varint, encoded_len_varint};
use serde_json::Value;

/// Of a message's field with bytes: `number << 3 | 2`.
const RESOURCE_SPANS: u8 = 1 << 3 | 2;
const SCOPE_SPANS: u8 = 2 << 3 | 2;
const SPANS: u8 = 2 << 3 | 2;
const ID_BYTES: usize = 16;
/// Before the id in a span: its field and its length.
const ID_HEAD: usize = 2;

/// A message under construction.
#[derive(Default)]
pub(super) struct Builder {
    spans: Vec<u8>,
    /// Where each span's trace id is.
    ids: Vec<usize>,
}

impl Builder {
    pub(super) fn count(&self) -> u64 {
        self.ids.len() as u64
    }

    /// `Err` when the message would be longer than a body may be.
    pub(super) fn push(
        &mut self,
        nanos: i64,
        fields: Vec<(String, Value)>,
        limits: &Limits,
    ) -> Result<(), Error> {
        let time = nanos.unsigned_abs();
        let span = Span {
            trace_id: vec![0; ID_BYTES],
            span_id: (self.count() + 1).to_be_bytes().to_vec(),
            start_time_unix_nano: time,
            end_time_unix_nano: time,
            attributes: fields.into_iter().map(attribute).collect(),
            ..Span::default()
        };
        let bytes = span.encoded_len();
        let limit = limits.body_bytes_max;
        if self.spans.len() + bytes > limit {
            return Err(Error::TooLarge {
                what: "bytes of events with their names and labels",
                limit,
            });
        }
        self.spans.push(SPANS);
        encode_varint(bytes as u64, &mut self.spans);
        self.ids.push(self.spans.len() + ID_HEAD);
        self.spans.extend(span.encode_to_vec());
        Ok(())
    }

    /// The message, with `id` as the trace of all its spans.
    pub(super) fn finish(mut self, id: u128) -> Vec<u8> {
        // All zero is no id.
        let id = id.max(1).to_be_bytes();
        for at in self.ids {
            self.spans[at..at + ID_BYTES].copy_from_slice(&id);
        }
        let spans = self.spans.len() as u64;
        let scopes = 1 + encoded_len_varint(spans) as u64 + spans;
        let mut message = Vec::with_capacity(self.spans.len() + 2 * 11);
        message.push(RESOURCE_SPANS);
        encode_varint(scopes, &mut message);
        message.push(SCOPE_SPANS);
        encode_varint(spans, &mut message);
        message.extend(self.spans);
        message
    }
}

fn attribute((key, value): (String, Value)) -> KeyValue {
    let value = match value {
        Value::Bool(value) => any_value::Value::BoolValue(value),
        Value::String(text) => any_value::Value::StringValue(text),
        Value::Number(number) => match number.as_i64() {
            Some(integer) => any_value::Value::IntValue(integer),
            None => any_value::Value::DoubleValue(number.as_f64().unwrap_or(f64::NAN)),
        },
        // A flat value is none of these.
        Value::Null | Value::Array(_) | Value::Object(_) => {
            any_value::Value::StringValue(value.to_string())
        }
    };
    KeyValue {
        key,
        value: Some(AnyValue { value: Some(value) }),
        ..KeyValue::default()
    }
}
