//! What is on disk stays readable: frozen samples that these tests read for ever.

use crate::spans;
use crate::world::World;
use bytes::Bytes;
use model::ErrorKind;
use std::path::Path;
use throughline_store::Request;

/// Version 1 of a record's header, byte by byte.
const REQUEST_V1: &[u8] = b"\x01\x07\x06\x00\x00\x00\xfa\xed\x51\x72\x86\x18traces0..3";

#[test]
fn a_request_of_version_1() {
    let request = spans::request("traces", spans::EPOCH, 0..3);
    assert_eq!(
        request.encode().escape_ascii().to_string(),
        REQUEST_V1.escape_ascii().to_string()
    );
    assert_eq!(
        Request::decode(&Bytes::from_static(REQUEST_V1)).unwrap(),
        request
    );
}

#[test]
fn what_is_no_request() {
    let refuse = |record: &[u8]| {
        Request::decode(&Bytes::copy_from_slice(record))
            .unwrap_err()
            .kind()
    };
    for length in 0..12 + "traces".len() {
        assert_eq!(
            refuse(&REQUEST_V1[..length]),
            ErrorKind::Corrupt,
            "{length} bytes"
        );
    }
    assert_eq!(
        refuse(&[b"\x02", &REQUEST_V1[1..]].concat()),
        ErrorKind::Corrupt
    );
    let mut no_text = REQUEST_V1.to_vec();
    no_text[12] = 0xff;
    assert_eq!(refuse(&no_text), ErrorKind::Corrupt);
    // An empty body and an empty name are for others to judge.
    assert!(
        Request::decode(&Bytes::copy_from_slice(&REQUEST_V1[..18]))
            .unwrap()
            .body
            .is_empty()
    );
}

#[tokio::test]
async fn the_layout_of_a_data_directory() {
    let world = World::new().await;
    world.append(0..3).await;
    world.store.flush().await.unwrap();
    let root = &world.config.data_dir;
    assert_eq!(
        std::fs::read_to_string(root.join("VERSION")).unwrap(),
        "throughline data 1\n"
    );
    for place in [
        "lock",
        "wal",
        "catalog.sqlite",
        "data/traces/000000000001-000000000001.parquet",
    ] {
        assert!(root.join(place).exists(), "{place}");
    }
}

/// A whole directory of version 1: `frozen/v1` has 20 flushed spans and 10 in the log. `UPDATE_FROZEN=1`
/// writes it anew, which is right only as long as no version of the program was released.
#[tokio::test]
async fn a_directory_of_version_1() {
    let frozen = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/frozen/v1");
    if std::env::var_os("UPDATE_FROZEN").is_some() {
        freeze(&frozen).await;
    }
    let directory = tempfile::tempdir().unwrap();
    let config = crate::world::config(directory.path());
    crate::world::copy(&frozen, &config.data_dir);
    let store = crate::world::open(&config, &model::Clock::fixed(spans::EPOCH))
        .await
        .unwrap();
    assert_eq!(
        crate::world::numbers(&store, None).await,
        (0..30).collect::<Vec<_>>()
    );
    let stats = store.stats();
    assert_eq!(
        (
            stats.replayed_rows,
            stats.quarantined_records,
            stats.lost_records
        ),
        (10, 0, 0)
    );
    store.close().await.unwrap();
}

async fn freeze(to: &Path) {
    let world = World::with(|config| config.log.preallocate_bytes = 1).await;
    world.append(0..20).await;
    world.store.close().await.unwrap();
    let again = world.crash().await;
    again.append(20..30).await;
    let _ = std::fs::remove_dir_all(to);
    crate::world::copy(&again.config.data_dir, to);
    for transient in ["lock", "catalog.sqlite-wal"] {
        let _ = std::fs::remove_file(to.join(transient));
    }
}

#[tokio::test]
async fn a_directory_of_the_future_is_refused() {
    let directory = tempfile::tempdir().unwrap();
    let config = crate::world::config(directory.path());
    std::fs::create_dir_all(&config.data_dir).unwrap();
    std::fs::write(config.data_dir.join("VERSION"), "throughline data 2\n").unwrap();
    let refused = crate::world::open(&config, &model::Clock::System)
        .await
        .unwrap_err();
    assert_eq!(refused.kind(), ErrorKind::Invalid);
    assert!(
        refused.to_string().contains("throughline data 2"),
        "{refused}"
    );
}
