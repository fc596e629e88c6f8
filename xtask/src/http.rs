//! One GET, as small as it can be: HTTP/1.0 over a socket, the answer read to its end.
//!
//! It serves to ask the store on this machine whether a trace is there. It knows no TLS, no redirects
//! and no chunks (HTTP/1.0 has none).

use std::io::{Read, Write};
use std::net::{TcpStream, ToSocketAddrs};
use std::time::Duration;

use anyhow::{Context, Result};

/// The longest that connecting, or waiting for the next bytes, may take.
const WAIT: Duration = Duration::from_secs(5);
/// More of an answer than this is not read.
const ANSWER_BYTES_MAX: u64 = 16 << 20;

/// The status and the body that `url` (`http://host:port/path`) answers.
pub(crate) fn get(url: &str) -> Result<(u16, String)> {
    let (host, path) = split(url).with_context(|| format!("`{url}` is no http:// address"))?;
    let answer = exchange(host, path).with_context(|| format!("could not get {url}"))?;
    parse(&answer).with_context(|| format!("{url} answered no HTTP"))
}

fn split(url: &str) -> Option<(&str, &str)> {
    let rest = url.strip_prefix("http://")?;
    let slash = rest.find('/').unwrap_or(rest.len());
    let (host, path) = rest.split_at(slash);
    Some((host, if path.is_empty() { "/" } else { path }))
}

fn exchange(host: &str, path: &str) -> Result<String> {
    let address = host.to_socket_addrs()?.next().context("no address")?;
    let mut stream = TcpStream::connect_timeout(&address, WAIT)?;
    stream.set_read_timeout(Some(WAIT))?;
    stream.set_write_timeout(Some(WAIT))?;
    write!(stream, "GET {path} HTTP/1.0\r\nHost: {host}\r\n\r\n")?;
    let mut answer = Vec::new();
    stream.take(ANSWER_BYTES_MAX).read_to_end(&mut answer)?;
    Ok(String::from_utf8_lossy(&answer).into_owned())
}

fn parse(answer: &str) -> Option<(u16, String)> {
    let (head, body) = answer.split_once("\r\n\r\n")?;
    let status = head.split(' ').nth(1)?.parse().ok()?;
    Some((status, body.to_owned()))
}

#[cfg(test)]
mod tests {
    use super::{get, parse, split};

    #[test]
    fn an_address_is_split_into_host_and_path() {
        assert_eq!(split("http://127.0.0.1:80"), Some(("127.0.0.1:80", "/")));
        assert_eq!(split("http://h:1/a?b=c"), Some(("h:1", "/a?b=c")));
        assert_eq!(split("https://h/"), None);
    }

    #[test]
    fn status_and_body_are_read() {
        let answer = "HTTP/1.0 404 Not Found\r\nx: y\r\n\r\nno\r\n\r\nsuch";
        assert_eq!(parse(answer), Some((404, "no\r\n\r\nsuch".to_owned())));
        assert_eq!(parse("garbage"), None);
    }

    #[test]
    fn a_silent_port_is_an_error_that_names_the_address() {
        let free = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
        let url = format!("http://{}/", free.local_addr().unwrap());
        drop(free);
        let error = get(&url).unwrap_err();
        assert!(error.to_string().contains(&url), "{error:#}");
    }
}
