//! Siblings in any order: a matching of slots and spans. It is exact about whether they match; when they
//! do not, what is left is paired greedily, which is good enough for a message.

use super::{Costs, Move};

/// `is_required` says so of a slot; `open` that a span may be left over.
pub(super) fn arrange(
    costs: &Costs,
    is_required: impl Fn(usize) -> bool,
    open: bool,
) -> (u64, Vec<Move>) {
    let (slots, spans) = (costs.empty.len(), costs.extra.len());
    let mut matching = Matching {
        costs,
        span_of: vec![None; slots],
        slot_of: vec![None; spans],
    };
    // First every slot that has to be filled; a path that then brings in a span empties none of them.
    for slot in (0..slots).filter(|slot| is_required(*slot)) {
        matching.fill(slot, &mut vec![false; spans]);
    }
    if !open {
        for span in 0..spans {
            if matching.slot_of[span].is_none() {
                matching.place(span, &mut vec![false; slots]);
            }
        }
    }
    matching.pair_the_rest();
    matching.result()
}

struct Matching<'c> {
    costs: &'c Costs,
    span_of: Vec<Option<usize>>,
    slot_of: Vec<Option<usize>>,
}

impl Matching<'_> {
    fn fits(&self, slot: usize, span: usize) -> bool {
        self.costs.pairs[slot][span] == 0
    }

    fn pair(&mut self, slot: usize, span: usize) {
        self.span_of[slot] = Some(span);
        self.slot_of[span] = Some(slot);
    }

    /// Finds a span for the slot, moving others if it must.
    fn fill(&mut self, slot: usize, seen: &mut [bool]) -> bool {
        for span in 0..self.slot_of.len() {
            if !self.fits(slot, span) || std::mem::replace(&mut seen[span], true) {
                continue;
            }
            let free = match self.slot_of[span] {
                None => true,
                Some(other) => self.fill(other, seen),
            };
            if free {
                self.pair(slot, span);
                return true;
            }
        }
        false
    }

    /// Finds a slot for the span, moving others if it must.
    fn place(&mut self, span: usize, seen: &mut [bool]) -> bool {
        for slot in 0..self.span_of.len() {
            if !self.fits(slot, span) || std::mem::replace(&mut seen[slot], true) {
                continue;
            }
            let free = match self.span_of[slot] {
                None => true,
                Some(other) => self.place(other, seen),
            };
            if free {
                self.pair(slot, span);
                return true;
            }
        }
        false
    }

    /// The nearest first, as long as it says more than one missing and one too many.
    fn pair_the_rest(&mut self) {
        let costs = self.costs;
        let mut left = Vec::new();
        for (slot, pairs) in costs.pairs.iter().enumerate() {
            let pairs = pairs.iter().enumerate();
            left.extend(pairs.map(|(span, cost)| (*cost, slot, span)));
        }
        left.sort_unstable();
        for (cost, slot, span) in left {
            let apart = costs.empty[slot].saturating_add(costs.extra[span]);
            let free = self.span_of[slot].is_none() && self.slot_of[span].is_none();
            if free && cost <= apart {
                self.pair(slot, span);
            }
        }
    }

    /// What is missing first, then the spans in their order.
    fn result(self) -> (u64, Vec<Move>) {
        let mut cost = 0_u64;
        let mut moves = Vec::new();
        for (slot, span) in self.span_of.iter().enumerate() {
            if span.is_none() {
                cost = cost.saturating_add(self.costs.empty[slot]);
                moves.push(Move::Missing(slot));
            }
        }
        for (span, slot) in self.slot_of.iter().enumerate() {
            let (more, step) = match slot {
                Some(slot) => (self.costs.pairs[*slot][span], Move::Pair(*slot, span)),
                None => (self.costs.extra[span], Move::Extra(span)),
            };
            cost = cost.saturating_add(more);
            moves.push(step);
        }
        (cost, moves)
    }
}
