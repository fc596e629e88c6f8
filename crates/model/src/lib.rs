//! The words every other crate shares: what a span's columns are called and typed, which names mean
//! the same attribute, how errors are sorted, and where the time comes from.
//!
//! It knows no wire format, no file and no async runtime.

/// The one door through which the time comes in.
pub mod clock;
/// How an error is answered: by what the caller does next.
pub mod error;
/// Field names as a query writes them, and the columns they mean.
pub mod fields;
/// Bugs on purpose, in a build for the judge only.
pub mod planted;
/// The columns of a span, in the order they are stored and shown.
pub mod span;
/// Texts one behind the other, and texts that repeat, kept once.
pub mod texts;

pub use clock::Clock;
pub use error::ErrorKind;
