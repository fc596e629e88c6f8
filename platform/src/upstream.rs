//! A service that another one asks over HTTP: where it is, and the traced client to ask it with.

use std::time::Duration;

use anyhow::Context;
use throughline_telemetry::http_client::{Client, Propagate};

/// Its base URL and its client; the trace goes to this host and no other.
#[derive(Clone, Debug)]
pub(crate) struct Upstream {
    pub(crate) client: Client,
    /// Without a slash at its end.
    pub(crate) url: String,
}

impl Upstream {
    /// `name` is what people call it, for messages.
    pub(crate) fn new(name: &str, url: &str, answer_time_max: Duration) -> anyhow::Result<Self> {
        let parsed = reqwest::Url::parse(url)
            .with_context(|| format!("could not read the {name} URL {url}"))?;
        let host = parsed
            .host_str()
            .with_context(|| format!("the {name} URL has no host"))?
            .to_owned();
        let builder = reqwest::Client::builder().timeout(answer_time_max);
        Ok(Self {
            client: Client::build(builder, Propagate::Hosts(vec![host]))?,
            url: url.trim_end_matches('/').to_owned(),
        })
    }
}
