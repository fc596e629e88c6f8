//! The modes.

use super::args::{Args, Mode};
use super::bed::Bed;
use super::table::{Bar, Line, Table};
use super::{peers, queries, size, year};
use crate::machine;
use anyhow::{Result, ensure};

/// Fewer data files than this would show nothing of choosing among them.
const DATA_FILES_MIN: f64 = 20.0;

/// Runs what was asked for; `false` when an answer was wrong, or a bar was missed that was to be met.
pub(crate) async fn run(args: &Args) -> Result<bool> {
    ensure!(
        args.spans() >= 100 && args.days() > 0,
        "name a hundred spans or more, and a day or more"
    );
    match args.mode {
        Mode::Fill => fill(args).await,
        Mode::Queries => queries::run(args).await,
        Mode::Peers => peers::run(args).await,
        Mode::Size => size::run(args).await,
        Mode::Year => year::run(args).await,
    }
}

async fn fill(args: &Args) -> Result<bool> {
    ensure!(args.data.is_some(), "name the directory with --data");
    let bed = Bed::make(args).await?;
    let mut table = Table::new("fill", bed.set_up(), &[]);
    filled_lines(&bed, &mut table)?;
    let met = table.print(&machine::line(&bed.directory), args.json);
    Ok(met || !args.bar)
}

/// How the fill went, if this run filled it, and what lies there.
pub(crate) fn filled_lines(bed: &Bed, table: &mut Table) -> Result<()> {
    if let Some(filled) = bed.filled {
        let seconds = filled.sending.as_secs_f64();
        let rate = bed.spans as f64 / seconds;
        table.add(Line::new("spans/s while sending", rate, ""));
        let settling = filled.settling.as_secs_f64();
        let what = "until the data files had come to rest";
        table.add(Line::new(what, settling, "s"));
        let peak = filled.memory_peak_bytes as f64 / f64::from(1 << 20);
        table.add(Line::new("server's memory, peak", peak, "MiB"));
    }
    let (disk, spans) = (bed.disk()?, bed.spans as f64);
    let files = Line::new("data files", disk.data_files as f64, "");
    let large = spans >= 10e6;
    table.add(files.bar(large.then_some(Bar::AtLeast(DATA_FILES_MIN))));
    let of_files = disk.data_file_bytes as f64 / spans;
    table.add(Line::new("data files, bytes a span", of_files, "B"));
    let kept = disk.kept_bytes() as f64 / spans;
    table.add(Line::new("all but the log, bytes a span", kept, "B"));
    let merged = disk.merged_bytes as f64 / 1e6;
    let what = "files merged into others, deleted after an hour or two";
    table.add(Line::new(what, merged, "MB"));
    Ok(())
}
