//! Operators over timespans, texts and regular expressions, where DataFusion's own would mislead or could grow
//! without a bound. An interval of SQL has months and days, so that DataFusion compares 25 hours and a day by
//! their parts; here it is as long as it says.

use crate::functions::{Function, Gives};
use crate::texts;
use crate::words::{is_text, refused};
use apl::timespan;
use arrow::array::ArrayRef;
use arrow::datatypes::DataType;
use datafusion::common::{DFSchema, Result, ScalarValue};
use datafusion::logical_expr::planner::{
    ExprPlanner, PlannerResult, RawAggregateExpr, RawBinaryExpr, RawWindowExpr,
};
use datafusion::logical_expr::{
    Expr, ExprSchemable, ScalarUDF, Signature, Volatility, WindowFunctionDefinition, cast, lit,
    not, try_cast,
};
use datafusion::sql::sqlparser::ast::BinaryOperator;

/// A day, as `INTERVAL '1 day'` means it here.
const DAY_NANOS: i64 = 86_400_000_000_000;

#[derive(Debug)]
pub(crate) struct Operators;

impl ExprPlanner for Operators {
    fn plan_binary_op(
        &self,
        expr: RawBinaryExpr,
        schema: &DFSchema,
    ) -> Result<PlannerResult<RawBinaryExpr>> {
        use BinaryOperator as Op;
        let RawBinaryExpr { op, left, right } = expr;
        let (left, right) = match op {
            Op::PGRegexMatch | Op::PGRegexIMatch | Op::PGRegexNotMatch | Op::PGRegexNotIMatch => {
                let ignores_case = matches!(op, Op::PGRegexIMatch | Op::PGRegexNotIMatch);
                let found = texts::is_like(left, right, ignores_case);
                let is_not = matches!(op, Op::PGRegexNotMatch | Op::PGRegexNotIMatch);
                return Ok(PlannerResult::Planned(if is_not {
                    not(found)
                } else {
                    found
                }));
            }
            Op::StringConcat => {
                return Ok(PlannerResult::Planned(texts::joined(left, right)));
            }
            Op::Divide | Op::Modulo if is_timespan(&left, schema) => {
                let parts = (nanos(left), timespan_or(right, schema, false)?);
                match (op, is_timespan(&parts.1, schema)) {
                    (Op::Divide, true) => {
                        let float = |expr| cast(expr, DataType::Float64);
                        let quotient = float(parts.0) / float(nanos(parts.1));
                        return Ok(PlannerResult::Planned(quotient));
                    }
                    _ => {
                        return refused(
                            "a timespan is divided by a timespan: duration / INTERVAL '1 ms'",
                        );
                    }
                }
            }
            Op::Eq | Op::NotEq | Op::Lt | Op::LtEq | Op::Gt | Op::GtEq | Op::Spaceship => {
                match (is_timespan(&left, schema), is_timespan(&right, schema)) {
                    (true, false) => (left, timespan_or(right, schema, true)?),
                    (false, true) => (timespan_or(left, schema, true)?, right),
                    _ => {
                        let number = is_number(&left, schema) || is_number(&right, schema);
                        let read = |expr| {
                            if number {
                                number_or(expr, schema)
                            } else {
                                expr
                            }
                        };
                        (read(left), read(right))
                    }
                }
            }
            Op::Plus | Op::Minus => match (is_timespan(&left, schema), is_timespan(&right, schema))
            {
                (true, false) => (left, timespan_or(right, schema, false)?),
                (false, true) => (timespan_or(left, schema, false)?, right),
                _ => (left, right),
            },
            _ => (left, right),
        };
        Ok(PlannerResult::Original(RawBinaryExpr { op, left, right }))
    }

    /// An order by timespans is one by numbers: a frame of rows has no bounds of timespans.
    fn plan_window(&self, mut expr: RawWindowExpr) -> Result<PlannerResult<RawWindowExpr>> {
        if let WindowFunctionDefinition::AggregateUDF(function) = &expr.func_def
            && crate::percentile::is_ours(function)
        {
            return refused(
                "percentile is of rows, not over a window: expected GROUP BY in place of OVER",
            );
        }
        for key in &mut expr.order_by {
            let any = Signature::variadic_any(Volatility::Immutable);
            let ordered = Function::new("in_order", any, Gives::Ordered, in_order);
            key.expr = ScalarUDF::from(ordered).call(vec![key.expr.clone()]);
        }
        Ok(PlannerResult::Original(expr))
    }

    fn plan_aggregate(&self, expr: RawAggregateExpr) -> Result<PlannerResult<RawAggregateExpr>> {
        match crate::percentile::planned(expr)? {
            PlannerResult::Original(call) => Ok(crate::sums::planned(call)),
            planned => Ok(planned),
        }
    }
}

fn in_order(columns: &[ArrayRef]) -> Result<ArrayRef> {
    let column = &columns[0];
    Ok(arrow::compute::cast(column, &ordered(column.data_type()))?)
}

/// The type that values of this type are ordered in.
pub(crate) fn ordered(of: &DataType) -> DataType {
    match of {
        DataType::Duration(_) => DataType::Int64,
        other => other.clone(),
    }
}

pub(crate) fn is_timespan(expr: &Expr, schema: &DFSchema) -> bool {
    matches!(expr.get_type(schema), Ok(DataType::Duration(_)))
}

pub(crate) fn is_number(expr: &Expr, schema: &DFSchema) -> bool {
    expr.get_type(schema).is_ok_and(|of| of.is_numeric())
}

/// A field that is a text as the number that it is read as beside a number, null where it is none, as in APL; anything
/// else as it is.
pub(crate) fn number_or(expr: Expr, schema: &DFSchema) -> Expr {
    let is_field = !matches!(expr, Expr::Literal(..));
    match is_field && expr.get_type(schema).is_ok_and(|of| is_text(&of)) {
        true => try_cast(expr, DataType::Float64),
        false => expr,
    }
}

fn nanos(timespan: Expr) -> Expr {
    cast(cast(timespan, texts::TIMESPAN), DataType::Int64)
}

/// An interval that is written out, or a text such as `'100ms'`, as a timespan; anything else as it is.
pub(crate) fn timespan_or(expr: Expr, schema: &DFSchema, or_text: bool) -> Result<Expr> {
    let Expr::Literal(value, _) = &expr else {
        if matches!(expr.get_type(schema), Ok(DataType::Interval(_))) {
            return refused("a timespan is compared with an interval that is written out");
        }
        return Ok(expr);
    };
    let nanos = match value {
        ScalarValue::IntervalMonthDayNano(Some(interval)) if interval.months != 0 => {
            return refused("a month has no fixed length: expected days or less");
        }
        ScalarValue::IntervalMonthDayNano(Some(interval)) => i64::from(interval.days)
            .checked_mul(DAY_NANOS)
            .and_then(|days| days.checked_add(interval.nanoseconds)),
        ScalarValue::Utf8(Some(text)) | ScalarValue::Utf8View(Some(text)) if or_text => {
            let Some(nanos) = timespan::parse(text) else {
                return refused(format!(
                    "expected a timespan such as '100ms', found '{text}'"
                ));
            };
            Some(nanos)
        }
        number if or_text && number.data_type().is_numeric() => {
            return refused(
                "a timespan is compared with a timespan such as '5ms', not with a number",
            );
        }
        _ => return Ok(expr),
    };
    match nanos {
        Some(nanos) => Ok(lit(ScalarValue::DurationNanosecond(Some(nanos)))),
        None => refused("this interval is too long"),
    }
}
