//! Queries no user would write: too long, too deep, too wide. Each is refused or planned, on the stack
//! of an ordinary thread; none ends the process.

use crate::{compile, refusal, render};

/// Planned and run: the optimiser must survive it as well.
async fn runs(query: &str) {
    let plan = compile(query).unwrap_or_else(|refused| panic!("{refused}"));
    render::plan(&plan, false).await;
}

fn chain(operand: &str, joint: &str, count: usize) -> String {
    vec![operand; count].join(joint)
}

#[test]
fn a_text_too_long_is_refused() {
    let query = format!("| where name == \"{}\"", "x".repeat(64 * 1024));
    assert!(refusal(&query).contains("at most 64 KiB"));
}

#[test]
fn nesting_too_deep_is_refused() {
    for (open, close) in [
        ("(", ")"),
        ("not(", ")"),
        ("-", ""),
        ("iff(true, ", ", 1)"),
        ("+", ""),
    ] {
        let query = format!("| where {}1{}", open.repeat(3_000), close.repeat(3_000));
        assert!(refusal(&query).contains("nested too deeply"), "{open}");
    }
    let query = format!("{}traces{}", "(".repeat(5_000), ")".repeat(5_000));
    assert!(refusal(&query).contains("nested too deeply"));
}

#[tokio::test]
async fn nesting_within_the_limit_runs() {
    for (open, close) in [
        ("not(", ")"),
        ("coalesce(error, ", ")"),
        ("iff(error, false, ", ")"),
        ("not(error and ", ")"),
        ("(false == ", ")"),
    ] {
        runs(&format!(
            "| where {}error{} | count",
            open.repeat(60),
            close.repeat(60)
        ))
        .await;
    }
}

#[test]
fn chains_too_long_are_refused() {
    for (operand, joint) in [("error", " or "), ("error", " and ")] {
        let query = format!("| where {}", chain(operand, joint, 501));
        assert!(refusal(&query).contains("at most 500"), "{joint}");
    }
    let sum = format!("| extend x = {}", chain("1", " + ", 5_000));
    assert!(refusal(&sum).contains("too much arithmetic"));
    let nested = format!("| extend x = {}", chain("(1 + 1)", " + ", 100));
    assert!(refusal(&nested).contains("too much arithmetic"));
    let stages = "| take 1 ".repeat(2_000);
    assert!(refusal(&stages).contains("too many operators"));
}

#[tokio::test]
async fn chains_within_the_limits_run() {
    let conditions: Vec<String> = (0..500).map(|i| format!("name == \"{i}\"")).collect();
    runs(&format!("| where {} | count", conditions.join(" or "))).await;
    runs(&format!(
        "| extend x = {} | count",
        chain("duration", " + ", 100)
    ))
    .await;
    runs(&format!(
        "{} | count",
        "| extend x = strlen(name) + 1 ".repeat(30)
    ))
    .await;
    let list: Vec<String> = (0..5_000).map(|i| i.to_string()).collect();
    runs(&format!(
        "| where ['http.status_code'] in ({}) | count",
        list.join(", ")
    ))
    .await;
}

#[test]
fn regular_expressions_too_large_are_refused() {
    let refused = refusal("| where name matches regex \"((a{500}){500}){500}\"");
    assert!(refused.contains("regular expression"), "{refused}");
}

#[test]
fn every_prefix_of_a_query_is_answered() {
    let query = "['traces'] | where name has \"é\\n\" and duration between (1ms .. 5m) // ü\n\
                 | extend a = iff(isnull(['x.y'].z), -1.5e3, @'raw''s' in~ (\"a\", 'b')), d = datetime(2024-01-02) \
                 | summarize p = percentile(duration, 95), make_set(name) by bin(_time, 1m) | top 3 by p desc nulls last";
    for (end, _) in query.char_indices() {
        let _ = compile(&query[..end]);
        let _ = compile(&query[end..]);
    }
}

#[test]
fn noise_is_answered() {
    // A fixed generator: the same noise at every run.
    let mut state = 0x2545_f491_4f6c_dd1d_u64;
    let mut next = || {
        state ^= state << 13;
        state ^= state >> 7;
        state ^= state << 17;
        state
    };
    let words = [
        "|",
        "where",
        "extend",
        "summarize",
        "by",
        "count()",
        "(",
        ")",
        "[",
        "]",
        "'a'",
        "\"",
        "name",
        "==",
        "!",
        "in",
        "between",
        "..",
        "1",
        "1.5",
        "1h",
        "-",
        "dynamic([",
        "datetime(2024",
        ",",
        "=",
        "and",
        "or",
        "not(",
        "bin(",
        "_time",
        "sort",
        "top",
        "*",
        "project-away",
        "//",
        "\n",
        "é",
        "@'",
        "percentile(",
        "\\",
        "~",
    ];
    for _ in 0..3_000 {
        let length = next() % 24 + 1;
        let query: Vec<&str> = (0..length)
            .map(|_| words[(next() % words.len() as u64) as usize])
            .collect();
        let _ = compile(&query.join(" "));
        let _ = compile(&query.concat());
    }
}
