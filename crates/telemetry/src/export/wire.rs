//! One HTTP request to the store, and what came of it. The SDK's exporter encodes and retries; where it goes and with
//! which headers is decided here, since the exporter would read the environment again and differently.

use std::error::Error as _;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex, PoisonError};

use async_trait::async_trait;
use bytes::{Bytes, BytesMut};
use http::{HeaderMap, Request, Response, header};
use opentelemetry_http::{HttpClient, HttpError};
use tokio::runtime::Handle;
use tokio::task::AbortHandle;

use super::{Error, tls};
use crate::config::Otlp;

/// More than this of an answer is nothing we could use.
const ANSWER_BYTES_MAX: usize = 64 * 1024;
/// What is shown of an answer that refuses.
const SHOWN_CHARS_MAX: usize = 200;

/// The client of one signal.
#[derive(Debug)]
pub(super) struct Wire {
    client: reqwest::Client,
    url: reqwest::Url,
    headers: HeaderMap,
    /// Requests run here, whoever waits for them: the SDK sends metrics from a thread without a runtime.
    runtime: Handle,
    heard: Arc<Heard>,
}

/// What the store last said.
#[derive(Debug, Default)]
pub(crate) struct Heard {
    last: Mutex<Option<Answer>>,
    beside: Mutex<Beside>,
    rejected: AtomicU64,
}

/// What the last answer held beside its status, for the doctor. The texts can steer no terminal.
#[derive(Clone, Debug, Default)]
pub(crate) struct Beside {
    pub(crate) date: Option<String>,
    pub(crate) content_type: Option<String>,
    /// Without what could be secret in it.
    pub(crate) location: Option<String>,
    /// The beginning of what was said, also of a success.
    pub(crate) said: String,
}

/// How a request ended.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Answer {
    /// With this status, and the beginning of what was said beside it.
    Status(u16, String),
    /// Without an answer, for this reason.
    None(Failure, String),
}

/// Why there was no answer.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Failure {
    Connect,
    Tls,
    Timeout,
    Other,
}

impl Heard {
    pub(crate) fn last(&self) -> Option<Answer> {
        self.last
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .clone()
    }

    pub(crate) fn beside(&self) -> Beside {
        self.beside
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .clone()
    }

    /// How many the store has refused since this was last asked.
    pub(crate) fn take_rejected(&self) -> u64 {
        self.rejected.swap(0, Ordering::Relaxed)
    }

    fn keep(&self, answer: Answer) {
        *self.last.lock().unwrap_or_else(PoisonError::into_inner) = Some(answer);
    }

    fn keep_beside(&self, beside: Beside) {
        *self.beside.lock().unwrap_or_else(PoisonError::into_inner) = beside;
    }
}

impl Beside {
    fn of(response: &Response<Bytes>) -> Self {
        let text = |name: header::HeaderName| {
            let value = response.headers().get(name)?;
            Some(shown(value.as_bytes()))
        };
        Self {
            date: text(header::DATE),
            content_type: text(header::CONTENT_TYPE),
            location: text(header::LOCATION).map(|target| {
                let end = target.find(['?', '#']).unwrap_or(target.len());
                target[..end].to_owned()
            }),
            said: shown(response.body()),
        }
    }
}

impl std::fmt::Display for Answer {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Status(status, said) if said.is_empty() => {
                write!(f, "the store answered {status}")
            }
            Self::Status(status, said) => write!(f, "the store answered {status}: {said}"),
            Self::None(_, reason) => f.write_str(reason),
        }
    }
}

impl Wire {
    /// A client that runs its requests on the current runtime.
    pub(super) fn new(otlp: &Otlp, heard: Arc<Heard>) -> Result<Self, Error> {
        let refused = |reason: String| Error::Endpoint(otlp.shown_endpoint(), reason);
        let url =
            reqwest::Url::parse(&otlp.endpoint).map_err(|error| refused(error.to_string()))?;
        if !matches!(url.scheme(), "http" | "https") {
            return Err(refused(format!(
                "{:?} is neither http nor https",
                url.scheme()
            )));
        }
        let pems = tls::read(&otlp.tls)?;
        let mut builder = reqwest::Client::builder()
            .timeout(otlp.timeout)
            // The headers are for this store, not for whoever it names.
            .redirect(reqwest::redirect::Policy::none());
        if let Some(pem) = &pems.trusted {
            let trusted = reqwest::Certificate::from_pem_bundle(pem);
            builder = builder.tls_certs_merge(trusted.map_err(|error| refused(chain(&error)))?);
        }
        if let Some((key, certificate)) = &pems.identity {
            let pem = [key.as_slice(), b"\n", certificate].concat();
            let identity = reqwest::Identity::from_pem(&pem);
            builder = builder.identity(identity.map_err(|error| refused(chain(&error)))?);
        }
        Ok(Self {
            client: builder.build().map_err(|error| refused(chain(&error)))?,
            url,
            headers: otlp
                .headers
                .iter()
                .map(|(name, value)| (name.clone(), value.clone()))
                .collect(),
            runtime: Handle::current(),
            heard,
        })
    }

