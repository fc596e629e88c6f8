//! Small data files become large ones: the rows stay as they are, whatever happens in between.

use crate::any::{any_batch, any_map_key};
use crate::spans::{self, SECOND, TRACE_SPANS, trace_id};
use crate::world::{self, World};
use arrow::array::RecordBatch;
use arrow::compute::concat_batches;
use datafusion::prelude::{SessionContext, ident, lit};
use model::{Clock, ErrorKind, span};
use std::fs;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use throughline_store::{Config, Fault, Request, Step, Store};

const HOUR: i64 = 3600 * SECOND;

/// Flushes so many files of so many spans.
async fn flushed(world: &World, files: u64, rows: u64) {
    let first = world.store.stats().appended_rows;
    for file in 0..files {
        let start = first + file * rows;
        world.append(start..start + rows).await;
        world.store.flush().await.unwrap();
    }
}

async fn check(world: &World, rows: u64) {
    assert_eq!(world.numbers().await, (0..rows).collect::<Vec<_>>());
}

/// The data files that a query reads.
async fn live(world: &World) -> Vec<String> {
    let table = world.store.table("traces").await.unwrap().unwrap();
    let frame = SessionContext::new().read_table(table).unwrap();
    let plan = frame.create_physical_plan().await.unwrap();
    let plan = datafusion::physical_plan::displayable(plan.as_ref()).indent(true);
    let mut files: Vec<String> = plan
        .to_string()
        .split(['[', ']', ',', ' '])
        .filter(|word| word.ends_with(".parquet"))
        .filter_map(|path| Some(path.rsplit_once('/')?.1.to_owned()))
        .collect();
    files.sort();
    files
}

fn decode(request: &Request) -> Result<Option<RecordBatch>, String> {
    let body = std::str::from_utf8(&request.body).map_err(|error| error.to_string())?;
    let (first, end) = body.split_once("..").ok_or("no range")?;
    let numbers = first.parse().unwrap()..end.parse().unwrap();
    Ok(Some(any_batch(numbers, request.arrival_nanos)))
}

/// All rows in the order of their ids, with the model's columns and those of some keys.
async fn everything(store: &Store, dataset: &str) -> RecordBatch {
    let table = store.table(dataset).await.unwrap().unwrap();
    let mut columns: Vec<_> = span::columns().iter().map(|it| ident(&it.name)).collect();
    for map in span::KEYED_MAPS {
        columns.extend((0..4).map(|key| ident(span::key_column(map, &any_map_key(key)))));
    }
    let frame = SessionContext::new().read_table(table).unwrap();
    let frame = frame
        .sort(vec![ident(span::SPAN_ID).sort(true, false)])
        .unwrap();
    let batches = frame.select(columns).unwrap().collect().await.unwrap();
    concat_batches(&batches[0].schema(), &batches).unwrap()
}

#[tokio::test]
async fn every_column_is_as_it_was() {
    let directory = tempfile::tempdir().unwrap();
    let config = Config {
        compacted_rows_max: 1200,
        ..world::config(directory.path())
    };
    let store = Store::open(config.clone(), Clock::fixed(spans::EPOCH), decode)
        .await
        .unwrap();
    for file in 0..9_u64 {
        for (dataset, rows) in [("traces", 130), ("Other.1", 20)] {
            let numbers = file * 1000..file * 1000 + rows;
            let request = spans::request(dataset, spans::EPOCH, numbers);
            let batch = decode(&request).unwrap().unwrap();
            store.append(request, batch).await.unwrap();
        }
        store.flush().await.unwrap();
    }
    let before = [
        everything(&store, "traces").await,
        everything(&store, "Other.1").await,
    ];
    assert_eq!(
        (before[0].num_rows(), before[1].num_rows()),
        (9 * 130, 9 * 20)
    );
    let nulls = before[0]
        .columns()
        .iter()
        .filter(|it| it.null_count() == it.len());
    assert_eq!(nulls.count(), 0, "every column has values");
    store.compact().await.unwrap();
    let stats = store.stats();
    assert_eq!((stats.compactions, stats.compaction_failures), (2, 0));
    assert_eq!((stats.compacted_files, stats.compacted_rows), (18, 9 * 150));
    assert_eq!((stats.data_files, stats.waiting_files), (2, 0));
    let after = [
        everything(&store, "traces").await,
        everything(&store, "Other.1").await,
    ];
    for (before, after) in before.iter().zip(&after) {
        for (field, (before, after)) in before
            .schema()
            .fields()
            .iter()
            .zip(before.columns().iter().zip(after.columns()))
        {
            assert_eq!(before, after, "{}", field.name());
        }
    }
    let totals: Vec<_> = store
        .datasets()
        .await
        .unwrap()
        .iter()
        .map(|it| it.rows)
        .collect();
    assert_eq!(totals, [9 * 20, 9 * 130]);
    store.compact().await.unwrap();
    assert_eq!(store.stats().compactions, 2, "nothing is due");
    store.close().await.unwrap();
    let refused = store.compact().await.unwrap_err();
    assert_eq!(refused.kind(), ErrorKind::Unavailable);
}

