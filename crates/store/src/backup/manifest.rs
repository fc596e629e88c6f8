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
use crate::verify::Progress;
use std::fmt::Write;
use std::fs;
use std::io::ErrorKind;
use std::path::{Component, Path};
use twox_hash::XxHash64;

pub(super) const NAME: &str = "MANIFEST";
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

impl Entry {
    pub(super) fn is_data_file(&self) -> bool {
        self.path.starts_with("data/")
    }
}

/// Why a MANIFEST is none.
enum Flaw {
    /// Of a program that is not this one, or of none.
    Head(String),
    Damage,
}

impl Manifest {
    /// What the backup in `place` holds.
    ///
    /// # Errors
    /// `Invalid` when there is none that was finished.
    pub(super) fn of(place: &Path) -> Result<Self, Error> {
        Self::read(place)?.ok_or_else(|| Error::Manifest {
            path: place.to_owned(),
            reason: format!("it has no {NAME}: there is no backup, or none that was finished"),
        })
    }

    /// What is to be done for it, before any of it is.
    pub(super) fn progress(&self) -> Progress {
        Progress {
            files_total: self.entries.len() as u64,
            bytes_total: self.entries.iter().map(|entry| entry.bytes).sum(),
            ..Progress::default()
        }
    }

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
            Err(Flaw::Head(reason)) => Err(Error::Manifest { path, reason }),
            Err(Flaw::Damage) => Err(Error::BackupDamaged {
                path,
                backup: target.to_owned(),
                damage: "it does not match its checksum".to_owned(),
            }),
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

    fn decode(text: &str) -> Result<Self, Flaw> {
        let head = text.lines().next().unwrap_or_default();
        let end = text.trim_end().rfind('\n').ok_or(Flaw::Damage)? + 1;
        let (content, last) = text.split_at(end);
        if last != format!("checksum {:016x}\n", hash(content)) {
            return Err(Flaw::Damage);
        }
        if head != HEAD {
            let reason = format!("its MANIFEST begins with {head:?}, not with {HEAD:?}");
            return Err(Flaw::Head(reason));
        }
        Self::content(content).ok_or(Flaw::Damage)
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
