//! What is in the catalog at one moment.

use super::database::{Database, Transaction, query};
use crate::Error;
use crate::bounds::{self, Bounds, Value};
use std::collections::{BTreeMap, HashMap};
use std::sync::Arc;
use uuid::Uuid;

/// One snapshot: all datasets and their live data files.
#[derive(Debug)]
pub(crate) struct Snapshot {
    pub(crate) id: i64,
    /// The log's records up to this number are in the files.
    pub(crate) wal_seq: u64,
    /// By name.
    pub(crate) tables: BTreeMap<String, Arc<Table>>,
}

/// A dataset in the catalog.
#[derive(Debug)]
pub(crate) struct Table {
    pub(crate) id: i64,
    /// Below the data directory, ending in a separator.
    pub(crate) path: String,
    pub(crate) created_nanos: i64,
    /// In the order they were committed.
    pub(crate) files: Vec<DataFile>,
}

/// A live data file.
#[derive(Clone, Debug)]
pub(crate) struct DataFile {
    pub(crate) id: i64,
    /// Below the table's path.
    pub(crate) path: String,
    pub(crate) rows: u64,
    pub(crate) bytes: u64,
    pub(crate) footer_bytes: Option<u64>,
    /// One for each of [`bounds::columns`].
    pub(crate) bounds: Vec<Bounds>,
}

impl DataFile {
    /// The largest value of a column of nanoseconds.
    pub(crate) fn max_number(&self, column: &str) -> Option<i64> {
        self.bounds
            .get(bounds::position(column)?)?
            .max
            .as_ref()?
            .number()
    }

    /// The smallest one.
    pub(crate) fn min_number(&self, column: &str) -> Option<i64> {
        self.bounds
            .get(bounds::position(column)?)?
            .min
            .as_ref()?
            .number()
    }
}

/// The newest snapshot; `known` if that is it.
pub(super) async fn read(
    database: &Database,
    known: Option<Arc<Snapshot>>,
) -> Result<Arc<Snapshot>, Error> {
    // One transaction: what it reads is of one moment, whoever commits meanwhile.
    let mut transaction = database.read("read").await?;
    let (id,): (i64,) = query("SELECT max(snapshot_id) FROM ducklake_snapshot")
        .one(&mut transaction)
        .await
        .map_err(Error::catalog("read the snapshots of"))?;
    if let Some(known) = known.filter(|known| known.id == id) {
        return Ok(known);
    }
    let wal_seq = wal_seq(&mut transaction).await?;
    let tables = tables(&mut transaction).await?;
    Ok(Arc::new(Snapshot {
        id,
        wal_seq,
        tables,
    }))
}

/// The log's position that the newest of our commits covers; 0 before the first.
pub(super) async fn wal_seq(transaction: &mut Transaction) -> Result<u64, Error> {
    let position = transaction.dialect().position();
    let (seq,): (Option<i64>,) = query(format!(
        "SELECT max({position}) FROM ducklake_snapshot_changes"
    ))
    .one(transaction)
    .await
    .map_err(Error::catalog("read the log's position from"))?;
    u64::try_from(seq.unwrap_or(0))
        .map_err(|_| Error::CatalogContent("the log's position is negative".to_owned()))
}

type TableRow = (i64, String, String, String);
type FileRow = (i64, i64, String, i64, i64, Option<i64>);

async fn tables(transaction: &mut Transaction) -> Result<BTreeMap<String, Arc<Table>>, Error> {
    let rows: Vec<TableRow> = query(
        "SELECT table_id, table_name, path, CAST(table_uuid AS VARCHAR) FROM ducklake_table WHERE end_snapshot IS NULL",
    )
    .all(transaction)
    .await
    .map_err(Error::catalog("read the tables of"))?;
    let mut files = files(transaction).await?;
    Ok(rows
        .into_iter()
        .map(|(id, name, path, uuid)| {
            let files = files.remove(&id).unwrap_or_default();
            (
                name,
                Arc::new(Table {
                    id,
                    path,
                    created_nanos: created_nanos(&uuid),
                    files,
                }),
            )
        })
        .collect())
}

/// The live data files, by table.
async fn files(transaction: &mut Transaction) -> Result<HashMap<i64, Vec<DataFile>>, Error> {
    let rows: Vec<FileRow> = query(
        "SELECT data_file_id, table_id, path, record_count, file_size_bytes, footer_size
         FROM ducklake_data_file WHERE end_snapshot IS NULL ORDER BY data_file_id",
    )
    .all(transaction)
    .await
    .map_err(Error::catalog("read the data files of"))?;
    let mut bounds = file_bounds(transaction).await?;
    let mut files: HashMap<i64, Vec<DataFile>> = HashMap::new();
    for (id, table, path, rows, bytes, footer) in rows {
        let negative = |_| Error::CatalogContent(format!("data file {id} has a negative size"));
        files.entry(table).or_default().push(DataFile {
            id,
            path,
            rows: u64::try_from(rows).map_err(negative)?,
            bytes: u64::try_from(bytes).map_err(negative)?,
            footer_bytes: footer.and_then(|bytes| u64::try_from(bytes).ok()),
            bounds: bounds.remove(&id).unwrap_or_else(unknown),
        });
    }
    Ok(files)
}

type BoundsRow = (i64, String, Option<i64>, Option<String>, Option<String>);

/// The bounds of the live data files' columns, by file.
async fn file_bounds(transaction: &mut Transaction) -> Result<HashMap<i64, Vec<Bounds>>, Error> {
    let rows: Vec<BoundsRow> = query(
        "SELECT f.data_file_id, c.column_name, s.null_count, s.min_value, s.max_value
         FROM ducklake_data_file f
         JOIN ducklake_file_column_stats s ON s.data_file_id = f.data_file_id
         JOIN ducklake_column c ON c.table_id = s.table_id AND c.column_id = s.column_id
              AND c.end_snapshot IS NULL AND c.parent_column IS NULL
         WHERE f.end_snapshot IS NULL",
    )
    .all(transaction)
    .await
    .map_err(Error::catalog("read the statistics of"))?;
    let mut all: HashMap<i64, Vec<Bounds>> = HashMap::new();
    for (file, column, nulls, min, max) in rows {
        let Some(position) = bounds::position(&column) else {
            continue;
        };
        let kind = bounds::columns()[position].kind;
        let decode = |text: Option<String>| text.and_then(|text| Value::decode(kind, &text));
        all.entry(file).or_insert_with(unknown)[position] = Bounds {
            min: decode(min),
            max: decode(max),
            nulls: nulls.and_then(|nulls| u64::try_from(nulls).ok()),
        };
    }
    Ok(all)
}

fn unknown() -> Vec<Bounds> {
    vec![Bounds::default(); bounds::columns().len()]
}

/// A table's id is of version 7 when we or DuckDB created it; otherwise nobody knows.
fn created_nanos(uuid: &str) -> i64 {
    let timestamp = Uuid::parse_str(uuid)
        .ok()
        .and_then(|uuid| uuid.get_timestamp());
    timestamp.map_or(0, |timestamp| {
        let (seconds, nanos) = timestamp.to_unix();
        (seconds as i64)
            .saturating_mul(1_000_000_000)
            .saturating_add(i64::from(nanos))
    })
}
