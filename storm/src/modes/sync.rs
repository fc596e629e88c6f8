//! The order of calls on disk: what is promised to outlast a power cut is synced before it is told.
//!
//! A killed process leaves its writes in the page cache, so no kill shows a missing sync. This reads the
//! order from a recording instead: bytes of the log before the answer, a data file before its name, file
//! and directory before the commit.

use super::{FLUSH_AGE, Options, verdict};
use crate::lake;
use crate::report::Report;
use crate::request::PLAIN_FIRST;
use crate::server::{Program, beside};
use crate::strace;
use anyhow::Result;
use std::collections::HashSet;
use std::fs;
use std::path::Path;
use std::time::Duration;

const REQUESTS: u64 = 20;
/// After each request, so that it and the flushes before it are over.
const PAUSE: Duration = Duration::from_millis(60);

pub(crate) async fn run(options: &Options, program: &Program) -> Result<Report> {
    strace::check()?;
    let mut report = Report::new("sync", options.seed);
    let directory = options.directory()?;
    let data = directory.path().canonicalize()?.join("data");
    let log = beside(&data, "strace");
    let driver = options.driver();
    let program = Program {
        flush_age: FLUSH_AGE,
        ..program.clone()
    };
    let server = strace::started(&program, &data, &strace::recording(&log))?;
    for at in 0..REQUESTS {
        driver.send_one(server.addresses, PLAIN_FIRST + at).await?;
        tokio::time::sleep(PAUSE).await;
    }
    server.kill();
    let recording = fs::read(&log)?;
    let order = Order::of(&String::from_utf8_lossy(&recording), &data);
    for words in order.faults {
        report.findings.broken_promise(words);
    }
    if order.answers < REQUESTS || order.commits == 0 {
        let (answers, commits) = (order.answers, order.commits);
        report.findings.broken_promise(format!(
            "only {answers} answers and {commits} commits were recorded"
        ));
    }
    verdict(&program, &driver, &data, &mut report).await?;
    report.figure("answers", order.answers);
    report.figure("commits", order.commits);
    report.figure("data_files", lake::files(&data).await?.len());
    Ok(report)
}

/// What a recording shows.
#[derive(Debug, Default)]
struct Order {
    answers: u64,
    commits: u64,
    faults: Vec<String>,
    /// Files and directories whose newest content or names are not synced.
    dirty: HashSet<String>,
    /// What each thread is syncing: done when the call is resumed.
    syncing: Vec<(String, String)>,
}

impl Order {
    fn of(recording: &str, data: &Path) -> Self {
        let mut order = Self::default();
        for line in recording.lines() {
            if let Some(thread) = resumed_sync(line) {
                let done = order.syncing.iter().position(|(of, _)| of == thread);
                if let Some((_, path)) = done.map(|at| order.syncing.remove(at)) {
                    order.dirty.remove(&path);
                }
            } else if let Some((thread, call, path)) = strace::call(line) {
                match strace::relative(path, data) {
                    Some(path) => order.on_disk(thread, call, path, line),
                    None => order.on_socket(call, line),
                }
            }
        }
        order
    }

    fn on_disk(&mut self, thread: &str, call: &str, path: String, line: &str) {
        match call {
            "fdatasync" | "fsync" => {
                if path.starts_with("catalog.sqlite-wal") {
                    self.commit();
                }
                if line.contains("<unfinished") {
                    self.syncing.push((thread.to_owned(), path));
                } else {
                    self.dirty.remove(&path);
                }
            }
            "rename" | "renameat" | "renameat2" => {
                if self.dirty.contains(&path) {
                    self.faults
                        .push(format!("{path} gets its name before its content is synced"));
                }
                self.dirty.insert(parent(&path));
            }
            "write" | "writev" | "pwrite64" | "pwritev" | "pwritev2" => {
                self.dirty.insert(path);
            }
            _ => {}
        }
    }

    /// The catalog's own sync: what it names has to be there already.
    fn commit(&mut self) {
        self.commits += 1;
        let mut early: Vec<_> = self
            .dirty
            .iter()
            .filter(|path| path.starts_with("data"))
            .collect();
        early.sort();
        if let Some(path) = early.first() {
            self.faults
                .push(format!("a commit is synced before {path}"));
        }
    }

    fn on_socket(&mut self, call: &str, line: &str) {
        let is_answer =
            matches!(call, "write" | "writev" | "sendto") && line.contains("HTTP/1.1 200");
        if is_answer {
            self.answers += 1;
            if let Some(path) = self.dirty.iter().find(|path| path.starts_with("wal")) {
                self.faults.push(format!(
                    "answer {} goes out before {path} is synced",
                    self.answers
                ));
            }
        }
    }
}

/// The thread whose sync is over in this line.
fn resumed_sync(line: &str) -> Option<&str> {
    let (thread, rest) = line.split_once(' ')?;
    let rest = rest.trim_start();
    let is_sync = ["<... fdatasync resumed>", "<... fsync resumed>"]
        .iter()
        .any(|it| rest.starts_with(it));
    is_sync.then_some(thread)
}

fn parent(path: &str) -> String {
    let parent = Path::new(path).parent().and_then(Path::to_str);
    parent.unwrap_or_default().to_owned()
}

#[cfg(test)]
mod tests {
    use super::Order;
    use std::path::Path;

    fn faults(recording: &str) -> Vec<String> {
        Order::of(recording, Path::new("/d")).faults
    }

    const WRITE: &str = "1 writev(7</d/wal/1.log>, [], 1) = 9\n";
    const SYNC: &str = "1 fdatasync(7</d/wal/1.log>) = 0\n";
    const ANSWER: &str = "2 writev(9<socket:[1]>, [{iov_base=\"HTTP/1.1 200 OK\"}], 1) = 9\n";

    #[test]
    fn an_answer_comes_after_its_sync() {
        let late = "1 fdatasync(7</d/wal/1.log> <unfinished ...>\n";
        let done = "1 <... fdatasync resumed>) = 0\n";
        assert!(faults(&[WRITE, SYNC, ANSWER].concat()).is_empty());
        assert!(faults(&[WRITE, late, done, ANSWER].concat()).is_empty());
        assert_eq!(faults(&[WRITE, ANSWER, SYNC].concat()).len(), 1);
        assert_eq!(faults(&[WRITE, late, ANSWER, done].concat()).len(), 1);
    }

    #[test]
    fn a_commit_comes_after_the_files_and_their_names() {
        let content = "1 write(7</d/data/t/1.tmp>, \"\", 1) = 1\n";
        let synced = "1 fsync(7</d/data/t/1.tmp>) = 0\n";
        let name = "1 rename(\"/d/data/t/1.tmp\", \"/d/data/t/1\") = 0\n";
        let directory = "1 fsync(8</d/data/t>) = 0\n";
        let commit = "2 fsync(9</d/catalog.sqlite-wal>) = 0\n";
        assert!(faults(&[content, synced, name, directory, commit].concat()).is_empty());
        assert_eq!(
            faults(&[content, name, synced, directory, commit].concat()).len(),
            1
        );
        assert_eq!(
            faults(&[content, synced, name, commit, directory].concat()).len(),
            1
        );
    }
}
