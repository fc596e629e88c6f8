//! No more rows than so many: beyond them the query fails, rather than to fill the memory.

use super::bounded::refusal;
use arrow::datatypes::DataType;
use datafusion::common::{Result, ScalarValue};
use datafusion::logical_expr::{
    ColumnarValue, Expr, ScalarFunctionArgs, ScalarUDF, ScalarUDFImpl, Signature, Volatility,
};
use std::any::Any;
use std::hash::{Hash, Hasher};
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

/// True for the first `most` rows of one run; then an error that calls the rows `what`.
pub fn at_most(most: usize, what: &'static str) -> Expr {
    ScalarUDF::from(Guard {
        most,
        what,
        seen: Arc::default(),
        signature: Signature::nullary(Volatility::Volatile),
    })
    .call(Vec::new())
}

/// The same with a counter of its own, of what [`at_most`] made.
pub(super) fn anew(function: &dyn ScalarUDFImpl) -> Option<Expr> {
    let guard = (function as &dyn Any).downcast_ref::<Guard>()?;
    Some(at_most(guard.most, guard.what))
}

#[derive(Debug)]
struct Guard {
    most: usize,
    what: &'static str,
    seen: Arc<AtomicUsize>,
    signature: Signature,
}

impl PartialEq for Guard {
    fn eq(&self, other: &Self) -> bool {
        Arc::ptr_eq(&self.seen, &other.seen)
    }
}

impl Eq for Guard {}

impl Hash for Guard {
    fn hash<H: Hasher>(&self, state: &mut H) {
        Arc::as_ptr(&self.seen).hash(state);
    }
}

impl ScalarUDFImpl for Guard {
    fn name(&self) -> &str {
        "at_most"
    }

    fn signature(&self) -> &Signature {
        &self.signature
    }

    fn return_type(&self, _arguments: &[DataType]) -> Result<DataType> {
        Ok(DataType::Boolean)
    }

    fn invoke_with_args(&self, arguments: ScalarFunctionArgs) -> Result<ColumnarValue> {
        let rows = arguments.number_rows;
        let seen = self.seen.fetch_add(rows, Ordering::Relaxed) + rows;
        if seen > self.most {
            return Err(refusal(format!(
                "{} has more than {} rows; filter or summarize it first",
                self.what, self.most
            )));
        }
        Ok(ColumnarValue::Scalar(ScalarValue::Boolean(Some(true))))
    }
}
