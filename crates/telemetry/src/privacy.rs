//! No personal data in telemetry: what leaves the process goes through a guard that takes out e-mail
//! addresses, phone numbers, payment cards, bank accounts, tokens, passwords, the values of a URL's query,
//! and every value whose name says that it is private. `[REDACTED:email]` is left in its place.
//!
//! The guard stands around the exporter, not beside it: each span processor has its own copy of a span, so
//! one that cleans its copy changes nothing for the next. It is a net below the rule that the kit follows
//! itself, to write no such values: a name in prose, or a secret that looks like an id, it cannot see.
//!
//! ```
//! use throughline_telemetry::privacy::{Guard, Rules};
//!
//! let guard = Guard::new(&Rules::default());
//! let text = guard.text("could not mail ann@example.com from /s3?X-Amz-Signature=5f2a");
//! assert_eq!(text, "could not mail [REDACTED:email] from /s3?X-Amz-Signature=[REDACTED:query]");
//! assert!(guard.redactions().contains(&("email", 1)));
//! ```

use std::borrow::Cow;
use std::sync::Arc;

use opentelemetry_sdk::logs::SdkLogRecord;

use kind::Counters;
pub(crate) use kind::Kind;

/// `name=value`, `"name": "value"`.
mod assigned;
/// Payment cards.
mod card;
/// Tokens and keys.
mod credential;
/// E-mail addresses.
mod email;
/// `%40` and `\u0040`.
mod escapes;
/// Around an exporter.
mod exporter;
/// One pass over a text.
mod find;
/// Bank accounts.
mod iban;
/// Names whose values are private.
mod keys;
/// Kinds, marks, counters.
mod kind;
/// Log records.
mod log;
/// Digits in groups.
mod number;
/// Phone numbers.
mod phone;
/// Spans, scopes and resources.
mod span;
/// User names and passwords in URLs; whole queries.
mod url;
/// Attribute values.
mod value;

pub use exporter::Guarded;

/// What the guard lets through.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Rules {
    /// Whether anything is looked for. Lengths are limited either way.
    pub enabled: bool,
    /// Further names whose values are taken out: `lesson.note` also denies `LessonNote` and
    /// `my_lesson_note`, `lesson.*` all that begin so.
    pub keys: Vec<String>,
    /// Attributes whose values are never looked at, by exact name: the way out when the guard is wrong.
    pub allowed_keys: Vec<String>,
    /// When there are some, attributes of other names are dropped, except those in the namespaces of the
    /// OpenTelemetry conventions and of the kit. What is kept is looked at all the same.
    pub only_keys: Option<Vec<String>>,
    /// The longest text of an attribute, in bytes; None is no limit. What is longer is cut between
    /// characters, after it was looked at.
    pub value_bytes_max: Option<usize>,
}

impl Default for Rules {
    fn default() -> Self {
        Self {
            enabled: true,
            keys: Vec::new(),
            allowed_keys: Vec::new(),
            only_keys: None,
            value_bytes_max: None,
        }
    }
}

/// Takes personal data and secrets out of text, attributes, spans and log records. A clone shares the
/// counters.
#[derive(Clone, Debug)]
pub struct Guard(Arc<Inner>);

#[derive(Debug)]
struct Inner {
    rules: Rules,
    names: keys::Names,
    counters: Counters,
    /// What log records are rebuilt from: the SDK has no other way to take a value out of one.
    blank: SdkLogRecord,
}

impl Guard {
    /// A guard with counters of its own.
    pub fn new(rules: &Rules) -> Self {
        Self(Arc::new(Inner {
            rules: rules.clone(),
            names: keys::Names::new(&rules.keys),
            counters: Counters::default(),
            blank: log::blank(),
        }))
    }

    /// The text with everything private replaced; borrowed when there is nothing.
    ///
    /// Replaced are whole values, wherever in the text they are and also when they are written as `%40` or
    /// `\u0040`. The result holds nothing that would be found again. The time is linear in the text.
    pub fn text<'a>(&self, text: &'a str) -> Cow<'a, str> {
        self.replaced(text, Vec::new())
    }

    /// The text of a field in a JSON log line: one whose name is private goes whole, any other as
    /// [`Guard::text`] has it. Unlike an attribute, a field named `message` is only searched: it is the
    /// line's own text.
    pub fn field<'a>(&self, name: &str, text: &'a str) -> Cow<'a, str> {
        if self.allows(name) {
            return Cow::Borrowed(text);
        }
        if self.0.rules.enabled && self.0.names.denies_field(name) {
            return Cow::Borrowed(self.mark(Kind::Attribute));
        }
        self.replaced(text, self.query_values(name, text))
    }

    /// How often each kind was taken out, by the name that is in its mark.
    pub fn redactions(&self) -> Vec<(&'static str, u64)> {
        self.0.counters.read()
    }

    fn replaced<'a>(&self, text: &'a str, known: Vec<(usize, usize, Kind)>) -> Cow<'a, str> {
        if !self.0.rules.enabled {
            return Cow::Borrowed(text);
        }
        let found = find::all(text.as_bytes(), &self.0.names, known);
        if found.is_empty() {
            return Cow::Borrowed(text);
        }
        let (mut clean, mut at) = (String::with_capacity(text.len()), 0);
        for finding in found {
            // Both are between characters already; if not, more goes rather than less.
            let start = text.floor_char_boundary(finding.start);
            clean.push_str(text.get(at..start).unwrap_or_default());
            clean.push_str(self.mark(finding.kind));
            at = text.ceil_char_boundary(finding.end);
        }
        clean.push_str(text.get(at..).unwrap_or_default());
        Cow::Owned(clean)
    }

    /// The mark of a value that is taken out now.
    fn mark(&self, kind: Kind) -> &'static str {
        self.0.counters.add(kind);
        kind.mark()
    }

    fn allows(&self, key: &str) -> bool {
        self.0
            .rules
            .allowed_keys
            .iter()
            .any(|allowed| allowed == key)
    }

    fn denies(&self, key: &str) -> bool {
        self.0.rules.enabled && self.0.names.denies(key)
    }

    fn query_values(&self, key: &str, text: &str) -> Vec<(usize, usize, Kind)> {
        if !keys::is_url(key) {
            return Vec::new();
        }
        url::values(text.as_bytes(), key == crate::attrs::URL_QUERY)
    }
}
