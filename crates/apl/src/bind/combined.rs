//! Several tables become one: below each other in a union, beside each other in a join.

use super::pipeline::{Key, Order, Output};
use super::scope::{Field, Keys};
use super::{Bound, Pipeline, Scope, Value, conversion};
use crate::diagnostic::Report;
use crate::kernels::json;
use crate::kind::Kind;
use arrow::datatypes::DataType;
use datafusion::common::{Column, Result as PlanResult, ScalarValue, TableReference};
use datafusion::functions_window::expr_fn::row_number;
use datafusion::logical_expr::{
    Expr, ExprFunctionExt, JoinType, LogicalPlan, LogicalPlanBuilder, Union, lit, when,
};
use model::span;
use std::collections::BTreeSet;
use std::ops::Range;
use std::sync::Arc;

/// A column of a union.
struct Merged {
    field: Field,
    data_type: DataType,
}

impl Pipeline {
    /// The same rows, with all columns under the name `table`: columns of two tables are told apart by it.
    pub(crate) fn under(
        mut self,
        table: &str,
        report: &mut Report<'_>,
        range: &Range<usize>,
    ) -> Bound<Self> {
        let table = TableReference::bare(table);
        self.apply(report, range, |plan| plan.alias(table.clone()))?;
        let moved = |column: &Column| Column::new(Some(table.clone()), &column.name);
        for field in &mut self.scope.fields {
            field.column = moved(&field.column);
        }
        for column in self.scope.keys.columns.values_mut() {
            *column = moved(column);
        }
        self.order.sorts.clear();
        Ok(self)
    }

    /// The rows of all `parts`, at least two, with the fields of all of them under the name `table`. A field
    /// that a part does not have is null in its rows.
    pub(crate) fn union(
        parts: Vec<Self>,
        table: &str,
        report: &mut Report<'_>,
        range: &Range<usize>,
    ) -> Bound<Self> {
        let columns = columns(&parts);
        let is_newest_first = parts.iter().all(Self::is_newest_first);
        let absent = absent(&parts, &columns);
        let is_limited = parts.iter().all(|part| part.is_limited);
        let mut costs = Self::nothing();
        parts.iter().for_each(|part| costs.absorb(part));
        let projected: PlanResult<Vec<Arc<LogicalPlan>>> = parts
            .into_iter()
            .map(|part| part.with_columns(&columns).map(Arc::new))
            .collect();
        let planned = projected.and_then(Union::try_new).and_then(|union| {
            LogicalPlanBuilder::from(LogicalPlan::Union(union))
                .alias(table)?
                .build()
        });
        let plan = planned.map_err(|error| {
            let error = error.strip_backtrace();
            report.error(range, format!("could not plan this union: {error}"))
        })?;
        let qualifier = TableReference::bare(table);
        let fields = columns.into_iter().map(|column| Field {
            column: Column::new(Some(qualifier.clone()), &column.field.name),
            ..column.field
        });
        let scope = Scope {
            fields: fields.collect(),
            keys: Keys::default(),
        };
        let mut rows = Self::of(plan, scope);
        if is_newest_first {
            rows.order = Order::by(vec![Key::new(span::TIME, true)]);
        }
        rows.absorb(&costs);
        (rows.absent, rows.is_limited) = (absent, is_limited);
        Ok(rows)
    }

    fn is_newest_first(&self) -> bool {
        let first = self.order.keys.first();
        first.is_some_and(|key| key.name == span::TIME && key.descending && !self.order.is_asked)
    }

    /// A projection to the columns of a union.
    fn with_columns(self, columns: &[Merged]) -> PlanResult<LogicalPlan> {
        let mut exprs = Vec::with_capacity(columns.len());
        for column in columns {
            let (name, kind) = (&column.field.name, column.field.kind);
            let expr = match self.scope.get(name) {
                Some(own) => converted(own, &self.data_type(own), kind, &column.data_type)?,
                None => lit(ScalarValue::try_new_null(&column.data_type)?),
            };
            exprs.push(expr.alias(name));
        }
        LogicalPlanBuilder::from(self.plan).project(exprs)?.build()
    }

