//! The kit as a service uses it: every test makes its own services, so nothing here is global, except in
//! the child processes that run `init` for real.
#![allow(clippy::unwrap_used, reason = "in a test it is the assertion")]

/// Programs that run `init` with an environment of their own.
mod child;
/// Settings from variables.
mod config;
/// What leaves the process, byte by byte.
mod export;
/// Outbound requests, and the trace from client to server.
mod http_client;
/// Inbound requests: spans, exclusion, the end of a body.
mod http_server;
/// The ids on every response.
mod ids;
/// Enqueued and consumed jobs.
mod jobs;
/// Log lines.
mod logs;
/// MCP requests and bearer tokens.
mod mcp;
/// No personal data in what leaves the process.
mod privacy;
/// W3C Trace Context.
mod propagation;
/// The four bugs of the system that the kit replaces.
mod regressions;
/// Ticks.
mod scheduler;
/// The end: flush, dead and silent stores.
mod shutdown;
/// Queries.
mod sql;
/// A store that only listens.
mod stub;
