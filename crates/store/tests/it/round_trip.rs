//! What goes in comes out: from the buffer, from files, from both.

use crate::spans::{self, span_id, time, trace_id};
use crate::world::World;
use arrow::array::{AsArray, RecordBatch};
use arrow::compute::concat_batches;
use arrow::datatypes::{DurationNanosecondType, Int64Type, TimestampNanosecondType};
use datafusion::functions_aggregate::expr_fn::count;
use datafusion::prelude::{SessionContext, ident, lit};
use model::span;

async fn everything(world: &World) -> RecordBatch {
    let table = world.store.table("traces").await.unwrap().unwrap();
    let model = span::schema();
    assert_eq!(
        table.schema().fields()[..model.fields().len()],
        model.fields()[..]
    );
    let frame = SessionContext::new().read_table(table).unwrap();
    let fields = model.fields().iter().map(|field| ident(field.name()));
    let frame = frame
        .select(fields.collect::<Vec<_>>())
        .unwrap()
        .sort(vec![ident(span::TIME).sort(true, false)])
        .unwrap();
    let batches = frame.collect().await.unwrap();
    concat_batches(&span::schema(), &batches).unwrap()
}

/// The rows are exactly those that the generator makes, in every column.
async fn check(world: &World, count: u64) {
    let found = everything(world).await;
    assert_eq!(found.num_rows(), count as usize);
    let expected = spans::rows(0..count, spans::EPOCH);
    for (index, field) in span::schema().fields().iter().enumerate() {
        match expected.column_by_name(field.name()) {
            Some(column) => assert_eq!(
                column.as_ref(),
                found.column(index).as_ref(),
                "{}",
                field.name()
            ),
            None => assert_eq!(
                found.column(index).null_count(),
                found.num_rows(),
                "{}",
                field.name()
            ),
        }
    }
}

#[tokio::test]
async fn from_buffer_files_and_both() {
    let world = World::new().await;
    world.append(0..5).await;
    world.append(5..40).await;
    check(&world, 40).await;
    world.store.flush().await.unwrap();
    assert_eq!(world.files(), ["000000000001-000000000002.parquet"]);
    check(&world, 40).await;
    world.append(40..50).await;
    check(&world, 50).await;
    world.store.flush().await.unwrap();
    check(&world, 50).await;
    let stats = world.store.stats();
    assert_eq!(
        (stats.appended_rows, stats.flushed_rows, stats.flushes),
        (50, 50, 2)
    );
    assert_eq!((stats.buffered_rows, stats.buffered_bytes), (0, 0));
}

#[tokio::test]
async fn filters_limits_and_counts() {
    let world = World::new().await;
    world.append(0..300).await;
    world.store.flush().await.unwrap();
    world.append(300..500).await;
    let of_trace = |n: u64| ident(span::TRACE_ID).eq(lit(trace_id(n)));
    assert_eq!(world.numbers_where(of_trace(9)).await, [8, 9, 10, 11]);
    assert_eq!(
        world.numbers_where(of_trace(401)).await,
        [400, 401, 402, 403]
    );
    let errors = ident(span::ERROR).and(ident(span::SERVICE_NAME).eq(lit("api")));
    assert_eq!(world.numbers_where(errors).await.len(), 50);
    // A column that neither file nor buffer has is null, not an error.
    assert!(
        world
            .numbers_where(ident("attributes.db.system").eq(lit("redis")))
            .await
            .is_empty()
    );
    assert_eq!(
        world
            .numbers_where(ident("attributes.db.system").is_null())
            .await
            .len(),
        500
    );

    let frame = || async {
        SessionContext::new()
            .read_table(world.store.table("traces").await.unwrap().unwrap())
            .unwrap()
    };
    let rows = frame()
        .await
        .limit(0, Some(7))
        .unwrap()
        .collect()
        .await
        .unwrap();
    assert_eq!(rows.iter().map(RecordBatch::num_rows).sum::<usize>(), 7);
    assert_eq!(frame().await.count().await.unwrap(), 500);
    let counted = frame()
        .await
        .aggregate(
            vec![ident(span::SERVICE_NAME)],
            vec![count(lit(1)).alias("spans")],
        )
        .unwrap()
        .collect()
        .await
        .unwrap();
    let spans: i64 = counted
        .iter()
        .flat_map(|b| b.column(1).as_primitive::<Int64Type>().values().to_vec())
        .sum();
    assert_eq!(spans, 500);
}

#[tokio::test]
async fn newest_first_across_files_and_buffer() {
    let world = World::new().await;
    for block in 0..5 {
        world.append(block * 100..(block + 1) * 100).await;
        if block < 4 {
            world.store.flush().await.unwrap();
        }
    }
    let frame = SessionContext::new()
        .read_table(world.store.table("traces").await.unwrap().unwrap())
        .unwrap();
    let newest = frame
        .filter(ident(span::SERVICE_NAME).eq(lit("worker")))
        .unwrap()
        .sort(vec![ident(span::TIME).sort(false, false)])
        .unwrap()
        .limit(0, Some(60))
        .unwrap()
        .select(vec![
            ident(span::SPAN_ID),
            ident(span::DURATION),
            ident(span::TIME),
        ])
        .unwrap()
        .collect()
        .await
        .unwrap();
    let newest = concat_batches(&newest[0].schema(), &newest).unwrap();
    let numbers: Vec<u64> = (0..60).map(|back| 499 - 2 * back).collect();
    for (row, number) in numbers.into_iter().enumerate() {
        assert_eq!(
            newest.column(0).as_string_view().value(row),
            span_id(number)
        );
        let duration = newest
            .column(1)
            .as_primitive::<DurationNanosecondType>()
            .value(row);
        assert_eq!(duration, number as i64 * 1000);
        assert_eq!(
            newest
                .column(2)
                .as_primitive::<TimestampNanosecondType>()
                .value(row),
            time(number)
        );
    }
}

#[tokio::test]
async fn several_datasets_share_a_flush() {
    let world = World::new().await;
    world.append_to("traces", 0..4).await;
    world.append_to("Preview.v2", 4..10).await;
    world.append_to("traces", 10..12).await;
    world.clock.advance(60 * spans::SECOND);
    world.store.flush().await.unwrap();
    world.append_to("traces", 12..13).await;
    let datasets = world.store.datasets().await.unwrap();
    let seen: Vec<_> = datasets
        .iter()
        .map(|d| (d.name.as_str(), d.rows, d.times.unwrap()))
        .collect();
    assert_eq!(
        seen,
        [
            ("Preview.v2", 6, (time(4), time(9))),
            ("traces", 7, (time(0), time(12)))
        ]
    );
    assert!(datasets.iter().all(|dataset| dataset.bytes > 0));
    assert!(world.config.data_dir.join("data/preview.v2").is_dir());
    assert!(world.store.table("nothing").await.unwrap().is_none());

    let again = world.crash().await;
    let reopened = again.store.datasets().await.unwrap();
    assert_eq!(datasets.len(), reopened.len());
    for (before, after) in datasets.iter().zip(&reopened) {
        // A dataset's creation is its first request's arrival, kept to the millisecond.
        assert_eq!(
            (&before.name, before.rows, before.times),
            (&after.name, after.rows, after.times)
        );
        assert_eq!(
            (before.created_nanos, after.created_nanos),
            (spans::EPOCH, spans::EPOCH)
        );
    }
}
