//! Certificates: unknown, trusted, expired, another host's; TLS where there is none, and none where there is.

use std::fmt::Write as _;
use std::path::Path;

use expect_test::expect;
use rcgen::{CertificateParams, KeyPair, date_time_ymd};

use super::listener::{plain, response, tls};
use super::{answer, report};

const CERTIFICATE: &str = "OTEL_EXPORTER_OTLP_CERTIFICATE";

/// A certificate that is its own issuer, and its key.
fn signed_by_itself(host: &str, is_expired: bool) -> (String, String) {
    let mut params = CertificateParams::new(vec![host.to_owned()]).unwrap();
    if is_expired {
        params.not_after = date_time_ymd(2001, 1, 1);
    }
    let key = KeyPair::generate().unwrap();
    (params.self_signed(&key).unwrap().pem(), key.serialize_pem())
}

fn ok() -> String {
    response("200 OK", "", "")
}

#[test]
fn certificates() {
    let directory = tempfile::tempdir().unwrap();
    let trust = |name: &str, pem: &str| {
        let path = directory.path().join(name);
        std::fs::write(&path, pem).unwrap();
        path.to_str().unwrap().to_owned()
    };
    let (good, key) = signed_by_itself("localhost", false);
    let url = tls(&good, &key, ok());
    let path = trust("good", &good);
    let mut text = String::new();
    let mut case = |name: &str, url: &str, variables: &[(&str, &str)]| {
        let said = answer(&report(url, variables), url);
        let said = said.replace(directory.path().to_str().unwrap(), "DIR");
        let _ = writeln!(text, "# {name}\n{said}");
    };
    case("unknown", &url, &[]);
    case("trusted", &url, &[(CERTIFICATE, &path)]);
    let grpc = ("OTEL_EXPORTER_OTLP_PROTOCOL", "grpc");
    case("unknown, grpc", &url, &[grpc]);
    let (old, key) = signed_by_itself("localhost", true);
    case(
        "expired",
        &tls(&old, &key, ok()),
        &[(CERTIFICATE, &trust("old", &old))],
    );
    let (other, key) = signed_by_itself("other.example", false);
    case(
        "other host",
        &tls(&other, &key, ok()),
        &[(CERTIFICATE, &trust("other", &other))],
    );
    case("no TLS there", &plain(ok()).replace("http:", "https:"), &[]);
    case("TLS there", &url.replace("https:", "http:"), &[]);
    let missing = directory.path().join("missing");
    case("no file", &url, &[(CERTIFICATE, missing.to_str().unwrap())]);
    case("no PEM", &url, &[(CERTIFICATE, &trust("none", "hello"))]);
    assert!(Path::new(&path).exists());
    expect![[r##"
        # unknown
        problem  no answer from https://localhost:PORT/v1/traces: the issuer of its certificate is unknown
                   -> name the certificate to trust in OTEL_EXPORTER_OTLP_CERTIFICATE
        # trusted
        ok       trace TRACE was accepted: look for it, its span is called "throughline doctor"
        # unknown, grpc
        problem  no answer from https://localhost:PORT/: the issuer of its certificate is unknown
                   -> name the certificate to trust in OTEL_EXPORTER_OTLP_CERTIFICATE
        # expired
        problem  no answer from https://localhost:PORT/v1/traces: its certificate has expired
                   -> renew the store's certificate, or correct this machine's clock
        # other host
        problem  no answer from https://localhost:PORT/v1/traces: its certificate is for another host
                   -> write the name that the certificate has into OTEL_EXPORTER_OTLP_ENDPOINT
        # no TLS there
        problem  no answer from https://127.0.0.1:PORT/v1/traces: the address says https, but the port does not speak TLS
                   -> write http:// in OTEL_EXPORTER_OTLP_ENDPOINT, or use the port that speaks TLS
        # TLS there
        problem  no answer from http://localhost:PORT/v1/traces: the address says http, but the port speaks TLS
                   -> write https:// in OTEL_EXPORTER_OTLP_ENDPOINT
        # no file
        problem  could not read the certificate to trust from DIR/missing: No such file or directory (os error 2)
                   -> correct the path in OTEL_EXPORTER_OTLP_CERTIFICATE, _CLIENT_KEY or _CLIENT_CERTIFICATE, or the file's permissions
        # no PEM
        problem  no answer from https://localhost:PORT/v1/traces: the issuer of its certificate is unknown
                   -> the file that OTEL_EXPORTER_OTLP_CERTIFICATE names has to hold the issuer's certificate, in PEM form
    "##]].assert_eq(&text);
}
