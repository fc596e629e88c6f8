//! Tables that double, nest, or grow too wide; searches and patterns that are too large.

use super::{fails, runs};
use crate::refusal;

#[test]
fn lets_that_double_are_refused() {
    let chained = |first: &str, next: &dyn Fn(usize) -> String, last: &str| {
        let lets: Vec<String> = (1..40)
            .map(|n| format!("let a{n} = {};", next(n - 1)))
            .collect();
        format!("let a0 = {first}; {} {last}", lets.concat())
    };
    let union = chained("traces", &|n| format!("union a{n}, a{n}"), "a39 | count");
    let join = chained(
        "traces",
        &|n| format!("a{n} | join (a{n}) on trace_id"),
        "a39 | count",
    );
    let inside = chained(
        "traces | project trace_id",
        &|n| format!("a{n} | where trace_id in (a{n})"),
        "a39 | count",
    );
    for query in [union, join, inside] {
        let refused = refusal(&query);
        let is_known =
            refused.contains("too many operators") || refused.contains("nested too deeply");
        assert!(is_known, "{refused}");
    }
    let doubled = |count: usize, last: &str| {
        let next = |n: usize| format!("let a{n} = a{} + a{};", n - 1, n - 1);
        let lets: Vec<String> = (1..=count).map(next).collect();
        format!(
            "let a0 = toscalar(traces | count); {} {last}",
            lets.concat()
        )
    };
    let uses = vec!["n == a9"; 400].join(" or ");
    for query in [
        doubled(40, "print a40"),
        doubled(9, &format!("print n = 1 | where {uses}")),
    ] {
        let refused = refusal(&query);
        assert!(refused.contains("too often"), "{refused}");
    }
}

#[test]
fn a_let_used_a_hundred_times_in_one_is_refused() {
    let hundred = |name: &str| vec![name; 100].join(", ");
    let query = format!(
        "let a = traces; let b = union {}; let c = union {}; c | count",
        hundred("a"),
        hundred("b")
    );
    assert!(refusal(&query).contains("too many operators"));
    let lets = "let a = 1; ".repeat(200);
    assert!(refusal(&format!("{lets} traces")).contains("too many statements"));
    let tables = vec!["trace_id in (traces | project trace_id)"; 300].join(" or ");
    assert!(refusal(&format!("traces | where {tables}")).contains("too many operators"));
}

#[tokio::test]
async fn lets_within_the_limits_run() {
    // Constants that double are computed at once.
    let doubled: Vec<String> = (1..60)
        .map(|n| format!("let a{n} = a{} + a{};", n - 1, n - 1))
        .collect();
    runs(&format!("let a0 = 1; {} print a59", doubled.concat())).await;
    let chain: Vec<String> = (1..20).map(|n| format!("let a{n} = a{};", n - 1)).collect();
    runs(&format!("let a0 = traces; {} a19 | count", chain.concat())).await;
    let many = vec!["traces"; 60].join(", ");
    runs(&format!("union {many} | count")).await;
    let tables = vec!["trace_id in (traces | project trace_id)"; 40].join(" or ");
    runs(&format!("traces | where {tables} | count")).await;
    let joins = "| join (traces | project trace_id, span_id) on trace_id, span_id ".repeat(20);
    runs(&format!(
        "traces | project trace_id, span_id {joins} | count"
    ))
    .await;
}

#[tokio::test]
async fn tables_inside_each_other_have_a_limit() {
    for (open, close, deep) in [
        ("traces | where trace_id in (", " | project trace_id)", 8),
        ("print trace_id = toscalar(", ")", 8),
        ("traces | project trace_id | join (", ") on trace_id", 4),
        ("union traces, (", ")", 12),
        ("spans_of(", ")", 12),
        ("search in ((", ")) 'x'", 12),
    ] {
        let nested = |depth: usize| format!("{}traces{}", open.repeat(depth), close.repeat(depth));
        runs(&format!("{} | count", nested(deep))).await;
        for depth in [40, 300, 1_000] {
            let refused = refusal(&nested(depth));
            assert!(
                refused.contains("nested too deeply"),
                "{open} {depth}: {refused}"
            );
        }
    }
    let chain: Vec<String> = (1..99).map(|n| format!("let a{n} = a{};", n - 1)).collect();
    let refused = refusal(&format!("let a0 = traces; {} a98 | count", chain.concat()));
    assert!(refused.contains("nested too deeply"), "{refused}");
}

