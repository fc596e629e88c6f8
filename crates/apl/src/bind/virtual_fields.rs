//! Virtual fields: kept beside a dataset, each an expression over its other fields. One that the query reads is made
//! where the dataset is read; the others cost nothing, and are not among all fields (`*`). A field that the dataset
//! itself has hides a virtual one of its name. In its own expression a virtual field's name is the dataset's.

use super::{Bound, Pipeline};
use crate::context::VirtualField;
use crate::diagnostic::Report;
use crate::limits::VIRTUAL_DEPTH_MAX;
use crate::operators::{self, Surroundings};
use crate::parser;
use crate::syntax::stage::Item;
use crate::syntax::{Expression, Operator, Stage};
use std::collections::BTreeMap;

type ByName<'f> = BTreeMap<&'f str, &'f VirtualField>;

/// Makes those that the query reads, and those that these read. What is wrong with one is told where the query reads
/// it.
pub(crate) fn add(dataset: &str, rows: &mut Pipeline, around: &mut Surroundings<'_, '_>) {
    let kept = kept(dataset, rows, around);
    let all = by_name(&kept);
    for field in &kept {
        if !around.tables.reads(&field.name) {
            continue;
        }
        let before = rows.clone();
        if let Err(message) = make(field, &all, &mut Vec::new(), rows, around) {
            *rows = before;
            around.tables.note_broken(&field.name, message);
        }
    }
}

/// Makes all that can be made, for completion: they do not count as operators.
pub(crate) fn add_all(rows: &mut Pipeline, around: &mut Surroundings<'_, '_>) {
    let depth = rows.depth;
    for dataset in rows.datasets.clone() {
        let kept = kept(&dataset, rows, around);
        let all = by_name(&kept);
        for field in &kept {
            let before = rows.clone();
            if make(field, &all, &mut Vec::new(), rows, around).is_err() {
                *rows = before;
            }
            rows.depth = depth;
            around.tables.start_over();
        }
    }
}

/// Those of a dataset that nothing hides, as many as may be.
fn kept(dataset: &str, rows: &Pipeline, around: &Surroundings<'_, '_>) -> Vec<VirtualField> {
    let mut kept = around.tables.virtual_fields(dataset);
    kept.truncate(VirtualField::PER_DATASET_MAX);
    kept.retain(|field| !field.name.is_empty() && rows.scope.get(&field.name).is_none());
    kept
}

/// Of two of one name, the first.
fn by_name(kept: &[VirtualField]) -> ByName<'_> {
    let named = kept.iter().rev();
    named.map(|field| (field.name.as_str(), field)).collect()
}

/// `above` are the fields that this one is made for, outermost first. `Err` says what is wrong.
fn make<'f>(
    field: &'f VirtualField,
    all: &ByName<'f>,
    above: &mut Vec<&'f str>,
    rows: &mut Pipeline,
    around: &mut Surroundings<'_, '_>,
) -> Result<(), String> {
    let name = field.name.as_str();
    if rows.scope.get(name).is_some() {
        return Ok(());
    }
    let is_cycle = above.contains(&name);
    above.push(name);
    if is_cycle {
        let names = above.join(", ");
        return Err(format!("virtual field '{name}' is made of itself: {names}"));
    }
    if above.len() > VIRTUAL_DEPTH_MAX {
        return Err(format!(
            "virtual field '{}' is made of too many others, one of another: expected at most {VIRTUAL_DEPTH_MAX}",
            above[0]
        ));
    }
    let mut report = Report::new("");
    let read = match field.expression.len() <= VirtualField::EXPRESSION_BYTES_MAX {
        true => parser::expression(&field.expression, &mut report),
        false => Err(report.error(&(0..0), "its expression is longer than 4 KiB")),
    };
    let made = match read {
        Ok((expression, reads)) => {
            let others = reads.iter().filter(|other| *other != name);
            for other in others.filter_map(|other| all.get(other.as_str())) {
                make(other, all, above, rows, around)?;
            }
            extend(name, expression, rows, around, &mut report)
        }
        Err(failed) => Err(failed),
    };
    above.pop();
    if made.is_ok() && report.is_clean() {
        return Ok(());
    }
    let mistake = report.finish().remove(0);
    let meant = mistake
        .suggestion
        .map_or_else(String::new, |meant| format!("; did you mean '{meant}'?"));
    Err(format!(
        "virtual field '{name}' could not be made: {}{meant}",
        mistake.message
    ))
}

/// Its mistakes are of its expression, not of the query's text.
fn extend<'r>(
    name: &str,
    expression: Expression,
    rows: &mut Pipeline,
    around: &mut Surroundings<'_, 'r>,
    report: &mut Report<'r>,
) -> Bound<()> {
    let stage = Stage {
        operator: Operator::Extend(vec![Item {
            name: Some(name.to_owned()),
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
