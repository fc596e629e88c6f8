//! Data files as queries see them: every byte of a data file is compared with its checksum before anybody
//! makes something of it. A read is widened to whole blocks; what it costs is a few microseconds each. Of an object
//! store a small file is read at once: footer, index and pages of it are asked for one after the other, and to ask takes
//! longer there than to send all of it.

use crate::Error;
use crate::damage::Damage;
use crate::data_file::sums::Sums;
use crate::place::Place;
use async_trait::async_trait;
use bytes::Bytes;
use futures::stream::{self, BoxStream, StreamExt};
use object_store::path::Path;
use object_store::{
    CopyOptions, GetOptions, GetRange, GetResult, GetResultPayload, ListResult, MultipartUpload,
    ObjectMeta, ObjectStore, PutMultipartOptions, PutOptions, PutPayload, PutResult, RenameOptions,
    Result,
};
use rustix::io::{ReadWriteFlags, preadv2};
use std::collections::{HashMap, VecDeque};
use std::fmt;
use std::fs::File;
use std::io::{self, IoSliceMut};
use std::ops::Range;
use std::path::PathBuf;
use std::sync::{Arc, Mutex, PoisonError, RwLock, Weak};

const BEHIND_ITS_END: &str = "it is read behind its end";
/// Files that are gone are forgotten when so many are known.
const KNOWN_MIN: usize = 1024;

/// A file that is no larger is small, ...
const SMALL_BYTES_MAX: u64 = 64 << 10;
/// ... and so many of them are in memory, those that were read last: more than are read side by side.
const SMALL_FILES_MAX: usize = 128;

/// A store whose files are checked when they are read. Those that were never told are read as they are: an
/// earlier program wrote them.
#[derive(Debug)]
pub(super) struct Checked {
    inner: Arc<dyn ObjectStore>,
    known: RwLock<Known>,
    damage: Arc<Damage>,
    /// Small files, oldest first; `None` when they are on this machine.
    small: Option<Mutex<VecDeque<(Path, Bytes)>>>,
}

#[derive(Debug)]
struct Known {
    by_path: HashMap<Path, Of>,
    sweep_at: usize,
}

/// A file that is checked.
#[derive(Debug)]
struct Of {
    sums: Weak<Sums>,
    /// Its name for people.
    shown: PathBuf,
}

impl Checked {
    /// `damage` is told of what is not as it was written.
    pub(super) fn new(place: &Place, damage: Arc<Damage>) -> Self {
        let known = Known {
            by_path: HashMap::new(),
            sweep_at: KNOWN_MIN,
        };
        Self {
            inner: place.store(),
            known: RwLock::new(known),
            damage,
            small: matches!(place, Place::Objects { .. }).then(Mutex::default),
        }
    }

    /// Whether the files are on another machine.
    pub(super) fn is_remote(&self) -> bool {
        self.small.is_some()
    }

    /// Has the file checked from now on. To be called before each look at it, by who holds its sums meanwhile.
    pub(super) fn tell(&self, path: &Path, sums: &Arc<Sums>, shown: impl FnOnce() -> PathBuf) {
        let is_known = |known: &Known| {
            let of_path = known.by_path.get(path);
            of_path.is_some_and(|it| std::ptr::eq(it.sums.as_ptr(), Arc::as_ptr(sums)))
        };
        if is_known(&self.known.read().unwrap_or_else(PoisonError::into_inner)) {
            return;
        }
        let mut known = self.known.write().unwrap_or_else(PoisonError::into_inner);
        let (sums, shown) = (Arc::downgrade(sums), shown());
        known.by_path.insert(path.clone(), Of { sums, shown });
        if known.by_path.len() > known.sweep_at {
            known.by_path.retain(|_, of| of.sums.strong_count() > 0);
            known.sweep_at = KNOWN_MIN.max(2 * known.by_path.len());
        }
    }

    /// # Errors
    /// For a file that is in no snapshot any more: nobody is left who would know its sums.
    fn sums(&self, path: &Path) -> Result<Option<Arc<Sums>>> {
        let known = self.known.read().unwrap_or_else(PoisonError::into_inner);
        let Some(of) = known.by_path.get(path) else {
            return Ok(None);
        };
        match of.sums.upgrade() {
            Some(sums) => Ok(Some(sums)),
            None => Err(damaged(
                of.shown.clone(),
                "its checksums are gone".to_owned(),
            )),
        }
    }

