//! SQLite's own log beside a catalog, `catalog.sqlite-wal`: the commits that are not in the catalog's file yet.
//!
//! SQLite reads it up to the first frame that does not match its checksum, and passes over the rest without a word.
//! After a loss of power that is right: what is behind was never committed. After rot it is not: commits would
//! vanish, and what they named with them. Here the two are told apart. Frames were committed
//!
//! * when SQLite's shared memory, `catalog.sqlite-shm`, says so: it outlasts a process, and counts what was synced;
//! * when a frame of another commit is behind them: that was begun once they were synced.
//!
//! Only damage to the last commit of a log without its shared memory looks like a loss of power. Then the log of the
//! store has its rows, or `reconcile` finds that it has not.
//!
//! To be asked before SQLite opens the catalog: it counts anew then.

use crate::Error;
use std::fs::{self, File};
use std::io::{BufReader, ErrorKind, Read};
use std::path::{Path, PathBuf};

const HEADER_BYTES: usize = 32;
const FRAME_HEADER_BYTES: usize = 24;
/// The last bit says in which order the checksum takes bytes.
const MAGIC: u32 = 0x377f_0682;
const PAGE_BYTES_MAX: usize = 64 << 10;
/// In the shared memory: two copies of a header, then how much of the log is in the catalog's file.
const INDEX_BYTES: usize = 48;
const IS_COUNTED: usize = 12;
const COUNT: usize = 16;
const INDEX_SALT: usize = 32;
const IN_CATALOG: usize = 2 * INDEX_BYTES;
/// A log that a server begins anew while it is read is read again.
const TRIES: usize = 5;

/// Tells one log from those that were in the same file before.
type Salt = [u8; 8];

/// What the shared memory says.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Counted {
    salt: Salt,
    /// Frames that are committed.
    frames: u64,
    /// Those of them that the catalog's file has.
    in_catalog: u64,
}

/// What a log is found to be.
#[derive(Debug, PartialEq, Eq)]
enum Found {
    /// None, or one that was never written to.
    Nothing,
    /// Nobody can tell what is behind its first bytes.
    NoHeader,
    Frames {
        salt: Salt,
        /// Up to the first that does not match its checksum.
        whole: u64,
        /// Whether behind that one there is a commit, and a frame that was written after it.
        has_more: bool,
    },
}

/// # Errors
/// `Corrupt` when commits are lost, `Unavailable` when the disk does not answer.
pub(crate) fn check(catalog: &Path) -> Result<(), Error> {
    let log = beside(catalog, "-wal");
    for _ in 0..TRIES {
        let before = counted(catalog)?;
        let found = read(&log).map_err(Error::io("read", &log))?;
        if counted(catalog)? != before {
            continue;
        }
        return match damage(before, &found) {
            None => Ok(()),
            Some(damage) => Err(Error::Damaged { path: log, damage }),
        };
    }
    Ok(())
}

fn damage(counted: Option<Counted>, found: &Found) -> Option<String> {
    let lost = |frame: u64, frames: u64| {
        format!(
            "it has {frames} pages of commits, and from page {frame} on they are lost: SQLite would go back to before"
        )
    };
    match (found, counted) {
        (Found::Nothing, Some(counted)) if counted.frames > counted.in_catalog => {
            Some(lost(1, counted.frames))
        }
        (Found::NoHeader, _) => Some("its first bytes do not match their checksum".to_owned()),
        (Found::Frames { salt, whole, .. }, Some(counted))
            if counted.salt == *salt && *whole < counted.frames =>
        {
            Some(lost(whole + 1, counted.frames))
        }
        (
            Found::Frames {
                whole, has_more, ..
            },
            _,
        ) if *has_more => Some(format!(
            "page {} does not match its checksum, and commits are behind it: SQLite would go back to before",
            whole + 1
        )),
        _ => None,
    }
}

fn beside(catalog: &Path, end: &str) -> PathBuf {
    let mut path = catalog.as_os_str().to_owned();
    path.push(end);
    path.into()
}

