//! What the engine says of a query, said in SQL's words. A sentence that nobody knows loses what only the engine
//! understands.

use crate::statement::spoken;
use apl::for_sql::Pattern;
use std::sync::LazyLock;

/// What the engine says, by a part of it, and what is said in its place; `$1` is what it names.
type Sentence = (&'static str, &'static str);

/// Sentences about what is written in the query; no row is needed to know them.
const WRITTEN: &[Sentence] = &[
    (
        "field position must not be zero",
        "split_part counts parts from 1, and from the end with -1: expected no 0",
    ),
    (
        "negative (?:count|substring length) not allowed: (-?\\d+)",
        "substr takes a length of 0 or more, found $1",
    ),
    (
        "Unsupported date_trunc granularity: '(.*?)'",
        "date_trunc does not know '$1': expected microsecond, millisecond, second, minute, hour, day, week, month, \
         quarter or year",
    ),
    (
        "Date part '(.*?)' not supported",
        "there is no part '$1' of a time: expected year, quarter, month, week, day, hour, minute, second, \
         millisecond, microsecond, dow, doy or epoch",
    ),
    (
        "DATE_BIN stride must be non-zero",
        "date_bin takes a width above 0, such as INTERVAL '1 minute'",
    ),
    (
        "Format error|Invalid format",
        "this is no format of times: expected one such as '%Y-%m-%d %H:%M'",
    ),
    (
        "Invalid timezone \"(.*?)\"",
        "there is no time zone '$1': expected one such as 'UTC' or 'Europe/Berlin'",
    ),
    ("('.*' is no regular expression.*)", "$1"),
    ("(a regular expression is written out.*)", "$1"),
    ("(a regular expression has no flag.*)", "$1"),
];

/// Sentences that say less than what is known of the expression at fault.
const OF_TYPES: &[Sentence] = &[
    (
        "Function '(.+?)' failed to match any signature",
        "'$1' does not take these values; docs/sql.md lists the functions",
    ),
    (
        "non-boolean predicate",
        "a condition is true or false: expected one such as name = 'GET'",
    ),
    (
        "[Cc]annot infer common argument type for logical boolean",
        "AND and OR take conditions, which are true or false: expected one such as name = 'GET'",
    ),
    (
        "[Cc]annot infer common argument type",
        "these values cannot be compared: expected values of one type, by CAST(x AS …)",
    ),
    (
        "array_has does not support type (.+?)\\.?$",
        "ANY and ALL take an array or a query, found $1",
    ),
    (
        "[Cc]annot coerce arithmetic expression",
        "these values cannot be computed with each other: expected numbers",
    ),
];

