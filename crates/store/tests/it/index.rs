//! What a file's own index finds: traces by id, and custom attributes by key and value, with a column of
//! their own or without, in files and in the buffer. It never leaves a row out.

use crate::spans::{self, SECOND, TRACE_SPANS, maps, time, trace_id, with_column};
use crate::world::{self, World};
use arrow::array::{Array, ArrayRef, AsArray, RecordBatch, StringArray};
use arrow::compute;
use datafusion::common::ScalarValue;
use datafusion::logical_expr::Expr;
use datafusion::physical_plan::displayable;
use datafusion::prelude::{SessionContext, ident, lit};
use model::Clock;
use model::span::{self, Note};
use std::ops::Range;
use std::sync::Arc;
use throughline_store::{Request, Store};

/// Attributes of a span: `tier` has few values, `order` one a span, `batch` one a trace; `rare` is on two
/// spans, `late` on those from 6,000 on.
fn attributes(number: u64) -> Vec<(String, String)> {
    let mut all = vec![
        (
            "tier".to_owned(),
            ["gold", "silver", "none"][(number % 3) as usize].to_owned(),
        ),
        ("order".to_owned(), order(number)),
        (
            "batch".to_owned(),
            format!("batch-{}", number / TRACE_SPANS),
        ),
    ];
    if number == 4_321 || number == 7_777 {
        all.push(("rare".to_owned(), "yes".to_owned()));
    }
    if number >= 6_000 {
        all.push(("late".to_owned(), (number % 5).to_string()));
    }
    all
}

fn order(number: u64) -> String {
    format!("{:016x}", (number + 1).wrapping_mul(0x9e37_79b9_7f4a_7c15))
}

fn decode(request: &Request) -> Result<Option<RecordBatch>, String> {
    let Some(batch) = spans::decode(request)? else {
        return Ok(None);
    };
    let body = std::str::from_utf8(&request.body).map_err(|error| error.to_string())?;
    let (first, end) = body.split_once("..").ok_or("no range")?;
    let numbers: Range<u64> = first.parse().unwrap()..end.parse().unwrap();
    let custom: ArrayRef = Arc::new(maps(numbers.map(attributes)));
    Ok(Some(with_column(&batch, span::ATTRIBUTES_CUSTOM, custom)))
}

/// 9,000 spans: two files, of which the second alone has `late`, and the rest in the buffer.
async fn store(config: &throughline_store::Config) -> Store {
    let clock = Clock::fixed(spans::EPOCH);
    let store = Store::open(config.clone(), clock, decode).await.unwrap();
    for (numbers, is_flushed) in [
        (0..3_000, false),
        (3_000..5_500, true),
        (5_500..8_200, true),
        (8_200..9_000, false),
    ] {
        let request = spans::request("traces", spans::EPOCH, numbers);
        let batch = decode(&request).unwrap().unwrap();
        store.append(request, batch).await.unwrap();
        if is_flushed {
            store.flush().await.unwrap();
        }
    }
    store
}

fn key(key: &str) -> Expr {
    ident(span::key_column(span::ATTRIBUTES_CUSTOM, key))
}

fn having(condition: impl Fn(u64) -> bool) -> Vec<u64> {
    (0..9_000).filter(|number| condition(*number)).collect()
}

