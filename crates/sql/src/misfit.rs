//! An expression whose parts do not fit together, in words: what it takes, what it was given, and the remedy.

use crate::blame::Blamed;
use crate::functions;
use crate::words::{example, is_text, of_type};
use arrow::datatypes::DataType;
use datafusion::sql::sqlparser::ast::{BinaryOperator, Expr, UnaryOperator};

/// What functions take, where it is less than anything.
const TAKES: &[(&[&str], &str)] = &[
    (&["sum", "avg", "mean"], "numbers and timespans"),
    (
        &[
            "median",
            "stddev",
            "stddev_pop",
            "stddev_samp",
            "var",
            "var_pop",
            "var_samp",
            "corr",
            "covar_pop",
            "covar_samp",
            "approx_median",
            "abs",
            "ceil",
            "exp",
            "floor",
            "ln",
            "log10",
            "log2",
            "sqrt",
            "trunc",
            "round",
            "power",
        ],
        "numbers",
    ),
    (&["bool_and", "bool_or"], "conditions"),
    (
        &[
            "date_bin",
            "date_trunc",
            "date_part",
            "to_char",
            "to_unixtime",
            "to_local_time",
        ],
        "times",
    ),
    (
        &["map_keys", "map_values", "map_entries", "map_extract"],
        "maps",
    ),
    (
        &["array_length", "array_element", "array_has", "cardinality"],
        "arrays",
    ),
    (&["from_unixtime", "chr", "to_hex"], "whole numbers"),
];

/// What is wrong with an expression; `None` where nothing is known of its kind.
pub(crate) fn describe(blamed: &Blamed) -> Option<String> {
    if let Some((clause, found)) = &blamed.condition {
        return Some(not_a_condition(clause, found));
    }
    let types = blamed.parts.as_slice();
    Some(match &blamed.expr {
        Expr::BinaryOp { op, .. } => {
            let [left, right] = types else { return None };
            of_operator(op, left, right)
        }
        Expr::UnaryOp {
            op: UnaryOperator::Not,
            ..
        } => not_a_condition("NOT", types.first()?),
        Expr::UnaryOp { op, .. } => {
            format!("{op} takes a number, found {}", of_type(types.first()?))
        }
        Expr::IsTrue(_) | Expr::IsNotTrue(_) | Expr::IsFalse(_) | Expr::IsNotFalse(_) => {
            not_a_condition("IS TRUE", types.first()?)
        }
        Expr::Like { .. } | Expr::ILike { .. } => {
            let other = types.iter().find(|of| !is_text(of))?;
            format!(
                "LIKE compares texts, found {}: expected a text, such as CAST(x AS VARCHAR)",
                of_type(other)
            )
        }
        Expr::CompoundFieldAccess { .. } => format!(
            "nothing can be read in brackets from {}: expected a map and its key, as in m['key'], or an array and a \
             place, as in events[1]",
            of_type(types.first()?)
        ),
        Expr::Cast { data_type, .. } => {
            format!("{} cannot be cast to {data_type}", of_type(types.first()?))
        }
        Expr::Extract { .. } | Expr::AtTimeZone { .. } => {
            format!(
                "expected a time, such as _time, found {}",
                of_type(types.first()?)
            )
        }
        Expr::Substring { .. } | Expr::Trim { .. } | Expr::Position { .. } => {
            format!(
                "expected texts and numbers of letters, found {}",
                list(types)
            )
        }
        Expr::Function(function) => {
            of_function(&function.name.to_string().to_ascii_lowercase(), types)
        }
        Expr::Case { .. } => "the values of CASE have no type in common: expected values of one type, by CAST(x AS …)".to_owned(),
        Expr::Between { .. } | Expr::InList { .. } => format!(
            "these values have no type in common: {}; expected values of one type, by CAST(x AS …)",
            list(types)
        ),
        _ => return None,
    })
}

fn not_a_condition(what: &str, found: &DataType) -> String {
    format!(
        "{what} takes a condition, which is true or false, found {}: expected one such as name = 'GET'",
        of_type(found)
    )
}

