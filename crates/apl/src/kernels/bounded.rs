//! Texts that a kernel makes, within limits: they are not in the memory that the engine counts, and a
//! few stages of `strcat` could otherwise fill any machine.

use crate::limits::{TEXT_BATCH_BYTES_MAX, TEXT_VALUE_BYTES_MAX};
use arrow::array::{ArrayRef, StringViewBuilder};
use arrow::error::ArrowError;
use datafusion::common::Result;
use std::sync::Arc;

pub(super) fn collect(texts: impl Iterator<Item = Option<String>>) -> Result<ArrayRef> {
    try_collect(texts.map(Ok))
}

pub(super) fn try_collect(texts: impl Iterator<Item = Result<Option<String>>>) -> Result<ArrayRef> {
    let mut builder = StringViewBuilder::with_capacity(texts.size_hint().0);
    let mut bytes = 0;
    for text in texts {
        let text = text?;
        let length = text.as_ref().map_or(0, String::len);
        check_value(length)?;
        bytes += length;
        if bytes > TEXT_BATCH_BYTES_MAX {
            let mebibytes = TEXT_BATCH_BYTES_MAX >> 20;
            return Err(refusal(format!(
                "the query makes more than {mebibytes} MiB of text at a time; make shorter texts"
            )));
        }
        builder.append_option(text);
    }
    Ok(Arc::new(builder.finish()))
}

pub(crate) fn check_value(bytes: usize) -> Result<()> {
    if bytes <= TEXT_VALUE_BYTES_MAX {
        return Ok(());
    }
    let mebibytes = TEXT_VALUE_BYTES_MAX >> 20;
    Err(refusal(format!(
        "the query makes a text longer than {mebibytes} MiB"
    )))
}

/// A failure that the query is to blame for, not the engine.
pub(super) fn refusal(message: String) -> datafusion::common::DataFusionError {
    ArrowError::ComputeError(message).into()
}

/// All parts with a delimiter between them, measured before it is made.
pub(crate) fn joined<S: AsRef<str>>(parts: &[S], delimiter: &str) -> Result<String> {
    let mut length = delimiter
        .len()
        .saturating_mul(parts.len().saturating_sub(1));
    for part in parts {
        length = length.saturating_add(part.as_ref().len());
    }
    check_value(length)?;
    let mut made = String::with_capacity(length);
    for (place, part) in parts.iter().enumerate() {
        if place > 0 {
            made.push_str(delimiter);
        }
        made.push_str(part.as_ref());
    }
    Ok(made)
}
