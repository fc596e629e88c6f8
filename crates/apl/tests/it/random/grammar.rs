//! Queries out of the grammar: mostly ones that can be read, and some that mean something.

use super::Chance;
use crate::heads;

const FIELDS: &[&str] = &[
    "name",
    "kind",
    "duration",
    "_time",
    "error",
    "trace_id",
    "['service.name']",
    "['attributes.custom']",
    "events",
    "['http.status_code']",
    "attributes.custom.tenant",
    "a",
    "b",
    "nope",
    "events[0].name",
    "a['k'].l[1]",
];
const LITERALS: &[&str] = &[
    "1",
    "0",
    "-7",
    "9223372036854775807",
    "1.5",
    "1e300",
    "\"a\"",
    "'ä\\n'",
    "@\"\\d\"",
    "true",
    "false",
    "null",
    "100ms",
    "1.5h",
    "106751d",
    "datetime(2024-01-02)",
    "datetime(null)",
    "dynamic([1, \"a\", {\"k\": null}])",
    "int(null)",
    "dynamic({})",
    "real(1)",
    "\"(\"",
    "\"year\"",
];
const COMPARISONS: &[&str] = &[
    "==",
    "!=",
    "<>",
    "<",
    "<=",
    ">",
    ">=",
    "=~",
    "!~",
    "contains",
    "!contains_cs",
    "startswith",
    "!endswith",
    "has",
    "!has_cs",
    "hasprefix",
    "hassuffix_cs",
    "matches regex",
    "and",
    "or",
    "+",
    "-",
    "*",
    "/",
    "%",
];
const SIGNS: &[&str] = &[
    "|",
    "||",
    "(",
    ")",
    "[",
    "]",
    "{",
    "}",
    ",",
    ";",
    ":",
    ".",
    "..",
    "=",
    "==",
    "!",
    "~",
    "$",
    "*",
    "-",
    "&&",
    "@",
    "'",
    "\"",
    "\\",
    "“",
    "#",
    "\n",
    "//",
    "1",
    "1e",
    "0x",
    "99999999999999999999",
    "é",
    "\u{0}",
    "\u{fdfa}",
    "by",
    "and",
    "not",
    "in",
    "between",
    "matches",
    "with",
    "let",
    "declare",
    "datetime(",
    "dynamic(",
    "toscalar(",
    "case(",
    "null",
    " ",
];

/// A sign, a word or a letter that may stand anywhere.
pub(super) fn sign(chance: &mut Chance) -> &'static str {
    chance.one(SIGNS)
}

/// The names that calls can have.
#[derive(Debug)]
pub(super) struct Grammar {
    functions: Vec<String>,
    aggregations: Vec<String>,
}

impl Grammar {
    pub(super) fn new() -> Self {
        Self {
            functions: heads::names("functions"),
            aggregations: heads::names("aggregations"),
        }
    }

    pub(super) fn query(&self, chance: &mut Chance) -> String {
        let mut query = String::new();
        for _ in 0..chance.below(3) / 2 {
            let value = match chance.below(2) {
                0 => self.value(chance, 2),
                _ => self.table(chance, 1),
            };
            query.push_str(&format!("let {} = {value}; ", chance.one(&["a", "b", "t"])));
        }
        query + &self.table(chance, 2)
    }

    fn table(&self, chance: &mut Chance, deep: usize) -> String {
        let mut table = match chance.below(14) {
            0 => "| where true".to_owned(),
            1 => format!(
                "print a = {}, {}",
                self.value(chance, 1),
                self.value(chance, 1)
            ),
            2 => "datatable (a:long, b:string) [1, \"x\", 2, \"y\"]".to_owned(),
            3 if deep > 0 => format!("union traces, ({})", self.table(chance, deep - 1)),
            4 if deep > 0 => format!("spans_of({})", self.table(chance, deep - 1)),
            5 => "trace(\"1e0620e4acc5a6dd7ee5f837c9d17378\")".to_owned(),
            6 => "search \"a*\" and not(name:\"b\") or 5".to_owned(),
            7 => "t".to_owned(),
            8 => "['tracs']".to_owned(),
            _ => "traces".to_owned(),
        };
        for _ in 0..chance.below(4) {
            table.push_str(" | ");
            table.push_str(&self.stage(chance, deep));
        }
        table
    }

