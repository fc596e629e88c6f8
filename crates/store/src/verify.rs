//! Whether everything on disk is as it was written: `throughline verify`.
//!
//! Nothing is changed and no lock is taken, so it runs beside a server. The catalog is read as one moment; a file
//! that is not there is asked for a second time, since the server may have deleted it meanwhile.

use crate::catalog::{Audit, Named, NamedFile, check_frames, check_local};
use crate::data_file::index::{self, Index, Place};
use crate::error::whole;
use crate::{Error, backup, directory};
use parquet::arrow::arrow_reader::ParquetRecordBatchReaderBuilder;
use parquet::file::metadata::ParquetMetaData;
use parquet::file::reader::{ChunkReader, FileReader, SerializedFileReader};
pub use places::verify_places;
use std::collections::HashSet;
use std::fs::{self, File};
use std::io::{ErrorKind, Read};
use std::ops::Range;
use std::path::{Path, PathBuf};
use wal::{Damage, Survey};

/// The same where a part is on another machine.
mod places;

/// A log that is trimmed while it is read is read again.
const LOG_TRIES: usize = 5;

/// What was found.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Report {
    /// Data files that were read, and their bytes.
    pub files: u64,
    pub bytes: u64,
    /// Records of the log that are whole.
    pub records: u64,
    /// Which backup this is, when it is one: its number in its place.
    pub backup: Option<u64>,
    /// What is not as it was written.
    pub damaged: Vec<Finding>,
    /// What nobody knows of, since it may not be read.
    pub unreadable: Vec<Finding>,
    /// Data files that an earlier program wrote without a checksum. They were decoded as a whole; compaction gives
    /// them one.
    pub without_checksum: Vec<PathBuf>,
    /// Whether the catalog has no checksums of its rows yet: the next start of the server gives it some.
    pub catalog_without_checksum: bool,
    /// Files among the data files that the catalog does not name: what a server is about to commit, or what a
    /// crash left. The next start removes those of ours that are of no use.
    pub strays: Vec<PathBuf>,
}

/// One thing that is damaged, or cannot be read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Finding {
    pub path: PathBuf,
    /// What is wrong with it.
    pub what: String,
    /// What to do about it.
    pub remedy: &'static str,
}

/// How far it got.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Progress {
    /// Of so many data files, and of so many bytes.
    pub files: u64,
    pub files_total: u64,
    pub bytes: u64,
    pub bytes_total: u64,
}

impl Progress {
    pub(crate) fn of(files: &[NamedFile]) -> Self {
        Self {
            files_total: files.len() as u64,
            bytes_total: files.iter().map(|file| file.bytes).sum(),
            ..Self::default()
        }
    }

    pub(crate) fn did(&mut self, file: &NamedFile) {
        self.files += 1;
        self.bytes += file.bytes;
    }
}

const RESTORE_CATALOG: &str =
    "restore a backup; until then queries that need this part of the catalog are refused";
const RESTORE_CONTROL: &str = "tokens, and what is said of datasets, are in it: while no server runs, remove it, its -wal and its -shm, and copy \
     BACKUP/<number>/control.sqlite there";
const RESTORE_FILE: &str = "put the file back from a backup (`throughline restore` into a new directory has it), or restore all; until \
     then queries that need its rows are refused";
const RESTORE_VERSION: &str = "put the file back from a backup; until then the directory is refused, and `throughline serve` says what is to be in it";
const MAKE_READABLE: &str =
    "check its owner and mode, or verify as the user who runs the server; then the disk";
const LOG_LOST: &str =
    "the records are lost unless a backup or the senders have them; the rest of the log is read";

impl Report {
    pub fn is_clean(&self) -> bool {
        self.damaged.is_empty() && self.unreadable.is_empty()
    }

    /// Of the files that were named, those that are missing and still named are damage; those that are there and were
    /// never named are strays.
    fn compare(
        &mut self,
        named: &Named,
        now: &Named,
        missing: &[&NamedFile],
        there: Vec<String>,
        shown: impl Fn(&str) -> PathBuf,
    ) {
        let still: HashSet<&str> = now.files.iter().map(|file| file.path.as_str()).collect();
        for file in missing {
            if still.contains(file.path.as_str()) {
                let what = "it is not there".to_owned();
                self.damage(&shown(&file.path), what, RESTORE_FILE);
            }
        }
        let before = named.files.iter().map(|file| file.path.as_str());
        let known: HashSet<&str> = still.into_iter().chain(before).collect();
        let is_stray = |path: &String| {
            !known.contains(path.as_str()) && !now.scheduled.contains(path.as_str())
        };
        let strays = there.into_iter().filter(is_stray);
        self.strays.extend(strays.map(|path| shown(&path)));
    }

