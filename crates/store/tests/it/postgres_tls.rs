//! TLS to PostgreSQL: what each `sslmode` demands of the server's certificate, and what is said when it has none or
//! another.

use crate::postgres::Postgres;
use crate::spans;
use crate::world;
use model::Clock;
use rcgen::{BasicConstraints, CertificateParams, IsCa, Issuer, KeyPair};
use throughline_store::{CatalogUrl, Config, Error, Store};

/// An authority's certificate, and a certificate with its key that it made for `localhost`.
fn certificates() -> (String, String, String) {
    let mut authority = CertificateParams::new(Vec::new()).unwrap();
    authority.is_ca = IsCa::Ca(BasicConstraints::Unconstrained);
    let key = KeyPair::generate().unwrap();
    let own = authority.self_signed(&key).unwrap().pem();
    let issuer = Issuer::new(authority, key);
    let key = KeyPair::generate().unwrap();
    let server = CertificateParams::new(vec!["localhost".to_owned()]).unwrap();
    let server = server.signed_by(&key, &issuer).unwrap().pem();
    (own, server, key.serialize_pem())
}

/// Waits for what a store that was dropped still holds; any other answer counts.
async fn open_once(config: &Config, clock: &Clock) -> Result<Store, Error> {
    loop {
        match world::open(config, clock).await {
            Err(Error::Locked { .. }) => tokio::task::yield_now().await,
            opened => return opened,
        }
    }
}

/// A store opens on the catalog at `url` and has `encrypted` connections, or it says all of `expected`.
async fn check(postgres: &Postgres, url: &str, encrypted: Result<bool, &[&str]>) {
    let directory = tempfile::tempdir().unwrap();
    let config = Config {
        catalog: Some(CatalogUrl::new(url).unwrap()),
        ..world::config(directory.path())
    };
    // Each has a catalog of its own.
    postgres
        .run("DROP SCHEMA public CASCADE; CREATE SCHEMA public")
        .await;
    let clock = Clock::fixed(spans::EPOCH);
    let opened = open_once(&config, &clock).await;
    match encrypted {
        Ok(encrypted) => {
            let store = opened.unwrap_or_else(|error| panic!("{url}: {error}"));
            world::append(&store, &clock, "traces", 0..10)
                .await
                .unwrap();
            store.flush().await.unwrap();
            assert_eq!(postgres.are_encrypted().await, encrypted, "{url}");
        }
        Err(expected) => {
            let text = opened.unwrap_err().to_string();
            for part in expected {
                assert!(text.contains(part), "{url}: {part:?} is not in {text:?}");
            }
        }
    }
}

#[tokio::test]
async fn each_mode() {
    let (authority, certificate, key) = certificates();
    let folder = tempfile::tempdir().unwrap();
    let root = folder.path().join("authority.pem");
    std::fs::write(&root, authority).unwrap();
    let root = format!("&sslrootcert={}", root.display());
    let postgres = Postgres::start_at_a_port(Some((&certificate, &key))).await;
    let (address, name) = (postgres.text_at("127.0.0.1"), postgres.text_at("localhost"));
    let unknown: &[&str] = &["invalid peer certificate", "sslrootcert=FILE"];
    let cases = [
        (address.clone(), Ok(true)),
        (format!("{address}?sslmode=disable"), Ok(false)),
        (format!("{address}?sslmode=require"), Ok(true)),
        (format!("{address}?sslmode=verify-ca"), Err(unknown)),
        (format!("{address}?sslmode=verify-ca{root}"), Ok(true)),
        // The certificate is for another name.
        (format!("{address}?sslmode=verify-full{root}"), Err(unknown)),
        (format!("{name}?sslmode=verify-full{root}"), Ok(true)),
        (format!("{name}?sslmode=verify-full"), Err(unknown)),
    ];
    for (url, encrypted) in cases {
        check(&postgres, &url, encrypted).await;
    }
}

#[tokio::test]
async fn a_server_without_a_certificate() {
    let postgres = Postgres::start_at_a_port(None).await;
    let address = postgres.text_at("127.0.0.1");
    check(&postgres, &address, Ok(false)).await;
    let refused: &[&str] = &["does not support TLS", "ssl = on"];
    let url = format!("{address}?sslmode=require");
    check(&postgres, &url, Err(refused)).await;
}
