//! # bin_auto
//!
//! The bin that a datetime falls into, of the smallest round size that makes at most 60 bins of the range of
//! time that is asked for, or as many as the request's `maxBinAutoGroups` says; hours when it has no start.
//!
//! ```apl
//! bin_auto(_time)
//! ```
//!
//! ## Example
//!
//! ```apl
//! bin_auto(datetime(2024-01-02T03:04:05Z)) -> 2024-01-02T03:00:00Z
//! ```

use crate::bind::{Binder, Bound, Value, conversion};
use crate::functions::{Call, Function};
use crate::kind::Kind;
use crate::timespan::{DAY, HOUR, MINUTE, SECOND};
use datafusion::logical_expr::lit;

pub(super) const FUNCTION: Function =
    Function::bound(&["bin_auto"], "bin_auto(_time)", 1..=1, bin_auto);

/// Bin sizes that people read easily.
const AUTO_SIZES: &[i64] = &[
    SECOND,
    2 * SECOND,
    5 * SECOND,
    10 * SECOND,
    15 * SECOND,
    30 * SECOND,
    MINUTE,
    2 * MINUTE,
    5 * MINUTE,
    10 * MINUTE,
    15 * MINUTE,
    30 * MINUTE,
    HOUR,
    2 * HOUR,
    3 * HOUR,
    6 * HOUR,
    12 * HOUR,
    DAY,
    7 * DAY,
];

/// The most bins that `bin_auto` makes of the range asked for, as long as weeks suffice, when a request says nothing
/// else.
const AUTO_BINS_MAX: i64 = 60;

fn bin_auto(binder: &mut Binder<'_, '_>, call: &Call) -> Bound<Value> {
    let (value, range) = call.argument(0);
    if value.kind != Some(Kind::Datetime) {
        let message = format!(
            "expected a datetime such as _time, found {}",
            value.spoken()
        );
        return Err(binder.error(range, message));
    }
    let size = auto_size(binder);
    binder.time_bin_nanos = Some(size);
    Ok(super::binned(
        conversion::to(Kind::Integer, value),
        lit(size),
        Kind::Integer,
        Kind::Datetime,
    ))
}

/// The smallest size that cuts the range asked for into few enough bins; hours when it has no start.
fn auto_size(binder: &Binder<'_, '_>) -> i64 {
    let end = binder.context.end_nanos.unwrap_or(binder.context.now_nanos);
    let Some(start) = binder.context.start_nanos else {
        return HOUR;
    };
    let span = end.saturating_sub(start);
    let most = binder.context.bins_max.unwrap_or(AUTO_BINS_MAX);
    let fits = |size: &&i64| span / **size <= most;
    AUTO_SIZES.iter().find(fits).copied().unwrap_or(7 * DAY)
}
