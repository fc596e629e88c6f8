//! HTTP/1.1 over a plain socket, from an address of one's own: what no proper client would send.

use crate::tally::Outcome;
use std::io;
use std::net::{Ipv4Addr, SocketAddr};
use std::time::Duration;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpSocket, TcpStream};
use tokio::time::timeout;

/// For an answer; longer than the server gives a body that does not come.
pub(crate) const PATIENCE: Duration = Duration::from_secs(70);

/// Connects from `127.0.0.<host>`.
pub(crate) async fn connect(host: u8, to: SocketAddr) -> io::Result<TcpStream> {
    let socket = TcpSocket::new_v4()?;
    socket.bind((Ipv4Addr::new(127, 0, 0, host), 0).into())?;
    let stream = socket.connect(to).await?;
    stream.set_nodelay(true)?;
    Ok(stream)
}

/// A client that keeps its connection for as long as it is let.
pub(crate) struct Raw {
    host: u8,
    to: SocketAddr,
    stream: Option<TcpStream>,
}

impl Raw {
    pub(crate) fn new(host: u8, to: SocketAddr) -> Self {
        Self {
            host,
            to,
            stream: None,
        }
    }

    /// Posts a body with more lines for the head; what came of it.
    pub(crate) async fn post(&mut self, lines: &str, body: &[u8]) -> Outcome {
        let head = format!(
            "POST /v1/traces HTTP/1.1\r\nhost: localhost\r\ncontent-length: {}\r\n{lines}\r\n",
            body.len()
        );
        match timeout(PATIENCE, self.exchange(head.as_bytes(), body)).await {
            Ok(Ok(status)) => Outcome::Http(status),
            Ok(Err(_)) => {
                self.stream = None;
                Outcome::Closed
            }
            Err(_) => {
                self.stream = None;
                Outcome::Silence
            }
        }
    }

    async fn exchange(&mut self, head: &[u8], body: &[u8]) -> io::Result<u16> {
        let mut stream = match self.stream.take() {
            Some(stream) => stream,
            None => connect(self.host, self.to).await?,
        };
        stream.write_all(head).await?;
        // A server that has seen enough answers before the end, and closes.
        let written = stream.write_all(body).await;
        let answer = read_answer(&mut stream).await?;
        if written.is_ok() && answer.keeps_open {
            self.stream = Some(stream);
        }
        Ok(answer.status)
    }
}

pub(crate) struct Answer {
    pub(crate) status: u16,
    keeps_open: bool,
}

/// Reads one answer with its body.
pub(crate) async fn read_answer(stream: &mut TcpStream) -> io::Result<Answer> {
    let mut said = Vec::new();
    let head = loop {
        if let Some(end) = said.windows(4).position(|four| four == b"\r\n\r\n") {
            break end + 4;
        }
        if stream.read_buf(&mut said).await? == 0 {
            return Err(io::ErrorKind::UnexpectedEof.into());
        }
    };
    let text = String::from_utf8_lossy(&said[..head]).to_ascii_lowercase();
    let field = |name: &str| text.lines().find_map(|line| line.strip_prefix(name));
    let length: usize = field("content-length: ").map_or(0, |text| text.parse().unwrap());
    while said.len() < head + length {
        if stream.read_buf(&mut said).await? == 0 {
            return Err(io::ErrorKind::UnexpectedEof.into());
        }
    }
    Ok(Answer {
        status: text[9..12].parse().unwrap(),
        keeps_open: field("connection: close").is_none(),
    })
}
