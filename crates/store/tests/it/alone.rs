//! What a store does by itself: it flushes by size and by age.

use crate::world::World;
use std::time::Duration;

/// Waits for the task behind the store, which is bound to come to it, until `rows` are left in the buffer.
async fn flushed(world: &World, rows: u64) {
    let flushes = async {
        while world.store.stats().flushes == 0 || world.store.stats().buffered_rows > rows {
            tokio::task::yield_now().await;
        }
    };
    tokio::time::timeout(Duration::from_secs(30), flushes)
        .await
        .expect("no flush came");
}

#[tokio::test]
async fn by_rows() {
    let world = World::with(|config| config.flush_rows_max = 100).await;
    world.append(0..99).await;
    assert_eq!(world.store.stats().flushes, 0);
    world.append(99..150).await;
    flushed(&world, 51).await;
    assert_eq!(
        world.store.stats().flushed_rows,
        99,
        "no file has more rows than the limit, and what is left waits for the next one"
    );
    assert_eq!(world.numbers().await.len(), 150);
}

#[tokio::test]
async fn by_age() {
    let world = World::new().await;
    world.append(0..10).await;
    world.clock.advance(10 * 60 * 1_000_000_000);
    flushed(&world, 0).await;
    assert_eq!(world.numbers().await.len(), 10);
}