    fn stage(&self, chance: &mut Chance, deep: usize) -> String {
        let value = |chance: &mut Chance| self.value(chance, 2);
        match chance.below(24) {
            0..=2 => format!("where {}", value(chance)),
            3 | 4 => format!("extend a = {}, b = {}", value(chance), value(chance)),
            5 => format!("project {}, {}", value(chance), value(chance)),
            6 | 7 => format!("summarize {}, x = {} by {}", self.call(chance, true, 2), self.call(chance, true, 1), value(chance)),
            8 => format!("summarize {} by bin(_time, 1m), {}", self.call(chance, true, 2), chance.one(FIELDS)),
            9 => format!("sort by {} asc nulls first, {}", value(chance), chance.one(FIELDS)),
            10 => format!("top {} by {}", chance.below(20), value(chance)),
            11 => format!("take {}", chance.below(2_000)),
            12 => "count".to_owned(),
            13 => format!("distinct {}", chance.one(FIELDS)),
            14 => format!("project-away {}*, a", chance.one(&["attributes", "s", "_", "x"])),
            15 => format!("project-rename z = {}", chance.one(FIELDS)),
            16 => format!("mv-expand {} to typeof(long) limit 5", chance.one(FIELDS)),
            17 => format!("parse kind=regex name with \"x\" a:long \"[0-9]+\" b | where a == {}", value(chance)),
            18 => "parse-kv name as (a:long, b:string) with (pair_delimiter=\";\", kv_delimiter=\"=\")".to_owned(),
            19 => format!("make-series {} on _time from ago(1h) to now() step 1m by {}", self.call(chance, true, 1), value(chance)),
            20 if deep > 0 => format!("join kind=inner ({}) on trace_id", self.table(chance, deep - 1)),
            21 if deep > 0 => format!("lookup ({}) on $left.name == $right.name", self.table(chance, deep - 1)),
            22 if deep > 0 => format!("union ({})", self.table(chance, deep - 1)),
            _ => format!("extend-valid a = {}", value(chance)),
        }
    }

    fn value(&self, chance: &mut Chance, deep: usize) -> String {
        if deep == 0 {
            let words = [FIELDS, LITERALS][chance.below(2)];
            return chance.one(words).to_owned();
        }
        let inner = |chance: &mut Chance| self.value(chance, deep - 1);
        match chance.below(12) {
            0..=2 => format!(
                "{} {} {}",
                inner(chance),
                chance.one(COMPARISONS),
                inner(chance)
            ),
            3..=5 => self.call(chance, false, deep),
            6 => format!("not({})", inner(chance)),
            7 => format!("({} .. {})", inner(chance), inner(chance)).replacen(
                '(',
                &format!("{} between (", chance.one(FIELDS)),
                1,
            ),
            8 => format!(
                "{} in ({}, {})",
                inner(chance),
                inner(chance),
                inner(chance)
            ),
            9 => format!(
                "toscalar(traces | summarize {})",
                self.call(chance, true, 1)
            ),
            10 => format!("-{}[{}]", chance.one(FIELDS), inner(chance)),
            _ => inner(chance),
        }
    }

    /// A call of a function or an aggregation with up to four arguments.
    fn call(&self, chance: &mut Chance, aggregates: bool, deep: usize) -> String {
        let names = if aggregates {
            &self.aggregations
        } else {
            &self.functions
        };
        let name = &names[chance.below(names.len())];
        let count = [1, 1, 2, 2, 3, 0, 4][chance.below(7)];
        let arguments: Vec<String> = (0..count)
            .map(|_| self.value(chance, deep.saturating_sub(1)))
            .collect();
        format!("{name}({})", arguments.join(", "))
    }
}
