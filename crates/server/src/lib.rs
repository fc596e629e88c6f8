//! The program `throughline`: OTLP in, APL and traces out, in one process on one data directory.
//!
//! It joins the parts: doors for telemetry (`ingest`), the query engine (`query`), the HTTP API and the
//! console (`api`), the sockets under them (`net`) and the command line (`cli`). It knows no protobuf
//! field, no SQL text and no file of the store. A library only so that tests run it in process.

/// The command line: `serve`, `query`, `tail`, `datasets`, `config show`.
pub mod cli;
/// Settings: plain, defaulted, printable, checkable.
pub mod config;
/// `Config → build → run → drain`: one server, from bound sockets to a clean end.
pub mod serve;

/// HTTP for people and programs: queries, traces, datasets, the console.
mod api;
/// What a browser sends for somebody else's page is refused.
mod browsers;
/// The doors for OTLP, and what lies between a door and the store.
mod ingest;
/// An error with its causes, on one line.
mod message;
/// Sockets: accept, time out, limit, drain.
mod net;
/// Plans run to rows: on threads of their own, within a time, a memory and a row limit.
mod query;
/// Delays that are not to fall together.
mod spread;
/// The one table that turns a kind of error into an HTTP and a gRPC status.
mod status;
