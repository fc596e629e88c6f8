//! Reads spans back as any client would: by the query API.

use crate::fields::Fields;
use crate::ledger::Dataset;
use crate::request::{EPOCH_NANOS, MILLI_NANOS};
use crate::server::Addresses;
use crate::wire;
use anyhow::{Context, Result, bail};
use chrono::DateTime;
use serde_json::{Value, json};
use std::ops::Range;

const PATH: &str = "/v1/query/_apl?format=tabular";
/// The most that the server answers.
const ROWS_MAX: usize = 50_000;

/// The spans of the requests in `range`, from one dataset.
pub(crate) async fn rows(
    addresses: Addresses,
    dataset: Dataset,
    range: Range<u64>,
) -> Result<Vec<Fields>> {
    let apl = format!("['{}']", dataset.name());
    let rows = ask(addresses, dataset, &apl, Some(range)).await?;
    if rows.len() >= ROWS_MAX {
        bail!("{} rows in one answer: it may be cut short", rows.len());
    }
    Ok(rows)
}

/// The rows that answer a query, of the requests in `range` if there is one; none where the dataset does not exist.
pub(crate) async fn ask(
    addresses: Addresses,
    dataset: Dataset,
    apl: &str,
    range: Option<Range<u64>>,
) -> Result<Vec<Fields>> {
    let Some(table) = table(addresses, dataset, apl, range).await? else {
        return Ok(Vec::new());
    };
    let names = list(&table, "fields")?;
    let columns = list(&table, "columns")?;
    let count = columns
        .first()
        .and_then(Value::as_array)
        .map_or(0, Vec::len);
    let mut rows = vec![Fields::default(); count];
    for (field, column) in names.iter().zip(columns) {
        let name = field["name"].as_str().context("a column without a name")?;
        let cells = column.as_array().context("a column that is no list")?;
        for (row, cell) in rows.iter_mut().zip(cells) {
            cell_into(row, name, cell)?;
        }
    }
    Ok(rows)
}

/// How many spans a dataset has, whatever they are.
pub(crate) async fn count(addresses: Addresses, dataset: Dataset) -> Result<u64> {
    let apl = format!("['{}'] | summarize spans = count()", dataset.name());
    let Some(table) = table(addresses, dataset, &apl, None).await? else {
        return Ok(0);
    };
    Ok(table["columns"][0][0].as_u64().unwrap_or(0))
}

/// The ids of a trace's spans, by the trace view; none where there is no such trace.
pub(crate) async fn trace(addresses: Addresses, dataset: Dataset, id: &str) -> Result<Vec<Fields>> {
    let path = format!("/api/v1/traces/{id}?dataset={}", dataset.name());
    let (status, body) = wire::ask(addresses.console, &path, None).await?;
    if status == 404 {
        return Ok(Vec::new());
    }
    let answer: Value = serde_json::from_slice(&body).context("the trace is no JSON")?;
    if status != 200 || answer["cut"] == true {
        bail!("status {status}, or a trace that is cut: {answer}");
    }
    let mut rows = Vec::new();
    for span in list(&answer, "spans")? {
        let mut row = Fields::default();
        cell_into(&mut row, "span_id", &span["span_id"])?;
        rows.push(row);
    }
    Ok(rows)
}

/// The table that answers a query; none where the dataset does not exist.
async fn table(
    addresses: Addresses,
    dataset: Dataset,
    apl: &str,
    range: Option<Range<u64>>,
) -> Result<Option<Value>> {
    let mut query = json!({ "apl": apl, "defaultLimit": ROWS_MAX });
    if let Some(range) = range {
        query["startTime"] = moment(range.start).into();
        query["endTime"] = moment(range.end).into();
    }
    let (status, body) = wire::ask(addresses.console, PATH, Some(query.to_string())).await?;
    let mut answer: Value = serde_json::from_slice(&body).context("the answer is no JSON")?;
    if status != 200 {
        let said = answer.to_string();
        // A dataset begins with its first span.
        if status == 404 || (status == 400 && said.contains(dataset.name())) {
            return Ok(None);
        }
        bail!("status {status}: {said}");
    }
    if answer["status"]["isPartial"] == true {
        bail!("the answer is not whole");
    }
    Ok(Some(answer["tables"][0].take()))
}

fn list<'a>(table: &'a Value, name: &str) -> Result<&'a Vec<Value>> {
    table[name]
        .as_array()
        .with_context(|| format!("no {name} in the answer"))
}

/// When request `b` begins.
fn moment(b: u64) -> String {
    DateTime::from_timestamp_nanos((EPOCH_NANOS + b * MILLI_NANOS) as i64).to_rfc3339()
}

fn cell_into(row: &mut Fields, name: &str, cell: &Value) -> Result<()> {
    match (name, cell) {
        (_, Value::Null) => {}
        ("_time", Value::String(time)) => {
            let time = DateTime::parse_from_rfc3339(time)?.timestamp_nanos_opt();
            row.put(name, time.context("a time out of range")?);
        }
        ("duration", Value::String(duration)) => {
            row.put(
                name,
                nanos(duration).with_context(|| format!("no duration: {duration}"))?,
            );
        }
        (_, Value::String(text)) => row.put(name, text),
        (_, Value::Object(pairs)) => {
            for (key, value) in pairs {
                cell_into(row, &format!("{name}.{key}"), value)?;
            }
        }
        (_, Value::Array(items)) => {
            for (at, item) in items.iter().enumerate() {
                cell_into(row, &format!("{name}.{at}"), item)?;
            }
        }
        (_, plain) => row.put(name, plain),
    }
    Ok(())
}

/// A duration as Go writes it, in nanoseconds.
fn nanos(text: &str) -> Option<u64> {
    let (mut rest, mut sum) = (text, 0);
    while !rest.is_empty() {
        let unit_at = rest.find(|c: char| !c.is_ascii_digit() && c != '.')?;
        let (number, after) = rest.split_at(unit_at);
        let unit_end = after
            .find(|c: char| c.is_ascii_digit())
            .unwrap_or(after.len());
        let (unit, next) = after.split_at(unit_end);
        let scale: u64 = match unit {
            "ns" => 1,
            "µs" | "us" => 1_000,
            "ms" => MILLI_NANOS,
            "s" => 1_000_000_000,
            "m" => 60_000_000_000,
            "h" => 3_600_000_000_000,
            _ => return None,
        };
        let (whole, part) = number.split_once('.').unwrap_or((number, ""));
        let mut place = scale;
        sum += whole.parse::<u64>().ok()? * scale;
        for digit in part.chars() {
            place /= 10;
            sum += u64::from(digit.to_digit(10)?) * place;
        }
        rest = next;
    }
    Some(sum)
}

#[cfg(test)]
mod tests {
    use super::nanos;

    #[test]
    fn durations_are_read_as_go_writes_them() {
        let cases = [
            ("0s", Some(0)),
            ("17ns", Some(17)),
            ("1.5µs", Some(1_500)),
            ("5.000001ms", Some(5_000_001)),
            ("1m2.25s", Some(62_250_000_000)),
            ("1h0m0s", Some(3_600_000_000_000)),
            ("5", None),
            ("5 weeks", None),
        ];
        for (text, expected) in cases {
            assert_eq!(nanos(text), expected, "{text}");
        }
    }
}
