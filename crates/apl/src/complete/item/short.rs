//! Field names as people say them, and their older ones: `http.route` for `attributes.http.route`.

use super::{CUSTOM, Item};
use crate::complete::in_sight::{Field, InSight};
use crate::complete::matching::Matches;
use model::fields::{self, RENAMED, Resolved};
use model::span::{self, ATTRIBUTE_PREFIX, RESOURCE_PREFIX};
use std::collections::HashMap;
use std::sync::LazyLock;

/// The name of a column without its prefix, if it means that column before all others.
pub(super) fn of(column: &str) -> Option<&'static str> {
    static SHORT: LazyLock<HashMap<&str, &str>> = LazyLock::new(|| {
        let columns = span::columns().iter().map(|column| column.name.as_str());
        columns
            .filter_map(|column| Some((column, unprefixed(column)?)))
            .collect()
    });
    SHORT.get(column).copied()
}

fn unprefixed(column: &'static str) -> Option<&'static str> {
    let bare = column
        .strip_prefix(ATTRIBUTE_PREFIX)
        .or_else(|| column.strip_prefix(RESOURCE_PREFIX))?;
    match fields::resolve(bare) {
        Resolved::Columns(columns) => columns.first().is_some_and(|first| first == column),
        _ => false,
    }
    .then_some(bare)
}

/// Whether somebody writes the prefixes, too.
pub(super) fn has_prefix(typed: &str) -> bool {
    [ATTRIBUTE_PREFIX, RESOURCE_PREFIX]
        .iter()
        .any(|prefix| typed.len() >= 4 && (prefix.starts_with(typed) || typed.starts_with(prefix)))
}

/// The older names of attributes, which mean the same; of those that somebody begins to write.
pub(super) fn older<'a>(in_sight: &'a InSight, matches: &mut Matches<'a>) {
    if matches.typed().is_empty() {
        return;
    }
    for (older, newer) in RENAMED {
        let column = format!("{ATTRIBUTE_PREFIX}{newer}");
        let begins = older.starts_with(matches.typed());
        if let Some(field) = in_sight
            .field(&column)
            .filter(|field| begins && !field.is_made)
        {
            matches.add(older, CUSTOM, Item::Older(older, field));
        }
    }
}

/// What there is to say of a field.
pub(super) fn doc(label: &str, field: &Field) -> String {
    let whole = match label == field.name {
        true => "",
        false => &field.name,
    };
    if let Some(expression) = &field.expression {
        return format!("virtual: {expression}");
    }
    match (field.is_absent, field.is_made) {
        (true, _) => "no row has a value in it".to_owned(),
        (_, true) => "made by this query".to_owned(),
        _ => whole.to_owned(),
    }
}
