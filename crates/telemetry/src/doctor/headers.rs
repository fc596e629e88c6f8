//! The headers that go with every export: their names, and whether their values look right. The values are never shown.

use http::{HeaderName, HeaderValue, header};

use super::{Finding, secrets};
use crate::config::Headers;

const DATASET: &str = "x-axiom-dataset";
const SHAPE: &str = "OTEL_EXPORTER_OTLP_HEADERS=\"Authorization=Bearer <token>\"";

pub(super) fn findings(headers: &Headers) -> Vec<Finding> {
    let mut findings: Vec<Finding> = headers
        .iter()
        .map(|(name, value)| finding(name, value))
        .collect();
    if findings.is_empty() {
        findings.push(Finding::note(format!(
            "no headers are sent; a store that wants a token takes {SHAPE}"
        )));
    } else if !headers.iter().any(|(name, _)| name == DATASET) {
        findings.push(Finding::note(
            "X-Axiom-Dataset is not among the headers: spans go to the dataset that the store chooses",
        ));
    }
    findings
}

fn finding(name: &HeaderName, value: &HeaderValue) -> Finding {
    let shown = format!("{} = {}", capitalised(name), secrets::masked(value));
    if name != header::AUTHORIZATION {
        return Finding::ok(shown);
    }
    let text = String::from_utf8_lossy(value.as_bytes());
    match text.split_once(' ') {
        Some((scheme, _)) if secrets::is_scheme(scheme) => Finding::ok(shown),
        _ => Finding::warning(
            format!("{shown}: there is no Bearer before the token"),
            format!("write {SHAPE}"),
        ),
    }
}

/// As it is usually written: `X-Axiom-Dataset`.
fn capitalised(name: &HeaderName) -> String {
    let mut shown = String::new();
    let mut starts = true;
    for c in name.as_str().chars() {
        shown.push(if starts { c.to_ascii_uppercase() } else { c });
        starts = c == '-';
    }
    shown
}
