//! Events, as a table with their own fields. The store keeps an event as a row of its one layout: its fields are
//! attributes there, and its ids say which event of which request it was (ADR 14). Here they are fields again,
//! each with the type that all its values have.

use arrow::datatypes::DataType;
use control::FieldType;
use datafusion::catalog::TableProvider;
use datafusion::common::{Column, DFSchema, ScalarValue};
use datafusion::datasource::{ViewTable, provider_as_source};
use datafusion::error::Result;
use datafusion::functions::core::expr_fn::coalesce;
use datafusion::functions::string::expr_fn::concat;
use datafusion::logical_expr::{
    Expr, LogicalPlan, LogicalPlanBuilder, Projection, cast, lit, try_cast,
};
use model::span::{self, Note};
use std::collections::{BTreeMap, HashMap};
use std::sync::Arc;

/// Tells an event from all others: the request and its place in it.
pub(crate) const ROW_ID: &str = "_rowId";

/// What stands before the fields of every event.
pub(crate) const FIRST: [&str; 3] = [span::TIME, span::SYS_TIME, ROW_ID];

/// The rows of `table` as events with these fields.
pub(crate) fn view(
    table: Arc<dyn TableProvider>,
    fields: &BTreeMap<String, FieldType>,
) -> Result<Arc<dyn TableProvider>> {
    let schema = table.schema();
    let complete = Note::KeysComplete.read(&schema).unwrap_or_default();
    let all_keys = complete.contains(span::ATTRIBUTES_CUSTOM);
    let mut exprs = vec![
        column(span::TIME),
        column(span::SYS_TIME),
        cast(
            concat(vec![
                column(span::TRACE_ID),
                lit("-"),
                column(span::SPAN_ID),
            ]),
            DataType::Utf8View,
        )
        .alias(ROW_ID),
    ];
    for (name, kind) in fields {
        if FIRST.contains(&name.as_str()) {
            continue;
        }
        if *kind == FieldType::Map {
            exprs.push(column(span::ATTRIBUTES_CUSTOM));
            continue;
        }
        let kept = format!("{}{name}", span::ATTRIBUTE_PREFIX);
        let key = span::key_column(span::ATTRIBUTES_CUSTOM, name);
        let mut values = Vec::new();
        if name != "custom" && schema.column_with_name(&kept).is_some() {
            values.push(cast(column(&kept), arrow_type(*kind)));
        }
        if schema.column_with_name(&key).is_some() {
            values.push(typed(column(&key), *kind));
        } else if !all_keys {
            let map = column(span::ATTRIBUTES_CUSTOM);
            values.push(typed(apl::map_value(map, name), *kind));
        }
        let value = match values.len() {
            0 => lit(ScalarValue::try_new_null(&arrow_type(*kind))?),
            1 => values.remove(0),
            _ => coalesce(values),
        };
        exprs.push(value.alias(name));
    }
    let rows = LogicalPlanBuilder::scan("rows", provider_as_source(table), None)?.build()?;
    let projected = Projection::try_new(exprs, Arc::new(rows))?;
    // What the store says of its own columns is not true of these.
    let bare = projected
        .schema
        .iter()
        .map(|(qualifier, field)| (qualifier.cloned(), Arc::clone(field)))
        .collect();
    let schema = DFSchema::new_with_metadata(bare, HashMap::new())?;
    let projected =
        Projection::try_new_with_schema(projected.expr, projected.input, Arc::new(schema))?;
    let plan = LogicalPlan::Projection(projected);
    Ok(Arc::new(ViewTable::new(plan, None)))
}

fn column(name: &str) -> Expr {
    Expr::Column(Column::new_unqualified(name))
}

/// A value of the map of texts, as what it was.
fn typed(text: Expr, kind: FieldType) -> Expr {
    match kind {
        FieldType::Text | FieldType::Map => text,
        FieldType::Boolean | FieldType::Integer | FieldType::Float => {
            try_cast(text, arrow_type(kind))
        }
    }
}

fn arrow_type(kind: FieldType) -> DataType {
    match kind {
        FieldType::Boolean => DataType::Boolean,
        FieldType::Integer => DataType::Int64,
        FieldType::Float => DataType::Float64,
        FieldType::Text | FieldType::Map => DataType::Utf8View,
    }
}
