//! The program `throughline`: see `throughline --help`.

/// Requests are many small pieces of memory that other threads give back: what mimalloc is made for.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

fn main() -> std::process::ExitCode {
    throughline::cli::main()
}
