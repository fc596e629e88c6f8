//! An error with its causes, on one line: what a log line and a client are told.

use std::error::Error;

/// `could not open x: permission denied`. A cause that the message already ends with is not repeated.
pub(crate) fn whole(error: &dyn Error) -> String {
    let mut message = error.to_string();
    let mut cause = error.source();
    while let Some(error) = cause {
        let text = error.to_string();
        if !message.ends_with(&text) {
            message = format!("{message}: {text}");
        }
        cause = error.source();
    }
    message
}
