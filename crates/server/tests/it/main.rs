//! The server over real sockets: in process where that is enough, as a process of its own where it is
//! killed.

#![allow(clippy::unwrap_used, clippy::print_stdout, reason = "tests")]

extern crate store as throughline_store;

mod answers;
mod browsers;
mod cli;
mod conformance;
mod console;
mod editor;
mod events;
mod events_at_once;
mod explain;
mod failing;
mod foreign;
mod go_duration;
mod groups;
mod grpc;
mod joins;
mod kill;
mod limits;
mod log_object;
mod logs;
mod metrics;
mod newest;
mod openapi;
mod places;
#[expect(dead_code, reason = "of the store's tests")]
#[path = "../../../store/tests/it/postgres.rs"]
mod postgres;
mod process;
mod queries;
mod query_limits;
mod restart;
mod rot;
mod running;
mod slow;
mod spans;
mod sql;
mod sql_hostile;
mod sql_mistakes;
mod sql_words;
#[expect(dead_code, reason = "of the store's tests")]
#[path = "../../../store/tests/it/stand_in.rs"]
mod stand_in;
mod structured;
mod tables;
mod tokens;
mod tokens_elsewhere;
mod traces;
mod trees;
mod virtual_fields;