#[tokio::test]
async fn wide_tables_have_a_limit() {
    let joins = |count: usize| "| join (traces) on span_id ".repeat(count);
    runs(&format!("traces {} | count", joins(8))).await;
    assert!(refusal(&format!("traces {} | count", joins(60))).contains("too many fields"));
    let columns: Vec<String> = (0..3_000).map(|n| format!("a{n} = 1")).collect();
    assert!(refusal(&format!("print {}", columns.join(", "))).contains("too many fields"));
}

/// A constant array is repeated for every row before it is unfolded.
#[tokio::test]
async fn arrays_with_too_many_elements_in_all_are_refused() {
    let rows = "| take 1 | extend r = range(1, 100) | mv-expand r | project r ";
    runs(&format!("{rows} | count")).await;
    for array in [
        "range(1, 140000)",
        "split(strcat(strrep(strrep('a,', 100), 110), tostring(r)), ',')",
    ] {
        let failure = fails(&format!(
            "{rows} | extend a = {array} | mv-expand a | count"
        ))
        .await;
        assert!(
            failure.contains("mv-expand makes more than"),
            "{array}: {failure}"
        );
    }
}

#[test]
fn series_longer_than_integers_count_are_refused() {
    let refused = refusal(
        "| make-series count() on _time from datetime(1700-01-01) to datetime(2200-01-01) step 365d",
    );
    assert!(refused.contains("at most 292 years"), "{refused}");
}

#[test]
fn searches_and_patterns_too_large_are_refused() {
    let terms = vec!["\"x\""; 21].join(" or ");
    assert!(refusal(&format!("search {terms}")).contains("at most 20"));
    let fields: Vec<String> = (0..51).map(|n| format!("a{n} 'x'")).collect();
    assert!(refusal(&format!("| parse name with {}", fields.join(" "))).contains("at most 50"));
    let pairs: Vec<String> = (0..51).map(|n| format!("a{n}:string")).collect();
    assert!(refusal(&format!("| parse-kv name as ({})", pairs.join(", "))).contains("at most 50"));
    let refused = refusal("| parse kind=regex name with '((?:a{500}){500}){500}' x");
    assert!(refused.contains("regular expression"), "{refused}");
    let refused = refusal("| where * matches regex '((a{500}){500}){500}'");
    assert!(refused.contains("regular expression"), "{refused}");
    let refused = refusal(&format!(
        "search {}'x'{}",
        "(".repeat(3_000),
        ")".repeat(3_000)
    ));
    assert!(refused.contains("nested too deeply"), "{refused}");
    let refused = refusal(&format!("search {}'x'", "not ".repeat(3_000)));
    assert!(refused.contains("nested too deeply"), "{refused}");
}

/// Each join multiplies the rows of a trace of five spans by five.
#[tokio::test]
async fn joins_of_joins_have_a_limit_at_each() {
    let join = "| join (traces | project trace_id) on trace_id ".repeat(9);
    let beside = format!("traces | project trace_id {join}");
    let inside = format!(
        "{}traces{}",
        "traces | project trace_id | join (".repeat(9),
        ") on trace_id".repeat(9)
    );
    for (query, side) in [(beside, "left"), (inside, "right")] {
        let failure = fails(&format!("{query} | count")).await;
        let expected = format!("the {side} side of a join has more than 50000 rows");
        assert!(failure.contains(&expected), "{failure}");
    }
}
