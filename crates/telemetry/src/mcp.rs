//! MCP servers built on `rmcp`: a SERVER span for every request, in the trace of whoever calls, and bearer
//! tokens compared in constant time.
//!
//! `rmcp` runs requests in tasks of its own, outside the context of the HTTP request that brought them; the
//! kit's HTTP layer leaves that context in the request, and `traced` picks it up there.

/// Bearer tokens.
mod bearer;
/// Trace context in `_meta`.
mod carrier;
/// The wrapper around a server's handler.
mod handler;
/// Which tools and prompts there are.
mod known;
/// One request: its parent, its span, its outcome.
mod request;

pub use bearer::{Bearer, BearerLayer, bearer};
pub use carrier::inject;
pub use handler::{Traced, traced};
