//! strace: records the calls that change the disk, and makes the n-th of them fail, wait or be the last.
//!
//! strace counts for each thread by itself. A fault is therefore tied to one file: as good as always one
//! thread works on it at a time, and then the n-th call of the thread is the n-th call on the file.

use crate::server::Program;
use crate::server::Server;
use anyhow::{Context, Result, bail};
use std::collections::BTreeMap;
use std::fs;
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::thread;
use std::time::{Duration, Instant};

/// Every call by which a program changes what is on disk.
pub(crate) const CALLS: [&str; 21] = [
    "write",
    "pwrite64",
    "writev",
    "pwritev",
    "pwritev2",
    "fdatasync",
    "fsync",
    "syncfs",
    "sync_file_range",
    "rename",
    "renameat",
    "renameat2",
    "unlink",
    "unlinkat",
    "ftruncate",
    "truncate",
    "fallocate",
    "mkdir",
    "mkdirat",
    "link",
    "linkat",
];
const ATTACH_MAX: Duration = Duration::from_secs(10);
const POLL: Duration = Duration::from_millis(2);

/// The `n`-th call of its kind on one file.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Point {
    /// Relative to the data directory; empty for the directory itself.
    pub(crate) path: String,
    pub(crate) call: String,
    pub(crate) n: u64,
}

/// Whether strace is there and may trace.
pub(crate) fn check() -> Result<()> {
    let traced = Command::new("strace")
        .args(["-o", "/dev/null", "true"])
        .stderr(Stdio::null())
        .status();
    match traced {
        Ok(status) if status.success() => Ok(()),
        Ok(_) => bail!("strace may not trace here: this machine forbids ptrace"),
        Err(error) => Err(error).context("could not run strace (Debian's package is `strace`)"),
    }
}

/// A command line that records into `log`.
pub(crate) fn recording(log: &Path) -> Vec<String> {
    let calls = format!("trace={}", CALLS.join(","));
    let line = ["strace", "-f", "-y", "-qq", "-s", "24", "-e", &calls, "-o"];
    let line = line.map(str::to_owned).into_iter();
    line.chain([log.display().to_string()]).collect()
}

/// A command line that kills at a point under `data`.
pub(crate) fn killing(point: &Point, data: &Path) -> Vec<String> {
    // A directory of its own would end in a slash.
    let path = if point.path.is_empty() {
        data.to_owned()
    } else {
        data.join(&point.path)
    };
    let fault = format!("{}:signal=KILL:when={}", point.call, point.n);
    let mut line = injecting(&fault, &point.call, Path::new("/dev/null"));
    line.extend(["-P".to_owned(), path.display().to_string()]);
    line
}

/// A command line that injects a fault into a call, and records it into `log`.
pub(crate) fn injecting(fault: &str, call: &str, log: &Path) -> Vec<String> {
    let (trace, inject) = (format!("trace={call}"), format!("inject={fault}"));
    let line = ["strace", "-f", "-qq", "-e", &trace, "-e", &inject, "-o"];
    let line = line.map(str::to_owned).into_iter();
    line.chain([log.display().to_string()]).collect()
}

/// How often a fault was injected.
pub(crate) fn injected(log: &Path) -> u64 {
    let recording = fs::read(log).unwrap_or_default();
    String::from_utf8_lossy(&recording)
        .matches("(INJECTED)")
        .count() as u64
}

/// A tracer that was attached to a running server.
#[derive(Debug)]
pub(crate) struct Attached(Child);

impl Attached {
    /// Attaches, and returns when every thread is traced.
    pub(crate) fn to(server: &Server, line: &[String]) -> Result<Self> {
        let (program, arguments) = line.split_first().context("no tracer")?;
        let mut command = Command::new(program);
        command
            .args(arguments)
            .args(["-p", &server.pid().to_string()]);
        let tracer = command.stdin(Stdio::null()).stderr(Stdio::null()).spawn()?;
        let deadline = Instant::now() + ATTACH_MAX;
        while !is_traced(server.pid())? {
            if Instant::now() > deadline {
                bail!("strace did not attach");
            }
            thread::sleep(POLL);
        }
        Ok(Self(tracer))
    }
}

