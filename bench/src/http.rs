//! HTTP/1.1 on one kept connection, written by hand: the head is put before prepared bytes, and of the
//! answer only what is needed is read. For the OTLP door and for the query API.

use anyhow::{Context, Result, bail, ensure};
use bytes::{Buf, Bytes};
use std::time::Duration;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;

const ANSWER_BYTES_MAX: usize = 64 << 20;

/// An open connection.
#[derive(Debug)]
pub(crate) struct Connection {
    stream: TcpStream,
    /// `host:port`.
    authority: String,
    answer: Vec<u8>,
}

/// An answer.
#[derive(Debug)]
pub(crate) struct Answer {
    pub(crate) status: u16,
    pub(crate) retry_after: Option<Duration>,
    pub(crate) body: Vec<u8>,
}

/// What stands before the body.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Target<'a> {
    pub(crate) path: &'a str,
    pub(crate) content_type: &'a str,
    pub(crate) gzip: bool,
}

impl Connection {
    /// Connects to `http://host:port`.
    pub(crate) async fn open(url: &str) -> Result<Self> {
        let authority = authority(url)?;
        let stream = TcpStream::connect(&authority)
            .await
            .with_context(|| format!("could not connect to {authority}"))?;
        stream.set_nodelay(true)?;
        Ok(Self {
            stream,
            authority,
            answer: Vec::with_capacity(4096),
        })
    }

    /// Sends one request, its body in two pieces, and waits for the whole answer.
    pub(crate) async fn post(
        &mut self,
        target: Target<'_>,
        body: Bytes,
        rest: &[u8],
    ) -> Result<Answer> {
        let encoding = if target.gzip {
            "content-encoding: gzip\r\n"
        } else {
            ""
        };
        let head = format!(
            "POST {} HTTP/1.1\r\nhost: {}\r\ncontent-type: {}\r\n{encoding}content-length: {}\r\n\r\n",
            target.path,
            self.authority,
            target.content_type,
            body.len() + rest.len(),
        );
        let mut request = Buf::chain(head.as_bytes(), body).chain(rest);
        self.stream.write_all_buf(&mut request).await?;
        self.answer().await
    }

    /// Asks for a path and waits for the whole answer.
    pub(crate) async fn get(&mut self, path: &str) -> Result<Answer> {
        let head = format!("GET {path} HTTP/1.1\r\nhost: {}\r\n\r\n", self.authority);
        self.stream.write_all(head.as_bytes()).await?;
        self.answer().await
    }

    async fn answer(&mut self) -> Result<Answer> {
        self.answer.clear();
        let (head_bytes, head) = loop {
            self.more().await?;
            if let Some(end) = find(&self.answer, b"\r\n\r\n") {
                break (end + 4, Head::parse(&self.answer[..end])?);
            }
        };
        let end = head_bytes + head.content_length;
        ensure!(end <= ANSWER_BYTES_MAX, "the answer is too long");
        while self.answer.len() < end {
            self.more().await?;
        }
        ensure!(self.answer.len() == end, "more than one answer came");
        Ok(Answer {
            status: head.status,
            retry_after: head.retry_after,
            body: self.answer.split_off(head_bytes),
        })
    }

    async fn more(&mut self) -> Result<()> {
        if self.stream.read_buf(&mut self.answer).await? == 0 {
            bail!("the server hung up");
        }
        Ok(())
    }
}

/// `host:port` of an `http://` address.
pub(crate) fn authority(url: &str) -> Result<String> {
    let rest = url.strip_prefix("http://").with_context(|| {
        format!("could not read the address {url:?}: expected http://host:port")
    })?;
    Ok(rest.trim_end_matches('/').to_owned())
}

fn find(bytes: &[u8], wanted: &[u8]) -> Option<usize> {
    bytes.windows(wanted.len()).position(|at| at == wanted)
}

/// What is read of an answer's head.
#[derive(Debug, Default, PartialEq, Eq)]
struct Head {
    status: u16,
    content_length: usize,
    retry_after: Option<Duration>,
}

impl Head {
    fn parse(bytes: &[u8]) -> Result<Self> {
        let text = std::str::from_utf8(bytes).context("could not read the answer's head")?;
        let mut lines = text.split("\r\n");
        let status = lines.next().and_then(|line| line.split(' ').nth(1));
        let mut head = Self {
            status: status.unwrap_or_default().parse()?,
            ..Self::default()
        };
        for (name, value) in lines.filter_map(|line| line.split_once(':')) {
            let value = value.trim();
            match name.to_ascii_lowercase().as_str() {
                "content-length" => head.content_length = value.parse()?,
                "retry-after" => head.retry_after = Some(Duration::from_secs(value.parse()?)),
                "transfer-encoding" => bail!("the answer comes in chunks, which is not read here"),
                _ => {}
            }
        }
        Ok(head)
    }
}

#[cfg(test)]
mod tests {
    use super::{Duration, Head, authority};

    #[test]
    fn a_head_is_read() {
        let head = Head::parse(
            b"HTTP/1.1 503 Service Unavailable\r\nContent-Length: 12\r\nretry-after: 2\r\ndate: x",
        );
        let expected = Head {
            status: 503,
            content_length: 12,
            retry_after: Some(Duration::from_secs(2)),
        };
        assert_eq!(head.unwrap(), expected);
        assert!(Head::parse(b"HTTP/1.1 200 OK\r\ntransfer-encoding: chunked").is_err());
    }

    #[test]
    fn an_address_has_a_host_and_a_port() {
        assert_eq!(
            authority("http://127.0.0.1:4318/").unwrap(),
            "127.0.0.1:4318"
        );
        assert!(authority("127.0.0.1:4318").is_err());
    }
}