    pub(crate) fn damage(&mut self, path: &Path, what: String, remedy: &'static str) {
        let path = path.to_owned();
        self.damaged.push(Finding { path, what, remedy });
    }

    /// A file that is not there, or is not what it should be.
    pub(crate) fn trouble(&mut self, path: &Path, trouble: Trouble, remedy: &'static str) {
        match trouble {
            Trouble::Missing => self.damage(path, "it is not there".to_owned(), remedy),
            Trouble::Wrong(what) => self.damage(path, what, remedy),
            Trouble::Unreadable(what) => self.unreadable.push(Finding {
                path: path.to_owned(),
                what,
                remedy: MAKE_READABLE,
            }),
        }
    }
}

/// Checks the catalog, every data file that it names, and the log of the data directory `root`; or every file of the
/// backup in `root`. Blocks on disk for as long as it takes to read all of it. `each` is told after each data file.
///
/// # Errors
/// `Invalid` for a directory that is none of ours, of another version, or without its catalog or data files because
/// they are on another machine; `Unavailable` when the disk does not
/// answer. Damage is no error: it is in the report.
pub async fn verify(root: &Path, mut each: impl FnMut(Progress)) -> Result<Report, Error> {
    if backup::is_place(root) {
        return backup::check(root, &mut each);
    }
    let mut report = Report::default();
    if directory::version(root)?.is_none() {
        match directory::refuse_store(root) {
            Err(Error::Mismatch { path, .. }) => {
                report.trouble(&path, Trouble::Missing, RESTORE_VERSION);
            }
            Err(error) => return Err(error),
            Ok(()) => {
                let path = root.to_owned();
                return Err(Error::NoDirectory { path });
            }
        }
    }
    let catalog = root.join("catalog.sqlite");
    // Before SQLite opens it, which would go back to before.
    let is_lost = match check_frames(&catalog) {
        Ok(()) => false,
        Err(Error::Damaged { path, damage }) => {
            report.damage(&path, damage, RESTORE_CATALOG);
            true
        }
        Err(error) => return Err(error),
    };
    // What else is wrong with the catalog is found again, and reported.
    if !is_lost && let Err(error @ Error::Elsewhere { .. }) = check_local(root).await {
        return Err(error);
    }
    // The log before the catalog's position: a server that goes on trims only what a commit covers, and so the log
    // that was seen begins no later than behind the position that is read afterwards.
    let log = Log::read(&root.join("wal"))?;
    control(root, &mut report).await;
    let looked = File::open(&catalog).map(drop);
    match looked.map_err(Trouble::from) {
        Err(trouble) => report.trouble(&catalog, trouble, RESTORE_CATALOG),
        Ok(()) if is_lost => {}
        Ok(()) => return with_catalog(root, &catalog, log, report, &mut each).await,
    }
    log.judge(None, &mut report);
    Ok(report)
}

/// The control data in a directory: whether SQLite finds its pages in order. No checksum is over its rows.
async fn control(root: &Path, report: &mut Report) {
    let path = root.join(directory::CONTROL);
    if !path.exists() {
        if directory::lost_control(root) {
            report.trouble(&path, Trouble::Missing, RESTORE_CONTROL);
        }
        return;
    }
    let looked = async {
        check_frames(&path)?;
        let mut audit = Audit::open(&path).await?;
        let damage = audit.damage().await?;
        audit.close().await?;
        Ok(damage)
    };
    let troubles = match looked.await {
        Ok(damage) => damage.into_iter().map(Trouble::Wrong).collect(),
        Err(error) if is_passing(&error) => vec![Trouble::Unreadable(of_sqlite(&error))],
        Err(error) => vec![Trouble::Wrong(of_sqlite(&error))],
    };
    for trouble in troubles {
        report.trouble(&path, trouble, RESTORE_CONTROL);
    }
}

