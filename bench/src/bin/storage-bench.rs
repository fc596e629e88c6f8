//! The storage benchmark: how large the data files are, and how fast a query reads them.
//!
//! ```text
//! storage-bench queries --spans 10000000
//! ```

use std::process::ExitCode;

fn main() -> ExitCode {
    throughline_bench::storage::main()
}
