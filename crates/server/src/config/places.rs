//! Where spans are kept: log and data files in a directory of this machine or in an object store, the catalog there
//! or in PostgreSQL. What has a password is never shown with it.

use super::Error;
use std::path::PathBuf;

/// What the tools of AWS take from the environment begins with this.
const AWS: &str = "AWS_";
/// Where the log is when only the data files are said to be elsewhere.
const LOG_DIR: &str = "./throughline-data";

/// Where everything is.
#[derive(Clone, Debug)]
pub struct Places {
    /// What is not elsewhere.
    pub directory: PathBuf,
    pub objects: Option<store::Objects>,
    pub catalog: Option<store::CatalogUrl>,
    pub log: LogPlace,
}

/// Where requests are logged before they are acknowledged.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, clap::ValueEnum)]
pub enum LogPlace {
    /// On the disk of this machine: an answer takes one sync
    #[default]
    Local,
    /// In the object store of the data files: an answer takes one PUT, and a machine that is lost takes nothing with it
    Object,
}

impl Places {
    /// All in one directory.
    pub fn directory(directory: PathBuf) -> Self {
        Self {
            directory,
            objects: None,
            catalog: None,
            log: LogPlace::Local,
        }
    }

    /// For who looks at a store and does not open it.
    pub(crate) fn store(self) -> store::Config {
        store::Config {
            data_dir: self.directory,
            objects: self.objects,
            catalog: self.catalog,
            ..store::Config::default()
        }
    }

    /// From what was said of `data` (a directory, or `s3://bucket/prefix`), the log and the catalog. `aws` are the
    /// settings of the object store, by the names of their variables.
    ///
    /// # Errors
    /// A setting that cannot be used. No message repeats what may be secret.
    pub fn read(
        data: &str,
        log_dir: Option<PathBuf>,
        catalog: Option<&str>,
        log: LogPlace,
        aws: Vec<(String, String)>,
    ) -> Result<Self, Error> {
        let is_remote = data.contains("://");
        if log == LogPlace::Object && !(is_remote && catalog.is_some()) {
            let problem = "object needs data files in an object store (--data s3://BUCKET/PREFIX) and the catalog in PostgreSQL \
                           (--catalog)";
            return Err(fault("--log", &problem));
        }
        let catalog = catalog.map(store::CatalogUrl::new).transpose();
        let catalog = catalog.map_err(|error| fault("--catalog", &error))?;
        if !is_remote {
            if log_dir.is_some() {
                let problem = "is for data files in an object store: a directory of data files has its log, too";
                return Err(fault("--log-dir", &problem));
            }
            return Ok(Self {
                catalog,
                ..Self::directory(data.into())
            });
        }
        let objects = store::Objects::s3(data, aws, store::Patience::default());
        Ok(Self {
            directory: log_dir.unwrap_or_else(|| LOG_DIR.into()),
            objects: Some(objects.map_err(|error| fault("--data", &error))?),
            catalog,
            log,
        })
    }
}

/// The settings of an object store that are in the environment.
pub fn aws_variables() -> Vec<(String, String)> {
    let variables = std::env::vars_os();
    let text = variables
        .filter_map(|(name, value)| Some((name.into_string().ok()?, value.into_string().ok()?)));
    text.filter(|(name, _)| name.starts_with(AWS)).collect()
}

fn fault(setting: &'static str, problem: &impl ToString) -> Error {
    Error {
        setting,
        problem: problem.to_string(),
    }
}
