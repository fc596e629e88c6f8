//! The values of one group: themselves while they are few, a sketch of them above. Which of the two is
//! a matter of their number only, however they came: one by one, or merged from other summaries.

use super::Quantity;
use super::sketch::Sketch;

/// Values that a group keeps as they are.
const VALUES_MAX: usize = 256;

#[derive(Clone, Debug, Default)]
pub(super) struct Summary<V> {
    /// Empty once there is a sketch.
    pub(super) values: Vec<V>,
    pub(super) sketch: Option<Box<Sketch<V>>>,
}

impl<V: Quantity> Summary<V> {
    /// Bytes on the heap.
    pub(super) fn size(&self) -> usize {
        let sketch = self.sketch.as_ref();
        let sketch = sketch.map_or(0, |sketch| size_of::<Sketch<V>>() + sketch.size());
        self.values.capacity() * size_of::<V>() + sketch
    }

    /// Adds a value and keeps `heap`, the bytes that the heap has, right.
    #[inline]
    pub(super) fn add(&mut self, value: V, heap: &mut usize) {
        if value.is_nan() {
            return;
        }
        match &mut self.sketch {
            Some(sketch) => sketch.add(value, heap),
            None => self.push(value, heap),
        }
    }

    fn push(&mut self, value: V, heap: &mut usize) {
        let before = self.size();
        self.values.push(value);
        *heap = *heap + self.size() - before;
        if self.values.len() > VALUES_MAX {
            self.sketched(value, value, heap);
        }
    }

    /// Adds what another sketch has counted.
    pub(super) fn merge(
        &mut self,
        [least, greatest]: [V; 2],
        buckets: &[i32],
        counts: &[u64],
        heap: &mut usize,
    ) {
        let sketch = self.sketched(least, greatest, heap);
        sketch.widen(least, greatest);
        for (bucket, count) in buckets.iter().zip(counts) {
            sketch.merge(*bucket, *count, heap);
        }
    }

    /// The sketch, made of the values so far when there was none. The extremes are of values that are in
    /// it or will be.
    fn sketched(&mut self, least: V, greatest: V, heap: &mut usize) -> &mut Sketch<V> {
        self.sketch.get_or_insert_with(|| {
            let values = std::mem::take(&mut self.values);
            let mut sketch = Sketch::new(least, greatest);
            *heap += size_of::<Sketch<V>>();
            for value in &values {
                sketch.add(*value, heap);
            }
            *heap -= values.capacity() * size_of::<V>();
            Box::new(sketch)
        })
    }
}
