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

async fn catalog(data: &Path) -> Result<SqliteConnection> {
    let options = SqliteConnectOptions::new()
        .filename(data.join("catalog.sqlite"))
        .read_only(true);
    SqliteConnection::connect_with(&options)
        .await
        .context("could not open the catalog")
}

/// The files that are part of the newest snapshot.
pub(crate) async fn files(data: &Path) -> Result<Vec<DataFile>> {
    let mut catalog = catalog(data).await?;
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
    let rows: Vec<Line> = sqlx::query_as(
        "SELECT t.table_name, s.path AS schema_path, s.path_is_relative AS schema_in, t.path AS table_path,
                t.path_is_relative AS table_in, f.path, f.path_is_relative AS path_in, f.record_count
         FROM ducklake_data_file f
         JOIN ducklake_table t ON t.table_id = f.table_id AND t.end_snapshot IS NULL
         JOIN ducklake_schema s ON s.schema_id = t.schema_id AND s.end_snapshot IS NULL
         WHERE f.end_snapshot IS NULL ORDER BY f.data_file_id",
    )
    .fetch_all(&mut catalog)
    .await?;
    catalog.close().await?;
    rows.into_iter().map(|line| line.file(&root)).collect()
}

/// A data file as the catalog has it.
#[derive(Debug, sqlx::FromRow)]
struct Line {
    table_name: String,
    schema_path: String,
    schema_in: bool,
    table_path: String,
    table_in: bool,
    path: String,
    path_in: bool,
    record_count: i64,
}

impl Line {
    fn file(self, root: &str) -> Result<DataFile> {
        // Each path is below the one before it, or stands for itself.
        let parts = [
            (self.schema_path, self.schema_in),
            (self.table_path, self.table_in),
            (self.path, self.path_in),
        ];
        let below = |whole: PathBuf, (part, is_relative): (String, bool)| {
            if is_relative {
                whole.join(part)
            } else {
                PathBuf::from(part)
            }
        };
        let path = parts.into_iter().fold(PathBuf::from(root), below);
        let dataset = Dataset::ALL
            .into_iter()
            .find(|it| it.name() == self.table_name);
        let dataset =
            dataset.with_context(|| format!("a dataset that nobody named: {}", self.table_name))?;
        Ok(DataFile {
            dataset,
            path,
            rows: u64::try_from(self.record_count)?,
        })
    }
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

/// Files under `data/` that the catalog does not name: leftovers of a flush or a compaction that was cut short.
/// Those that earlier snapshots have, or that wait for their deletion, are named.
pub(crate) async fn strays(data: &Path) -> Result<Vec<PathBuf>> {
    let mut catalog = catalog(data).await?;
    let named: Vec<String> = sqlx::query_scalar(
        "SELECT t.path || f.path FROM ducklake_data_file f JOIN ducklake_table t ON t.table_id = f.table_id
         UNION SELECT path FROM ducklake_files_scheduled_for_deletion",
    )
    .fetch_all(&mut catalog)
    .await?;
    catalog.close().await?;
    let known: HashSet<_> = named
        .iter()
        .filter_map(|path| data.join("data").join(path).canonicalize().ok())
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

/// How many data files came and went: merged or past their age, deleted, and forgotten by the catalog.
pub(crate) async fn deleted(data: &Path) -> Result<u64> {
    let mut catalog = catalog(data).await?;
    let deleted: i64 = sqlx::query_scalar(
        "SELECT (SELECT max(next_file_id) FROM ducklake_snapshot) - (SELECT count(*) FROM ducklake_data_file)
             - (SELECT count(*) FROM ducklake_files_scheduled_for_deletion)",
    )
    .fetch_one(&mut catalog)
    .await?;
    catalog.close().await?;
    Ok(u64::try_from(deleted)?)
}

/// The column of a custom key, `attributes.custom/<key>`, comes behind the map and counts in its place: it has
/// to say the same.
fn fields(row: &Row) -> Fields {
    let mut fields = Fields::default();
    for (name, field) in row.get_column_iter() {
        field_into(&mut fields, &name.replacen('/', ".", 1), field);
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
