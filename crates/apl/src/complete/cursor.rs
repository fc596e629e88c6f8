//! The place in the text: what stands there of a name, and what is replaced.

use crate::diagnostic::Report;
use crate::lexer::{self, Shape, Token};
use model::span::KEYED_MAPS;
use std::ops::Range;

/// A place where something may be written.
#[derive(Debug)]
pub(super) struct Cursor {
    /// Up to here the text is read.
    pub(super) cut: usize,
    /// What stands there of the name, without quotes.
    pub(super) typed: String,
    /// What a choice takes the place of.
    pub(super) range: Range<usize>,
    pub(super) form: Form,
}

/// How the name was begun.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Form {
    /// `na`, `service.na`, `project-a`, or nothing yet.
    Name,
    /// `['na`
    Quoted,
    /// A key of a map: `['attributes.custom'].na`, `['attributes.custom']['na`, `attributes.custom.na`.
    Key {
        map: &'static str,
        /// Whether the map's name is in the range.
        is_whole: bool,
    },
}

impl Cursor {
    /// `None` where nothing is to be completed: in strings, comments and numbers, and after a dot of what only the row
    /// knows.
    pub(super) fn at(text: &str, offset: usize) -> Option<Self> {
        // A letter is put at the end: it belongs to whatever the cursor is in.
        let marked = format!("{}x", &text[..offset]);
        let tokens = lexer::tokens(&marked, &mut Report::new(&marked));
        let (_, tokens) = tokens.split_last()?;
        let (last, before) = tokens.split_last()?;
        if last.range.end != marked.len() {
            return None;
        }
        match &last.shape {
            Shape::Word(_) => Self::word(text, offset, last, before),
            Shape::Text(content) => Self::quoted(text, offset, content, last, before),
            _ => None,
        }
    }

    fn word(text: &str, offset: usize, last: &Token, before: &[Token]) -> Option<Self> {
        let mut start = last.range.start;
        let mut rest = before;
        // `a.b.` before it, as long as nothing is between.
        while let [earlier @ .., name, dot] = rest
            && is(dot, ".")
            && dot.range.end == start
        {
            if name.range.end != dot.range.start {
                return None;
            }
            match &name.shape {
                Shape::Word(_) if earlier.last().is_some_and(|sign| is(sign, "$")) => break,
                Shape::Word(_) => {}
                _ => {
                    let map = named_map(rest.split_last()?.1)?;
                    let start = dot.range.start;
                    let typed = text[last.range.start..offset].to_owned();
                    let range = start..end_of_word(text, offset);
                    return Some(Self::key(map, false, typed, range));
                }
            }
            (start, rest) = (name.range.start, earlier);
        }
        let mut end = match start == offset {
            true => offset,
            false => end_of_word(text, offset),
        };
        if start == last.range.start
            && let Some(operator) = operator_start(start, before)
        {
            start = operator;
            end += text[end..].len() - text[end..].trim_start_matches(is_operator_letter).len();
        }
        let typed = &text[start..offset];
        for map in KEYED_MAPS {
            if let Some(key) = typed.strip_prefix(map).and_then(|it| it.strip_prefix('.')) {
                return Some(Self::key(map, true, key.to_owned(), start..end));
            }
        }
        Some(Self {
            cut: start,
            typed: typed.to_owned(),
            range: start..end,
            form: Form::Name,
        })
    }

    fn quoted(
        text: &str,
        offset: usize,
        content: &str,
        last: &Token,
        before: &[Token],
    ) -> Option<Self> {
        let (bracket, before) = before.split_last()?;
        if !is(bracket, "[") {
            return None;
        }
        let typed = content.strip_suffix('x')?.to_owned();
        let quote = text[last.range.start..].chars().next()?;
        let rest = &text[offset..];
        let is_end = |letter: char| letter == quote || matches!(letter, '\n' | '|' | ']');
        let mut end = offset;
        if let Some(length) = rest
            .find(is_end)
            .filter(|at| rest[*at..].starts_with(quote))
        {
            end += length + quote.len_utf8();
            end += usize::from(text[end..].starts_with(']'));
        }
        let start = bracket.range.start;
        let range = start..end;
        match before.last().filter(|name| name.range.end == start) {
            Some(name) if is(name, "]") || matches!(name.shape, Shape::Word(_)) => {
                Some(Self::key(named_map(before)?, false, typed, range))
            }
            _ => Some(Self {
                cut: start,
                typed,
                range,
                form: Form::Quoted,
            }),
        }
    }

    fn key(map: &'static str, is_whole: bool, typed: String, range: Range<usize>) -> Self {
        Self {
            cut: range.start,
            typed,
            range,
            form: Form::Key { map, is_whole },
        }
    }
}

fn is(token: &Token, sign: &str) -> bool {
    matches!(token.shape, Shape::Sign(found) if found == sign)
}

/// The custom map whose name ends these tokens: `['attributes.custom']` or `attributes.custom`.
fn named_map(tokens: &[Token]) -> Option<&'static str> {
    let name = match tokens {
        [.., open, name, close] if is(open, "[") && is(close, "]") => match &name.shape {
            Shape::Text(name) => name.clone(),
            _ => return None,
        },
        [.., first, dot, second] if is(dot, ".") => match (&first.shape, &second.shape) {
            (Shape::Word(first), Shape::Word(second)) => format!("{first}.{second}"),
            _ => return None,
        },
        _ => return None,
    };
    KEYED_MAPS.into_iter().find(|map| *map == name)
}

/// The start of an operator with dashes, if one ends with the word that begins at `start`.
fn operator_start(mut start: usize, before: &[Token]) -> Option<usize> {
    let mut rest = before;
    while let [earlier @ .., word, dash] = rest
        && is(dash, "-")
        && dash.range.end == start
        && word.range.end == dash.range.start
        && matches!(word.shape, Shape::Word(_))
    {
        (start, rest) = (word.range.start, earlier);
    }
    rest.last().filter(|pipe| is(pipe, "|")).map(|_| start)
}

fn is_operator_letter(letter: char) -> bool {
    letter == '-' || letter == '_' || letter.is_alphanumeric()
}

/// The end of the dotted word that goes on at `offset`.
fn end_of_word(text: &str, offset: usize) -> usize {
    let is_letter = |letter: char| letter == '_' || letter.is_alphanumeric();
    let mut end = offset;
    loop {
        let rest = &text[end..];
        end += rest.len() - rest.trim_start_matches(is_letter).len();
        match text[end..].strip_prefix('.') {
            Some(next) if next.starts_with(is_letter) => end += 1,
            _ => return end,
        }
    }
}
