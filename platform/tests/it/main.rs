//! The marketplace over real HTTP: services in this process on port 0, one SQLite file a test, a clock
//! that the test moves.

#![allow(
    clippy::unwrap_used,
    reason = "a harness that cannot go on should stop the test"
)]

mod beat;
mod booking;
mod copilot;
mod double_booking;
mod hold;
mod jobs;
mod payment;
/// The harness: one marketplace with its services.
mod place;
mod processes;
mod refunds;
mod requests;
/// The traces contract: which spans each journey makes.
mod traces;
