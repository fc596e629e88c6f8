//! A backup of a store whose parts are on other machines, beside the server that writes them: restored, it is a store
//! in one directory that has each span once.

use crate::postgres::Postgres;
use crate::remote::open;
use crate::spans;
use crate::stand_in::StandIn;
use crate::world;
use model::{Clock, ErrorKind};
use std::fs;
use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use tempfile::TempDir;
use throughline_store::{Backup, Config, Error, Store, backup_places, restore};

/// Of a hundred requests to the object store so many get an error.
const TROUBLE: u64 = 20;
const CONTROL: &str = "tokens";

/// What is elsewhere.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Away {
    Files,
    Catalog,
    Both,
    Log,
}

struct World {
    store: Arc<Store>,
    clock: Clock,
    config: Config,
    objects: StandIn,
    _postgres: Option<Postgres>,
    directory: TempDir,
}

impl World {
    async fn new(away: Away) -> Self {
        let directory = tempfile::tempdir().unwrap();
        let objects = StandIn::start(5).await;
        let postgres = match away {
            Away::Files => None,
            _ => Some(Postgres::start().await),
        };
        let config = Config {
            objects: (away != Away::Catalog).then(|| objects.objects()),
            catalog: postgres.as_ref().map(Postgres::url),
            log_in_objects: away == Away::Log,
            flush_rows_max: 40,
            ..world::config(directory.path())
        };
        let clock = Clock::fixed(spans::EPOCH);
        Self {
            store: Arc::new(open(&config, &clock).await.unwrap()),
            clock,
            config,
            objects,
            _postgres: postgres,
            directory,
        }
    }

    async fn backup(&self, target: &Path) -> Result<Backup, Error> {
        let control = async |to: &Path| fs::write(to, CONTROL).map_err(|error| error.to_string());
        backup_places(&self.config, target, spans::EPOCH, control, |_| {}).await
    }
}

/// The numbers of the spans in what a backup becomes on a machine that has nothing.
async fn restored(from: &Path, has_control: bool) -> Vec<u64> {
    let directory = tempfile::tempdir().unwrap();
    let config = world::config(directory.path());
    let root = &config.data_dir;
    let restored = restore(from, root, |_| {}).await.unwrap();
    assert!(
        restored
            .report
            .damaged
            .iter()
            .all(|it| it.path.ends_with("control.sqlite")),
        "{restored:?}"
    );
    let control = fs::read_to_string(root.join("control.sqlite"));
    assert_eq!(control.is_ok_and(|it| it == CONTROL), has_control);
    let store = open(&config, &Clock::fixed(spans::EPOCH)).await.unwrap();
    let before = world::numbers(&store, None).await;
    assert_eq!(store.stats().lost_records, 0);
    // It goes on as any other.
    let next = before.len() as u64;
    let clock = Clock::fixed(spans::EPOCH);
    world::append(&store, &clock, "traces", next..next + 5)
        .await
        .unwrap();
    store.flush().await.unwrap();
    store.close().await.unwrap();
    drop(store);
    let store = open(&config, &clock).await.unwrap();
    let after = world::numbers(&store, None).await;
    assert_eq!(after.len(), before.len() + 5);
    before
}

async fn check(away: Away) {
    let world = World::new(away).await;
    let (is_over, acknowledged) = (
        Arc::new(AtomicBool::new(false)),
        Arc::new(AtomicU64::new(0)),
    );
    world.objects.trouble.set(TROUBLE);
    let load = {
        let (store, clock) = (Arc::clone(&world.store), world.clock.clone());
        let (is_over, acknowledged) = (Arc::clone(&is_over), Arc::clone(&acknowledged));
        tokio::spawn(async move {
            let mut next = 0;
            while !is_over.load(Ordering::Relaxed) {
                let appended = world::append(&store, &clock, "traces", next..next + 5).await;
                appended.unwrap();
                next += 5;
                acknowledged.store(next, Ordering::Release);
                if next % 100 == 0 {
                    // Fails now and then, as its places do.
                    let _ = store.flush().await;
                }
            }
        })
    };
    let target = world.directory.path().join("backup");
    for round in 1..=3 {
        let some = acknowledged.load(Ordering::Acquire) + 150;
        world::until("load", || acknowledged.load(Ordering::Acquire) > some).await;
        let before = acknowledged.load(Ordering::Acquire);
        let done = world.backup(&target).await.unwrap();
        let after = acknowledged.load(Ordering::Acquire) + 5;
        assert_eq!(done.generation, round, "{away:?}");
        assert!(
            done.files > 0 && (round == 1 || done.copied_files < done.files),
            "{done:?}"
        );
        let found = restored(&target, away != Away::Files).await;
        let count = found.len() as u64;
        assert_eq!(found, (0..count).collect::<Vec<_>>(), "{away:?}");
        assert!(
            (before..=after).contains(&count),
            "{away:?}: {before} {count} {after}"
        );
    }
    is_over.store(true, Ordering::Relaxed);
    load.await.unwrap();
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn files_in_an_object_store() {
    check(Away::Files).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn a_catalog_in_postgres() {
    check(Away::Catalog).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn both() {
    check(Away::Both).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn both_and_the_log() {
    check(Away::Log).await;
}

#[tokio::test]
async fn what_is_damaged_or_not_here_ends_it() {
    let world = World::new(Away::Both).await;
    let append = world::append(&world.store, &world.clock, "traces", 0..50);
    append.await.unwrap();
    world.store.flush().await.unwrap();
    let target = world.directory.path().join("backup");
    world.backup(&target).await.unwrap();
    // The log of another machine.
    let elsewhere = World {
        config: Config {
            data_dir: world.directory.path().join("another"),
            ..world.config.clone()
        },
        ..world
    };
    let refused = elsewhere.backup(&target).await.unwrap_err();
    assert_eq!(refused.kind(), ErrorKind::Invalid);
    assert!(refused.to_string().contains("--log-dir"), "{refused}");
    let world = World {
        config: Config {
            data_dir: elsewhere.directory.path().join("data dir"),
            ..elsewhere.config.clone()
        },
        ..elsewhere
    };
    // A place that has the file already asks for it no more; another one does.
    let file = world
        .objects
        .path("traces")
        .join(&world.objects.files("traces")[0]);
    let mut bytes = fs::read(&file).unwrap();
    bytes[100] ^= 1;
    fs::write(&file, bytes).unwrap();
    world.backup(&target).await.unwrap();
    let other = world.directory.path().join("other");
    let damaged = world.backup(&other).await.unwrap_err();
    assert_eq!(damaged.kind(), ErrorKind::Corrupt);
    assert!(damaged.to_string().contains("s3://"), "{damaged}");
    fs::remove_file(&file).unwrap();
    let missing = world.backup(&other).await.unwrap_err();
    assert!(missing.to_string().contains("it is not there"), "{missing}");
    assert_eq!(restored(&target, true).await, (0..50).collect::<Vec<_>>());
}
