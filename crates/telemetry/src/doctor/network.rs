//! No answer at all: why, as far as the client's error says, and what to do.

use super::Finding;
use crate::config::Otlp;

/// Why there was no answer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Trouble {
    Unresolved,
    Refused,
    Unreachable,
    Timeout,
    /// The certificate's issuer is not trusted.
    Issuer,
    Expired,
    NotYetValid,
    /// The certificate is another host's.
    Host,
    /// We speak TLS to a port that does not.
    PlainPort,
    /// The port speaks TLS and we do not.
    WantsTls,
    Tls(String),
    /// The port does not speak gRPC.
    NotGrpc,
    Other(String),
}

/// What the errors of rustls, hyper and the system hold, in lower case. The first that is found counts.
const SIGNS: [(&str, Trouble); 21] = [
    ("dns error", Trouble::Unresolved),
    ("failed to lookup address", Trouble::Unresolved),
    ("connection refused", Trouble::Refused),
    ("unreachable", Trouble::Unreachable),
    ("no route to host", Trouble::Unreachable),
    ("invalidcontenttype", Trouble::PlainPort),
    ("unknownissuer", Trouble::Issuer),
    ("unknown issuer", Trouble::Issuer),
    ("causedasendentity", Trouble::Issuer),
    ("notvalidyet", Trouble::NotYetValid),
    ("not valid yet", Trouble::NotYetValid),
    ("expired", Trouble::Expired),
    ("notvalidforname", Trouble::Host),
    ("not valid for name", Trouble::Host),
    ("not valid for", Trouble::Host),
    ("timed out", Trouble::Timeout),
    ("timeout expired", Trouble::Timeout),
    ("deadlineexceeded", Trouble::Timeout),
    ("frame with invalid size", Trouble::NotGrpc),
    ("http2 error", Trouble::NotGrpc),
    ("h2 protocol error", Trouble::NotGrpc),
];
const ABOUT_TLS: [&str; 4] = ["certificate", "tls", "handshake", "corrupt message"];

impl Trouble {
    /// What an error's text tells.
    pub(super) fn new(is_timeout: bool, text: String) -> Self {
        if is_timeout {
            return Self::Timeout;
        }
        let lower = text.to_ascii_lowercase();
        let sign = SIGNS.iter().find(|(sign, _)| lower.contains(sign));
        if let Some((_, trouble)) = sign {
            return trouble.clone();
        }
        if ABOUT_TLS.iter().any(|word| lower.contains(word)) {
            Self::Tls(text)
        } else {
            Self::Other(text)
        }
    }
}

pub(super) fn finding(trouble: &Trouble, otlp: &Otlp) -> Finding {
    let (what, remedy) = words(trouble, otlp);
    let endpoint = otlp.shown_endpoint();
    Finding::problem(format!("no answer from {endpoint}: {what}"), remedy)
}

fn words(trouble: &Trouble, otlp: &Otlp) -> (String, &'static str) {
    let (what, remedy) = match trouble {
        Trouble::Unresolved => (
            "its name could not be resolved",
            "correct the host in OTEL_EXPORTER_OTLP_ENDPOINT, or the DNS of this machine",
        ),
        Trouble::Refused => (
            "nothing listens at its port",
            "start the store (throughline serve), or correct the port; inside a container localhost is the container itself",
        ),
        Trouble::Unreachable => (
            "there is no way to its host",
            "look at the routes, the firewall and the VPN of this machine",
        ),
        Trouble::Timeout => {
            return (
                format!("it said nothing within {:?}", otlp.timeout),
                "look whether a firewall swallows the connection, whether the store is overloaded, and whether OTEL_EXPORTER_OTLP_TIMEOUT (milliseconds) is too short",
            );
        }
        Trouble::Issuer if otlp.tls.certificate.is_some() => (
            "the issuer of its certificate is unknown",
            "the file that OTEL_EXPORTER_OTLP_CERTIFICATE names has to hold the issuer's certificate, in PEM form",
        ),
        Trouble::Issuer => (
            "the issuer of its certificate is unknown",
            "name the certificate to trust in OTEL_EXPORTER_OTLP_CERTIFICATE",
        ),
        Trouble::Expired => (
            "its certificate has expired",
            "renew the store's certificate, or correct this machine's clock",
        ),
        Trouble::NotYetValid => (
            "its certificate is not valid yet",
            "correct this machine's clock, or the store's certificate",
        ),
        Trouble::Host => (
            "its certificate is for another host",
            "write the name that the certificate has into OTEL_EXPORTER_OTLP_ENDPOINT",
        ),
        Trouble::PlainPort => (
            "the address says https, but the port does not speak TLS",
            "write http:// in OTEL_EXPORTER_OTLP_ENDPOINT, or use the port that speaks TLS",
        ),
        Trouble::WantsTls => (
            "the address says http, but the port speaks TLS",
            "write https:// in OTEL_EXPORTER_OTLP_ENDPOINT",
        ),
        Trouble::Tls(text) => {
            return (
                format!("TLS failed: {text}"),
                "look at the certificate that the store shows, and at OTEL_EXPORTER_OTLP_CERTIFICATE and its kin",
            );
        }
        Trouble::NotGrpc => (
            "the port does not speak gRPC",
            "use port 4317, or set OTEL_EXPORTER_OTLP_PROTOCOL=http/protobuf",
        ),
        Trouble::Other(text) => {
            return (
                text.clone(),
                "look whether the port speaks OTLP/HTTP: 4318 usually does, 4317 is gRPC's",
            );
        }
    };
    (what.to_owned(), remedy)
}
