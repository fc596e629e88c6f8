//! A sketch: how many values are in each bucket. Buckets widen with the values, so that an estimate is
//! within 1 % of the value it stands for, however large or small that is.
//!
//! Every power of two is cut into 64 buckets alike, as in HdrHistogram: a value's bucket is its
//! exponent and the first six bits of its fraction, one shift of a float's bits and no logarithm. A
//! bucket from `a` to `a + a/64` at the widest is estimated by the value whose relative error is the
//! same at both ends: 1/129, or 0.78 %. Integers below 128 are alone in their buckets, hence exact.
//!
//! Bound: 64 powers of two on each side of zero, 8,192 buckets or 32 KiB. Integers have no more. Floats
//! that are more than 2⁶³ times nearer to zero than the farthest of their group are counted as zero.
//! So a sketch depends on its values only, not on their order or on how they were merged.

use super::Quantity;
use std::collections::BTreeMap;

/// Buckets of one power of two.
const STEPS: usize = 64;

/// Bits of a float below those that number its bucket.
const SHIFT: u32 = 46;

/// Powers of two that a sketch tells apart, on each side of zero.
const OCTAVES_MAX: usize = 64;

/// The first bucket of normal floats; what is smaller is zero.
const NORMAL: usize = STEPS;

/// The bucket of the infinite.
const INFINITE: usize = 2047 * STEPS;

#[derive(Clone, Debug)]
pub(super) struct Sketch<V> {
    least: V,
    greatest: V,
    above: Side,
    below: Side,
    zeros: u64,
    infinite: u64,
    negative_infinite: u64,
    /// Buckets below this one are counted as zero.
    floor: usize,
}

/// The counts on one side of zero: of a run of buckets without gaps, outwards. They are narrow, since
/// what takes time is to bring them into the processor's cache.
#[derive(Clone, Debug, Default)]
struct Side {
    /// The bucket of the first count.
    first: usize,
    counts: Vec<u32>,
    /// What more than four billion values left over, by bucket; seldom anything.
    overflow: BTreeMap<usize, u64>,
}

impl<V: Quantity> Sketch<V> {
    /// A sketch of nothing, with the extremes of what will be counted.
    pub(super) fn new(least: V, greatest: V) -> Self {
        Self {
            least,
            greatest,
            above: Side::default(),
            below: Side::default(),
            zeros: 0,
            infinite: 0,
            negative_infinite: 0,
            floor: NORMAL,
        }
    }

    /// Bytes on the heap.
    pub(super) fn size(&self) -> usize {
        self.above.size() + self.below.size()
    }

    pub(super) fn extremes(&self) -> [V; 2] {
        [self.least, self.greatest]
    }

    pub(super) fn widen(&mut self, least: V, greatest: V) {
        if least < self.least {
            self.least = least;
        }
        if greatest > self.greatest {
            self.greatest = greatest;
        }
    }

    /// Counts a value that is a number, and keeps `heap`, the bytes that the heap has, right.
    #[inline]
    pub(super) fn add(&mut self, value: V, heap: &mut usize) {
        self.widen(value, value);
        let float = value.to_float();
        let bucket = (float.abs().to_bits() >> SHIFT) as usize;
        self.count(float < 0.0, bucket, 1, heap);
    }

    /// Counts what another sketch has counted in a bucket.
    pub(super) fn merge(&mut self, signed: i32, count: u64, heap: &mut usize) {
        self.count(signed < 0, signed.unsigned_abs() as usize, count, heap);
    }

    #[inline]
    fn count(&mut self, is_below: bool, bucket: usize, count: u64, heap: &mut usize) {
        let side = self.side(is_below);
        if let Some(counted) = side.counts.get_mut(bucket.wrapping_sub(side.first))
            && let Ok(count) = u32::try_from(count)
            && let Some(sum) = counted.checked_add(count)
        {
            *counted = sum;
        } else {
            self.count_outside(is_below, bucket, count, heap);
        }
    }

