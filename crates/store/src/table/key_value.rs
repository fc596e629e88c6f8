//! The value of one key in each row's map, for rows whose file has no column of that key.

use arrow::array::{Array, ArrayRef, AsArray, MapArray, RecordBatch, StringViewArray};
use arrow::datatypes::{DataType, Schema};
use datafusion::common::cast::as_map_array;
use datafusion::error::Result;
use datafusion::logical_expr::ColumnarValue;
use datafusion::physical_expr::PhysicalExpr;
use std::fmt;
use std::hash::{Hash, Hasher};
use std::sync::Arc;

/// `map[key]`, null where the map has no such key.
#[derive(Debug, Eq)]
pub(super) struct KeyValue {
    map: Arc<dyn PhysicalExpr>,
    key: String,
}

impl KeyValue {
    pub(super) fn new(map: Arc<dyn PhysicalExpr>, key: &str) -> Self {
        Self {
            map,
            key: key.to_owned(),
        }
    }
}

/// The first value of `key` in each map that is not null.
pub(super) fn values(maps: &MapArray, key: &str) -> StringViewArray {
    let keys = maps.keys().as_string::<i32>();
    let values = maps.values().as_string::<i32>();
    let offsets = maps.value_offsets();
    let value = |row: usize| {
        let mut entries = offsets[row] as usize..offsets[row + 1] as usize;
        let is_it = |entry: &usize| values.is_valid(*entry) && keys.value(*entry) == key;
        entries.find(is_it).map(|entry| values.value(entry))
    };
    (0..maps.len())
        .map(|row| maps.is_valid(row).then(|| value(row)).flatten())
        .collect()
}

impl PhysicalExpr for KeyValue {
    fn data_type(&self, _: &Schema) -> Result<DataType> {
        Ok(DataType::Utf8View)
    }

    fn nullable(&self, _: &Schema) -> Result<bool> {
        Ok(true)
    }

    fn evaluate(&self, batch: &RecordBatch) -> Result<ColumnarValue> {
        let maps = self.map.evaluate(batch)?.into_array(batch.num_rows())?;
        let values: ArrayRef = Arc::new(values(as_map_array(&maps)?, &self.key));
        Ok(ColumnarValue::Array(values))
    }

    fn children(&self) -> Vec<&Arc<dyn PhysicalExpr>> {
        vec![&self.map]
    }

    fn with_new_children(
        self: Arc<Self>,
        children: Vec<Arc<dyn PhysicalExpr>>,
    ) -> Result<Arc<dyn PhysicalExpr>> {
        let map = children.into_iter().next();
        let map = map.unwrap_or_else(|| Arc::clone(&self.map));
        Ok(Arc::new(Self::new(map, &self.key)))
    }

    fn fmt_sql(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.map.fmt_sql(f)?;
        write!(f, "['{}']", self.key)
    }
}

impl fmt::Display for KeyValue {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}['{}']", self.map, self.key)
    }
}

// By hand: see https://github.com/rust-lang/rust/issues/78808.
impl PartialEq for KeyValue {
    fn eq(&self, other: &Self) -> bool {
        self.map.eq(&other.map) && self.key == other.key
    }
}

impl Hash for KeyValue {
    fn hash<H: Hasher>(&self, state: &mut H) {
        self.map.hash(state);
        self.key.hash(state);
    }
}
