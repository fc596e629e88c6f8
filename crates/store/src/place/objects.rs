//! Data files as objects: written once, read back when the answer was lost.
//!
//! A store may fail, and it may do what it is told and then fail to say so. So a write creates: it succeeds only
//! where nothing is. That it finds something then means that an earlier try of the same file landed, or that
//! another file is there; which, its bytes tell. To remove what is gone succeeds, too.

use crate::config::Objects;
use crate::{Error, data_file};
use bytes::Bytes;
use futures::stream::{self, StreamExt, TryStreamExt};
use object_store::path::Path as ObjectPath;
use object_store::{
    Attribute, Attributes, Error as StoreError, GetOptions, GetResult, ObjectMeta, ObjectStore,
    ObjectStoreExt, PutMode, PutOptions, PutPayload, UpdateVersion,
};
use std::fs;
use std::future::Future;
use std::io::Write;
use std::path::Path;
use std::time::{Duration, SystemTime};

/// When a file was written, by the clock of the server, beside its content.
const WRITTEN: &str = "written-nanos";

impl Objects {
    pub(crate) fn at(&self, path: &str) -> ObjectPath {
        let parts = path.split('/').filter(|part| !part.is_empty());
        parts.fold(self.prefix.clone(), |above, part| above.join(part))
    }

    /// Writes a local file as an object; what is there with other content may be `replaced`.
    pub(super) async fn keep(&self, path: &str, local: &Path, replaced: bool) -> Result<(), Error> {
        let file = local.to_owned();
        let read = tokio::task::spawn_blocking(move || fs::read(file)).await?;
        let content = Bytes::from(read.map_err(Error::io("read", local))?);
        let written = data_file::written_nanos(local).unwrap_or(0);
        let attributes = [(Attribute::Metadata(WRITTEN.into()), written.to_string())];
        let attributes: Attributes = attributes.into_iter().collect();
        match self.create(path, &content, &attributes).await {
            Err(Error::ObjectTaken { .. }) if replaced => {
                tracing::warn!(path, "a data file that no commit names is replaced");
                self.replace(path, &content, &attributes).await
            }
            created => created,
        }
    }

    /// Writes an object where there is none, or finds that it is there already.
    ///
    /// # Errors
    /// `ObjectTaken` when another content is there.
    pub(crate) async fn create(
        &self,
        path: &str,
        content: &Bytes,
        attributes: &Attributes,
    ) -> Result<(), Error> {
        let put = || async {
            let options = PutOptions {
                mode: PutMode::Create,
                attributes: attributes.clone(),
                ..PutOptions::default()
            };
            let payload = PutPayload::from(content.clone());
            self.store.put_opts(&self.at(path), payload, options).await
        };
        match self.patiently(put).await {
            Ok(_) => Ok(()),
            Err(StoreError::AlreadyExists { .. }) if self.has(path, content).await? => Ok(()),
            Err(StoreError::AlreadyExists { .. }) => Err(Error::ObjectTaken {
                object: self.shown(path),
            }),
            Err(source) => Err(self.failed("write", path)(source)),
        }
    }

    /// Writes an object in the place of the one that is there now, and of no other.
    async fn replace(
        &self,
        path: &str,
        content: &Bytes,
        attributes: &Attributes,
    ) -> Result<(), Error> {
        let found = self.patiently(|| self.get(path, true)).await;
        let found = found.map_err(self.failed("read", path))?.meta;
        let put = || async {
            let options = PutOptions {
                mode: PutMode::Update(UpdateVersion {
                    e_tag: found.e_tag.clone(),
                    version: found.version.clone(),
                }),
                attributes: attributes.clone(),
                ..PutOptions::default()
            };
            let payload = PutPayload::from(content.clone());
            self.store.put_opts(&self.at(path), payload, options).await
        };
        match self.patiently(put).await {
            // It is another one now: ours, of a try whose answer was lost.
            Err(StoreError::Precondition { .. }) if self.has(path, content).await? => Ok(()),
            put => put.map(drop).map_err(self.failed("replace", path)),
        }
    }

    async fn has(&self, path: &str, content: &Bytes) -> Result<bool, Error> {
        let found = self.patiently(|| self.bytes(path)).await;
        Ok(found.map_err(self.failed("read", path))? == *content)
    }

    /// Writes an object to a local file that is as old as it.
    pub(crate) async fn fetch(&self, path: &str, local: &Path) -> Result<(), Error> {
        let found = self.patiently(|| async {
            let found = self.get(path, false).await?;
            let written = written_nanos(&found);
            Ok((found.bytes().await?, written))
        });
        let (content, written) = match found.await {
            Err(source @ StoreError::NotFound { .. }) => {
                return Err(Error::Unreadable {
                    path: local.to_owned(),
                    source: source.into(),
                });
            }
            found => found.map_err(self.failed("read", path))?,
        };
        let local = local.to_owned();
        tokio::task::spawn_blocking(move || write_local(&local, &content, written)).await?
    }

