//! What may be chosen, and how it is written.

use super::cursor::{Cursor, Form};
use super::in_sight::{Field, InSight};
use super::matching::Matches;
use super::pages::{self, Part};
use crate::aggregations::{self, Aggregation};
use crate::context::Key;
use crate::functions::{self, Function};
use crate::kind::Kind;
use crate::operators;
use crate::parser::{Offer, Probe};
use model::fields::{self, Resolved};

/// Operators between values.
mod comparisons;
/// Field names as people say them, and their older ones.
mod short;
/// Words of the grammar, types and constants, each with what it means.
mod words;

use comparisons::Comparison;

/// Something that may be written at a place.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Completion {
    /// What it is called.
    pub label: String,
    pub kind: CompletionKind,
    /// What takes the place of the range.
    pub insert: String,
    /// Where in `insert`, in bytes, one goes on writing.
    pub caret: usize,
    /// The type of a field, how a call is written; may be empty.
    pub detail: String,
    /// One sentence, without a stop; may be empty.
    pub doc: String,
}

/// What a completion is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum CompletionKind {
    Dataset,
    /// A table that `let` named.
    Table,
    Field,
    /// A value that `let` named, a parameter, or a constant.
    Value,
    Function,
    Aggregation,
    /// After a pipe, or what a query begins with.
    Operator,
    /// A word of the grammar, or an operator between values.
    Keyword,
    /// The name of a type.
    Type,
}

impl CompletionKind {
    /// Its name in answers.
    pub fn name(self) -> &'static str {
        match self {
            Self::Dataset => "dataset",
            Self::Table => "table",
            Self::Field => "field",
            Self::Value => "value",
            Self::Function => "function",
            Self::Aggregation => "aggregation",
            Self::Operator => "operator",
            Self::Keyword => "keyword",
            Self::Type => "type",
        }
    }
}

