//! Percentiles of 10 M values in 1,224 groups: ours beside what DataFusion has.
//!
//!     cargo bench --workspace --bench percentiles
//!
//! In memory, on two partitions. What counting the rows of the groups takes is printed first and
//! subtracted from the rest, so that what is left is the aggregation's own: nanoseconds of one core for
//! each value. The least of five runs.

#![allow(
    clippy::unwrap_used,
    clippy::print_stdout,
    reason = "a benchmark reports by printing"
)]

use arrow::array::{Int64Array, RecordBatch};
use datafusion::catalog::TableProvider;
use datafusion::datasource::MemTable;
use datafusion::functions_aggregate::expr_fn::{
    approx_percentile_cont, array_agg, percentile_cont,
};
use datafusion::functions_nested::expr_fn::{array_element, array_sort};
use datafusion::logical_expr::SortExpr;
use datafusion::prelude::{DataFrame, Expr, SessionConfig, SessionContext, col, lit};
use std::sync::Arc;
use std::time::{Duration, Instant};
use throughline_apl::{Context, Datasets};

const VALUES: usize = 10_000_000;
const GROUPS: u64 = 1_224;
const PARTITIONS: usize = 2;
const BATCH_ROWS: usize = 8_192;
const RUNS: usize = 5;

#[derive(Debug)]
struct Rows(Arc<MemTable>);

impl Datasets for Rows {
    fn table(&self, _: &str) -> Option<Arc<dyn TableProvider>> {
        Some(Arc::clone(&self.0) as _)
    }

    fn names(&self) -> Vec<String> {
        Vec::new()
    }
}

#[tokio::main(worker_threads = 2)]
async fn main() {
    let rows = Rows(Arc::new(table()));
    let config = SessionConfig::new().with_target_partitions(PARTITIONS);
    let session = SessionContext::new_with_config(config);
    println!("{VALUES} values, {GROUPS} groups, {PARTITIONS} partitions; least of {RUNS} runs");
    let count = timed(|| apl(&session, &rows, "count()")).await;
    println!("{:>8.0} ms           count", millis(count));
    let ours = "percentile(x, 50), percentile(x, 95), percentile(x, 99)";
    told(
        "percentile x 3",
        count,
        timed(|| apl(&session, &rows, ours)).await,
    );
    told(
        "percentile x 1",
        count,
        timed(|| apl(&session, &rows, "percentile(x, 95)")).await,
    );
    let exact = three(|share| percentile_cont(ascending(), lit(share)));
    for (name, expressions) in [
        (
            "array_agg, sorted",
            vec![array_agg(col("x")).alias("values")],
        ),
        ("percentile_cont x 3, exact", exact),
        ("approx_percentile_cont x 3", three(approximated)),
        ("approx_percentile_cont x 1", vec![approximated(0.95)]),
    ] {
        let plan = || {
            let frame = session.read_table(Arc::clone(&rows.0) as _).unwrap();
            let frame = frame
                .aggregate(vec![col("g")], expressions.clone())
                .unwrap();
            if name.starts_with("array_agg") {
                let sorted = array_sort(col("values"), lit("ASC"), lit("NULLS LAST"));
                frame
                    .select(vec![array_element(sorted, lit(4_000_i64))])
                    .unwrap()
            } else {
                frame
            }
        };
        told(name, count, timed(plan).await);
    }
}

fn approximated(share: f64) -> Expr {
    approx_percentile_cont(ascending(), lit(share), None)
}

fn ascending() -> SortExpr {
    col("x").sort(true, false)
}

fn three(of: impl Fn(f64) -> Expr) -> Vec<Expr> {
    [0.5, 0.95, 0.99].map(of).to_vec()
}

fn apl(session: &SessionContext, rows: &Rows, aggregations: &str) -> DataFrame {
    let context = Context {
        dataset: Some("rows".to_owned()),
        row_limit: 10_000,
        ..Context::default()
    };
    let query = format!("| summarize {aggregations} by g");
    let plan = throughline_apl::compile(&query, &context, rows).unwrap();
    DataFrame::new(session.state(), plan.logical)
}

async fn timed(plan: impl Fn() -> DataFrame) -> Duration {
    let mut least = Duration::MAX;
    for _ in 0..RUNS {
        let start = Instant::now();
        let batches = plan().collect().await.unwrap();
        least = least.min(start.elapsed());
        let groups: usize = batches.iter().map(RecordBatch::num_rows).sum();
        assert_eq!(groups, GROUPS as usize);
    }
    least
}

fn told(name: &str, count: Duration, time: Duration) {
    let own = time.saturating_sub(count).as_nanos() as f64;
    let nanos = own * PARTITIONS as f64 / VALUES as f64;
    println!("{:>8.0} ms {nanos:>6.1} ns  {name}", millis(time));
}

fn millis(time: Duration) -> f64 {
    time.as_secs_f64() * 1e3
}

/// Durations as of spans, near 5 ms with a long tail; each group has its own middle.
fn table() -> MemTable {
    let mut state = 7_u64;
    let mut random = || {
        state = state
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1);
        state >> 33
    };
    let mut row = || {
        let group = random() % GROUPS;
        let normal = (0..6)
            .map(|_| random() as f64 / (1_u64 << 31) as f64)
            .sum::<f64>()
            - 3.0;
        let middle = 1e6 + (group % 17) as f64 * 5e5;
        (group as i64, (middle * (normal * 1.5).exp()) as i64)
    };
    let batch = |_| {
        let (groups, values): (Vec<i64>, Vec<i64>) = (0..BATCH_ROWS).map(|_| row()).unzip();
        let columns = [("g", groups), ("x", values)];
        let columns = columns.map(|(name, column)| (name, Arc::new(Int64Array::from(column)) as _));
        RecordBatch::try_from_iter(columns).unwrap()
    };
    let batches: Vec<RecordBatch> = (0..VALUES.div_ceil(BATCH_ROWS)).map(batch).collect();
    let (one, other) = batches.split_at(batches.len() / PARTITIONS);
    let schema = batches[0].schema();
    MemTable::try_new(schema, vec![one.to_vec(), other.to_vec()]).unwrap()
}