/// Sentences about what is in the rows.
const OF_ROWS: &[Sentence] = &[
    (
        "Cannot cast (?:string|value) '((?s:.*))' to value of ([A-Za-z0-9]+)(?:\\(.*\\))? type",
        "could not read '$1' as $2; TRY_CAST(… AS $2) gives null where there is none",
    ),
    (
        "Can't cast value (\\S+) to type (\\S+)",
        "$1 does not fit into $2: expected a larger type, or TRY_CAST(… AS $2), which gives null",
    ),
    (
        "Error parsing timestamp from '((?s:.*))': ",
        "could not read '$1' as TIMESTAMP: expected one such as '2026-11-22T10:00:00Z'; TRY_CAST(… AS TIMESTAMP) \
         gives null where there is none",
    ),
    (
        "Unable to cast to Date32",
        "could not read a text as DATE: expected one such as '2026-11-22'",
    ),
    (
        "Error parsing (?:date )?'(.*?)' as ",
        "could not read '$1' as DATE: expected one such as '2026-11-22'",
    ),
    (
        "Invalid input syntax for type interval: \"(.*)\"",
        "could not read '$1' as INTERVAL: expected one such as INTERVAL '90 seconds'",
    ),
    (
        "Divide by zero|DivideByZero",
        "a division by zero: expected a divisor that is never 0, such as nullif(x, 0)",
    ),
    (
        "[Oo]verflow",
        "a number is too large for its type: expected a larger one, as in CAST(x AS DOUBLE)",
    ),
    (
        "invalid Unicode scalar value: (-?\\d+)",
        "there is no character $1: expected a number from 1 to 1114111",
    ),
    (
        "Month value '(.*?)' is out of range",
        "there is no month $1: expected 1 to 12",
    ),
    (
        "Day value '(.*?)' is out of range",
        "there is no day $1: expected 1 to 31",
    ),
    (
        "Unable to parse date from",
        "there is no such date: expected make_date(year, month, day)",
    ),
    (
        "NTILE requires a positive integer",
        "ntile takes a number above 0",
    ),
    (
        "Expected an integer value|signed integer literal",
        "the second argument of lag, lead and nth_value is a number of rows: expected one such as 1",
    ),
    (
        "[Ss]calar subquery returned more than one row",
        "a query that stands for one value gave more than one row: expected LIMIT 1, or an aggregation such as max(x)",
    ),
    (
        "(LIMIT|OFFSET) must be >= ?0",
        "$1 takes a number of rows, 0 or more",
    ),
    (
        "only support Literal types",
        "a function over a window takes one field; what comes after it is written out: expected a number such as 1",
    ),
    (
        "Granularity of `date_trunc` must be",
        "date_trunc takes the part of a time first, in quotes: expected date_trunc('hour', _time)",
    ),
    (
        "First argument of `DATE_PART` must be",
        "date_part takes the part of a time first, in quotes: expected date_part('hour', _time)",
    ),
    (
        "expr type (.+?) can't cast to (.+?) in (?:InSubquery|SetComparison)",
        "$1 is compared with $2 here: expected a query that gives values of the same type, by CAST(x AS …)",
    ),
    (
        "logical expression AggregateFunction",
        "an aggregation stands in SELECT, HAVING and ORDER BY: expected it in a query inside FROM",
    ),
    (
        "logical expression WindowFunction",
        "a window function stands in SELECT and ORDER BY: expected it in a query inside FROM, and its condition outside",
    ),
    (
        "logical expression (?:Exists|InSubquery)|in/Exist/SetComparison subquery",
        "EXISTS and IN with a query stand in WHERE and HAVING: expected a join, or a query in FROM",
    ),
    (
        "Unsupported CAST from (.+?) to (.+?)(?: at .*)?$",
        "$1 cannot be cast to $2",
    ),
    (
        "Cast(?:ing)? from (.+?) to (.+?) (?:is )?not supported",
        "$1 cannot be cast to $2",
    ),
    (
        "Uncomparable values|Min/Max accumulator not implemented",
        "min and max take values that have an order, such as numbers, texts and times",
    ),
    (
        "Invalid comparison operation: (.+?) [=<>!]+ (.+)",
        "$1 and $2 cannot be compared",
    ),
    (
        "Invalid window frame",
        "a window starts before it ends: expected ROWS BETWEEN 1 PRECEDING AND 1 FOLLOWING",
    ),
];

/// Sentences about how a query is put together.
const OF_PLAN: &[Sentence] = &[
    (
        "require unique expression names|[Pp]rojections require unique",
        "two fields have the same name: expected another for one of them, with AS",
    ),
    (
        "must be in GROUP BY or an aggregate function.*?column \"(?:[^\".]*\\.)?(.*?)\" must",
        "'$1' is neither in GROUP BY nor in an aggregation: expected it in GROUP BY, or any_value($1)",
    ),
    (
        "UNION queries have different number of columns",
        "the queries of a UNION have as many fields as each other: expected the same number in each",
    ),
    (
        "INTERSECT/EXCEPT query must have the same number",
        "the queries of INTERSECT and EXCEPT have as many fields as each other: expected the same number in each",
    ),
    (
        "Too many columns! The subquery should only return one column",
        "a query that stands for a value or after IN has one field: expected one after its SELECT",
    ),
    (
        "Cannot find column with position (\\d+) in SELECT clause",
        "GROUP BY $1: SELECT has no field of that number",
    ),
    (
        "Order by column out of bounds, specified: (\\d+)",
        "ORDER BY $1: SELECT has no field of that number",
    ),
    (
        "For SELECT DISTINCT, ORDER BY expressions (?:[^ .]*\\.)?(.*?) must appear in select list",
        "with DISTINCT rows are ordered by fields that are shown: expected $1 after SELECT, or another order",
    ),
    (
        "Aggregate functions are not allowed in the WHERE clause",
        "WHERE looks at single rows: expected the condition of an aggregation after HAVING",
    ),
    (
        "Aggregate function calls cannot be nested",
        "an aggregation cannot be inside another: expected the inner one in a query inside FROM",
    ),
    (
        "The window (\\S+) is not defined",
        "no window is called $1 here: expected WINDOW $1 AS (…) after the query's other parts",
    ),
    (
        "Correlated scalar subquery must be aggregated",
        "a query that stands for one value of each row must give one: expected an aggregation in it, such as max(x)",
    ),
    (
        "Inconsistent data length across values list: got (\\d+) values in row (\\d+) but expected (\\d+)",
        "the rows of VALUES have as many values as the first: expected $3, found $1",
    ),
    (
        "Unsupported SQL type (\\S+)",
        "there is no type $1 here: expected VARCHAR, BIGINT, DOUBLE, BOOLEAN, TIMESTAMP, DATE or INTERVAL",
    ),
    (
        "Unsupported ast node in sqltorel",
        "this is not here; docs/sql.md says what works",
    ),
    (
        "Expected LIMIT to be an integer|Expected OFFSET to be an integer",
        "LIMIT and OFFSET take a number of rows: expected one such as LIMIT 10",
    ),
    (
        "[Ff]ield (\\S+) not found in struct",
        "there is no '$1' in this value: expected one of its parts, such as events[1]['name']",
    ),
    (
        "SUM not supported for Null",
        "expected a field, as in sum(duration)",
    ),
    (
        "unnest\\(\\) can only be applied to array",
        "unnest takes an array, such as events or map_keys(m)",
    ),
    (
        "[Uu]nnest should be rewritten",
        "unnest stands in SELECT: expected it in a query inside FROM",
    ),
];

