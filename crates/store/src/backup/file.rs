//! Files that are copied, each with its checksum.

use crate::data_file::sums::Sums;
use crate::{Error, directory};
use std::fs::{self, File};
use std::io::{self, Read, Write};
use std::path::{Path, PathBuf};

const STRETCH_BYTES: usize = 1 << 20;

/// A file that was read from front to back.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Whole {
    pub(super) bytes: u64,
    /// CRC-32C of all of it.
    pub(super) crc: u32,
}

impl Whole {
    pub(super) fn add(&mut self, bytes: &[u8]) {
        self.bytes += bytes.len() as u64;
        self.crc = crc32c::crc32c_append(self.crc, bytes);
    }
}

pub(super) fn create(directory: &Path) -> Result<(), Error> {
    fs::create_dir_all(directory).map_err(Error::io("create", directory))?;
    directory.parent().map_or(Ok(()), directory::sync)
}

/// The checksum of a file.
pub(super) fn sum(path: &Path) -> Result<Whole, Error> {
    let file = File::open(path).map_err(Error::io("open", path))?;
    pour(file, path, u64::MAX, &mut io::sink())
}

/// Copies the first `bytes_max` bytes of a file, durably but for the directory's entry, and keeps its time, by which
/// retention goes. With `sums` it is compared with them on the way.
pub(super) fn copy(
    from: &Path,
    to: &Path,
    bytes_max: u64,
    sums: Option<&Sums>,
) -> Result<Whole, Error> {
    let source = File::open(from).map_err(Error::io("open", from))?;
    let modified = source.metadata().and_then(|found| found.modified());
    let modified = modified.map_err(Error::io("read the time of", from))?;
    let temporary = to.with_extension("part");
    let mut target = File::create(&temporary).map_err(Error::io("create", &temporary))?;
    let read = pour(source, from, bytes_max, &mut target)?;
    if let Some(sums) = sums {
        check_file(sums, &temporary, from)?;
    }
    target
        .set_modified(modified)
        .map_err(Error::io("set the time of", &temporary))?;
    target.sync_all().map_err(Error::io("sync", &temporary))?;
    fs::rename(&temporary, to).map_err(Error::io("rename", &temporary))?;
    Ok(read)
}

/// Compares a copy of `from`: it is the copy that has to be right.
pub(super) fn check_file(sums: &Sums, copy: &Path, from: &Path) -> Result<(), Error> {
    let checked = sums.check_file(copy);
    let checked = checked.map_err(Error::io("read", copy))?;
    checked.map_err(|damage| Error::Damaged {
        path: from.to_owned(),
        damage: damage.to_string(),
    })
}

/// What is in a directory.
pub(super) fn files(directory: &Path) -> Result<Vec<PathBuf>, Error> {
    let files = fs::read_dir(directory).and_then(|files| {
        let paths = files.map(|file| Ok(file?.path()));
        paths.collect()
    });
    files.map_err(Error::io("read", directory))
}

fn pour(mut from: File, path: &Path, bytes_max: u64, to: &mut impl Write) -> Result<Whole, Error> {
    let mut stretch = vec![0; STRETCH_BYTES];
    let mut done = Whole::default();
    while done.bytes < bytes_max {
        let room = (bytes_max - done.bytes).min(STRETCH_BYTES as u64) as usize;
        let length = from
            .read(&mut stretch[..room])
            .map_err(Error::io("read", path))?;
        if length == 0 {
            break;
        }
        let read = &stretch[..length];
        to.write_all(read).map_err(Error::io("copy", path))?;
        done.add(read);
    }
    Ok(done)
}
