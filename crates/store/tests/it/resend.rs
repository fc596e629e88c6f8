//! An identical request that is sent again within ten minutes is recognised, over a restart too.

use crate::spans::{self, SECOND};
use crate::world::{self, World};
use std::ops::Range;
use std::sync::Arc;
use throughline_store::{Appended, Request, Step, Store};

/// A request as a client sends it twice: its digest follows from dataset and numbers.
fn request(dataset: &str, arrival_nanos: i64, numbers: Range<u64>) -> Request {
    let digest = u128::from(numbers.start) << 64 | u128::from(numbers.end) << 8;
    Request {
        digest: Some(digest | dataset.len() as u128),
        ..spans::request(dataset, arrival_nanos, numbers)
    }
}

async fn send_to(store: &Store, request: Request) -> Appended {
    let batch = spans::decode(&request).unwrap().unwrap();
    store.append(request, batch).await.unwrap()
}

async fn send(world: &World, numbers: Range<u64>) -> Appended {
    let request = request("traces", world.clock.now_nanos(), numbers);
    send_to(&world.store, request).await
}

/// Time that passes while requests come in: no leap.
async fn pass(world: &World, seconds: i64) {
    for _ in 0..seconds / 30 {
        world.clock.advance(30 * SECOND);
        world.append(900..901).await;
    }
}

async fn check(world: &World, numbers: Range<u64>) {
    let mut found = world.numbers().await;
    found.retain(|number| *number != 900);
    assert_eq!(found, numbers.collect::<Vec<_>>());
}

#[tokio::test]
async fn within_ten_minutes() {
    let world = World::new().await;
    assert_eq!(send(&world, 0..10).await, Appended::Stored);
    assert_eq!(send(&world, 0..10).await, Appended::Duplicate);
    assert_eq!(send(&world, 10..20).await, Appended::Stored);
    let elsewhere = request("elsewhere", world.clock.now_nanos(), 0..10);
    assert_eq!(send_to(&world.store, elsewhere).await, Appended::Stored);
    pass(&world, 570).await;
    assert_eq!(send(&world, 0..10).await, Appended::Duplicate);
    check(&world, 0..20).await;
    let stats = world.store.stats();
    assert_eq!((stats.duplicate_requests, stats.duplicate_rows), (2, 20));
    assert_eq!(stats.appended_rows, 30 + 19);
    assert_eq!(stats.recent_digests, 3);
    // A request without a digest is never taken for another.
    world.append(900..901).await;
    pass(&world, 30).await;
    assert_eq!(send(&world, 0..10).await, Appended::Stored);
}

#[tokio::test]
async fn after_a_crash_at_any_step_of_a_flush() {
    for step in [Step::Files, Step::Commit, Step::Trim, Step::Release] {
        let world = World::new().await;
        send(&world, 0..10).await;
        world.store.flush().await.unwrap();
        send(&world, 10..20).await;
        world.store.flush_through(step).await.unwrap();
        send(&world, 20..30).await;
        let mut after = world.crash().await;
        // Twice: what the first crash brought back is there after the second, too.
        for crash in 1..3 {
            for first in [0, 10, 20] {
                let again = send(&after, first..first + 10).await;
                assert_eq!(again, Appended::Duplicate, "after {step:?}, crash {crash}");
            }
            check(&after, 0..30).await;
            after.store.flush().await.unwrap();
            after = after.crash().await;
        }
    }
}

#[tokio::test]
async fn a_clean_stop_and_a_start_before_and_after_ten_minutes() {
    let world = World::new().await;
    send(&world, 0..10).await;
    world.store.close().await.unwrap();
    world.clock.advance(9 * 60 * SECOND);
    let after = world.crash().await;
    assert_eq!(send(&after, 0..10).await, Appended::Duplicate);
    after.store.close().await.unwrap();
    world.clock.advance(60 * SECOND);
    let after = after.crash().await;
    assert_eq!(send(&after, 0..10).await, Appended::Stored);
}

