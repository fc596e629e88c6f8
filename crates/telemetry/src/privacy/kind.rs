//! What can be found, what is written in its place, and how often that happened.

use std::sync::atomic::{AtomicU64, Ordering};

/// A kind of personal data or secret.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Kind {
    /// The value of an attribute whose key is on the list.
    Attribute,
    ApiKey,
    Card,
    /// A bearer token, a basic credential.
    Credential,
    Email,
    /// The value of `password=…`, `"phone": "…"` and the like, inside text.
    Field,
    Iban,
    Jwt,
    /// What stands before the `@` of a URL's host.
    Password,
    Phone,
    /// A value in a URL's query.
    Query,
    Ssn,
}

impl Kind {
    pub(super) const ALL: [Self; 12] = [
        Self::Attribute,
        Self::ApiKey,
        Self::Card,
        Self::Credential,
        Self::Email,
        Self::Field,
        Self::Iban,
        Self::Jwt,
        Self::Password,
        Self::Phone,
        Self::Query,
        Self::Ssn,
    ];

    /// What the value is replaced by. It holds nothing that any search would find again.
    pub(super) const fn mark(self) -> &'static str {
        match self {
            Self::Attribute => "[REDACTED:attribute]",
            Self::ApiKey => "[REDACTED:api_key]",
            Self::Card => "[REDACTED:card]",
            Self::Credential => "[REDACTED:credential]",
            Self::Email => "[REDACTED:email]",
            Self::Field => "[REDACTED:field]",
            Self::Iban => "[REDACTED:iban]",
            Self::Jwt => "[REDACTED:jwt]",
            Self::Password => "[REDACTED:password]",
            Self::Phone => "[REDACTED:phone]",
            Self::Query => "[REDACTED:query]",
            Self::Ssn => "[REDACTED:ssn]",
        }
    }

    fn name(self) -> &'static str {
        let mark = self.mark();
        mark.get(MARK_START.len()..mark.len() - 1)
            .unwrap_or_default()
    }
}

/// How every mark begins.
pub(super) const MARK_START: &str = "[REDACTED:";

/// One counter for each kind.
#[derive(Debug, Default)]
pub(super) struct Counters([AtomicU64; Kind::ALL.len()]);

impl Counters {
    pub(super) fn add(&self, kind: Kind) {
        if let Some(counter) = self.0.get(kind as usize) {
            counter.fetch_add(1, Ordering::Relaxed);
        }
    }

    pub(super) fn read(&self) -> Vec<(&'static str, u64)> {
        let both = Kind::ALL.iter().zip(&self.0);
        both.map(|(kind, count)| (kind.name(), count.load(Ordering::Relaxed)))
            .collect()
    }
}
