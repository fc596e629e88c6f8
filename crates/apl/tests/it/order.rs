//! Order over many rows in several partitions, where an engine may mix what it is not told to keep.

use crate::{NOW_NANOS, spans};
use arrow::array::{AsArray, RecordBatch, TimestampNanosecondArray};
use arrow::datatypes::{DurationNanosecondType, Float64Type, Int64Type};
use datafusion::catalog::TableProvider;
use datafusion::datasource::MemTable;
use datafusion::error::DataFusionError;
use datafusion::prelude::{SessionConfig, SessionContext};
use std::sync::Arc;
use throughline_apl::{Context, Datasets};

const BATCHES: i64 = 4_000;

/// The usual spans many times over, each time a second earlier, in four partitions.
#[derive(Debug)]
struct Large;

impl Datasets for Large {
    fn table(&self, _: &str) -> Option<Arc<dyn TableProvider>> {
        let batch = spans::batch();
        let partition = |first: i64| {
            (first..BATCHES)
                .step_by(4)
                .map(|n| earlier(&batch, n))
                .collect()
        };
        let partitions: Vec<Vec<RecordBatch>> = (0..4).map(partition).collect();
        Some(Arc::new(
            MemTable::try_new(batch.schema(), partitions).unwrap(),
        ))
    }

    fn names(&self) -> Vec<String> {
        Vec::new()
    }
}

fn earlier(batch: &RecordBatch, seconds: i64) -> RecordBatch {
    let times = batch
        .column(0)
        .as_primitive::<arrow::datatypes::TimestampNanosecondType>();
    let moved: TimestampNanosecondArray = times.unary(|nanos| nanos - seconds * 1_000_000_000);
    let mut columns = batch.columns().to_vec();
    columns[0] = Arc::new(moved);
    RecordBatch::try_new(batch.schema(), columns).unwrap()
}

async fn run(query: &str) -> RecordBatch {
    answer(query).await.unwrap()
}

async fn answer(query: &str) -> Result<RecordBatch, DataFusionError> {
    let context = Context {
        dataset: Some("traces".to_owned()),
        now_nanos: NOW_NANOS,
        row_limit: 20_000,
        ..Context::default()
    };
    let plan = throughline_apl::compile(query, &context, &Large).unwrap();
    let session = SessionContext::new_with_config(SessionConfig::new().with_target_partitions(4));
    let frame = session.execute_logical_plan(plan.logical).await?;
    let schema = Arc::clone(frame.schema().inner());
    Ok(arrow::compute::concat_batches(
        &schema,
        &frame.collect().await?,
    )?)
}