    fn request(&self, request: Request<Bytes>) -> reqwest::Request {
        let (head, body) = request.into_parts();
        let mut sent = reqwest::Request::new(reqwest::Method::POST, self.url.clone());
        let encoding = [
            header::CONTENT_TYPE,
            header::CONTENT_ENCODING,
            header::USER_AGENT,
        ];
        for name in encoding {
            if let Some(value) = head.headers.get(&name) {
                sent.headers_mut().insert(name, value.clone());
            }
        }
        for (name, value) in &self.headers {
            sent.headers_mut().insert(name.clone(), value.clone());
        }
        *sent.body_mut() = Some(body.into());
        sent
    }
}

/// Whether anything answers there: an empty request, with the headers of `otlp`.
pub(crate) async fn try_connection(otlp: &Otlp) -> Option<Answer> {
    let heard = Arc::new(Heard::default());
    let wire = Wire::new(otlp, heard.clone()).ok()?;
    let _ = wire.send_bytes(Request::new(Bytes::new())).await;
    heard.last()
}

#[async_trait]
impl HttpClient for Wire {
    async fn send_bytes(&self, request: Request<Bytes>) -> Result<Response<Bytes>, HttpError> {
        let (client, request) = (self.client.clone(), self.request(request));
        let answered = self
            .runtime
            .spawn(async move { read(client.execute(request).await?).await });
        // A request that nobody waits for any more is given up: its spans are counted as lost.
        let _given_up = AbortOnDrop(answered.abort_handle());
        match answered.await? {
            Ok(response) => {
                let status = response.status();
                self.heard.keep_beside(Beside::of(&response));
                if status.is_success() {
                    let rejected = rejected(response.body());
                    self.heard.rejected.fetch_add(rejected, Ordering::Relaxed);
                }
                let said = if status.is_success() {
                    String::new()
                } else {
                    shown(response.body())
                };
                self.heard.keep(Answer::Status(status.as_u16(), said));
                Ok(response)
            }
            Err(error) => {
                let error = error.without_url();
                self.heard
                    .keep(Answer::None(failure(&error), chain(&error)));
                Err(error.into())
            }
        }
    }
}

struct AbortOnDrop(AbortHandle);

impl Drop for AbortOnDrop {
    fn drop(&mut self) {
        self.0.abort();
    }
}

/// The answer with as much of its body as is of use.
async fn read(mut response: reqwest::Response) -> reqwest::Result<Response<Bytes>> {
    let mut body = BytesMut::new();
    while let Some(chunk) = response.chunk().await? {
        let room = ANSWER_BYTES_MAX - body.len();
        body.extend_from_slice(&chunk[..chunk.len().min(room)]);
        if body.len() == ANSWER_BYTES_MAX {
            break;
        }
    }
    let mut answer = Response::new(body.freeze());
    *answer.status_mut() = response.status();
    *answer.headers_mut() = std::mem::take(response.headers_mut());
    Ok(answer)
}

fn failure(error: &reqwest::Error) -> Failure {
    let text = chain(error).to_ascii_lowercase();
    let about_tls = ["certificate", "tls", "handshake", "corrupt message"];
    if error.is_timeout() {
        Failure::Timeout
    } else if about_tls.iter().any(|word| text.contains(word)) {
        Failure::Tls
    } else if error.is_connect() {
        Failure::Connect
    } else {
        Failure::Other
    }
}

/// An error with its causes; `reqwest` alone says only that something went wrong.
fn chain(error: &reqwest::Error) -> String {
    let mut text = error.to_string();
    let mut cause = error.source();
    while let Some(error) = cause {
        let next = error.to_string();
        if !text.contains(&next) {
            text = format!("{text}: {next}");
        }
        cause = error.source();
    }
    text
}

/// The beginning of a refusal, on one line, without what could steer a terminal.
fn shown(body: &[u8]) -> String {
    let text = String::from_utf8_lossy(status_message(body).unwrap_or(body));
    let plain = text.chars().filter(|c| !c.is_control() && *c != '\u{fffd}');
    plain
        .take(SHOWN_CHARS_MAX)
        .collect::<String>()
        .trim()
        .to_owned()
}

