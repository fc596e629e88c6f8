//! Data files as queries see them: every byte of a data file is compared with its checksum before anybody
//! makes something of it. A read is widened to whole blocks; what it costs is a few microseconds each.

use crate::Error;
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
use std::collections::HashMap;
use std::fmt;
use std::fs::File;
use std::io::IoSliceMut;
use std::ops::Range;
use std::path::PathBuf;
use std::sync::{Arc, PoisonError, RwLock, Weak};

/// Files that are gone are forgotten when so many are known.
const KNOWN_MIN: usize = 1024;

/// A store whose files are checked when they are read. Those that were never told are read as they are: an
/// earlier program wrote them.
#[derive(Debug)]
pub(super) struct Checked {
    inner: Arc<dyn ObjectStore>,
    /// The files are on this machine.
    is_local: bool,
    known: RwLock<Known>,
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
    pub(super) fn new(place: &Place) -> Self {
        let known = Known {
            by_path: HashMap::new(),
            sweep_at: KNOWN_MIN,
        };
        Self {
            inner: place.store(),
            is_local: matches!(place, Place::Directory(_)),
            known: RwLock::new(known),
        }
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

    fn damaged(&self, path: &Path, damage: String) -> object_store::Error {
        let known = self.known.read().unwrap_or_else(PoisonError::into_inner);
        let shown = known.by_path.get(path).map(|of| of.shown.clone());
        damaged(shown.unwrap_or_else(|| path.as_ref().into()), damage)
    }

    /// `ranges` of a file, each from whole blocks. Neighbours share what they have in common.
    async fn read(&self, path: &Path, sums: &Sums, ranges: &[Range<u64>]) -> Result<Vec<Bytes>> {
        let mut wide: Vec<Range<u64>> = ranges.iter().map(|range| sums.widen(range)).collect();
        wide.sort_unstable_by_key(|range| range.start);
        wide.dedup_by(|next, before| {
            let touches = next.start <= before.end;
            if touches {
                before.end = before.end.max(next.end);
            }
            touches
        });
        let at_hand = self.is_local.then(|| in_memory(path, &wide)).flatten();
        let blocks = match at_hand {
            Some(blocks) => blocks,
            None => self.inner.get_ranges(path, &wide).await?,
        };
        for (range, blocks) in wide.iter().zip(&blocks) {
            let checked = sums.check(range.start, blocks);
            checked.map_err(|damage| self.damaged(path, damage.to_string()))?;
            if blocks.len() as u64 != range.end - range.start {
                return Err(self.damaged(path, "it is too short".to_owned()));
            }
        }
        let narrow = ranges.iter().map(|range| {
            let of = wide.partition_point(|it| it.start <= range.start);
            let of = of.checked_sub(1)?;
            let (wide, blocks) = (wide.get(of)?, blocks.get(of)?);
            let (start, end) = (range.start - wide.start, range.end.min(sums.bytes()));
            let end = end.checked_sub(wide.start)?;
            (start <= end).then(|| blocks.slice(start as usize..end as usize))
        });
        let narrow: Option<Vec<Bytes>> = narrow.collect();
        narrow.ok_or_else(|| self.damaged(path, "it is read behind its end".to_owned()))
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
    object_store::Error::Generic {
        store: "data file",
        source: Box::new(Error::Damaged { path, damage }),
    }
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
            return self.inner.get_opts(path, options).await;
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
            None => self.inner.get_ranges(path, ranges).await,
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
