//! The binary `instainstru`: every service of the marketplace, one a process, chosen by subcommand.

use std::process::ExitCode;

#[tokio::main]
async fn main() -> ExitCode {
    instainstru::run(std::env::args_os()).await
}
