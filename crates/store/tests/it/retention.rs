//! Rows past their age go, by the clock: out of queries, out of the catalog, off the disk.

use crate::world::World;
use std::time::Duration;

const DAY: i64 = 24 * 60 * 60 * 1_000_000_000;
const HOUR: i64 = DAY / 24;

#[tokio::test]
async fn files_go_when_their_newest_row_is_too_old() {
    let world = World::new().await;
    world.append(0..10).await;
    world.store.flush().await.unwrap();
    world.days_pass(20).await;
    world.append(10..20).await;
    world.store.flush().await.unwrap();

    world.days_pass(10).await;
    assert_eq!(
        world.numbers().await.len(),
        20,
        "exactly 30 days old is not older than 30 days"
    );

    let table = world.store.table("traces").await.unwrap().unwrap();
    world.clock.advance(HOUR);
    world.store.maintain().await.unwrap();
    assert_eq!(world.numbers().await, (10..20).collect::<Vec<_>>());
    assert_eq!(world.files().len(), 2, "a query may still read the file");
    let frame = datafusion::prelude::SessionContext::new()
        .read_table(table)
        .unwrap();
    assert_eq!(
        frame
            .collect()
            .await
            .unwrap()
            .iter()
            .map(|batch| batch.num_rows())
            .sum::<usize>(),
        20
    );

    world.clock.advance(HOUR - 1_000_000);
    world.store.maintain().await.unwrap();
    assert_eq!(world.files().len(), 2);
    world.clock.advance(2_000_000);
    world.store.maintain().await.unwrap();
    assert_eq!(world.files(), ["000000000002-000000000002.parquet"]);
    let stats = world.store.stats();
    assert_eq!((stats.retired_files, stats.vacuumed_files), (1, 1));
    assert_eq!(stats.retired_rows, 10);
    assert_eq!(
        world.crash().await.numbers().await,
        (10..20).collect::<Vec<_>>()
    );
}

#[tokio::test]
async fn a_dataset_may_have_an_age_of_its_own() {
    let week = Duration::from_secs(7 * 24 * 60 * 60);
    let world = World::with(|config| {
        config.retention_of.insert("preview".to_owned(), week);
    })
    .await;
    world.append(0..10).await;
    world.append_to("preview", 0..10).await;
    world.store.flush().await.unwrap();
    world.days_pass(8).await;
    assert_eq!(world.numbers().await.len(), 10);
    let datasets = world.store.datasets().await.unwrap();
    let rows = |name: &str| datasets.iter().find(|it| it.name == name).map(|it| it.rows);
    assert_eq!((rows("traces"), rows("preview")), (Some(10), Some(0)));
}

/// Spans from 1970 and from next year: found by their time, counted, and gone with their arrival.
#[tokio::test]
async fn a_clock_that_lies_keeps_nothing_for_ever() {
    use crate::spans::{self, with_column};
    use arrow::array::{ArrayRef, TimestampNanosecondArray};
    use datafusion::common::ScalarValue;
    use datafusion::prelude::{ident, lit};
    use model::span;
    use std::sync::Arc;
    let world = World::new().await;
    let request = spans::request("traces", spans::EPOCH, 0..3);
    let batch = spans::batch(0..3, spans::EPOCH);
    let times = vec![1, spans::EPOCH, spans::EPOCH + 365 * DAY];
    let times: ArrayRef = Arc::new(TimestampNanosecondArray::from(times));
    let batch = with_column(&batch, span::TIME, times);
    world.store.append(request, batch).await.unwrap();
    assert_eq!(world.store.stats().astray_rows, 2);
    world.store.flush().await.unwrap();
    let moment = |nanos| lit(ScalarValue::TimestampNanosecond(Some(nanos), None));
    let long_ago = ident(span::TIME).lt(moment(DAY));
    assert_eq!(world.numbers_where(long_ago).await, [0]);
    let ahead = ident(span::TIME).gt(moment(spans::EPOCH + DAY));
    assert_eq!(world.numbers_where(ahead).await, [2]);
    assert_eq!(world.numbers().await.len(), 3);
    world.days_pass(31).await;
    assert_eq!(world.numbers().await, [0; 0]);
}

#[tokio::test]
async fn the_last_file_goes_too_and_the_logs_position_stays() {
    let world = World::with(|config| config.retention = Duration::from_secs(60)).await;
    world.append(0..10).await;
    world.store.flush().await.unwrap();
    for _ in 0..4 {
        world.clock.advance(2 * HOUR);
        world.store.maintain().await.unwrap();
    }
    assert!(world.files().is_empty());
    let after = world.crash().await;
    assert_eq!(
        after.store.stats().replayed_records,
        0,
        "the rows must not come back from the log"
    );
    assert!(after.numbers().await.is_empty());
    let datasets = after.store.datasets().await.unwrap();
    assert_eq!(
        (datasets.len(), datasets[0].rows, datasets[0].times),
        (1, 0, None)
    );
    after.append(10..11).await;
    after.store.flush().await.unwrap();
    assert_eq!(after.numbers().await, [10]);
}

#[tokio::test]
async fn old_rows_in_the_buffer_are_not_dropped_unseen() {
    let world = World::new().await;
    world.append(0..10).await;
    world.clock.advance(31 * DAY);
    world.store.maintain().await.unwrap();
    assert_eq!(world.numbers().await.len(), 10);
}

#[tokio::test]
async fn a_clock_that_jumps_takes_nothing_for_a_day() {
    let world = World::new().await;
    world.append(0..10).await;
    world.store.flush().await.unwrap();
    // A bad time server: years ahead, seen by several maintenances, then put right.
    world.clock.advance(400 * DAY);
    world.store.maintain().await.unwrap();
    world.clock.advance(DAY / 2);
    world.store.maintain().await.unwrap();
    assert_eq!(world.store.stats().retired_files, 0);
    world.clock.advance(-400 * DAY);
    world.store.maintain().await.unwrap();
    world.days_pass(29).await;
    assert_eq!(world.store.stats().retired_files, 0);
    world.days_pass(1).await;
    assert_eq!(
        world.store.stats().retired_files,
        1,
        "by the clock that is right again"
    );
}

#[tokio::test]
async fn a_server_that_was_off_retires_after_a_day() {
    let world = World::new().await;
    world.append(0..10).await;
    world.store.flush().await.unwrap();
    world.clock.advance(40 * DAY);
    let after = world.crash().await;
    // A crash is a copy, and copies are new.
    for file in after.files() {
        let path = after.config.data_dir.join("data/traces").join(file);
        let time = std::time::Duration::from_nanos(crate::spans::EPOCH as u64);
        let file = std::fs::File::options().write(true).open(path).unwrap();
        file.set_modified(std::time::SystemTime::UNIX_EPOCH + time)
            .unwrap();
    }
    after.store.maintain().await.unwrap();
    assert_eq!(after.store.stats().retired_files, 0);
    after.days_pass(1).await;
    assert_eq!(after.store.stats().retired_files, 1);
}

#[tokio::test]
async fn rows_that_arrived_under_a_wrong_clock_are_as_old_as_their_flush() {
    let world = World::new().await;
    world.clock.advance(-400 * DAY);
    world.append(0..10).await;
    world.clock.advance(400 * DAY);
    world.store.flush().await.unwrap();
    world.days_pass(30).await;
    assert_eq!(world.store.stats().retired_files, 0);
    world.days_pass(1).await;
    assert_eq!(world.store.stats().retired_files, 1);
}
