//! # extend-valid
//!
//! Adds fields as `extend` does, but only where the value is a good one: no null, empty text or empty array, no
//! 0, infinity or NaN, not false. Elsewhere a field that was there stays as it was, and a new one is null.
//!
//! ```apl
//! rows | extend-valid field = expression, …
//! ```
//!
//! ## Example
//!
//! ```apl
//! datatable (host:string, ip:string) ["a", "", "b", "10.0.0.1"] | extend-valid host = ip
//! ```
//!
//! | host | ip |
//! |---|---|
//! | a | "" |
//! | 10.0.0.1 | 10.0.0.1 |

use super::{Surroundings, extend, naming};
use crate::bind::pipeline::Output;
use crate::bind::{Bound, Pipeline, Value, weight};
use crate::kernels::json;
use crate::kind::Kind;
use crate::parser::{Parsed, Parser};
use crate::syntax::Operator;
use crate::syntax::stage::Item;
use datafusion::common::Result as PlanResult;
use datafusion::logical_expr::{Expr, lit, when};

pub(super) fn parse(parser: &mut Parser<'_, '_>) -> Parsed<Operator> {
    Ok(Operator::ExtendValid(parser.items()?))
}

pub(super) fn bind(
    items: &[Item],
    pipeline: &mut Pipeline,
    around: &mut Surroundings<'_, '_>,
) -> Bound<()> {
    let mut made = naming::outputs(items, pipeline, around)?;
    for (output, item) in made.iter_mut().zip(items) {
        let before = pipeline.scope.get(&output.name);
        if let Some(before) = before.filter(|before| before.kind != output.kind) {
            let message = format!(
                "'{}' is {}: expected the same type, found {}",
                output.name,
                before.kind.spoken(),
                output.kind.spoken()
            );
            return Err(around.report.error(&item.expression.range, message));
        }
        let expr = valid(output, before.map(|before| before.expr()));
        output.expr =
            expr.map_err(|error| around.error(format!("could not plan this: {error}")))?;
        output.weight = weight::of(&output.expr, &pipeline.scope);
        let reads = weight::reads(&output.expr, &pipeline.scope);
        weight::check(reads, around.report, &item.expression.range)?;
    }
    extend::add(made, pipeline, around)
}

/// The value where it is a good one, and what was there before elsewhere.
fn valid(output: &Output, before: Option<Expr>) -> PlanResult<Expr> {
    let value = output.expr.clone();
    let is_valid = match output.kind {
        Kind::Boolean => value.clone(),
        Kind::Integer => value.clone().not_eq(lit(0_i64)),
        // The difference of infinities is no number.
        Kind::Float => (value.clone() - value.clone())
            .eq(lit(0.0))
            .and(value.clone().not_eq(lit(0.0))),
        Kind::Text => value.clone().not_eq(Value::text("").expr),
        Kind::Datetime | Kind::Timespan => value.clone().is_not_null(),
        kind => {
            let held = json::quoted(Value::new(value.clone(), kind)).expr;
            let bad = ["[]", "{}", "\"\"", "0", "0.0", "false"];
            held.in_list(bad.map(|bad| Value::text(bad).expr).to_vec(), true)
        }
    };
    let mut choice = when(is_valid, value);
    match before {
        Some(before) => choice.otherwise(before),
        None => choice.end(),
    }
}
