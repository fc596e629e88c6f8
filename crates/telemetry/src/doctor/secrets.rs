//! What must not be shown: the values of headers, and what is secret in an endpoint. The texts are written without
//! them; a store that repeats them in its answer is why every text is searched once more.

use http::HeaderValue;

use super::Finding;
use crate::Config;

const MASK: &str = "****";
/// Shorter values are no secrets, and would be found inside of words.
const BYTES_MIN: usize = 4;
/// Not secret, and part of every path.
const PUBLIC: &str = "x-axiom-dataset";

/// Replaces every secret in the texts.
pub(super) fn hide(config: &Config, findings: &mut [Finding]) {
    let secrets = secrets(config);
    for finding in findings {
        for secret in &secrets {
            if finding.what.contains(secret.as_str()) {
                finding.what = finding.what.replace(secret.as_str(), MASK);
            }
            let remedy = finding.remedy.as_mut();
            if let Some(remedy) = remedy.filter(|text| text.contains(secret.as_str())) {
                *remedy = remedy.replace(secret.as_str(), MASK);
            }
        }
    }
}

/// A value as it is shown: its scheme, if it has one, and how long the rest is.
pub(super) fn masked(value: &HeaderValue) -> String {
    let text = String::from_utf8_lossy(value.as_bytes());
    let (scheme, rest) = match text.split_once(' ') {
        Some((scheme, rest)) if is_scheme(scheme) => (format!("{scheme} "), rest),
        _ => (String::new(), text.as_ref()),
    };
    format!("{scheme}{MASK}({} characters)", rest.chars().count())
}

/// The schemes that are written before a secret.
pub(super) fn is_scheme(word: &str) -> bool {
    ["bearer", "basic"]
        .iter()
        .any(|scheme| word.eq_ignore_ascii_case(scheme))
}

/// The longest first: one may be a part of another.
fn secrets(config: &Config) -> Vec<String> {
    let mut secrets = Vec::new();
    for (name, value) in config.traces.headers.iter() {
        if name == PUBLIC {
            continue;
        }
        let text = String::from_utf8_lossy(value.as_bytes()).into_owned();
        if let Some((scheme, rest)) = text.split_once(' ')
            && is_scheme(scheme)
        {
            secrets.push(rest.trim().to_owned());
        }
        secrets.push(text);
    }
    if let Ok(url) = reqwest::Url::parse(&config.traces.endpoint) {
        secrets.extend(url.password().map(str::to_owned));
        secrets.extend(url.query().map(str::to_owned));
        secrets.extend(url.query_pairs().map(|(_, value)| value.into_owned()));
    }
    secrets.retain(|secret| secret.len() >= BYTES_MIN);
    secrets.sort_by_key(|secret| std::cmp::Reverse(secret.len()));
    secrets
}
