//! Under a load that does not pause: flushes end, and their files are of the size they should be.

use crate::world::{self, World};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

/// Not waited for when all is well.
const PATIENCE: Duration = Duration::from_secs(20);
const ROWS: u64 = 10;

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_flush_ends_although_appends_go_on() {
    let world = Arc::new(World::new().await);
    world.append(0..ROWS).await;
    let is_over = Arc::new(AtomicBool::new(false));
    let appends: Vec<_> = (1..=4)
        .map(|task| {
            let (world, is_over) = (Arc::clone(&world), Arc::clone(&is_over));
            tokio::spawn(async move {
                let mut first = task * 1_000_000;
                while !is_over.load(Ordering::Relaxed) {
                    world.append(first..first + ROWS).await;
                    first += ROWS;
                }
            })
        })
        .collect();
    let flushed = tokio::time::timeout(PATIENCE, world.store.flush()).await;
    is_over.store(true, Ordering::Relaxed);
    for append in appends {
        append.await.unwrap();
    }
    flushed.expect("the flush ends").unwrap();
    // All that was there when it began fits into one file.
    assert_eq!(world.store.stats().flushed_files, 1);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_flushes_by_itself_makes_full_files() {
    const FILE_ROWS: u64 = 200;
    let world = World::with(|config| config.flush_rows_max = FILE_ROWS as usize).await;
    let mut first = 0;
    let three_files = async {
        while world.store.stats().flushed_files < 3 {
            let append = world::append(&world.store, &world.clock, "traces", first..first + ROWS);
            append.await.unwrap();
            first += ROWS;
        }
    };
    tokio::time::timeout(PATIENCE, three_files).await.unwrap();
    world.store.close().await.unwrap();
    let files = world.store.stats().flushed_files;
    assert_eq!(files, first.div_ceil(FILE_ROWS), "{first} rows");
    assert_eq!(world.crash().await.numbers().await.len() as u64, first);
}
