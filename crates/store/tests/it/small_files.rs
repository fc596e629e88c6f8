//! A query over many small files in an object store: what takes time is asking, so each is asked for once.

use crate::remote::open;
use crate::spans;
use crate::stand_in::StandIn;
use crate::world;
use model::Clock;
use std::sync::atomic::Ordering;
use throughline_store::Config;

const FILES: u64 = 40;

#[tokio::test]
async fn each_is_asked_for_once() {
    let stand_in = StandIn::start(1).await;
    let directory = tempfile::tempdir().unwrap();
    let config = Config {
        objects: Some(stand_in.objects()),
        ..world::config(directory.path())
    };
    let clock = Clock::fixed(spans::EPOCH);
    let store = open(&config, &clock).await.unwrap();
    for file in 0..FILES {
        let appended = world::append(&store, &clock, "traces", file * 3..file * 3 + 3).await;
        appended.unwrap();
        store.flush().await.unwrap();
    }
    drop(store);
    let store = open(&config, &clock).await.unwrap();
    let asked = || stand_in.trouble.requests.swap(0, Ordering::Relaxed);
    asked();
    store.table("traces").await.unwrap().unwrap();
    assert_eq!(asked(), FILES, "to plan");
    let found = world::numbers(&store, None).await;
    assert_eq!(found, (0..3 * FILES).collect::<Vec<_>>());
    assert_eq!(asked(), 0, "for the rows of what was just read");
}
