//! Numbers of many shapes, the same in every run, and the percentiles they truly have.

/// The percentiles asked of every shape.
pub(super) const RANKS: [f64; 12] = [
    0.0, 0.1, 1.0, 10.0, 25.0, 50.0, 75.0, 90.0, 95.0, 99.0, 99.9, 100.0,
];

#[derive(Clone, Copy, Debug)]
pub(super) enum Shape {
    Uniform,
    /// As durations are.
    Lognormal,
    /// Answers from a cache, and others a thousand times slower.
    Bimodal,
    /// Many zeros, and as many numbers below as above.
    AroundZero,
    Negative,
    /// Of all magnitudes, more than a sketch tells apart.
    Wide,
    /// Three values only.
    Few,
    /// All the same.
    Constant,
}

impl Shape {
    pub(super) const ALL: [Self; 8] = [
        Self::Uniform,
        Self::Lognormal,
        Self::Bimodal,
        Self::AroundZero,
        Self::Negative,
        Self::Wide,
        Self::Few,
        Self::Constant,
    ];
}

/// An endless row of numbers.
#[derive(Debug)]
pub(super) struct Numbers {
    shape: Shape,
    state: u64,
}

impl Numbers {
    pub(super) fn new(shape: Shape, seed: u64) -> Self {
        Self { shape, state: seed }
    }

    pub(super) fn take(mut self, count: usize) -> Vec<f64> {
        (0..count).map(|_| self.next()).collect()
    }

    fn next(&mut self) -> f64 {
        let shape = self.shape;
        match shape {
            Shape::Uniform => self.share() * 1e6,
            Shape::Lognormal => self.lognormal(),
            Shape::Bimodal if self.share() < 0.6 => self.lognormal() / 20.0,
            Shape::Bimodal => self.lognormal() * 50.0,
            Shape::AroundZero if self.share() < 0.3 => 0.0,
            Shape::AroundZero => self.normal() * 1e4,
            Shape::Negative => -self.lognormal(),
            Shape::Wide => {
                let sign = if self.share() < 0.5 { -1.0 } else { 1.0 };
                sign * 10_f64.powf(self.share() * 30.0 - 15.0)
            }
            Shape::Few => [7.0, 1_234.5, 1e9][(self.share() * 3.0) as usize],
            Shape::Constant => 3_333_333.25,
        }
    }

    fn lognormal(&mut self) -> f64 {
        (self.normal() * 1.5).exp() * 1e6
    }

    /// The sum of twelve shares is nearly normal.
    fn normal(&mut self) -> f64 {
        (0..12).map(|_| self.share()).sum::<f64>() - 6.0
    }

    /// From 0 to 1, by SplitMix64.
    fn share(&mut self) -> f64 {
        self.state = self.state.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut mixed = self.state;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        ((mixed ^ (mixed >> 31)) >> 11) as f64 / (1_u64 << 53) as f64
    }
}

/// The true percentile of numbers in order, and by how much 1 % of the two numbers beside it may move it.
pub(super) fn truth(sorted: &[f64], rank: f64) -> (f64, f64) {
    let place = rank / 100.0 * (sorted.len() - 1) as f64;
    let (low, share) = (sorted[place.floor() as usize], place.fract());
    let high = sorted[place.ceil() as usize];
    let truth = if share > 0.0 {
        low + (high - low) * share
    } else {
        low
    };
    let slack = (low.abs() * (1.0 - share) + high.abs() * share) / 100.0;
    (truth, slack)
}