    fn shown(&self, path: &Path) -> PathBuf {
        let known = self.known.read().unwrap_or_else(PoisonError::into_inner);
        let shown = known.by_path.get(path).map(|of| of.shown.clone());
        shown.unwrap_or_else(|| PathBuf::from(format!("/{path}")))
    }

    fn damaged(&self, path: &Path, at: &[Range<u64>], damage: String) -> object_store::Error {
        let shown = self.shown(path);
        self.damage.meet(&shown, at, &damage);
        damaged(shown, damage)
    }

    /// What keeps a file from being read: it is gone, or the place does not answer.
    fn unread(
        &self,
        path: &Path,
        at: &[Range<u64>],
        error: object_store::Error,
    ) -> object_store::Error {
        if matches!(error, object_store::Error::NotFound { .. }) {
            return self.damaged(path, at, "it is not there".to_owned());
        }
        let (verb, path) = ("read", self.shown(path));
        let source = match cause(&error) {
            Some(cause) => io::Error::new(cause.kind(), cause.to_string()),
            None => io::Error::other(error),
        };
        of_store(Error::Io { verb, path, source })
    }

    /// `ranges` of a file, checked.
    async fn read(&self, path: &Path, sums: &Sums, ranges: &[Range<u64>]) -> Result<Vec<Bytes>> {
        let size = sums.bytes();
        let Some(small) = self.small.as_ref().filter(|_| size <= SMALL_BYTES_MAX) else {
            return self.read_blocks(path, sums, ranges).await;
        };
        let known = {
            let files = small.lock().unwrap_or_else(PoisonError::into_inner);
            files.iter().find(|(known, _)| known == path).cloned()
        };
        let whole = match known {
            Some((_, whole)) => whole,
            None => {
                let all = 0..size;
                let all = std::slice::from_ref(&all);
                let mut read = self.read_blocks(path, sums, all).await?;
                let whole = read.pop().unwrap_or_default();
                let mut files = small.lock().unwrap_or_else(PoisonError::into_inner);
                if files.len() >= SMALL_FILES_MAX {
                    files.pop_front();
                }
                files.push_back((path.clone(), whole.clone()));
                whole
            }
        };
        let within = ranges.iter().map(|range| {
            let (start, end) = (range.start, range.end.min(size));
            (start <= end).then(|| whole.slice(start as usize..end as usize))
        });
        let within: Option<Vec<Bytes>> = within.collect();
        within.ok_or_else(|| self.damaged(path, ranges, BEHIND_ITS_END.to_owned()))
    }

    /// Each range from whole blocks. Neighbours share what they have in common.
    async fn read_blocks(
        &self,
        path: &Path,
        sums: &Sums,
        ranges: &[Range<u64>],
    ) -> Result<Vec<Bytes>> {
        let mut wide: Vec<Range<u64>> = ranges.iter().map(|range| sums.widen(range)).collect();
        wide.sort_unstable_by_key(|range| range.start);
        wide.dedup_by(|next, before| {
            let touches = next.start <= before.end;
            if touches {
                before.end = before.end.max(next.end);
            }
            touches
        });
        let at_hand = match self.is_remote() {
            true => None,
            false => in_memory(path, &wide),
        };
        let blocks = match at_hand {
            Some(blocks) => blocks,
            None => {
                let blocks = self.inner.get_ranges(path, &wide).await;
                blocks.map_err(|error| self.unread(path, &wide, error))?
            }
        };
        for (range, blocks) in wide.iter().zip(&blocks) {
            let at = std::slice::from_ref(range);
            let checked = sums.check(range.start, blocks);
            checked.map_err(|damage| self.damaged(path, at, damage.to_string()))?;
            if blocks.len() as u64 != range.end - range.start {
                return Err(self.damaged(path, at, "it is too short".to_owned()));
            }
        }
        self.damage.is_whole(|| self.shown(path), &wide);
        let narrow = ranges.iter().map(|range| {
            let of = wide.partition_point(|it| it.start <= range.start);
            let of = of.checked_sub(1)?;
            let (wide, blocks) = (wide.get(of)?, blocks.get(of)?);
            let (start, end) = (range.start - wide.start, range.end.min(sums.bytes()));
            let end = end.checked_sub(wide.start)?;
            (start <= end).then(|| blocks.slice(start as usize..end as usize))
        });
        let narrow: Option<Vec<Bytes>> = narrow.collect();
        narrow.ok_or_else(|| self.damaged(path, ranges, BEHIND_ITS_END.to_owned()))
    }
}

