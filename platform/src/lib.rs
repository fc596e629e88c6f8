//! InstaInstru, a lesson marketplace: students book instructors. It is the example, the demo and the
//! end-to-end test of Throughline, and knows nothing of it but the telemetry kit. The rooms:

/// The student's door: HTTP and JSON over the verbs of `market`.
pub mod api;
/// The scheduler: writes a job for every tick, runs none.
pub mod beat;
/// The time's one door.
pub mod clock;
/// Subcommands, flags and their environment variables.
mod config;
/// SQLite: the file, its migrations, the queries by resource.
mod db;
/// What the words mean: money, bookings, refunds, searches. No IO.
mod domain;
/// Errors named by what the caller does next.
mod error;
/// What each job does.
mod jobs;
/// A student and a copilot who never sleep.
mod load;
/// The verbs: hold, pay, cancel, refund, review, and what the jobs do.
mod market;
/// The copilot's door: six MCP tools over the API.
pub mod mcp;
/// The simulated payment provider, a third party with a database of its own.
pub mod payments;
/// Our client of the payment provider.
mod provider;
/// Jobs in the database: enqueue, lease, retry, bury.
mod queue;
/// Which service runs: subcommand to process.
mod run;
/// Bind, announce, serve, drain.
pub mod serve;
/// The signal that everything stops on.
pub mod stop;
/// A service that is asked over HTTP, and the client to ask it with.
mod upstream;
/// Takes jobs from the queue and runs them.
pub mod worker;

pub use market::{Market, Settings};
pub use run::run;