    #[cold]
    fn count_outside(&mut self, is_below: bool, bucket: usize, count: u64, heap: &mut usize) {
        if bucket < self.floor {
            self.zeros += count;
        } else if bucket >= INFINITE && is_below {
            self.negative_infinite += count;
        } else if bucket >= INFINITE {
            self.infinite += count;
        } else {
            let before = self.size();
            let octave = bucket / STEPS;
            let floor = (octave + 1).saturating_sub(OCTAVES_MAX) * STEPS;
            self.floor = self.floor.max(floor);
            self.zeros += self.above.cut(self.floor) + self.below.cut(self.floor);
            let side = self.side(is_below);
            side.cover(octave * STEPS);
            side.add(bucket, count);
            *heap = *heap + self.size() - before;
        }
    }

    fn side(&mut self, is_below: bool) -> &mut Side {
        if is_below {
            &mut self.below
        } else {
            &mut self.above
        }
    }

    /// The buckets that have counts, in the order of their values. Those below zero are negative.
    pub(super) fn counts(&self) -> impl Iterator<Item = (i32, u64)> {
        let infinite = INFINITE as i32;
        let below = self.below.numbered().rev();
        std::iter::once((-infinite, self.negative_infinite))
            .chain(below.map(|(bucket, count)| (-bucket, count)))
            .chain(std::iter::once((0, self.zeros)))
            .chain(self.above.numbered())
            .chain(std::iter::once((infinite, self.infinite)))
            .filter(|(_, count)| *count > 0)
    }
}

impl Side {
    fn size(&self) -> usize {
        self.counts.capacity() * size_of::<u32>() + self.overflow.len() * size_of::<[usize; 4]>()
    }

    /// Counts in a bucket that is covered.
    fn add(&mut self, bucket: usize, count: u64) {
        let counted = &mut self.counts[bucket - self.first];
        let sum = u64::from(*counted).saturating_add(count);
        *counted = u32::try_from(sum).unwrap_or(0);
        if sum > u64::from(u32::MAX) {
            *self.overflow.entry(bucket).or_default() += sum;
        }
    }

    /// Has counts for the power of two that begins with the bucket `start`.
    fn cover(&mut self, start: usize) {
        if self.counts.is_empty() {
            self.first = start;
        }
        let more = self.first.saturating_sub(start);
        let end = self
            .counts
            .len()
            .max((start + STEPS).saturating_sub(self.first));
        self.counts.reserve_exact(more + end - self.counts.len());
        self.counts.resize(end, 0);
        self.counts.splice(0..0, std::iter::repeat_n(0, more));
        self.first -= more;
    }

    /// Drops the buckets below `floor` and answers how many values were in them.
    fn cut(&mut self, floor: usize) -> u64 {
        let cut = floor.saturating_sub(self.first).min(self.counts.len());
        self.first += cut;
        let kept = self.overflow.split_off(&floor);
        let overflow = std::mem::replace(&mut self.overflow, kept);
        self.counts.drain(..cut).map(u64::from).sum::<u64>() + overflow.values().sum::<u64>()
    }

    fn numbered(&self) -> impl DoubleEndedIterator<Item = (i32, u64)> {
        self.counts.iter().enumerate().map(|(place, count)| {
            let bucket = self.first + place;
            let overflow = self.overflow.get(&bucket).copied().unwrap_or(0);
            (bucket as i32, u64::from(*count) + overflow)
        })
    }
}

/// The percentile `rank` (0 to 1) of a sketch as [`Sketch::extremes`] and [`Sketch::counts`] tell it.
pub(super) fn read<V: Quantity>(
    extremes: &[V],
    buckets: &[i32],
    counts: &[u64],
    rank: f64,
) -> Option<V> {
    let (least, greatest) = (*extremes.first()?, *extremes.last()?);
    let last = counts.iter().sum::<u64>().checked_sub(1)?;
    let at = |place: u64| {
        if place == 0 {
            return Some(least);
        } else if place >= last {
            return Some(greatest);
        }
        let mut passed = 0;
        let bucket = counts.iter().position(|count| {
            passed += count;
            passed > place
        });
        let found = V::nearest(estimate(buckets[bucket?]));
        Some(within(found, least, greatest))
    };
    let place = rank * last as f64;
    let (low, share) = (place.floor() as u64, place.fract());
    if share == 0.0 {
        return at(low);
    }
    Some(V::between(at(low)?, at(low + 1)?, share))
}