/// Something that fits.
#[derive(Clone, Copy, Debug)]
pub(super) enum Item<'a> {
    Dataset(&'a str),
    Table(&'a str),
    /// A field, called so.
    Field(&'a str, &'a Field),
    /// A field by an older name.
    Older(&'static str, &'a Field),
    Key(&'a Key),
    Value(&'a str),
    Constant(&'static str, &'static str),
    /// What is written as a call and is none: its name, how it is written, what it is.
    Form(&'static words::Form),
    Function(&'static str, &'static Function),
    Aggregation(&'static Aggregation),
    Operator(&'static str),
    Word(&'a str),
    Comparison(&'static str, &'static Comparison),
    Type(&'static str, &'static str),
}

// What is likelier comes first among things that fit equally well.
const FIRST: u8 = 0;
const OF_DATASET: u8 = 1;
const CUSTOM: u8 = 2;
const CALLS: u8 = 3;
const CONSTANTS: u8 = 4;
/// No row has a value.
const ABSENT: u8 = 5;

/// Operators before which a condition or a value with `==` in it may stand outside of parentheses.
const CONDITIONS: [&str; 7] = [
    "",
    "where",
    "filter",
    "search",
    "extend",
    "extend-valid",
    "project",
];

/// What the parser looked for.
pub(super) fn offered<'a>(probe: &'a Probe, in_sight: &'a InSight, matches: &mut Matches<'a>) {
    let is_condition = probe.is_inside || CONDITIONS.contains(&probe.verb.as_str());
    let is_key = probe.right.is_some();
    for offer in &probe.offers {
        match offer {
            Offer::Word(word) => {
                let is_joint = matches!(word.as_str(), "and" | "or");
                let class = match word.as_str() {
                    "let" | "declare" => CONSTANTS,
                    _ => OF_DATASET,
                };
                if is_condition || !is_joint {
                    matches.add(word, class, Item::Word(word));
                }
            }
            Offer::Operator => {
                for word in operators::words() {
                    let class = u8::from(words::ALSO.contains(&word));
                    matches.add(word, class, Item::Operator(word));
                }
            }
            Offer::Table => tables(in_sight, matches),
            Offer::Value if is_key => all_fields(in_sight, true, matches),
            Offer::Value => values(in_sight, matches),
            Offer::Aggregate => {
                for one in aggregations::all() {
                    matches.add(one.name, FIRST, Item::Aggregation(one));
                }
                calls(matches);
            }
            Offer::Field => all_fields(in_sight, true, matches),
            Offer::Type => {
                for (name, doc) in words::TYPES {
                    matches.add(name, FIRST, Item::Type(name, doc));
                }
            }
            Offer::Comparison { left, negated } if is_condition => {
                comparisons::add(left, *negated, in_sight, matches);
            }
            Offer::Comparison { .. } => {}
        }
    }
    if probe.offers.is_empty() {
        // A mistake in the operator at hand hides what could come: most often it is a value.
        values(in_sight, matches);
    }
}

fn tables<'a>(in_sight: &'a InSight, matches: &mut Matches<'a>) {
    for name in &in_sight.tables {
        matches.add(name, FIRST, Item::Table(name));
    }
    for name in &in_sight.datasets {
        matches.add(name, OF_DATASET, Item::Dataset(name));
    }
    for word in words::SOURCES {
        matches.add(word, CALLS, Item::Operator(word));
    }
}

fn values<'a>(in_sight: &'a InSight, matches: &mut Matches<'a>) {
    for name in &in_sight.values {
        matches.add(name, FIRST, Item::Value(name));
    }
    all_fields(in_sight, false, matches);
    short::older(in_sight, matches);
    for map in &in_sight.maps {
        keys(map, in_sight, matches);
    }
    calls(matches);
    for form in &words::FORMS {
        matches.add(form.0, CALLS, Item::Form(form));
    }
    for (name, doc) in words::CONSTANTS {
        matches.add(name, CONSTANTS, Item::Constant(name, doc));
    }
}

fn calls(matches: &mut Matches<'_>) {
    for function in functions::all() {
        for name in function.names {
            matches.add(name, CALLS, Item::Function(name, function));
        }
    }
}

/// The fields, under their own names where `are_whole` says so, else as people say them.
fn all_fields<'a>(in_sight: &'a InSight, are_whole: bool, matches: &mut Matches<'a>) {
    let has_prefix = short::has_prefix(matches.typed());
    for field in &in_sight.fields {
        let class = match (field.is_made, field.is_absent) {
            (true, _) => FIRST,
            (_, false) => OF_DATASET,
            (_, true) => ABSENT,
        };
        let short = short::of(&field.name).filter(|short| {
            let is_free = !field.is_made && in_sight.field(short).is_none();
            is_free && !are_whole && !has_prefix
        });
        let label = short.unwrap_or(&field.name);
        matches.add(label, class, Item::Field(label, field));
    }
}

/// The keys of one custom map.
pub(super) fn keys<'a>(map: &str, in_sight: &'a InSight, matches: &mut Matches<'a>) {
    if !in_sight.has_map(map) {
        return;
    }
    let all = in_sight.keys.iter().flat_map(|keys| keys.iter());
    for key in all.filter(|key| key.map == map) {
        matches.add(&key.name, CUSTOM, Item::Key(key));
    }
}

/// The likeliest, written as the place needs it; no two alike.
pub(super) fn best(
    matches: Matches<'_>,
    cursor: &Cursor,
    text: &str,
    in_sight: &InSight,
    most: usize,
) -> Vec<Completion> {
    let mut made: Vec<Completion> = Vec::with_capacity(most);
    let rest = &text[cursor.range.end..];
    for item in matches.sorted() {
        let Some(completion) = completion(item, &cursor.form, rest, in_sight) else {
            continue;
        };
        if !made.iter().any(|one| one.insert == completion.insert) {
            made.push(completion);
        }
        if made.len() == most {
            break;
        }
    }
    made
}

/// `None` of what cannot stand in brackets, where a bracket was opened. `rest` is the text behind.
fn completion(item: Item<'_>, form: &Form, rest: &str, in_sight: &InSight) -> Option<Completion> {
    use CompletionKind::{Dataset, Field};
    let is_quoted = *form == Form::Quoted;
    let name = |name: &str| match is_quoted {
        true => bracketed(name),
        false => written(name),
    };
    Some(match item {
        Item::Dataset(dataset) => plain(Dataset, dataset, bracketed(dataset), "dataset", ""),
        Item::Field(label, field) => {
            let doc = short::doc(label, field);
            plain(Field, label, name(label), field.kind.wire_name(), &doc)
        }
        Item::Older(older, field) => {
            let doc = format!("the older name of {}", short::of(&field.name)?);
            plain(Field, older, name(older), field.kind.wire_name(), &doc)
        }
        Item::Key(key) => {
            let doc = format!("a key of {}", key.map);
            let insert = written_key(key, form, in_sight);
            plain(Field, &key.name, insert, Kind::Text.wire_name(), &doc)
        }
        _ if is_quoted => return None,
        other => unquoted(other, rest)?,
    })
}

/// What never stands in brackets.
fn unquoted(item: Item<'_>, rest: &str) -> Option<Completion> {
    use CompletionKind as Is;
    let spaced = |word: &str| match rest.starts_with(char::is_whitespace) {
        true => word.to_owned(),
        false => format!("{word} "),
    };
    Some(match item {
        Item::Table(table) => plain(Is::Table, table, written(table), "let", ""),
        Item::Value(value) => plain(Is::Value, value, written(value), "let", ""),
        Item::Constant(word, doc) => plain(Is::Value, word, word.to_owned(), "", doc),
        Item::Form((name, usage, doc)) => called(Is::Function, name, usage, true, doc, rest),
        Item::Type(word, doc) => plain(Is::Type, word, word.to_owned(), "type", doc),
        Item::Function(name, function) => {
            let doc = pages::sentence(Part::Functions, name);
            let takes = function.most > 0;
            called(Is::Function, name, function.usage, takes, doc, rest)
        }
        Item::Aggregation(one) => {
            let doc = pages::sentence(Part::Aggregations, one.name);
            let takes = *one.arguments.end() > 0;
            called(Is::Aggregation, one.name, one.usage, takes, doc, rest)
        }
        Item::Operator(word) => {
            let usage = pages::usage(word);
            let doc = pages::sentence(Part::Operators, word);
            let insert = match usage == word {
                true => word.to_owned(),
                false => spaced(word),
            };
            plain(Is::Operator, word, insert, usage, doc)
        }
        Item::Word(word) => {
            let insert = match word {
                "left" | "right" => format!("{word}."),
                _ if words::goes_on(word) => spaced(word),
                _ => word.to_owned(),
            };
            plain(Is::Keyword, word, insert, "", words::doc(word))
        }
        Item::Comparison(word, comparison) => {
            plain(Is::Keyword, word, spaced(word), "", comparison.doc)
        }
        Item::Dataset(_) | Item::Field(..) | Item::Older(..) | Item::Key(_) => return None,
    })
}

/// One goes on behind it.
fn plain(kind: CompletionKind, label: &str, insert: String, detail: &str, doc: &str) -> Completion {
    Completion {
        label: label.to_owned(),
        kind,
        caret: insert.len(),
        insert,
        detail: detail.to_owned(),
        doc: doc.to_owned(),
    }
}

/// A call; one goes on between its parentheses, unless it takes nothing or they are there.
fn called(
    kind: CompletionKind,
    name: &str,
    usage: &str,
    takes: bool,
    doc: &str,
    rest: &str,
) -> Completion {
    let insert = match rest.starts_with('(') {
        true => name.to_owned(),
        false => format!("{name}()"),
    };
    let is_between = takes && insert.ends_with(')');
    Completion {
        label: name.to_owned(),
        kind,
        caret: insert.len() - usize::from(is_between),
        insert,
        detail: usage.to_owned(),
        doc: doc.to_owned(),
    }
}

/// `duration`, but `['service.name']`.
fn written(name: &str) -> String {
    let is_letter = |letter: char| letter == '_' || letter.is_alphanumeric();
    let is_plain = name.starts_with(|first: char| first == '_' || first.is_alphabetic())
        && name.chars().all(is_letter)
        && !words::is_reserved(name);
    match is_plain {
        true => name.to_owned(),
        false => bracketed(name),
    }
}

fn bracketed(name: &str) -> String {
    let mut quoted = String::with_capacity(name.len() + 4);
    quoted.push_str("['");
    for letter in name.chars() {
        match letter {
            '\\' | '\'' => quoted.extend(['\\', letter]),
            '\n' => quoted.push_str("\\n"),
            '\r' => quoted.push_str("\\r"),
            '\0' => quoted.push_str("\\0"),
            _ => quoted.push(letter),
        }
    }
    quoted.push_str("']");
    quoted
}

/// A key of a map: under its own name where that is read as one, else with its map.
fn written_key(key: &Key, form: &Form, in_sight: &InSight) -> String {
    let short = bracketed(&key.name);
    let is_read = in_sight.field(&key.name).is_none()
        && matches!(fields::resolve(&key.name), Resolved::CustomKey(_));
    match form {
        Form::Key {
            is_whole: false, ..
        } => short,
        Form::Name | Form::Quoted if is_read => short,
        _ => format!("{}{short}", bracketed(key.map)),
    }
}
