//! HTTPS and client certificates against a real TLS server whose authority nobody knows but the test.

use std::fs;
use std::path::PathBuf;
use std::sync::Arc;
use std::time::Duration;

use rcgen::{BasicConstraints, CertificateParams, IsCa, Issuer, KeyPair};
use throughline_telemetry::Telemetry;
use tokio_rustls::rustls::crypto::aws_lc_rs;
use tokio_rustls::rustls::pki_types::{CertificateDer, PrivateKeyDer};
use tokio_rustls::rustls::server::WebPkiClientVerifier;
use tokio_rustls::rustls::{RootCertStore, ServerConfig};

use crate::collector::Collector;
use crate::export::{config, one_span};

/// An authority and what it has signed, as files.
pub(crate) struct Authority {
    issuer: Issuer<'static, KeyPair>,
    certificate: CertificateDer<'static>,
    folder: tempfile::TempDir,
}

impl Authority {
    pub(crate) fn new() -> Self {
        let mut params = CertificateParams::new(Vec::new()).unwrap();
        params.is_ca = IsCa::Ca(BasicConstraints::Unconstrained);
        let key = KeyPair::generate().unwrap();
        let certificate = params.self_signed(&key).unwrap();
        let folder = tempfile::tempdir().unwrap();
        fs::write(folder.path().join("ca.pem"), certificate.pem()).unwrap();
        let certificate = certificate.der().clone();
        Self {
            issuer: Issuer::new(params, key),
            certificate,
            folder,
        }
    }

    pub(crate) fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    /// A certificate for `name`, also written to `<name>.pem` and `<name>.key`.
    pub(crate) fn sign(&self, name: &str) -> (CertificateDer<'static>, KeyPair) {
        let key = KeyPair::generate().unwrap();
        let params = CertificateParams::new(vec![name.to_owned()]).unwrap();
        let signed = params.signed_by(&key, &self.issuer).unwrap();
        fs::write(self.path(&format!("{name}.pem")), signed.pem()).unwrap();
        fs::write(self.path(&format!("{name}.key")), key.serialize_pem()).unwrap();
        (signed.der().clone(), key)
    }

    pub(crate) fn server(&self, asks_for_certificates: bool) -> ServerConfig {
        let (certificate, key) = self.sign("localhost");
        let key = PrivateKeyDer::try_from(key.serialize_der()).unwrap();
        let provider = Arc::new(aws_lc_rs::default_provider());
        let builder = ServerConfig::builder_with_provider(provider.clone())
            .with_safe_default_protocol_versions()
            .unwrap();
        let builder = if asks_for_certificates {
            let mut roots = RootCertStore::empty();
            roots.add(self.certificate.clone()).unwrap();
            let verifier = WebPkiClientVerifier::builder_with_provider(Arc::new(roots), provider);
            builder.with_client_cert_verifier(verifier.build().unwrap())
        } else {
            builder.with_no_client_auth()
        };
        builder.with_single_cert(vec![certificate], key).unwrap()
    }
}

async fn exported(url: &str, files: &[(&str, PathBuf)]) -> u64 {
    let variables: Vec<(&str, &str)> = files
        .iter()
        .map(|(name, path)| (*name, path.to_str().unwrap()))
        .collect();
    let service = Telemetry::build(config(url, &variables));
    one_span(&service).await;
    service.shutdown(Duration::from_secs(5)).await.exported
}

#[tokio::test]
async fn a_store_is_believed_when_its_authority_is_named() {
    let authority = Authority::new();
    let collector = Collector::with_tls(authority.server(false));
    let ca = ("OTEL_EXPORTER_OTLP_CERTIFICATE", authority.path("ca.pem"));
    assert_eq!(exported(&collector.url, &[]).await, 0);
    assert_eq!(collector.spans(), 0, "a stranger was believed");
    assert_eq!(exported(&collector.url, &[ca]).await, 1);
    assert_eq!(collector.spans(), 1);
}

#[tokio::test]
async fn a_store_may_ask_who_we_are() {
    let authority = Authority::new();
    authority.sign("service");
    let collector = Collector::with_tls(authority.server(true));
    let ca = ("OTEL_EXPORTER_OTLP_CERTIFICATE", authority.path("ca.pem"));
    let key = (
        "OTEL_EXPORTER_OTLP_CLIENT_KEY",
        authority.path("service.key"),
    );
    let certificate = (
        "OTEL_EXPORTER_OTLP_CLIENT_CERTIFICATE",
        authority.path("service.pem"),
    );
    assert_eq!(exported(&collector.url, std::slice::from_ref(&ca)).await, 0);
    assert_eq!(exported(&collector.url, &[ca, key, certificate]).await, 1);
}

#[tokio::test]
async fn files_that_cannot_be_used_turn_tracing_off_and_nothing_else() {
    let authority = Authority::new();
    let (key, certificate) = (
        "OTEL_EXPORTER_OTLP_CLIENT_KEY",
        "OTEL_EXPORTER_OTLP_CLIENT_CERTIFICATE",
    );
    fs::write(
        authority.path("garbage.pem"),
        "-----BEGIN CERTIFICATE-----\nx\n",
    )
    .unwrap();
    let garbage = authority.path("garbage.pem");
    let missing = authority.path("missing.pem");
    for files in [
        vec![("OTEL_EXPORTER_OTLP_CERTIFICATE", &missing)],
        vec![("OTEL_EXPORTER_OTLP_CERTIFICATE", &garbage)],
        vec![(key, &missing)],
        vec![(certificate, &missing)],
        vec![(key, &garbage), (certificate, &garbage)],
    ] {
        let variables: Vec<_> = files
            .iter()
            .map(|(name, path)| (*name, path.to_str().unwrap()))
            .collect();
        let service = Telemetry::build(config("https://localhost:1", &variables));
        assert!(!service.enabled(), "{files:?}");
        one_span(&service).await;
    }
}
