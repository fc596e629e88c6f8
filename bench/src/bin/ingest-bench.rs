//! The ingest benchmark: what a server acknowledges, how fast, at what cost, and whether all of it is there
//! afterwards.
//!
//! ```text
//! ingest-bench http --seconds 60
//! ```

use std::process::ExitCode;

fn main() -> ExitCode {
    throughline_bench::ingest::main()
}