#[tokio::test]
async fn traces_and_attributes_are_found_in_a_merged_file() {
    let world = World::with(|config| config.compacted_rows_max = 1600).await;
    flushed(&world, 6, 250).await;
    world.store.compact().await.unwrap();
    assert_eq!(live(&world).await, ["000000000001-000000000006.parquet"]);
    let lesson = || ident(span::key_column(span::ATTRIBUTES_CUSTOM, "lesson"));
    for number in (0..1500).step_by(7) {
        let of_trace = ident(span::TRACE_ID).eq(lit(trace_id(number)));
        let first = number / TRACE_SPANS * TRACE_SPANS;
        assert_eq!(
            world.numbers_where(of_trace).await,
            (first..first + TRACE_SPANS).collect::<Vec<_>>()
        );
        let of_lesson = lesson().eq(lit(number.to_string()));
        assert_eq!(world.numbers_where(of_lesson).await, [number]);
    }
    assert_eq!(world.numbers_where(lesson().eq(lit("1500"))).await, [0; 0]);
    let errors = ident(span::ERROR).and(ident(span::SERVICE_NAME).eq(lit("api")));
    assert_eq!(world.numbers_where(errors).await.len(), 150);
}

#[tokio::test]
async fn a_crash_after_each_step() {
    for step in [Step::Files, Step::Commit, Step::Release] {
        let world = World::new().await;
        flushed(&world, 5, 20).await;
        world.append(100..110).await;
        world.store.compact_through(step).await.unwrap();
        check(&world, 110).await;
        let is_committed = step > Step::Files;
        assert_eq!(live(&world).await.len(), if is_committed { 1 } else { 5 });
        assert_eq!(
            world.files().len(),
            6,
            "the others stay while a query may read them"
        );
        let after = world.crash().await;
        check(&after, 110).await;
        assert_eq!(
            after.files().len(),
            if is_committed { 6 } else { 5 },
            "{step:?}"
        );
        after.store.compact().await.unwrap();
        check(&after, 110).await;
        assert_eq!(live(&after).await, ["000000000001-000000000005.parquet"]);
        // Without a crash: what is not committed is removed and made anew.
        world.store.compact().await.unwrap();
        check(&world, 110).await;
        assert_eq!(live(&world).await, ["000000000001-000000000005.parquet"]);
        check(&world.crash().await, 110).await;
    }
}

#[tokio::test]
async fn half_a_file_is_swept() {
    let world = World::new().await;
    flushed(&world, 2, 10).await;
    let dataset = world.config.data_dir.join("data/traces");
    fs::write(
        dataset.join("000000000001-000000000002.parquet.tmp"),
        b"PAR1 half a fi",
    )
    .unwrap();
    let after = world.crash().await;
    assert_eq!(after.files().len(), 2);
    check(&after, 20).await;
}

/// A catalog was put back that is older than a merge whose inputs are deleted.
#[tokio::test]
async fn the_only_copy_of_rows_is_kept() {
    let world = World::new().await;
    flushed(&world, 4, 10).await;
    world.store.compact_through(Step::Files).await.unwrap();
    let (_directory, config) = world.wreck();
    let dataset = config.data_dir.join("data/traces");
    let name = "000000000001-000000000004.parquet";
    fs::remove_file(dataset.join("000000000002-000000000002.parquet")).unwrap();
    let _store = world::open(&config, &world.clock).await.unwrap();
    assert!(!dataset.join(name).exists());
    assert!(config.data_dir.join("quarantine").join(name).exists());
}

