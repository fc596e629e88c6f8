//! Tests of two samples: whether they may be of one kind, and how far they are apart.

/// Rows of one value, on each side.
pub(super) type Sides = [f64; 2];

/// A number, and in how many rows it is.
pub(super) type Weighted = (f64, f64);

/// What a test says.
#[derive(Debug)]
pub(super) struct Test {
    pub(super) p_value: f64,
    pub(super) effect_size: f64,
    /// Of numbers, the largest difference of the two cumulative distributions.
    pub(super) distance: f64,
}

/// Rows on each side.
pub(super) fn totals(table: &[Sides]) -> Sides {
    let sum = |side: usize| table.iter().map(|sides| sides[side]).sum();
    [sum(0), sum(1)]
}

/// Pearson's test of whether both sides have the same shares of values; the effect is Cramér's V.
pub(super) fn chi_squared(table: &[Sides]) -> Test {
    let totals = totals(table);
    let all = totals[0] + totals[1];
    let mut statistic = 0.0;
    for sides in table {
        let share = (sides[0] + sides[1]) / all;
        for side in [0, 1] {
            let expected = share * totals[side];
            statistic += (sides[side] - expected).powi(2) / expected;
        }
    }
    let degrees = table.len() as f64 - 1.0;
    Test {
        p_value: match degrees > 0.0 {
            true => upper_gamma(degrees / 2.0, statistic / 2.0),
            false => 1.0,
        },
        effect_size: (statistic / all).sqrt(),
        distance: 0.0,
    }
}

/// The test of Mann and Whitney, by its normal approximation with ties; the effect is Cliff's delta. Both sides are
/// in order and have numbers.
pub(super) fn mann_whitney(sides: [&[Weighted]; 2]) -> Test {
    let [selected, baseline] = sides.map(|side| side.iter().map(|number| number.1).sum::<f64>());
    let (mut at, mut below) = ([0, 0], [0.0, 0.0]);
    let (mut greater, mut ties, mut distance) = (0.0, 0.0, 0.0_f64);
    loop {
        let next = [0, 1].map(|side| sides[side].get(at[side]));
        let least = next.iter().flatten().map(|number| number.0);
        let Some(least) = least.reduce(f64::min) else {
            break;
        };
        let mut here = [0.0, 0.0];
        for side in [0, 1] {
            if let Some(number) = next[side].filter(|number| number.0 == least) {
                here[side] = number.1;
                at[side] += 1;
            }
        }
        greater += here[0] * (below[1] + here[1] / 2.0);
        let tied = here[0] + here[1];
        ties += tied.powi(3) - tied;
        below = [below[0] + here[0], below[1] + here[1]];
        distance = distance.max((below[0] * baseline - below[1] * selected).abs());
    }
    let (pairs, all) = (selected * baseline, selected + baseline);
    let variance = pairs / 12.0 * (all + 1.0 - ties / (all * (all - 1.0)));
    let deviation = (greater - pairs / 2.0).powi(2) / variance;
    Test {
        p_value: match variance > 0.0 {
            true => upper_gamma(0.5, deviation / 2.0),
            false => 1.0,
        },
        effect_size: 2.0 * greater / pairs - 1.0,
        distance: distance / pairs,
    }
}

/// The median of numbers in order.
pub(super) fn median(numbers: &[Weighted]) -> Option<f64> {
    let half = numbers.iter().map(|number| number.1).sum::<f64>() / 2.0;
    let mut below = 0.0;
    let mut lower = None;
    for (number, rows) in numbers {
        below += rows;
        if let Some(lower) = lower {
            return Some(f64::midpoint(lower, *number));
        }
        if below > half {
            return Some(*number);
        }
        if below == half {
            lower = Some(*number);
        }
    }
    lower
}

/// The regularized upper incomplete gamma function, by its series or its continued fraction: what is left of a
/// distribution of χ² behind `2x`, with `2a` degrees of freedom.
fn upper_gamma(a: f64, x: f64) -> f64 {
    const STEPS_MAX: usize = 100_000;
    if x <= 0.0 {
        return 1.0;
    }
    let scale = (a * x.ln() - x - libm::lgamma(a)).exp();
    if x < a + 1.0 {
        let (mut term, mut sum, mut n) = (1.0 / a, 1.0 / a, a);
        for _ in 0..STEPS_MAX {
            n += 1.0;
            term *= x / n;
            sum += term;
            if term < sum * f64::EPSILON {
                break;
            }
        }
        return (1.0 - sum * scale).clamp(0.0, 1.0);
    }
    // Lentz's way of a continued fraction.
    let mut b = x + 1.0 - a;
    let (mut c, mut d) = (f64::MAX, 1.0 / b);
    let mut fraction = d;
    for step in 1..STEPS_MAX {
        let n = step as f64;
        let factor = -n * (n - a);
        b += 2.0;
        d = 1.0 / (factor * d + b);
        c = b + factor / c;
        fraction *= d * c;
        if (d * c - 1.0).abs() < f64::EPSILON {
            break;
        }
    }
    (scale * fraction).clamp(0.0, 1.0)
}

#[cfg(test)]
mod tests {
    use super::{Weighted, median, upper_gamma};

    /// Percentage points of χ² as tables print them.
    #[test]
    fn tails_of_chi_squared() {
        for (degrees, statistic, tail) in [
            (1.0, 3.841_459, 0.05),
            (1.0, 10.827_566, 0.001),
            (2.0, 5.991_465, 0.05),
            (10.0, 18.307_038, 0.05),
            (10.0, 3.940_299, 0.95),
            (100.0, 124.342_113, 0.05),
            (9999.0, 9999.0, 0.498_1),
        ] {
            let found = upper_gamma(degrees / 2.0, statistic / 2.0);
            assert!(
                (found - tail).abs() < 1e-4,
                "{degrees} {statistic}: {found}"
            );
        }
    }

    #[test]
    fn medians() {
        let cases: [(&[Weighted], Option<f64>); 5] = [
            (&[], None),
            (&[(5.0, 3.0)], Some(5.0)),
            (&[(1.0, 1.0), (4.0, 1.0)], Some(2.5)),
            (&[(1.0, 2.0), (4.0, 1.0)], Some(1.0)),
            (&[(1.0, 2.0), (4.0, 1.0), (9.0, 1.0)], Some(2.5)),
        ];
        for (numbers, expected) in cases {
            assert_eq!(median(numbers), expected, "{numbers:?}");
        }
    }
}
