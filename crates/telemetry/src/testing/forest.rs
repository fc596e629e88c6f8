//! Recorded spans as trees. A parent is looked for in the same trace only: ids of other traces mean nothing.

use std::collections::HashMap;

use opentelemetry::trace::{SpanContext, SpanId, TraceId};

use super::recorder::Span;

pub(super) struct Forest<'a> {
    /// By start time.
    spans: Vec<&'a Span>,
    parents: Vec<Option<usize>>,
    children: Vec<Vec<usize>>,
    roots: Vec<usize>,
    known: HashMap<(TraceId, SpanId), usize>,
}

impl<'a> Forest<'a> {
    pub(super) fn new(spans: &'a [Span]) -> Self {
        let mut spans: Vec<_> = spans.iter().collect();
        spans.sort_by_key(|span| span.data.start_time);
        let mut known = HashMap::new();
        for (at, span) in spans.iter().enumerate() {
            known.insert(key(&span.data.span_context), at);
        }
        let mut forest = Self {
            parents: Vec::with_capacity(spans.len()),
            children: vec![Vec::new(); spans.len()],
            roots: Vec::new(),
            spans,
            known,
        };
        for (at, span) in forest.spans.iter().enumerate() {
            let above = (span.data.span_context.trace_id(), span.data.parent_span_id);
            let parent = forest.known.get(&above).copied();
            let siblings = parent.map_or(&mut forest.roots, |parent| &mut forest.children[parent]);
            siblings.push(at);
            forest.parents.push(parent);
        }
        forest
    }

    pub(super) fn len(&self) -> usize {
        self.spans.len()
    }

    pub(super) fn span(&self, at: usize) -> &'a Span {
        self.spans[at]
    }

    pub(super) fn roots(&self) -> &[usize] {
        &self.roots
    }

    pub(super) fn parent(&self, at: usize) -> Option<usize> {
        self.parents[at]
    }

    pub(super) fn children(&self, at: usize) -> &[usize] {
        &self.children[at]
    }

    /// The id of a parent that the span has and nobody recorded.
    pub(super) fn lost_parent(&self, at: usize) -> Option<SpanId> {
        let id = self.spans[at].data.parent_span_id;
        (self.parents[at].is_none() && id != SpanId::INVALID).then_some(id)
    }

    /// The same, when the parent is of this process and so should have been recorded.
    pub(super) fn orphaned_by(&self, at: usize) -> Option<SpanId> {
        self.lost_parent(at)
            .filter(|_| !self.spans[at].data.parent_span_is_remote)
    }

    /// All those, in words.
    pub(super) fn orphans(&self) -> Vec<String> {
        let orphans = (0..self.len()).filter_map(|at| {
            let parent = self.orphaned_by(at)?;
            let head = self.spans[at].head();
            Some(format!("`{head}` (its parent {parent} was not recorded)"))
        });
        orphans.collect()
    }

    /// The names of the spans that this one links to; the id of one that was not recorded.
    pub(super) fn links(&self, at: usize) -> Vec<String> {
        let name = |context: &SpanContext| match self.known.get(&key(context)) {
            Some(linked) => self.spans[*linked].data.name.to_string(),
            None => context.span_id().to_string(),
        };
        let links = self.spans[at].data.links.iter();
        links.map(|link| name(&link.span_context)).collect()
    }

    /// How many spans there are from this one down.
    pub(super) fn size(&self, at: usize) -> u64 {
        let mut size = 0;
        self.walk(at, 0, &mut |_, _| size += 1);
        size
    }

    /// Visits a span and all below it, in the order in which they are drawn.
    pub(super) fn walk(&self, at: usize, depth: usize, visit: &mut impl FnMut(&'a Span, usize)) {
        visit(self.spans[at], depth);
        for child in &self.children[at] {
            self.walk(*child, depth + 1, visit);
        }
    }
}

fn key(context: &SpanContext) -> (TraceId, SpanId) {
    (context.trace_id(), context.span_id())
}