/// `None` when there is no shared memory, or nobody has counted yet, or somebody is about to.
fn counted(catalog: &Path) -> Result<Option<Counted>, Error> {
    let path = beside(catalog, "-shm");
    let bytes = match fs::read(&path) {
        Err(error) if error.kind() == ErrorKind::NotFound => return Ok(None),
        bytes => bytes.map_err(Error::io("read", &path))?,
    };
    let number = |at: usize| Some(u32::from_ne_bytes(*bytes.get(at..)?.first_chunk()?));
    let read = || {
        let (header, copy) = bytes.get(..2 * INDEX_BYTES)?.split_at(INDEX_BYTES);
        (header == copy && header[IS_COUNTED] == 1).then_some(())?;
        Some(Counted {
            salt: *header[INDEX_SALT..].first_chunk()?,
            frames: number(COUNT)?.into(),
            in_catalog: number(IN_CATALOG)?.into(),
        })
    };
    Ok(read())
}

fn read(log: &Path) -> std::io::Result<Found> {
    let file = match File::open(log) {
        Err(error) if error.kind() == ErrorKind::NotFound => return Ok(Found::Nothing),
        file => file?,
    };
    let bytes = file.metadata()?.len();
    let mut file = BufReader::new(file);
    let mut header = [0; HEADER_BYTES];
    if bytes < HEADER_BYTES as u64 {
        return Ok(Found::Nothing);
    }
    file.read_exact(&mut header)?;
    if header == [0; HEADER_BYTES] {
        return Ok(Found::Nothing);
    }
    let is_big = be(&header, 0) & 1 == 1;
    let page_bytes = be(&header, 8) as usize;
    let mut sum = checksum([0; 2], &header[..24], is_big);
    let is_log = be(&header, 0) & !1 == MAGIC && page_bytes.is_power_of_two();
    if !is_log || page_bytes > PAGE_BYTES_MAX || sum != [be(&header, 24), be(&header, 28)] {
        let has_frames = bytes > HEADER_BYTES as u64;
        return Ok(if has_frames {
            Found::NoHeader
        } else {
            Found::Nothing
        });
    }
    let salt: Salt = *header[16..].first_chunk().unwrap_or(&[0; 8]);
    let (mut whole, mut is_whole, mut has_commit, mut has_more) = (0, true, false, false);
    let mut frame = vec![0; FRAME_HEADER_BYTES + page_bytes];
    while read_frame(&mut file, &mut frame)? {
        sum = checksum(sum, &frame[..8], is_big);
        sum = checksum(sum, &frame[FRAME_HEADER_BYTES..], is_big);
        let is_ours = frame[8..16] == salt;
        is_whole &= is_ours && sum == [be(&frame, 16), be(&frame, 20)];
        whole += u64::from(is_whole);
        if !is_whole && is_ours {
            has_more |= has_commit;
            // The last of a commit says how many pages the catalog has then.
            has_commit |= be(&frame, 4) != 0;
        }
    }
    Ok(Found::Frames {
        salt,
        whole,
        has_more,
    })
}

/// `false` at the end: what is behind the last whole frame is none.
fn read_frame(file: &mut impl Read, frame: &mut [u8]) -> std::io::Result<bool> {
    match file.read_exact(frame) {
        Err(error) if error.kind() == ErrorKind::UnexpectedEof => Ok(false),
        read => read.map(|()| true),
    }
}

fn be(bytes: &[u8], at: usize) -> u32 {
    u32::from_be_bytes([bytes[at], bytes[at + 1], bytes[at + 2], bytes[at + 3]])
}

/// SQLite's, of words of 32 bits, two at a time.
fn checksum([mut a, mut b]: [u32; 2], bytes: &[u8], is_big: bool) -> [u32; 2] {
    let word = |bytes: &[u8; 4]| match is_big {
        true => u32::from_be_bytes(*bytes),
        false => u32::from_le_bytes(*bytes),
    };
    let (words, _) = bytes.as_chunks::<4>();
    for pair in words.chunks_exact(2) {
        a = a.wrapping_add(word(&pair[0])).wrapping_add(b);
        b = b.wrapping_add(word(&pair[1])).wrapping_add(a);
    }
    [a, b]
}
