//! Delays that are not to fall together: spread evenly by a number, not by chance, so that a test sees the
//! same ones again.

use std::time::Duration;

/// `base`, longer or shorter by at most `part` of it. Successive numbers are far apart: each is a step of
/// the golden ratio around the circle.
pub(crate) fn around(base: Duration, part: f64, number: u64) -> Duration {
    const STEP: u64 = 0x9e37_79b9_7f4a_7c15;
    let turn = number.wrapping_mul(STEP) as f64 / u64::MAX as f64;
    base.mul_f64(1.0 + part * (2.0 * turn - 1.0))
}
