//! Field names as a query writes them, and the columns they mean.
//!
//! A name is looked up exactly first; then as an attribute, then as a resource attribute, with or
//! without its prefix. An attribute that the semantic conventions renamed is found under either
//! spelling: `http.status_code` and `attributes.http.response.status_code` are the same field, and the
//! value is whichever of the two columns the span has.

use crate::span;

/// Old name → new name of an attribute (OpenTelemetry semantic conventions, 1.21 to 1.42). Only pairs
/// whose values mean the same are here: not `http.target` (path and query) for `url.path`, nor
/// `http.host` (with the port) for `server.address`.
pub const RENAMED: &[(&str, &str)] = &[
    ("http.method", "http.request.method"),
    ("http.status_code", "http.response.status_code"),
    ("http.url", "url.full"),
    ("http.scheme", "url.scheme"),
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
    ("code.filepath", "code.file.path"),
    ("code.lineno", "code.line.number"),
    ("code.function", "code.function.name"),
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
/// unless it is one slip of the hand away from a column's name.
pub fn resolve(name: &str) -> Resolved {
    let columns = columns_named(name);
    if !columns.is_empty() {
        return Resolved::Columns(columns);
    }
    if !name.contains('.') {
        let suggestions = nearest(name);
        return Resolved::Unknown { suggestions };
    }
    let suggestions: Vec<String> = candidates()
        .filter(|known| is_slip(name, known))
        .map(str::to_owned)
        .collect();
    if suggestions.is_empty() {
        return Resolved::CustomKey(bare_name(name).to_owned());
    }
    Resolved::Unknown { suggestions }
}

/// Keys of the custom map in which a column's attribute lies when its value is not of the column's
/// type, or when its name is an older one that has no column; and that map. `None` for a column that is
/// no attribute.
pub fn custom_keys(column: &str) -> Option<(&'static str, Vec<&str>)> {
    let (map, bare) = match column.strip_prefix(span::ATTRIBUTE_PREFIX) {
        Some(bare) => (span::ATTRIBUTES_CUSTOM, bare),
        None => (
            span::RESOURCE_CUSTOM,
            column.strip_prefix(span::RESOURCE_PREFIX)?,
        ),
    };
    (column != map).then(|| (map, spellings(bare)))
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
    let mut ranked: Vec<(usize, &str)> = candidates()
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

/// All names of columns, with and without their prefix.
fn candidates() -> impl Iterator<Item = &'static str> {
    span::columns().iter().flat_map(|column| {
        let (whole, bare) = (column.name.as_str(), bare_name(&column.name));
        std::iter::once(whole).chain((bare != whole).then_some(bare))
    })
}

/// Whether `name` is `known` with one slip in one of its segments: a letter wrong, too many or missing,
/// or two changed places. Short segments differ by a letter and mean it (`user.uid`, `host.ip`).
fn is_slip(name: &str, known: &str) -> bool {
    if name.split('.').count() != known.split('.').count() {
        return false;
    }
    let mut differing = name
        .split('.')
        .zip(known.split('.'))
        .filter(|(a, b)| a != b);
    let (Some((a, b)), None) = (differing.next(), differing.next()) else {
        return false;
    };
    let (short, long) = (a.len().min(b.len()), a.len().max(b.len()));
    short >= 3 && long >= 4 && (edits(a, b) == 1 || is_transposed(a, b))
}

/// Whether two neighbours changed places and nothing else is different.
fn is_transposed(a: &str, b: &str) -> bool {
    let (a, b): (Vec<char>, Vec<char>) = (a.chars().collect(), b.chars().collect());
    let Some(at) = a.iter().zip(&b).position(|(a, b)| a != b) else {
        return false;
    };
    let mut swapped = a;
    if at + 1 >= swapped.len() {
        return false;
    }
    swapped.swap(at, at + 1);
    swapped == b
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
