//! `percentile(field, percent)`, as APL has it: exact in a group of few values, within 1 % above. It becomes a
//! summary of the values and a function that reads the percentile from it; `min` of the field tells its type.

use crate::functions::{Function, Gives};
use crate::words::{of_type, refused};
use apl::for_sql;
use arrow::array::ArrayRef;
use arrow::compute::cast;
use arrow::datatypes::DataType;
use datafusion::common::{Result, ScalarValue};
use datafusion::functions_aggregate::median::median_udaf;
use datafusion::functions_aggregate::min_max::min_udaf;
use datafusion::logical_expr::expr::AggregateFunction;
use datafusion::logical_expr::planner::{PlannerResult, RawAggregateExpr};
use datafusion::logical_expr::{AggregateUDF, Expr, Signature, Volatility, lit};
use std::sync::Arc;

/// Its name in queries.
pub(crate) const NAME: &str = "percentile";

/// What the planner finds under that name; [`planned`] puts the real one in its place.
pub(crate) fn function() -> Arc<AggregateUDF> {
    Arc::new(median_udaf().as_ref().clone().with_aliases([NAME]))
}

/// Whether a query calls it, and not `median`.
pub(crate) fn is_ours(function: &AggregateUDF) -> bool {
    function.aliases().iter().any(|alias| alias == NAME)
}

/// The real one; other aggregations are as they were.
pub(crate) fn planned(call: RawAggregateExpr) -> Result<PlannerResult<RawAggregateExpr>> {
    if !is_ours(&call.func) {
        return Ok(PlannerResult::Original(call));
    }
    let [value, percent] = call.args.as_slice() else {
        return refused("expected percentile(field, percent)");
    };
    if call.distinct || !call.order_by.is_empty() {
        return refused("percentile takes all values in any order");
    }
    let rank = match percent {
        Expr::Literal(ScalarValue::Int64(Some(percent)), _) => Some(*percent as f64),
        Expr::Literal(ScalarValue::Float64(Some(percent)), _) => Some(*percent),
        _ => None,
    };
    let Some(rank) = rank.filter(|percent| (0.0..=100.0).contains(percent)) else {
        return refused("expected a percentage from 0 to 100, as a number");
    };
    let name = format!("percentile({}, {rank})", value.human_display());
    let number = of_values("percentile_value", Gives::Carrier, carried).call(vec![value.clone()]);
    let condition = call.filter.as_ref().map(|filter| filter.as_ref().clone());
    let summary = for_sql::summary(number, condition);
    let least = Expr::AggregateFunction(AggregateFunction::new_udf(
        min_udaf(),
        vec![value.clone()],
        false,
        call.filter,
        vec![],
        None,
    ));
    let read = of_values("percentile_of", Gives::Argument(2), read);
    let found = read.call(vec![summary, lit(rank / 100.0), least]);
    Ok(PlannerResult::Planned(found.alias(name)))
}

fn of_values(
    name: &'static str,
    gives: Gives,
    run: fn(&[ArrayRef]) -> Result<ArrayRef>,
) -> datafusion::logical_expr::ScalarUDF {
    Function::new(
        name,
        Signature::variadic_any(Volatility::Immutable),
        gives,
        run,
    )
    .into()
}

/// Values as the numbers that are summarized.
fn carried(columns: &[ArrayRef]) -> Result<ArrayRef> {
    let column = &columns[0];
    Ok(cast(column, &carrier(column.data_type())?)?)
}

/// The type that values of this type are summarized in.
pub(crate) fn carrier(of: &DataType) -> Result<DataType> {
    match of {
        DataType::Duration(_) => Ok(DataType::Int64),
        of if of.is_integer() => Ok(DataType::Int64),
        of if of.is_floating() || matches!(of, DataType::Decimal128(..)) => Ok(DataType::Float64),
        other => refused(format!(
            "percentile takes numbers or timespans, not {}",
            of_type(other)
        )),
    }
}

fn read(columns: &[ArrayRef]) -> Result<ArrayRef> {
    let found = for_sql::percentiles(&columns[..2])?;
    Ok(cast(&found, columns[2].data_type())?)
}