/// Ranges of a local file that the system has in memory; reading those waits for nothing and needs no other
/// thread. `None` when that is not so of all of them.
fn in_memory(path: &Path, ranges: &[Range<u64>]) -> Option<Vec<Bytes>> {
    let file = File::open(std::path::Path::new("/").join(path.as_ref())).ok()?;
    let read = |range: &Range<u64>| {
        let mut bytes = vec![0; (range.end - range.start) as usize];
        let mut done = 0;
        while done < bytes.len() {
            let rest = &mut [IoSliceMut::new(&mut bytes[done..])];
            let at = range.start + done as u64;
            match preadv2(&file, rest, at, ReadWriteFlags::NOWAIT) {
                Ok(0) | Err(_) => return None,
                Ok(count) => done += count,
            }
        }
        Some(Bytes::from(bytes))
    };
    ranges.iter().map(read).collect()
}

fn damaged(path: PathBuf, damage: String) -> object_store::Error {
    of_store(Error::Damaged { path, damage })
}

fn of_store(error: Error) -> object_store::Error {
    object_store::Error::Generic {
        store: "data file",
        source: Box::new(error),
    }
}

/// What the operating system said, however deep it is.
fn cause<'a>(error: &'a (dyn std::error::Error + 'static)) -> Option<&'a io::Error> {
    let of_system = |it: &&'a io::Error| it.raw_os_error().is_some();
    error
        .downcast_ref::<io::Error>()
        .filter(of_system)
        .or_else(|| cause(error.source()?))
}

impl fmt::Display for Checked {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "checked {}", self.inner)
    }
}

#[async_trait]
impl ObjectStore for Checked {
    async fn get_opts(&self, path: &Path, options: GetOptions) -> Result<GetResult> {
        let Some(sums) = self.sums(path)?.filter(|_| !options.head) else {
            let read = self.inner.get_opts(path, options).await;
            return read.map_err(|error| self.unread(path, &[], error));
        };
        let size = sums.bytes();
        let range = match options.range {
            None => 0..size,
            Some(GetRange::Bounded(range)) => range.start..range.end.min(size),
            Some(GetRange::Offset(start)) => start..size,
            Some(GetRange::Suffix(length)) => size.saturating_sub(length)..size,
        };
        let read = self.read(path, &sums, std::slice::from_ref(&range)).await?;
        Ok(GetResult {
            payload: GetResultPayload::Stream(stream::iter(read.into_iter().map(Ok)).boxed()),
            meta: ObjectMeta {
                location: path.clone(),
                last_modified: chrono::DateTime::UNIX_EPOCH,
                size,
                e_tag: None,
                version: None,
            },
            range,
            attributes: object_store::Attributes::default(),
        })
    }

    async fn get_ranges(&self, path: &Path, ranges: &[Range<u64>]) -> Result<Vec<Bytes>> {
        match self.sums(path)? {
            Some(sums) => self.read(path, &sums, ranges).await,
            None => {
                let read = self.inner.get_ranges(path, ranges).await;
                read.map_err(|error| self.unread(path, ranges, error))
            }
        }
    }

    async fn put_opts(
        &self,
        path: &Path,
        payload: PutPayload,
        options: PutOptions,
    ) -> Result<PutResult> {
        self.inner.put_opts(path, payload, options).await
    }

    async fn put_multipart_opts(
        &self,
        path: &Path,
        options: PutMultipartOptions,
    ) -> Result<Box<dyn MultipartUpload>> {
        self.inner.put_multipart_opts(path, options).await
    }

    fn delete_stream(
        &self,
        paths: BoxStream<'static, Result<Path>>,
    ) -> BoxStream<'static, Result<Path>> {
        self.inner.delete_stream(paths)
    }

    fn list(&self, prefix: Option<&Path>) -> BoxStream<'static, Result<ObjectMeta>> {
        self.inner.list(prefix)
    }

    async fn list_with_delimiter(&self, prefix: Option<&Path>) -> Result<ListResult> {
        self.inner.list_with_delimiter(prefix).await
    }

    async fn copy_opts(&self, from: &Path, to: &Path, options: CopyOptions) -> Result<()> {
        self.inner.copy_opts(from, to, options).await
    }

    async fn rename_opts(&self, from: &Path, to: &Path, options: RenameOptions) -> Result<()> {
        self.inner.rename_opts(from, to, options).await
    }
}