    /// Removes objects, many with one request.
    pub(crate) async fn remove(&self, paths: &[String]) -> Result<(), Error> {
        if paths.is_empty() {
            return Ok(());
        }
        let remove = || async {
            let places: Vec<_> = paths.iter().map(|path| Ok(self.at(path))).collect();
            let mut removed = self.store.delete_stream(stream::iter(places).boxed());
            while let Some(removed) = removed.next().await {
                match removed {
                    Ok(_) | Err(StoreError::NotFound { .. }) => {}
                    Err(error) => return Err(error),
                }
            }
            Ok(())
        };
        let removed = self.patiently(remove).await;
        removed.map_err(self.failed("remove", paths.first().map_or("", String::as_str)))
    }

    /// `None` when there is no such object.
    pub(super) async fn written_nanos(&self, path: &str) -> Result<Option<i64>, Error> {
        match self.patiently(|| self.get(path, true)).await {
            Ok(found) => Ok(Some(written_nanos(&found))),
            Err(StoreError::NotFound { .. }) => Ok(None),
            Err(source) => Err(self.failed("look at", path)(source)),
        }
    }

    /// Paths of the form `<table>/<file>`.
    pub(crate) async fn list(&self) -> Result<Vec<String>, Error> {
        let found = self.list_below("").await?;
        let has_table = |path: &String| path.matches('/').count() == 1;
        let paths = found.into_iter().map(|(path, _)| path);
        Ok(paths.filter(has_table).collect())
    }

    /// What is below a path, and its bytes. The newest may not be shown, nor those hidden that were just removed.
    pub(crate) async fn list_below(&self, path: &str) -> Result<Vec<(String, u64)>, Error> {
        let above = self.at(path);
        let list = || self.store.list(Some(&above)).try_collect::<Vec<_>>();
        let found = self.patiently(list).await;
        let found = found.map_err(self.failed("list", path))?;
        let below = |found: &ObjectMeta| {
            let parts: Vec<_> = found.location.prefix_match(&above)?.collect();
            let parts: Vec<&str> = parts.iter().map(|part| part.as_ref()).collect();
            Some((parts.join("/"), found.size))
        };
        Ok(found.iter().filter_map(below).collect())
    }

    /// The text of an object; `None` when there is none.
    pub(super) async fn read_small(&self, path: &str) -> Result<Option<String>, Error> {
        match self.patiently(|| self.bytes(path)).await {
            Ok(found) => Ok(Some(String::from_utf8_lossy(&found).into_owned())),
            Err(StoreError::NotFound { .. }) => Ok(None),
            Err(source) => Err(self.failed("read", path)(source)),
        }
    }

    pub(super) async fn create_small(&self, path: &str, text: String) -> Result<(), Error> {
        self.create(path, &Bytes::from(text), &Attributes::new())
            .await
    }

    async fn get(&self, path: &str, head: bool) -> Result<GetResult, StoreError> {
        let options = GetOptions {
            head,
            ..GetOptions::default()
        };
        self.store.get_opts(&self.at(path), options).await
    }

    pub(crate) async fn bytes(&self, path: &str) -> Result<Bytes, StoreError> {
        self.store.get(&self.at(path)).await?.bytes().await
    }

    /// Sends a request again while its error may pass.
    pub(crate) async fn patiently<T, F>(&self, send: impl Fn() -> F) -> Result<T, StoreError>
    where
        F: Future<Output = Result<T, StoreError>>,
    {
        for number in 1..self.patience.tries {
            match send().await {
                // The client has tried that often already, but for what it takes for unsafe to repeat.
                Err(StoreError::Generic { .. }) => {}
                answered => return answered,
            }
            tokio::time::sleep(self.patience.wait(number)).await;
        }
        send().await
    }

    pub(crate) fn shown(&self, path: &str) -> String {
        format!("{}{path}", self.url)
    }

    pub(crate) fn failed(
        &self,
        verb: &'static str,
        path: &str,
    ) -> impl FnOnce(StoreError) -> Error + use<> {
        let object = self.shown(path);
        move |source| Error::Object {
            verb,
            object,
            source,
        }
    }
}

/// Of an object that something else wrote, the time by the store.
fn written_nanos(found: &GetResult) -> i64 {
    let attribute = found.attributes.get(&Attribute::Metadata(WRITTEN.into()));
    let written = attribute.and_then(|written| written.parse().ok());
    let by_the_store = || found.meta.last_modified.timestamp_nanos_opt();
    written.or_else(by_the_store).unwrap_or(i64::MAX)
}

fn write_local(path: &Path, content: &[u8], written_nanos: i64) -> Result<(), Error> {
    if let Some(directory) = path.parent() {
        fs::create_dir_all(directory).map_err(Error::io("create", directory))?;
    }
    let mut file = fs::File::create(path).map_err(Error::io("create", path))?;
    file.write_all(content).map_err(Error::io("write", path))?;
    let written = Duration::from_nanos(u64::try_from(written_nanos).unwrap_or(0));
    file.set_modified(SystemTime::UNIX_EPOCH + written)
        .map_err(Error::io("set the time of", path))
}
