//! `throughline verify`: whether everything in a data directory, or wherever its parts are, is as it was written.

use super::progress::Bar;
use super::{EXIT_USAGE, Parts, ended, failed, progress, terminal};
use crate::config::LogPlace;
use crate::message::whole;
use clap::Args;
use control::Control;
use model::ErrorKind;
use serde_json::json;
use std::fmt::Write;
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use store::{CatalogUrl, Finding, Report};

pub(super) const EXAMPLES: &str = "\
Examples:
  throughline verify
      checks ./throughline-data, also while a server runs on it
  throughline verify --data /var/lib/throughline --json | jq '.damaged[].path'
      names what is damaged, for a script
  throughline verify --data /mnt/backup/throughline
      checks a backup where it is, as `restore` does while it copies
  throughline verify --data s3://bucket/spans --catalog postgres://user@host/spans
      reads all data files of that catalog, and the log if it is in the object store;
      with --log-dir also a log on this machine, or the catalog beside it

What is checked: the catalog (SQLite's own check, its log catalog.sqlite-wal, and a checksum
over the rows of each of its tables), every data file that it names (size, a checksum of every
16 KiB, footer, number of rows), and every record of the log. All of it is read once: at the
speed of the disk, or of the object store. A catalog in PostgreSQL has checksums of its own
(data_checksums).
control.sqlite (tokens, what is said of datasets) has SQLite's own check only; in PostgreSQL its
tables have to be there, and to be read.
Data files of an earlier version have no checksum; they are decoded as a whole instead.
Of a backup every file is compared with the checksum that its MANIFEST has of it.
Nothing is changed, and no lock is taken; SQLite may leave an empty catalog.sqlite-wal and a
-shm beside the catalog. What a running server is about to commit is listed as not named by
the catalog.
Exit codes: 0 all is as it was written, 1 something is damaged or could not be checked,
64 the command line is wrong, or names no data directory and no backup.";

/// What to check.
#[derive(Debug, Args)]
pub(super) struct Settings {
    #[command(flatten)]
    parts: Parts,
    /// One object in place of lines for people
    #[arg(long)]
    json: bool,
}

pub(super) fn run(settings: Settings) -> ExitCode {
    // Where the log is, the catalog says.
    let places = match settings.parts.places(LogPlace::Local) {
        Ok(places) => places,
        Err(error) => {
            terminal::complain(&error.to_string());
            return ExitCode::from(EXIT_USAGE);
        }
    };
    let config = places.store();
    let url = config.objects.as_ref().map(|it| PathBuf::from(it.url()));
    let data = &url.unwrap_or_else(|| config.data_dir.clone());
    let mut bar = Bar::new("verified");
    let checked = progress::block_on(async {
        let mut report = store::verify_places(&config, |now| bar.show(now)).await?;
        if let Some(catalog) = &config.catalog {
            control_data(catalog, &config.data_dir, &mut report).await?;
        }
        Ok(report)
    });
    bar.clear();
    let report = match checked {
        Ok(report) => report,
        Err(error) => return failed(&error),
    };
    let text = match settings.json {
        true => as_json(data, &report),
        false => as_lines(data, &report),
    };
    match terminal::write(&text) {
        Ok(()) if !report.is_clean() => ExitCode::FAILURE,
        written => ended(written),
    }
}

/// Of a catalog in PostgreSQL: whether they are there, and can be read.
async fn control_data(
    catalog: &CatalogUrl,
    directory: &Path,
    report: &mut Report,
) -> Result<(), store::Error> {
    let (options, shown) = (store::reach(catalog).await?, catalog.shown());
    let Err(error) = Control::check(options, &shown, directory).await else {
        return Ok(());
    };
    let is_damage = error.kind() == ErrorKind::Corrupt;
    let found = Finding {
        path: shown.into(),
        what: whole(&error),
        remedy: match is_damage {
            true => "until then a start is refused",
            false => "check the database, its tables throughline_* and who may read them",
        },
    };
    match is_damage {
        true => report.damaged.push(found),
        false => report.unreadable.push(found),
    }
    Ok(())
}

fn as_json(data: &Path, report: &Report) -> String {
    let found = |found: &[Finding]| -> Vec<_> {
        let found = found.iter().map(|found| {
            json!({
                "path": found.path.display().to_string(),
                "what": found.what,
                "remedy": found.remedy,
            })
        });
        found.collect()
    };
    let paths = |paths: &[std::path::PathBuf]| -> Vec<String> {
        paths
            .iter()
            .map(|path| path.display().to_string())
            .collect()
    };
    let report = json!({
        "data": data.display().to_string(),
        "clean": report.is_clean(),
        "data_files": report.files,
        "data_file_bytes": report.bytes,
        "log_records": report.records,
        "backup": report.backup,
        "damaged": found(&report.damaged),
        "unreadable": found(&report.unreadable),
        "without_checksum": paths(&report.without_checksum),
        "catalog_without_checksum": report.catalog_without_checksum,
        "not_named_by_the_catalog": paths(&report.strays),
    });
    format!("{report:#}\n")
}

/// Lines for people; `restore` ends with them, too.
pub(super) fn as_lines(data: &Path, report: &Report) -> String {
    let mut text = String::new();
    // A text takes all that is written to it.
    let damaged = report.damaged.iter().map(|found| ("DAMAGED", found));
    let unreadable = report
        .unreadable
        .iter()
        .map(|found| ("COULD NOT READ", found));
    for (verdict, found) in damaged.chain(unreadable) {
        let path = found.path.display().to_string();
        let (path, what) = (terminal::plain(&path), terminal::plain(&found.what));
        let _ = writeln!(text, "{verdict} {path}\n  {what}\n  {}", found.remedy);
    }
    if !report.strays.is_empty() {
        text += "not named by the catalog (what a running server is about to commit, or what a crash left; the \
                 next start removes those of ours that are of no use):\n";
        for path in &report.strays {
            let path = path.display().to_string();
            let _ = writeln!(text, "  {}", terminal::plain(&path));
        }
    }
    if !report.without_checksum.is_empty() {
        let files = report.without_checksum.len();
        let _ = writeln!(
            text,
            "{files} data files have no checksum, an earlier version wrote them: they were decoded as a whole; \
             compaction gives them one"
        );
    }
    if report.catalog_without_checksum {
        text += "the catalog has no checksums yet: the next start of the server gives it some\n";
    }
    let what = match report.backup {
        Some(generation) => format!("backup {generation} in "),
        None => String::new(),
    };
    let _ = writeln!(
        text,
        "{what}{}: {}: {} data files ({}), {} records of the log",
        terminal::plain(&data.display().to_string()),
        verdict(report),
        report.files,
        progress::bytes(report.bytes),
        report.records,
    );
    text
}

fn verdict(report: &Report) -> String {
    let things = |count: usize| match count {
        1 => "1 thing".to_owned(),
        many => format!("{many} things"),
    };
    let is_or_are = |count: usize| if count == 1 { "is" } else { "are" };
    match (report.damaged.len(), report.unreadable.len()) {
        (0, 0) => "all as it was written".to_owned(),
        (0, unreadable) => format!("{} could not be read", things(unreadable)),
        (damaged, 0) => format!("{} {} DAMAGED", things(damaged), is_or_are(damaged)),
        (damaged, unreadable) => format!(
            "{} {} DAMAGED, {} could not be read",
            things(damaged),
            is_or_are(damaged),
            things(unreadable)
        ),
    }
}
