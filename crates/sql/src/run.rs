//! What stopped a run, said to who wrote the query: what the rows hold is known only then. Its place is that of the
//! one expression that can have met it; where there are several, nobody knows.

use crate::{place, sentences, statement};
use apl::Diagnostic;
use datafusion::sql::sqlparser::ast::{BinaryOperator, Expr, Visit, Visitor};
use std::ops::{ControlFlow, Range};

/// What the engine says, by a part of it, and the functions that may have said it.
const OF_FUNCTIONS: &[(&str, &[&str])] = &[
    ("field position must not be zero", &["split_part"]),
    ("not allowed: -", &["substr", "substring"]),
    ("date_trunc granularity", &["date_trunc", "datetrunc"]),
    ("Date part", &["date_part", "datepart"]),
    ("DATE_BIN", &["date_bin"]),
    ("Format error", &["to_char"]),
    (
        "regular expression",
        &["regexp_like", "regexp_count", "regexp_replace"],
    ),
    ("invalid Unicode scalar value", &["chr"]),
    ("value '", &["make_date"]),
    ("Unable to parse date from", &["make_date"]),
    ("NTILE", &["ntile"]),
    ("Expected an integer value", &["lag", "lead"]),
    ("signed integer literal", &["nth_value"]),
    (
        "only support Literal types",
        &["lag", "lead", "ntile", "nth_value"],
    ),
    ("Granularity of", &["date_trunc", "datetrunc"]),
    ("First argument of", &["date_part", "datepart"]),
    (
        "as regular expression",
        &["regexp_like", "regexp_count", "regexp_replace"],
    ),
];

/// Functions that read times from texts.
const OF_TIMES: &[&str] = &[
    "to_timestamp",
    "to_timestamp_micros",
    "to_timestamp_millis",
    "to_timestamp_nanos",
    "to_timestamp_seconds",
    "to_date",
    "to_unixtime",
    "to_local_time",
];

/// A sentence of the engine about a query that it could not plan or run to its end, with its place where there is one.
pub fn failure(text: &str, said: &str) -> Diagnostic {
    let message = sentences::known(said).unwrap_or_else(|| sentences::cleaned(said));
    let range = range(text, said).unwrap_or(0..text.len());
    place::mistake(text, range, message)
}

fn range(text: &str, said: &str) -> Option<Range<usize>> {
    let query = statement::read(text).ok()?;
    let mut seen = Seen {
        said,
        found: Vec::new(),
    };
    let _ = query.visit(&mut seen);
    match seen.found.as_slice() {
        [only] => Some(place::whole(text, only)),
        _ => None,
    }
}

struct Seen<'s> {
    said: &'s str,
    found: Vec<Expr>,
}

impl Seen<'_> {
    fn may_have_met_it(&self, expr: &Expr) -> bool {
        let says = |part: &str| self.said.contains(part);
        let is_time = says("Error parsing timestamp") || says("Date32");
        match expr {
            Expr::BinaryOp { op, .. } => match op {
                BinaryOperator::Divide | BinaryOperator::Modulo => {
                    says("ivide by zero") || says("DivideByZero")
                }
                BinaryOperator::Plus | BinaryOperator::Minus | BinaryOperator::Multiply => {
                    says("verflow")
                }
                BinaryOperator::PGRegexMatch | BinaryOperator::PGRegexIMatch => {
                    says("regular expression")
                }
                _ => false,
            },
            Expr::Cast { expr, .. } if !matches!(expr.as_ref(), Expr::Value(_)) => {
                says("Cannot cast ") || says("Can't cast ") || is_time || says("for type interval")
            }
            Expr::Subquery(_) => says("subquery returned more than one row"),
            Expr::Exists { .. } | Expr::InSubquery { .. } => {
                says("expression Exists") || says("expression InSubquery")
            }
            Expr::Extract { .. } => says("Date part"),
            Expr::Substring { .. } => says("not allowed: -"),
            Expr::Function(function) if function.over.is_some() && says("window frame") => true,
            Expr::Function(function) => {
                let name = function.name.to_string().to_ascii_lowercase();
                let of = OF_FUNCTIONS.iter().filter(|(part, _)| says(part));
                let mut of = of.flat_map(|(_, names)| names.iter());
                of.any(|known| *known == name) || is_time && OF_TIMES.contains(&name.as_str())
            }
            _ => false,
        }
    }
}

impl Visitor for Seen<'_> {
    type Break = ();

    fn pre_visit_expr(&mut self, expr: &Expr) -> ControlFlow<()> {
        if self.may_have_met_it(expr) {
            self.found.push(expr.clone());
        }
        ControlFlow::Continue(())
    }
}
