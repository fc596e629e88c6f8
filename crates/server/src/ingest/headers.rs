//! What both doors read from headers alike: the dataset and the compression.

use super::Refusal;
use crate::query::DATASET_DEFAULT;
use crate::status::Reason;
use http::{HeaderMap, HeaderValue};
use otlp::Compression;

const DATASET: &str = "x-axiom-dataset";

/// The dataset that a request names. `Authorization` is let through and not read: there are no tokens
/// yet, and the server says at its start that it is open.
pub(super) fn dataset(headers: &HeaderMap) -> Result<String, Refusal> {
    let Some(named) = headers.get(DATASET) else {
        return Ok(DATASET_DEFAULT.to_owned());
    };
    match named.to_str().map(str::trim) {
        Ok("") => Ok(DATASET_DEFAULT.to_owned()),
        Ok(name) => Ok(name.to_owned()),
        Err(_) => Err(Refusal::new(
            Reason::Malformed,
            "X-Axiom-Dataset is not text",
        )),
    }
}

/// The compression that an encoding header names.
pub(super) fn compression(named: Option<&HeaderValue>) -> Result<Compression, Refusal> {
    let named = named.map_or("", |named| named.to_str().unwrap_or("?"));
    // axiom-py says `1` when it means none.
    let named = if named == "1" { "" } else { named };
    Compression::from_content_encoding(named)
        .map_err(|error| Refusal::new(Reason::Unsupported, error.to_string()))
}
