//! `now()` and `current_date`: one moment throughout a query, the one that its time range is read at.

use arrow::datatypes::{DataType, TimeUnit};
use datafusion::common::{Result, ScalarValue};
use datafusion::logical_expr::{
    ColumnarValue, ScalarFunctionArgs, ScalarUDF, ScalarUDFImpl, Signature, Volatility,
};
use std::sync::Arc;

const DAY_NANOS: i64 = 86_400_000_000_000;

/// The names of what it becomes.
pub(crate) const NAMES: [&str; 2] = ["now", "current_date"];

/// The function that a query calls so, if it is one of these.
pub(crate) fn named(name: &str, now_nanos: i64) -> Option<Arc<ScalarUDF>> {
    let (name, value) = match name {
        "now" | "current_timestamp" => {
            let now = ScalarValue::TimestampNanosecond(Some(now_nanos), None);
            ("now", now)
        }
        "current_date" | "today" => {
            let days = i32::try_from(now_nanos.div_euclid(DAY_NANOS)).ok();
            ("current_date", ScalarValue::Date32(days))
        }
        _ => return None,
    };
    Some(Arc::new(ScalarUDF::from(Moment {
        name,
        value,
        signature: Signature::nullary(Volatility::Immutable),
    })))
}

#[derive(Debug, PartialEq, Eq, Hash)]
struct Moment {
    name: &'static str,
    value: ScalarValue,
    signature: Signature,
}

impl ScalarUDFImpl for Moment {
    fn name(&self) -> &str {
        self.name
    }

    fn signature(&self) -> &Signature {
        &self.signature
    }

    fn return_type(&self, _: &[DataType]) -> Result<DataType> {
        Ok(match self.value {
            ScalarValue::Date32(_) => DataType::Date32,
            _ => DataType::Timestamp(TimeUnit::Nanosecond, None),
        })
    }

    fn invoke_with_args(&self, _: ScalarFunctionArgs) -> Result<ColumnarValue> {
        Ok(ColumnarValue::Scalar(self.value.clone()))
    }
}
