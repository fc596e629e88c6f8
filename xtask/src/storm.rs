//! `cargo xtask storm`: the judge on a server that was just built.
//!
//! ```text
//! cargo xtask storm kill --cycles 20       SIGKILL under load, restart, count
//! cargo xtask storm --release kill --bar   the same in the profile that is shipped, with the start's bar
//! cargo xtask storm questions              ten minutes of questions beside load, merges and retention
//! cargo xtask storm --places kill          the same with data files in an object store and the catalog in PostgreSQL
//! cargo xtask storm planted                every bug of a planted build has to be found
//! cargo xtask storm kill --help            what a mode does and can be told
//! ```

use anyhow::{Context, Result};
use std::ffi::OsStr;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use crate::stop::Stop;
use crate::{shell, workspace};

/// The mode whose server carries bugs.
const PLANTED: &str = "planted";

/// Load the server, break it, read everything back and count: kill, points, fail, stop, watch, questions, sync, planted
#[derive(Debug, clap::Args)]
#[command(disable_help_flag = true)]
pub(crate) struct Args {
    /// Judge the profile that is shipped
    #[arg(long)]
    release: bool,
    /// Data files in an object store of which one request in five fails, the catalog in a PostgreSQL of its own: for
    /// the mode `kill`
    #[arg(long)]
    places: bool,
    /// The mode and what it is told; `--help` lists them
    #[arg(trailing_var_arg = true, allow_hyphen_values = true)]
    arguments: Vec<String>,
}

/// What every run of the tests asks of it, by name.
pub(crate) const QUICK: [(&str, [&str; 3]); 2] = [
    ("storm: 20 kills", ["kill", "--cycles", "20"]),
    ("storm: questions", ["questions", "--minutes", "0.3"]),
];

/// One of these.
pub(crate) fn quick(arguments: [&str; 3], stop: &Stop) -> Result<()> {
    let args = Args {
        release: false,
        places: false,
        arguments: arguments.map(str::to_owned).to_vec(),
    };
    run(&args, stop)
}

pub(crate) fn run(args: &Args, stop: &Stop) -> Result<()> {
    let planted = args.arguments.first().is_some_and(|mode| mode == PLANTED);
    shell::run(&mut build(args.release, planted), stop).context("could not build the programs")?;
    let profile = if args.release { "release" } else { "debug" };
    let folder = workspace::target()?.join(profile);
    let mut server = program(&folder, "throughline");
    if planted {
        // Under a name of its own: nobody is to start it by mistake.
        let kept = program(&folder, "throughline-planted");
        fs::rename(&server, &kept).context("could not rename the planted program")?;
        server = kept;
    }
    let judge = program(&folder, "storm");
    let mut command = match args.places {
        true => beside_places(&judge, args.release),
        false => Command::new(judge),
    };
    command.current_dir(workspace::root());
    command
        .args(&args.arguments)
        .args([OsStr::new("--server"), server.as_os_str()]);
    if args.places {
        command.args(["--objects", "s3://spans/storm"]);
    }
    shell::run(&mut command, stop)
}

/// The judge as the program that the store's benchmark lends its places to.
fn beside_places(judge: &Path, release: bool) -> Command {
    let arguments = ["bench", "--workspace", "--bench", "faulty_store"];
    let mut command = shell::cargo(&arguments);
    if !release {
        command.args(["--all-features", "--profile", "dev"]);
    }
    shell::past_the_proxy(&mut command);
    command.args(["--", "--trouble", "20", "--run"]).arg(judge);
    command
}

/// The call names the same features as that of the tests, or in release as that of the benchmarks: the query
/// engine is built once for each.
fn build(release: bool, planted: bool) -> Command {
    let arguments = [
        "build",
        "--workspace",
        "--bin",
        "throughline",
        "--bin",
        "storm",
    ];
    let mut build = shell::cargo(&arguments);
    build.arg(if release {
        "--release"
    } else {
        "--all-features"
    });
    if planted {
        // Read by the build script of `model`; only our own crates are built again.
        build.env("THROUGHLINE_PLANTED", "1");
    }
    build
}

fn program(folder: &Path, name: &str) -> PathBuf {
    folder.join(format!("{name}{}", std::env::consts::EXE_SUFFIX))
}

#[cfg(test)]
mod tests {
    use clap::Parser;

    use super::Args;

    #[derive(Debug, Parser)]
    struct Line {
        #[command(flatten)]
        args: Args,
    }

    #[test]
    fn what_follows_is_the_judges_own() {
        let line = ["storm", "--release", "kill", "--cycles", "20", "--help"];
        let args = Line::try_parse_from(line).unwrap().args;
        assert!(args.release);
        assert_eq!(args.arguments, ["kill", "--cycles", "20", "--help"]);
    }
}
