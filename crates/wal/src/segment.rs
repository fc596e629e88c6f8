//! Segment files: their names, their creation, their directory.

use crate::Error;
use crate::disk::{self, Disk};
use crate::error::Failure;
use crate::format::{SEGMENT_HEAD_BYTES, SegmentHead, VERSION};
use std::fs::{self, File};
use std::io::{ErrorKind, IoSlice, Read};
use std::path::{Path, PathBuf};

/// A segment on disk, known by its name.
#[derive(Clone, Debug)]
pub(crate) struct Segment {
    pub(crate) first_seq: u64,
    pub(crate) path: PathBuf,
}

/// The segments of `dir`, oldest first. Leftovers of a creation that a crash cut short are removed.
pub(crate) fn list(dir: &Path) -> Result<Vec<Segment>, Error> {
    let mut segments = Vec::new();
    for entry in fs::read_dir(dir).map_err(Error::io("list", dir))? {
        let path = entry.map_err(Error::io("list", dir))?.path();
        let name = path.file_name().unwrap_or_default().to_string_lossy();
        if name.ends_with(".new") {
            fs::remove_file(&path).map_err(Error::io("remove", &path))?;
        } else if let Some(first_seq) = first_seq_of(&name) {
            segments.push(Segment { first_seq, path });
        }
    }
    segments.sort_unstable_by_key(|segment| segment.first_seq);
    Ok(segments)
}

/// Creates the segment whose first record will be `first_seq`, and leaves the file at the place of that
/// record. The file appears under its name only when its head is on disk, so a bad head is damage and
/// never a crash. An empty segment of the same name is replaced.
pub(crate) fn create(
    disk: &Disk,
    dir: &Path,
    epoch: u64,
    first_seq: u64,
) -> Result<(Segment, File), Failure> {
    let path = dir.join(format!("wal-{first_seq:020}.log"));
    let unnamed = path.with_extension("new");
    let head = SegmentHead {
        version: VERSION,
        epoch,
        first_seq,
    }
    .encode();
    let mut file = File::create(&unnamed).map_err(Failure::refused("create", &unnamed))?;
    disk::write_all(disk, &mut file, &mut [IoSlice::new(&head)])
        .map_err(Failure::refused("write", &unnamed))?;
    disk.sync(&file, &unnamed)
        .map_err(Failure::fatal("sync", &unnamed))?;
    disk.rename(&unnamed, &path)
        .map_err(Failure::fatal("name", &path))?;
    disk.sync_directory(dir)
        .map_err(Failure::fatal("sync", dir))?;
    Ok((Segment { first_seq, path }, file))
}

/// Reads a segment's head and leaves the file behind it. `None` when the head is damaged; a format that
/// this program does not know is an error, since guessing at it could lose records.
pub(crate) fn read_head(file: &mut File, path: &Path) -> Result<Option<SegmentHead>, Error> {
    let mut bytes = [0; SEGMENT_HEAD_BYTES];
    match file.read_exact(&mut bytes) {
        Ok(()) => {}
        Err(error) if error.kind() == ErrorKind::UnexpectedEof => return Ok(None),
        Err(error) => return Err(Error::io("read", path)(error)),
    }
    match SegmentHead::decode(&bytes) {
        Some(head) if head.version == VERSION => Ok(Some(head)),
        Some(SegmentHead { version, .. }) => Err(Error::UnknownVersion {
            path: path.to_owned(),
            version,
            known: VERSION,
        }),
        None => Ok(None),
    }
}

/// Makes creations, renames and removals in `dir` durable.
pub(crate) fn sync_directory(dir: &Path) -> Result<(), Error> {
    File::open(dir)
        .and_then(|dir| dir.sync_all())
        .map_err(Error::io("sync", dir))
}

fn first_seq_of(name: &str) -> Option<u64> {
    name.strip_prefix("wal-")?
        .strip_suffix(".log")?
        .parse()
        .ok()
}