/// All of them, compiled.
static SENTENCES: LazyLock<Compiled> =
    LazyLock::new(|| compiled(WRITTEN.iter().chain(OF_ROWS).chain(OF_PLAN)));

type Compiled = Vec<(Pattern, &'static str)>;

fn compiled<'s>(all: impl Iterator<Item = &'s Sentence>) -> Compiled {
    // All compile: one that did not would be known for nothing.
    all.filter_map(|(part, ours)| Some((Pattern::new(part).ok()?, *ours)))
        .collect()
}

/// What is said in place of a sentence of the engine, if it is known.
pub(crate) fn known(said: &str) -> Option<String> {
    found_in(&SENTENCES, said)
}

fn found_in(sentences: &Compiled, said: &str) -> Option<String> {
    sentences.iter().find_map(|(part, ours)| {
        let found = part.captures(said)?;
        let named = (1..found.len()).map(|place| found.get(place).map_or("", |it| it.as_str()));
        Some(filled(ours, named))
    })
}

/// Whether a sentence is about what is written in the query, whatever is in the rows.
pub(crate) fn is_of_what_is_written(said: &str) -> bool {
    let written = SENTENCES.iter().take(WRITTEN.len());
    written.into_iter().any(|(part, _)| part.is_match(said))
}

/// Names of types among what was found are SQL's; what is in quotes is the user's.
fn filled<'s>(ours: &str, named: impl Iterator<Item = &'s str>) -> String {
    let fill = |filled: String, (place, name): (usize, &str)| {
        let place = format!("${}", place + 1);
        let filled = filled.replace(&format!("'{place}'"), &format!("'{}'", short(name)));
        filled.replace(&place, &short(&with_our_types(name)))
    };
    named.enumerate().fold(ours.to_owned(), fill)
}

/// Those about types, compiled; they are asked last.
static LAST: LazyLock<Compiled> = LazyLock::new(|| compiled(OF_TYPES.iter()));

static ENGINES: LazyLock<Option<Pattern>> = LazyLock::new(|| Pattern::new(ENGINE).ok());

/// Letters of what a sentence shows of the engine's.
const LETTERS_MAX: usize = 200;

fn short(said: &str) -> String {
    said.chars().take(LETTERS_MAX).collect()
}

/// Words that only the engine knows, and names as its own language writes them.
const ENGINE: &str = "Utf8|u?[Ii]nt(?:8|16|32|64)\\b|Float(?:16|32|64)|coerc|rror during|not implemented|Arrow|DataFusion|\
                      nternal error|[Pp]hysical|[Ll]ogical|Literal|\\bidx\\b|[Ss]ignature|Execution|non-null|\
                      \\bUD[AW]?F\\b|\\b[Ee]xpr\\b|can't|infer|accumulator|\\b[A-Z][a-z0-9]+[A-Za-z0-9]*(?:\\(| ?\\{|::)";

