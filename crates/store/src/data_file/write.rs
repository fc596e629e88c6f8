//! One file, durably.

use super::chunk::ZSTD_LEVEL;
use super::sums::{Output, Sums};
use super::writer::{Part, Writer};
use crate::Error;
use crate::bounds::Bounds;
use crate::catalog::columns::Ids;
use crate::directory;
use arrow::array::RecordBatch;
use std::fs::{self, File};
use std::path::Path;
use std::time::{Duration, SystemTime};

/// A data file that is on disk.
#[derive(Debug)]
pub(crate) struct Written {
    pub(crate) rows: u64,
    pub(crate) bytes: u64,
    pub(crate) footer_bytes: u64,
    /// One for each of [`crate::bounds::columns`]: its bounds and its bytes in the file.
    pub(crate) columns: Vec<(Bounds, u64)>,
    pub(crate) sums: Sums,
}

/// The rows of a file, and the bounds and bytes of its columns.
pub(super) type Content = (u64, Vec<(Bounds, u64)>);

/// Writes the rows of `batches` to `path`, whose directory is created if absent, at `now_nanos`. Blocks on
/// disk. When it returns, a loss of power does not take the file away.
pub(crate) fn write(
    path: &Path,
    batches: &[&RecordBatch],
    ids: &Ids,
    now_nanos: i64,
) -> Result<Written, Error> {
    durably(path, now_nanos, |file| {
        let part = Part::new(batches, 0, None)?;
        let mut writer = Writer::new(file, part.layout(), ids, ZSTD_LEVEL)?;
        writer.add(&part)?;
        Ok(writer.finish()?)
    })
}

/// Gives a file its name when `write` has written its content.
pub(super) fn durably(
    path: &Path,
    now_nanos: i64,
    write: impl FnOnce(&Output) -> Result<Content, Error>,
) -> Result<Written, Error> {
    if let Some(dataset) = path.parent() {
        fs::create_dir_all(dataset).map_err(Error::io("create", dataset))?;
        // Also when it was there: a crash may have come between its creation and this line. A directory
        // that has not changed costs next to nothing to sync.
        dataset.parent().map_or(Ok(()), directory::sync)?;
    }
    let temporary = path.with_extension("parquet.tmp");
    let written = write_temporary(path, &temporary, now_nanos, write);
    if written.is_err() {
        // What is half written takes room on a disk that may be full. If this fails, the next open
        // removes it.
        let _ = fs::remove_file(&temporary);
    }
    written
}

fn write_temporary(
    path: &Path,
    temporary: &Path,
    now_nanos: i64,
    write: impl FnOnce(&Output) -> Result<Content, Error>,
) -> Result<Written, Error> {
    let file = File::create(temporary).map_err(Error::io("create", temporary))?;
    let output = Output::new(file);
    let (rows, columns) = write(&output).map_err(|error| match error {
        Error::Parquet(source) => Error::DataFile {
            path: path.to_owned(),
            source,
        },
        error => error,
    })?;
    let (file, sums) = (output.file(), output.sums());
    let footer_bytes = footer_bytes(temporary, sums.bytes())?;
    // Retention asks for it: by the store's clock, which in a test is not the system's.
    let now = Duration::from_nanos(u64::try_from(now_nanos).unwrap_or(0));
    file.set_modified(SystemTime::UNIX_EPOCH + now)
        .map_err(Error::io("set the time of", temporary))?;
    directory::publish(file, temporary, path)?;
    Ok(Written {
        rows,
        bytes: sums.bytes(),
        footer_bytes,
        columns,
        sums,
    })
}

/// The footer's length stands before the magic number at the end; readers fetch the footer at once.
fn footer_bytes(path: &Path, bytes: u64) -> Result<u64, Error> {
    use std::io::{Read, Seek, SeekFrom};
    let mut file = File::open(path).map_err(Error::io("open", path))?;
    let mut length = [0; 4];
    file.seek(SeekFrom::Start(bytes.saturating_sub(8)))
        .map_err(Error::io("read", path))?;
    file.read_exact(&mut length)
        .map_err(Error::io("read", path))?;
    Ok(u64::from(u32::from_le_bytes(length)))
}
