//! Percentiles: exact in a group of few values, within 1 % in a large one, the same however the rows
//! come.

/// Numbers of many shapes, and their true percentiles.
mod numbers;

use crate::NOW_NANOS;
use arrow::array::{
    Array, ArrayRef, AsArray, BooleanArray, DurationNanosecondArray, Float64Array, Int64Array,
    RecordBatch,
};
use arrow::datatypes::{DurationNanosecondType, Float64Type, Int64Type};
use datafusion::catalog::TableProvider;
use datafusion::datasource::MemTable;
use datafusion::error::Result;
use datafusion::execution::disk_manager::{DiskManagerBuilder, DiskManagerMode};
use datafusion::execution::runtime_env::RuntimeEnvBuilder;
use datafusion::logical_expr::LogicalPlan;
use datafusion::prelude::{SessionConfig, SessionContext};
use numbers::{Numbers, RANKS, Shape};
use std::sync::Arc;
use throughline_apl::{Context, Datasets, Plan};

/// Rows in batches, dealt to partitions.
#[derive(Clone, Debug)]
struct Rows {
    batches: Vec<RecordBatch>,
    partitions: usize,
}

impl Datasets for Rows {
    fn table(&self, _: &str) -> Option<Arc<dyn TableProvider>> {
        let mut partitions = vec![Vec::new(); self.partitions];
        for (place, batch) in self.batches.iter().enumerate() {
            partitions[place % self.partitions].push(batch.clone());
        }
        let schema = self.batches[0].schema();
        Some(Arc::new(MemTable::try_new(schema, partitions).unwrap()))
    }

    fn names(&self) -> Vec<String> {
        Vec::new()
    }
}

impl Rows {
    fn new(columns: Vec<(&str, ArrayRef)>) -> Self {
        Self {
            batches: vec![
                RecordBatch::try_from_iter_with_nullable(
                    columns
                        .into_iter()
                        .map(|(name, column)| (name, column, true)),
                )
                .unwrap(),
            ],
            partitions: 1,
        }
    }

    fn dealt(mut self, batch_rows: usize, partitions: usize) -> Self {
        let whole = self.batches.remove(0);
        let starts = (0..whole.num_rows()).step_by(batch_rows);
        let batch = |start| whole.slice(start, batch_rows.min(whole.num_rows() - start));
        self.batches = starts.map(batch).collect();
        self.partitions = partitions;
        self
    }

    fn plan(&self, query: &str) -> Plan {
        let context = Context {
            dataset: Some("rows".to_owned()),
            now_nanos: NOW_NANOS,
            row_limit: 1_000_000,
            ..Context::default()
        };
        throughline_apl::compile(query, &context, self).unwrap()
    }

    async fn run(&self, query: &str) -> RecordBatch {
        self.run_within(query, usize::MAX >> 1, false)
            .await
            .unwrap()
    }

    async fn run_within(&self, query: &str, bytes: usize, spills: bool) -> Result<RecordBatch> {
        let mode = if spills {
            DiskManagerMode::OsTmpDirectory
        } else {
            DiskManagerMode::Disabled
        };
        let resources = RuntimeEnvBuilder::new()
            .with_memory_limit(bytes, 1.0)
            .with_disk_manager_builder(DiskManagerBuilder::default().with_mode(mode))
            .build_arc()?;
        let config = SessionConfig::new().with_target_partitions(self.partitions);
        let session = SessionContext::new_with_config_rt(config, resources);
        let frame = session
            .execute_logical_plan(self.plan(query).logical)
            .await?;
        let schema = Arc::clone(frame.schema().inner());
        let batches = frame.collect().await?;
        Ok(arrow::compute::concat_batches(&schema, &batches)?)
    }
}

fn floats(numbers: &[f64]) -> ArrayRef {
    Arc::new(Float64Array::from(numbers.to_vec()))
}

fn integers(numbers: impl IntoIterator<Item = i64>) -> ArrayRef {
    Arc::new(Int64Array::from_iter_values(numbers))
}

