//! A store that lost a part of itself: nothing is made in its place, each start says the same, and what to do.

use crate::world::{self, World};
use std::fs;
use std::path::Path;
use throughline_store::{Config, verify};

/// What is lost, the file that is named, and what is said to do about it.
const LOST: [(&[&str], &str, &str); 5] = [
    (
        &["catalog.sqlite"],
        "catalog.sqlite",
        "`throughline restore`",
    ),
    // Data files that retention took left a log that does not begin at its beginning.
    (
        &["catalog.sqlite", "data"],
        "catalog.sqlite",
        "`throughline restore`",
    ),
    (&["VERSION"], "VERSION", "`throughline data 3`"),
    (
        &["VERSION", "catalog.sqlite"],
        "VERSION",
        "Restore a backup",
    ),
    (
        &["VERSION", "catalog.sqlite", "data"],
        "VERSION",
        "Restore a backup",
    ),
];

async fn closed() -> World {
    let world = World::with(|config| config.log.segment_bytes_max = 1).await;
    for file in 0..3 {
        for number in file * 10..file * 10 + 10 {
            world.append(number..number + 1).await;
        }
        world.store.flush().await.unwrap();
    }
    world.store.close().await.unwrap();
    let log = world::names(&world.config.data_dir.join("wal"));
    assert!(!log[0].contains("0001."), "it was trimmed: {log:?}");
    world
}

/// Every file below a directory, with its bytes.
fn all(directory: &Path) -> Vec<(String, Vec<u8>)> {
    let mut found = Vec::new();
    for name in world::names(directory) {
        let path = directory.join(&name);
        match path.is_dir() {
            true => found.extend(all(&path)),
            false => found.push((path.display().to_string(), fs::read(&path).unwrap())),
        }
    }
    found
}

async fn refused_and_untouched(world: &World, config: &Config, file: &str, remedy: &str) {
    let before = all(&config.data_dir);
    // The second start is the one that used to find a new catalog there.
    for _ in 0..2 {
        let refused = world::open(config, &world.clock).await.unwrap_err();
        assert_eq!(refused.kind(), model::ErrorKind::Corrupt, "{refused}");
        let (said, place) = (refused.to_string(), config.data_dir.join(file));
        assert!(said.contains(place.to_str().unwrap()), "{said}");
        assert!(said.contains(remedy), "{said}");
    }
    assert_eq!(all(&config.data_dir), before, "nothing was touched");
    let report = verify(&config.data_dir, |_| {}).await.unwrap();
    let found: Vec<_> = report.damaged.iter().map(|found| &found.path).collect();
    assert!(found.contains(&&config.data_dir.join(file)), "{report:?}");
}

#[tokio::test]
async fn each_start_says_what_is_lost() {
    let world = closed().await;
    for (lost, file, remedy) in LOST {
        let (_directory, config) = world.wreck();
        for name in lost {
            let path = config.data_dir.join(name);
            match path.is_dir() {
                true => fs::remove_dir_all(path).unwrap(),
                false => fs::remove_file(path).unwrap(),
            }
        }
        refused_and_untouched(&world, &config, file, remedy).await;
        // With what is put back all is as before.
        world::copy(&world.config.data_dir, &config.data_dir);
        let store = world::open(&config, &world.clock).await.unwrap();
        assert_eq!(world::numbers(&store, None).await.len(), 30);
    }
}

#[tokio::test]
async fn a_catalog_with_nothing_in_it() {
    let world = closed().await;
    let (_directory, config) = world.wreck();
    let catalog = config.data_dir.join("catalog.sqlite");
    let whole = fs::read(&catalog).unwrap();
    fs::write(&catalog, "").unwrap();
    let refused = world::open(&config, &world.clock).await.unwrap_err();
    assert!(refused.to_string().contains("it is not there"), "{refused}");
    // SQLite's first page with no table in it, as a lost log of SQLite leaves it.
    let mut first = whole[..4096].to_vec();
    first[100..4096].fill(0);
    first[100] = 13;
    first[105..107].copy_from_slice(&4096_u16.to_be_bytes());
    first[60..64].fill(0);
    first[28..32].copy_from_slice(&1_u32.to_be_bytes());
    fs::write(&catalog, &first).unwrap();
    for _ in 0..2 {
        let refused = world::open(&config, &world.clock).await.unwrap_err();
        assert!(
            refused.to_string().contains("it has no tables"),
            "{refused}"
        );
    }
    assert!(!verify(&config.data_dir, |_| {}).await.unwrap().is_clean());
    fs::write(&catalog, &whole).unwrap();
    let store = world::open(&config, &world.clock).await.unwrap();
    assert_eq!(world::numbers(&store, None).await.len(), 30);
}

/// What a crash in the first start of all leaves is a start from nothing.
#[tokio::test]
async fn a_directory_that_was_just_begun() {
    let directory = tempfile::tempdir().unwrap();
    let config = world::config(directory.path());
    fs::create_dir_all(config.data_dir.join("data/traces")).unwrap();
    fs::write(config.data_dir.join("lock"), "").unwrap();
    let clock = model::Clock::fixed(crate::spans::EPOCH);
    let store = world::open(&config, &clock).await.unwrap();
    world::append(&store, &clock, "traces", 0..3).await.unwrap();
    store.close().await.unwrap();
}