/// What is wrong with a file that is no catalog.
fn of_sqlite(error: &Error) -> String {
    match error {
        Error::Damaged { damage, .. } => damage.clone(),
        Error::Catalog { source, .. } => format!("SQLite cannot read it: {source}"),
        error => whole(error),
    }
}

/// With a catalog that can be looked at.
async fn with_catalog(
    root: &Path,
    catalog: &Path,
    log: Log,
    mut report: Report,
    each: &mut impl FnMut(Progress),
) -> Result<Report, Error> {
    let wal_seq = match data_files(root, catalog, &mut report, each).await {
        Ok(wal_seq) => Some(wal_seq),
        Err(error) if is_passing(&error) => return Err(error),
        Err(error) => {
            report.damage(catalog, whole(&error), RESTORE_CATALOG);
            None
        }
    };
    log.judge(wal_seq, &mut report);
    Ok(report)
}

/// The catalog, and what it names; the log's position that it covers.
async fn data_files(
    root: &Path,
    catalog: &Path,
    report: &mut Report,
    each: &mut impl FnMut(Progress),
) -> Result<u64, Error> {
    let mut audit = Audit::open(catalog).await?;
    report.catalog_without_checksum = !audit.is_sealed().await?;
    for line in audit.damage().await? {
        report.damage(catalog, line, RESTORE_CATALOG);
    }
    let named = audit.named().await?;
    let data = root.join("data");
    let mut progress = Progress::of(&named.files);
    let mut missing = Vec::new();
    for file in &named.files {
        let path = data.join(&file.path);
        match check(&path, file) {
            Ok(()) => {}
            Err(Trouble::Missing) => missing.push(file),
            Err(trouble) => report.trouble(&path, trouble, RESTORE_FILE),
        }
        if file.sums.is_none() {
            report.without_checksum.push(path);
        }
        progress.did(file);
        each(progress);
    }
    (report.files, report.bytes) = (progress.files, progress.bytes);
    let on_disk = list(&data)?;
    // The second look: a server may have gone on.
    let now = audit.named().await?;
    report.compare(&named, &now, &missing, on_disk, |path| data.join(path));
    Ok(now.wal_seq)
}

/// Whether an error says nothing of the catalog: what cannot be opened may be whole.
fn is_passing(error: &Error) -> bool {
    /// SQLite's codes: no permission, busy, cannot open.
    const PASSING: [u32; 3] = [3, 5, 14];
    match error {
        Error::Io { .. } => true,
        Error::Catalog { source, .. } => {
            let code = source.as_database_error().and_then(|error| error.code());
            let code = code.and_then(|code| code.parse::<u32>().ok());
            code.is_some_and(|code| PASSING.contains(&(code & 0xff)))
        }
        _ => false,
    }
}

/// Why a file is not what it should be, or nobody knows.
pub(crate) enum Trouble {
    Missing,
    Wrong(String),
    Unreadable(String),
}

impl From<std::io::Error> for Trouble {
    fn from(error: std::io::Error) -> Self {
        match error.kind() {
            ErrorKind::NotFound => Self::Missing,
            _ => Self::Unreadable(error.to_string()),
        }
    }
}

impl From<parquet::errors::ParquetError> for Trouble {
    fn from(error: parquet::errors::ParquetError) -> Self {
        Self::Wrong(format!("it cannot be read: {error}"))
    }
}

/// Size, checksum, footer, rows. Without a checksum every row is decoded.
fn check(path: &Path, file: &NamedFile) -> Result<(), Trouble> {
    let bytes = fs::metadata(path)?.len();
    if bytes != file.bytes {
        let what = format!("it has {bytes} bytes, not {}", file.bytes);
        return Err(Trouble::Wrong(what));
    }
    let rows = match &file.sums {
        Some(sums) => {
            let checked = sums.check_file(path)?;
            checked.map_err(|damage| Trouble::Wrong(damage.to_string()))?;
            let reader = SerializedFileReader::new(File::open(path)?)?;
            reader.metadata().file_metadata().num_rows()
        }
        None => {
            let opened = File::open(path)?;
            decode(&opened, opened.try_clone()?)?
        }
    };
    count(rows, file)
}

fn count(rows: i64, file: &NamedFile) -> Result<(), Trouble> {
    match u64::try_from(rows) == Ok(file.rows) {
        true => Ok(()),
        false => Err(Trouble::Wrong(format!(
            "it has {rows} rows, not {}",
            file.rows
        ))),
    }
}

