//! A directory full of spans: filled by a server, or as an earlier run left it.

use super::args::Args;
use crate::disk::Disk;
use crate::door::{self, Protocol};
use crate::process::Server;
use crate::spans::{self, Shape};
use crate::supply::{self, Supply};
use crate::{load, machine, query};
use anyhow::{Context, Result, ensure};
use serde_json::{Value, json};
use std::fs;
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};
use tempfile::TempDir;
use tokio::time::sleep;

/// Says what the directory was filled with.
const MANIFEST: &str = "storage-bench.json";
/// The server's own directory.
const SERVER: &str = "data";
/// Made and sent at a time: some 80 MB.
const CHUNK_SPANS: u64 = 1_000_000;
const CONNECTIONS: usize = 8;
/// The server is let be until it has made no data file and removed none for so long.
const QUIET: Duration = Duration::from_secs(10);
const QUIET_WAIT_MAX: Duration = Duration::from_secs(900);

/// Spans on disk. No server runs.
#[derive(Debug)]
pub(crate) struct Bed {
    pub(crate) program: PathBuf,
    arguments: Vec<String>,
    pub(crate) directory: PathBuf,
    pub(crate) spans: u64,
    pub(crate) days: u64,
    pub(crate) shape: Shape,
    /// When it was filled by this run.
    pub(crate) filled: Option<Filled>,
    /// Deletes the directory when it is dropped.
    _temporary: Option<TempDir>,
}

/// How a fill went.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Filled {
    /// While requests were on their way.
    pub(crate) sending: Duration,
    /// From the last acknowledgement until the data files had come to rest and the server had ended.
    pub(crate) settling: Duration,
    pub(crate) memory_peak_bytes: u64,
}

impl Bed {
    /// Fills the directory unless an earlier run has.
    pub(crate) async fn make(args: &Args) -> Result<Self> {
        let (root, temporary) = match &args.data {
            Some(data) => (data.clone(), None),
            None => {
                let temporary = TempDir::new()?;
                (temporary.path().to_owned(), Some(temporary))
            }
        };
        let mut bed = Self {
            program: program(args)?,
            arguments: args.serve.clone(),
            directory: root.join(SERVER),
            spans: args.spans(),
            days: args.days(),
            shape: Shape::over(args.days(), args.spans()),
            filled: None,
            _temporary: temporary,
        };
        let manifest = root.join(MANIFEST);
        if manifest.exists() {
            bed.reuse(args, &fs::read_to_string(&manifest)?)?;
            return Ok(bed);
        }
        ensure!(
            !bed.directory.exists(),
            "{} is not one of this program's, or its fill was broken off: delete it",
            root.display()
        );
        fs::create_dir_all(&bed.directory)?;
        bed.filled = Some(bed.fill().await?);
        let filled = json!({ "spans": bed.spans, "days": bed.days });
        fs::write(&manifest, filled.to_string()).context("could not write the manifest")?;
        Ok(bed)
    }

    /// Starts the server on the directory.
    pub(crate) fn serve(&self) -> Result<Server> {
        Server::start(&self.program, &self.directory, &self.arguments)
    }

    pub(crate) fn disk(&self) -> Result<Disk> {
        Disk::below(&self.directory)
    }

    pub(crate) fn set_up(&self) -> String {
        format!(
            "{} spans, their times spread over {} days",
            self.spans, self.days
        )
    }

    fn reuse(&mut self, args: &Args, manifest: &str) -> Result<()> {
        let manifest: Value = serde_json::from_str(manifest)?;
        let filled = |what: &str| manifest[what].as_u64().context("the manifest is damaged");
        (self.spans, self.days) = (filled("spans")?, filled("days")?);
        self.shape = Shape::over(self.days, self.spans);
        let asked = |wanted: Option<u64>, is: u64| wanted.is_none_or(|wanted| wanted == is);
        ensure!(
            asked(args.spans, self.spans) && asked(args.days, self.days),
            "the directory has {}",
            self.set_up()
        );
        Ok(())
    }

    async fn fill(&self) -> Result<Filled> {
        let server = self.serve()?;
        let url = server.addresses.otlp_http.clone();
        let url = url.context("the server has no OTLP door")?;
        let mut sending = Duration::ZERO;
        for start in (0..self.spans).step_by(CHUNK_SPANS as usize) {
            let end = self.spans.min(start + CHUNK_SPANS);
            let bodies = supply::on_all_processors(start..end, |numbers| {
                spans::bodies_of(numbers, spans::SPANS_A_BODY, &self.shape)
            });
            let bodies = bodies.into_iter().flatten().collect();
            let lanes = door::open(Protocol::Http, &url, CONNECTIONS, 1).await?;
            let ledger = load::run(lanes, Supply::once(bodies, machine::now_nanos())).await?;
            ensure!(ledger.spans == end - start, "not all spans were sent");
            sending += ledger.elapsed;
            eprintln!("{end} of {} spans acknowledged", self.spans);
        }
        let sent = Instant::now();
        self.come_to_rest().await?;
        let memory_peak_bytes = server.end()?.memory_peak_bytes;
        let filled = Filled {
            sending,
            settling: sent.elapsed(),
            memory_peak_bytes,
        };
        let server = self.serve()?;
        let api = server.addresses.api.as_deref();
        let rows = query::rows(api.context("the API has no address")?).await?;
        server.end()?;
        ensure!(
            rows == self.spans,
            "{rows} of {} spans are there",
            self.spans
        );
        Ok(filled)
    }

    /// Waits until the server leaves its data files alone.
    async fn come_to_rest(&self) -> Result<()> {
        let started = Instant::now();
        let (mut seen, mut since) = (self.disk()?, Instant::now());
        while since.elapsed() < QUIET && started.elapsed() < QUIET_WAIT_MAX {
            sleep(Duration::from_millis(500)).await;
            // A file may go while it is looked at.
            let Ok(now) = self.disk() else { continue };
            let same =
                (now.data_files, now.data_file_bytes) == (seen.data_files, seen.data_file_bytes);
            if !same {
                (seen, since) = (now, Instant::now());
            }
        }
        Ok(())
    }
}

/// The server that was named, or that was built with this program.
fn program(args: &Args) -> Result<PathBuf> {
    match &args.server {
        Some(program) => Ok(program.clone()),
        None => crate::process::beside(),
    }
}

/// Whether a server has kept its data here; not what a fill of this program made, which lies one below.
pub(crate) fn is_server_directory(path: &Path) -> bool {
    path.join("VERSION").exists() && path.join("data").is_dir()
}
