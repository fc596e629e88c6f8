//! A start on a long log: requests are taken at once, queries wait, and everything is there once.

use crate::spans;
use crate::world::{self, World, until};
use arrow::array::RecordBatch;
use futures::FutureExt;
use model::ErrorKind;
use std::ops::Range;
use std::sync::Mutex;
use std::sync::mpsc::{SyncSender, sync_channel};
use throughline_store::{Appended, Config, Request, Store};

const REQUESTS: u64 = 200;

/// The digest is the first number.
fn request(numbers: Range<u64>) -> Request {
    Request {
        digest: Some(u128::from(numbers.start)),
        ..spans::request("traces", spans::EPOCH, numbers)
    }
}

async fn send(store: &Store, request: Request) -> Appended {
    let batch = spans::decode(&request).unwrap().unwrap();
    store.append(request, batch).await.unwrap()
}

/// A store whose log has the rows 0..1000 in 200 requests.
async fn long_log() -> World {
    let world = World::new().await;
    for number in 0..REQUESTS {
        send(&world.store, request(number * 5..number * 5 + 5)).await;
    }
    world
}

/// Each record waits for one `()`, and no more once the sender is gone.
fn gate() -> (
    SyncSender<()>,
    impl Fn(&Request) -> Result<Option<RecordBatch>, String> + Send + Sync + 'static,
) {
    let (pass, gate) = sync_channel(1000);
    let gate = Mutex::new(gate);
    let decode = move |request: &Request| {
        let _ = gate.lock().unwrap().recv();
        spans::decode(request)
    };
    (pass, decode)
}

async fn check(store: &Store, rows: u64) {
    let expected: Vec<_> = (0..rows).collect();
    assert_eq!(world::numbers(store, None).await, expected);
}

#[tokio::test]
async fn the_first_request_does_not_wait() {
    let world = long_log().await;
    let (_directory, config) = world.wreck();
    let (pass, decode) = gate();
    let store = Store::open(config, world.clock.clone(), decode)
        .await
        .unwrap();
    assert_eq!(send(&store, request(1000..1005)).await, Appended::Stored);
    // Its answer was lost in the crash: the log has it, but nobody knows yet.
    assert_eq!(send(&store, request(500..505)).await, Appended::Stored);
    assert_eq!(send(&store, request(1000..1005)).await, Appended::Stored);
    let stats = store.stats();
    assert!(stats.replaying && !store.failed());
    assert_eq!(
        (stats.replayed_seq, stats.replay_through_seq),
        (0, REQUESTS)
    );
    assert_eq!((stats.parked_requests, stats.parked_rows), (3, 15));
    assert!(store.table("traces").now_or_never().is_none());
    assert!(store.datasets().now_or_never().is_none());
    assert!(store.flush().now_or_never().is_none());
    drop(pass);
    check(&store, 1005).await;
    let stats = store.stats();
    assert!(!stats.replaying);
    assert_eq!(stats.replayed_seq, REQUESTS);
    assert_eq!((stats.replayed_rows, stats.appended_rows), (1000, 5));
    assert_eq!((stats.duplicate_requests, stats.duplicate_rows), (2, 10));
    assert_eq!(stats.parked_requests, 0);
    store.close().await.unwrap();
    assert_eq!(store.stats().buffered_bytes, 0);
}

/// A crash when some of the log is replayed, flushed on the way, and something is parked.
#[tokio::test]
async fn a_crash_at_any_stage_of_the_replay() {
    let world = long_log().await;
    for passes in [0, 1, 64, 65, 128, 199, 200] {
        let (_directory, config) = world.wreck();
        let config = Config {
            flush_rows_max: 50,
            ..config
        };
        let (pass, decode) = gate();
        let store = Store::open(config.clone(), world.clock.clone(), decode).await;
        let store = store.unwrap();
        send(&store, request(1000..1005)).await;
        send(&store, request(995..1000)).await;
        for _ in 0..passes {
            pass.send(()).unwrap();
        }
        until("a stage", || {
            let stats = store.stats();
            // Stretches of 64 records; the last one needs all. And a flush that is not on its way: a
            // directory that changes while it is copied is not what a crash leaves.
            let replayed = if passes == 200 { 200 } else { passes / 64 * 64 };
            stats.replayed_records >= passes
                && stats.replayed_rows == 5 * replayed
                && stats.buffered_rows < 50
        })
        .await;
        let crashed = World {
            store,
            clock: world.clock.clone(),
            config,
            directory: tempfile::tempdir().unwrap(),
        };
        let after = crashed.crash().await;
        check(&after.store, 1005).await;
        after.store.flush().await.unwrap();
        check(&after.store, 1005).await;
        check(&after.crash().await.store, 1005).await;
        // The one that was let down goes on, too.
        drop(pass);
        check(&crashed.store, 1005).await;
    }
}

