//! Segment files: their names, their creation, their directory.

use crate::Error;
use crate::disk::{Disk, File};
use crate::error::Failure;
use crate::format::{self, SEGMENT_HEAD_BYTES, SegmentHead, Start, VERSION};
use std::io::{ErrorKind, IoSlice, Read};
use std::path::{Path, PathBuf};

/// A segment on disk, known by its name.
#[derive(Clone, Debug)]
pub(crate) struct Segment {
    pub(crate) first_seq: u64,
    pub(crate) path: PathBuf,
}

/// What the heads of all segments of one opening have in common.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Stamp {
    pub(crate) epoch: u64,
    pub(crate) salt: u64,
}

/// Creates `dir` and what leads to it, durably. Every directory on the way is synced, also where it is
/// there already: a crash may have come between its creation and its sync.
pub(crate) fn create_directory(disk: &Disk, dir: &Path) -> Result<(), Error> {
    disk.create_directory(dir)
        .map_err(Error::io("create", dir))?;
    let parents = dir.ancestors().skip(1);
    for (level, parent) in parents.enumerate() {
        let synced = match parent.as_os_str().is_empty() {
            true => disk.sync_directory(Path::new(".")),
            false => disk.sync_directory(parent),
        };
        match synced {
            // What may not be read was not made by this program.
            Err(error) if level > 0 && error.kind() == ErrorKind::PermissionDenied => {}
            synced => synced.map_err(Error::io("sync", parent))?,
        }
    }
    Ok(())
}

/// The segments of `dir`, oldest first. Leftovers of a creation that a crash cut short are removed.
pub(crate) fn list(disk: &Disk, dir: &Path) -> Result<Vec<Segment>, Error> {
    for path in disk.list(dir).map_err(Error::io("list", dir))? {
        if path.extension().is_some_and(|it| it == "new") {
            disk.remove(&path).map_err(Error::io("remove", &path))?;
        }
    }
    named(disk, dir)
}

/// The segments of `dir`, oldest first; nothing is touched.
pub(crate) fn named(disk: &Disk, dir: &Path) -> Result<Vec<Segment>, Error> {
    let found = disk.list(dir).map_err(Error::io("list", dir))?;
    let segments = found.into_iter().filter_map(|path| {
        let first_seq = first_seq_of(&path.file_name()?.to_string_lossy())?;
        Some(Segment { first_seq, path })
    });
    let mut segments: Vec<Segment> = segments.collect();
    segments.sort_unstable_by_key(|segment| segment.first_seq);
    Ok(segments)
}

/// Creates the segment whose first record will be `first_seq`, and leaves the file at the place of that
/// record. The file appears under its name only when its head is on disk, so a bad head is damage and
/// never a crash. An empty segment of the same name is replaced.
pub(crate) fn create(
    disk: &Disk,
    dir: &Path,
    stamp: Stamp,
    first_seq: u64,
) -> Result<(Segment, File), Failure> {
    let path = dir.join(format!("wal-{first_seq:020}.log"));
    let unnamed = path.with_extension("new");
    let head = format::segment_head(stamp.epoch, first_seq, stamp.salt);
    let mut file = disk
        .create(&unnamed)
        .map_err(Failure::refused("create", &unnamed))?;
    file.write_slices(&mut [IoSlice::new(&head)])
        .map_err(Failure::refused("write", &unnamed))?;
    file.sync().map_err(Failure::fatal("sync", &unnamed))?;
    disk.rename(&unnamed, &path)
        .map_err(Failure::fatal("name", &path))?;
    disk.sync_directory(dir)
        .map_err(Failure::fatal("sync", dir))?;
    Ok((Segment { first_seq, path }, file))
}

/// Reads a segment's head from the start of the file. `None` when it is damaged; a format that this
/// program does not know is an error, since guessing at it could lose records.
pub(crate) fn read_head(file: &mut File, path: &Path) -> Result<Option<SegmentHead>, Error> {
    let mut bytes = Vec::with_capacity(SEGMENT_HEAD_BYTES);
    file.take(SEGMENT_HEAD_BYTES as u64)
        .read_to_end(&mut bytes)
        .map_err(Error::io("read", path))?;
    match format::read_segment_head(&bytes) {
        Start::Head(head) => Ok(Some(head)),
        Start::Damaged => Ok(None),
        Start::Unknown { version } => Err(Error::UnknownVersion {
            path: path.to_owned(),
            version,
            known: VERSION,
        }),
    }
}

fn first_seq_of(name: &str) -> Option<u64> {
    let number = name.strip_prefix("wal-")?.strip_suffix(".log")?;
    number.parse().ok().filter(|seq| *seq <= format::SEQ_MAX)
}