#[tokio::test]
async fn custom_attributes_are_found_wherever_they_are() {
    let directory = tempfile::tempdir().unwrap();
    let store = store(&world::config(directory.path())).await;
    let find = async |filter: Expr| world::numbers(&store, Some(filter)).await;
    assert_eq!(
        find(key("tier").eq(lit("gold"))).await,
        having(|n| n % 3 == 0)
    );
    for number in [0, 3_777, 6_100, 8_199, 8_200, 8_999] {
        assert_eq!(find(key("order").eq(lit(order(number)))).await, [number]);
        let batch = format!("batch-{}", number / TRACE_SPANS);
        let mates = having(|n| n / TRACE_SPANS == number / TRACE_SPANS);
        assert_eq!(find(key("batch").eq(lit(batch))).await, mates);
    }
    assert_eq!(find(key("rare").eq(lit("yes"))).await, [4_321, 7_777]);
    assert_eq!(find(key("rare").is_not_null()).await, [4_321, 7_777]);
    assert_eq!(
        find(key("late").eq(lit("3"))).await,
        having(|n| n >= 6_000 && n % 5 == 3)
    );
    let both = key("late").eq(lit("3")).and(key("tier").eq(lit("none")));
    assert_eq!(
        find(both).await,
        having(|n| n >= 6_000 && n % 5 == 3 && n % 3 == 2)
    );
    let one_of = key("order").in_list(vec![lit(order(17)), lit(order(8_500)), lit("?")], false);
    assert_eq!(find(one_of).await, [17, 8_500]);
    assert_eq!(find(key("order").eq(lit("nowhere"))).await, [0; 0]);
    // A range of time that ends within a file, of which a key has no column.
    let before =
        |n: u64| ident(span::TIME).lt(lit(ScalarValue::TimestampNanosecond(Some(time(n)), None)));
    let of_order = |n: u64| key("order").eq(lit(order(n)));
    for number in [3_777, 6_100, 8_500] {
        assert_eq!(find(of_order(number).and(before(number))).await, [0; 0]);
        assert_eq!(
            find(of_order(number).and(before(number + 1))).await,
            [number]
        );
    }
    let gold = key("tier").eq(lit("gold")).and(before(7_000));
    assert_eq!(find(gold).await, having(|n| n % 3 == 0 && n < 7_000));
    let table = store.table("traces").await.unwrap().unwrap();
    let rows = SessionContext::new()
        .read_table(table)
        .unwrap()
        .filter(before(7_000));
    let orders = rows.unwrap().select(vec![key("order")]).unwrap();
    assert_eq!(orders.count().await.unwrap(), 7_000);
    let not = key("tier").not_eq(lit("gold")).and(key("late").is_null());
    assert_eq!(find(not).await, having(|n| n % 3 != 0 && n < 6_000));
}

/// Too many values for a column, and one of them in every part of the file.
#[tokio::test]
async fn a_value_that_is_everywhere_is_found_without_a_column() {
    const ROWS: u64 = 20_000;
    let directory = tempfile::tempdir().unwrap();
    let decode = |request: &Request| -> Result<Option<RecordBatch>, String> {
        let batch = spans::batch(0..ROWS, request.arrival_nanos);
        let value = |n: u64| {
            if n.is_multiple_of(2) {
                "often".to_owned()
            } else {
                order(n)
            }
        };
        let custom: ArrayRef = Arc::new(maps(
            (0..ROWS).map(|n| vec![("mixed".to_owned(), value(n))]),
        ));
        Ok(Some(with_column(&batch, span::ATTRIBUTES_CUSTOM, custom)))
    };
    let clock = Clock::fixed(spans::EPOCH);
    let store = Store::open(world::config(directory.path()), clock, decode)
        .await
        .unwrap();
    let request = spans::request("traces", spans::EPOCH, 0..1);
    let batch = decode(&request).unwrap().unwrap();
    store.append(request, batch).await.unwrap();
    store.flush().await.unwrap();
    let find = async |value: &str| world::numbers(&store, Some(key("mixed").eq(lit(value)))).await;
    assert_eq!(find("often").await.len() as u64, ROWS / 2);
    assert_eq!(find(&order(777)).await, [777]);
}

