//! A disk that fails, fills or crawls: nothing acknowledged is lost, and who is refused is told when to
//! come back.

use super::{FLUSH_AGE, Options, STOP_MAX, first_yes, verdict};
use crate::driver::Driver;
use crate::report::Report;
use crate::server::{Program, Server, beside};
use crate::strace;
use anyhow::{Context, Result};
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::{Duration, Instant};

/// A bound whatever the load.
const PEAK_MIB_MAX: u64 = 512;
const DISK_MIB: u64 = 48;
/// What is left free when the disk is "full", so that small writes still meet the edge by themselves.
const LEFT_KIB: u64 = 768;
/// Room again to an acknowledgement again.
const RESUME_MAX: Duration = Duration::from_secs(15);
const SLOW_SYNC_MICROS: u64 = 300_000;
/// How many syncs are tried in turn, each in a run of its own.
const LOG_SYNCS: u64 = 4;
const FILE_SYNCS: u64 = 8;

/// Sync errors, a full disk, a slow disk: nothing acknowledged is lost, refusals carry a delay
#[derive(Clone, Debug, clap::Args)]
pub(crate) struct Args {
    /// Faults to try; all of them when none is named
    #[arg(value_enum)]
    pub(crate) faults: Vec<Fault>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, clap::ValueEnum)]
pub(crate) enum Fault {
    /// The n-th fdatasync fails, for n from 1 on: the log's
    LogSync,
    /// The n-th fsync fails, for n from 1 on: data files, directories, catalog
    FileSync,
    /// A small disk fills under load, and is freed again (needs root, for a mount)
    Full,
    /// Each fdatasync takes 300 ms
    Slow,
}

const FAULTS: [Fault; 4] = [Fault::LogSync, Fault::FileSync, Fault::Full, Fault::Slow];

pub(crate) async fn run(options: &Options, args: &Args, program: &Program) -> Result<Report> {
    strace::check()?;
    let mut report = Report::new("fail", options.seed);
    let program = Program {
        flush_age: FLUSH_AGE,
        ..program.clone()
    };
    let faults = if args.faults.is_empty() {
        &FAULTS[..]
    } else {
        &args.faults
    };
    let mut injected = 0;
    for fault in faults {
        match fault {
            Fault::LogSync => {
                for n in 1..=LOG_SYNCS {
                    injected += sync_error(options, &program, "fdatasync", n, &mut report).await?;
                }
            }
            Fault::FileSync => {
                for n in 1..=FILE_SYNCS {
                    injected += sync_error(options, &program, "fsync", n, &mut report).await?;
                }
            }
            Fault::Full => full(options, &program, &mut report).await?,
            Fault::Slow => slow(options, &program, &mut report).await?,
        }
    }
    report.figure("faults", faults.len());
    report.figure("syncs_failed", injected);
    Ok(report)
}

/// One sync fails, once. The log's makes the server stop: what the disk holds is not known any more.
async fn sync_error(
    options: &Options,
    program: &Program,
    call: &str,
    n: u64,
    report: &mut Report,
) -> Result<u64> {
    let directory = options.directory()?;
    let data = directory.path().canonicalize()?.join("data");
    let driver = options.driver();
    // The directory is made without the fault, which is then met under load.
    let first = program.start(&data)?;
    first_yes(&driver, &first).await?;
    first.kill();
    let fault = format!("{call}:error=EIO:when={n}");
    let log = beside(&data, "strace");
    let traced = strace::started(program, &data, &strace::injecting(&fault, call, &log));
    if let Ok(mut server) = traced {
        let load = driver.load(server.addresses);
        tokio::time::sleep(Duration::from_millis(1500)).await;
        load.end().await?;
        if call == "fdatasync" && server.wait(STOP_MAX).is_err() {
            report.findings.broken_promise(format!(
                "a failed sync of the log ({n}) does not end the server"
            ));
        }
        server.kill();
    }
    let injected = strace::injected(&log);
    verdict(program, &driver, &data, report).await?;
    Ok(injected)
}

