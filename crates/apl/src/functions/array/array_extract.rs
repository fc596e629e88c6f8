//! # array_extract
//!
//! The values that a JSON path finds: `$`, `.name`, `['name']`, `[0]`, `[*]`. Always an array; null when the
//! path
//! is none.
//!
//! ```apl
//! array_extract(array, path)
//! ```
//!
//! ## Example
//!
//! ```apl
//! array_extract(dynamic([{"id": 1}, {"id": 2}]), "$[*].id") -> [1,2]
//! array_extract(dynamic([{"a": {"b": 5}}, {"a": 6}]), "$[0].a['b']") -> [5]
//! array_extract(dynamic([1]), "$[7]") -> []
//! array_extract(dynamic([1]), "id") -> null
//! ```

use crate::functions::{Function, Takes};
use crate::kernels::json;
use crate::kind::Kind;
use serde_json::Value as Json;

pub(super) const FUNCTION: Function = Function::of_rows(
    &["array_extract"],
    "array_extract(array, path)",
    &[Takes::Any, Takes::Text],
    Kind::Array,
    |rows| rows.arrays(|row| extracted(row.json(0).into_owned(), row.text(1)?)),
);

fn extracted(value: Json, path: &str) -> Option<Vec<Json>> {
    let mut found = vec![value];
    let mut rest = path.strip_prefix('$')?;
    while !rest.is_empty() {
        let (step, after) = step(rest)?;
        found = found.into_iter().flat_map(|value| step.of(value)).collect();
        rest = after;
    }
    Some(found)
}

enum Step<'p> {
    Every,
    Place(i64),
    Name(&'p str),
}

impl Step<'_> {
    fn of(&self, value: Json) -> Vec<Json> {
        match (self, value) {
            (Self::Every, Json::Array(elements)) => elements,
            (Self::Every, Json::Object(entries)) => {
                entries.into_iter().map(|entry| entry.1).collect()
            }
            (Self::Place(place), Json::Array(mut elements)) => {
                match json::position(*place, elements.len()) {
                    Some(place) => vec![elements.swap_remove(place)],
                    None => Vec::new(),
                }
            }
            (Self::Name(name), Json::Object(mut entries)) => {
                entries.remove(*name).into_iter().collect()
            }
            _ => Vec::new(),
        }
    }
}

/// The step at the start of a path, and the path after it.
fn step(path: &str) -> Option<(Step<'_>, &str)> {
    let Some(inside) = path.strip_prefix('[') else {
        let name = path.strip_prefix('.')?;
        let end = name.find(['.', '[']).unwrap_or(name.len());
        return match name.split_at(end) {
            // `$.[*]` is `$[*]`.
            ("", after) if !after.is_empty() && after.starts_with('[') => step(after),
            ("", _) => None,
            ("*", after) => Some((Step::Every, after)),
            (name, after) => Some((Step::Name(name), after)),
        };
    };
    if let Some(quote @ ('"' | '\'')) = inside.chars().next() {
        let (name, after) = inside[1..].split_once(quote)?;
        return Some((Step::Name(name), after.strip_prefix(']')?));
    }
    let (place, after) = inside.split_once(']')?;
    match place {
        "*" => Some((Step::Every, after)),
        _ => Some((Step::Place(place.parse().ok()?), after)),
    }
}
