//! What HTTP answers, and what the doctor says to it.

use std::fmt::Write as _;
use std::thread;

use expect_test::expect;

use super::listener::{plain, response};
use super::{answer, report};

/// A partial success that refuses one span, "too old"; and one that only warns.
const REFUSED: &str = "\x0a\x0b\x08\x01\x12\x07too old";
const WARNED: &str = "\x0a\x0b\x12\x09half full";
const PROTOBUF: &str = "content-type: application/x-protobuf\r\n";
const HTML: &str = "content-type: text/html; charset=utf-8\r\n";

#[test]
fn every_answer_has_its_words() {
    let cases = [
        ("200 OK", PROTOBUF, ""),
        ("202 Accepted", "", ""),
        ("200 OK", PROTOBUF, REFUSED),
        ("200 OK", PROTOBUF, WARNED),
        ("200 OK", HTML, "<html>Console</html>"),
        (
            "301 Moved",
            "location: https://store.example/v1/traces?key=sesame-4711\r\n",
            "",
        ),
        ("400 Bad Request", "", "no protobuf"),
        (
            "400 Bad Request",
            "",
            "The plain HTTP request was sent to HTTPS port",
        ),
        // A store that repeats the token: it must not get into the report.
        ("401 Unauthorized", "", "unknown token sesame-4711"),
        ("403 Forbidden", "", ""),
        ("404 Not Found", "", "no dataset traces"),
        ("405 Method Not Allowed", "", ""),
        ("413 Too Large", "", ""),
        ("415 Unsupported", "", ""),
        ("418 Teapot", "", "\u{1b}[31mshort and stout"),
        ("429 Too Many", "", "quota"),
        ("500 Failed", "", ""),
        ("503 Unavailable", "", "later"),
    ];
    let runs = cases.map(|(status, headers, body)| {
        thread::spawn(move || {
            let url = plain(response(status, headers, body));
            format!("# {status}\n{}\n", answer(&report(&url, &[]), &url))
        })
    });
    let mut text = String::new();
    for run in runs {
        let _ = write!(text, "{}", run.join().unwrap());
    }
    expect![[r##"
        # 200 OK
        ok       trace TRACE was accepted: look for it, its span is called "throughline doctor"
        # 202 Accepted
        ok       trace TRACE was accepted: look for it, its span is called "throughline doctor"
        # 200 OK
        problem  the answer was 200, but the store refused the span ("too old")
                   -> ask the store why: its quota, the span's age and its size are the usual reasons
        # 200 OK
        warning  trace TRACE was accepted, with a warning ("half full")
                   -> do what the store says: some day it will refuse
        # 200 OK
        problem  the answer was 200, but with a web page: this is not an OTLP endpoint
                   -> use the port that takes OTLP, usually 4318; a console or a proxy answered here
        # 301 Moved
        problem  the store answered 301 and points to https://store.example/v1/traces; headers are sent only where the settings say, so that is not followed
                   -> set OTEL_EXPORTER_OTLP_ENDPOINT to where it points, without /v1/traces; often https:// is all that is missing
        # 400 Bad Request
        problem  the store answered 400: it did not understand the request ("no protobuf")
                   -> look whether the address takes OTLP/HTTP in protobuf, and whether a proxy changes bodies
        # 400 Bad Request
        problem  the store answered 400: the port speaks TLS ("The plain HTTP request was sent to HTTPS port")
                   -> write https:// in OTEL_EXPORTER_OTLP_ENDPOINT
        # 401 Unauthorized
        problem  the store answered 401: the token is missing or unknown ("unknown token ****")
                   -> set OTEL_EXPORTER_OTLP_HEADERS="Authorization=Bearer <token>" with a token that may write
        # 403 Forbidden
        problem  the store answered 403: the token may not write there
                   -> use a token that may write, and look at X-Axiom-Dataset in OTEL_EXPORTER_OTLP_HEADERS
        # 404 Not Found
        problem  the store answered 404: there is nothing at this path, or no such dataset ("no dataset traces")
                   -> let OTEL_EXPORTER_OTLP_ENDPOINT end before /v1/traces, and make the dataset that X-Axiom-Dataset names
        # 405 Method Not Allowed
        problem  the store answered 405: it takes no POST at this path
                   -> the address is a web site's; use the port that takes OTLP, usually 4318
        # 413 Too Large
        problem  the store answered 413: the request was too large, though it held one span
                   -> look at the body limit of the store, or of the proxy before it
        # 415 Unsupported
        problem  the store answered 415: it does not take this kind of body
                   -> unset OTEL_EXPORTER_OTLP_COMPRESSION; if that does not help, the store does not speak http/protobuf
        # 418 Teapot
        problem  the store answered 418: that is no answer to an export ("[31mshort and stout")
                   -> look whether the address takes OTLP/HTTP
        # 429 Too Many
        problem  the store answered 429: it has too much to do, or the quota is used up ("quota")
                   -> wait, raise the quota, or lower OTEL_TRACES_SAMPLER_ARG
        # 500 Failed
        problem  the store answered 500: it failed
                   -> look into the store's log, and try again
        # 503 Unavailable
        problem  the store answered 503: it, or what lies behind it, cannot answer now ("later")
                   -> look whether the store runs behind its proxy, and try again
    "##]].assert_eq(&text);
}

#[test]
fn no_answer_has_its_words_too() {
    let cases = [
        // A port on which nothing listens.
        "http://127.0.0.1:1",
        "http://no-such-host.invalid:4318",
    ];
    let mut text = String::new();
    for url in cases {
        let _ = writeln!(text, "# {url}\n{}", answer(&report(url, &[]), url));
    }
    expect![[r#"
        # http://127.0.0.1:1
        problem  no answer from http://127.0.0.1:PORT/v1/traces: nothing listens at its port
                   -> start the store (throughline serve), or correct the port; inside a container localhost is the container itself
        # http://no-such-host.invalid:4318
        problem  no answer from http://no-such-host.invalid:PORT/v1/traces: its name could not be resolved
                   -> correct the host in OTEL_EXPORTER_OTLP_ENDPOINT, or the DNS of this machine
    "#]].assert_eq(&text);
}

#[test]
fn a_clock_that_is_wrong() {
    let cases = [
        (
            "Sun, 06 Nov 1994 08:49:37 GMT",
            Some("warning  the clock is"),
        ),
        ("Sun, 06 Nov 2174 08:49:37 GMT", Some("behind the store's")),
        ("yesterday", None),
    ];
    for (date, expected) in cases {
        let url = plain(response("200 OK", &format!("date: {date}\r\n"), ""));
        let text = report(&url, &[]).to_string();
        match expected {
            Some(expected) => assert!(text.contains(expected), "{text}"),
            None => assert!(!text.contains("clock"), "{text}"),
        }
    }
    let url = plain(response("200 OK", &format!("date: {}\r\n", now()), ""));
    let text = report(&url, &[]).to_string();
    assert!(text.contains("ok       the clock agrees"), "{text}");
}

/// The time as a server writes it.
fn now() -> String {
    let now = chrono::Utc::now();
    now.format("%a, %d %b %Y %H:%M:%S GMT").to_string()
}
