//! Reads spans back without the server: the catalog by SQL, the data files row by row by the Parquet
//! library's own record reader. No Arrow, no DataFusion, no crate of the store.
//!
//! Only after a clean stop, when everything is flushed.

use crate::fields::{Fields, hex};
use crate::ledger::Dataset;
use anyhow::{Context, Result, bail};
use parquet::file::reader::{FileReader, SerializedFileReader};
use parquet::record::{Field, Row};
use sqlx::Connection;
use sqlx::sqlite::{SqliteConnectOptions, SqliteConnection};
use std::collections::HashSet;
use std::fs::{self, File};
use std::path::{Path, PathBuf};

/// A data file that the catalog names.
#[derive(Debug)]
pub(crate) struct DataFile {
    pub(crate) dataset: Dataset,
    pub(crate) path: PathBuf,
    pub(crate) rows: u64,
}

/// The files that are part of the newest snapshot.
pub(crate) async fn files(data: &Path) -> Result<Vec<DataFile>> {
    let options = SqliteConnectOptions::new()
        .filename(data.join("catalog.sqlite"))
        .read_only(true);
    let mut catalog = SqliteConnection::connect_with(&options)
        .await
        .context("could not open the catalog")?;
    let deletes: i64 = sqlx::query_scalar("SELECT count(*) FROM ducklake_delete_file")
        .fetch_one(&mut catalog)
        .await?;
    if deletes > 0 {
        bail!("the catalog has {deletes} delete files, which nobody is to write");
    }
    let root: String =
        sqlx::query_scalar("SELECT value FROM ducklake_metadata WHERE key = 'data_path'")
            .fetch_one(&mut catalog)
            .await?;
    let rows: Vec<(String, String, i64, String, i64, String, i64, i64)> = sqlx::query_as(
        "SELECT t.table_name, s.path, s.path_is_relative, t.path, t.path_is_relative, f.path,
                f.path_is_relative, f.record_count
         FROM ducklake_data_file f
         JOIN ducklake_table t ON t.table_id = f.table_id AND t.end_snapshot IS NULL
         JOIN ducklake_schema s ON s.schema_id = t.schema_id AND s.end_snapshot IS NULL
         WHERE f.end_snapshot IS NULL ORDER BY f.data_file_id",
    )
    .fetch_all(&mut catalog)
    .await?;
    catalog.close().await?;
    let file = |(name, schema, schema_in, table, table_in, path, path_in, rows): (
        String,
        String,
        i64,
        String,
        i64,
        String,
        i64,
        i64,
    )| {
        // Each path is below the one before it, or stands for itself.
        let mut whole = PathBuf::from(&root);
        for (part, is_relative) in [(schema, schema_in), (table, table_in), (path, path_in)] {
            whole = if is_relative == 1 {
                whole.join(part)
            } else {
                PathBuf::from(part)
            };
        }
        let dataset = Dataset::ALL.into_iter().find(|it| it.name() == name);
        let dataset = dataset.with_context(|| format!("a dataset that nobody named: {name}"))?;
        Ok(DataFile {
            dataset,
            path: whole,
            rows: u64::try_from(rows)?,
        })
    };
    rows.into_iter().map(file).collect()
}

/// The rows of one file, all of them.
pub(crate) fn rows(file: &DataFile) -> Result<Vec<Fields>> {
    let path = file.path.display();
    let open =
        File::open(&file.path).with_context(|| format!("could not open data file {path}"))?;
    let reader = SerializedFileReader::new(open)
        .with_context(|| format!("could not read data file {path}"))?;
    let rows: Vec<Fields> = reader
        .get_row_iter(None)?
        .map(|row| Ok(fields(&row?)))
        .collect::<Result<_>>()?;
    if rows.len() as u64 != file.rows {
        bail!(
            "{path} has {} rows, and {} by the catalog",
            rows.len(),
            file.rows
        );
    }
    Ok(rows)
}

/// Files under `data/` that the catalog does not name: leftovers of a flush that was cut short.
pub(crate) fn strays(data: &Path, files: &[DataFile]) -> Result<Vec<PathBuf>> {
    let known: HashSet<_> = files
        .iter()
        .filter_map(|file| file.path.canonicalize().ok())
        .collect();
    let mut strays = Vec::new();
    for dataset in fs::read_dir(data.join("data"))? {
        let dataset = dataset?.path();
        if dataset.is_dir() {
            for file in fs::read_dir(dataset)? {
                let path = file?.path();
                if !known.contains(&path.canonicalize()?) {
                    strays.push(path);
                }
            }
        }
    }
    Ok(strays)
}

fn fields(row: &Row) -> Fields {
    let mut fields = Fields::default();
    for (name, field) in row.get_column_iter() {
        field_into(&mut fields, name, field);
    }
    fields
}

fn field_into(fields: &mut Fields, name: &str, field: &Field) {
    match field {
        Field::Null => {}
        Field::Str(text) => fields.put(name, text),
        // Ids are bytes in files and hexadecimal for people.
        Field::Bytes(bytes) => fields.put(name, hex(bytes.data())),
        Field::Group(row) => {
            for (key, field) in row.get_column_iter() {
                field_into(fields, &format!("{name}.{key}"), field);
            }
        }
        Field::ListInternal(list) => {
            for (at, field) in list.elements().iter().enumerate() {
                field_into(fields, &format!("{name}.{at}"), field);
            }
        }
        Field::MapInternal(map) => {
            for (key, field) in map.entries() {
                if let Field::Str(key) = key {
                    field_into(fields, &format!("{name}.{key}"), field);
                }
            }
        }
        Field::Bool(is) => fields.put(name, is),
        Field::Int(number) => fields.put(name, number),
        Field::Long(number) => fields.put(name, number),
        Field::Double(number) => fields.put(name, number),
        // No column has another type; one that gets it differs from what was sent.
        other => fields.put(name, other),
    }
}
