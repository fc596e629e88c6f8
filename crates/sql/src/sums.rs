//! `sum` and `avg` as APL has them: of integers and timespans added up as 128 bits, so that no sum is a wrong one.

use apl::for_sql;
use datafusion::logical_expr::Expr;
use datafusion::logical_expr::expr::AggregateFunction;
use datafusion::logical_expr::planner::{PlannerResult, RawAggregateExpr};

/// Those of APL in place of the engine's; of different values the engine's are as they were.
pub(crate) fn planned(call: RawAggregateExpr) -> PlannerResult<RawAggregateExpr> {
    let function = match call.func.name() {
        "sum" => for_sql::sum_of_any(),
        "avg" => for_sql::mean_of_any(),
        _ => return PlannerResult::Original(call),
    };
    let [value] = call.args.as_slice() else {
        return PlannerResult::Original(call);
    };
    let written = value.human_display().to_string();
    // What is wrong with `sum(*)` is said elsewhere.
    if call.distinct || written == "*" {
        return PlannerResult::Original(call);
    }
    let name = format!("{}({written})", call.func.name());
    let sum = AggregateFunction::new_udf(
        function,
        call.args,
        false,
        call.filter,
        call.order_by,
        call.null_treatment,
    );
    PlannerResult::Planned(Expr::AggregateFunction(sum).alias(name))
}
