//! Field names as a query writes them, and the columns they mean.
//!
//! A name is looked up exactly first; then as an attribute, then as a resource attribute, with or
//! without its prefix. An attribute that the semantic conventions renamed is found under either
//! spelling: `http.status_code` and `attributes.http.response.status_code` are the same field, and the
//! value is whichever of the two columns the span has.

use crate::span;

/// Old name → new name of an attribute (OpenTelemetry semantic conventions, 1.21 to 1.42). Only pairs
/// whose values mean the same are here.
pub const RENAMED: &[(&str, &str)] = &[
    ("http.method", "http.request.method"),
    ("http.status_code", "http.response.status_code"),
    ("http.url", "url.full"),
    ("http.scheme", "url.scheme"),
    ("http.target", "url.path"),
    ("http.host", "server.address"),
    ("http.flavor", "network.protocol.version"),
    ("http.user_agent", "user_agent.original"),
    ("http.client_ip", "client.address"),
    ("net.peer.name", "server.address"),
    ("net.peer.port", "server.port"),
    ("net.peer.ip", "network.peer.address"),
    ("db.system", "db.system.name"),
    ("db.statement", "db.query.text"),
    ("db.operation", "db.operation.name"),
    ("db.name", "db.namespace"),
    ("db.sql.table", "db.collection.name"),
    ("messaging.operation", "messaging.operation.type"),
    ("messaging.destination", "messaging.destination.name"),
    ("messaging.message_id", "messaging.message.id"),
    ("rpc.system", "rpc.system.name"),
    ("deployment.environment", "deployment.environment.name"),
];

/// What a field name means.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Resolved {
    /// These columns: the value is the first that is not null.
    Columns(Vec<String>),
    /// No column: a key of `attributes.custom`, then of `resource.custom`.
    CustomKey(String),
    /// Nothing; the names nearest to it, best first, at most three.
    Unknown { suggestions: Vec<String> },
}

/// Resolves `name`. A name with a dot that no column answers to is taken for a custom attribute,
/// unless it is one slip away from a column's name.
pub fn resolve(name: &str) -> Resolved {
    let columns = columns_named(name);
    if !columns.is_empty() {
        return Resolved::Columns(columns);
    }
    let suggestions = nearest(name);
    if name.contains('.') && suggestions.is_empty() {
        let bare = name
            .strip_prefix(span::ATTRIBUTE_PREFIX)
            .or_else(|| name.strip_prefix(span::RESOURCE_PREFIX))
            .unwrap_or(name);
        return Resolved::CustomKey(bare.to_owned());
    }
    Resolved::Unknown { suggestions }
}

fn columns_named(name: &str) -> Vec<String> {
    let mut found = Vec::new();
    let mut add = |candidate: String| {
        if is_column(&candidate) && !found.contains(&candidate) {
            found.push(candidate);
        }
    };
    add(name.to_owned());
    for spelling in spellings(bare_name(name)) {
        add(format!("{}{spelling}", span::ATTRIBUTE_PREFIX));
        add(format!("{}{spelling}", span::RESOURCE_PREFIX));
    }
    // A name that is a column of its own (`name`, `kind`) is not also an attribute, and a prefix the
    // query wrote is kept: `resource.x` never reads `attributes.x`.
    if let Some(first) = found.first().cloned().filter(|first| first == name) {
        let prefix = [span::ATTRIBUTE_PREFIX, span::RESOURCE_PREFIX]
            .into_iter()
            .find(|prefix| first.starts_with(prefix));
        match prefix {
            Some(prefix) => found.retain(|column| column.starts_with(prefix)),
            None => found.truncate(1),
        }
    }
    found
}

fn bare_name(name: &str) -> &str {
    name.strip_prefix(span::ATTRIBUTE_PREFIX)
        .or_else(|| name.strip_prefix(span::RESOURCE_PREFIX))
        .unwrap_or(name)
}

/// The name itself, then its newer spelling, then its older ones.
fn spellings(name: &str) -> Vec<&str> {
    let newer = RENAMED
        .iter()
        .filter(|(old, _)| *old == name)
        .map(|(_, new)| *new);
    let older = RENAMED
        .iter()
        .filter(|(_, new)| *new == name)
        .map(|(old, _)| *old);
    std::iter::once(name).chain(newer).chain(older).collect()
}

fn is_column(name: &str) -> bool {
    span::schema().column_with_name(name).is_some()
}

/// Columns (and attributes without their prefix) at most two edits away from `name`, nearest first.
pub fn nearest(name: &str) -> Vec<String> {
    let mut ranked: Vec<(usize, &str)> = span::columns()
        .iter()
        .flat_map(|column| [column.name.as_str(), bare_name(&column.name)])
        .map(|candidate| (edits(name, candidate), candidate))
        .filter(|(distance, candidate)| *distance <= 2 && *distance * 3 <= candidate.len())
        .collect();
    ranked.sort_unstable();
    ranked.dedup_by(|a, b| a.1 == b.1);
    ranked
        .into_iter()
        .take(3)
        .map(|(_, candidate)| candidate.to_owned())
        .collect()
}

/// Levenshtein distance over characters, ignoring case.
pub fn edits(a: &str, b: &str) -> usize {
    let b: Vec<char> = b.chars().flat_map(char::to_lowercase).collect();
    let mut row: Vec<usize> = (0..=b.len()).collect();
    for (i, from) in a.chars().flat_map(char::to_lowercase).enumerate() {
        let mut diagonal = row[0];
        row[0] = i + 1;
        for (j, to) in b.iter().enumerate() {
            let substituted = diagonal + usize::from(from != *to);
            diagonal = row[j + 1];
            row[j + 1] = substituted.min(row[j] + 1).min(diagonal + 1);
        }
    }
    row[b.len()]
}

#[cfg(test)]
mod tests;
