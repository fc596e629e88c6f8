//! Virtual fields: kept beside a dataset, each an expression over its other fields. One that the query names is made
//! where the dataset is read; the others cost nothing, and are not among all fields (`*`). A field that the dataset
//! itself has hides a virtual one of its name.

use super::{Bound, Pipeline};
use crate::context::VirtualField;
use crate::diagnostic::Report;
use crate::operators::{self, Surroundings};
use crate::parser;
use crate::syntax::stage::Item;
use crate::syntax::{Operator, Stage};

/// Makes those that the query names, and those that these name.
pub(super) fn add(
    dataset: &str,
    rows: &mut Pipeline,
    around: &mut Surroundings<'_, '_>,
) -> Bound<()> {
    let mut all = around.tables.virtual_fields(dataset);
    all.retain(|field| rows.scope.get(&field.name).is_none());
    let text = around.tables.text();
    for field in all.iter().filter(|field| is_named(text, &field.name)) {
        make(field, &all, &mut Vec::new(), rows, around)?;
    }
    Ok(())
}

/// `above` are the fields that this one is made for, outermost first.
fn make<'f>(
    field: &'f VirtualField,
    all: &'f [VirtualField],
    above: &mut Vec<&'f str>,
    rows: &mut Pipeline,
    around: &mut Surroundings<'_, '_>,
) -> Bound<()> {
    let name = field.name.as_str();
    if rows.scope.get(name).is_some() {
        return Ok(());
    }
    let is_cycle = above.contains(&name);
    above.push(name);
    if is_cycle {
        let message = format!(
            "virtual field '{name}' is made of itself: {}",
            above.join(", ")
        );
        return Err(around.error(message));
    }
    let named = |other: &&VirtualField| is_named(&field.expression, &other.name);
    for other in all.iter().filter(named) {
        make(other, all, above, rows, around)?;
    }
    above.pop();
    let mut report = Report::new("");
    let made = extend(field, rows, around, &mut report);
    if made.is_ok() && report.is_clean() {
        return Ok(());
    }
    let mistake = report.finish().remove(0);
    let meant = mistake
        .suggestion
        .map_or_else(String::new, |meant| format!("; did you mean '{meant}'?"));
    Err(around.error(format!(
        "virtual field '{name}' could not be made: {}{meant}",
        mistake.message
    )))
}

/// Its mistakes are of its expression, not of the query's text.
fn extend<'r>(
    field: &VirtualField,
    rows: &mut Pipeline,
    around: &mut Surroundings<'_, 'r>,
    report: &mut Report<'r>,
) -> Bound<()> {
    let expression = parser::expression(&field.expression, &mut *report)?;
    let stage = Stage {
        operator: Operator::Extend(vec![Item {
            name: Some(field.name.clone()),
            expression,
        }]),
        range: 0..0,
    };
    let mut inside = Surroundings {
        context: around.context,
        report,
        tables: around.tables,
        range: 0..0,
        without_time_bins: false,
    };
    operators::bind(&stage, rows, &mut inside)
}

/// Whether a text has a name in it, as a word of its own. It may mean something else there: then the field is made
/// for nothing.
fn is_named(text: &str, name: &str) -> bool {
    let is_part = |c: char| c.is_alphanumeric() || c == '_';
    !name.is_empty()
        && text.match_indices(name).any(|(at, found)| {
            let before = text[..at].chars().next_back();
            let after = text[at + found.len()..].chars().next();
            !before.is_some_and(is_part) && !after.is_some_and(is_part)
        })
}