#[tokio::test(flavor = "multi_thread")]
async fn rows_stay_in_order_after_the_sort() {
    for query in [
        "| sort by duration desc | where name != 'x' | extend d = strcat(name, kind) | project duration",
        "| sort by duration desc | limit 15000 | where strlen(name) > 3 | project duration, tolower(name)",
        "| project duration, l = tolower(name) | top 15000 by duration | where l has 'post'",
        "| summarize duration = max(duration) by span_id, bin(_time, 10s) | sort by duration | project duration",
    ] {
        let rows = run(query).await;
        assert!(rows.num_rows() > 1_000, "{query}");
        let durations = rows.column(0).as_primitive::<DurationNanosecondType>();
        assert!(durations.values().is_sorted_by(|a, b| a >= b), "{query}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn raw_events_are_the_newest_even_without_their_time() {
    let rows =
        run("| where kind == 'server' | extend t = tolong(_time) | project t | where t > 0").await;
    let times = rows.column(0).as_primitive::<Int64Type>();
    assert_eq!(times.len(), 12_000);
    assert!(times.values().is_sorted_by(|a, b| a >= b));
}

#[tokio::test(flavor = "multi_thread")]
async fn aggregations_hold_across_partitions() {
    let rows =
        run("| summarize percentile(duration, 95), percentile(toint(duration), 50), dcount(_time)")
            .await;
    let p95 = rows
        .column(0)
        .as_primitive::<DurationNanosecondType>()
        .value(0);
    let is_near = |found: i64, truth: i64| (found - truth).abs() <= truth / 100;
    assert!(
        is_near(p95, 1_200_000_000),
        "a tenth of all spans takes 1.2 s"
    );
    let p50 = rows.column(1).as_primitive::<Int64Type>().value(0);
    assert!(is_near(p50, 13_900_000), "between 4.47 ms and 23.33 ms");
    assert!(rows.column(2).as_primitive::<Int64Type>().value(0) > BATCHES);
}

#[tokio::test(flavor = "multi_thread")]
async fn rows_of_aggregations_hold_across_partitions() {
    let rows = run("| summarize topk(name, 3) by error").await;
    let counts = rows.column(2).as_primitive::<Int64Type>();
    assert_eq!(counts.values(), &[BATCHES; 5]);
    let names: Vec<&str> = rows.column(1).as_string_view().iter().flatten().collect();
    assert_eq!(names[0], "100%_done");
    assert_eq!(names[3..], ["GET /instructors/{id}", "SELECT instructors"]);
    let rows = run("| summarize arg_max(duration, name, kind)").await;
    let row: Vec<&str> = rows.columns()[1..]
        .iter()
        .map(|column| column.as_string_view().value(0))
        .collect();
    assert_eq!(row, ["GET /instructors/{id}", "server"]);
}

/// More different values than a histogram holds one by one.
#[tokio::test(flavor = "multi_thread")]
async fn a_histogram_of_many_values_is_near_the_truth() {
    let all = run("| project t = todouble(tolong(_time) / 1000000) | take 40000").await;
    let times = all
        .column(0)
        .as_primitive::<Float64Type>()
        .values()
        .to_vec();
    let (low, high) = (
        times.iter().copied().fold(f64::MAX, f64::min),
        times.iter().copied().fold(f64::MIN, f64::max),
    );
    let rows = run("| summarize histogram(tolong(_time) / 1000000, 9)").await;
    let starts = rows.column(0).as_primitive::<Float64Type>();
    let counts = rows.column(1).as_primitive::<Int64Type>();
    assert_eq!(counts.values().iter().sum::<i64>(), 10 * BATCHES);
    let width = (high - low) / 9.0;
    for (bin, count) in counts.values().iter().enumerate() {
        let start = low + width * bin as f64;
        assert!((starts.value(bin) - start).abs() < 1e-3, "bin {bin}");
        let is_last = bin == 8;
        let is_in = |time: &&f64| **time >= start && (**time < start + width || is_last);
        let truth = times.iter().filter(is_in).count() as i64;
        assert!(
            (count - truth).abs() <= 10,
            "bin {bin}: {count} for {truth}"
        );
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_list_keeps_the_order_of_the_sort() {
    for (sort, descending) in [
        ("sort by _time asc", false),
        ("sort by _time desc | where kind != 'x'", true),
        ("sort by name, _time asc | sort by _time", true),
        ("sort by tolong(_time) asc", false),
        (
            "extend moment = _time | sort by moment asc | extend x = 1",
            false,
        ),
        ("top 9000 by _time", true),
    ] {
        let query = format!(
            "| {sort} | summarize l = make_list(tolong(_time), 9000), count() by kind | project l"
        );
        let rows = run(&query).await;
        assert!(rows.num_rows() > 1, "{query}");
        for list in rows.column(0).as_list::<i32>().iter().flatten() {
            let times = list.as_primitive::<Int64Type>().values();
            assert!(times.len() > 100, "{query}");
            let ordered = times.is_sorted_by(|a, b| if descending { a >= b } else { a <= b });
            assert!(ordered, "{query}");
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn the_texts_of_many_rows_are_bounded_together() {
    let long = "x".repeat(5_000);
    let query = format!("| top 9000 by _time | extend n = strcat(name, '{long}') | project n");
    let failure = answer(&query).await.unwrap_err().to_string();
    assert!(failure.contains("more than 32 MiB"), "{failure}");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_side_of_a_join_has_a_limit() {
    let many = "union traces, traces | project span_id, kind";
    let few = "datatable (kind:string, n:long) ['server', 1]";
    for (query, side) in [
        (format!("{many} | join ({few}) on kind"), "left"),
        (format!("{few} | join ({many}) on kind"), "right"),
        (format!("{few} | lookup ({many}) on kind"), "right"),
    ] {
        let failure = answer(&query).await.unwrap_err().to_string();
        let expected = format!("the {side} side of a join has more than 50000 rows");
        assert!(failure.contains(&expected), "{failure}");
    }
    // 80,000 rows, of which three in ten are looked up.
    let rows = run(&format!(
        "{many} | lookup kind=inner ({few}) on kind | count"
    ))
    .await;
    assert_eq!(rows.column(0).as_primitive::<Int64Type>().value(0), 24_000);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_sample_is_a_share() {
    let rows = run("| sample 0.25 | count").await;
    let count = rows.column(0).as_primitive::<Int64Type>().value(0);
    // 40,000 rows: five standard deviations are 433.
    assert!((9_567..=10_433).contains(&count), "{count}");
}

#[tokio::test(flavor = "multi_thread")]
async fn series_of_too_many_values_are_refused() {
    let query = "| make-series count() on _time from ago(2h) to now() step 1s by t = tolong(_time) % 4000000000000";
    let failure = answer(query).await.unwrap_err().to_string();
    assert!(failure.contains("make-series makes more than"), "{failure}");
}

#[tokio::test(flavor = "multi_thread")]
async fn joined_and_united_rows_are_the_newest_first() {
    for query in [
        "union (traces | where kind == 'server'), (traces | where kind != 'server') | project _time",
        "| lookup (print kind = 'server', n = 1) on kind | project _time",
        "| where error | join (datatable (kind:string) ['server', 'client']) on kind | project _time",
    ] {
        let rows = run(query).await;
        assert!(rows.num_rows() > 1_000, "{query}");
        let times = rows
            .column(0)
            .as_primitive::<arrow::datatypes::TimestampNanosecondType>();
        assert!(times.values().is_sorted_by(|a, b| a >= b), "{query}");
    }
}