    /// The first row, in the order of these, for each combination of `keys`. Rows are numbered rather than gathered
    /// by `first_value`: that one fails where a field to sort by is a key, or the same as another.
    pub(crate) fn first_of_each(
        &mut self,
        keys: Vec<Expr>,
        report: &mut Report<'_>,
        range: &Range<usize>,
    ) -> Bound<()> {
        let sorts = self.key_sorts();
        let place = Column::new_unqualified("|place");
        let own = self.plan.schema().columns().into_iter().map(Expr::Column);
        let own: Vec<Expr> = own.collect();
        self.apply(report, range, |plan| {
            let number = row_number().partition_by(keys);
            let number = match sorts.is_empty() {
                true => number.build()?,
                false => number.order_by(sorts).build()?,
            };
            plan.window([number.alias(&place.name)])?
                .filter(Expr::Column(place).eq(lit(1_u64)))?
                .project(own)
        })
    }

    /// These rows beside those of `right` that have equal keys; both sides have names of their own. Of the
    /// right side, fields that `keeps` refuses are left out, and names that clash get a number.
    pub(crate) fn join(
        &mut self,
        right: Self,
        join_type: JoinType,
        keys: (Vec<Expr>, Vec<Expr>),
        keeps: impl Fn(&Field) -> bool,
        report: &mut Report<'_>,
        range: &Range<usize>,
    ) -> Bound<()> {
        self.absorb(&right);
        let right_plan = right.plan;
        self.apply(report, range, |plan| {
            plan.join_with_expr_keys(right_plan, join_type, keys, None)
        })?;
        self.projections = self.projections.max(right.projections);
        self.order.is_applied = false;
        self.order.is_partial = false;
        let mut outputs: Vec<Output> = self.scope.fields.iter().map(Output::kept).collect();
        let mut taken: BTreeSet<String> =
            outputs.iter().map(|output| output.name.clone()).collect();
        for field in right.scope.fields.iter().filter(|field| keeps(field)) {
            let mut output = Output::kept(field);
            let mut number = 0;
            while taken.contains(&output.name) {
                number += 1;
                output.name = format!("{}{number}", field.name);
                output.made = true;
            }
            taken.insert(output.name.clone());
            outputs.push(output);
        }
        self.project(outputs, report, range)?;
        (self.groups, self.bucket) = (Vec::new(), None);
        self.is_limited = false;
        Ok(())
    }
}

/// The columns of all parts, in the order in which they are met.
fn columns(parts: &[Pipeline]) -> Vec<Merged> {
    let mut columns: Vec<Merged> = Vec::new();
    for part in parts {
        for field in &part.scope.fields {
            let data_type = part.data_type(field);
            let known = columns
                .iter_mut()
                .find(|column| column.field.name == field.name);
            let Some(known) = known else {
                columns.push(Merged {
                    field: field.clone(),
                    data_type,
                });
                continue;
            };
            let (kind, data_type) = met(&known.field, &known.data_type, field, &data_type);
            known.field.made |= field.made || kind != known.field.kind;
            known.field.weight = known.field.weight.saturating_add(field.weight);
            if known.field.aggregation != field.aggregation {
                known.field.aggregation = None;
            }
            (known.field.kind, known.data_type) = (kind, data_type);
        }
    }
    columns
}

/// A field as another kind; null stays null, also as a text.
fn converted(field: &Field, held: &DataType, kind: Kind, data_type: &DataType) -> PlanResult<Expr> {
    let value = Value::new(field.expr(), field.kind);
    if held == data_type && field.kind == kind {
        return Ok(value.expr);
    }
    if kind.is_json() {
        return Ok(json::quoted(value).expr);
    }
    let converted = conversion::to(kind, value);
    if kind != Kind::Text {
        return Ok(converted);
    }
    when(field.expr().is_not_null(), converted).otherwise(conversion::typed_null(kind))
}

/// What two columns of one name become: integers and floats are floats, other scalars of different kinds
/// are texts. With an array or a map among them they are dynamic.
fn met(a: &Field, a_type: &DataType, b: &Field, b_type: &DataType) -> (Kind, DataType) {
    let kind = match (a.kind, b.kind) {
        (kind, other) if kind == other && a_type == b_type => return (kind, a_type.clone()),
        (Kind::Array, Kind::Array) => Kind::Array,
        (a, b) if a.is_json() || b.is_json() => Kind::Dynamic,
        (a, b) if a.is_number() && b.is_number() => Kind::Float,
        _ => Kind::Text,
    };
    (kind, kind.arrow())
}

/// Columns that no part has a value in.
fn absent(parts: &[Pipeline], columns: &[Merged]) -> BTreeSet<String> {
    let is_absent = |part: &Pipeline, name: &str| match part.scope.get(name) {
        Some(field) => !field.made && part.absent.contains(name),
        None => true,
    };
    let names = columns.iter().map(|column| &column.field.name);
    names
        .filter(|name| parts.iter().all(|part| is_absent(part, name)))
        .cloned()
        .collect()
}
