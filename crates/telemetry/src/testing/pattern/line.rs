//! One line: `<service> <KIND> <name> [{attributes}] [!error] [link->name] [x N]`, what stands behind the
//! name in any order.

use opentelemetry::trace::SpanKind;

use super::Glob;
use crate::testing::recorder::kind_text;

/// More siblings of one line than anybody means to write down.
const COUNT_MAX: u64 = 1_000;

#[derive(Debug)]
pub(in crate::testing) struct Line {
    /// As written.
    pub(in crate::testing) text: String,
    /// None for `_`.
    pub(in crate::testing) service: Option<Glob>,
    pub(in crate::testing) kind: Kind,
    pub(in crate::testing) name: Glob,
    pub(in crate::testing) attributes: Vec<(String, Wanted)>,
    pub(in crate::testing) failure: Failure,
    pub(in crate::testing) links: Vec<Glob>,
    pub(in crate::testing) count: Count,
    pub(in crate::testing) orphan: bool,
}

/// None for `_`.
pub(in crate::testing) type Kind = Option<SpanKind>;

#[derive(Debug, PartialEq, Eq)]
pub(in crate::testing) enum Wanted {
    Value(Glob),
    Absent,
}

#[derive(Debug, PartialEq, Eq)]
pub(in crate::testing) enum Failure {
    None,
    Any,
    Type(Glob),
}

/// How many siblings in a row.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::testing) struct Count {
    pub(in crate::testing) min: u64,
    /// None for any number.
    pub(in crate::testing) max: Option<u64>,
}

const ONCE: Count = Count {
    min: 1,
    max: Some(1),
};

/// What is wrong with a line.
#[derive(Debug)]
pub(super) struct Wrong {
    pub(super) expected: String,
    pub(super) found: String,
}

type Read<T> = Result<T, Wrong>;

impl Line {
    pub(super) fn parse(text: &str) -> Read<Self> {
        let mut rest = Rest(text);
        let optional = rest.take("? ");
        let orphan = rest.take("^ ");
        let service = rest.word("a service, or `_`")?;
        let kind = kind(rest.word("a span kind after the service")?)?;
        let name = rest.glob("a name after the kind", ends_name)?;
        let mut line = Self {
            text: text.to_owned(),
            service: (service != "_").then(|| Glob::new(service)),
            kind,
            name,
            attributes: Vec::new(),
            failure: Failure::None,
            links: Vec::new(),
            count: ONCE,
            orphan,
        };
        line.marks(&mut rest)?;
        if optional && line.count != ONCE {
            return Err(rest.wrong("`x 0..N` instead of `?` with `x`"));
        }
        if optional {
            line.count.min = 0;
        }
        Ok(line)
    }

    /// `<service> <KIND> <name>`, as written.
    pub(in crate::testing) fn head(&self) -> String {
        let service = self.service.as_ref().map_or("_", |service| &service.text);
        let kind = self.kind.as_ref().map_or("_".to_owned(), kind_text);
        format!("{service} {kind} {}", self.name.text)
    }

    /// What stands behind the name.
    fn marks(&mut self, rest: &mut Rest<'_>) -> Read<()> {
        loop {
            rest.skip_spaces();
            if rest.0.is_empty() {
                return Ok(());
            }
            if rest.take("{") {
                self.attributes(rest)?;
            } else if rest.take("!error(") {
                let kind = rest.glob("an error type", |left| left.starts_with(')'))?;
                rest.must_take(")", "`)` after the error type")?;
                self.failure = Failure::Type(kind);
            } else if rest.take("!error") || rest.take("!") {
                self.failure = Failure::Any;
            } else if rest.take("link->") {
                self.links.push(rest.glob("a span's name", ends_name)?);
            } else if rest.take("x ") {
                self.count = count(rest)?;
            } else {
                return Err(rest.wrong("`{`, `!error`, `link->` or `x N`"));
            }
        }
    }

    fn attributes(&mut self, rest: &mut Rest<'_>) -> Read<()> {
        loop {
            rest.skip_spaces();
            let absent = rest.take("!");
            let key = rest.until(|left| left.starts_with(['=', ',', '}', ' ']));
            if key.is_empty() {
                return Err(rest.wrong("an attribute's name"));
            }
            let wanted = if absent {
                Wanted::Absent
            } else {
                rest.must_take("=", "`=` after the attribute's name")?;
                Wanted::Value(rest.value()?)
            };
            self.attributes.push((key.to_owned(), wanted));
            rest.skip_spaces();
            if rest.take("}") {
                return Ok(());
            }
            rest.must_take(",", "`,` or `}` after an attribute")?;
        }
    }
}

