//! The first difference in words, and where a missing span is instead.

use std::collections::HashSet;

use crate::testing::align::Step;
use crate::testing::compare;
use crate::testing::forest::Forest;
use crate::testing::pattern::{Line, Node};

pub(super) struct Words<'f> {
    pub(super) forest: &'f Forest<'f>,
    /// The spans that some line was found for.
    pub(super) paired: &'f HashSet<usize>,
}

impl Words<'_> {
    /// The first difference among `steps`, which are below `parent`, and deeper. None when all is well.
    pub(super) fn first(&self, steps: &[Step<'_>], parent: Option<usize>) -> Option<String> {
        steps.iter().find_map(|step| match step {
            Step::Pair {
                at, flaws, below, ..
            } => flaws
                .first()
                .map(|flaw| format!("{}: {}", self.title(*at), flaw.text))
                .or_else(|| self.first(below, Some(*at))),
            Step::Missing(node) => Some(self.missing(node, steps, parent)),
            // One that is missing says more than one that is there in its place.
            Step::Extra(at) => Some(match steps.iter().find_map(missing) {
                Some(node) => self.missing(node, steps, parent),
                None => self.extra(*at, parent),
            }),
            Step::Allowed => None,
        })
    }

    fn missing(&self, node: &Node, steps: &[Step<'_>], parent: Option<usize>) -> String {
        let head = node.line.head();
        let same = |step: &&Step<'_>| matches!(step, Step::Pair { node: n, .. } if n.id == node.id);
        let count = steps.iter().filter(same).count();
        let place = self.elsewhere(&node.line, parent);
        let place = place.map_or(String::new(), |place| format!("; {place}"));
        let siblings = match parent {
            Some(parent) => self.forest.children(parent),
            None => self.forest.roots(),
        };
        let siblings = self.list(siblings);
        match parent.map(|parent| self.title(parent)) {
            Some(title) if count > 0 => {
                format!("{title} has only {count} of its children `{head}`{place}")
            }
            Some(title) if siblings.is_empty() => {
                format!("{title} has no child `{head}`, nor any other{place}")
            }
            Some(title) => {
                format!("{title} has no child `{head}`; its children are: {siblings}{place}")
            }
            None if count > 0 => format!("there are only {count} of the roots `{head}`{place}"),
            None if siblings.is_empty() => format!("there is no root `{head}`, nor any span"),
            None => format!("there is no root `{head}`; the roots are: {siblings}{place}"),
        }
    }

    fn extra(&self, at: usize, parent: Option<usize>) -> String {
        let title = self.title(at);
        match parent {
            Some(parent) => format!("{} has an unexpected child {title}", self.title(parent)),
            None => match self.forest.orphaned_by(at) {
                Some(lost) => {
                    format!("there is an orphan {title}; its parent {lost} was not recorded")
                }
                None => format!("there is an unexpected root {title}"),
            },
        }
    }

    /// Where an unpaired span of the line's name is, when there is one.
    pub(super) fn elsewhere(&self, line: &Line, parent: Option<usize>) -> Option<String> {
        let forest = self.forest;
        let fits = |at: &usize| !self.paired.contains(at) && compare::is_named(line, forest, *at);
        let at = (0..forest.len()).find(fits)?;
        let trace = |at: usize| forest.span(at).data.span_context.trace_id();
        if let Some(lost) = forest.lost_parent(at) {
            return Some(format!("there is one whose parent {lost} was not recorded"));
        }
        let below = match forest.parent(at) {
            Some(above) => format!("below {}", self.title(above)),
            None => "as a root".to_owned(),
        };
        Some(match parent {
            Some(wanted) if trace(wanted) != trace(at) => {
                format!("there is one in another trace, {}, {below}", trace(at))
            }
            _ if forest.parent(at) == parent => "there is one out of order".to_owned(),
            _ => format!("there is one {below}"),
        })
    }

    fn title(&self, at: usize) -> String {
        format!("`{}`", self.forest.span(at).head())
    }

    fn list(&self, spans: &[usize]) -> String {
        let titles: Vec<String> = spans.iter().map(|at| self.title(*at)).collect();
        titles.join(", ")
    }
}

fn missing<'p>(step: &Step<'p>) -> Option<&'p Node> {
    match step {
        Step::Missing(node) => Some(node),
        _ => None,
    }
}