/// A sentence that nobody knows, without the words before it that name a part of the engine.
pub(crate) fn cleaned(said: &str) -> String {
    static HEAD: LazyLock<Option<Pattern>> = LazyLock::new(|| {
        let heads = "^(?:(?:Error during planning|This feature is not implemented|Schema error|Internal error|\
                     Execution error|Arrow error|Optimizer rule|External error|Cast error|Compute error|\
                     Parser error|Invalid argument error|Arithmetic overflow|type_coercion\\s+caused by)\\s*:?\\s*)+";
        Pattern::new(heads).ok()
    });
    let said = said.trim();
    let said = match HEAD.as_ref().and_then(|head| head.find(said)) {
        Some(head) => &said[head.end()..],
        None => said,
    };
    if let Some(ours) = found_in(&LAST, said) {
        return ours;
    }
    let said = said.split(" No function matches").next().unwrap_or(said);
    let first = with_our_types(said.lines().next().unwrap_or_default());
    let is_engines = ENGINES.as_ref().is_none_or(|words| words.is_match(&first));
    match is_engines {
        true => "this cannot be computed; docs/sql.md says what works".to_owned(),
        false => spoken(&short(&first)),
    }
}

/// A type of other types, such as `Map("entries": …)`, by its name: of what it holds all parentheses are closed.
fn with_short_types(said: &str) -> String {
    const NESTED: [(&str, &str); 8] = [
        ("Map(", "MAP"),
        ("Struct(", "struct"),
        ("FixedSizeList(", "array"),
        ("LargeList(", "array"),
        ("List(", "array"),
        ("Dictionary(", "VARCHAR"),
        ("FixedSizeBinary(", "BYTEA"),
        ("RunEndEncoded(", "VARCHAR"),
    ];
    let (mut out, mut rest) = (String::new(), said);
    loop {
        let begins = |(at, _): (usize, char)| {
            let found = NESTED
                .iter()
                .find(|(head, _)| rest[at..].starts_with(head))?;
            let is_word = rest[..at].ends_with(char::is_alphanumeric);
            (!is_word).then_some((at, found))
        };
        let Some((at, (head, ours))) = rest.char_indices().find_map(begins) else {
            out.push_str(rest);
            return out;
        };
        out.push_str(&rest[..at]);
        out.push_str(ours);
        rest = behind(&rest[at + head.len()..]);
    }
}

/// What comes behind the parenthesis that closes an open one.
fn behind(inside: &str) -> &str {
    let mut open = 1_usize;
    let end = inside.char_indices().find(|(_, letter)| {
        match letter {
            '(' => open += 1,
            ')' => open -= 1,
            _ => {}
        }
        open == 0
    });
    end.map_or("", |(at, _)| &inside[at + 1..])
}

/// `Utf8View` as `VARCHAR`.
fn with_our_types(said: &str) -> String {
    static TYPES: LazyLock<Vec<(Pattern, &str)>> = LazyLock::new(|| {
        let all = [
            ("\\b(?:Large)?Utf8(?:View)?\\b", "VARCHAR"),
            ("\\bInt8\\b", "TINYINT"),
            ("\\bInt16\\b", "SMALLINT"),
            ("\\bInt32\\b", "INTEGER"),
            ("\\bInt64\\b", "BIGINT"),
            ("\\bUInt(?:8|16|32|64)\\b", "BIGINT UNSIGNED"),
            ("\\bFloat(?:16|32)\\b", "REAL"),
            ("\\bFloat64\\b", "DOUBLE"),
            ("\\bBoolean\\b", "BOOLEAN"),
            ("\\bTimestamp\\([^()]*\\)", "TIMESTAMP"),
            ("\\bDate(?:32|64)\\b", "DATE"),
            ("\\bDuration\\([^()]*\\)", "timespan"),
            ("\\bInterval\\([^()]*\\)", "INTERVAL"),
            ("\\bDecimal\\w*\\([^()]*\\)", "DECIMAL"),
            ("count\\(BIGINT\\(1\\)\\)", "count(*)"),
        ];
        let compiled = all
            .into_iter()
            .filter_map(|(part, ours)| Some((Pattern::new(part).ok()?, ours)));
        compiled.collect()
    });
    let replaced =
        |said: String, (part, ours): &(Pattern, &str)| part.replace_all(&said, *ours).into_owned();
    TYPES.iter().fold(with_short_types(said), replaced)
}
