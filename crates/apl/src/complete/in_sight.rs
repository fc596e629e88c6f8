//! The fields and names in sight of a place: what the operators before it leave.

use crate::bind::{Pipeline, Tables, prologue, query, virtual_fields};
use crate::context::{Context, Datasets, Key};
use crate::diagnostic::Report;
use crate::kind::Kind;
use crate::operators::Surroundings;
use crate::parser::Probe;
use crate::syntax::Query;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

/// What may be named at a place.
#[derive(Debug, Default)]
pub(super) struct InSight {
    pub(super) fields: Vec<Field>,
    /// Keys of the datasets' custom maps, as far as these are fields still.
    pub(super) keys: Vec<Arc<[Key]>>,
    /// The custom maps among the fields.
    pub(super) maps: Vec<String>,
    pub(super) datasets: Vec<String>,
    /// Tables that `let` named.
    pub(super) tables: Vec<String>,
    /// Values that `let` named, and parameters.
    pub(super) values: Vec<String>,
}

/// A field of the rows.
#[derive(Debug)]
pub(super) struct Field {
    pub(super) name: String,
    pub(super) kind: Kind,
    /// The query made it.
    pub(super) is_made: bool,
    /// No row of the dataset has a value in it.
    pub(super) is_absent: bool,
    /// Of a virtual field.
    pub(super) expression: Option<String>,
}

pub(super) fn of(text: &str, probe: &Probe, context: &Context, datasets: &dyn Datasets) -> InSight {
    let mut report = Report::new(text);
    let mut tables = Tables::new(datasets, BTreeSet::new());
    let mut around = Surroundings {
        context,
        report: &mut report,
        tables: &mut tables,
        range: 0..0,
        without_time_bins: false,
    };
    prologue::bind(&probe.statements, &mut around);
    let rows = probe
        .query
        .as_ref()
        .and_then(|query| rows(query, &mut around));
    let right = probe
        .right
        .as_ref()
        .and_then(|query| rows_of_right(query, &mut around));
    let mut in_sight = InSight {
        tables: tables.names().map(str::to_owned).collect(),
        values: tables.value_names().map(str::to_owned).collect(),
        ..InSight::default()
    };
    if probe.offers.contains(&crate::parser::Offer::Table) {
        in_sight.datasets = datasets.names();
    }
    match (rows, right, probe.is_left) {
        (Some(left), None, _) | (Some(left), Some(_), Some(true)) => in_sight.add(&left, datasets),
        (_, Some(right), Some(false)) => in_sight.add(&right, datasets),
        (Some(left), Some(right), None) => {
            in_sight.add(&left, datasets);
            let right: BTreeSet<&str> = names(&right).collect();
            in_sight
                .fields
                .retain(|field| right.contains(field.name.as_str()));
        }
        (None, _, _) => {}
    }
    in_sight
}

fn names(rows: &Pipeline) -> impl Iterator<Item = &str> {
    rows.scope.fields.iter().map(|field| field.name.as_str())
}

/// The rows of a query as far as it can be understood.
fn rows(query: &Query, around: &mut Surroundings<'_, '_>) -> Option<Pipeline> {
    let mut rows = query::source(&query.source, around).ok()?;
    virtual_fields::add_all(&mut rows, around);
    // Behind an operator that means nothing the fields are those before it.
    let _ = query::stages(&query.stages, &mut rows, around);
    Some(rows)
}

fn rows_of_right(query: &Query, around: &mut Surroundings<'_, '_>) -> Option<Pipeline> {
    let before = around.tables.enter(None, around.report, &(0..0)).ok()?;
    let rows = rows(query, around);
    around.tables.leave(before);
    rows
}

impl InSight {
    fn add(&mut self, rows: &Pipeline, datasets: &dyn Datasets) {
        let mut expressions: BTreeMap<String, String> = rows
            .datasets
            .iter()
            .flat_map(|dataset| datasets.virtual_fields(dataset))
            .map(|field| (field.name, field.expression))
            .collect();
        self.fields = rows
            .scope
            .fields
            .iter()
            .map(|field| Field {
                name: field.name.clone(),
                kind: field.kind,
                is_made: field.made,
                is_absent: !field.made && rows.absent.contains(&field.name),
                expression: expressions.remove(&field.name).filter(|_| field.made),
            })
            .collect();
        self.maps = self
            .fields
            .iter()
            .filter(|field| field.kind == Kind::Map && !field.is_made)
            .map(|field| field.name.clone())
            .collect();
        if !self.maps.is_empty() {
            let keys = rows.datasets.iter().map(|dataset| datasets.keys(dataset));
            self.keys = keys.collect();
        }
    }

    /// The field of this name, as a query would read it.
    pub(super) fn field(&self, name: &str) -> Option<&Field> {
        self.fields.iter().find(|field| field.name == name)
    }

    pub(super) fn has_map(&self, map: &str) -> bool {
        self.maps.iter().any(|known| known == map)
    }
}
