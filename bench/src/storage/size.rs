//! Bytes a span at rest: ours beside the same spans in other hands.

use super::args::Args;
use super::ask::cell;
use super::bed::{Bed, is_server_directory};
use super::peers;
use super::table::{Bar, Line, Table};
use crate::disk::Disk;
use crate::machine;
use anyhow::{Context, Result};
use serde_json::json;
use std::path::Path;

/// For the generator's spans, and for those of a platform.
const GENERATOR_BYTES_MAX: f64 = 45.0;
const PLATFORM_BYTES_MAX: f64 = 30.0;

pub(crate) async fn run(args: &Args) -> Result<bool> {
    if let Some(data) = args.data.as_deref().filter(|it| is_server_directory(it)) {
        let what = format!("the traces in {}", data.display());
        return measure(args, data, what, PLATFORM_BYTES_MAX);
    }
    let bed = Bed::make(args).await?;
    measure(args, &bed.directory, bed.set_up(), GENERATOR_BYTES_MAX)
}

/// What the data files hold; what a log still has in it is not looked at.
fn measure(args: &Args, data: &Path, what: String, bar: f64) -> Result<bool> {
    let scratch = tempfile::tempdir_in(data.parent().unwrap_or(data))?;
    let order = json!({ "do": "weigh", "data": data, "scratch": scratch.path() });
    let mut others = Vec::new();
    let (mut spans, mut live_bytes) = (None, None);
    peers::tell(&args.python, &order, |line| {
        if let Some(count) = line["spans"].as_f64() {
            (spans, live_bytes) = (Some(count), line["bytes"].as_f64());
        } else {
            let bytes = line["bytes"].as_f64().context("a size is missing")?;
            others.push((cell(&line["what"]), bytes));
        }
        Ok(())
    })?;
    let spans = spans.context("the peers counted no spans")?;
    let disk = Disk::below(data)?;
    let mut table = Table::new("size", format!("{what}, {spans} spans in data files"), &[]);
    let live = live_bytes.context("the peers found no data files")?;
    table.add(Line::new("data files that count", live / spans, "B").bar(Bar::AtMost(bar)));
    let kept = disk.kept_bytes() as f64 / spans;
    let everything = disk.bytes as f64 / spans;
    table.add(Line::new("everything but the log", kept, "B"));
    table.add(Line::new("everything", everything, "B"));
    for (what, bytes) in others {
        table.add(Line::new(what, bytes / spans, "B"));
    }
    let met = table.print(&machine::line(data), args.json);
    Ok(met || !args.bar)
}
