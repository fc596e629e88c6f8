//! The API over HTTP: the copilot's only source. The trace goes along.

use std::time::Duration;

use anyhow::Context;
use reqwest::RequestBuilder;
use serde::Serialize;
use serde_json::Value;

use crate::upstream::Upstream;

const ANSWER_TIME_MAX: Duration = Duration::from_secs(15);

#[derive(Clone)]
pub(super) struct Api {
    upstream: Upstream,
    admin_token: String,
}

// by hand, since the token must not be printed
impl std::fmt::Debug for Api {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Api")
            .field("url", &self.upstream.url)
            .finish_non_exhaustive()
    }
}

pub(super) enum Answer {
    Done(Value),
    /// With the API's own words.
    Refused(String),
}

impl Api {
    pub(super) fn new(url: &str, admin_token: String) -> anyhow::Result<Self> {
        Ok(Self {
            upstream: Upstream::new("API", url, ANSWER_TIME_MAX)?,
            admin_token,
        })
    }

    /// `segments` fill the `{id}` of `template` in order.
    pub(super) async fn get(
        &self,
        template: &str,
        segments: &[&str],
        query: &impl Serialize,
    ) -> anyhow::Result<Answer> {
        let mut url = self.locate(template, segments)?;
        for (name, value) in serde_json::to_value(query)?
            .as_object()
            .into_iter()
            .flatten()
        {
            let text = match value {
                Value::Null => continue,
                Value::String(text) => text.clone(),
                other => other.to_string(),
            };
            url.query_pairs_mut().append_pair(name, &text);
        }
        self.ask(self.upstream.client.get(url), template).await
    }

    pub(super) async fn post(
        &self,
        template: &str,
        segments: &[&str],
        idempotency_key: Option<&str>,
        body: &Value,
    ) -> anyhow::Result<Answer> {
        let mut request = self
            .upstream
            .client
            .post(self.locate(template, segments)?)
            .json(body);
        if let Some(key) = idempotency_key {
            request = request.header("idempotency-key", key);
        }
        self.ask(request, template).await
    }

    async fn ask(&self, request: RequestBuilder, template: &str) -> anyhow::Result<Answer> {
        let request = request.bearer_auth(&self.admin_token);
        let response = self
            .upstream
            .client
            .send(request, template)
            .await
            .map_err(reqwest::Error::without_url)?;
        let status = response.status();
        let body: Value = response
            .json()
            .await
            .with_context(|| format!("could not read the answer {status}"))?;
        if status.is_success() {
            return Ok(Answer::Done(body));
        }
        let said = |pointer| body.pointer(pointer).and_then(Value::as_str).unwrap_or("?");
        Ok(Answer::Refused(format!(
            "{} ({status}): {}",
            said("/error/code"),
            said("/error/message")
        )))
    }

    /// Ids come from a language model: they are escaped as one path segment each.
    fn locate(&self, template: &str, segments: &[&str]) -> anyhow::Result<reqwest::Url> {
        let mut url = reqwest::Url::parse(&self.upstream.url)?;
        let mut ids = segments.iter();
        let mut path = url
            .path_segments_mut()
            .ok()
            .context("the API URL has no path")?;
        path.pop_if_empty();
        for part in template.split('/').filter(|part| !part.is_empty()) {
            let part = if part.starts_with('{') {
                ids.next().context("an id is missing")?
            } else {
                part
            };
            path.push(part);
        }
        drop(path);
        Ok(url)
    }
}
