//! Words of the grammar, types and constants, each with what it means.

/// What a query may begin with, beside a dataset.
pub(super) const SOURCES: [&str; 6] =
    ["union", "search", "print", "datatable", "trace", "spans_of"];

/// Operators that another word is more usual for.
pub(super) const ALSO: [&str; 2] = ["filter", "order"];

/// The name of a form, how it is written, and what it is.
pub(super) type Form = (&'static str, &'static str, &'static str);

/// What is written as a call and is none.
pub(super) const FORMS: [Form; 3] = [
    (
        "toscalar",
        "toscalar(query)",
        "the first field of the first row of a query",
    ),
    (
        "datetime",
        "datetime(2024-01-02 03:04:05)",
        "a moment, in UTC",
    ),
    (
        "dynamic",
        "dynamic([value, …])",
        "an array or a map of constants",
    ),
];

pub(super) const TYPES: [(&str, &str); 7] = [
    ("string", "text"),
    ("long", "a whole number"),
    ("real", "a number"),
    ("bool", "true or false"),
    ("datetime", "a moment, in UTC"),
    ("timespan", "a length of time, such as 1m30s"),
    (
        "dynamic",
        "whatever the row holds: a value, an array or a map",
    ),
];

pub(super) const CONSTANTS: [(&str, &str); 3] = [("true", ""), ("false", ""), ("null", "no value")];

/// Words that mean something else than a field of that name.
pub(super) fn is_reserved(word: &str) -> bool {
    const RESERVED: [&str; 18] = [
        "and",
        "or",
        "not",
        "by",
        "in",
        "has",
        "contains",
        "startswith",
        "endswith",
        "between",
        "matches",
        "true",
        "false",
        "null",
        "let",
        "asc",
        "desc",
        "nulls",
    ];
    RESERVED.contains(&word)
}

/// Whether something has to follow.
pub(super) fn goes_on(word: &str) -> bool {
    const LAST: [&str; 14] = [
        "asc",
        "desc",
        "first",
        "last",
        "inner",
        "innerunique",
        "leftouter",
        "simple",
        "relaxed",
        "bag",
        "array",
        "granny",
        "case_sensitive",
        "case_insensitive",
    ];
    !LAST.contains(&word) && !word.ends_with('=')
}

/// What a word of the grammar means; empty where it speaks for itself.
pub(super) fn doc(word: &str) -> &'static str {
    match word {
        "and" => "both conditions",
        "or" => "one of the conditions",
        "not" => "the opposite",
        "by" => "the fields to group or to sort by",
        "asc" => "smallest first",
        "desc" => "largest first, as it is without a word",
        "nulls" => "nulls first, or nulls last",
        "on" => "the fields that must be equal, or the axis of a series",
        "let" => "names a value or a table for what comes after: let slow = 500ms;",
        "declare" => "parameters of the query: declare query_parameters (name:type = default);",
        "kind=" => "how it is done",
        "inner" => "pairs only",
        "innerunique" => "one row of the left side for each key",
        "leftouter" => "rows of the left side without a partner, too",
        "withsource=" => "a field that says which table a row is from",
        "with_itemindex=" => "a field that says which element it is",
        "step" => "the length of the bins",
        "from" | "to" => "an end of the series",
        "default" => "the value of bins without rows",
        "simple" => "all fields or none",
        "regex" => "literals are regular expressions",
        "relaxed" => "a field that is not of its type is null by itself",
        "left" | "right" => "a side of the join",
        _ => "",
    }
}
