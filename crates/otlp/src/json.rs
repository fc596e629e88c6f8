//! OTLP/JSON to protobuf: JSON is the rare case, and the walker reads only one format.
//!
//! The rules are ProtoJSON's with OTLP's exceptions: ids are hex, enums are numbers, keys are
//! lowerCamelCase, unknown keys are passed over; 64-bit integers come as text or as numbers, and `null`
//! is as good as absent. Where real senders differ we are lenient: enum names are understood, base64 may
//! be of either alphabet, and an empty body is an empty request.
//!
//! `opentelemetry-proto` has a serde form of its own that refuses several of these (`null`, 32-bit
//! numbers as text, `"NaN"`, arrays without `values`), which is why the shapes are written out here.

use crate::{Error, Limits};
use opentelemetry_proto::tonic::collector::trace::v1::ExportTraceServiceRequest;
use prost::Message;

/// Counting what a body would unfold to, before it does.
mod measure;

/// Numbers, enums, hex and base64 as JSON may write them.
mod scalar;
/// The messages' shapes in JSON, and their way to protobuf's.
#[macro_use]
mod shape;
/// The same of log records.
mod logs;

/// The request in protobuf.
pub(crate) fn to_protobuf(body: &[u8], limits: &Limits) -> Result<Vec<u8>, Error> {
    if body.trim_ascii().is_empty() {
        return Ok(Vec::new());
    }
    measure::check(body, limits)?;
    let request: shape::Request = serde_json::from_slice(body).map_err(Error::Json)?;
    Ok(ExportTraceServiceRequest::from(request).encode_to_vec())
}

/// The request of log records in protobuf.
pub(crate) fn logs_to_protobuf(body: &[u8], limits: &Limits) -> Result<Vec<u8>, Error> {
    if body.trim_ascii().is_empty() {
        return Ok(Vec::new());
    }
    measure::check(body, limits)?;
    let request: logs::Request = serde_json::from_slice(body).map_err(Error::Json)?;
    Ok(logs::proto::Request::from(request).encode_to_vec())
}
