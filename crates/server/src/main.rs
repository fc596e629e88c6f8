//! The program `throughline`: see `throughline --help`.

fn main() -> std::process::ExitCode {
    throughline::cli::main()
}
