//! What a run stands on: a server of its own on a directory of its own, or one that runs already; and the
//! books at its end.

use super::args::Args;
use super::report::Report;
use crate::disk::Disk;
use crate::load::Ledger;
use crate::process::{Addresses, Server};
use crate::{process, query};
use anyhow::{Context, Result, ensure};
use std::path::{Path, PathBuf};
use std::time::Duration;
use tempfile::TempDir;

/// A server to send to.
#[derive(Debug)]
pub(crate) struct Bed {
    pub(crate) addresses: Addresses,
    own: Option<Own>,
    /// Of a server that runs already.
    rows_before: Option<u64>,
    cpu_before: Duration,
}

#[derive(Debug)]
struct Own {
    server: Server,
    program: PathBuf,
    arguments: Vec<String>,
    data: PathBuf,
    /// Deletes the directory when it is dropped.
    _temporary: Option<TempDir>,
}

impl Bed {
    pub(crate) async fn make(args: &Args, mode: &str) -> Result<Self> {
        let mut bed = Self {
            addresses: Addresses {
                api: args.api.clone(),
                otlp_http: args.url.clone(),
                otlp_grpc: args.url.clone(),
            },
            own: None,
            rows_before: None,
            cpu_before: Duration::ZERO,
        };
        if args.url.is_none() {
            let own = Own::start(args, mode)?;
            bed.addresses = own.server.addresses.clone();
            bed.own = Some(own);
        } else if let Some(api) = &args.api {
            bed.rows_before = Some(query::rows(api).await?);
        }
        bed.cpu_before = process::own_cpu()?;
        Ok(bed)
    }

    /// The process, where it was started here.
    pub(crate) fn server(&self) -> Option<&Server> {
        self.own.as_ref().map(|own| &own.server)
    }

    /// Where the data lies, or the working directory where that is not known.
    pub(crate) fn data(&self) -> &Path {
        self.own.as_ref().map_or(Path::new("."), |own| &own.data)
    }

    /// The figures of a load; whether the books balance, unless nobody can say. `more` spans were acknowledged beside its own.
    pub(crate) async fn close(
        self,
        ledger: &Ledger,
        more: u64,
        report: &mut Report,
    ) -> Result<Option<bool>> {
        let generator = process::own_cpu()? - self.cpu_before;
        let seconds = ledger.elapsed.as_secs_f64();
        load_figures(ledger, report);
        report.add("generator_cpu_seconds", generator.as_secs_f64(), 2, "s");
        report.add("generator_cores", generator.as_secs_f64() / seconds, 3, "");
        report.add_mebibytes(
            "generator_memory_peak_mebibytes",
            process::own_memory_peak_bytes()?,
        );
        let acknowledged = ledger.spans + more;
        let rows = match (self.own, self.rows_before) {
            (Some(own), _) => own.close(ledger, acknowledged, report).await?,
            (None, Some(before)) => {
                let api = self.addresses.api.context("the API has no address")?;
                query::rows(&api).await? - before
            }
            // Nobody to ask.
            (None, None) => return Ok(None),
        };
        report.add_count("acknowledged", acknowledged);
        report.add_count("rows", rows);
        Ok(Some(rows == acknowledged))
    }
}

fn load_figures(ledger: &Ledger, report: &mut Report) {
    let seconds = ledger.elapsed.as_secs_f64();
    report.add("spans_per_second", ledger.spans as f64 / seconds, 0, "");
    report.add_count("slowest_second_spans", ledger.slowest_second());
    report.add(
        "requests_per_second",
        ledger.requests as f64 / seconds,
        0,
        "",
    );
    report.add("load_seconds", seconds, 1, "s");
    let [p50, p99, p999, max] = ledger.ack_millis([500, 990, 999, 1000]);
    report.add("ack_p50_millis", p50, 1, "ms");
    report.add("ack_p99_millis", p99, 1, "ms");
    report.add("ack_p999_millis", p999, 1, "ms");
    report.add("ack_max_millis", max, 1, "ms");
    report.add_count("refusals", ledger.refusals);
}

impl Own {
    fn start(args: &Args, mode: &str) -> Result<Self> {
        let program = match &args.server {
            Some(program) => program.clone(),
            None => process::beside()?,
        };
        let (data, temporary) = match &args.keep {
            Some(keep) => {
                let data = keep.join(mode);
                ensure!(!data.exists(), "{} exists already", data.display());
                std::fs::create_dir_all(&data)?;
                (data, None)
            }
            None => {
                let temporary = TempDir::new()?;
                (temporary.path().to_owned(), Some(temporary))
            }
        };
        Ok(Self {
            server: Server::start(&program, &data, &args.serve)?,
            program,
            arguments: args.serve.clone(),
            data,
            _temporary: temporary,
        })
    }

    /// Ends it, which commits everything; what it used and left; starts it again and counts.
    async fn close(self, ledger: &Ledger, acknowledged: u64, report: &mut Report) -> Result<u64> {
        let load_seconds = ledger.elapsed.as_secs_f64();
        let spans = acknowledged as f64;
        let cpu = self.server.cpu()?;
        let used = self.server.end()?;
        let committed = load_seconds + used.ending.as_secs_f64();
        report.add("server_cores", cpu.as_secs_f64() / load_seconds, 2, "");
        report.add(
            "commit_after_load_seconds",
            used.ending.as_secs_f64(),
            2,
            "s",
        );
        report.add("committed_spans_per_second", spans / committed, 0, "");
        let per_million = used.cpu.as_secs_f64() * 1e6 / spans;
        report.add("server_cpu_seconds_per_million", per_million, 2, "s");
        report.add_mebibytes("server_memory_peak_mebibytes", used.memory_peak_bytes);
        let disk = Disk::below(&self.data)?;
        report.add("disk_bytes_per_span", disk.bytes as f64 / spans, 1, "B");
        let data_file_bytes = disk.data_file_bytes as f64 / spans;
        report.add("data_file_bytes_per_span", data_file_bytes, 1, "B");
        report.add_count("data_files", disk.data_files);

        let server = Server::start(&self.program, &self.data, &self.arguments)?;
        report.add("restart_millis", server.ready.as_secs_f64() * 1e3, 0, "ms");
        let api = server.addresses.api.as_deref();
        let rows = query::rows(api.context("the API has no address")?).await?;
        server.end()?;
        Ok(rows)
    }
}
