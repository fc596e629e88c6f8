//! The program `throughline`: see `throughline --help`.

/// A quarter of what a small request took went into the system's allocator, and what a flush freed stayed with the
/// process. How soon memory goes back to the system is in `.cargo/config.toml`.
#[global_allocator]
static ALLOCATOR: tikv_jemallocator::Jemalloc = tikv_jemallocator::Jemalloc;

fn main() -> std::process::ExitCode {
    throughline::cli::main()
}
