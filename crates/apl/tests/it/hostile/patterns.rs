//! Patterns that make other engines try for ever, and lists without end.

use super::{fails, runs};
use crate::refusal;
use std::time::{Duration, Instant};

/// Far more than any of these takes on a busy machine; a pattern that is tried in every way takes for ever.
const SOON: Duration = Duration::from_secs(300);

#[tokio::test]
async fn patterns_are_read_once() {
    let text = "extend t = strcat(strrep(\"a\", 100000), \"!\")";
    for pattern in [
        "^(a+)+$",
        "^(a|aa)+$",
        "^(.*a){20}$",
        "^(a?){50}a{50}$",
        "(x+x+)+y",
    ] {
        let begun = Instant::now();
        runs(&format!(
            "| {text} | where t matches regex \"{pattern}\" | count"
        ))
        .await;
        runs(&format!(
            "| {text} | extend e = extract(\"{pattern}\", 0, t) | summarize max(strlen(e))"
        ))
        .await;
        assert!(
            begun.elapsed() < SOON,
            "{pattern} took {:?}",
            begun.elapsed()
        );
    }
}

#[tokio::test]
async fn a_million_values_are_searched_or_refused() {
    let list: Vec<String> = (0..1_000_000).map(|value| value.to_string()).collect();
    let written = format!("| where strlen(name) in ({})", list.join(","));
    assert!(refusal(&written).contains("at most 64 KiB"));
    let array = fails("| where strlen(name) in (range(1, 1000000, 1)) | count").await;
    assert!(array.contains("longer than 1 MiB"), "{array}");
    let thousand = |name: &str| {
        format!("extend {name} = range(1, 1000, 1) | mv-expand {name} to typeof(long)")
    };
    let million = format!(
        "print x = 1 | {} | {} | project v = a * 1000 + b",
        thousand("a"),
        thousand("b")
    );
    runs(&format!("| where strlen(name) in ({million}) | count")).await;
}

/// Every row with every row, again and again: the rows of one side are limited, and so is what comes out.
#[tokio::test]
async fn every_row_with_every_row_has_a_limit() {
    let mut query = "traces | project k = 1".to_owned();
    for _ in 0..8 {
        query.push_str(" | join kind=inner (traces | project k = 1) on k | project k");
    }
    let failure = fails(&query).await;
    assert!(failure.contains("more than 50000 rows"), "{failure}");
}
