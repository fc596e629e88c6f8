//! A table's columns in the catalog, and the ids that data files carry.
//!
//! A data file names its columns by id (Parquet's `field_id`), so an id once given stays: a table keeps
//! the ids of the columns it has, and a column that a newer program adds gets the next free one. Nested
//! fields are columns too, below their parent.

use arrow::datatypes::{DataType, Field, Fields, Schema};
use model::span;
use parquet::arrow::PARQUET_FIELD_ID_META_KEY;
use std::collections::HashMap;
use std::sync::Arc;

/// From the root to the column: names as DuckLake has them (`events`, `element`, `attributes`, `key`).
pub(crate) type Path = Vec<String>;

/// One row of `ducklake_column`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct LakeColumn {
    pub(crate) id: i64,
    pub(crate) parent: Option<i64>,
    pub(crate) name: String,
    /// DuckLake's name of the type.
    pub(crate) kind: &'static str,
    pub(crate) nullable: bool,
}

/// The ids of a table's columns.
#[derive(Clone, Debug, Default)]
pub(crate) struct Ids {
    by_path: HashMap<Path, i64>,
}

impl Ids {
    /// From rows of `ducklake_column`, parents before children: id, parent, name.
    pub(crate) fn read(rows: impl Iterator<Item = (i64, Option<i64>, String)>) -> Self {
        let mut paths: HashMap<i64, Path> = HashMap::new();
        for (id, parent, name) in rows {
            let mut path = parent
                .and_then(|parent| paths.get(&parent))
                .cloned()
                .unwrap_or_default();
            path.push(name);
            paths.insert(id, path);
        }
        Self {
            by_path: paths.into_iter().map(|(id, path)| (path, id)).collect(),
        }
    }

    /// The id of a top-level column.
    pub(crate) fn top(&self, name: &str) -> Option<i64> {
        self.by_path.get([name.to_owned()].as_slice()).copied()
    }

    /// Gives the model's columns that have none an id above `id_max` (of all that were ever used); the
    /// new columns, parents first.
    pub(crate) fn complete(&mut self, id_max: i64) -> Vec<LakeColumn> {
        let mut fresh = Fresh {
            ids: self,
            next_id: id_max + 1,
            columns: Vec::new(),
        };
        for field in span::schema().fields() {
            fresh.add(&[], None, field.name(), field);
        }
        fresh.columns
    }

    /// `schema` with every field's id as the Parquet writer looks for it.
    pub(crate) fn annotate(&self, schema: &Schema) -> Schema {
        let fields = schema.fields().iter().zip(UNKNOWN_ID_MIN..);
        let fields = fields.map(|(field, unknown)| {
            let known = self.annotated(&[], field.name(), field);
            match known.metadata().contains_key(PARQUET_FIELD_ID_META_KEY) {
                true => known,
                false => with_id(known, unknown),
            }
        });
        Schema::new(fields.collect::<Vec<_>>())
    }

    fn annotated(&self, parent: &[String], name: &str, field: &Field) -> Field {
        let path = [parent, &[name.to_owned()]].concat();
        let children = |fields: &Fields| -> Fields {
            fields
                .iter()
                .map(|child| self.annotated(&path, child.name(), child))
                .collect()
        };
        let data_type = match field.data_type() {
            DataType::List(item) => DataType::List(Arc::new(self.annotated(&path, ELEMENT, item))),
            DataType::Struct(fields) => DataType::Struct(children(fields)),
            DataType::Map(entries, sorted) => match entries.data_type() {
                // The entries are no column of their own in DuckLake.
                DataType::Struct(fields) => {
                    let both = entries
                        .as_ref()
                        .clone()
                        .with_data_type(DataType::Struct(children(fields)));
                    DataType::Map(Arc::new(both), *sorted)
                }
                other => other.clone(),
            },
            other => other.clone(),
        };
        let field = field.clone().with_data_type(data_type);
        match self.by_path.get(&path) {
            Some(id) => with_id(field, *id),
            None => field,
        }
    }
}

const ELEMENT: &str = "element";
/// Of columns that the catalog does not know. DuckDB takes columns by their place as soon as one has no id.
const UNKNOWN_ID_MIN: i64 = 1 << 30;

fn with_id(field: Field, id: i64) -> Field {
    field.with_metadata([(PARQUET_FIELD_ID_META_KEY.to_owned(), id.to_string())].into())
}

struct Fresh<'a> {
    ids: &'a mut Ids,
    next_id: i64,
    columns: Vec<LakeColumn>,
}

impl Fresh<'_> {
    fn add(&mut self, above: &[String], parent: Option<i64>, name: &str, field: &Field) {
        let path = [above, &[name.to_owned()]].concat();
        let id = match self.ids.by_path.get(&path) {
            Some(id) => *id,
            None => {
                let id = self.next_id;
                self.next_id += 1;
                self.ids.by_path.insert(path.clone(), id);
                let (name, kind) = (name.to_owned(), lake_type(field.data_type()));
                self.columns.push(LakeColumn {
                    id,
                    parent,
                    name,
                    kind,
                    nullable: field.is_nullable(),
                });
                id
            }
        };
        match field.data_type() {
            DataType::List(item) => self.add(&path, Some(id), ELEMENT, item),
            DataType::Struct(fields) => self.add_all(&path, id, fields),
            DataType::Map(entries, _) => {
                if let DataType::Struct(fields) = entries.data_type() {
                    self.add_all(&path, id, fields);
                }
            }
            _ => {}
        }
    }

    fn add_all(&mut self, path: &[String], id: i64, fields: &Fields) {
        for child in fields {
            self.add(path, Some(id), child.name(), child);
        }
    }
}

/// DuckLake's name for an Arrow type of the model. A duration is its nanoseconds: the specification's
/// `interval` has calendar months and no nanoseconds.
fn lake_type(data_type: &DataType) -> &'static str {
    match data_type {
        DataType::Int64 | DataType::Duration(_) => "int64",
        DataType::Float64 => "float64",
        DataType::Boolean => "boolean",
        DataType::Timestamp(..) => "timestamp_ns",
        DataType::Map(..) => "map",
        DataType::List(_) => "list",
        DataType::Struct(_) => "struct",
        _ => "varchar",
    }
}
