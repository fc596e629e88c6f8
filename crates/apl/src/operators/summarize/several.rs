//! Aggregations that make several fields or rows: they are computed as a struct, or a list of structs, which is
//! unfolded into rows; then the struct's parts become fields.

use super::super::Surroundings;
use super::super::naming::Names;
use crate::aggregations::{Part, Several};
use crate::bind::pipeline::{Key, Output};
use crate::bind::{Bound, Pipeline, Value, conversion};
use crate::kernels;
use crate::kind::Kind;
use arrow::datatypes::DataType;
use datafusion::common::{Column, ExprSchema, UnnestOptions};
use datafusion::functions::core::expr_fn::get_field;
use datafusion::logical_expr::{Expr, cast};

/// The parts of one aggregation's struct, with the names of their fields.
#[derive(Debug)]
pub(super) struct Parts {
    /// The name of the struct's own field, which no query can write.
    pub(super) column: String,
    pub(super) unfolds: bool,
    parts: Vec<(String, Part)>,
    order: Vec<(usize, bool)>,
}

impl Parts {
    /// The parts of the aggregation that is the `number`th of its kind, and the value to compute.
    pub(super) fn of(made: Several, number: usize, names: &mut Names) -> (Self, Value) {
        let named = |part: Part| (names.unique(part.name.clone()), part);
        let parts = Self {
            column: format!("|parts {number}"),
            unfolds: made.unfolds,
            parts: made.parts.into_iter().map(named).collect(),
            order: made.order,
        };
        (parts, Value::new(made.expr, Kind::Array))
    }

    /// The order of the rows of one group.
    pub(super) fn order(&self) -> impl Iterator<Item = Key> {
        self.order
            .iter()
            .map(|(place, descending)| Key::new(&self.parts[*place].0, *descending))
    }

    /// The first part that has an order, if the parts are of one row.
    pub(super) fn first_scalar(&self) -> Option<&str> {
        let mut scalars = self.parts.iter().filter(|(_, part)| part.kind.is_scalar());
        scalars
            .next()
            .filter(|_| !self.unfolds)
            .map(|(name, _)| name.as_str())
    }

    /// The fields of the parts, instead of the struct's.
    fn outputs(&self, whole: &Output) -> Vec<Output> {
        let output = |(name, part): &(String, Part)| {
            let value = get_field(whole.expr.clone(), part.inner.as_str());
            // Bins of timespans are computed as floats.
            let expr = match part.kind {
                Kind::Timespan if self.unfolds => {
                    let nanos = Value::new(cast(value, DataType::Int64), Kind::Integer);
                    conversion::to(Kind::Timespan, nanos)
                }
                _ => value,
            };
            Output {
                name: name.clone(),
                expr,
                kind: part.kind,
                ..whole.clone()
            }
        };
        self.parts.iter().map(output).collect()
    }
}

/// Unfolds the lists into rows, and the structs into fields.
pub(super) fn spread(
    several: &[Parts],
    pipeline: &mut Pipeline,
    around: &mut Surroundings<'_, '_>,
) -> Bound<()> {
    if several.is_empty() {
        return Ok(());
    }
    let fields = &pipeline.scope.fields;
    let column = |parts: &Parts| {
        let field = fields.iter().find(|field| field.name == parts.column);
        field.map(|field| field.column.clone())
    };
    let lists: Vec<Column> = several
        .iter()
        .filter(|parts| parts.unfolds)
        .filter_map(column)
        .collect();
    // A group stays when something else is known of it.
    let has_others = fields
        .iter()
        .any(|field| field.aggregation.is_some() && !lists.contains(&field.column));
    let unfolds = !lists.is_empty();
    if unfolds {
        let options = UnnestOptions::new().with_preserve_nulls(has_others);
        pipeline.apply(around.report, &around.range, |plan| {
            plan.unnest_columns_with_options(lists, options)
        })?;
    }
    // What is unfolded loses the qualifier of its projection.
    for field in &mut pipeline.scope.fields {
        let is_unfolded = |parts: &Parts| parts.unfolds && parts.column == field.name;
        if several.iter().any(is_unfolded) {
            field.column = Column::new_unqualified(&field.name);
        }
    }
    let mut outputs = Vec::new();
    for field in &pipeline.scope.fields {
        let whole = Output::kept(field);
        match several.iter().find(|parts| parts.column == field.name) {
            Some(parts) => outputs.extend(parts.outputs(&whole)),
            None if unfolds && field.aggregation.is_none() => outputs.push(Output {
                expr: several_times(&field.column, pipeline, whole.expr),
                ..whole
            }),
            None => outputs.push(whole),
        }
    }
    pipeline.project(outputs, around.report, &around.range)
}

/// A group that is in several rows now. The planner would still take it for a key of the rows, and not sort by
/// what comes after it.
fn several_times(group: &Column, pipeline: &Pipeline, value: Expr) -> Expr {
    match pipeline.plan.schema().field_from_column(group) {
        Ok(field) => kernels::repeated(value, field.data_type().clone()),
        Err(_) => value,
    }
}
