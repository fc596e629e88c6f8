//! # extract_all
//!
//! What a regular expression matches, all of it: an array of what its group matched, or of arrays when there
//! are several groups. The groups may be chosen.
//!
//! ```apl
//! extract_all(regex, groups, text)
//! extract_all(regex, text)
//! ```
//!
//! ## Example
//!
//! ```apl
//! extract_all("([0-9]+)", dynamic([1]), "a1b22") -> ["1","22"]
//! extract_all("([a-z])([0-9])", "a1b2") -> [["a","1"],["b","2"]]
//! extract_all("([a-z])([0-9])", dynamic([2]), "a1b2") -> ["1","2"]
//! extract_all("[0-9]", "a1b2") -> ["1","2"]
//! ```

use crate::bind::conversion;
use crate::functions::{Function, Takes};
use crate::kernels::rows::Row;
use crate::kernels::{bounded, regex, rows};
use crate::kind::Kind;
use datafusion::common::Result;
use serde_json::Value as Json;

pub(super) const FUNCTION: Function = Function::bound(
    &["extract_all"],
    "extract_all(regex, groups, text) or extract_all(regex, text)",
    2..=3,
    |binder, call| {
        let mut arguments = vec![Takes::Pattern.bind(binder, call, 0)?];
        if call.values.len() == 3 {
            arguments.push(Takes::Array.bind(binder, call, 1)?);
            arguments.push(Takes::Text.bind(binder, call, 2)?);
        } else {
            arguments.push(conversion::typed_null(Kind::Array));
            arguments.push(Takes::Text.bind(binder, call, 1)?);
        }
        Ok(rows::unfolded(
            "extract_all",
            Kind::Array,
            |rows| rows.try_json(extracted),
            arguments,
        ))
    },
)
.making_texts();

fn extracted(row: Row<'_>) -> Result<Option<Json>> {
    let (Some(pattern), Some(text)) = (row.pattern(0), row.text(2)) else {
        return Ok(None);
    };
    let groups: Vec<usize> = match row.array(1) {
        Some(groups) => groups
            .iter()
            .filter_map(|group| usize::try_from(group.as_i64()?).ok())
            .collect(),
        // Without groups of its own, an expression has the group of the whole match.
        None => (pattern.captures_len().min(2) - 1..pattern.captures_len()).collect(),
    };
    let (mut all, mut letters) = (Vec::new(), 0);
    for found in regex::captures(pattern, text, row.searches()) {
        let found = found?;
        let of = |group: &usize| Json::from(found.get(*group).map_or("", |part| part.as_str()));
        let parts: Vec<Json> = groups.iter().map(of).collect();
        letters += parts
            .iter()
            .filter_map(Json::as_str)
            .map(|part| part.len() + 3)
            .sum::<usize>();
        bounded::check_value(letters)?;
        all.push(match <[Json; 1]>::try_from(parts) {
            Ok([part]) => part,
            Err(parts) => Json::Array(parts),
        });
    }
    Ok(Some(Json::Array(all)))
}