fn within<V: Quantity>(value: V, least: V, greatest: V) -> V {
    if value < least {
        least
    } else if value > greatest {
        greatest
    } else {
        value
    }
}

/// Has the same relative error at both ends of a bucket: `1 / (2 · 64 + 1)` at most.
fn estimate(signed: i32) -> f64 {
    if signed == 0 {
        return 0.0;
    }
    let bucket = u64::from(signed.unsigned_abs());
    let start = f64::from_bits(bucket << SHIFT);
    let steps = STEPS as u64 + bucket % STEPS as u64;
    let middle = start * (1.0 + 1.0 / (2 * steps + 1) as f64);
    if signed < 0 { -middle } else { middle }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read_all(sketch: &Sketch<f64>, rank: f64) -> Option<f64> {
        let (buckets, counts): (Vec<_>, Vec<_>) = sketch.counts().unzip();
        read(&sketch.extremes(), &buckets, &counts, rank)
    }

    /// Both ends of every bucket there is.
    #[test]
    fn an_estimate_is_within_one_percent_of_all_that_is_in_its_bucket() {
        for bucket in NORMAL..INFINITE {
            let start = f64::from_bits((bucket as u64) << SHIFT);
            let end = f64::from_bits((((bucket + 1) as u64) << SHIFT) - 1);
            let middle = estimate(bucket as i32);
            for value in [start, end] {
                let error = (middle - value).abs() / value;
                assert!(error <= 1.0 / 128.9, "{value}: {error}");
            }
            assert_eq!(estimate(-(bucket as i32)), -middle);
        }
    }

    #[test]
    fn counts_beyond_four_billion_are_right() {
        let mut heap = 0;
        let mut sketch = Sketch::new(1.0, 1e3);
        let many = 3 * u64::from(u32::MAX);
        for value in [1.0_f64, 1e3] {
            sketch.add(value, &mut heap);
            let bucket = (value.to_bits() >> SHIFT) as i32;
            sketch.merge(bucket, many, &mut heap);
            sketch.merge(bucket, u64::from(u32::MAX) - 5, &mut heap);
        }
        let counts: Vec<u64> = sketch.counts().map(|(_, count)| count).collect();
        assert_eq!(counts, [4 * u64::from(u32::MAX) - 4; 2]);
        assert_eq!(read_all(&sketch, 0.49), Some(estimate(1023 * 64)));
        assert!(read_all(&sketch, 0.51) > Some(990.0));
        assert_eq!(heap, sketch.size());
        // A number so large that the others are zero beside it.
        sketch.add(1e300, &mut heap);
        sketch.widen(1e300, 1e300);
        assert_eq!(read_all(&sketch, 0.5), Some(1.0), "no less than the least");
        let zeros = 8 * u64::from(u32::MAX) - 8;
        assert_eq!(sketch.counts().next(), Some((0, zeros)));
    }

    #[test]
    fn buckets_are_bounded_and_their_bytes_counted() {
        let mut heap = 0;
        let mut sketch = Sketch::new(f64::MIN, f64::MAX);
        for exponent in (-1022..1024).chain((-1022..1024).rev()) {
            for share in [1.0, 1.3, 1.7] {
                sketch.add(share * 2.0_f64.powi(exponent), &mut heap);
                sketch.add(-share * 2.0_f64.powi(exponent), &mut heap);
            }
        }
        assert_eq!(heap, sketch.size());
        assert!(heap <= 2 * OCTAVES_MAX * STEPS * size_of::<u32>(), "{heap}");
        let counted: u64 = sketch.counts().map(|(_, count)| count).sum();
        assert_eq!(counted, 2 * 3 * 2 * 2046);
        let buckets: Vec<i32> = sketch.counts().map(|(bucket, _)| bucket).collect();
        assert!(buckets.is_sorted() && buckets.len() == 2 * 3 * OCTAVES_MAX + 1);
    }
}
