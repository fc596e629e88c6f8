//! The first value that is not null. DataFusion's own `coalesce` becomes a `CASE` that repeats its
//! arguments, and so doubles the plan at every nesting.

use super::call;
use arrow::array::ArrayRef;
use arrow::compute::is_not_null;
use arrow::compute::kernels::zip::zip;
use arrow::datatypes::DataType;
use datafusion::common::{Result, exec_datafusion_err};
use datafusion::logical_expr::Expr;

/// `coalesce(a, b, …)`: all of one type.
pub(crate) fn coalesce(output: DataType, arguments: Vec<Expr>) -> Expr {
    call("first_present", output, first_present, arguments)
}

fn first_present(columns: &[ArrayRef]) -> Result<ArrayRef> {
    let mut backwards = columns.iter().rev();
    let last = backwards
        .next()
        .ok_or_else(|| exec_datafusion_err!("coalesce of nothing"))?;
    let mut chosen = ArrayRef::clone(last);
    for column in backwards {
        chosen = zip(&is_not_null(column)?, column, &chosen)?;
    }
    Ok(chosen)
}
