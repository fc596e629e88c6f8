//! Which attribute goes to which column: the one of its name, if its value has the column's type.

use super::super::piece::{Attribute, Value};
use model::span::{self, ColumnType};
use std::collections::HashMap;
use std::sync::LazyLock;

/// A resource's attributes, sorted out once for all its spans.
#[derive(Default)]
pub(super) struct Placed<'a> {
    pub(super) columns: Vec<(usize, Value<'a>)>,
    pub(super) custom: Vec<Attribute<'a>>,
}

pub(super) fn resource(attributes: Vec<Attribute<'_>>) -> Placed<'_> {
    let mut placed = Placed::default();
    for attribute in attributes {
        match find(&RESOURCE, &attribute) {
            Some(index) => placed.columns.push((index, attribute.value)),
            None => placed.custom.push(attribute),
        }
    }
    placed
}

/// The column of a span's attribute; `None` for the map of the rest.
pub(super) fn attribute(attribute: &Attribute<'_>) -> Option<usize> {
    find(&ATTRIBUTES, attribute)
}

fn find(columns: &HashMap<&str, usize>, attribute: &Attribute<'_>) -> Option<usize> {
    let index = *columns.get(attribute.key)?;
    fits(span::columns()[index].kind, &attribute.value).then_some(index)
}

fn fits(kind: ColumnType, value: &Value<'_>) -> bool {
    match (kind, value) {
        (ColumnType::Text, Value::Text(_))
        | (ColumnType::Integer, Value::Integer(_))
        | (ColumnType::Float, Value::Float(_))
        | (ColumnType::Boolean, Value::Boolean(_)) => true,
        // Senders write a ratio of 1.0 as 1. Above 2^53 a float would be another number.
        (ColumnType::Float, Value::Integer(value)) => value.unsigned_abs() <= 1 << 53,
        _ => false,
    }
}

static ATTRIBUTES: LazyLock<HashMap<&str, usize>> = LazyLock::new(|| {
    span::ATTRIBUTES
        .iter()
        .map(|(name, _)| (*name, index(&format!("{}{name}", span::ATTRIBUTE_PREFIX))))
        .collect()
});

static RESOURCE: LazyLock<HashMap<&str, usize>> = LazyLock::new(|| {
    let lifted = span::RESOURCE_LIFTED
        .iter()
        .map(|name| (*name, index(name)));
    let prefixed = span::RESOURCE
        .iter()
        .map(|(name, _)| (*name, index(&format!("{}{name}", span::RESOURCE_PREFIX))));
    lifted.chain(prefixed).collect()
});

/// Where the columns that every span may have stand in the model's order.
pub(super) struct Layout {
    pub(super) time: usize,
    pub(super) sys_time: usize,
    pub(super) trace_id: usize,
    pub(super) span_id: usize,
    pub(super) parent_span_id: usize,
    pub(super) name: usize,
    pub(super) kind: usize,
    pub(super) duration: usize,
    pub(super) error: usize,
    pub(super) status_code: usize,
    pub(super) status_message: usize,
    pub(super) service_name: usize,
    pub(super) scope_name: usize,
    pub(super) scope_version: usize,
    pub(super) scope_attributes: usize,
    pub(super) attributes_custom: usize,
    pub(super) resource_custom: usize,
    pub(super) events: usize,
    pub(super) links: usize,
    pub(super) trace_state: usize,
    pub(super) flags: usize,
    pub(super) dropped_attributes: usize,
    pub(super) dropped_events: usize,
    pub(super) dropped_links: usize,
}

pub(super) static LAYOUT: LazyLock<Layout> = LazyLock::new(|| Layout {
    time: index(span::TIME),
    sys_time: index(span::SYS_TIME),
    trace_id: index(span::TRACE_ID),
    span_id: index(span::SPAN_ID),
    parent_span_id: index(span::PARENT_SPAN_ID),
    name: index(span::NAME),
    kind: index(span::KIND),
    duration: index(span::DURATION),
    error: index(span::ERROR),
    status_code: index(span::STATUS_CODE),
    status_message: index(span::STATUS_MESSAGE),
    service_name: index(span::SERVICE_NAME),
    scope_name: index(span::SCOPE_NAME),
    scope_version: index(span::SCOPE_VERSION),
    scope_attributes: index(span::SCOPE_ATTRIBUTES),
    attributes_custom: index(span::ATTRIBUTES_CUSTOM),
    resource_custom: index(span::RESOURCE_CUSTOM),
    events: index(span::EVENTS),
    links: index(span::LINKS),
    trace_state: index(span::TRACE_STATE),
    flags: index(span::FLAGS),
    dropped_attributes: index(span::DROPPED_ATTRIBUTES),
    dropped_events: index(span::DROPPED_EVENTS),
    dropped_links: index(span::DROPPED_LINKS),
});

fn index(name: &str) -> usize {
    span::schema()
        .index_of(name)
        .expect("the model has the columns that it names")
}