impl Drop for Attached {
    /// By now the server has ended, and the tracer ends with it.
    fn drop(&mut self) {
        let deadline = Instant::now() + ATTACH_MAX;
        while matches!(self.0.try_wait(), Ok(None)) {
            if Instant::now() > deadline {
                let _ = self.0.kill();
            }
            thread::sleep(POLL);
        }
    }
}

fn is_traced(pid: u32) -> Result<bool> {
    for thread in fs::read_dir(format!("/proc/{pid}/task")).context("the server has ended")? {
        // A thread may end meanwhile.
        let status = fs::read_to_string(thread?.path().join("status")).unwrap_or_default();
        if status.contains("TracerPid:\t0\n") {
            return Ok(false);
        }
    }
    Ok(true)
}

/// The points of a recording: each call on a file under `data`, by the highest number that one thread
/// reaches with it.
pub(crate) fn points(recording: &str, data: &Path) -> Vec<Point> {
    let mut counts: BTreeMap<(String, String, String), u64> = BTreeMap::new();
    for line in recording.lines() {
        let Some((thread, call, path)) = call(line) else {
            continue;
        };
        let Some(path) = relative(path, data) else {
            continue;
        };
        if CALLS.contains(&call) {
            *counts
                .entry((path, call.to_owned(), thread.to_owned()))
                .or_default() += 1;
        }
    }
    let mut highest: BTreeMap<(String, String), u64> = BTreeMap::new();
    for ((path, call, _), count) in counts {
        let known = highest.entry((path, call)).or_default();
        *known = count.max(*known);
    }
    let each = |((path, call), count): ((String, String), u64)| {
        (1..=count).map(move |n| Point {
            path: path.clone(),
            call: call.clone(),
            n,
        })
    };
    highest.into_iter().flat_map(each).collect()
}

/// Thread, call and the path of its first file, of a line that a call begins.
pub(crate) fn call(line: &str) -> Option<(&str, &str, &str)> {
    let (thread, rest) = line.split_once(' ')?;
    let (call, arguments) = rest.trim_start().split_once('(')?;
    // Either `17</a/b>, …`, or `"/a/b", …`, or `AT_FDCWD</cwd>, "/a/b", …`.
    let path = if arguments.starts_with("AT_FDCWD") || arguments.starts_with('"') {
        arguments.split('"').nth(1)?
    } else {
        arguments.split_once('<')?.1.split_once('>')?.0
    };
    Some((thread, call, path))
}

pub(crate) fn relative(path: &str, data: &Path) -> Option<String> {
    let path = Path::new(path).strip_prefix(data).ok()?;
    Some(path.to_str()?.to_owned())
}

/// Starts a server that is traced from its first instruction. Without `--seccomp-bpf`, which would be
/// faster: with it strace 6.1 injects no signal where `-P` names a file.
pub(crate) fn started(program: &Program, data: &Path, line: &[String]) -> Result<Server> {
    program.start_under(data, line)
}

#[cfg(test)]
mod tests {
    use super::{Point, points};
    use std::path::Path;

    #[test]
    fn a_recording_is_read_file_by_file() {
        let recording = "\
            7 writev(17</d/wal/1.log>, [{iov_base=\"x\"}], 1) = 32\n\
            7 writev(17</d/wal/1.log>, [{iov_base=\"x\"}], 1 <unfinished ...>\n\
            7 <... writev resumed>) = 32\n\
            8 writev(26<socket:[446021]>, [{iov_base=\"HTTP/1.1 200 OK\"}], 1) = 7\n\
            8 write(5<anon_inode:[eventfd]>, \"\\1\", 8) = 8\n\
            9 rename(\"/d/wal/2.new\", \"/d/wal/2.log\") = 0\n\
            9 fsync(3</d>) = 0\n\
            9 unlinkat(AT_FDCWD</home>, \"/d/spill/x\", AT_REMOVEDIR) = 0\n\
            9 write(3</elsewhere/d>, \"x\", 1) = 1\n\
            9 +++ exited with 0 +++\n";
        let point = |path: &str, call: &str, n| Point {
            path: path.to_owned(),
            call: call.to_owned(),
            n,
        };
        let expected = [
            point("", "fsync", 1),
            point("spill/x", "unlinkat", 1),
            point("wal/1.log", "writev", 1),
            point("wal/1.log", "writev", 2),
            point("wal/2.new", "rename", 1),
        ];
        assert_eq!(points(recording, Path::new("/d")), expected);
    }
}
