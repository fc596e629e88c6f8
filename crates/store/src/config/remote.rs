//! What a store is told of places that are not on this machine: a catalog in PostgreSQL, an object store.

use crate::Error;
use object_store::aws::{AmazonS3Builder, AmazonS3ConfigKey};
use object_store::path::Path as ObjectPath;
use object_store::{BackoffConfig, ClientOptions, ObjectStore, RetryConfig};
use std::fmt;
use std::sync::Arc;
use std::time::Duration;

/// Where a catalog in PostgreSQL is: `postgres://user:password@host:port/database`. It is shown without the
/// password, also by `Debug`.
#[derive(Clone, PartialEq, Eq)]
pub struct CatalogUrl(String);

impl CatalogUrl {
    /// # Errors
    /// `Invalid` for another kind of URL; the message does not repeat it, since it may have a password.
    pub fn new(url: impl Into<String>) -> Result<Self, Error> {
        let url = url.into();
        let known = ["postgres://", "postgresql://"];
        match known.iter().any(|scheme| url.starts_with(scheme)) {
            true => Ok(Self(url)),
            false => Err(Error::Config {
                setting: "catalog",
                reason: "must look like postgres://user@host/database",
            }),
        }
    }

    pub(crate) fn secret(&self) -> &str {
        &self.0
    }

    /// Without password and options.
    pub fn shown(&self) -> String {
        let (scheme, rest) = self.0.split_once("://").unwrap_or(("postgres", ""));
        // The last one: a password may have the sign, too, and must not be cut in the middle.
        let (user, place) = rest.rsplit_once('@').unwrap_or(("", rest));
        let user = user.split(':').next().unwrap_or_default();
        let place = place.split('?').next().unwrap_or_default();
        match user {
            "" => format!("{scheme}://{place}"),
            user => format!("{scheme}://{user}@{place}"),
        }
    }

    pub(crate) fn problem(&self, problem: &str) -> Error {
        Error::Place {
            what: "catalog",
            place: self.shown(),
            problem: problem.to_owned(),
        }
    }
}

impl fmt::Debug for CatalogUrl {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.shown())
    }
}

/// An object store, and where in it the data files are.
#[derive(Clone)]
pub struct Objects {
    pub(crate) store: Arc<dyn ObjectStore>,
    pub(crate) prefix: ObjectPath,
    /// Ends in a slash.
    pub(crate) url: String,
    pub(crate) patience: Patience,
}

/// How often a request is sent again that found no answer, or one that may pass.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Patience {
    /// Times that a request is sent at most.
    pub tries: u32,
    /// Before the second time; then twice as long each time, up to a hundred times as long.
    pub first_wait: Duration,
}

impl Default for Patience {
    fn default() -> Self {
        Self {
            tries: 6,
            first_wait: Duration::from_millis(50),
        }
    }
}

/// A request with all of its repetitions: a query must not wait for ever.
const ALL_TRIES_MAX: Duration = Duration::from_secs(30);
/// One request, up to the last byte of a data file.
const REQUEST_MAX: Duration = Duration::from_secs(120);
const CONNECT_MAX: Duration = Duration::from_secs(5);

impl Objects {
    /// An object store that speaks S3, at `s3://bucket/prefix`. `settings` are those that the tools of AWS take
    /// from the environment, under the same names: `AWS_ACCESS_KEY_ID`, `AWS_ENDPOINT_URL` and so on. Nothing is
    /// asked yet.
    ///
    /// # Errors
    /// `Invalid` for a URL or a setting that cannot be used; values of settings are not repeated.
    pub fn s3(
        url: &str,
        settings: impl IntoIterator<Item = (String, String)>,
        patience: Patience,
    ) -> Result<Self, Error> {
        let refused = |reason| Error::Config {
            setting: "data",
            reason,
        };
        let place = url
            .strip_prefix("s3://")
            .ok_or_else(|| refused("must look like s3://bucket/prefix"))?;
        let (bucket, prefix) = place.split_once('/').unwrap_or((place, ""));
        let prefix = prefix.trim_matches('/');
        if bucket.is_empty() {
            return Err(refused("must name a bucket, as in s3://bucket/prefix"));
        }
        let is_plain = |it: char| it.is_ascii_alphanumeric() || " /._-=".contains(it);
        if !prefix.chars().all(is_plain) || prefix.contains("//") {
            return Err(refused(
                "must have a prefix of letters, digits, spaces and any of / . _ - =",
            ));
        }
        let url = match prefix {
            "" => format!("s3://{bucket}/"),
            prefix => format!("s3://{bucket}/{prefix}/"),
        };
        let problem = |problem: String| Error::Place {
            what: "object store",
            place: url.clone(),
            problem,
        };
        let client = ClientOptions::new()
            .with_timeout(REQUEST_MAX)
            .with_connect_timeout(CONNECT_MAX);
        let mut builder = AmazonS3Builder::new()
            .with_client_options(client)
            .with_retry(patience.of_client());
        for (name, value) in settings {
            // Some of them are for other tools.
            let Ok(key) = name.to_ascii_lowercase().parse::<AmazonS3ConfigKey>() else {
                continue;
            };
            let is_plain = key == AmazonS3ConfigKey::Endpoint && value.starts_with("http://");
            builder = builder.with_config(key, value);
            if is_plain {
                builder = builder.with_allow_http(true);
            }
        }
        let store = builder
            .with_bucket_name(bucket)
            .build()
            .map_err(|error| problem(format!("{error}; check the AWS_ variables")))?;
        let prefix = ObjectPath::parse(prefix)
            .map_err(|error| problem(format!("{error}; choose another prefix")))?;
        Ok(Self {
            store: Arc::new(store),
            prefix,
            url,
            patience,
        })
    }

    /// As it was given, ending in a slash.
    pub fn url(&self) -> &str {
        &self.url
    }
}

impl fmt::Debug for Objects {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.url)
    }
}

impl Patience {
    fn of_client(self) -> RetryConfig {
        RetryConfig {
            backoff: BackoffConfig {
                init_backoff: self.first_wait,
                max_backoff: self.wait(u32::MAX),
                base: 2.0,
            },
            max_retries: self.tries.saturating_sub(1) as usize,
            retry_timeout: ALL_TRIES_MAX,
        }
    }

    /// Before the try of this number; the first is 0.
    pub(crate) fn wait(self, number: u32) -> Duration {
        const TIMES_MAX: u32 = 100;
        let times = 1_u32
            .checked_shl(number.saturating_sub(1))
            .unwrap_or(TIMES_MAX);
        self.first_wait * times.min(TIMES_MAX)
    }
}