/// `| summarize percentile(field, …), …`, for all ranks.
fn all_ranks(field: &str) -> String {
    let asked: Vec<String> = RANKS
        .iter()
        .enumerate()
        .map(|(place, rank)| format!("p{place} = percentile({field}, {rank})"))
        .collect();
    format!("| summarize {}", asked.join(", "))
}

#[tokio::test(flavor = "multi_thread")]
async fn many_values_are_within_one_percent() {
    for shape in Shape::ALL {
        for seed in 1..=3 {
            let mut numbers = Numbers::new(shape, seed).take(20_000);
            let rows = Rows::new(vec![("f", floats(&numbers))]).dealt(1_000, 2);
            let found = rows.run(&all_ranks("f")).await;
            numbers.sort_by(f64::total_cmp);
            let farthest = numbers[0].abs().max(numbers[numbers.len() - 1].abs());
            for (place, rank) in RANKS.into_iter().enumerate() {
                let (truth, slack) = numbers::truth(&numbers, rank);
                let found = found.column(place).as_primitive::<Float64Type>().value(0);
                let slack = slack + farthest * 2.0_f64.powi(-63);
                assert!(
                    (found - truth).abs() <= slack,
                    "{shape:?} {seed} p{rank}: {found} for {truth}"
                );
                if rank == 0.0 || rank == 100.0 {
                    assert_eq!(found, truth, "{shape:?} {seed}: the extremes are exact");
                }
            }
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn integers_and_timespans_are_like_floats() {
    for shape in Shape::ALL {
        let numbers = Numbers::new(shape, 7).take(20_000);
        let mut whole: Vec<i64> = numbers.iter().map(|number| number.round() as i64).collect();
        let spans = DurationNanosecondArray::from(whole.clone());
        let rows =
            Rows::new(vec![("i", integers(whole.clone())), ("d", Arc::new(spans))]).dealt(1_000, 2);
        let of_integers = rows.run(&all_ranks("i")).await;
        let of_spans = rows.run(&all_ranks("d")).await;
        whole.sort_unstable();
        let sorted: Vec<f64> = whole.iter().map(|number| *number as f64).collect();
        for (place, rank) in RANKS.into_iter().enumerate() {
            let (truth, slack) = numbers::truth(&sorted, rank);
            let found = of_integers.column(place).as_primitive::<Int64Type>();
            let found = found.value(0);
            assert!(
                (found as f64 - truth).abs() <= slack + 1.0,
                "{shape:?} p{rank}: {found} for {truth}"
            );
            let span = of_spans.column(place);
            let span = span.as_primitive::<DurationNanosecondType>().value(0);
            assert_eq!(span, found, "{shape:?} p{rank}");
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn small_integers_and_the_largest_are_exact() {
    let mut small: Vec<i64> = (-127..=127).cycle().take(255 * 20).collect();
    let rows = Rows::new(vec![("i", integers(small.clone()))]);
    let found = rows.run(&all_ranks("i")).await;
    small.sort_unstable();
    let sorted: Vec<f64> = small.iter().map(|number| *number as f64).collect();
    for (place, rank) in RANKS.into_iter().enumerate() {
        let found = found.column(place).as_primitive::<Int64Type>().value(0);
        let (truth, _) = numbers::truth(&sorted, rank);
        assert!(
            (found as f64 - truth).abs() <= 0.5,
            "p{rank}: {found} for {truth}"
        );
    }
    let extremes = std::iter::repeat_n([i64::MIN, i64::MAX], 300).flatten();
    let rows = Rows::new(vec![("i", integers(extremes))]);
    let found = rows
        .run("| summarize percentile(i, 10), percentile(i, 90)")
        .await;
    let ends = [0, 1].map(|place| found.column(place).as_primitive::<Int64Type>().value(0));
    let within = |value: i64, truth: f64| (value as f64 - truth).abs() <= truth.abs() / 100.0;
    assert!(within(ends[0], i64::MIN as f64) && within(ends[1], i64::MAX as f64));
}

#[tokio::test(flavor = "multi_thread")]
async fn few_values_are_exact() {
    for shape in Shape::ALL {
        for count in [1, 2, 3, 100, 256] {
            let mut numbers = Numbers::new(shape, count as u64).take(count);
            let rows = Rows::new(vec![("f", floats(&numbers))]).dealt(10, 4);
            let found = rows.run(&all_ranks("f")).await;
            numbers.sort_by(f64::total_cmp);
            for (place, rank) in RANKS.into_iter().enumerate() {
                let found = found.column(place).as_primitive::<Float64Type>().value(0);
                let (truth, _) = numbers::truth(&numbers, rank);
                assert_eq!(found, truth, "{shape:?} {count} p{rank}");
            }
        }
    }
}

/// As well in one partition as in many, in any order, in batches of any size, in groups or without.
#[tokio::test(flavor = "multi_thread")]
async fn however_the_rows_come_the_answer_is_the_same() {
    for shape in Shape::ALL {
        let forwards = Numbers::new(shape, 11).take(20_000);
        let backwards: Vec<f64> = forwards.iter().rev().copied().collect();
        // Groups of 1, 2, 4, … rows: some are few values, some many, some become many by merging.
        let group = |row: usize| i64::from((row + 1).ilog2());
        let groups: Vec<i64> = (0..forwards.len()).map(group).collect();
        let groups_backwards = groups.iter().rev().copied();
        let one = Rows::new(vec![
            ("g", integers(groups.clone())),
            ("f", floats(&forwards)),
        ]);
        let other = Rows::new(vec![
            ("g", integers(groups_backwards)),
            ("f", floats(&backwards)),
        ]);
        for by in ["", " by g | sort by g asc"] {
            let query = format!("{}{by}", all_ranks("f"));
            let expected = one.run(&query).await;
            for (batch_rows, partitions) in [(20_000, 1), (7_777, 2), (300, 5), (64, 3)] {
                let rows = other.clone().dealt(batch_rows, partitions);
                let found = rows.run(&query).await;
                assert_eq!(found, expected, "{shape:?} {batch_rows} {partitions} {by}");
            }
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn nulls_and_what_is_no_number_are_no_values() {
    let mut numbers: Vec<Option<f64>> = (1..=1_000).map(|n| Some(f64::from(n))).collect();
    numbers.extend(std::iter::repeat_n(None, 5_000));
    numbers.extend(std::iter::repeat_n(Some(f64::NAN), 5_000));
    let groups = (0..11_000).map(|row| i64::from(row >= 1_000));
    let rows = Rows::new(vec![
        ("g", integers(groups)),
        ("f", Arc::new(Float64Array::from(numbers))),
    ])
    .dealt(500, 2);
    let query = "| summarize p = percentile(f, 50), most = percentile(f, 100) by g | sort by g asc";
    let found = rows.run(query).await;
    let middle = found.column(1).as_primitive::<Float64Type>();
    assert!((middle.value(0) - 500.5).abs() < 5.0, "{middle:?}");
    assert!(
        middle.is_null(1),
        "a group without a value has no percentile"
    );
    let whole = rows.run("| summarize percentile(f, 50)").await;
    assert_eq!(
        whole.column(0).as_primitive::<Float64Type>().value(0),
        middle.value(0)
    );
    let none = rows
        .run("| where g > 1 | summarize percentile(f, 50)")
        .await;
    assert_eq!((none.num_rows(), none.column(0).null_count()), (1, 1));
}

#[tokio::test(flavor = "multi_thread")]
async fn the_infinite_is_at_the_ends() {
    let (low, high) = (f64::NEG_INFINITY, f64::INFINITY);
    let ends = std::iter::repeat_n([low, high], 100).flatten();
    let numbers: Vec<f64> = ends.chain((1..=800).map(f64::from)).collect();
    let rows = Rows::new(vec![("f", floats(&numbers))]).dealt(100, 2);
    let found = rows
        .run("| summarize percentile(f, 5), percentile(f, 50), percentile(f, 95)")
        .await;
    let found = [0, 1, 2].map(|place| found.column(place).as_primitive::<Float64Type>().value(0));
    assert_eq!((found[0], found[2]), (low, high));
    assert!((found[1] - 400.5).abs() < 4.0, "{}", found[1]);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_condition_leaves_out_what_where_leaves_out() {
    let numbers = Numbers::new(Shape::Lognormal, 5).take(30_000);
    let keep = (0..30_000).map(|row| [Some(true), Some(false), None][row % 3]);
    let rows = Rows::new(vec![
        ("g", integers((0..30_000).map(|row| row % 7))),
        ("keep", Arc::new(keep.collect::<BooleanArray>())),
        ("f", floats(&numbers)),
    ])
    .dealt(1_000, 2);
    for by in ["", " by g | sort by g asc"] {
        let conditional = format!("| summarize p = percentileif(f, 95, keep){by}");
        let filtered = format!("| where keep | summarize p = percentile(f, 95){by}");
        assert_eq!(rows.run(&conditional).await, rows.run(&filtered).await);
    }
    let none = rows
        .run("| summarize percentileif(f, 95, f < 0) by g")
        .await;
    assert_eq!((none.num_rows(), none.column(1).null_count()), (7, 7));
}

/// So many that partial results are passed on row by row.
#[tokio::test(flavor = "multi_thread")]
async fn a_group_of_its_own_for_every_row() {
    let count = 400_000;
    let values = (0..count).map(|row| (row % 10 != 0).then_some(row * 3));
    let rows = Rows::new(vec![
        ("g", integers(0..count)),
        ("i", Arc::new(values.collect::<Int64Array>())),
    ])
    .dealt(8_192, 2);
    let found = rows
        .run("| summarize p = percentile(i, 90), q = percentileif(i, 10, g < 1000) by g | sort by g asc")
        .await;
    assert_eq!(found.num_rows(), count as usize);
    let (p, q) = (
        found.column(1).as_primitive(),
        found.column(2).as_primitive(),
    );
    let (p, q): (&Int64Array, &Int64Array) = (p, q);
    for (row, (p, q)) in p.iter().zip(q).enumerate() {
        let value = (row % 10 != 0).then_some(row as i64 * 3);
        assert_eq!((p, q), (value, value.filter(|_| row < 1000)), "row {row}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn the_memory_of_many_groups_is_counted() {
    // 2,000 groups of 300 values: sketches of at least half a kilobyte each.
    let numbers = Numbers::new(Shape::Lognormal, 3).take(600_000);
    let rows = Rows::new(vec![
        ("g", integers((0..600_000).map(|row| row % 2_000))),
        ("f", floats(&numbers)),
    ])
    .dealt(8_192, 2);
    let query = "| summarize p = percentile(f, 95) by g | sort by g asc";
    let refused = rows.run_within(query, 1 << 20, false).await.unwrap_err();
    let refused = refused.to_string();
    assert!(refused.contains("Resources exhausted"), "{refused}");
    let spilled = rows.run_within(query, 16 << 20, true).await.unwrap();
    assert_eq!(spilled, rows.run(query).await);
}

#[tokio::test]
async fn percentiles_of_the_same_values_share_one_summary() {
    let rows = Rows::new(vec![("f", floats(&[1.0])), ("h", floats(&[1.0]))]);
    for (query, summaries) in [
        ("percentile(f, 50), percentile(f, 95), percentile(f, 99)", 1),
        ("percentileif(f, 50, h > 1), percentileif(f, 95, h > 1)", 1),
        ("percentile(f, 50), percentileif(f, 50, h > 1)", 2),
        ("percentile(f, 50), percentile(h, 50)", 2),
    ] {
        let plan = rows.plan(&format!("| summarize {query}")).logical;
        assert_eq!(aggregates(&plan), summaries, "{query}");
    }
}

fn aggregates(plan: &LogicalPlan) -> usize {
    let own = match plan {
        LogicalPlan::Aggregate(aggregate) => aggregate.aggr_expr.len(),
        _ => 0,
    };
    own + plan.inputs().into_iter().map(aggregates).sum::<usize>()
}