#[tokio::test]
async fn a_close_waits_for_the_replay() {
    let world = long_log().await;
    let (directory, config) = world.wreck();
    let (pass, decode) = gate();
    let store = Store::open(config.clone(), world.clock.clone(), decode).await;
    let store = store.unwrap();
    send(&store, request(1000..1005)).await;
    let mut close = Box::pin(store.close());
    assert!(futures::poll!(close.as_mut()).is_pending());
    drop(pass);
    close.await.unwrap();
    let closed = World {
        store,
        clock: world.clock.clone(),
        config,
        directory,
    };
    let after = closed.crash().await;
    assert_eq!(after.store.stats().replayed_records, 0);
    check(&after.store, 1005).await;
}

/// What is parked takes its share of the room; the replay goes on without any.
#[tokio::test]
async fn a_full_buffer_before_the_log_is_replayed() {
    let world = long_log().await;
    let (_directory, config) = world.wreck();
    let config = Config {
        flush_bytes_max: 100_000,
        buffer_bytes_max: 100_000,
        ..config
    };
    let (pass, decode) = gate();
    let store = Store::open(config, world.clock.clone(), decode)
        .await
        .unwrap();
    let mut next = 1000;
    let refused = loop {
        match world::append(&store, &world.clock, "traces", next..next + 5).await {
            Ok(_) => next += 5,
            Err(error) => break error,
        }
    };
    assert!(next > 1000);
    assert_eq!(refused.kind(), ErrorKind::Unavailable);
    drop(pass);
    check(&store, next).await;
    assert!(store.stats().flushes > 1);
}

#[tokio::test]
async fn a_log_that_cannot_be_read_back() {
    let world = World::with(|config| config.log.segment_bytes_max = 2000).await;
    for number in 0..REQUESTS {
        send(&world.store, request(number * 5..number * 5 + 5)).await;
    }
    let (_directory, config) = world.wreck();
    let (pass, decode) = gate();
    let store = Store::open(config.clone(), world.clock.clone(), decode).await;
    let store = store.unwrap();
    send(&store, request(1000..1005)).await;
    let mut segments: Vec<_> = std::fs::read_dir(config.data_dir.join("wal"))
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .collect();
    segments.sort();
    let lost = &segments[segments.len() / 2];
    let kept = std::fs::read(lost).unwrap();
    std::fs::remove_file(lost).unwrap();
    drop(pass);
    let refused = store.table("traces").await.unwrap_err();
    assert_eq!(refused.kind(), ErrorKind::Unavailable, "{refused}");
    assert!(store.failed());
    let refused = world::append(&store, &world.clock, "traces", 0..1).await;
    assert_eq!(refused.unwrap_err().kind(), ErrorKind::Unavailable);
    store.close().await.unwrap_err();
    // The disk has thought better of it.
    std::fs::write(lost, kept).unwrap();
    drop(store);
    let again = world::open(&config, &world.clock).await.unwrap();
    check(&again, 1005).await;
}

#[tokio::test]
async fn a_decoder_that_panics_costs_one_record() {
    let world = long_log().await;
    let (_directory, config) = world.wreck();
    let decode = |request: &Request| {
        assert!(request.body != "50..55", "a bug of ours");
        spans::decode(request)
    };
    let store = Store::open(config, world.clock.clone(), decode)
        .await
        .unwrap();
    assert_eq!(world::numbers(&store, None).await.len(), 995);
    assert_eq!(store.stats().quarantined_records, 1);
}

/// The catalog does not know the log's datasets, nor does the first request after the start.
#[tokio::test]
async fn a_dataset_of_the_log_in_another_case() {
    let world = long_log().await;
    let (_directory, config) = world.wreck();
    let (pass, decode) = gate();
    let store = Store::open(config, world.clock.clone(), decode)
        .await
        .unwrap();
    for (dataset, numbers) in [("Traces", 1000..1005), ("traces", 1005..1010)] {
        let appended = world::append(&store, &world.clock, dataset, numbers).await;
        appended.unwrap();
    }
    drop(pass);
    let datasets = store.datasets().await.unwrap();
    assert_eq!(datasets.len(), 1);
    assert_eq!(
        (datasets[0].name.as_str(), datasets[0].rows),
        ("traces", 1010)
    );
    let refused = world::append(&store, &world.clock, "Traces", 0..1).await;
    assert_eq!(refused.unwrap_err().kind(), ErrorKind::Conflict);
}