fn list(types: &[DataType]) -> String {
    let names: Vec<String> = types.iter().map(of_type).collect();
    names.join(", ")
}

fn of_operator(op: &BinaryOperator, left: &DataType, right: &DataType) -> String {
    use BinaryOperator as Op;
    let either = |is: fn(&DataType) -> bool| is(left) || is(right);
    let found = format!("{} {op} {}", of_type(left), of_type(right));
    match op {
        Op::And | Op::Or => {
            let other = if matches!(left, DataType::Boolean) {
                right
            } else {
                left
            };
            not_a_condition(&op.to_string(), other)
        }
        Op::Plus | Op::Minus if either(is_time) => {
            format!(
                "cannot compute {found}: expected a time and an interval, as in now() - INTERVAL '1 hour'"
            )
        }
        Op::Plus | Op::Minus if either(is_timespan) => {
            format!(
                "cannot compute {found}: expected a timespan or an interval beside a timespan, such as INTERVAL '5 ms'"
            )
        }
        Op::Multiply | Op::Divide | Op::Modulo if either(is_timespan) => {
            format!(
                "cannot compute {found}: expected a number, which a timespan becomes by duration / INTERVAL '1 ms'"
            )
        }
        Op::Plus if is_text(left) && is_text(right) => {
            format!("cannot compute {found}: expected numbers; texts are joined by ||")
        }
        Op::Plus | Op::Minus | Op::Multiply | Op::Divide | Op::Modulo if either(is_text) => {
            format!(
                "cannot compute {found}: expected numbers, which texts become by CAST(x AS DOUBLE), or TRY_CAST"
            )
        }
        Op::Plus | Op::Minus | Op::Multiply | Op::Divide | Op::Modulo => {
            format!("cannot compute {found}: expected numbers")
        }
        _ if either(DataType::is_nested) => format!(
            "cannot compare {} with {}: expected a value in it, such as m['key'] or events[1]['name']",
            of_type(left),
            of_type(right)
        ),
        _ => {
            let such = example(left)
                .map_or_else(String::new, |such| format!(": expected one such as {such}"));
            format!(
                "cannot compare {} with {}{such}",
                of_type(left),
                of_type(right)
            )
        }
    }
}

fn is_time(of: &DataType) -> bool {
    matches!(
        of,
        DataType::Timestamp(..) | DataType::Date32 | DataType::Date64
    )
}

fn is_timespan(of: &DataType) -> bool {
    matches!(of, DataType::Duration(_))
}

fn of_function(name: &str, types: &[DataType]) -> String {
    let takes = TAKES.iter().find(|(names, _)| names.contains(&name));
    let takes = match takes {
        Some((_, what)) => Some(*what),
        None if functions::takes_texts(name) => Some("texts"),
        None => None,
    };
    let is_of_them: fn(&DataType) -> bool = match takes {
        Some("texts") => is_text,
        Some("times") => is_time,
        Some("arrays") => DataType::is_list,
        Some("numbers" | "numbers and timespans" | "whole numbers") => DataType::is_numeric,
        _ => |_| false,
    };
    // Then it is not what it takes, but how many, or in which order.
    let takes = takes.filter(|_| !types.iter().any(is_of_them));
    let found = match types {
        [] => "nothing".to_owned(),
        types => list(types),
    };
    let usage = functions::all().usage(name);
    let usage = usage.map_or_else(String::new, |usage| format!(": expected {usage}"));
    let advice = match takes {
        Some("numbers" | "numbers and timespans") if types.iter().any(is_text) => {
            "; a text becomes a number by TRY_CAST(x AS DOUBLE)"
        }
        Some("numbers") if types.iter().any(is_timespan) => {
            "; a timespan becomes a number by duration / INTERVAL '1 ms'"
        }
        Some("texts") if !types.iter().all(is_text) => {
            "; a value becomes a text by CAST(x AS VARCHAR)"
        }
        _ => "",
    };
    match takes {
        Some(takes) => format!("{name} takes {takes}, found {found}{usage}{advice}"),
        None if types.is_empty() => format!("{name} takes more than nothing{usage}"),
        None => format!("{name} does not take {found}{usage}{advice}"),
    }
}
