//! What a dataset may be called, and the directory it gets.
//!
//! Names are Axiom's: letters, digits, `_`, `-` and `.`. Other engines compare table names without case,
//! so two datasets never differ in case alone (the buffer sees to that).

use crate::Error;

const NAME_BYTES_MAX: usize = 128;

/// Whether a dataset may be called so.
///
/// # Errors
/// `Invalid`, with the rule that the name breaks.
pub fn check(name: &str) -> Result<(), Error> {
    let refuse = |reason| {
        Err(Error::Name {
            name: name.to_owned(),
            reason,
        })
    };
    if name.is_empty() || name.len() > NAME_BYTES_MAX {
        return refuse("it must have 1 to 128 characters");
    }
    if !name.starts_with(|first: char| first.is_ascii_alphanumeric()) {
        return refuse("it must start with a letter or a digit");
    }
    if !name
        .bytes()
        .all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'_' | b'-' | b'.'))
    {
        return refuse("it may contain letters, digits, '_', '-' and '.'");
    }
    Ok(())
}

/// The directory of a dataset with a valid name: the name in lower case. That is safe on every file
/// system: no separator, no leading dot, and names that differ in case alone are not accepted.
pub(crate) fn directory(name: &str) -> String {
    name.to_ascii_lowercase()
}
