//! What Axiom's language has and this one does not have yet. Such a name is no slip, so nothing else is
//! suggested for it.

/// Names that start like this are of one family.
const PREFIXES: &[&str] = &["series_", "genai_"];

/// The other names, separated by spaces.
const NAMES: &[&str] = &[
    // IP addresses
    "geo_info_from_ip_address",
    // Metadata
    "cursor_current",
    // Types, pairs, SQL
    "iscc isimei ismap isreal isstring isutf8 pair parse_pair find_pair parse_sql format_sql",
    // Aggregations
    "percentilesif",
];

pub(super) fn is_known(name: &str) -> bool {
    let is_named = |names: &&str| names.split(' ').any(|known| known == name);
    NAMES.iter().any(is_named) || PREFIXES.iter().any(|prefix| name.starts_with(prefix))
}
