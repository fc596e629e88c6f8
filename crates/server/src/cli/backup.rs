//! `throughline backup` and `throughline restore`.

use super::progress::Bar;
use super::{EXIT_USAGE, Parts, ended, failed, progress, terminal, verify};
use crate::config::{LogPlace, Places};
use crate::message::whole;
use clap::Args;
use control::Control;
use model::Clock;
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use store::Backup;

pub(super) const EXAMPLES: &str = "\
Examples:
  throughline backup /mnt/backup/throughline
      copies ./throughline-data, also while a server runs on it
  throughline backup /mnt/backup/throughline --data /var/lib/throughline
      the second time only data files that are new are copied
  throughline backup /mnt/backup/throughline --data s3://bucket/spans \\
                     --catalog postgres://user@host/spans
      --data, --log-dir and --catalog as `serve` is told: all comes into one directory, of which \
      `restore` makes a data directory, or puts each part where it is to be; a log that is not in \
      the object store has to be on this machine

Every span that was acknowledged before the command began is in the backup, once: the log is copied \
first, then the catalog, then the data files that it names. Each file is compared with its checksum on \
the way; a damaged one ends the command, and the backup before stays as it was. A backup that was cut \
short is not taken for one: its MANIFEST is written last.
`throughline verify --data /mnt/backup/throughline` checks it later, where it is.
Exit codes: 0 done, 1 damage, a disk that does not answer, or another backup is being taken there, \
64 the command line is wrong, or names what is not as described here.";

pub(super) const RESTORE_EXAMPLES: &str = "\
Examples:
  throughline restore /mnt/backup/throughline --data /var/lib/throughline-new
      then: throughline serve --data /var/lib/throughline-new
  throughline restore /mnt/backup/throughline --data s3://bucket/new \\
                      --catalog postgres://user@host/new --log-dir /var/lib/throughline-new
      each part where `serve` is to have it; the log is in --log-dir. For `serve --log object` start \
      once without it and end that server with SIGTERM

The data directory must be new or empty; so must the prefix in the object store and the database.
Every file is compared with its checksum; one that is damaged is named and ends the command. What is \
then left is refused by `serve`: remove it. At the end the new directory is verified as \
`throughline verify` does.
Tokens are those of the backup: revoke again what was revoked since.
Exit codes: 0 done, 1 damage or a disk that does not answer, 64 the command line is wrong, or names \
what is not as described here.";

/// What to copy, and where to.
#[derive(Debug, Args)]
pub(super) struct Settings {
    /// Where the backup goes: a new directory, or one that has a backup of the same data
    target: PathBuf,
    #[command(flatten)]
    parts: Parts,
}

/// What to put back, and where to.
#[derive(Debug, Args)]
pub(super) struct RestoreSettings {
    /// The backup
    source: PathBuf,
    #[command(flatten)]
    parts: Parts,
}

pub(super) fn run(settings: Settings) -> ExitCode {
    let target = settings.target;
    let data = settings.parts.data.clone();
    // Where the log is, the catalog says.
    let places = match settings.parts.places(LogPlace::Local) {
        Ok(places) => places,
        Err(error) => {
            terminal::complain(&error.to_string());
            return ExitCode::from(EXIT_USAGE);
        }
    };
    let mut bar = Bar::new("copied");
    let copied = progress::block_on(copy(places, &target, &mut bar));
    bar.clear();
    match copied {
        Ok(done) => ended(terminal::write(&said(&data, &target, &done))),
        Err(error) => failed(&error),
    }
}

async fn copy(places: Places, target: &Path, bar: &mut Bar) -> Result<Backup, store::Error> {
    let config = places.store();
    let control = async |to: &Path| {
        // Asked for only when they are there.
        let Some(catalog) = &config.catalog else {
            return Ok(());
        };
        let options = store::reach(catalog).await.map_err(|error| whole(&error))?;
        let (shown, directory) = (catalog.shown(), &config.data_dir);
        let copied = Control::back_up(options, &shown, directory, to).await;
        copied.map_err(|error| whole(&error))
    };
    let now_nanos = Clock::System.now_nanos();
    store::backup_places(&config, target, now_nanos, control, |now| bar.show(now)).await
}

fn said(data: &str, target: &Path, done: &Backup) -> String {
    format!(
        "backup {} of {} is in {}: {} data files ({}), of which {} ({}) were copied now, and the log up to \
         record {}\n",
        done.generation,
        terminal::plain(data),
        terminal::plain(&target.display().to_string()),
        done.files,
        progress::bytes(done.bytes),
        done.copied_files,
        progress::bytes(done.copied_bytes),
        done.log_seq,
    )
}

pub(super) fn run_restore(settings: RestoreSettings) -> ExitCode {
    let source = settings.source;
    let data = PathBuf::from(&settings.parts.data);
    let places = match settings.parts.places(LogPlace::Local) {
        Ok(places) => places,
        Err(error) => {
            terminal::complain(&error.to_string());
            return ExitCode::from(EXIT_USAGE);
        }
    };
    let config = places.store();
    let mut bar = Bar::new("restored");
    let restored = progress::block_on(store::restore_places(&source, &config, |now| bar.show(now)));
    bar.clear();
    match restored {
        Ok(restored) => match terminal::write(&verify::as_lines(&data, &restored.report)) {
            Ok(()) if !restored.report.is_clean() => ExitCode::FAILURE,
            written => ended(written),
        },
        Err(error) => failed(&error),
    }
}