#[tokio::test]
async fn a_commit_whose_answer_is_lost() {
    for (fault, is_committed) in [(Fault::AnswerLost, true), (Fault::Undone, false)] {
        let world = World::new().await;
        flushed(&world, 4, 10).await;
        world.store.fail_next_commit(fault);
        let refused = world.store.compact().await.unwrap_err();
        assert_eq!(refused.kind(), ErrorKind::Unavailable);
        check(&world, 40).await;
        check(&world.crash().await, 40).await;
        // What a commit in doubt names stays until a later one is there.
        for _ in 0..2 {
            world.store.compact().await.unwrap();
            assert_eq!(world.files().len(), 5, "{fault:?}");
            assert_eq!(live(&world).await.len(), if is_committed { 1 } else { 4 });
        }
        flushed(&world, 1, 10).await;
        world.store.compact().await.unwrap();
        check(&world, 50).await;
        let merged = if is_committed { 2 } else { 1 };
        assert_eq!(live(&world).await.len(), merged, "{fault:?}");
        assert_eq!(world.files().len(), 6, "{fault:?}");
        check(&world.crash().await, 50).await;
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn queries_see_every_row_once_meanwhile() {
    const REQUESTS: u64 = 200;
    const ROWS: u64 = 10;
    let world = Arc::new(World::with(|config| config.compacted_rows_max = 800).await);
    let (acknowledged, is_over) = (
        Arc::new(AtomicU64::new(0)),
        Arc::new(AtomicBool::new(false)),
    );
    let readers: Vec<_> = (0..2)
        .map(|_| {
            let (world, acknowledged, is_over) = (
                Arc::clone(&world),
                Arc::clone(&acknowledged),
                Arc::clone(&is_over),
            );
            tokio::spawn(async move {
                while !is_over.load(Ordering::SeqCst) {
                    let before = acknowledged.load(Ordering::SeqCst);
                    let found = world.numbers().await;
                    assert!(found.len() as u64 >= before);
                    assert_eq!(found, (0..found.len() as u64).collect::<Vec<_>>());
                }
            })
        })
        .collect();
    let compactor = {
        let (world, is_over) = (Arc::clone(&world), Arc::clone(&is_over));
        tokio::spawn(async move {
            while !is_over.load(Ordering::SeqCst) {
                world.store.compact().await.unwrap();
                tokio::task::yield_now().await;
            }
        })
    };
    for request in 0..REQUESTS {
        world.append(request * ROWS..(request + 1) * ROWS).await;
        acknowledged.store((request + 1) * ROWS, Ordering::SeqCst);
        if request % 2 == 1 {
            world.store.flush().await.unwrap();
        }
    }
    is_over.store(true, Ordering::SeqCst);
    for reader in readers {
        reader.await.unwrap();
    }
    compactor.await.unwrap();
    world.store.compact().await.unwrap();
    check(&world, REQUESTS * ROWS).await;
    let stats = world.store.stats();
    assert!(stats.compactions > 2 && stats.data_files < 20, "{stats:?}");
    assert!(stats.compacted_rows < 4 * REQUESTS * ROWS, "{stats:?}");
    check(&world.crash().await, REQUESTS * ROWS).await;
}

#[tokio::test]
async fn retention_and_deletion_after_a_merge() {
    let world = World::new().await;
    for _ in 0..4 {
        flushed(&world, 1, 10).await;
        world.clock.advance(HOUR);
    }
    let table = world.store.table("traces").await.unwrap().unwrap();
    world.clock.advance(20 * HOUR);
    world.store.compact().await.unwrap();
    assert_eq!(live(&world).await.len(), 1);
    // The files that were merged go, later.
    world.store.maintain().await.unwrap();
    assert_eq!(world.files().len(), 5);
    let frame = SessionContext::new().read_table(table).unwrap();
    assert_eq!(
        frame.count().await.unwrap(),
        40,
        "by a query that began before"
    );
    for _ in 0..2 {
        world.clock.advance(2 * HOUR);
        world.store.maintain().await.unwrap();
    }
    assert_eq!(world.files(), ["000000000001-000000000004.parquet"]);
    check(&world, 40).await;
    check(&world.crash().await, 40).await;
    // As old as the newest of them, not as its merge: 28 hours are over, of which the newest has 25.
    world.days_pass(28).await;
    world.clock.advance(23 * HOUR - 1);
    world.store.maintain().await.unwrap();
    check(&world, 40).await;
    world.clock.advance(2);
    world.store.maintain().await.unwrap();
    check(&world, 0).await;
    assert_eq!(world.store.stats().retired_files, 1);
}

#[tokio::test]
async fn a_file_that_cannot_be_read_is_left_alone() {
    let world = World::new().await;
    flushed(&world, 9, 10).await;
    let damaged = world
        .config
        .data_dir
        .join("data/traces/000000000005-000000000005.parquet");
    let content = fs::read(&damaged).unwrap();
    fs::write(&damaged, &content[..content.len() / 2]).unwrap();
    world.store.compact().await.unwrap();
    world.store.compact().await.unwrap();
    let stats = world.store.stats();
    assert_eq!((stats.compactions, stats.compaction_failures), (2, 1));
    fs::write(&damaged, content).unwrap();
    let files = [
        "000000000001-000000000004.parquet",
        "000000000005-000000000005.parquet",
        "000000000006-000000000009.parquet",
    ];
    assert_eq!(live(&world).await, files);
    check(&world, 90).await;
}

#[tokio::test]
async fn nothing_is_merged_on_a_full_disk() {
    let world = World::with(|config| config.compaction_free_bytes_min = u64::MAX).await;
    flushed(&world, 4, 10).await;
    world.store.compact().await.unwrap();
    assert_eq!(world.files().len(), 4);
    assert_eq!(world.store.stats().waiting_files, 4);
}

#[tokio::test]
async fn it_happens_by_itself() {
    let world = World::with(|config| config.compaction = true).await;
    flushed(&world, 4, 10).await;
    world::until("the merge", || world.store.stats().compactions == 1).await;
    check(&world, 40).await;
}
