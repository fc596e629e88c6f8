//! Certificates and keys, read when an exporter is built.

use std::path::Path;

use super::Error;
use crate::config::Tls;

/// PEM files as they lie on disk.
#[derive(Default)]
pub(super) struct Pems {
    pub(super) trusted: Option<Vec<u8>>,
    /// Key and certificate.
    pub(super) identity: Option<(Vec<u8>, Vec<u8>)>,
}

pub(super) fn read(tls: &Tls) -> Result<Pems, Error> {
    let trusted = tls
        .certificate
        .as_deref()
        .map(|path| file("the certificate to trust", path));
    let identity = match (&tls.client_key, &tls.client_certificate) {
        (Some(key), Some(certificate)) => Some((
            file("the client's key", key)?,
            file("the client's certificate", certificate)?,
        )),
        (Some(path), None) => return Err(half(path, "there is a key but no certificate")),
        (None, Some(path)) => return Err(half(path, "there is a certificate but no key")),
        (None, None) => None,
    };
    Ok(Pems {
        trusted: trusted.transpose()?,
        identity,
    })
}

fn file(what: &'static str, path: &Path) -> Result<Vec<u8>, Error> {
    std::fs::read(path).map_err(|error| Error::File {
        what,
        path: path.to_owned(),
        reason: error.to_string(),
    })
}

fn half(path: &Path, reason: &str) -> Error {
    Error::File {
        what: "the client's identity",
        path: path.to_owned(),
        reason: reason.to_owned(),
    }
}
