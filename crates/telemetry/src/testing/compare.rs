//! What is wrong with one span, beside its children.

use super::forest::Forest;
use super::glob::Glob;
use super::pattern::{Failure, Line, Wanted};
use super::recorder::kind_text;
use crate::attrs;

/// One thing that differs, in words.
pub(super) struct Flaw {
    pub(super) part: Part,
    pub(super) text: String,
}

#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Part {
    Service,
    Kind,
    Name,
    Detail,
}

/// How far a span is from a line. A span of another name is another span, unless what is below it says
/// otherwise; any other difference is one of the same span.
pub(super) fn cost(flaws: &[Flaw]) -> u64 {
    let has = |part| u64::from(flaws.iter().any(|flaw| flaw.part == part));
    has(Part::Service) + has(Part::Kind) + 5 * has(Part::Name) + has(Part::Detail)
}

/// Whether service, kind and name are as the line says.
pub(super) fn is_named(line: &Line, forest: &Forest<'_>, at: usize) -> bool {
    naming(line, forest, at).is_empty()
}

pub(super) fn flaws(line: &Line, forest: &Forest<'_>, at: usize) -> Vec<Flaw> {
    let mut flaws = naming(line, forest, at);
    let details = [
        parent(line, forest, at),
        failure(line, forest, at),
        link(line, forest, at),
    ];
    let details = details.into_iter().flatten();
    let attributes = line.attributes.iter();
    let attributes = attributes.filter_map(|(key, wanted)| attribute(key, wanted, forest, at));
    flaws.extend(details.chain(attributes).map(|text| Flaw {
        part: Part::Detail,
        text,
    }));
    flaws
}

fn naming(line: &Line, forest: &Forest<'_>, at: usize) -> Vec<Flaw> {
    let span = forest.span(at);
    let mut flaws = Vec::new();
    let mut differs = |part, text| flaws.push(Flaw { part, text });
    if let Some(service) = line.service.as_ref().filter(|s| !s.matches(&span.service)) {
        let text = format!("service is `{}`, expected `{}`", span.service, service.text);
        differs(Part::Service, text);
    }
    if let Some(kind) = line.kind.as_ref().filter(|k| **k != span.data.span_kind) {
        let text = format!(
            "kind is {}, expected {}",
            kind_text(&span.data.span_kind),
            kind_text(kind)
        );
        differs(Part::Kind, text);
    }
    if !line.name.matches(&span.data.name) {
        let text = format!(
            "name is `{}`, expected `{}`",
            span.data.name, line.name.text
        );
        differs(Part::Name, text);
    }
    flaws
}

fn parent(line: &Line, forest: &Forest<'_>, at: usize) -> Option<String> {
    if line.orphan && forest.lost_parent(at).is_none() {
        return Some("it has no parent, expected one that was not recorded".to_owned());
    }
    let lost = forest.orphaned_by(at).filter(|_| !line.orphan)?;
    Some(format!(
        "its parent {lost} was not recorded; is it still open?"
    ))
}

fn failure(line: &Line, forest: &Forest<'_>, at: usize) -> Option<String> {
    let span = forest.span(at);
    let kind = span.attribute(attrs::ERROR_TYPE);
    let shown = kind.as_deref().unwrap_or("none");
    match (&line.failure, span.failed()) {
        (Failure::None, true) => Some(format!(
            "it failed (error.type `{shown}`), expected success"
        )),
        (Failure::Any, false) => Some("it did not fail, expected an error".to_owned()),
        (Failure::Type(wanted), false) => Some(format!(
            "it did not fail, expected an error of type `{}`",
            wanted.text
        )),
        (Failure::Type(wanted), true) if !kind.as_ref().is_some_and(|k| wanted.matches(k)) => Some(
            format!("error.type is `{shown}`, expected `{}`", wanted.text),
        ),
        _ => None,
    }
}

fn link(line: &Line, forest: &Forest<'_>, at: usize) -> Option<String> {
    let links = forest.links(at);
    let missing = |wanted: &&Glob| !links.iter().any(|name| wanted.matches(name));
    let wanted = line.links.iter().find(missing)?;
    let shown = if links.is_empty() {
        "none".to_owned()
    } else {
        links
            .iter()
            .map(|name| format!("`{name}`"))
            .collect::<Vec<_>>()
            .join(", ")
    };
    Some(format!(
        "it has no link to `{}`; its links are: {shown}",
        wanted.text
    ))
}

fn attribute(key: &str, wanted: &Wanted, forest: &Forest<'_>, at: usize) -> Option<String> {
    match (wanted, forest.span(at).attribute(key)) {
        (Wanted::Absent, None) => None,
        (Wanted::Absent, Some(found)) => {
            Some(format!("attribute {key} is `{found}`, expected none"))
        }
        (Wanted::Value(value), None) => Some(format!(
            "attribute {key} is absent, expected `{}`",
            value.text
        )),
        (Wanted::Value(value), Some(found)) if !value.matches(&found) => Some(format!(
            "attribute {key} is `{found}`, expected `{}`",
            value.text
        )),
        (Wanted::Value(_), Some(_)) => None,
    }
}
