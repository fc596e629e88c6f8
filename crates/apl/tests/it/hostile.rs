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

/// The optimizer writes a field out wherever it is read: these double at every stage.
#[test]
fn fields_of_fields_of_fields_are_refused() {
    for (first, again, last) in [
        (
            "| extend a = duration + duration",
            "| extend a = a + a",
            "| where a > 1s",
        ),
        (
            "| project a = strlen(name)",
            "| project a = a * a",
            "| count",
        ),
        (
            "| extend a = error",
            "| extend a = iff(a, not(a), a)",
            "| where a",
        ),
        (
            "| extend a = name",
            "| project a = coalesce(a, tolower(a), 'x')",
            "| where a == 'x'",
        ),
        (
            "| summarize n = count() by a = toint(duration)",
            "| extend a = a + a | summarize n = count() by a = a * a",
            "| where a > 1",
        ),
        (
            "| summarize a = count() by kind",
            "| extend b = a + a | project-rename c = b, d = a | project a = c - c",
            "| where a > 1",
        ),
        (
            "| extend a = duration",
            "| extend a = a + a | distinct a",
            "| where a > 1s",
        ),
    ] {
        let query = format!("{first} {} {last}", again.repeat(30));
        assert!(
            refusal(&query).contains("fields computed from fields"),
            "{query}"
        );
    }
    let wide = "| where a > 1s ".repeat(60);
    let query = format!("| extend a = {} {wide}", chain("duration", " + ", 100));
    assert!(refusal(&query).contains("fields computed from fields"));
}

#[tokio::test]
async fn fields_of_fields_within_the_limit_run() {
    let doubled = "| extend a = a + a ".repeat(9);
    runs(&format!(
        "| extend a = duration + duration {doubled} | where a > 1s"
    ))
    .await;
    // As much as there may be, in one condition and in many.
    for (stages, conditions) in [(10, 1), (8, 4)] {
        let doubled = "| extend a = a + a ".repeat(stages);
        let conditions = "| where a > 1s ".repeat(conditions);
        runs(&format!("| extend a = duration {doubled} {conditions}")).await;
    }
    // A field passed on weighs no more.
    let renamed = "| extend b = a | project-rename c = b | project a = c, duration ".repeat(30);
    runs(&format!(
        "| extend a = duration * 2 {renamed} | where a > 1s"
    ))
    .await;
    // Deep rather than wide.
    let steps = format!(
        "| extend a = {} ",
        chain("a", " - 1 + ", 2).replace(" + a", "")
    );
    runs(&format!(
        "| extend a = strlen(name) {} | where a < 9",
        steps.repeat(90)
    ))
    .await;
    let nots = format!("| extend a = {}a{} ", "not(".repeat(50), ")".repeat(50));
    runs(&format!("| extend a = error {} | where a", nots.repeat(90))).await;
}

/// Texts are not in the memory that the engine counts.
#[tokio::test]
async fn texts_that_grow_without_end_are_refused() {
    let copies = vec!["n"; 20].join(", ");
    let grown = format!("| extend n = strcat({copies}) ").repeat(2);
    let long = "x".repeat(5_000);
    for first in [format!("strcat(name, '{long}')"), format!("'{long}'")] {
        let query = format!("| take 1 | extend n = {first} {grown} | project n");
        let failure = fails(&query).await;
        assert!(failure.contains("longer than 1 MiB"), "{failure}");
    }
    let many: Vec<String> = (0..65)
        .map(|i| format!("x{i} = strcat(name, kind)"))
        .collect();
    let refused = refusal(&format!("| extend {}", many.join(", ")));
    assert!(refused.contains("at most 64"), "{refused}");
}

/// Planned and run to a failure.
async fn fails(query: &str) -> String {
    let plan = compile(query).unwrap_or_else(|refused| panic!("{refused}"));
    let session = datafusion::prelude::SessionContext::new();
    let frame = session.execute_logical_plan(plan.logical).await;
    match frame.unwrap().collect().await {
        Ok(_) => panic!("this query should have failed:\n{query}"),
        Err(failure) => failure.to_string(),
    }
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
