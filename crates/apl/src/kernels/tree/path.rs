//! The critical path of one trace: at each moment of a root span, the span that the end of the root waits for.
//!
//! It is walked from the end: the child that ended last owns the time before its end, and what it does not own
//! itself its own children do, in the same way; before its start the walk goes on in the parent, which owns what is
//! left. So what all spans own is as long as the root, exactly. A child counts within its parent: what it does
//! before its parent's start or after its end nobody in the trace waits for.

use super::ids::Id;
use datafusion::common::HashMap;
use std::cmp::Reverse;

/// A span; times in nanoseconds.
#[derive(Clone, Copy, Debug)]
pub(super) struct Span {
    pub(super) id: Id,
    pub(super) parent: Id,
    pub(super) start: i64,
    pub(super) end: i64,
    /// The number of its operation.
    pub(super) operation: u32,
}

/// What an operation owns of a path.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Owned {
    pub(super) nanos: i64,
    /// Spans that are on the path.
    pub(super) spans: i64,
}

/// A span that is on the path, from `start` to `end`.
struct Visit {
    place: usize,
    start: i64,
    end: i64,
}

/// What each operation owns of the paths of a trace's roots; without a root, of the spans whose parent is missing.
pub(super) fn owned(mut spans: Vec<Span>) -> Vec<(u32, Owned)> {
    // Of spans with one id, the first counts; of several, the longest, and rather a root.
    spans.sort_unstable_by_key(|span| {
        let has_parent = span.parent != Id::NONE;
        let first = (span.id, span.start, Reverse(span.end));
        (first, has_parent, span.parent, span.operation)
    });
    spans.dedup_by_key(|span| span.id);
    let tree = Tree::of(&spans);
    let mut owned: HashMap<u32, Owned> = HashMap::new();
    let top = |place: &u32| {
        let Span { start, end, .. } = spans[*place as usize];
        let place = *place as usize;
        Visit { place, start, end }
    };
    let mut to_visit: Vec<Visit> = tree.tops.iter().map(top).collect();
    to_visit.retain(|visit| visit.start < visit.end);
    let mut children = Vec::new();
    while let Some(visit) = to_visit.pop() {
        children.clear();
        let within = tree.children_of(visit.place).iter().map(|&place| {
            let span = &spans[place as usize];
            let (start, end) = (span.start.max(visit.start), span.end.min(visit.end));
            let place = place as usize;
            Visit { place, start, end }
        });
        children.extend(within.filter(|child| child.start < child.end));
        children.sort_unstable_by_key(|child| (Reverse(child.end), child.start, child.place));
        let own = owned.entry(spans[visit.place].operation).or_default();
        own.spans += 1;
        let mut until = visit.end;
        for child in children.drain(..) {
            if child.end <= until {
                own.nanos += until - child.end;
                until = child.start;
                to_visit.push(child);
            }
        }
        own.nanos += until - visit.start;
    }
    owned.into_iter().collect()
}

/// Who is whose child, by places among the spans.
struct Tree {
    tops: Vec<u32>,
    /// The children of each span beside each other.
    children: Vec<u32>,
    /// Where those of a span begin; one more at the end.
    first: Vec<usize>,
}

impl Tree {
    /// Of spans in the order of their ids, which are all different.
    fn of(spans: &[Span]) -> Self {
        let parents: Vec<Option<usize>> = spans.iter().map(|span| parent(span, spans)).collect();
        let mut first = vec![0; spans.len() + 1];
        for parent in parents.iter().flatten() {
            first[parent + 1] += 1;
        }
        for place in 0..spans.len() {
            first[place + 1] += first[place];
        }
        let mut children = vec![0; first[spans.len()]];
        let mut next = first.clone();
        for (place, parent) in parents.iter().enumerate() {
            if let Some(parent) = *parent {
                children[next[parent]] = place as u32;
                next[parent] += 1;
            }
        }
        let places = |chosen: &dyn Fn(usize) -> bool| -> Vec<u32> {
            let chosen = (0..spans.len()).filter(|place| chosen(*place));
            chosen.map(|place| place as u32).collect()
        };
        let mut tops = places(&|place| spans[place].parent == Id::NONE);
        if tops.is_empty() {
            tops = places(&|place| parents[place].is_none());
        }
        Self {
            tops,
            children,
            first,
        }
    }

    fn children_of(&self, place: usize) -> &[u32] {
        &self.children[self.first[place]..self.first[place + 1]]
    }
}

/// The place of a span's parent, if it is known. No span is its own.
fn parent(span: &Span, spans: &[Span]) -> Option<usize> {
    let found = spans.binary_search_by_key(&span.parent, |other| other.id);
    found.ok().filter(|place| spans[*place].id != span.id)
}
