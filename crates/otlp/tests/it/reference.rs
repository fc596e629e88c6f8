//! What the walker is measured by, in correctness and in speed: prost's messages and Arrow's builders, the
//! obvious way, which was the product's own until the walker came. It shares no line with the walker.

use arrow::record_batch::RecordBatch;
use std::collections::BTreeMap;

/// Resources, scopes and spans as the sink takes them.
mod piece;
/// Protobuf messages to pieces.
mod request;
/// Pieces to columns, in the layout of queries.
mod sink;
/// Attribute values as text.
mod text;

pub(crate) use request::decode;

/// What a request holds.
pub(crate) struct Reference {
    pub(crate) batch: Option<RecordBatch>,
    pub(crate) rejected: BTreeMap<&'static str, usize>,
}
