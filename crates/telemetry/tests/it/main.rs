//! The kit as a service uses it: every test makes its own services, so nothing here is global, except in
//! the child processes that run `init` for real.
#![allow(clippy::unwrap_used, reason = "in a test it is the assertion")]

/// What the layer allocates.
mod allocations;
/// Jobs in apalis, with a real database.
mod apalis;
/// Real servers, each a test's own.
mod backend;
/// What became of every span, whatever the store does.
mod books;
/// Programs that run `init` with an environment of their own.
mod child;
/// A store that behaves as it is told.
mod collector;
/// Settings from variables.
mod config;
/// Spans and log records as lines on stdout.
mod console;
/// Spans of the program's own.
mod custom;
/// The guide.
mod docs;
/// Settings and stores that have something wrong with them.
mod doctor;
/// What leaves the process, byte by byte.
mod export;
/// OTLP over gRPC.
mod grpc;
/// Outbound requests, and the trace from client to server.
mod http_client;
/// Hosts, protocols and ids of inbound requests.
mod http_requests;
/// Inbound requests: spans, exclusion, the end of a body.
mod http_server;
/// The ids on every response.
mod ids;
/// Enqueued and consumed jobs.
mod jobs;
/// Log records by OTLP.
mod log_export;
/// Log lines.
mod logs;
/// MCP requests and bearer tokens.
mod mcp;
/// Every request and notification that an MCP handler knows.
mod mcp_methods;
/// What the edges measure.
mod metrics;
/// No personal data in what leaves the process.
mod privacy;
/// Contexts across process boundaries.
mod propagation;
/// Commands against a real Redis.
mod redis;
/// The four bugs of the system that the kit replaces.
mod regressions;
/// Ticks.
mod scheduler;
/// The end: flush, dead and silent stores.
mod shutdown;
/// SIGTERM and Ctrl-C.
mod signals;
/// Work that leaves the running task.
mod spawn;
/// Queries.
mod sql;
/// A store that only listens.
mod stub;
/// The recorder and its pattern language.
mod testing;
/// HTTPS and client certificates.
mod tls;
