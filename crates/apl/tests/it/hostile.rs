//! Queries no user would write: too long, too deep, too wide. Each is refused or planned, on the stack
//! of an ordinary thread; none ends the process.

/// Aggregations of very many groups.
mod groups;
/// Patterns tried in every way, lists without end, every row with every row.
mod patterns;
/// Tables that double, nest, or grow too wide.
mod tables;

use crate::{compile, refusal, render};

/// Planned and run: the optimiser must survive it as well.
async fn runs(query: &str) {
    let plan = compile(query).unwrap_or_else(|refused| panic!("{refused}"));
    let rows = render::plan(&plan, false).await;
    assert!(!rows.starts_with("failed"), "{rows}");
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

/// A text of about a megabyte, made without a literal of that length.
const LONG: &str = "strrep(strrep('abcdefghij', 1000), 100)";

/// What functions make of long texts and arrays is measured before it is made, or while it is.
#[tokio::test]
async fn results_that_would_be_too_large_are_refused() {
    for expression in [
        "strrep(l, 1024)",
        "replace_string('a', strrep('b', 1000), l)",
        "replace_regex('[a-z]', strrep('$0', 500), l)",
        "replace_regex('', strrep('x', 1000), l)",
        "strcat_array(split(l, 'a'), strrep('-', 1024))",
        "strcat_delim(strrep('-', 1024), l, l)",
        "array_concat(split(l, ''), split(l, ''))",
        "set_union(range(0, 400000), range(400000, 800000))",
        "range(0, 1000000)",
        "range(0.0, 1.0, 0.0000001)",
        "extract_all('(.)', dynamic([0, 0, 0, 0, 0, 0, 0, 0, 1, 1, 1, 1]), l)",
        "url_encode(strrep('ä', 1024, strrep('ö', 300)))",
        "bag_pack('a', split(l, ''), 'b', split(l, ''))",
    ] {
        let query =
            format!("| take 1 | extend l = strcat({LONG}, name) | project x = {expression}");
        let failure = fails(&query).await;
        assert!(
            failure.contains("longer than 1 MiB"),
            "{expression}: {failure}"
        );
    }
}

/// Text that a replacement makes is measured before it is made: this would be 50 GB.
#[tokio::test]
async fn one_match_replaced_by_itself_many_times_is_refused() {
    let failure = fails(
        "| take 1 | extend l = strcat(strrep(strrep('A', 1000), 1000), name) \
         | project x = replace_regex('(?s).+', strrep(strrep('$0', 500), 100), l)",
    )
    .await;
    assert!(failure.contains("longer than 1 MiB"), "{failure}");
}

/// Every search looks at all of the rest of the text: hours, if nobody stopped it.
#[tokio::test]
async fn searches_that_take_the_square_of_a_text_are_refused() {
    let long = "strrep(strrep('A', 1000), 1000)";
    let failure = fails(&format!(
        "print n = countof_regex('.*[^A-Z]|[A-Z]', {long})"
    ))
    .await;
    assert!(failure.contains("again and again"), "{failure}");
}

/// Deep values, odd texts and the ends of the integers are answered.
#[tokio::test]
async fn functions_answer_any_arguments() {
    for expression in [
        "parse_json(strrep('[', 1000))",
        "parse_json(strcat(strrep('[', 127), strrep(']', 127)))[0][0][0]",
        "parse_json(strcat(strrep('{\"a\":', 120), '1', strrep('}', 120))).a.a.a",
        "array_extract(parse_json(strcat(strrep('[', 100), strrep(']', 100))), strcat('$', strrep('[*]', 100)))",
        "array_rotate_left(dynamic([1, 2]), -9223372036854775807 - 1)",
        "array_shift_left(dynamic([1, 2]), -9223372036854775807 - 1)",
        "array_shift_right(dynamic([1, 2]), -9223372036854775807 - 1)",
        "array_slice(dynamic([1, 2]), -9223372036854775807 - 1, 9223372036854775807)",
        "array_split(dynamic([1, 2]), dynamic([9223372036854775807, -9223372036854775807, 1e300]))",
        "array_sum(dynamic([9223372036854775807, 9223372036854775807]))",
        "array_index_of(dynamic([1]), 1, -9223372036854775807 - 1, -5, 9223372036854775807)",
        "dynamic([1])[-9223372036854775807 - 1]",
        "indexof('abc', 'c', -9223372036854775807 - 1, 9223372036854775807, 9223372036854775807)",
        "substring('abc', -9223372036854775807 - 1, 9223372036854775807)",
        "strrep('a', -9223372036854775807 - 1)",
        "range(-9223372036854775807 - 1, 9223372036854775807, 9223372036854775807)",
        "range(9223372036854775800, 9223372036854775807)",
        "datetime_add('year', 9223372036854775807, now())",
        "datetime_add('week', -9223372036854775807 - 1, now())",
        "datetime_diff('nanosecond', datetime(2262-01-01), datetime(1678-01-01))",
        "endofyear(datetime(2262-04-11), 9223372036854775807)",
        "startofweek(datetime(1677-09-22))",
        "unixtime_seconds_todatetime(9223372036854775807)",
        "format_bytes(1e308, 9223372036854775807, 'EB', 10)",
        "parse_bytes('99999999999999999999999999 EB')",
        "tohex(-9223372036854775807 - 1, 9223372036854775807)",
        "round(1e308, 9223372036854775807)",
        "pow(0, -1)",
        "gamma(1e308)",
        "toint(1e300)",
        "format_ipv4(4294967296, -1)",
        "parse_ipv4_mask('1.2.3.4', -9223372036854775807 - 1)",
        "unicode_codepoints_to_string(dynamic([55296, 1114112, -1]))",
        "url_decode('%ff%fe')",
        "parse_url('http://[::1')",
        "base64_decode_tostring('gA==')",
        "strip_ansi_escapes('\\u001b[')",
        "extract('(a*)*b', 1, strrep('a', 1024))",
        "replace_regex('(a|aa)+$', 'x', strcat(strrep('a', 1024), 'b'))",
    ] {
        runs(&format!(
            "| take 1 | project x = {expression}, y = isnull({expression})"
        ))
        .await;
    }
}

/// None takes a time that grows with the square of a text.
#[tokio::test]
async fn functions_of_long_texts_answer_soon() {
    let started = std::time::Instant::now();
    for expression in [
        "reverse(l)",
        "trim('aj', l)",
        "translate('abc', 'x', l)",
        "indexof(l, 'zz')",
        "countof('aa', l)",
        "split(l, 'j')",
        "hash_sha512(l)",
        "totitle(l)",
        "parse_csv(l)",
        "parse_path(l)",
        "trim_end_regex('[a-j]$', l)",
        "extract_all('(j)', l)",
        "has_any_ipv4(l, '10.0.0.0/8')",
        "set_intersect(split(l, 'j'), split(l, 'i'))",
        "array_sort_desc(split(l, 'j'))",
    ] {
        runs(&format!(
            "| extend l = strcat({LONG}, name) | project x = {expression} | count"
        ))
        .await;
    }
    assert!(started.elapsed().as_secs() < 120, "{:?}", started.elapsed());
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

/// A table or a value that stands for two of the one before, again and again.
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
    let tables = "declare query_parameters (p:long = 5); let a = 1h; let t = union withsource=w tr*, (traces | take 1); \
                 search in (t, (print x = 'é')) 'x*' and name:\"y\" | join kind=leftouter (t | where * has 'ü') on k, $left.a == $right.['b c'] \
                 | parse kind=regex name with * 'a' b:long 'c' | parse-kv name as (k:real) with (quote=\"'\") \
                 | mv-expand with_itemindex=i a = b to typeof(long) limit 3 | where k in (datatable (a:long) [1, toscalar(t)]) \
                 | make-series count() default=0 on _time from ago(1h) to now() step 1m by name | project-reorder a*, b granny-asc";
    for (query, step) in [(query, 1), (tables, 3)] {
        for (end, _) in query.char_indices().step_by(step) {
            let _ = compile(&query[..end]);
            let _ = compile(&query[end..]);
        }
    }
}

/// What noise is made of.
const WORDS: &[&str] = &[
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
    "dynamic({",
    "'k':",
    "[0]",
    "[-",
    "arg_max(",
    "topk(",
    "*,",
    "parse_json(",
    "\\",
    "~",
    "let",
    "a",
    ";",
    "union",
    "traces",
    "(traces",
    "toscalar(",
    "search",
    "datatable(a:long)[",
    "print",
    "join",
    "on",
    "$left.a",
    "lookup",
    "parse",
    "with",
    "mv-expand",
    "make-series",
    "step",
    "spans_of(",
    "{",
];

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
    for _ in 0..3_000 {
        let length = next() % 24 + 1;
        let query: Vec<&str> = (0..length)
            .map(|_| WORDS[(next() % WORDS.len() as u64) as usize])
            .collect();
        let _ = compile(&query.join(" "));
        let _ = compile(&query.concat());
    }
}
