//! Words of other query languages, and what is meant by them here.

use crate::diagnostic::nearest;
use crate::operators;
use model::span;
use std::ops::Range;

/// Operators between two values that are spelt in letters.
const COMPARISONS: &[&str] = &[
    "and",
    "or",
    "in",
    "between",
    "contains",
    "contains_cs",
    "startswith",
    "endswith",
    "has",
    "has_any",
    "hasprefix",
    "hassuffix",
    "matches",
    "asc",
    "desc",
    "by",
    "on",
    "with",
    "step",
];

/// Whether `word` goes on after a value.
pub(crate) fn is_comparison(word: &str) -> bool {
    COMPARISONS.contains(&word)
}

/// The operator that is called `word` elsewhere.
pub(crate) fn operator_elsewhere(word: &str) -> Option<&'static str> {
    Some(match word.to_ascii_lowercase().as_str() {
        "select" | "fields" | "return" => "project",
        "group" | "groupby" | "aggregate" | "stats" | "timechart" => "summarize",
        "having" => "where",
        "rename" => "project-rename",
        "drop" | "remove" => "project-away",
        "keep" => "project-keep",
        "head" | "first" => "take",
        "orderby" | "sortby" => "sort",
        "dedup" | "unique" => "distinct",
        "eval" | "let" | "add" => "extend",
        "unnest" | "flatten" | "expand" => "mv-expand",
        "rex" => "parse",
        _ => return None,
    })
}

/// What is expected in place of a word after a finished value, if more than the end, and what was meant by it.
pub(crate) fn meant_after_a_value(word: &str) -> (Option<&'static str>, Option<String>) {
    let lower = word.to_ascii_lowercase();
    match lower.as_str() {
        "is" => (Some("isnull(…) or isnotnull(…) around the value"), None),
        "like" | "ilike" => (
            Some("an operator such as contains"),
            Some("contains".to_owned()),
        ),
        "equals" | "eq" => (Some("a comparison"), Some("==".to_owned())),
        "group" => (Some("'by' and the groups"), None),
        _ if operators::parser(&lower).is_some() => {
            (Some("'|' before an operator"), Some(format!("| {lower}")))
        }
        _ if COMPARISONS.contains(&lower.as_str()) => (None, Some(lower)),
        _ => (None, nearest(&lower, COMPARISONS.iter().copied())),
    }
}

/// Functions and aggregations of other languages, and those that do their work here.
const FUNCTIONS: &[(&str, &str)] = &[
    ("average", "avg"),
    ("mean", "avg"),
    ("length", "strlen"),
    ("lower", "tolower"),
    ("lcase", "tolower"),
    ("upper", "toupper"),
    ("ucase", "toupper"),
    ("concat", "strcat"),
    ("substr", "substring"),
    ("mid", "substring"),
    ("regexp_extract", "extract"),
    ("regexp_replace", "replace_regex"),
    ("ifnull", "coalesce"),
    ("nvl", "coalesce"),
    ("cast", "tostring"),
    ("date_trunc", "bin"),
    ("time_bucket", "bin"),
    ("count_distinct", "dcount"),
    ("distinct_count", "dcount"),
    ("uniq", "dcount"),
    ("count_if", "countif"),
    ("quantile", "percentile"),
    ("median", "percentile"),
    ("stddev", "stdev"),
    ("array_agg", "make_list"),
    ("values", "make_set"),
    ("ceil", "ceiling"),
    ("current_timestamp", "now"),
    ("format_datetime", "tostring"),
];

/// The function or aggregation that is called `name` elsewhere.
pub(crate) fn function_elsewhere(name: &str) -> Option<&'static str> {
    let lower = name.to_ascii_lowercase();
    let found = FUNCTIONS.iter().find(|(word, _)| *word == lower);
    found.map(|(_, here)| *here)
}

/// The same, of a name that is misspelt.
pub(crate) fn function_near_elsewhere(name: &str) -> Option<&'static str> {
    let near = nearest(name, FUNCTIONS.iter().map(|(word, _)| *word))?;
    function_elsewhere(&near)
}

/// Fields of other products, and what they are called here.
const FIELDS: &[(&str, &str)] = &[
    ("timestamp", span::TIME),
    ("@timestamp", span::TIME),
    ("time", span::TIME),
    ("ts", span::TIME),
    ("start_time", span::TIME),
    ("starttime", span::TIME),
    ("service", span::SERVICE_NAME),
    ("servicename", span::SERVICE_NAME),
    ("operation", span::NAME),
    ("operation_name", span::NAME),
    ("operationname", span::NAME),
    ("span_name", span::NAME),
    ("spanname", span::NAME),
    ("span_kind", span::KIND),
    ("spankind", span::KIND),
    ("status", span::STATUS_CODE),
    ("statuscode", span::STATUS_CODE),
    ("status_message", span::STATUS_MESSAGE),
    ("latency", span::DURATION),
    ("elapsed", span::DURATION),
    ("duration_ms", span::DURATION),
    ("duration_nano", span::DURATION),
    ("durationnano", span::DURATION),
    ("trace", span::TRACE_ID),
    ("traceid", span::TRACE_ID),
    ("spanid", span::SPAN_ID),
    ("parent_id", span::PARENT_SPAN_ID),
    ("parentid", span::PARENT_SPAN_ID),
    ("parentspanid", span::PARENT_SPAN_ID),
    ("is_error", span::ERROR),
    ("has_error", span::ERROR),
    ("haserror", span::ERROR),
    ("route", "http.route"),
    ("url", "url.full"),
    ("method", "http.request.method"),
    ("http_method", "http.request.method"),
    ("status_code", "http.response.status_code"),
    ("http_status_code", "http.response.status_code"),
];

/// The field that is called `name` elsewhere.
pub(crate) fn field_elsewhere(name: &str) -> Option<&'static str> {
    let lower = name.to_ascii_lowercase();
    let found = FIELDS.iter().find(|(word, _)| *word == lower);
    found.map(|(_, here)| *here)
}

/// The kind of join that is called `word` elsewhere.
pub(crate) fn join_elsewhere(word: &str) -> Option<&'static str> {
    match word.to_ascii_lowercase().as_str() {
        "left" | "leftjoin" | "left_outer" | "outer" => Some("leftouter"),
        "innerjoin" => Some("inner"),
        _ => None,
    }
}

/// Where a text begins to be SQL: its `SELECT` or `WITH`, behind its comments, before what may come next there. A
/// dataset may be called so, too.
pub(crate) fn sql(text: &str) -> Option<Range<usize>> {
    let mut rest = text.trim_start();
    while rest.starts_with("--") || rest.starts_with("//") {
        rest = rest.split_once('\n')?.1.trim_start();
    }
    let is_of_a_word = |letter: char| letter.is_alphanumeric() || letter == '_';
    let length = rest.find(|letter| !is_of_a_word(letter))?;
    let (word, after) = rest.split_at(length);
    let is_one = ["select", "with"]
        .iter()
        .any(|sql| word.eq_ignore_ascii_case(sql));
    let after = after.trim_start();
    let goes_on = after.starts_with(is_of_a_word)
        || after.starts_with(['*', '\'', '"', '(', '-'])
        || after.starts_with("/*");
    let start = text.len() - rest.len();
    (is_one && goes_on).then_some(start..start + length)
}
