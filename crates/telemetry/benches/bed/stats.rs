//! Order statistics: they need no assumption about noise, which on a shared machine has a long tail.

/// The middle one.
pub(crate) fn median(values: &[f64]) -> f64 {
    let mut sorted = values.to_vec();
    sorted.sort_by(f64::total_cmp);
    match sorted.len() {
        0 => 0.0,
        n if n % 2 == 1 => sorted[n / 2],
        n => f64::midpoint(sorted[n / 2 - 1], sorted[n / 2]),
    }
}

/// Where the median of what `values` were drawn from lies, with at least 95 % confidence (of fewer than
/// six values: their whole range). From ranks alone: n coins decide how many fall below it.
pub(crate) fn median_interval(values: &[f64]) -> (f64, f64) {
    let mut sorted = values.to_vec();
    sorted.sort_by(f64::total_cmp);
    let n = sorted.len();
    if n == 0 {
        return (0.0, 0.0);
    }
    // The chance that at most `rank` of n coins show heads, kept at or below 2.5 % on either side.
    let (mut chance, mut below, mut rank) = (0.5_f64.powi(n as i32), 0.0, 0);
    while rank < n / 2 && below + chance <= 0.025 {
        below += chance;
        chance *= (n - rank) as f64 / (rank + 1) as f64;
        rank += 1;
    }
    let low = rank.saturating_sub(1);
    (sorted[low], sorted[n - 1 - low])
}
