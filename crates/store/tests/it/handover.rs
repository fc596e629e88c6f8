//! Rows move from buffer to file while queries run: every query sees each exactly once.

use crate::world::World;
use datafusion::prelude::SessionContext;
use std::future::Future;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::task::Poll;
use throughline_store::Step;

const REQUESTS: u64 = 1000;
const WRITERS: u64 = 4;
const ROWS: u64 = 10;

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn every_query_sees_every_acknowledged_row_once() {
    let world = Arc::new(World::new().await);
    let acknowledged = Arc::new(AtomicU64::new(0));
    let done = Arc::new(AtomicBool::new(false));

    let writers: Vec<_> = (0..WRITERS)
        .map(|writer| {
            let (world, acknowledged) = (Arc::clone(&world), Arc::clone(&acknowledged));
            tokio::spawn(async move {
                for request in (writer..REQUESTS).step_by(WRITERS as usize) {
                    world.append(request * ROWS..(request + 1) * ROWS).await;
                    acknowledged.fetch_add(ROWS, Ordering::SeqCst);
                }
            })
        })
        .collect();
    let flusher = {
        let (world, done) = (Arc::clone(&world), Arc::clone(&done));
        tokio::spawn(async move {
            while !done.load(Ordering::SeqCst) {
                world.store.flush().await.unwrap();
                tokio::task::yield_now().await;
            }
        })
    };
    let reader = tokio::spawn(read(
        Arc::clone(&world),
        Arc::clone(&done),
        Arc::clone(&acknowledged),
    ));
    let counter = tokio::spawn(count(
        Arc::clone(&world),
        Arc::clone(&done),
        Arc::clone(&acknowledged),
    ));
    for writer in writers {
        writer.await.unwrap();
    }
    done.store(true, Ordering::SeqCst);
    flusher.await.unwrap();
    counter.await.unwrap();
    assert!(reader.await.unwrap() > 0);
    assert_eq!(
        world.numbers().await,
        (0..REQUESTS * ROWS).collect::<Vec<_>>()
    );
}

/// Queries until it is done; returns how often.
async fn read(world: Arc<World>, done: Arc<AtomicBool>, acknowledged: Arc<AtomicU64>) -> u64 {
    let mut queries = 0;
    while !done.load(Ordering::SeqCst) {
        let before = acknowledged.load(Ordering::SeqCst);
        let mut numbers = world.numbers().await;
        let found = numbers.len() as u64;
        assert!(
            found >= before,
            "{found} rows found, {before} were acknowledged before"
        );
        numbers.dedup();
        assert_eq!(numbers.len() as u64, found, "a row was found twice");
        assert_eq!(found % ROWS, 0, "a request was found in part");
        queries += 1;
    }
    queries
}

/// The same moments, taken as fast as can be.
async fn count(world: Arc<World>, done: Arc<AtomicBool>, acknowledged: Arc<AtomicU64>) {
    while !done.load(Ordering::SeqCst) {
        let before = acknowledged.load(Ordering::SeqCst);
        let datasets = world.store.datasets().await.unwrap();
        let rows = datasets.first().map_or(0, |dataset| dataset.rows);
        assert!(
            before <= rows && rows <= REQUESTS * ROWS,
            "{rows} rows, {before} before"
        );
    }
}

#[tokio::test]
async fn after_every_step_of_a_flush_each_row_is_seen_once() {
    for step in [Step::Files, Step::Commit, Step::Trim, Step::Release] {
        let world = World::new().await;
        world.append(0..100).await;
        let before = world.store.table("traces").await.unwrap().unwrap();
        world.store.flush_through(step).await.unwrap();
        assert_eq!(
            world.numbers().await,
            (0..100).collect::<Vec<_>>(),
            "after {step:?}"
        );
        world.append(100..120).await;
        world.store.flush().await.unwrap();
        assert_eq!(
            world.numbers().await,
            (0..120).collect::<Vec<_>>(),
            "after {step:?} and a flush"
        );
        // What was written without a commit is not left lying about.
        assert_eq!(world.files().len(), if step == Step::Files { 1 } else { 2 });
        // A table is one moment: what comes later does not change it.
        let frame = SessionContext::new().read_table(before).unwrap();
        assert_eq!(frame.count().await.unwrap(), 100);
    }
}

/// A whole flush at every point where a query waits while it takes its moment: there are few such
/// points, so all of them are tried.
#[tokio::test]
async fn a_flush_at_every_point_of_a_query() {
    // How often a query waits depends on how soon the catalog answers: each point is tried many times.
    let mut waited = false;
    for round in 0..30 {
        let points = round % 3;
        let world = World::new().await;
        world.append(0..10).await;
        world.store.flush().await.unwrap();
        world.append(10..30).await;
        let mut table = Box::pin(world.store.table("traces"));
        let mut polls = 0;
        let done = std::future::poll_fn(|context| {
            if polls == points {
                return Poll::Ready(None);
            }
            polls += 1;
            table.as_mut().poll(context).map(Some)
        })
        .await;
        let was_done = done.is_some();
        world.store.flush().await.unwrap();
        let table = match done {
            Some(table) => table,
            None => table.await,
        };
        let frame = SessionContext::new()
            .read_table(table.unwrap().unwrap())
            .unwrap();
        assert_eq!(
            frame.count().await.unwrap(),
            30,
            "with a flush after {points} points"
        );
        waited |= points > 0 && !was_done;
    }
    assert!(waited, "the query never waited");
}
