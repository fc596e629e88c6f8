//! Plans that one query runs beside each other: what counts rows counts those of each by itself.

use crate::{compile, render};

/// A side of a join may have 50,000 rows, and here has 30,000 in both runs.
#[tokio::test]
async fn totals_count_the_rows_of_joins_by_themselves() {
    let shown = both(
        "let t = traces | take 1 | extend r = range(1, 30000) | mv-expand r | project _time, k = tostring(r)
            | join kind=inner (print k = '1') on k;
         t | summarize count() by bin(_time, 1m)",
    )
    .await;
    assert!(!shown.contains("failed"), "{shown}");
    assert!(shown.ends_with("count_:integer\n1\n"), "{shown}");
}

/// The rows of a sample are the same in both runs, also in a table that a value is made of.
#[tokio::test]
async fn totals_are_of_the_same_sample() {
    let rows = "traces | take 1 | extend r = range(1, 2000) | mv-expand r | sample 0.5";
    let shown = both(&format!(
        "let t = {rows}; let n = toscalar({rows} | count);
         t | extend n = n | summarize count(), max(n) by bin(_time, 1m)"
    ))
    .await;
    let rows: Vec<&str> = shown.lines().collect();
    let (_, of_bins) = rows[1].split_once(" | ").unwrap();
    assert_eq!(rows.last(), Some(&of_bins), "{shown}");
}

/// The rows of a plan, which are in one bin, and its totals.
async fn both(query: &str) -> String {
    let plan = compile(query).unwrap();
    assert!(plan.totals.is_some());
    render::plan(&plan, true).await
}
