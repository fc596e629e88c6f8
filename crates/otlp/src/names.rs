//! Which attribute has a column of its own: one look into a small table, made once.

use model::span::{self, ColumnType};
use model::texts;
use std::sync::LazyLock;

/// A column of the model that an attribute may go to.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Place {
    /// In the model's order.
    pub(crate) index: usize,
    pub(crate) kind: ColumnType,
}

/// Attribute names and their columns: open addressing, half empty.
pub(crate) struct Names {
    slots: Vec<Option<(&'static [u8], Place)>>,
}

impl Names {
    fn new(names: impl Iterator<Item = (&'static str, String)>) -> Self {
        let names: Vec<_> = names.collect();
        let mut slots = vec![None; (names.len() * 4).next_power_of_two()];
        for (name, column) in names {
            let index = index(&column);
            let kind = span::columns()[index].kind;
            let mask = slots.len() - 1;
            let mut slot = hash(name.as_bytes()) as usize & mask;
            while slots[slot].is_some() {
                slot = (slot + 1) & mask;
            }
            slots[slot] = Some((name.as_bytes(), Place { index, kind }));
        }
        Self { slots }
    }

    /// The column of the attribute `key`.
    #[inline(always)]
    pub(crate) fn find(&self, key: &[u8]) -> Option<Place> {
        let mask = self.slots.len() - 1;
        let mut slot = hash(key) as usize & mask;
        loop {
            let (name, place) = self.slots[slot]?;
            if texts::same(name, key) {
                return Some(place);
            }
            slot = (slot + 1) & mask;
        }
    }
}

/// Of both ends and the length: names differ there.
#[inline(always)]
fn hash(name: &[u8]) -> u64 {
    let (head, tail) = match (name.first_chunk::<8>(), name.last_chunk::<8>()) {
        (Some(head), Some(tail)) => (u64::from_le_bytes(*head), u64::from_le_bytes(*tail)),
        _ => match (name.first_chunk::<4>(), name.last_chunk::<4>()) {
            (Some(head), Some(tail)) => (
                u32::from_le_bytes(*head).into(),
                u32::from_le_bytes(*tail).into(),
            ),
            _ => (
                name.first().copied().unwrap_or(0).into(),
                name.last().copied().unwrap_or(0).into(),
            ),
        },
    };
    let mixed = (head ^ 0x9e37_79b9_7f4a_7c15).wrapping_mul(0xff51_afd7_ed55_8ccd)
        ^ (tail ^ name.len() as u64).wrapping_mul(0xc4ce_b9fe_1a85_ec53);
    mixed ^ (mixed >> 32)
}

/// Of a span's attributes.
pub(crate) static ATTRIBUTES: LazyLock<Names> = LazyLock::new(|| {
    Names::new(
        span::ATTRIBUTES
            .iter()
            .map(|(name, _)| (*name, format!("{}{name}", span::ATTRIBUTE_PREFIX))),
    )
});

/// Of a resource's attributes.
pub(crate) static RESOURCE: LazyLock<Names> = LazyLock::new(|| {
    let lifted = span::RESOURCE_LIFTED
        .iter()
        .map(|name| (*name, (*name).to_owned()));
    let prefixed = span::RESOURCE
        .iter()
        .map(|(name, _)| (*name, format!("{}{name}", span::RESOURCE_PREFIX)));
    Names::new(lifted.chain(prefixed))
});

/// Where the columns that every span may have stand in the model's order.
macro_rules! layout {
    ($($field:ident = $name:ident,)*) => {
        /// Where the columns that every span may have stand in the model's order.
        pub(crate) struct Layout { $(pub(crate) $field: usize,)* }

        pub(crate) static LAYOUT: LazyLock<Layout> = LazyLock::new(|| Layout {
            $($field: index(span::$name),)*
        });
    };
}

layout! {
    time = TIME,
    sys_time = SYS_TIME,
    trace_id = TRACE_ID,
    span_id = SPAN_ID,
    parent_span_id = PARENT_SPAN_ID,
    name = NAME,
    kind = KIND,
    duration = DURATION,
    error = ERROR,
    status_code = STATUS_CODE,
    status_message = STATUS_MESSAGE,
    service_name = SERVICE_NAME,
    scope_name = SCOPE_NAME,
    scope_version = SCOPE_VERSION,
    scope_attributes = SCOPE_ATTRIBUTES,
    scope_schema_url = SCOPE_SCHEMA_URL,
    scope_dropped_attributes = SCOPE_DROPPED_ATTRIBUTES,
    attributes_custom = ATTRIBUTES_CUSTOM,
    resource_custom = RESOURCE_CUSTOM,
    resource_schema_url = RESOURCE_SCHEMA_URL,
    resource_dropped_attributes = RESOURCE_DROPPED_ATTRIBUTES,
    resource_entity_refs = RESOURCE_ENTITY_REFS,
    events = EVENTS,
    links = LINKS,
    trace_state = TRACE_STATE,
    flags = FLAGS,
    dropped_attributes = DROPPED_ATTRIBUTES,
    dropped_events = DROPPED_EVENTS,
    dropped_links = DROPPED_LINKS,
}

fn index(name: &str) -> usize {
    span::schema()
        .index_of(name)
        .expect("the model has the columns that it names")
}
