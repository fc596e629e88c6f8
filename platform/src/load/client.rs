//! Asks the API and checks what every answer must have: `X-Trace-ID` and `X-Request-ID`. An answer
//! without one is a violation; it is counted and, the first few times, told.

use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;

use reqwest::header::HeaderMap;
use reqwest::{Method, StatusCode};
use serde_json::Value;

use crate::serve::announce;

const ANSWER_TIME_MAX: Duration = Duration::from_secs(10);
const TOLD_MAX: u64 = 5;

#[derive(Debug)]
pub(super) struct Client {
    http: reqwest::Client,
    requests: AtomicU64,
    failures: AtomicU64,
    server_errors: AtomicU64,
    violations: AtomicU64,
}

#[derive(Debug)]
pub(super) struct Answer {
    pub(super) status: StatusCode,
    pub(super) body: Value,
    pub(super) trace_id: Option<String>,
}

impl Client {
    pub(super) fn new() -> anyhow::Result<Self> {
        let http = reqwest::Client::builder()
            .timeout(ANSWER_TIME_MAX)
            .build()?;
        let zero = AtomicU64::default;
        Ok(Self {
            http,
            requests: zero(),
            failures: zero(),
            server_errors: zero(),
            violations: zero(),
        })
    }

    /// None when there was no answer.
    pub(super) async fn send(
        &self,
        method: Method,
        url: &str,
        body: Option<Value>,
    ) -> Option<Answer> {
        self.requests.fetch_add(1, Ordering::Relaxed);
        let mut request = self.http.request(method.clone(), url);
        if let Some(body) = body {
            request = request.json(&body);
        }
        let Ok(response) = request.send().await else {
            self.failures.fetch_add(1, Ordering::Relaxed);
            return None;
        };
        let status = response.status();
        if status.is_server_error() {
            self.server_errors.fetch_add(1, Ordering::Relaxed);
        }
        let trace_id = self.check(&method, url, status, response.headers());
        let body = response.json().await.unwrap_or(Value::Null);
        Some(Answer {
            status,
            body,
            trace_id,
        })
    }

    /// The trace id, if it has the right shape.
    fn check(
        &self,
        method: &Method,
        url: &str,
        status: StatusCode,
        headers: &HeaderMap,
    ) -> Option<String> {
        let header = |name: &str| headers.get(name).and_then(|value| value.to_str().ok());
        let trace_id = header("x-trace-id")
            .filter(|id| is_trace_id(id))
            .map(str::to_owned);
        let request_id = header("x-request-id").filter(|id| !id.is_empty());
        if trace_id.is_none() || request_id.is_none() {
            let before = self.violations.fetch_add(1, Ordering::Relaxed);
            if before < TOLD_MAX {
                let missing = if trace_id.is_none() {
                    "X-Trace-ID"
                } else {
                    "X-Request-ID"
                };
                announce(&format!(
                    "load: {method} {url} answered {status} without a valid {missing}"
                ));
            }
        }
        trace_id
    }

    pub(super) fn report(&self) -> String {
        let count = |counter: &AtomicU64| counter.load(Ordering::Relaxed);
        format!(
            "load: {} requests, {} unanswered, {} server errors, {} without X-Trace-ID or X-Request-ID",
            count(&self.requests),
            count(&self.failures),
            count(&self.server_errors),
            count(&self.violations)
        )
    }
}

fn is_trace_id(text: &str) -> bool {
    text.len() == 32
        && text.bytes().all(|b| matches!(b, b'0'..=b'9' | b'a'..=b'f'))
        && text.bytes().any(|b| b != b'0')
}
