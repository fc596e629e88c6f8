//! What is refused, and how.

use crate::spans;
use crate::world::{self, World};
use arrow::array::RecordBatch;
use model::{ErrorKind, span};
use throughline_store::Config;

#[tokio::test]
async fn a_second_store_on_the_same_directory() {
    let world = World::new().await;
    let refused = world::open(&world.config, &world.clock).await.unwrap_err();
    assert_eq!(refused.kind(), ErrorKind::Conflict);
    assert!(
        refused.to_string().ends_with("another process is using it"),
        "{refused}"
    );
}

#[tokio::test]
async fn names() {
    let world = World::with(|config| config.datasets_max = 3).await;
    let mut outcomes = Vec::new();
    let long = "x".repeat(129);
    for name in [
        "traces", "Traces", "", "..", "a/b", "-a", ".a", "ä", &long, "a.b-c_D", "9", "fourth",
        "traces",
    ] {
        let outcome = world::append(&world.store, &world.clock, name, 0..1).await;
        outcomes.push(outcome.err().map(|error| error.kind()));
    }
    let invalid = Some(ErrorKind::Invalid);
    let conflict = Some(ErrorKind::Conflict);
    let exhausted = Some(ErrorKind::Exhausted);
    assert_eq!(
        outcomes,
        [
            None, conflict, invalid, invalid, invalid, invalid, invalid, invalid, invalid, None,
            None, exhausted, None
        ]
    );
    let names: Vec<_> = world
        .store
        .datasets()
        .await
        .unwrap()
        .into_iter()
        .map(|dataset| dataset.name)
        .collect();
    assert_eq!(names, ["9", "a.b-c_D", "traces"]);
}

#[tokio::test]
async fn a_full_buffer_refuses_until_a_flush() {
    let world = World::with(|config| {
        config.flush_bytes_max = 300_000;
        config.buffer_bytes_max = 300_000;
    })
    .await;
    let mut appended = 0;
    let refused = loop {
        match world::append(
            &world.store,
            &world.clock,
            "traces",
            appended..appended + 100,
        )
        .await
        {
            Ok(_) => appended += 100,
            Err(error) => break error,
        }
        assert!(world.store.stats().buffered_bytes <= 300_000);
    };
    assert!(appended > 0);
    assert_eq!(refused.kind(), ErrorKind::Unavailable);
    assert_eq!(world.store.stats().refused_requests, 1);
    // One that no flush could make room for is told so.
    let huge = world::append(&world.store, &world.clock, "traces", 0..10_000)
        .await
        .unwrap_err();
    assert_eq!(huge.kind(), ErrorKind::Exhausted, "{huge}");
    // Refusing is reason enough to make room.
    world::until("room", || world.store.stats().buffered_rows == 0).await;
    world.append(appended..appended + 100).await;
    assert_eq!(world.numbers().await.len() as u64, appended + 100);
}

#[tokio::test]
async fn a_batch_that_is_not_of_the_model() {
    let world = World::new().await;
    let request = spans::request("traces", spans::EPOCH, 0..3);
    let batch = spans::decode(&request).unwrap().unwrap();
    let without_time: Vec<usize> = (1..batch.num_columns()).collect();
    let renamed = {
        let fields: Vec<_> = batch
            .schema()
            .fields()
            .iter()
            .map(|f| f.as_ref().clone().with_name(format!("my {}", f.name())))
            .collect();
        RecordBatch::try_new(
            std::sync::Arc::new(arrow::datatypes::Schema::new(fields)),
            batch.columns().to_vec(),
        )
        .unwrap()
    };
    for wrong in [batch.project(&without_time).unwrap(), renamed] {
        let refused = world
            .store
            .append(request.clone(), wrong)
            .await
            .unwrap_err();
        assert_eq!(refused.kind(), ErrorKind::Internal, "{refused}");
    }
    assert_eq!(world.store.stats().log_seq, 0);
    assert!(batch.column_by_name(span::TIME).is_some());
}

#[tokio::test]
async fn settings() {
    let directory = tempfile::tempdir().unwrap();
    let config = Config {
        buffer_bytes_max: 1,
        ..world::config(directory.path())
    };
    let refused = world::open(&config, &model::Clock::System)
        .await
        .unwrap_err();
    assert_eq!(refused.kind(), ErrorKind::Invalid, "{refused}");
}

/// A caller that goes away between the log and the buffer leaves no gap: what was logged is seen, and
/// flushes go on past it.
#[tokio::test]
async fn callers_that_go_away() {
    let world = World::new().await;
    for number in 0..50 {
        let append = world::append(&world.store, &world.clock, "traces", number..number + 1);
        // Polled once: far enough to be on its way, never to its end.
        futures::FutureExt::now_or_never(append);
    }
    world.append(50..51).await;
    world.store.close().await.unwrap();
    let numbers = world.crash().await.numbers().await;
    let mut once = numbers.clone();
    once.dedup();
    assert_eq!(numbers, once);
    assert!(numbers.contains(&50));
    assert_eq!(numbers.len() as u64, world.store.stats().log_seq);
}
