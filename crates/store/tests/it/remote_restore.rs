//! A backup put back where the parts of a store are on other machines: each span is there once, and the store goes on.

use crate::postgres::Postgres;
use crate::remote::open;
use crate::spans;
use crate::stand_in::StandIn;
use crate::world::{self, World};
use model::{Clock, ErrorKind};
use std::fs;
use std::path::PathBuf;
use tempfile::TempDir;
use throughline_store::{Config, Objects, Report, backup, backup_places, restore_places};

/// Of a hundred requests to the object store so many get an error.
const TROUBLE: u64 = 20;
const SPANS: u64 = 100;
const OTHERS: u64 = 10;

/// Of a store in one directory, that has spans in data files and others in its log.
async fn a_backup() -> (TempDir, PathBuf) {
    let world = World::new().await;
    world.append_to("other", 0..OTHERS).await;
    for begin in [0, 30, 60] {
        world.append(begin..begin + 30).await;
        world.store.flush().await.unwrap();
    }
    world.append(90..SPANS).await;
    let place = tempfile::tempdir().unwrap();
    let target = place.path().join("backup");
    let data = &world.config.data_dir;
    backup(data, &target, spans::EPOCH, |_| {}).await.unwrap();
    (place, target)
}

async fn check(objects: Option<Objects>, postgres: Option<&Postgres>) {
    let (place, target) = a_backup().await;
    let config = Config {
        objects,
        catalog: postgres.map(Postgres::url),
        ..world::config(place.path())
    };
    let restored = restore_places(&target, &config, |_| {}).await.unwrap();
    assert!(restored.report.is_clean(), "{restored:?}");
    let Report {
        strays,
        without_checksum,
        ..
    } = &restored.report;
    assert!(
        strays.is_empty() && without_checksum.is_empty(),
        "{restored:?}"
    );
    assert_eq!(
        (restored.report.files, restored.report.records > 0),
        (4, true)
    );
    let (root, is_away) = (&config.data_dir, config.objects.is_some());
    assert_eq!(root.join("catalog.sqlite").exists(), postgres.is_none());
    let traces = fs::read_dir(root.join("data/traces")).unwrap();
    assert_eq!(traces.count(), if is_away { 0 } else { 3 });

    // Nothing of it is written over.
    let again = Config {
        data_dir: place.path().join("again"),
        ..config.clone()
    };
    let refused = restore_places(&target, &again, |_| {}).await.unwrap_err();
    assert!(refused.to_string().contains("name a"), "{refused}");
    assert!(!again.data_dir.exists());

    let clock = Clock::fixed(spans::EPOCH);
    let store = open(&config, &clock).await.unwrap();
    let found = world::numbers(&store, None).await;
    assert_eq!(found, (0..SPANS).collect::<Vec<_>>());
    let datasets = store.datasets().await.unwrap();
    let rows: Vec<_> = datasets
        .iter()
        .map(|it| (it.name.as_str(), it.rows))
        .collect();
    assert_eq!(rows, [("other", OTHERS), ("traces", SPANS)]);
    assert_eq!(store.stats().lost_records, 0);
    let append = world::append(&store, &clock, "traces", SPANS..SPANS + 5);
    append.await.unwrap();
    store.flush().await.unwrap();
    store.close().await.unwrap();
    drop(store);
    let store = open(&config, &clock).await.unwrap();
    assert_eq!(world::numbers(&store, None).await.len() as u64, SPANS + 5);
    // What was put back can be kept as any other.
    let control = async |to: &std::path::Path| fs::write(to, "").map_err(|it| it.to_string());
    let kept = place.path().join("kept");
    let kept = backup_places(&config, &kept, spans::EPOCH, control, |_| {}).await;
    assert_eq!(kept.unwrap().generation, 1);
}

#[tokio::test(flavor = "multi_thread")]
async fn data_files_go_to_an_object_store_that_fails_now_and_then() {
    let objects = StandIn::start(7).await;
    objects.trouble.set(TROUBLE);
    check(Some(objects.objects()), None).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn the_catalog_goes_to_postgres() {
    let postgres = Postgres::start().await;
    check(None, Some(&postgres)).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn both_go() {
    let (objects, postgres) = (StandIn::start(8).await, Postgres::start().await);
    objects.trouble.set(TROUBLE);
    check(Some(objects.objects()), Some(&postgres)).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn what_did_not_end_is_no_store() {
    let (objects, postgres) = (StandIn::start(9).await, Postgres::start().await);
    let (place, target) = a_backup().await;
    let config = Config {
        objects: Some(objects.objects()),
        catalog: Some(postgres.url()),
        ..world::config(place.path())
    };
    // Found to be vacant, and then away.
    let ended = restore_places(&target, &config, |_| objects.trouble.set(100)).await;
    assert_eq!(ended.unwrap_err().kind(), ErrorKind::Unavailable);
    let refused = open(&world::config(place.path()), &Clock::fixed(spans::EPOCH)).await;
    assert_eq!(refused.unwrap_err().kind(), ErrorKind::Invalid);
}