/// Reads all rows and the index of a file, which is given twice, and counts the rows.
fn decode<R: ChunkReader + 'static>(file: &R, again: R) -> Result<i64, Trouble> {
    let builder = ParquetRecordBatchReaderBuilder::try_new(again)?;
    if !has_whole_index(file, builder.metadata())? {
        return Err(Trouble::Wrong("its index is damaged".to_owned()));
    }
    let mut rows = 0;
    for batch in builder.build()? {
        let batch = batch.map_err(parquet::errors::ParquetError::from)?;
        rows += batch.num_rows() as i64;
    }
    Ok(rows)
}

/// Whether the index can be read, if it has one.
fn has_whole_index(file: &impl ChunkReader, parquet: &ParquetMetaData) -> Result<bool, Trouble> {
    let Some(place) = Place::in_footer(parquet.file_metadata()) else {
        return Ok(true);
    };
    let Ok(place) = place else {
        return Ok(false);
    };
    let bytes = |range: Range<u64>| {
        let mut bytes = Vec::new();
        let length = range.end.saturating_sub(range.start);
        let from = file.get_read(range.start)?;
        from.take(length).read_to_end(&mut bytes)?;
        Ok::<_, Trouble>(bytes)
    };
    let Ok(found) = Index::read(&place, &bytes(place.directory.clone())?) else {
        return Ok(false);
    };
    Ok(index::read_filter(&bytes(found.filter.clone())?).is_ok())
}

/// The files below the data directory, as the catalog writes them.
pub(crate) fn list(data: &Path) -> Result<Vec<String>, Error> {
    let mut found = Vec::new();
    if !data.exists() {
        return Ok(Vec::new());
    }
    for dataset in fs::read_dir(data).map_err(Error::io("read", data))? {
        let dataset = dataset.map_err(Error::io("read", data))?.path();
        if !dataset.is_dir() {
            found.push(dataset);
            continue;
        }
        for file in fs::read_dir(&dataset).map_err(Error::io("read", &dataset))? {
            found.push(file.map_err(Error::io("read", &dataset))?.path());
        }
    }
    let below = found.iter().filter_map(|path| path.strip_prefix(data).ok());
    let mut below: Vec<String> = below.map(|path| path.display().to_string()).collect();
    below.sort();
    Ok(below)
}

/// What was found of a log: to be read before the catalog's position.
pub(crate) struct Log {
    dir: PathBuf,
    survey: Survey,
    records: u64,
    damaged: Vec<Damage>,
}

impl Log {
    /// Every record of the log, as it is at one moment.
    pub(crate) fn read(dir: &Path) -> Result<Self, Error> {
        let mut tries = 0;
        loop {
            let survey = Survey::of(dir)?;
            tries += 1;
            match survey.check(0) {
                Ok((records, damaged)) => {
                    return Ok(Self {
                        dir: dir.to_owned(),
                        survey,
                        records,
                        damaged,
                    });
                }
                Err(error) if error.has_moved() && tries < LOG_TRIES => {}
                Err(error) => return Err(error.into()),
            }
        }
    }

    pub(crate) fn count(&self, report: &mut Report) {
        report.records = self.records;
    }

    /// Up to `wal_seq` the catalog has the records' rows; `None` when nobody knows.
    pub(crate) fn judge(self, wal_seq: Option<u64>, report: &mut Report) {
        self.count(report);
        for damage in self.damaged {
            let last = damage.lost_from.saturating_add(damage.lost_records) - 1;
            // Numbers that were passed over: the log had lost its end, and the catalog was further.
            let is_covered = wal_seq.is_some_and(|wal_seq| last <= wal_seq);
            if damage.bytes == 0 && (is_covered || wal_seq.is_none()) {
                continue;
            }
            let (what, remedy) = match is_covered {
                true => (
                    format!("{damage}; data files have their rows"),
                    "nothing is lost; the next flush trims it",
                ),
                false => (damage.to_string(), LOG_LOST),
            };
            report.damage(&self.dir, what, remedy);
        }
        let first_seq = self.survey.first_seq;
        if let Some(wal_seq) = wal_seq.filter(|wal_seq| first_seq > wal_seq + 1) {
            let what = format!(
                "it begins at record {first_seq}, and the catalog has those up to {wal_seq}"
            );
            report.damage(&self.dir, what, LOG_LOST);
        }
    }
}
