//! A share of the rows, chosen by their number and the time of the query: chance comes in by the context.

use arrow::array::{ArrayRef, BooleanArray};
use arrow::datatypes::DataType;
use datafusion::common::Result;
use datafusion::logical_expr::{
    ColumnarValue, Expr, ScalarFunctionArgs, ScalarUDF, ScalarUDFImpl, Signature, Volatility,
};
use std::any::Any;
use std::hash::{Hash, Hasher};
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

/// True for a `share` of the rows, from 0 to 1. The same `seed` chooses the same rows of the same run of rows.
pub(crate) fn share(share: f64, seed: u64) -> Expr {
    ScalarUDF::from(Share {
        share,
        seed,
        seen: Arc::default(),
        signature: Signature::nullary(Volatility::Volatile),
    })
    .call(Vec::new())
}

/// The same with a counter of its own, of what [`share`] made.
pub(super) fn anew(function: &dyn ScalarUDFImpl) -> Option<Expr> {
    let sampled = (function as &dyn Any).downcast_ref::<Share>()?;
    Some(share(sampled.share, sampled.seed))
}

#[derive(Debug)]
struct Share {
    share: f64,
    seed: u64,
    seen: Arc<AtomicU64>,
    signature: Signature,
}

impl PartialEq for Share {
    fn eq(&self, other: &Self) -> bool {
        Arc::ptr_eq(&self.seen, &other.seen)
    }
}

impl Eq for Share {}

impl Hash for Share {
    fn hash<H: Hasher>(&self, state: &mut H) {
        Arc::as_ptr(&self.seen).hash(state);
    }
}

impl ScalarUDFImpl for Share {
    fn name(&self) -> &str {
        "sampled"
    }

    fn signature(&self) -> &Signature {
        &self.signature
    }

    fn return_type(&self, _arguments: &[DataType]) -> Result<DataType> {
        Ok(DataType::Boolean)
    }

    fn invoke_with_args(&self, arguments: ScalarFunctionArgs) -> Result<ColumnarValue> {
        let rows = arguments.number_rows as u64;
        let first = self.seen.fetch_add(rows, Ordering::Relaxed);
        let chosen = (first..first + rows).map(|row| Some(fraction(self.seed, row) < self.share));
        let chosen: ArrayRef = Arc::new(BooleanArray::from_iter(chosen));
        Ok(ColumnarValue::Array(chosen))
    }
}

/// From 0 to below 1, even over all rows: SplitMix64.
fn fraction(seed: u64, row: u64) -> f64 {
    let mut mixed = seed.wrapping_add(row.wrapping_add(1).wrapping_mul(0x9e37_79b9_7f4a_7c15));
    mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    mixed ^= mixed >> 31;
    (mixed >> 11) as f64 / (1_u64 << 53) as f64
}
