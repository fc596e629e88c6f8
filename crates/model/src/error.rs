//! Kinds of error, named by what the caller does next. One table in `server` turns a kind into an HTTP
//! and a gRPC status; no other place decides that.

/// What the receiver of an error can do about it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum ErrorKind {
    /// The request is wrong: change it before sending it again.
    Invalid,
    /// The thing named does not exist.
    NotFound,
    /// Not allowed: another token is needed.
    Denied,
    /// It exists already, or somebody else changed it first.
    Conflict,
    /// A limit is reached: send less, or slower.
    Exhausted,
    /// Not now: the same request may succeed later.
    Unavailable,
    /// Stored data is damaged: call a human.
    Corrupt,
    /// A bug of ours.
    Internal,
}
