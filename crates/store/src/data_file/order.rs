//! In which order a file has its rows.
//!
//! Traces by the time of their first span in the file, then by id; within a trace by time. Trace-mates are
//! adjacent, so most of their values repeat and compress; files and row groups stay narrow in time, so
//! their statistics prune.

use crate::Error;
use arrow::array::{AsArray, RecordBatch};
use arrow::datatypes::TimestampNanosecondType;
use arrow::error::ArrowError;
use foldhash::fast::RandomState;
use model::span;
use std::collections::HashMap;

/// Rows of all batches, counted through, in the order of the file.
pub(crate) fn order(batches: &[&RecordBatch]) -> Result<Vec<u32>, Error> {
    let rows = batches.iter().map(|batch| batch.num_rows()).sum();
    let mut numbers: HashMap<u128, u32, RandomState> = HashMap::default();
    // By the trace's number: the time of its first span, its id, how many rows it has.
    let mut traces: Vec<(i64, u128, u32)> = Vec::new();
    let mut trace_of: Vec<u32> = Vec::with_capacity(rows);
    let mut times: Vec<i64> = Vec::with_capacity(rows);
    for batch in batches {
        let (ids, starts) = columns(batch)?;
        for (id, start) in ids.chunks_exact(span::TRACE_ID_BYTES as usize).zip(starts) {
            let id = id.iter().fold(0, |id, byte| id << 8 | u128::from(*byte));
            let number = *numbers.entry(id).or_insert_with(|| {
                traces.push((i64::MAX, id, 0));
                traces.len() as u32 - 1
            });
            let trace = &mut traces[number as usize];
            trace.0 = trace.0.min(*start);
            trace.2 += 1;
            trace_of.push(number);
            times.push(*start);
        }
    }
    drop(numbers);
    let mut sorted: Vec<u32> = (0..traces.len() as u32).collect();
    sorted.sort_unstable_by_key(|number| {
        let (first, id, _) = traces[*number as usize];
        (first, id)
    });
    // Where each trace's next row goes.
    let mut next = vec![0_u32; traces.len()];
    let mut end = 0;
    for number in &sorted {
        next[*number as usize] = end;
        end += traces[*number as usize].2;
    }
    let mut order = vec![0_u32; rows];
    for (row, number) in trace_of.iter().enumerate() {
        let place = &mut next[*number as usize];
        order[*place as usize] = row as u32;
        *place += 1;
    }
    let mut rest = &mut order[..];
    for number in &sorted {
        let (trace, after) = rest.split_at_mut(traces[*number as usize].2 as usize);
        // Rows that started at once keep the order in which they came.
        trace.sort_by_key(|row| times[*row as usize]);
        rest = after;
    }
    Ok(order)
}

/// The trace ids, one behind the other, and the start times.
fn columns(batch: &RecordBatch) -> Result<(&[u8], &[i64]), Error> {
    let missing = |name: &str| ArrowError::SchemaError(format!("no column {name} of its type"));
    let ids = batch
        .column_by_name(span::TRACE_ID)
        .and_then(|column| column.as_fixed_size_binary_opt())
        .ok_or_else(|| missing(span::TRACE_ID))?;
    let times = batch
        .column_by_name(span::TIME)
        .and_then(|column| column.as_primitive_opt::<TimestampNanosecondType>())
        .ok_or_else(|| missing(span::TIME))?;
    Ok((ids.value_data(), times.values()))
}
