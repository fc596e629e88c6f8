//! The custom keys of a table: each is a column behind those of the model.

use super::Table;
use super::indexes::FileIndex;
use crate::buffer::Entry;
use crate::data_file::index::{Keys, MapNumber};
use arrow::datatypes::{DataType, Field, Schema, SchemaRef};
use datafusion::catalog::TableProvider;
use model::span::{self, Note};
use std::collections::HashMap;
use std::sync::Arc;

/// Keys that a table has a column of; a map with more is not complete.
const KEYS_MAX: usize = 256;

/// Keys that are listed.
const LISTED_MAX: usize = 20_000;

/// The custom keys of a table, each with its map, those of most rows first: as many as its files and its buffer list, and
/// at most 20,000. None of a table that is none of ours.
pub fn custom_keys(table: &dyn TableProvider) -> Vec<(&'static str, String)> {
    let Some(table) = table.downcast_ref::<Table>() else {
        return Vec::new();
    };
    let keys = merged(&table.indexes, &table.entries);
    let listed = most_used(&keys).into_iter().take(LISTED_MAX);
    listed
        .map(|(map, key)| (map.map(), key.to_owned()))
        .collect()
}

/// The keys of all files and entries.
fn merged(indexes: &[Option<Arc<FileIndex>>], entries: &[Arc<Entry>]) -> Keys {
    let mut keys: Keys = Keys::new();
    for (key, of_file) in indexes.iter().flatten().flat_map(|it| &it.index.keys) {
        match keys.get_mut(key) {
            Some(known) => known.rows += of_file.rows,
            None => {
                keys.insert(key.clone(), *of_file);
            }
        }
    }
    for key in entries.iter().flat_map(|entry| entry.keys()) {
        if !keys.contains_key(key) {
            keys.insert(key.clone(), crate::data_file::index::Key::default());
        }
    }
    keys
}

/// Those of most rows first.
fn most_used(keys: &Keys) -> Vec<(MapNumber, &str)> {
    let mut used: Vec<(MapNumber, &str, u64)> = keys
        .iter()
        .map(|((map, key), of_all)| (*map, key.as_str(), of_all.rows))
        .collect();
    used.sort_by_key(|(_, _, rows)| std::cmp::Reverse(*rows));
    used.into_iter().map(|(map, key, _)| (map, key)).collect()
}

/// The model's columns, and those of the keys of all files and entries. Its metadata says what is in no row.
pub(super) fn schema(indexes: &[Option<Arc<FileIndex>>], entries: &[Arc<Entry>]) -> SchemaRef {
    let is_known = |index: &Option<Arc<FileIndex>>| {
        index.as_ref().is_some_and(|index| index.index.is_complete)
    };
    let keys = merged(indexes, entries);
    let is_complete = indexes.iter().all(is_known) && keys.len() <= KEYS_MAX;
    let columns = most_used(&keys)
        .into_iter()
        .take(KEYS_MAX)
        .map(|(map, key)| Field::new(map.column(key), DataType::Utf8View, true));
    let model = span::schema();
    let fields = model.fields().iter().map(|field| field.as_ref().clone());
    let fields: Vec<Field> = fields.chain(columns).collect();
    let complete = is_complete.then(|| Note::KeysComplete.of(&span::KEYED_MAPS));
    let absent = absent(indexes, entries).map(|names| Note::Absent.of(&names));
    let metadata: HashMap<String, String> = complete.into_iter().chain(absent).collect();
    Arc::new(Schema::new_with_metadata(fields, metadata))
}

/// The columns of attributes that no file and no entry has; `None` when a file may have any.
fn absent(indexes: &[Option<Arc<FileIndex>>], entries: &[Arc<Entry>]) -> Option<Vec<&'static str>> {
    let mut is_known = vec![false; span::columns().len()];
    for index in indexes {
        for column in &index.as_ref()?.columns {
            is_known[*column] = true;
        }
    }
    for column in entries.iter().flat_map(|entry| entry.columns()) {
        is_known[*column] = true;
    }
    let is_of_attribute = |name: &str| {
        name.starts_with(span::ATTRIBUTE_PREFIX) || name.starts_with(span::RESOURCE_PREFIX)
    };
    let columns = span::columns().iter().zip(is_known);
    let absent: Vec<&str> = columns
        .filter(|(column, is_known)| !is_known && is_of_attribute(&column.name))
        .map(|(column, _)| column.name.as_str())
        .collect();
    (!absent.is_empty()).then_some(absent)
}

/// Whether a file has a column of its own for each of these, or none of its rows has the key.
pub(super) fn are_columns<'a>(
    index: Option<&FileIndex>,
    mut columns: impl Iterator<Item = &'a str>,
) -> bool {
    columns.all(|column| {
        let Some((index, (map, key))) = index.zip(span::of_key_column(column)) else {
            return false;
        };
        let known = MapNumber::of(map).and_then(|map| index.index.keys.get(&(map, key.to_owned())));
        known.map_or(index.index.is_complete, |key| key.has_column)
    })
}
