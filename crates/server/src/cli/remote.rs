//! The running server that a command asks: where it is, who asks, and what it says when it refuses.

use super::{EXIT_USAGE, Secret, terminal};
use clap::Args;
use http::{HeaderValue, Method, StatusCode};
use reqwest::{Client, Response};
use serde::de::DeserializeOwned;
use serde_json::Value;
use std::future::Future;
use std::process::ExitCode;
use std::time::Duration;

/// `EX_UNAVAILABLE` of BSD's sysexits.
const EXIT_NO_SERVER: u8 = 69;
/// Longer than the server lets a query run.
const ANSWER_MAX: Duration = Duration::from_secs(60);
/// A machine that is gone does not say so.
const CONNECT_MAX: Duration = Duration::from_secs(10);

/// What to do when something else answers.
const ANOTHER: &str = "name the address of the console and the API with --url";

/// Which server to ask.
#[derive(Debug, Args)]
pub(super) struct Remote {
    /// The server
    #[arg(
        long,
        global = true,
        value_name = "URL",
        env = "THROUGHLINE_URL",
        default_value = "http://127.0.0.1:4321"
    )]
    url: String,
    /// The token that the server asks for, if it does; better in the variable, where `ps` does not show it
    #[arg(
        long,
        global = true,
        value_name = "TOKEN",
        env = "THROUGHLINE_TOKEN",
        hide_env_values = true,
        value_parser = Secret::read
    )]
    token: Option<Secret>,
}

/// Why a command has nothing to show.
#[derive(Debug)]
pub(super) struct Failure {
    pub(super) message: String,
    /// To exit with.
    pub(super) code: u8,
    /// What the server answered, if it did.
    pub(super) status: Option<StatusCode>,
    /// The body of that answer.
    pub(super) body: Value,
}

impl Failure {
    pub(super) fn new(code: u8, message: impl Into<String>) -> Self {
        Self {
            message: message.into(),
            code,
            status: None,
            body: Value::Null,
        }
    }

    /// For what is to be typed anew.
    pub(super) fn usage(message: impl Into<String>) -> Self {
        Self::new(EXIT_USAGE, message)
    }

    /// Whether it may go by itself: nobody answers, or a server that is busy, that starts or ends.
    pub(super) fn may_pass(&self) -> bool {
        match self.status {
            Some(status) => status.is_server_error() || status == StatusCode::TOO_MANY_REQUESTS,
            None => self.code == EXIT_NO_SERVER,
        }
    }
}

/// What requests are sent with.
#[derive(Debug)]
pub(super) struct Connection<'a> {
    client: Client,
    pub(super) base: &'a str,
    token: Option<&'a str>,
}

impl Remote {
    pub(super) fn connect(&self) -> Result<Connection<'_>, Failure> {
        let token = self.token.as_ref().map(|token| token.0.as_str());
        if token.is_some_and(|token| HeaderValue::from_str(token).is_err()) {
            return Err(Failure::usage(
                "--token or THROUGHLINE_TOKEN: a token has no such characters; it begins with xaat-",
            ));
        }
        let client = Client::builder()
            .timeout(ANSWER_MAX)
            .connect_timeout(CONNECT_MAX)
            .build()
            .map_err(|error| Failure::new(1, format!("could not make a connection: {error}")))?;
        Ok(Connection {
            client,
            base: self.url.trim_end_matches('/'),
            token,
        })
    }
}

impl Connection<'_> {
    /// The JSON of a successful answer; `null` of one without a body.
    pub(super) async fn ask<T: DeserializeOwned>(
        &self,
        method: Method,
        path: &str,
        body: Option<&Value>,
    ) -> Result<T, Failure> {
        let base = self.base;
        let mut request = self.client.request(method, format!("{base}{path}"));
        if let Some(body) = body {
            let json = request.header("content-type", "application/json");
            request = json.body(body.to_string());
        }
        if let Some(token) = self.token {
            request = request.bearer_auth(token);
        }
        let response = request
            .send()
            .await
            .map_err(|error| self.no_answer(&error))?;
        let status = response.status();
        if !status.is_success() {
            return Err(self.refused(response).await);
        }
        let bytes = response
            .bytes()
            .await
            .map_err(|error| self.broken(&error))?;
        let text: &[u8] = if bytes.is_empty() { b"null" } else { &bytes };
        serde_json::from_slice(text).map_err(|error| {
            Failure::new(1, format!("could not read the answer of {base}: {error}"))
        })
    }

    /// Whether there is more than an address, which only a proxy makes something of.
    fn has_path(&self) -> bool {
        let after = self.base.split_once("://").map_or("", |(_, after)| after);
        after.contains('/')
    }

    fn no_answer(&self, error: &reqwest::Error) -> Failure {
        let base = self.base;
        if error.is_builder() {
            return Failure::usage(format!(
                "--url {base:?} is no address of a server, such as http://127.0.0.1:4321"
            ));
        }
        if error.is_timeout() && !error.is_connect() {
            let seconds = ANSWER_MAX.as_secs();
            let message = format!("the server at {base} did not answer within {seconds} s");
            return Failure::new(EXIT_NO_SERVER, message);
        }
        if !error.is_connect() && !error.is_timeout() {
            let message = format!("what answers at {base} is no API of Throughline; {ANOTHER}");
            return Failure::new(EXIT_NO_SERVER, message);
        }
        let remedy = match base.split_once("://") {
            Some(("https", address)) => &format!(
                "if it has no TLS, which is a proxy's to add, its address is http://{address}"
            ),
            _ => "start one with `throughline serve`, or name another with --url",
        };
        Failure::new(
            EXIT_NO_SERVER,
            format!("no server answers at {base}; {remedy}"),
        )
    }

    fn broken(&self, error: &reqwest::Error) -> Failure {
        let base = self.base;
        Failure::new(
            EXIT_NO_SERVER,
            format!("the answer of {base} broke off: {error}"),
        )
    }

    async fn refused(&self, response: Response) -> Failure {
        let status = response.status();
        let body: Value = response.json().await.unwrap_or_default();
        let is_ours = body["code"] == status.as_u16() && body["message"].is_string();
        if matches!(status.as_u16(), 404 | 405) && !is_ours {
            let message = format!(
                "what answers at {} is no API of Throughline; {ANOTHER}",
                self.base
            );
            return Failure {
                status: Some(status),
                ..Failure::new(EXIT_NO_SERVER, message)
            };
        }
        let said = body["message"]
            .as_str()
            .unwrap_or_else(|| status.canonical_reason().unwrap_or("no reason"));
        let remedy = match status {
            StatusCode::UNAUTHORIZED => "; give one with --token or THROUGHLINE_TOKEN",
            StatusCode::NOT_FOUND | StatusCode::METHOD_NOT_ALLOWED if self.has_path() => {
                "; --url is the address alone, as in http://127.0.0.1:4321"
            }
            _ => "",
        };
        let message = format!(
            "the server refused ({}): {}{remedy}",
            status.as_u16(),
            terminal::plain(said)
        );
        Failure {
            message,
            code: 1,
            status: Some(status),
            body,
        }
    }
}

/// Does what asks a server, and says why it could not.
pub(super) fn run(work: impl Future<Output = Result<ExitCode, Failure>>) -> ExitCode {
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build();
    let done = match runtime {
        Ok(runtime) => runtime.block_on(work),
        Err(error) => Err(Failure::new(1, format!("could not start: {error}"))),
    };
    done.unwrap_or_else(|failure| {
        terminal::complain(&failure.message);
        ExitCode::from(failure.code)
    })
}
