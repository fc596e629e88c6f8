//! Both trees as one: `-` expected, `+` found, a space for what is the same.

use std::fmt::Write as _;

use crate::attrs;
use crate::testing::align::Step;
use crate::testing::forest::Forest;
use crate::testing::pattern::{Level, Line, Node};
use crate::testing::recorder::Span;

pub(super) fn draw(forest: &Forest<'_>, steps: &[Step<'_>]) -> String {
    let mut drawing = Drawing {
        forest,
        text: String::new(),
    };
    drawing.steps(steps, 0);
    drawing.text
}

struct Drawing<'f> {
    forest: &'f Forest<'f>,
    text: String,
}

impl Drawing<'_> {
    fn steps(&mut self, steps: &[Step<'_>], depth: usize) {
        let mut allowed = false;
        for step in steps {
            let was_allowed = std::mem::replace(&mut allowed, matches!(step, Step::Allowed));
            match step {
                Step::Pair {
                    node,
                    at,
                    flaws,
                    below,
                } => {
                    let span = self.forest.span(*at);
                    if flaws.is_empty() {
                        self.line(' ', depth, &found(span));
                    } else {
                        self.line('-', depth, &node.line.text);
                        self.line('+', depth, &asked(span, &node.line));
                    }
                    self.steps(below, depth + 1);
                }
                Step::Missing(node) => self.missing(node, depth),
                Step::Extra(at) => {
                    let forest = self.forest;
                    forest.walk(*at, depth, &mut |span, depth| {
                        self.line('+', depth, &found(span));
                    });
                }
                Step::Allowed if was_allowed => {}
                Step::Allowed => self.line(' ', depth, "..."),
            }
        }
    }

    fn missing(&mut self, node: &Node, depth: usize) {
        self.line('-', depth, &node.line.text);
        let Level {
            nodes,
            open,
            unordered,
        } = &node.below;
        for (set, mark) in [(*unordered, "~"), (*open, "...")] {
            if set {
                self.line('-', depth + 1, mark);
            }
        }
        for node in nodes {
            self.missing(node, depth + 1);
        }
    }

    fn line(&mut self, mark: char, depth: usize, text: &str) {
        // Writing into a String cannot fail.
        let _ = writeln!(self.text, "{mark} {}{text}", "  ".repeat(depth));
    }
}

fn found(span: &Span) -> String {
    let failure = match span.attribute(attrs::ERROR_TYPE) {
        _ if !span.failed() => String::new(),
        Some(kind) => format!(" !error({kind})"),
        None => " !error".to_owned(),
    };
    format!("{}{failure}", span.head())
}

/// The span with those of its attributes that the line asks for.
fn asked(span: &Span, line: &Line) -> String {
    let attributes = line.attributes.iter();
    let shown = attributes.filter_map(|(key, _)| {
        let value = span.attribute(key)?;
        Some(format!("{key}={value}"))
    });
    let shown: Vec<String> = shown.collect();
    if shown.is_empty() {
        return found(span);
    }
    format!("{} {{{}}}", found(span), shown.join(", "))
}
