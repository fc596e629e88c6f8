//! SQLite's own log beside the catalog. SQLite passes over what is behind a frame that rotted, without a word: here
//! such a log is found and refused, and one that a loss of power cut is not.

use crate::world::{self, World};
use std::fs;
use std::path::PathBuf;
use tempfile::TempDir;
use throughline_store::{Config, backup, verify};

const HEADER: usize = 32;
const FRAME: usize = 24 + 4096;

/// The directory of a process that was killed: with SQLite's shared memory, or as a loss of power leaves it, without.
struct Wreck {
    _directory: TempDir,
    config: Config,
    log: PathBuf,
    whole: Vec<u8>,
}

impl Wreck {
    fn of(world: &World, has_shared_memory: bool) -> Self {
        let (directory, config) = world.wreck();
        let beside = |end: &str| config.data_dir.join(format!("catalog.sqlite-{end}"));
        if has_shared_memory {
            let from = world.config.data_dir.join("catalog.sqlite-shm");
            fs::copy(from, beside("shm")).unwrap();
        }
        let log = beside("wal");
        let whole = fs::read(&log).unwrap();
        Self {
            _directory: directory,
            config,
            log,
            whole,
        }
    }

    /// Which frames end a commit.
    fn ends(&self) -> Vec<bool> {
        let frames = self.whole[HEADER..].chunks_exact(FRAME);
        frames.map(|frame| frame[4..8] != [0; 4]).collect()
    }

    /// What `verify` finds, first of all.
    async fn found(&self) -> Option<String> {
        let report = verify(&self.config.data_dir, |_| {}).await.unwrap();
        let found = report.damaged.iter().find(|it| it.path == self.log);
        found.map(|it| it.what.clone())
    }

    /// Neither a server nor a backup goes on from there, and neither takes away what shows it.
    async fn is_refused(&self, world: &World) {
        let damaged = fs::read(&self.log).ok();
        let target = tempfile::tempdir().unwrap();
        let copied = backup(&self.config.data_dir, &target.path().join("to"), 0, |_| {}).await;
        let opened = world::open(&self.config, &world.clock).await.map(drop);
        for refused in [copied.map(drop).unwrap_err(), opened.unwrap_err()] {
            assert_eq!(refused.kind(), model::ErrorKind::Corrupt, "{refused}");
            assert!(
                refused.to_string().contains("catalog.sqlite-wal"),
                "{refused}"
            );
        }
        assert_eq!(fs::read(&self.log).ok(), damaged);
    }
}

/// Commits that are in SQLite's log only.
async fn sample() -> World {
    let world = World::new().await;
    for file in 0..4 {
        world.append(file * 10..file * 10 + 10).await;
        world.store.flush().await.unwrap();
    }
    world
}

#[tokio::test]
async fn a_page_that_rots_is_found_while_something_was_committed_behind_it() {
    let world = sample().await;
    for has_shared_memory in [true, false] {
        let wreck = Wreck::of(&world, has_shared_memory);
        assert_eq!(wreck.found().await, None);
        let ends = wreck.ends();
        assert!(
            ends.iter().filter(|is_end| **is_end).count() >= 5,
            "{ends:?}"
        );
        let last = ends.iter().rposition(|is_end| *is_end).unwrap();
        let before_last = ends[..last].iter().rposition(|is_end| *is_end).unwrap();
        for frame in 0..=last {
            if !has_shared_memory {
                // Looking at a log that is whole leaves one.
                let _ = fs::remove_file(wreck.config.data_dir.join("catalog.sqlite-shm"));
            }
            let mut bytes = wreck.whole.clone();
            bytes[HEADER + frame * FRAME + 24 + 97 * frame % 4096] ^= 1;
            fs::write(&wreck.log, bytes).unwrap();
            let found = wreck.found().await;
            // Damage to the last commit alone looks like one that was cut short.
            let is_to_be_found = has_shared_memory || frame <= before_last;
            assert_eq!(found.is_some(), is_to_be_found, "frame {frame}: {found:?}");
            if is_to_be_found && frame % 16 == 0 {
                wreck.is_refused(&world).await;
            }
            fs::write(&wreck.log, &wreck.whole).unwrap();
        }
    }
}

#[tokio::test]
async fn a_log_that_is_short_gone_or_has_no_head() {
    let world = sample().await;
    for has_shared_memory in [true, false] {
        let wreck = Wreck::of(&world, has_shared_memory);
        let half = HEADER + wreck.ends().len() / 2 * FRAME;
        let mut headless = wreck.whole.clone();
        headless[17] ^= 1;
        let cases = [
            (Some(wreck.whole[..half].to_vec()), has_shared_memory),
            (Some(Vec::new()), has_shared_memory),
            (None, has_shared_memory),
            (Some(headless), true),
        ];
        for (number, (bytes, is_to_be_found)) in cases.into_iter().enumerate() {
            match bytes {
                Some(bytes) => fs::write(&wreck.log, bytes).unwrap(),
                None => fs::remove_file(&wreck.log).unwrap(),
            }
            if is_to_be_found {
                assert!(wreck.found().await.is_some(), "{number}");
                wreck.is_refused(&world).await;
            }
            fs::write(&wreck.log, &wreck.whole).unwrap();
        }
    }
}

/// A commit that was never acknowledged: its rows are in the log of the store.
#[tokio::test]
async fn a_log_that_a_loss_of_power_cut() {
    let world = sample().await;
    let wreck = Wreck::of(&world, false);
    let ends = wreck.ends();
    let last = ends.iter().rposition(|is_end| *is_end).unwrap();
    let before_last = ends[..last].iter().rposition(|is_end| *is_end).unwrap();
    let cut = HEADER + (before_last + 1) * FRAME;
    for bytes in [cut, cut + FRAME / 2, HEADER + last * FRAME + 100] {
        let wreck = Wreck::of(&world, false);
        fs::write(&wreck.log, &wreck.whole[..bytes]).unwrap();
        assert_eq!(wreck.found().await, None);
        let store = world::open(&wreck.config, &world.clock).await.unwrap();
        assert_eq!(world::numbers(&store, None).await.len(), 40);
    }
}
