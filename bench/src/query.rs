//! The query API, as a client uses it.

use crate::http::{Connection, Target};
use anyhow::{Context, Result, ensure};
use serde_json::{Value, json};

const QUERY: Target<'static> = Target {
    path: "/v1/query/_apl?format=tabular",
    content_type: "application/json",
    gzip: false,
};

/// The cells of the answer's first column.
pub(crate) async fn first_column(
    connection: &mut Connection,
    apl: &str,
    start: Option<&str>,
) -> Result<Vec<Value>> {
    let mut request = json!({ "apl": apl });
    if let Some(start) = start {
        request["startTime"] = start.into();
        request["endTime"] = "now+1m".into();
    }
    let answer = connection
        .post(QUERY, request.to_string().into(), &[])
        .await?;
    ensure!(
        answer.status == 200,
        "a query was answered with {}: {}",
        answer.status,
        String::from_utf8_lossy(&answer.body)
    );
    let mut answer: Value = serde_json::from_slice(&answer.body)?;
    match answer["tables"][0]["columns"][0].take() {
        Value::Array(cells) => Ok(cells),
        _ => Ok(Vec::new()),
    }
}

/// The rows of the dataset that a request without a name goes to.
pub(crate) async fn rows(api: &str) -> Result<u64> {
    let mut connection = Connection::open(api).await?;
    let cells = first_column(&mut connection, "| summarize count()", None).await?;
    let count = cells.first().context("the count has no row")?;
    count.as_u64().context("the count is not a number")
}