fn kind(word: &str) -> Read<Kind> {
    Ok(Some(match word {
        "_" => return Ok(None),
        "SERVER" => SpanKind::Server,
        "CLIENT" => SpanKind::Client,
        "PRODUCER" => SpanKind::Producer,
        "CONSUMER" => SpanKind::Consumer,
        "INTERNAL" => SpanKind::Internal,
        other => {
            return Err(Wrong {
                expected: "SERVER, CLIENT, PRODUCER, CONSUMER, INTERNAL or `_`".to_owned(),
                found: format!("`{other}`"),
            });
        }
    }))
}

/// `3`, `2..` or `2..4`.
fn count(rest: &mut Rest<'_>) -> Read<Count> {
    let min = rest.number()?;
    if !rest.take("..") {
        return Ok(Count {
            min,
            max: Some(min),
        });
    }
    if !rest.0.starts_with(|c: char| c.is_ascii_digit()) {
        return Ok(Count { min, max: None });
    }
    let before = Rest(rest.0);
    let max = rest.number()?;
    if max < min {
        return Err(before.wrong(&format!("a number from {min} up")));
    }
    Ok(Count {
        min,
        max: Some(max),
    })
}

/// Whether a mark follows, so that the name is over.
fn ends_name(left: &str) -> bool {
    let Some(mark) = left.strip_prefix(' ') else {
        return false;
    };
    let counts = mark.strip_prefix("x ");
    counts.is_some_and(|n| n.starts_with(|c: char| c.is_ascii_digit()))
        || ["{", "!", "link->"]
            .iter()
            .any(|start| mark.starts_with(start))
}

/// What is not read yet.
struct Rest<'t>(&'t str);

impl<'t> Rest<'t> {
    fn wrong(&self, expected: &str) -> Wrong {
        let found = match self.0 {
            "" => "the end of the line".to_owned(),
            left => format!("`{left}`"),
        };
        Wrong {
            expected: expected.to_owned(),
            found,
        }
    }

    fn skip_spaces(&mut self) {
        self.0 = self.0.trim_start();
    }

    fn take(&mut self, start: &str) -> bool {
        let after = self.0.strip_prefix(start);
        self.0 = after.unwrap_or(self.0);
        after.is_some()
    }

    fn must_take(&mut self, start: &str, expected: &str) -> Read<()> {
        if self.take(start) {
            return Ok(());
        }
        Err(self.wrong(expected))
    }

    /// Up to the first place where `ends` says so, or all; an escaped character never ends it.
    fn until(&mut self, ends: impl Fn(&str) -> bool) -> &'t str {
        let mut escaped = false;
        let mut end = self.0.len();
        for (at, next) in self.0.char_indices() {
            if !escaped && ends(&self.0[at..]) {
                end = at;
                break;
            }
            escaped = !escaped && next == '\\';
        }
        let (taken, left) = self.0.split_at(end);
        self.0 = left;
        taken
    }

    fn word(&mut self, expected: &str) -> Read<&'t str> {
        let word = self.until(|left| left.starts_with(' '));
        if word.is_empty() {
            return Err(self.wrong(expected));
        }
        self.skip_spaces();
        Ok(word)
    }

    /// In quotes, or up to where `ends` says.
    fn glob(&mut self, expected: &str, ends: impl Fn(&str) -> bool) -> Read<Glob> {
        if self.take("\"") {
            let quoted = self.until(|left| left.starts_with('"'));
            self.must_take("\"", "`\"` at the end of the text")?;
            return Ok(Glob::new(quoted));
        }
        let plain = self.until(ends).trim_end();
        if plain.is_empty() {
            return Err(self.wrong(expected));
        }
        Ok(Glob::new(plain))
    }

    /// An attribute's value ends at a comma or brace, except inside braces of its own: `/lessons/{id}`.
    fn value(&mut self) -> Read<Glob> {
        let depth = std::cell::Cell::new(0_u32);
        self.glob("a value", |left| {
            let inside = depth.get();
            match left.as_bytes().first() {
                Some(b'{') => depth.set(inside + 1),
                Some(b'}') if inside > 0 => depth.set(inside - 1),
                Some(b'}' | b',') => return inside == 0,
                _ => {}
            }
            false
        })
    }

    fn number(&mut self) -> Read<u64> {
        let before = Rest(self.0);
        let digits = self.until(|left| !left.starts_with(|c: char| c.is_ascii_digit()));
        let number = digits.parse().ok().filter(|number| *number <= COUNT_MAX);
        number.ok_or_else(|| before.wrong(&format!("a number up to {COUNT_MAX}")))
    }
}
