//! Which expected span is which recorded one, so that the difference is the least: an edit distance of
//! trees, from the roots down. No difference costs 0, and only that.

use std::collections::HashMap;

use super::compare::{self, Flaw};
use super::forest::Forest;
use super::pattern::{Level, Node};

/// Siblings in any order.
mod unordered;

/// A missing or an unexpected span.
const ABSENCE: u64 = 2;

/// One row of the comparison.
pub(super) enum Step<'p> {
    /// This span is that line's.
    Pair {
        node: &'p Node,
        at: usize,
        flaws: Vec<Flaw>,
        below: Vec<Step<'p>>,
    },
    Missing(&'p Node),
    Extra(usize),
    /// A further span where the pattern allows it.
    Allowed,
}

pub(super) fn align<'p>(pattern: &'p Level, forest: &Forest<'_>) -> Vec<Step<'p>> {
    let mut aligner = Aligner {
        forest,
        costs: HashMap::new(),
    };
    aligner.steps(pattern, forest.roots())
}

/// A place for one span.
struct Slot<'p> {
    node: &'p Node,
    required: bool,
}

impl Slot<'_> {
    /// What it costs to leave it empty.
    fn empty_cost(&self) -> u64 {
        if self.required {
            self.node.size().saturating_mul(ABSENCE)
        } else {
            0
        }
    }
}

/// Indices of slots and spans.
enum Move {
    Pair(usize, usize),
    Missing(usize),
    Extra(usize),
}

struct Aligner<'f> {
    forest: &'f Forest<'f>,
    /// By node and span.
    costs: HashMap<(usize, usize), u64>,
}

impl Aligner<'_> {
    fn steps<'p>(&mut self, level: &'p Level, spans: &[usize]) -> Vec<Step<'p>> {
        let slots = slots(level, spans.len());
        let (_, moves) = self.arrange(level, &slots, spans);
        let mut steps = Vec::with_capacity(moves.len());
        for step in moves {
            steps.push(match step {
                Move::Missing(slot) if !slots[slot].required => continue,
                Move::Missing(slot) => Step::Missing(slots[slot].node),
                Move::Extra(_) if level.open => Step::Allowed,
                Move::Extra(span) => Step::Extra(spans[span]),
                Move::Pair(slot, span) => {
                    let (node, at) = (slots[slot].node, spans[span]);
                    let forest = self.forest;
                    Step::Pair {
                        node,
                        at,
                        flaws: compare::flaws(&node.line, forest, at),
                        below: self.steps(&node.below, forest.children(at)),
                    }
                }
            });
        }
        steps
    }

    fn cost(&mut self, node: &Node, at: usize) -> u64 {
        if let Some(known) = self.costs.get(&(node.id, at)) {
            return *known;
        }
        let forest = self.forest;
        let own = compare::cost(&compare::flaws(&node.line, forest, at));
        let spans = forest.children(at);
        let slots = slots(&node.below, spans.len());
        let (below, _) = self.arrange(&node.below, &slots, spans);
        let cost = own.saturating_add(below);
        self.costs.insert((node.id, at), cost);
        cost
    }

    fn arrange(&mut self, level: &Level, slots: &[Slot<'_>], spans: &[usize]) -> (u64, Vec<Move>) {
        let costs = slots.iter().map(|slot| {
            let spans = spans.iter();
            spans.map(|at| self.cost(slot.node, *at)).collect()
        });
        let pairs = costs.collect();
        let extra = spans.iter().map(|at| {
            if level.open {
                0
            } else {
                self.forest.size(*at) * ABSENCE
            }
        });
        let costs = Costs {
            pairs,
            empty: slots.iter().map(Slot::empty_cost).collect(),
            extra: extra.collect(),
        };
        if level.unordered {
            unordered::arrange(&costs, |slot| slots[slot].required, level.open)
        } else {
            ordered(&costs)
        }
    }
}

/// As many places as the counts ask for; where there may be any number, as many as there are spans.
fn slots(level: &Level, spans: usize) -> Vec<Slot<'_>> {
    let spans = u64::try_from(spans).unwrap_or(u64::MAX);
    let mut slots = Vec::new();
    for node in &level.nodes {
        let count = node.line.count;
        let most = count.max.unwrap_or(u64::MAX).min(count.min + spans);
        slots.extend((0..most).map(|place| Slot {
            node,
            required: place < count.min,
        }));
    }
    slots
}

/// What every way to fill the slots costs.
struct Costs {
    /// By slot, then span.
    pairs: Vec<Vec<u64>>,
    empty: Vec<u64>,
    extra: Vec<u64>,
}

/// The classic table: `best[i][j]` is the least cost of the slots from `i` and the spans from `j`.
fn ordered(costs: &Costs) -> (u64, Vec<Move>) {
    let (slots, spans) = (costs.empty.len(), costs.extra.len());
    let mut best = vec![vec![0_u64; spans + 1]; slots + 1];
    for i in (0..=slots).rev() {
        for j in (0..=spans).rev() {
            let options = [
                pair(costs, &best, i, j),
                (i < slots).then(|| costs.empty[i].saturating_add(best[i + 1][j])),
                (j < spans).then(|| costs.extra[j].saturating_add(best[i][j + 1])),
            ];
            best[i][j] = options.into_iter().flatten().min().unwrap_or(0);
        }
    }
    let mut moves = Vec::with_capacity(slots + spans);
    let (mut i, mut j) = (0, 0);
    while i < slots || j < spans {
        if pair(costs, &best, i, j) == Some(best[i][j]) {
            moves.push(Move::Pair(i, j));
            (i, j) = (i + 1, j + 1);
        } else if i < slots && costs.empty[i].saturating_add(best[i + 1][j]) == best[i][j] {
            moves.push(Move::Missing(i));
            i += 1;
        } else {
            moves.push(Move::Extra(j));
            j += 1;
        }
    }
    (best[0][0], moves)
}

fn pair(costs: &Costs, best: &[Vec<u64>], i: usize, j: usize) -> Option<u64> {
    let cost = costs.pairs.get(i)?.get(j)?;
    Some(cost.saturating_add(best[i + 1][j + 1]))
}
