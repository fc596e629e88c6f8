//! A crash at any point: the directory as it lies on disk, opened anew, has every acknowledged row once.

use crate::spans;
use crate::world::{self, World};
use model::ErrorKind;
use throughline_store::{Config, Step};

#[tokio::test]
async fn before_any_flush_the_log_has_the_rows() {
    let world = World::new().await;
    world.append(0..10).await;
    world.append(10..30).await;
    let after = world.crash().await;
    assert_eq!(after.numbers().await, (0..30).collect::<Vec<_>>());
    let stats = after.store.stats();
    assert_eq!(
        (
            stats.replayed_records,
            stats.replayed_rows,
            stats.quarantined_records
        ),
        (2, 30, 0)
    );
    // Life goes on: numbers of the log continue.
    after.append(30..31).await;
    after.store.flush().await.unwrap();
    assert_eq!(after.files(), ["000000000001-000000000003.parquet"]);
    assert_eq!(
        after.crash().await.numbers().await,
        (0..31).collect::<Vec<_>>()
    );
}

#[tokio::test]
async fn between_any_two_steps_of_a_flush_nothing_is_lost_or_doubled() {
    for (step, replayed) in [
        (Step::Files, 2),
        (Step::Commit, 0),
        (Step::Trim, 0),
        (Step::Release, 0),
    ] {
        // A segment for each record, so that there is something to trim.
        let world = World::with(|config| config.log.segment_bytes_max = 1).await;
        world.append(0..50).await;
        world.store.flush().await.unwrap();
        world.append(50..70).await;
        world.append(70..100).await;
        world.store.flush_through(step).await.unwrap();
        let after = world.crash().await;
        assert_eq!(
            after.numbers().await,
            (0..100).collect::<Vec<_>>(),
            "after {step:?}"
        );
        assert_eq!(
            after.store.stats().replayed_records,
            replayed,
            "after {step:?}"
        );
        // The leftover of a flush without its commit is gone; the repeated flush makes it anew.
        assert_eq!(after.files().len(), if step == Step::Files { 1 } else { 2 });
        after.append(100..101).await;
        after.store.flush().await.unwrap();
        after.store.flush().await.unwrap();
        assert_eq!(
            after.numbers().await,
            (0..101).collect::<Vec<_>>(),
            "after {step:?} and a flush"
        );
        let last = after.crash().await;
        assert_eq!(
            last.numbers().await,
            (0..101).collect::<Vec<_>>(),
            "after {step:?} and another crash"
        );
    }
}

#[tokio::test]
async fn a_file_half_written_is_swept() {
    let world = World::new().await;
    world.append(0..10).await;
    world.store.flush().await.unwrap();
    world.append(10..20).await;
    let dataset = world.config.data_dir.join("data/traces");
    std::fs::write(
        dataset.join("000000000002-000000000002.parquet.tmp"),
        b"PAR1 half a fi",
    )
    .unwrap();
    std::fs::write(dataset.join("notes.txt"), b"not ours").unwrap();
    let after = world.crash().await;
    assert_eq!(
        after.files(),
        ["000000000001-000000000001.parquet", "notes.txt"]
    );
    assert_eq!(after.numbers().await, (0..20).collect::<Vec<_>>());
}

#[tokio::test]
async fn a_torn_end_of_the_log_is_counted_and_kept() {
    let world = World::new().await;
    world.append(0..10).await;
    world.store.close().await.unwrap();
    let log = world.config.data_dir.join("wal");
    let segment = std::fs::read_dir(&log).unwrap().next().unwrap().unwrap();
    let mut bytes = std::fs::read(segment.path()).unwrap();
    bytes.extend(b"half a record");
    std::fs::write(segment.path(), bytes).unwrap();
    let after = world.crash().await;
    assert_eq!(after.store.stats().torn_bytes, 13);
    let kept = std::fs::read_dir(after.config.data_dir.join("quarantine")).unwrap();
    let kept: Vec<_> = kept
        .map(|it| std::fs::read(it.unwrap().path()).unwrap())
        .collect();
    assert_eq!(kept, [b"half a record"]);
    assert!(!after.store.failed());
}

#[tokio::test]
async fn close_leaves_nothing_in_the_log() {
    let world = World::new().await;
    world.append(0..10).await;
    world.store.close().await.unwrap();
    world.store.close().await.unwrap();
    let refused = world::append(&world.store, &world.clock, "traces", 10..11)
        .await
        .unwrap_err();
    assert_eq!(refused.kind(), ErrorKind::Unavailable);
    let after = world.crash().await;
    assert_eq!(after.store.stats().replayed_records, 0);
    assert_eq!(after.numbers().await, (0..10).collect::<Vec<_>>());
}

#[tokio::test]
async fn a_long_replay_flushes_on_the_way() {
    let world = World::new().await;
    for block in 0..20 {
        world.append(block * 10..(block + 1) * 10).await;
    }
    let small = World {
        config: Config {
            flush_rows_max: 60,
            ..world.config.clone()
        },
        ..world
    };
    let after = small.crash().await;
    assert_eq!(after.numbers().await, (0..200).collect::<Vec<_>>());
    assert_eq!(after.files().len(), 3);
    assert_eq!(after.store.stats().buffered_rows, 20);
}

#[tokio::test]
async fn a_record_that_cannot_be_decoded_is_kept_aside() {
    let world = World::new().await;
    world.append(0..10).await;
    let mut request = spans::request("traces", spans::EPOCH, 10..20);
    let batch = spans::decode(&request).unwrap().unwrap();
    request.body = "no range".into();
    world.store.append(request.clone(), batch).await.unwrap();
    world.append(20..30).await;
    let after = world.crash().await;
    assert_eq!(
        after.numbers().await,
        (0..10).chain(20..30).collect::<Vec<_>>()
    );
    assert_eq!(after.store.stats().quarantined_records, 1);
    let kept = std::fs::read(after.config.data_dir.join("quarantine/000000000002.record")).unwrap();
    assert_eq!(kept, request.encode());
    after.store.flush().await.unwrap();
    assert_eq!(after.crash().await.store.stats().quarantined_records, 0);
}

#[tokio::test]
async fn a_log_that_is_gone_does_not_make_new_rows_vanish() {
    let world = World::new().await;
    for number in 0..5 {
        world.append(number..number + 1).await;
    }
    world.store.close().await.unwrap();
    std::fs::remove_dir_all(world.config.data_dir.join("wal")).unwrap();
    let after = world.crash().await;
    after.append(5..6).await;
    assert_eq!(after.numbers().await, (0..6).collect::<Vec<_>>());
    assert_eq!(
        after.crash().await.numbers().await,
        (0..6).collect::<Vec<_>>()
    );
}

#[tokio::test]
async fn a_catalog_that_is_gone() {
    let world = World::new().await;
    for number in 0..2 {
        world.append(number..number + 1).await;
        world.store.flush().await.unwrap();
    }
    world.store.close().await.unwrap();
    std::fs::remove_file(world.config.data_dir.join("catalog.sqlite")).unwrap();
    // No empty store is made of the data files that are there.
    let refused = world.try_crash().await.err().unwrap();
    assert_eq!(refused.kind(), ErrorKind::Corrupt, "{refused}");
    // The log happens to have everything still: whoever takes the data files away has it read back.
    std::fs::remove_dir_all(world.config.data_dir.join("data")).unwrap();
    assert_eq!(world.crash().await.numbers().await, [0, 1]);
}
