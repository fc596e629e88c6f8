//! Operators between values.

use super::{FIRST, Item};
use crate::complete::in_sight::InSight;
use crate::complete::matching::Matches;
use crate::kind::Kind;
use crate::syntax::Expression;
use crate::syntax::expression::{Key, Node};
use model::fields::{self, Resolved};

/// An operator between two values.
#[derive(Debug)]
pub(crate) struct Comparison {
    word: &'static str,
    of: Of,
    pub(super) doc: &'static str,
}

/// What values an operator is made for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Of {
    All,
    Texts,
    /// Numbers and times.
    Ordered,
}

const fn of(word: &'static str, of: Of, doc: &'static str) -> Comparison {
    Comparison { word, of, doc }
}

const ALL: &[Comparison] = &[
    of("==", Of::All, "is equal; null equals nothing"),
    of("!=", Of::All, "is not equal, or null"),
    of(">", Of::Ordered, "is greater"),
    of(">=", Of::Ordered, "is greater or equal"),
    of("<", Of::Ordered, "is less"),
    of("<=", Of::Ordered, "is less or equal"),
    of(
        "between",
        Of::Ordered,
        "lies between (a .. b), both ends included",
    ),
    of(
        "contains",
        Of::Texts,
        "has the text anywhere, whatever its case",
    ),
    of("has", Of::Texts, "has the whole term, whatever its case"),
    of(
        "startswith",
        Of::Texts,
        "begins with the text, whatever its case",
    ),
    of(
        "endswith",
        Of::Texts,
        "ends with the text, whatever its case",
    ),
    of("in", Of::All, "is one of (a, b), or of the rows of (query)"),
    of("!in", Of::All, "is none of (a, b)"),
    of("!contains", Of::Texts, "does not have the text"),
    of("!has", Of::Texts, "does not have the term"),
    of("!startswith", Of::Texts, "does not begin with the text"),
    of("!endswith", Of::Texts, "does not end with the text"),
    of("!between", Of::Ordered, "does not lie between (a .. b)"),
    of("=~", Of::Texts, "is equal, whatever the case"),
    of("!~", Of::Texts, "is not equal, whatever the case"),
    of("in~", Of::Texts, "is one of (a, b), whatever the case"),
    of("has_any", Of::Texts, "has one of the terms (a, b)"),
    of("hasprefix", Of::Texts, "has a term that begins so"),
    of("hassuffix", Of::Texts, "has a term that ends so"),
    of(
        "matches regex",
        Of::Texts,
        "matches the regular expression (RE2)",
    ),
    of(
        "contains_cs",
        Of::Texts,
        "has the text anywhere, in this case",
    ),
    of("has_cs", Of::Texts, "has the whole term, in this case"),
    of(
        "startswith_cs",
        Of::Texts,
        "begins with the text, in this case",
    ),
    of("endswith_cs", Of::Texts, "ends with the text, in this case"),
    of(
        "has_any_cs",
        Of::Texts,
        "has one of the terms, in this case",
    ),
];

/// Those that may stand after `left`, the likelier ones for its kind first; after a `!` the others' opposites.
pub(super) fn add(left: &Expression, negated: bool, in_sight: &InSight, matches: &mut Matches<'_>) {
    let kind = kind_of(left, in_sight);
    for comparison in ALL {
        let fits = match (comparison.of, kind) {
            (Of::All, _) | (_, None) => true,
            (Of::Texts, Some(kind)) => kind == Kind::Text,
            (Of::Ordered, Some(kind)) => kind != Kind::Text && kind != Kind::Boolean,
        };
        let class = match (fits, kind) {
            // `and` comes before.
            (true, Some(Kind::Boolean)) => FIRST + 2,
            (true, _) => FIRST,
            (false, _) => FIRST + 3,
        };
        let word = match negated {
            false => Some(comparison.word),
            true => comparison
                .word
                .strip_prefix('!')
                .filter(|it| it.starts_with(char::is_alphabetic)),
        };
        if let Some(word) = word {
            matches.add(word, class, Item::Comparison(word, comparison));
        }
    }
}

/// The kind of a field, as far as that is known without looking at more than its name.
fn kind_of(left: &Expression, in_sight: &InSight) -> Option<Kind> {
    let name = match &left.node {
        Node::Field(name) => name.clone(),
        Node::Path { base, keys } => {
            let Node::Field(first) = &base.node else {
                return None;
            };
            let mut name = first.clone();
            for key in keys {
                let Key::Name(key) = key else { return None };
                name.push('.');
                name.push_str(key);
            }
            name
        }
        _ => return None,
    };
    if let Some(field) = in_sight.field(&name) {
        return Some(field.kind);
    }
    match fields::resolve(&name) {
        Resolved::Columns(columns) => {
            let mut found = columns.iter().filter_map(|column| in_sight.field(column));
            found.next().map(|field| field.kind)
        }
        Resolved::CustomKey(_) => Some(Kind::Text),
        Resolved::Unknown { .. } => None,
    }
}
