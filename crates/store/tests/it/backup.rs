//! A backup beside a store that is written to, and the way back: nothing is lost, nothing is there twice.

use crate::spans;
use crate::world::{self, World};
use model::{Clock, ErrorKind};
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use throughline_store::{Config, Error, backup, restore, verify};

async fn restored(world: &World, from: &Path) -> (tempfile::TempDir, Config) {
    let directory = tempfile::tempdir().unwrap();
    let config = Config {
        data_dir: directory.path().join("restored"),
        ..world.config.clone()
    };
    let restored = restore(from, &config.data_dir, |_| {}).await.unwrap();
    assert!(restored.report.is_clean(), "{:?}", restored.report);
    assert_eq!(restored.taken_nanos, spans::EPOCH);
    (directory, config)
}

async fn numbers(config: &Config) -> Vec<u64> {
    let store = world::open(config, &Clock::fixed(spans::EPOCH))
        .await
        .unwrap();
    let numbers = world::numbers(&store, None).await;
    assert_eq!(store.stats().lost_records, 0);
    store.close().await.unwrap();
    numbers
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn while_spans_come_in() {
    let world = Arc::new(
        World::with(|config| {
            config.flush_rows_max = 40;
            config.log.segment_bytes_max = 2 << 10;
            config.compaction = true;
        })
        .await,
    );
    let (is_over, acknowledged) = (
        Arc::new(AtomicBool::new(false)),
        Arc::new(AtomicU64::new(0)),
    );
    let load = {
        let (world, is_over, acknowledged) = (
            Arc::clone(&world),
            Arc::clone(&is_over),
            Arc::clone(&acknowledged),
        );
        tokio::spawn(async move {
            let mut next = 0;
            while !is_over.load(Ordering::Relaxed) {
                world.append(next..next + 5).await;
                next += 5;
                acknowledged.store(next, Ordering::Release);
                if next % 200 == 0 {
                    world.store.flush().await.unwrap();
                    world.store.compact().await.unwrap();
                }
            }
        })
    };
    let target = tempfile::tempdir().unwrap();
    let target = target.path().join("backup");
    for round in 1..=4 {
        let some = acknowledged.load(Ordering::Acquire) + 300;
        world::until("load", || acknowledged.load(Ordering::Acquire) > some).await;
        let before = acknowledged.load(Ordering::Acquire);
        let done = backup(&world.config.data_dir, &target, spans::EPOCH, |_| {})
            .await
            .unwrap();
        let after = acknowledged.load(Ordering::Acquire) + 5;
        assert_eq!(done.generation, round);
        assert_eq!(round == 1, done.copied_files == done.files, "{done:?}");
        let (_directory, config) = restored(&world, &target).await;
        let found = numbers(&config).await;
        let count = found.len() as u64;
        assert_eq!(
            found,
            (0..count).collect::<Vec<_>>(),
            "no hole, nothing twice"
        );
        assert!(
            (before..=after).contains(&count),
            "{before} {count} {after}"
        );
    }
    is_over.store(true, Ordering::Relaxed);
    load.await.unwrap();
}

/// A store with files and a log, closed to the world by now, and its backup.
async fn sample() -> (World, tempfile::TempDir, PathBuf) {
    let world = World::new().await;
    for file in 0..3 {
        world.append(file * 10..file * 10 + 10).await;
        world.store.flush().await.unwrap();
    }
    world.append(30..35).await;
    let directory = tempfile::tempdir().unwrap();
    let target = directory.path().join("a/backup");
    backup(&world.config.data_dir, &target, spans::EPOCH, |_| {})
        .await
        .unwrap();
    (world, directory, target)
}

#[tokio::test]
async fn each_damaged_file_of_a_backup_is_named() {
    let (world, _directory, target) = sample().await;
    let (_restored, config) = restored(&world, &target).await;
    assert_eq!(numbers(&config).await, (0..35).collect::<Vec<_>>());
    let mut files = Vec::new();
    let mut places = vec![target.clone()];
    while let Some(place) = places.pop() {
        for entry in fs::read_dir(&place).unwrap() {
            let path = entry.unwrap().path();
            match path.is_dir() {
                true => places.push(path),
                false => files.push(path),
            }
        }
    }
    files.retain(|path| !path.ends_with("throughline-backup"));
    assert!(files.len() >= 6, "{files:?}");
    for (number, file) in files.iter().enumerate() {
        let whole = fs::read(file).unwrap();
        let mut bytes = whole.clone();
        let middle = bytes.len() / 2;
        bytes[middle] ^= 1;
        for damaged in [bytes, whole[..middle].to_vec()] {
            fs::write(file, damaged).unwrap();
            let to = tempfile::tempdir().unwrap();
            let refused = restore(&target, to.path(), |_| {}).await.unwrap_err();
            let name = file.file_name().unwrap().to_str().unwrap();
            assert!(refused.to_string().contains(name), "{number}: {refused}");
            let remedy = format!("`throughline verify --data {}`", target.display());
            assert!(refused.to_string().contains(&remedy), "{number}: {refused}");
            // Where it is, with the same outcome.
            let report = verify(&target, |_| {}).await.unwrap();
            let found: Vec<_> = report.damaged.iter().map(|found| &found.path).collect();
            assert_eq!(found, [file], "{number}: {report:?}");
            if file.starts_with(target.join("data")) {
                assert_eq!(report.records, 4, "the log is whole: {report:?}");
            }
            // What was begun is no store.
            if to.path().join("VERSION").exists() {
                let config = Config {
                    data_dir: to.path().to_owned(),
                    ..world.config.clone()
                };
                let refused = world::open(&config, &world.clock).await.unwrap_err();
                assert_eq!(refused.kind(), ErrorKind::Invalid, "{refused}");
            }
        }
        fs::write(file, whole).unwrap();
    }
    let mut steps = Vec::new();
    let report = verify(&target, |now| steps.push(now)).await.unwrap();
    assert!(report.is_clean(), "{report:?}");
    let found = (report.backup, report.files, report.records);
    assert_eq!(found, (Some(1), 3, 4), "{report:?}");
    let last = steps.last().unwrap();
    assert_eq!(
        (last.files, last.bytes),
        (last.files_total, last.bytes_total)
    );
    restored(&world, &target).await;
}

#[tokio::test]
async fn a_damaged_source_does_not_replace_a_backup() {
    let (world, _directory, target) = sample().await;
    world.append(35..40).await;
    world.store.flush().await.unwrap();
    let last = world
        .config
        .data_dir
        .join("data/traces")
        .join(world.files().pop().unwrap());
    let whole = fs::read(&last).unwrap();
    for damage in [Some(100), None] {
        match damage {
            Some(at) => {
                let mut bytes = whole.clone();
                bytes[at] ^= 1;
                fs::write(&last, bytes).unwrap();
            }
            None => fs::remove_file(&last).unwrap(),
        }
        let refused = backup(&world.config.data_dir, &target, spans::EPOCH, |_| {}).await;
        let refused = refused.unwrap_err();
        assert!(
            matches!(&refused, Error::Damaged { path, .. } if *path == last),
            "{refused}"
        );
        let (_restored, config) = restored(&world, &target).await;
        assert_eq!(numbers(&config).await.len(), 35);
    }
    fs::write(&last, &whole).unwrap();
    let done = backup(&world.config.data_dir, &target, spans::EPOCH, |_| {})
        .await
        .unwrap();
    assert_eq!((done.files, done.copied_files), (4, 1), "{done:?}");
    let (_restored, config) = restored(&world, &target).await;
    assert_eq!(numbers(&config).await.len(), 40);
}

#[tokio::test]
async fn what_a_file_before_had_is_gone_with_it() {
    let (world, _directory, target) = sample().await;
    // Else it would be flushed by its age beside the backup.
    world.store.flush().await.unwrap();
    world.store.compact().await.unwrap();
    // Nobody wants the small files any more.
    world.clock.advance(2 * 3600 * spans::SECOND);
    world.store.maintain().await.unwrap();
    world.clock.advance(2 * 3600 * spans::SECOND);
    world.store.maintain().await.unwrap();
    backup(&world.config.data_dir, &target, spans::EPOCH, |_| {})
        .await
        .unwrap();
    let files = fs::read_dir(target.join("data/traces")).unwrap().count();
    assert_eq!(files, world.files().len());
    assert!(target.join("2").exists() && !target.join("1").exists());
}

#[tokio::test]
async fn places_that_are_not_right() {
    let (world, directory, target) = sample().await;
    let full = directory.path().join("full");
    fs::create_dir(&full).unwrap();
    fs::write(full.join("diary.txt"), "dear").unwrap();
    let data = &world.config.data_dir;
    let other = World::new().await;
    // What was put back goes its own way: its backups do not take the place of those that it came from.
    let (_kept, copy) = restored(&world, &target).await;
    for (data, to) in [
        (data, &full),
        (data, data),
        (data, &data.join("backups")),
        (data, &target.join("7")),
        (&copy.data_dir, &target),
        (&other.config.data_dir, &target),
    ] {
        let refused = backup(data, to, spans::EPOCH, |_| {}).await.unwrap_err();
        assert_eq!(refused.kind(), ErrorKind::Invalid, "{refused}");
    }
    assert!(!data.join("backups").exists() && !target.join("7").exists());
    let own = directory.path().join("own");
    for _ in 0..2 {
        backup(&copy.data_dir, &own, spans::EPOCH, |_| {})
            .await
            .unwrap();
    }
    let as_data = Config {
        data_dir: target.clone(),
        ..world.config.clone()
    };
    let refused = world::open(&as_data, &world.clock).await.unwrap_err();
    assert!(
        refused.to_string().contains("throughline restore"),
        "{refused}"
    );
    for to in [&full, &target.join("7")] {
        let refused = restore(&target, to, |_| {}).await.unwrap_err();
        assert_eq!(refused.kind(), ErrorKind::Invalid, "{refused}");
    }
    assert!(!target.join("7").exists());
    assert_eq!(fs::read_dir(&full).unwrap().count(), 1);
    // Cut short: everything is there but what is written last.
    fs::remove_file(target.join("MANIFEST")).unwrap();
    let refused = verify(&target, |_| {}).await.unwrap_err();
    assert_eq!(refused.kind(), ErrorKind::Invalid, "{refused}");
    assert!(
        refused.to_string().contains("it has no MANIFEST"),
        "{refused}"
    );
    let new = directory.path().join("new");
    let refused = restore(&target, &new, |_| {}).await.unwrap_err();
    assert_eq!(refused.kind(), ErrorKind::Invalid, "{refused}");
    assert!(!new.exists());
    backup(data, &target, spans::EPOCH, |_| {}).await.unwrap();
    restored(&world, &target).await;
}

/// Only a file is the mark of a place of backups.
#[tokio::test]
async fn a_directory_that_is_called_as_the_mark() {
    let (world, directory, _) = sample().await;
    let data = &world.config.data_dir;
    let target = directory.path().join("throughline-backup");
    for generation in 1..3 {
        let done = backup(data, &target, spans::EPOCH, |_| {}).await.unwrap();
        assert_eq!(done.generation, generation);
    }
    let beside = directory.path().join("beside");
    let put_back = restore(&target, &beside, |_| {}).await.unwrap();
    assert!(put_back.report.is_clean(), "{:?}", put_back.report);
    let refused = restore(&target, &target.join("new"), |_| {}).await;
    assert!(refused.is_err() && !target.join("new").exists());
    // Nor does it make a place of what others have there, or of a store's directory.
    let others = directory.path().join("others");
    fs::create_dir_all(others.join("throughline-backup")).unwrap();
    fs::create_dir_all(others.join("MANIFEST")).unwrap();
    let refused = backup(data, &others, spans::EPOCH, |_| {})
        .await
        .unwrap_err();
    assert!(refused.to_string().contains("it is not empty"), "{refused}");
    fs::create_dir(beside.join("throughline-backup")).unwrap();
    assert!(verify(&beside, |_| {}).await.unwrap().is_clean());
}
