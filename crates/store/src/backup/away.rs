//! A backup put back where the parts of a store are on other machines. It becomes a data directory first, which is then
//! emptied of what belongs elsewhere: data files go to the object store, then the catalog goes to PostgreSQL, and the log
//! stays. Until the last step no program opens the directory.

use super::restore::{Begun, Restored, restore};
use crate::catalog::{self, Audit};
use crate::config::CatalogUrl;
use crate::directory;
use crate::place::{self, Place};
use crate::verify::{self, Progress};
use crate::{Config, Error};
use std::fs;
use std::io::ErrorKind;
use std::path::Path;
use uuid::Uuid;

/// As [`restore`], with each part where `config` says; what is there has to be new. The log is in the directory, also for
/// a server that is to have it in the object store afterwards.
///
/// # Errors
/// As [`restore`], `Invalid` for an object store where something is already, and `Unavailable` for a place that cannot be
/// used or a database that has a catalog.
pub async fn restore_places(
    source: &Path,
    config: &Config,
    each: impl FnMut(Progress),
) -> Result<Restored, Error> {
    if config.objects.is_none() && config.catalog.is_none() {
        return restore(source, &config.data_dir, each).await;
    }
    if let Some(objects) = &config.objects {
        place::check_vacant(objects).await?;
    }
    if let Some(url) = &config.catalog {
        catalog::check_vacant(url).await?;
    }
    let begun = Begun::new(source, &config.data_dir, each)?;
    let data = begun.root.join("data");
    let place = match &config.objects {
        None => Place::Directory(data),
        Some(objects) => Place::Objects {
            objects: objects.clone(),
            scratch: data,
        },
    };
    let path = begun.root.join("catalog.sqlite");
    let mut audit = Audit::open(&path).await?;
    let named = audit.named().await?;
    audit.close().await?;
    place.claim(&named.store, true).await?;
    for file in &named.files {
        place.keep(&file.path, false).await?;
    }
    match &config.catalog {
        None => catalog::forget_data_path(&path).await?,
        Some(url) => send_catalog(&begun.root, &path, url, &place.url()).await?,
    }
    begun.finish()?;
    Ok(Restored {
        report: verify::verify_places(config, |_| {}).await?,
        ..begun.restored()
    })
}

/// The catalog knows the log that its position counts, and the file is gone.
async fn send_catalog(
    root: &Path,
    path: &Path,
    url: &CatalogUrl,
    data_path: &str,
) -> Result<(), Error> {
    let log = Uuid::new_v4();
    directory::write_whole(&root.join("LOG"), format!("{log}\n").as_bytes())?;
    catalog::copy_to_postgres(path, url, data_path, log).await?;
    for end in ["", "-wal", "-shm"] {
        let mut name = path.as_os_str().to_owned();
        name.push(end);
        match fs::remove_file(&name) {
            Err(error) if error.kind() != ErrorKind::NotFound => {
                return Err(Error::io("remove", Path::new(&name))(error));
            }
            _ => {}
        }
    }
    directory::sync(root)
}
