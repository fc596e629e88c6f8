//! The store from outside: what was acknowledged is found, once, whatever happens in between.

#![allow(clippy::unwrap_used)]

mod alone;
mod any;
mod backup;
mod bounds;
mod columns;
mod compaction;
mod crash;
mod doubt;
mod durable;
mod format;
mod handover;
mod in_common;
mod index;
mod limits;
mod load;
mod open_data;
mod plan;
mod resend;
mod restart;
mod retention;
mod rot;
mod round_trip;
mod spans;
mod verify;
mod world;
