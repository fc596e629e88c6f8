//! Texts that a kernel makes, within limits: they are not in the memory that the engine counts, and a
//! few stages of `strcat` could otherwise fill any machine.

use crate::limits::{TEXT_BATCH_BYTES_MAX, TEXT_VALUE_BYTES_MAX};
use arrow::array::{ArrayBuilder, ArrayRef, StringViewBuilder};
use arrow::error::ArrowError;
use datafusion::common::Result;
use std::sync::Arc;

pub(super) fn collect(texts: impl Iterator<Item = Option<String>>) -> Result<ArrayRef> {
    try_collect(texts.map(Ok))
}

/// All texts that come, within limits.
///
/// # Errors
/// Those of the texts, or when one of them or all together are too long.
pub fn try_collect(texts: impl Iterator<Item = Result<Option<String>>>) -> Result<ArrayRef> {
    let mut made = Texts::new();
    for text in texts {
        made.push(text?)?;
    }
    Ok(made.finish())
}

/// The texts of a batch, measured one by one.
#[derive(Debug)]
pub(super) struct Texts {
    builder: StringViewBuilder,
    bytes: usize,
}

impl Texts {
    pub(super) fn new() -> Self {
        Self {
            builder: StringViewBuilder::new(),
            bytes: 0,
        }
    }

    pub(super) fn push(&mut self, text: Option<String>) -> Result<()> {
        let length = text.as_ref().map_or(0, String::len);
        check_value(length)?;
        self.bytes += length;
        if self.bytes > TEXT_BATCH_BYTES_MAX {
            let mebibytes = TEXT_BATCH_BYTES_MAX >> 20;
            return Err(refusal(format!(
                "the query makes more than {mebibytes} MiB of text at a time; make shorter texts"
            )));
        }
        self.builder.append_option(text);
        Ok(())
    }

    pub(super) fn len(&self) -> usize {
        self.builder.len()
    }

    pub(super) fn finish(mut self) -> ArrayRef {
        Arc::new(self.builder.finish())
    }
}

/// Whether a text may be so long.
///
/// # Errors
/// When it may not.
pub fn check_value(bytes: usize) -> Result<()> {
    if bytes <= TEXT_VALUE_BYTES_MAX {
        return Ok(());
    }
    let mebibytes = TEXT_VALUE_BYTES_MAX >> 20;
    Err(refusal(format!(
        "the query makes a text or an array longer than {mebibytes} MiB; make it shorter"
    )))
}

/// A failure that the query is to blame for, not the engine.
pub fn refusal(message: String) -> datafusion::common::DataFusionError {
    ArrowError::ComputeError(message).into()
}

/// All parts with a delimiter between them, measured before it is made.
///
/// # Errors
/// When it would be too long.
pub fn joined<S: AsRef<str>>(parts: &[S], delimiter: &str) -> Result<String> {
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