#[tokio::test]
async fn the_column_of_a_key_has_what_the_map_has() {
    let directory = tempfile::tempdir().unwrap();
    let store = store(&world::config(directory.path())).await;
    let table = store.table("traces").await.unwrap().unwrap();
    let (schema, name) = (table.schema(), "attributes.http.response.status_code");
    let complete = Note::KeysComplete.read(&schema);
    assert_eq!(complete, Some(span::KEYED_MAPS.into()));
    let absent = Note::Absent.read(&schema).unwrap();
    assert!(absent.contains("attributes.db.system.name") && !absent.contains(name));
    let keys = ["tier", "order", "batch", "rare", "late"];
    let mut columns = vec![ident(span::SPAN_ID)];
    columns.extend(keys.map(key));
    let frame = SessionContext::new().read_table(table).unwrap();
    let batches = frame.select(columns).unwrap().collect().await.unwrap();
    let mut rows = 0;
    for batch in &batches {
        for row in 0..batch.num_rows() {
            let id = batch.column(0).as_string_view().value(row);
            let expected = attributes(u64::from_str_radix(id, 16).unwrap());
            for (place, name) in keys.iter().enumerate() {
                let column = batch.column(place + 1).as_string_view();
                let found = column.is_valid(row).then(|| column.value(row));
                let expected = expected.iter().find(|(key, _)| key == name);
                assert_eq!(
                    found,
                    expected.map(|(_, value)| value.as_str()),
                    "{name} of {id}"
                );
            }
            rows += 1;
        }
    }
    assert_eq!(rows, 9_000);
}

#[tokio::test]
async fn a_trace_is_found_without_a_look_at_the_other_files() {
    let world = World::new().await;
    for start in (0..12_000).step_by(3_000) {
        world.append(start..start + 3_000).await;
        world.store.flush().await.unwrap();
    }
    world.append(12_000..12_100).await;
    let of_trace = |number: u64| ident(span::TRACE_ID).eq(lit(trace_id(number)));
    for number in [0, 5_002, 11_999, 12_050] {
        let first = number / TRACE_SPANS * TRACE_SPANS;
        let mates: Vec<u64> = (first..first + TRACE_SPANS).collect();
        assert_eq!(world.numbers_where(of_trace(number)).await, mates);
    }
    assert_eq!(world.numbers_where(of_trace(99_999)).await, [0; 0]);
    assert_eq!(
        world
            .numbers_where(ident(span::TRACE_ID).eq(lit("no id")))
            .await,
        [0; 0]
    );
    let table = world.store.table("traces").await.unwrap().unwrap();
    let frame = SessionContext::new().read_table(table).unwrap();
    let plan = frame.filter(of_trace(5_002)).unwrap();
    let plan = plan.create_physical_plan().await.unwrap();
    let plan = displayable(plan.as_ref()).indent(true).to_string();
    assert_eq!(plan.matches(".parquet").count(), 1, "{plan}");
}

/// In the first row group every name is another and the column has no bounds; in the second it has.
#[tokio::test]
async fn a_file_has_no_bounds_when_one_row_group_has_none() {
    const ROWS: u64 = 140_000;
    let directory = tempfile::tempdir().unwrap();
    let config = world::config(directory.path());
    let named = |request: &Request| -> Result<Option<RecordBatch>, String> {
        let batch = spans::batch(0..ROWS, request.arrival_nanos);
        let name = |n: u64| match n < 131_072 {
            true => format!("x {n}"),
            false => "a".to_owned(),
        };
        let names: ArrayRef = Arc::new(StringArray::from_iter_values((0..ROWS).map(name)));
        let schema = span::buffered_schema();
        let kind = schema.field_with_name(span::NAME).unwrap().data_type();
        let names = compute::cast(&names, kind).unwrap();
        Ok(Some(with_column(&batch, span::NAME, names)))
    };
    let clock = Clock::fixed(spans::EPOCH);
    let store = Store::open(config, clock, named).await.unwrap();
    let request = spans::request("traces", spans::EPOCH + SECOND, 0..1);
    let batch = named(&request).unwrap().unwrap();
    store.append(request, batch).await.unwrap();
    store.flush().await.unwrap();
    let find = async |name: &str| {
        let filter = ident(span::NAME).eq(lit(name));
        world::numbers(&store, Some(filter)).await.len() as u64
    };
    assert_eq!(find("x 77").await, 1);
    assert_eq!(find("a").await, ROWS - 131_072);
}
