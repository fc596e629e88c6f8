//! What a backup holds: a text of lines, whose last is a checksum of those before it.
//!
//! ```text
//! throughline backup 1
//! generation 3
//! version throughline data 3
//! store 019b7760-5a00-7000-8000-7a1c2d3e4f50
//! taken 1767225600000000000
//! log 345
//! file 9c1f0e2d 40960 3/catalog.sqlite
//! file 00a1b2c3 73110 data/traces/000000000001-000000000345.parquet
//! checksum 1b2c3d4e5f607182
//! ```

use crate::Error;
use std::fmt::Write;
use std::fs;
use std::io::ErrorKind;
use std::path::{Component, Path};
use twox_hash::XxHash64;

pub(crate) const NAME: &str = "MANIFEST";
const HEAD: &str = "throughline backup 1";
const HASH_SEED: u64 = 0;

/// A backup that is complete.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Manifest {
    pub(super) generation: u64,
    /// Of the data directory.
    pub(super) version: String,
    /// Which one: no other has this.
    pub(super) store: String,
    pub(super) taken_nanos: i64,
    pub(super) log_seq: u64,
    pub(super) entries: Vec<Entry>,
}

/// One file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Entry {
    /// Below the backup.
    pub(super) path: String,
    pub(super) bytes: u64,
    /// CRC-32C of the whole file.
    pub(super) crc: u32,
}

impl Manifest {
    /// `None` when there is no backup, or none that was finished.
    pub(super) fn read(target: &Path) -> Result<Option<Self>, Error> {
        let path = target.join(NAME);
        let text = match fs::read(&path) {
            Err(error) if error.kind() == ErrorKind::NotFound => return Ok(None),
            text => text.map_err(Error::io("read", &path))?,
        };
        let text = String::from_utf8_lossy(&text);
        match Self::decode(&text) {
            Ok(manifest) => Ok(Some(manifest)),
            Err(reason) => Err(Error::Manifest { path, reason }),
        }
    }

    pub(super) fn encode(&self) -> String {
        let mut text = format!(
            "{HEAD}\ngeneration {}\nversion {}\nstore {}\ntaken {}\nlog {}\n",
            self.generation, self.version, self.store, self.taken_nanos, self.log_seq
        );
        for Entry { path, bytes, crc } in &self.entries {
            // A text takes all that is written to it.
            let _ = writeln!(text, "file {crc:08x} {bytes} {path}");
        }
        let _ = writeln!(text, "checksum {:016x}", hash(&text));
        text
    }

    fn decode(text: &str) -> Result<Self, String> {
        let damaged = || "its MANIFEST is damaged: take the backup anew".to_owned();
        let head = text.lines().next().unwrap_or_default();
        if head != HEAD {
            return Err(format!(
                "its MANIFEST begins with {head:?}, not with {HEAD:?}"
            ));
        }
        let end = text.trim_end().rfind('\n').ok_or_else(damaged)? + 1;
        let (content, last) = text.split_at(end);
        if last != format!("checksum {:016x}\n", hash(content)) {
            return Err(damaged());
        }
        Self::content(content).ok_or_else(damaged)
    }

    fn content(content: &str) -> Option<Self> {
        let mut lines = content.lines().skip(1);
        let mut value = |name: &str| lines.next()?.strip_prefix(name)?.strip_prefix(' ');
        let (generation, version) = (value("generation")?, value("version")?);
        let store = value("store")?.to_owned();
        let (taken, log) = (value("taken")?, value("log")?);
        let entries = lines.map(|line| {
            let (crc, rest) = line.strip_prefix("file ")?.split_once(' ')?;
            let (bytes, path) = rest.split_once(' ')?;
            let mut parts = Path::new(path).components();
            let is_below = parts.all(|part| matches!(part, Component::Normal(_)));
            is_below.then_some(Entry {
                path: path.to_owned(),
                bytes: bytes.parse().ok()?,
                crc: u32::from_str_radix(crc, 16).ok()?,
            })
        });
        let entries = entries.collect::<Option<_>>()?;
        Some(Self {
            generation: generation.parse().ok()?,
            version: version.to_owned(),
            store,
            taken_nanos: taken.parse().ok()?,
            log_seq: log.parse().ok()?,
            entries,
        })
    }
}

fn hash(text: &str) -> u64 {
    XxHash64::oneshot(HASH_SEED, text.as_bytes())
}
