//! What reaches a table: plain comparisons that files can be pruned by, and the range of time.

use crate::{context, spans};

fn check(query: &str, filter: &str) {
    let plan = throughline_apl::compile(query, &context(query), &spans::Table).unwrap();
    let shown = plan.logical.display_indent().to_string();
    assert!(shown.contains(filter), "{shown}");
}

#[test]
fn filters_are_plain_comparisons() {
    check(
        "| where duration > 100ms",
        "Filter: traces.duration > DurationNanosecond(\"100000000\")",
    );
    check(
        "| where duration > 100000000",
        "Filter: traces.duration > DurationNanosecond(\"100000000\")",
    );
    check(
        "| where trace_id == \"ab\" and error",
        "Filter: traces.trace_id = Utf8View(\"ab\") AND traces.error",
    );
    check(
        "| where _time >= ago(1h)",
        "Filter: traces._time >= TimestampNanosecond(1795338000000000000, None)",
    );
    check(
        "| where ['service.name'] == \"api\"",
        "Filter: traces.service.name = Utf8View(\"api\")",
    );
    check(
        "| where kind in (\"server\", \"client\")",
        "Filter: traces.kind IN ([",
    );
}

#[test]
fn the_range_of_time_comes_first() {
    check(
        "// start 1970-01-01T00:00:01Z\n// end 1970-01-01T00:00:02Z\n| count",
        "Filter: traces._time >= TimestampNanosecond(1000000000, None) \
         AND traces._time < TimestampNanosecond(2000000000, None)\n      TableScan",
    );
}

/// Of all fields those alone that some row has a value in: two aggregations for each of a hundred and fifty cost seconds.
#[test]
fn what_no_row_has_is_not_aggregated() {
    for query in ["| summarize presence(*)", "| summarize spotlight(error, *)"] {
        let absent = "attributes.http.route";
        let plan = |datasets: &dyn throughline_apl::Datasets| {
            let plan = throughline_apl::compile(query, &context(query), datasets).unwrap();
            plan.logical.display_indent().to_string()
        };
        let named = format!("traces.{absent}");
        assert!(plan(&spans::Table).contains(&named), "{query}");
        let without = plan(&spans::Absent(absent));
        assert!(!without.contains(&named), "{without}");
        assert!(without.contains("traces.name"), "{without}");
    }
}
