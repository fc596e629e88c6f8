//! Files that cannot have a row are not read.

use crate::spans::{SECOND, time, trace_id};
use crate::world::World;
use datafusion::common::ScalarValue;
use datafusion::physical_plan::display::DisplayableExecutionPlan;
use datafusion::physical_plan::{ExecutionPlan, collect};
use datafusion::prelude::{Expr, ParquetReadOptions, SessionContext, ident, lit};
use model::span;
use std::sync::Arc;

/// Ten files of 100 spans; the last ten spans are in the buffer.
async fn world() -> World {
    let world = World::new().await;
    for block in 0..10 {
        world.append(block * 100..(block + 1) * 100).await;
        world.store.flush().await.unwrap();
    }
    world.append(1000..1010).await;
    world
}

async fn plan(world: &World, filter: Expr) -> (SessionContext, Arc<dyn ExecutionPlan>) {
    let context = SessionContext::new();
    let frame = context
        .read_table(world.store.table("traces").await.unwrap().unwrap())
        .unwrap();
    let frame = frame
        .filter(filter)
        .unwrap()
        .select(vec![ident(span::NAME)])
        .unwrap();
    let plan = frame.create_physical_plan().await.unwrap();
    (context, plan)
}

/// How many data files the plan names.
async fn files(world: &World, filter: Expr) -> usize {
    let (_, plan) = plan(world, filter).await;
    let text = DisplayableExecutionPlan::new(plan.as_ref())
        .set_show_statistics(false)
        .indent(true)
        .to_string();
    text.matches(".parquet").count()
}

fn at(nanos: i64) -> Expr {
    lit(ScalarValue::TimestampNanosecond(Some(nanos), None))
}

#[tokio::test]
async fn the_catalogs_bounds_rule_files_out() {
    let world = world().await;
    let time_of = || ident(span::TIME);
    assert_eq!(files(&world, time_of().gt_eq(at(time(950)))).await, 1);
    assert_eq!(
        files(
            &world,
            time_of()
                .gt_eq(at(time(199)))
                .and(time_of().lt(at(time(300))))
        )
        .await,
        2
    );
    assert_eq!(files(&world, time_of().lt(at(time(0)))).await, 0);
    assert_eq!(files(&world, time_of().gt(at(time(2000)))).await, 0);
    let duration = lit(ScalarValue::DurationNanosecond(Some(899_500)));
    assert_eq!(files(&world, ident(span::DURATION).gt(duration)).await, 1);
    assert_eq!(
        files(&world, ident(span::SERVICE_NAME).eq(lit("zebra"))).await,
        0
    );
    assert_eq!(
        files(&world, ident(span::SERVICE_NAME).eq(lit("api"))).await,
        10
    );
    assert_eq!(
        files(&world, ident(span::STATUS_CODE).eq(lit("ERROR"))).await,
        0
    );
    assert_eq!(
        files(
            &world,
            ident("attributes.http.response.status_code").eq(lit(200i64))
        )
        .await,
        10
    );
    assert_eq!(
        world
            .numbers_where(time_of().gt_eq(at(time(950) - SECOND / 2)))
            .await,
        (950..1010).collect::<Vec<_>>()
    );
}

#[tokio::test]
async fn of_a_trace_only_its_own_rows_are_read() {
    let world = world().await;
    let (context, plan) = plan(&world, ident(span::TRACE_ID).eq(lit(trace_id(123)))).await;
    let rows = collect(Arc::clone(&plan), context.task_ctx())
        .await
        .unwrap();
    assert_eq!(rows.iter().map(|batch| batch.num_rows()).sum::<usize>(), 4);
    // The bounds of scattered ids rule out next to nothing: the file's index does.
    assert_eq!(metric(plan.as_ref(), "pushdown_rows_matched"), "4");
    assert_eq!(metric(plan.as_ref(), "pushdown_rows_pruned"), "0");
}

/// Other engines know nothing of the index; the bloom filter is theirs.
#[tokio::test]
async fn the_bloom_filter_rules_row_groups_out() {
    let world = world().await;
    let context = SessionContext::new();
    let directory = world.config.data_dir.join("data/traces");
    let files = context
        .read_parquet(directory.to_str().unwrap(), ParquetReadOptions::default())
        .await
        .unwrap();
    let plan = files
        .filter(ident(span::TRACE_ID).eq(lit(trace_id(123))))
        .unwrap()
        .create_physical_plan()
        .await
        .unwrap();
    let rows = collect(Arc::clone(&plan), context.task_ctx())
        .await
        .unwrap();
    assert_eq!(rows.iter().map(|batch| batch.num_rows()).sum::<usize>(), 4);
    // The bounds of scattered ids rule out next to nothing.
    let by_bloom = metric(plan.as_ref(), "row_groups_pruned_bloom_filter");
    assert!(
        by_bloom.ends_with("total → 1 matched") && !by_bloom.starts_with("1 "),
        "{by_bloom}"
    );
}

/// A metric of whatever in the plan reads Parquet.
fn metric(plan: &dyn ExecutionPlan, name: &str) -> String {
    let own = plan
        .metrics()
        .and_then(|metrics| metrics.sum_by_name(name))
        .map(|value| value.to_string());
    own.unwrap_or_else(|| {
        plan.children()
            .iter()
            .map(|child| metric(child.as_ref(), name))
            .collect()
    })
}
