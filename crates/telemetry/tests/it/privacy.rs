//! Requirement B12: what is private does not leave the process, and what is not private does, unchanged.

use throughline_telemetry::privacy::{Guard, Rules};

/// Ten thousand values in every place of a span and a log record.
mod bar;
/// Edges of texts, escapes, random bytes, long texts, time.
mod corners;
/// What is found, what stays.
mod found;
/// Names of attributes.
mod keys;
/// Log records, resources, shutdown: the wrapper around an exporter.
mod places;
/// Values that look like numbers, words or ids and are none of the guard's business.
mod survives;
/// Seeded private values.
mod values;

pub(crate) fn guard() -> Guard {
    Guard::new(&Rules::default())
}

/// The text after the guard.
pub(crate) fn clean(text: &str) -> String {
    guard().text(text).into_owned()
}

/// `E` stands for `[REDACTED:email]` and so on, to keep tables narrow.
pub(crate) fn check(text: &str, expected: &str) {
    let mut marked = expected.to_owned();
    for kind in [
        "email",
        "phone",
        "card",
        "jwt",
        "credential",
        "iban",
        "api_key",
        "password",
        "query",
        "field",
        "ssn",
    ] {
        marked = marked.replace(&format!("<{kind}>"), &format!("[REDACTED:{kind}]"));
    }
    assert_eq!(clean(text), marked, "from {text:?}");
    assert_eq!(clean(&marked), marked, "a second time");
}
