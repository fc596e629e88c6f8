//! What both doors read from headers alike: the dataset, the token and the compression.

use super::Refusal;
use crate::status::Reason;
use control::Control;
use http::{HeaderMap, HeaderValue, header};
use otlp::Compression;

const DATASET: &str = "x-axiom-dataset";

/// The dataset that a request names, or else the usual one.
pub(super) fn dataset(headers: &HeaderMap, usual: &str) -> Result<String, Refusal> {
    let Some(named) = headers.get(DATASET) else {
        return Ok(usual.to_owned());
    };
    match named.to_str().map(str::trim) {
        Ok("") => Ok(usual.to_owned()),
        Ok(name) => Ok(name.to_owned()),
        Err(_) => Err(Refusal::new(
            Reason::Malformed,
            "X-Axiom-Dataset is not text",
        )),
    }
}

/// Whether the request's token may write to `dataset`.
pub(super) fn admit(control: &Control, headers: &HeaderMap, dataset: &str) -> Result<(), Refusal> {
    let presented = headers.get(header::AUTHORIZATION);
    let presented = presented.and_then(|value| value.to_str().ok());
    let caller = control
        .admit_to_send(presented)
        .map_err(|refused| Refusal::new(Reason::Unauthenticated, refused.to_string()))?;
    if !caller.may_ingest(dataset) {
        let message = format!("this token may not write to dataset {dataset}");
        return Err(Refusal::new(Reason::Forbidden, message));
    }
    Ok(())
}

/// The same of spans, and whether the dataset takes spans.
pub(super) async fn admit_spans(
    control: &Control,
    headers: &HeaderMap,
    dataset: &str,
) -> Result<(), Refusal> {
    admit(control, headers, dataset)?;
    takes_spans(control, dataset).await
}

pub(super) async fn takes_spans(control: &Control, dataset: &str) -> Result<(), Refusal> {
    match control.takes_spans(dataset).await {
        Ok(true) => Ok(()),
        Ok(false) => {
            let message = format!("dataset {dataset} holds events; send spans to another");
            Err(Refusal::new(Reason::Malformed, message))
        }
        Err(error) => Err(Refusal::new(Reason::NotStored, error.to_string())),
    }
}

/// The compression that an encoding header names.
pub(crate) fn compression(named: Option<&HeaderValue>) -> Result<Compression, Refusal> {
    let named = named.map_or("", |named| named.to_str().unwrap_or("?"));
    // axiom-py says `1` when it means none.
    let named = if named == "1" { "" } else { named };
    Compression::from_content_encoding(named)
        .map_err(|error| Refusal::new(Reason::Unsupported, error.to_string()))
}
