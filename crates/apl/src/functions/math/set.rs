//! Arrays as collections of different values. `1` and `1.0` are one value.

use crate::kernels::rows::{Prepared, Row};
use serde_json::Value as Json;
use std::borrow::Cow;
use std::collections::HashSet;

/// Values by their JSON text.
#[derive(Clone, Debug, Default)]
pub(super) struct Set(HashSet<String>);

impl Set {
    /// The elements of an argument that is an array.
    pub(super) fn of(row: Row<'_>, place: usize) -> Option<Self> {
        match row.json(place).as_ref() {
            Json::Array(elements) => Some(Self(elements.iter().map(key).collect())),
            _ => None,
        }
    }

    pub(super) fn has(&self, element: &Json) -> bool {
        self.0.contains(&key(element))
    }

    /// Whether it was not there.
    pub(super) fn add(&mut self, element: &Json) -> bool {
        self.0.insert(key(element))
    }
}

fn key(element: &Json) -> String {
    match element.as_f64() {
        Some(number) if !element.is_i64() && number.fract() == 0.0 => format!("{number:.0}"),
        _ => element.to_string(),
    }
}

/// The elements of the first array that the sets of the others decide to keep, each once.
pub(super) fn kept(
    row: Row<'_>,
    second: &Prepared<Set>,
    keeps: impl Fn(&[Cow<'_, Set>], &Json) -> bool,
) -> Option<Vec<Json>> {
    let mut others = vec![second.of(row)?];
    for place in 2..row.len() {
        others.push(Cow::Owned(Set::of(row, place)?));
    }
    let mut seen = Set::default();
    let mut elements = row.array(0)?;
    elements.retain(|element| keeps(&others, element) && seen.add(element));
    Some(elements)
}