/// The message of a protobuf status, which OTLP wants as the body of a refusal: field 2, behind the code in field 1.
fn status_message(body: &[u8]) -> Option<&[u8]> {
    const CODE: u64 = 0x08;
    const MESSAGE: u64 = 0x12;
    let behind_code = match field(body)? {
        ((CODE, _), rest) => rest,
        _ => body,
    };
    let ((_, length), rest) = field(behind_code).filter(|((key, _), _)| *key == MESSAGE)?;
    rest.get(..usize::try_from(length).ok()?)
}

/// How many a successful answer says were refused: the number in field 1 of the message in field 1, in the answers of
/// all three signals. Anything but well-formed protobuf says nothing.
fn rejected(answer: &[u8]) -> u64 {
    const MESSAGE: u64 = 0x0a;
    const NUMBER: u64 = 0x08;
    let read = || {
        let ((_, length), rest) = field(answer).filter(|((key, _), _)| *key == MESSAGE)?;
        let inner = rest.get(..usize::try_from(length).ok()?)?;
        let ((key, count), _) = field(inner)?;
        (key == NUMBER).then_some(count)
    };
    read().unwrap_or(0)
}

/// A field's key and the number behind it, which is a message's length, and what follows.
fn field(bytes: &[u8]) -> Option<((u64, u64), &[u8])> {
    let (key, key_bytes) = varint(bytes)?;
    let rest = bytes.get(key_bytes..)?;
    let (value, value_bytes) = varint(rest)?;
    Some(((key, value), rest.get(value_bytes..)?))
}

fn varint(bytes: &[u8]) -> Option<(u64, usize)> {
    let mut value = 0_u64;
    for (at, byte) in bytes.iter().enumerate().take(10) {
        value |= u64::from(byte & 0x7f).checked_shl(7 * u32::try_from(at).ok()?)?;
        if byte & 0x80 == 0 {
            return Some((value, at + 1));
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn refusals_are_read_as_text_or_as_a_status() {
        for (body, text) in [
            (&b"no such dataset\n"[..], "no such dataset"),
            (b"\x12\x04nope", "nope"),
            (b"\x08\x03\x12\x04nope\x1a\x01x", "nope"),
            (b"\x08\x03\x12\x7fshort", "short"),
            (b"\x1b[31mred", "[31mred"),
            (b"", ""),
        ] {
            assert_eq!(shown(body), text, "{body:?}");
        }
        assert_eq!(shown(&[b'x'; 1000]).len(), 200);
    }

    #[test]
    fn only_a_well_formed_answer_says_how_many_were_refused() {
        for (answer, count) in [
            (&b"\x0a\x02\x08\x03"[..], 3),
            (b"\x0a\x05\x08\x80\x01\x12\x00", 128),
            (b"", 0),
            (b"\x0a\x7f\x08\x03", 0),
            (b"\x0a\x02\x12\x00", 0),
            (b"\xff\xff\xff\xff\xff\xff\xff\xff\xff\xff\xff", 0),
            (b"<html>", 0),
        ] {
            assert_eq!(rejected(answer), count, "{answer:?}");
        }
    }

    #[test]
    fn a_number_has_ten_bytes_at_most() {
        let most = [0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0x01];
        assert_eq!(varint(&most), Some((u64::MAX, 10)));
        assert_eq!(varint(&[0x80; 11]), None);
        assert_eq!(varint(&[0x80; 9]), None, "cut off");
        assert_eq!(varint(&[0xac, 0x02, 0x7f]), Some((300, 2)));
    }

    #[test]
    fn an_answer_is_told_in_words() {
        for (answer, expected) in [
            (Answer::Status(503, String::new()), "the store answered 503"),
            (
                Answer::Status(401, "no such token".to_owned()),
                "the store answered 401: no such token",
            ),
            (
                Answer::None(Failure::Connect, "refused".to_owned()),
                "refused",
            ),
        ] {
            assert_eq!(answer.to_string(), expected);
        }
    }

    #[tokio::test]
    async fn more_of_an_answer_than_is_of_use_is_left_unread() {
        let long = vec![b'x'; ANSWER_BYTES_MAX + 1];
        for (body, kept) in [(long, ANSWER_BYTES_MAX), (vec![b'y'; 7], 7)] {
            let answer = read(Response::new(body).into()).await.unwrap();
            assert_eq!(answer.body().len(), kept);
        }
    }
}
