//! One question over HTTP, and its answer as rows of text.

use crate::http::{Answer, Connection, Target};
use anyhow::{Context, Result, ensure};
use serde_json::{Value, json};
use std::time::{Duration, Instant};

const QUERY: Target<'static> = Target {
    path: "/v1/datasets/_apl?format=tabular",
    content_type: "application/json",
    gzip: false,
};
/// More than any question here has rows.
const ROWS_MAX: u64 = 50_000;

/// Cells as text: numbers as JSON writes them.
pub(crate) type Rows = Vec<Vec<String>>;

/// What is sent.
#[derive(Clone, Debug)]
pub(crate) enum Request {
    /// The trace view.
    Trace(String),
    Apl {
        text: String,
        /// Start and end.
        range: Option<(String, String)>,
        /// The columns that are compared; of whole spans only the id is.
        columns: &'static [&'static str],
    },
}

impl Request {
    /// From the request's first byte to the answer's last, and the answer.
    pub(crate) async fn send(&self, api: &mut Connection) -> Result<(Duration, Rows)> {
        match self {
            Self::Trace(id) => {
                let path = format!("/api/v1/traces/{id}");
                let asked = Instant::now();
                let answer = api.get(&path).await?;
                let took = asked.elapsed();
                Ok((took, of_trace(&body(&answer)?)?))
            }
            Self::Apl {
                text,
                range,
                columns,
            } => {
                let mut request = json!({ "apl": text, "defaultLimit": ROWS_MAX });
                if let Some((start, end)) = range {
                    request["startTime"] = start.as_str().into();
                    request["endTime"] = end.as_str().into();
                }
                let request = request.to_string();
                let asked = Instant::now();
                let answer = api.post(QUERY, request.into(), &[]).await?;
                let took = asked.elapsed();
                Ok((took, of_table(&body(&answer)?, columns)?))
            }
        }
    }
}

fn body(answer: &Answer) -> Result<Value> {
    ensure!(
        answer.status == 200,
        "a question was answered with {}: {}",
        answer.status,
        String::from_utf8_lossy(&answer.body)
    );
    Ok(serde_json::from_slice(&answer.body)?)
}

fn of_trace(answer: &Value) -> Result<Rows> {
    let spans = answer["spans"].as_array().context("a trace has no spans")?;
    Ok(spans.iter().map(|it| vec![cell(&it["span_id"])]).collect())
}

fn of_table(answer: &Value, columns: &[&str]) -> Result<Rows> {
    ensure!(
        answer["status"]["isPartial"] == Value::Bool(false),
        "an answer is not whole"
    );
    let table = &answer["tables"][0];
    let fields = table["fields"].as_array().context("no fields")?;
    let mut cells = Vec::new();
    for column in columns {
        let place = fields.iter().position(|field| field["name"] == *column);
        let place = place.with_context(|| format!("the answer has no column {column}"))?;
        cells.push(table["columns"][place].as_array().context("no cells")?);
    }
    let rows = cells.first().map_or(0, |column| column.len());
    Ok((0..rows)
        .map(|row| cells.iter().map(|column| cell(&column[row])).collect())
        .collect())
}

pub(crate) fn cell(value: &Value) -> String {
    match value {
        Value::String(text) => text.clone(),
        other => other.to_string(),
    }
}

#[cfg(test)]
mod tests {
    use super::of_table;
    use serde_json::json;

    #[test]
    fn the_columns_that_are_compared_are_rows_of_text() {
        let answer = json!({
            "status": { "isPartial": false },
            "tables": [{
                "fields": [{ "name": "a" }, { "name": "b" }, { "name": "c" }],
                "columns": [["x", "y"], [null, null], [1, 2.5]],
            }],
        });
        assert_eq!(
            of_table(&answer, &["c", "a"]).unwrap(),
            [["1", "x"], ["2.5", "y"]]
        );
        assert!(of_table(&answer, &["d"]).is_err());
    }
}
