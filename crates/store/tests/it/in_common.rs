//! Texts and maps that many rows have in common: kept once in memory, and no more than that in a file.

use crate::spans;
use crate::world::World;
use arrow::array::{
    Array, ArrayRef, AsArray, DictionaryArray, MapBuilder, MapFieldNames, RecordBatch,
};
use arrow::array::{StringArray, StringBuilder, UInt32Array};
use arrow::datatypes::Schema;
use datafusion::prelude::{SessionContext, ident, lit};
use model::span;
use std::fs;
use std::sync::Arc;

const ROWS: u64 = 3000;
const TEXTS: u32 = 4;
const TEXT_BYTES: usize = 1 << 20;

/// Spans whose service has a very long name, and whose resource has many attributes.
fn batch() -> RecordBatch {
    let batch = spans::batch(0..ROWS, spans::EPOCH);
    let keys = UInt32Array::from_iter_values((0..ROWS as u32).map(|row| row % TEXTS));
    let texts = StringArray::from_iter_values((0..TEXTS).map(text));
    let texts: ArrayRef = Arc::new(DictionaryArray::new(keys, Arc::new(texts)));
    let keys = UInt32Array::from(vec![0; ROWS as usize]);
    let maps: ArrayRef = Arc::new(DictionaryArray::new(keys, wide_map()));
    let (mut fields, mut columns) = (Vec::new(), Vec::new());
    for (field, column) in batch.schema().fields().iter().zip(batch.columns()) {
        if field.name() == span::EVENTS {
            let schema = span::buffered_schema();
            fields.push(
                schema
                    .field_with_name(span::RESOURCE_CUSTOM)
                    .unwrap()
                    .clone(),
            );
            columns.push(Arc::clone(&maps));
        }
        fields.push(field.as_ref().clone());
        columns.push(if field.name() == span::SERVICE_NAME {
            Arc::clone(&texts)
        } else {
            Arc::clone(column)
        });
    }
    RecordBatch::try_new(Arc::new(Schema::new(fields)), columns).unwrap()
}

fn text(number: u32) -> String {
    format!("{number}{}", "x".repeat(TEXT_BYTES))
}

fn wide_map() -> ArrayRef {
    let names = MapFieldNames {
        entry: "entries".into(),
        key: "key".into(),
        value: "value".into(),
    };
    let mut map = MapBuilder::new(Some(names), StringBuilder::new(), StringBuilder::new());
    for number in 0..500 {
        map.keys().append_value(format!("k{number:03}"));
        map.values().append_value("v");
    }
    map.append(true).unwrap();
    Arc::new(map.finish())
}

#[tokio::test]
async fn what_rows_share_does_not_multiply_in_a_file() {
    let world = World::new().await;
    let request = spans::request("traces", spans::EPOCH, 0..ROWS);
    world.store.append(request, batch()).await.unwrap();
    for is_flushed in [false, true] {
        if is_flushed {
            world.store.flush().await.unwrap();
        }
        let table = world.store.table("traces").await.unwrap().unwrap();
        let frame = SessionContext::new().read_table(table).unwrap();
        let frame = frame
            .filter(ident(span::SERVICE_NAME).eq(lit(text(1))))
            .unwrap();
        let batches = frame
            .select(vec![ident(span::RESOURCE_CUSTOM)])
            .unwrap()
            .collect()
            .await
            .unwrap();
        let rows: usize = batches.iter().map(RecordBatch::num_rows).sum();
        assert_eq!(rows as u64, ROWS / u64::from(TEXTS));
        for batch in batches {
            let maps = batch.column(0).as_map();
            assert!((0..maps.len()).all(|row| maps.value_length(row) == 500));
        }
    }
    let [file] = &world.files()[..] else {
        unreachable!("one flush, one file")
    };
    let bytes = fs::metadata(world.config.data_dir.join("data/traces").join(file))
        .unwrap()
        .len();
    assert!(bytes < 1 << 20, "{bytes}");
}
