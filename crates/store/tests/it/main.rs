//! The store from outside: what was acknowledged is found, once, whatever happens in between.

#![allow(clippy::unwrap_used)]

mod alone;
mod any;
mod backup;
mod bounds;
mod columns;
mod compaction;
mod crash;
mod cutter;
mod doubt;
mod durable;
mod faulty;
mod format;
mod handover;
mod in_common;
mod index;
mod limits;
mod load;
mod log_object;
mod lost;
mod open_data;
mod own_log;
mod places;
mod plan;
mod postgres;
mod postgres_tls;
mod remote;
mod remote_backup;
mod remote_restore;
mod remote_rot;
mod resend;
mod restart;
mod retention;
mod rot;
mod round_trip;
mod small_files;
mod spans;
mod stand_in;
mod verify;
mod world;
