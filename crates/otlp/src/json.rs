//! OTLP/JSON to the protobuf messages.
//!
//! The rules are ProtoJSON's with OTLP's exceptions: ids are hex, enums are numbers, keys are
//! lowerCamelCase, unknown keys are passed over; 64-bit integers come as text or as numbers, and `null`
//! is as good as absent. Where real senders differ we are lenient: enum names are understood, base64 may
//! be of either alphabet, and an empty body is an empty request.
//!
//! `opentelemetry-proto` has a serde form of its own that refuses several of these (`null`, 32-bit
//! numbers as text, `"NaN"`, arrays without `values`), which is why the shapes are written out here.

use crate::{Error, Limits, measure};
use opentelemetry_proto::tonic::collector::trace::v1::ExportTraceServiceRequest;

/// Numbers, enums, hex and base64 as JSON may write them.
mod scalar;
/// The messages' shapes in JSON, and their way to protobuf's.
mod shape;

/// Parses a request.
pub(crate) fn parse(body: &[u8], limits: &Limits) -> Result<ExportTraceServiceRequest, Error> {
    if body.trim_ascii().is_empty() {
        return Ok(ExportTraceServiceRequest::default());
    }
    measure::json::check(body, limits)?;
    let request: shape::Request = serde_json::from_slice(body).map_err(Error::Json)?;
    Ok(request.into())
}