/// Both are on their way at once, so both may be in the log.
#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn identical_requests_at_once() {
    let world = Arc::new(World::new().await);
    for round in 0..50 {
        let numbers = round * 10..(round + 1) * 10;
        let sends: Vec<_> = (0..4)
            .map(|_| {
                let (world, numbers) = (Arc::clone(&world), numbers.clone());
                tokio::spawn(async move { send(&world, numbers).await })
            })
            .collect();
        let mut stored = 0;
        for sent in sends {
            stored += usize::from(sent.await.unwrap() == Appended::Stored);
        }
        assert_eq!(stored, 1);
        if round % 10 == 5 {
            world.store.flush().await.unwrap();
        }
    }
    assert!(
        world.store.stats().log_seq > 50,
        "none were on their way at once"
    );
    check(&world, 0..500).await;
    let after = world.crash().await;
    check(&after, 0..500).await;
    after.store.flush().await.unwrap();
    check(&after.crash().await, 0..500).await;
}

/// The log may hold identical requests of long ago: they are one, however late it is now.
#[tokio::test]
async fn identical_records_of_long_ago() {
    let world = World::new().await;
    world.store.close().await.unwrap();
    let (_directory, config) = world.wreck();
    let minutes = [0, 1, 9, 10, 11];
    let requests = minutes.map(|it| request("traces", spans::EPOCH + it * 60 * SECOND, 0..10));
    world::log(&config, &requests).await;
    world.clock.advance(24 * 3600 * SECOND);
    let store = world::open(&config, &world.clock).await.unwrap();
    // The first and the one ten minutes later; the others arrived within ten minutes of one of them.
    let found = world::numbers(&store, None).await;
    assert_eq!(found.len(), 20);
    assert_eq!(
        store.stats().duplicate_requests,
        0,
        "they were counted before"
    );
}

#[tokio::test]
async fn a_clock_that_leaps() {
    const HOUR: i64 = 3600 * SECOND;
    for leap in [HOUR, -HOUR, 24 * 365 * HOUR, -24 * 365 * HOUR] {
        let world = World::new().await;
        send(&world, 0..10).await;
        world.clock.advance(leap);
        assert_eq!(send(&world, 0..10).await, Appended::Duplicate, "{leap}");
        send(&world, 10..20).await;
        pass(&world, 660).await;
        assert_eq!(send(&world, 10..20).await, Appended::Stored, "{leap}");
        assert_eq!(world.store.stats().recent_digests, 1, "{leap}");
    }
}

#[tokio::test]
async fn the_digests_are_bounded_and_the_oldest_go_first() {
    let world = World::with(|config| config.resend_bytes_max = 16 << 10).await;
    for number in 0..800 {
        send(&world, number..number + 1).await;
        assert!(world.store.stats().recent_bytes <= 16 << 10);
    }
    let stats = world.store.stats();
    assert_eq!(stats.recent_digests + stats.recent_forgotten, 800);
    assert!(stats.recent_digests > 200, "{stats:?}");
    assert_eq!(send(&world, 799..800).await, Appended::Duplicate);
    assert_eq!(send(&world, 0..1).await, Appended::Stored);
    world.store.close().await.unwrap();
    let after = world.crash().await;
    assert!(after.store.stats().recent_bytes <= 16 << 10);
    assert_eq!(send(&after, 799..800).await, Appended::Duplicate);
}

#[tokio::test]
async fn a_request_that_the_log_refused_is_not_known() {
    let world = World::with(|config| config.log.record_bytes_max = 60).await;
    let mut large = request("traces", spans::EPOCH, 0..10);
    let batch = spans::decode(&large).unwrap().unwrap();
    let body = std::mem::replace(&mut large.body, vec![b' '; 60].into());
    world.store.append(large.clone(), batch).await.unwrap_err();
    large.body = body;
    assert_eq!(send_to(&world.store, large).await, Appended::Stored);
}
