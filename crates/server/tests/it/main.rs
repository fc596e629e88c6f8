//! The server over real sockets: in process where that is enough, as a process of its own where it is
//! killed.

#![allow(clippy::unwrap_used, clippy::print_stdout, reason = "tests")]

mod answers;
mod cli;
mod conformance;
mod console;
mod events;
mod failing;
mod go_duration;
mod groups;
mod grpc;
mod kill;
mod limits;
mod metrics;
mod newest;
mod places;
mod process;
mod queries;
mod restart;
mod rot;
mod running;
mod slow;
mod spans;
mod tables;
mod tokens;
mod traces;
