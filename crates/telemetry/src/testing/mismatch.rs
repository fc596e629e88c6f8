//! What differs: the first difference in words, the spans that are missing or too many, and both trees as
//! one diff.

use std::collections::HashSet;
use std::fmt;
use std::time::Duration;

use super::align::Step;
use super::forest::Forest;
use super::pattern::{Line, Node, PatternError};
use super::recorder::Span;

/// Both trees as one.
mod diff;
/// The first difference, and where a missing span is instead.
mod words;

/// Why spans do not match. Printed, also by `{:?}`, it is a report of many lines.
#[derive(thiserror::Error)]
#[non_exhaustive]
pub enum Mismatch {
    /// The pattern cannot be read.
    #[error(transparent)]
    Pattern(PatternError),
    /// Other spans than expected.
    #[error("{0}")]
    Tree(Box<Difference>),
    /// Not within the time given.
    #[error("{0}")]
    Late(Late),
}

// By hand, so that `unwrap` prints the report for people.
impl fmt::Debug for Mismatch {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

impl Mismatch {
    /// It is still so after the time given.
    pub(super) fn after(self, within: Duration) -> Self {
        match self {
            Self::Pattern(error) => Self::Pattern(error),
            Self::Late(late) => Self::Late(Late { within, ..late }),
            Self::Tree(difference) => Self::Late(Late {
                within,
                wanted: "the expected spans".to_owned(),
                seen: difference.to_string(),
            }),
        }
    }
}

/// How spans differ from a pattern.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Difference {
    /// The first difference, in words.
    pub first: String,
    /// Expected and not there, with where there is one instead.
    pub missing: Vec<String>,
    /// There and not expected.
    pub unexpected: Vec<String>,
    /// Spans whose parent in this process was not recorded, with its id.
    pub orphans: Vec<String>,
    /// Both trees: `-` before a line that was expected, `+` before one that was found, a space before what
    /// is the same.
    pub diff: String,
}

impl fmt::Display for Difference {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(f, "the spans differ from the pattern: {}", self.first)?;
        for (title, entries) in [
            ("missing", &self.missing),
            ("unexpected", &self.unexpected),
            ("orphans", &self.orphans),
        ] {
            if !entries.is_empty() {
                writeln!(f, "{title}: {}", entries.join("; "))?;
            }
        }
        write!(f, "- expected, + found\n{}", self.diff)
    }
}

/// What was waited for in vain.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Late {
    /// How long.
    pub within: Duration,
    /// For what.
    pub wanted: String,
    /// What was there in the end.
    pub seen: String,
}

impl Late {
    pub(super) fn few(wanted: usize, spans: &[Span]) -> Self {
        let heads: String = spans.iter().map(|s| format!("  {}\n", s.head())).collect();
        Self {
            within: Duration::ZERO,
            wanted: format!("{wanted} spans"),
            seen: format!("{} have ended\n{heads}", spans.len()),
        }
    }

    pub(super) fn orphans(orphans: &[String]) -> Self {
        Self {
            within: Duration::ZERO,
            wanted: "every parent".to_owned(),
            seen: format!("left are {}", orphans.join("; ")),
        }
    }
}

impl fmt::Display for Late {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self {
            within,
            wanted,
            seen,
        } = self;
        write!(f, "could not see {wanted} within {within:?}: {seen}")
    }
}

/// None when nothing differs.
pub(super) fn describe(forest: &Forest<'_>, steps: &[Step<'_>]) -> Option<Difference> {
    let mut found = Found::default();
    found.collect(steps, None);
    let words = words::Words {
        forest,
        paired: &found.paired,
    };
    let first = words.first(steps, None)?;
    let missing = found.missing.iter().map(|lack| {
        let head = lack.line.head();
        let place = lack
            .under
            .and_then(|parent| words.elsewhere(lack.line, parent));
        place.map_or(format!("`{head}`"), |place| format!("`{head}` ({place})"))
    });
    Some(Difference {
        first,
        missing: missing.collect(),
        unexpected: found.unexpected(forest),
        orphans: forest.orphans(),
        diff: diff::draw(forest, steps),
    })
}

/// A missing span.
struct Lack<'p> {
    line: &'p Line,
    /// Below which span, or as a root; None when the parent is missing as well, which is what to look at.
    under: Option<Option<usize>>,
}

/// What the comparison came to.
#[derive(Default)]
struct Found<'p> {
    paired: HashSet<usize>,
    missing: Vec<Lack<'p>>,
    extra: Vec<usize>,
}

impl<'p> Found<'p> {
    fn collect(&mut self, steps: &[Step<'p>], parent: Option<usize>) {
        for step in steps {
            match step {
                Step::Pair { at, below, .. } => {
                    self.paired.insert(*at);
                    self.collect(below, Some(*at));
                }
                Step::Missing(node) => self.lack(node, Some(parent)),
                Step::Extra(at) => self.extra.push(*at),
                Step::Allowed => {}
            }
        }
    }

    fn lack(&mut self, node: &'p Node, under: Option<Option<usize>>) {
        let line = &node.line;
        self.missing.push(Lack { line, under });
        let required = |child: &&Node| child.line.count.min > 0;
        for child in node.below.nodes.iter().filter(required) {
            self.lack(child, None);
        }
    }

    fn unexpected(&self, forest: &Forest<'_>) -> Vec<String> {
        let mut heads = Vec::new();
        for at in &self.extra {
            forest.walk(*at, 0, &mut |span, _| {
                heads.push(format!("`{}`", span.head()))
            });
        }
        heads
    }
}