/// Fills a small disk under load, looks at the refusals, and makes room again.
async fn full(options: &Options, program: &Program, report: &mut Report) -> Result<()> {
    let directory = options.directory()?;
    let Some(disk) = Disk::mount(directory.path())? else {
        println!("  disk full: SKIPPED, mounting a small disk needs root");
        return Ok(());
    };
    let data = disk.0.join("data");
    let driver = options.driver();
    let server = program.start(&data)?;
    first_yes(&driver, &server).await?;
    let load = driver.load(server.addresses);
    tokio::time::sleep(Duration::from_millis(500)).await;
    disk.fill()?;
    tokio::time::sleep(Duration::from_secs(4)).await;
    load.end().await?;
    let refused = driver.ledger.refused_later();
    if refused == 0 {
        report
            .findings
            .broken_promise("a full disk, and nobody was told to come again".to_owned());
    }
    disk.free()?;
    resume(program, &data, &driver, server, report).await?;
    report.figure("refused_on_full_disk", refused);
    verdict(program, &driver, &data, report).await
}

/// There is room again: by itself it takes requests again.
async fn resume(
    program: &Program,
    data: &Path,
    driver: &Driver,
    mut server: Server,
    report: &mut Report,
) -> Result<()> {
    let freed = Instant::now();
    while freed.elapsed() < RESUME_MAX && server.is_running() {
        let b = driver.ledger.next();
        if driver.send_one(server.addresses, b).await? {
            report.figure("resumed_after_ms", freed.elapsed().as_millis() as u64);
            server.kill();
            return Ok(());
        }
    }
    let words = if server.is_running() {
        "does not resume"
    } else {
        "has ended"
    };
    report
        .findings
        .broken_promise(format!("after a full disk was freed the server {words}"));
    server.kill();
    // What it left behind is judged all the same.
    drop(program.start(data));
    Ok(())
}

/// Every sync takes long: answers come, memory stays bounded.
async fn slow(options: &Options, program: &Program, report: &mut Report) -> Result<()> {
    let directory = options.directory()?;
    let data = directory.path().canonicalize()?.join("data");
    let driver = options.driver();
    let fault = format!("fdatasync:delay_exit={SLOW_SYNC_MICROS}");
    let server = strace::started(
        program,
        &data,
        &strace::injecting(&fault, "fdatasync", &beside(&data, "strace")),
    )?;
    let load = driver.load(server.addresses);
    tokio::time::sleep(Duration::from_secs(4)).await;
    load.end().await?;
    let peak = server.peak_mib();
    if peak.is_some_and(|peak| peak > PEAK_MIB_MAX) {
        report
            .findings
            .broken_promise(format!("{peak:?} MiB of memory on a slow disk"));
    }
    let silent = driver.ledger.silences();
    if silent > 0 {
        report
            .findings
            .broken_promise(format!("{silent} requests got no answer from a slow disk"));
    }
    report.figure("slow_disk_peak_mib", peak);
    server.kill();
    verdict(program, &driver, &data, report).await
}

/// A small disk of its own, gone when it is dropped.
#[derive(Debug)]
struct Disk(PathBuf);

impl Disk {
    /// `None` where this user may not mount.
    fn mount(parent: &Path) -> Result<Option<Self>> {
        let path = parent.join("disk");
        fs::create_dir(&path)?;
        let mut mount = Command::new("mount");
        mount
            .args(["-t", "tmpfs", "-o", &format!("size={DISK_MIB}m"), "tmpfs"])
            .arg(&path);
        let mounted = mount
            .output()
            .context("could not run mount")?
            .status
            .success();
        Ok(mounted.then_some(Self(path)))
    }

    /// Leaves next to nothing free.
    fn fill(&self) -> Result<()> {
        let ballast = fs::File::create(self.0.join("ballast"))?;
        let mut size = DISK_MIB << 20;
        // `fallocate` by halves: the room that is left is not known beforehand.
        let (mut length, left) = (0, LEFT_KIB << 10);
        while size >= 64 << 10 {
            let mut more = Command::new("fallocate");
            more.args(["-l", &(length + size).to_string()])
                .arg(self.0.join("ballast"));
            if more
                .output()
                .context("could not run fallocate")?
                .status
                .success()
            {
                length += size;
            } else {
                size /= 2;
            }
        }
        ballast.set_len(u64::saturating_sub(length, left))?;
        Ok(())
    }

    fn free(&self) -> Result<()> {
        Ok(fs::remove_file(self.0.join("ballast"))?)
    }
}

impl Drop for Disk {
    fn drop(&mut self) {
        let _ = Command::new("umount").arg("--lazy").arg(&self.0).output();
    }
}
