//! What is in the catalog at one moment.

use super::database::{Transaction, query};
use super::seal::Seal;
use super::sums;
use crate::Error;
use crate::bounds::{self, Bounds, Value};
use crate::data_file::sums::Sums;
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
    /// What the catalog added up to; `None` in PostgreSQL.
    seal: Option<Seal>,
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
    /// `None` of a file that an earlier program wrote.
    pub(crate) sums: Option<Arc<Sums>>,
}

impl Snapshot {
    /// The live data files, by their ids.
    fn files(&self) -> BTreeMap<i64, &DataFile> {
        let files = self.tables.values().flat_map(|table| &table.files);
        files.map(|file| (file.id, file)).collect()
    }
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

/// The newest snapshot; `known` if that is it, or one that was committed meanwhile.
pub(super) async fn read(
    transaction: &mut Transaction,
    known: Option<Arc<Snapshot>>,
) -> Result<Arc<Snapshot>, Error> {
    let id = newest(transaction).await?;
    if let Some(known) = known.clone().filter(|known| known.id >= id) {
        return Ok(known);
    }
    transaction.check(&READ).await?;
    let wal_seq = wal_seq(transaction).await?;
    let seal = transaction.seal().cloned();
    let known = Known::of(known.as_deref(), transaction).await?;
    let tables = tables(transaction, &known).await?;
    Ok(Arc::new(Snapshot {
        id,
        wal_seq,
        tables,
        seal,
    }))
}

/// The newest snapshot's number.
async fn newest(transaction: &mut Transaction) -> Result<i64, Error> {
    if let Some(seal) = transaction.seal() {
        return Ok(seal.snapshot_id);
    }
    let newest = query("SELECT max(snapshot_id) FROM ducklake_snapshot");
    let newest: Result<(i64,), _> = newest.one(transaction).await;
    let (id,) = newest.map_err(Error::catalog("read the snapshots of"))?;
    Ok(id)
}

/// The log's position that the newest of our commits covers; 0 before the first.
pub(super) async fn wal_seq(transaction: &mut Transaction) -> Result<u64, Error> {
    if let Some(seal) = transaction.seal() {
        return Ok(seal.wal_seq);
    }
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

/// The tables that a snapshot is read from. They are read without their indexes, which are not sealed.
const READ: [&str; 4] = [
    "ducklake_table",
    "ducklake_data_file",
    "ducklake_column",
    "throughline_file_sums",
];
/// Most of the catalog: what an earlier snapshot read of it is not read again.
const BOUNDS: &str = "ducklake_file_column_stats";

/// What an earlier snapshot knows of files.
#[derive(Default)]
struct Known<'a> {
    files: BTreeMap<i64, &'a DataFile>,
    /// The bounds of files up to this one are known.
    bounds_through: i64,
    /// The checksums of files up to this one.
    sums_through: i64,
}

impl<'a> Known<'a> {
    /// `bounds` are checked: those that are new, if with what is known they add up to all; else all.
    async fn of(known: Option<&'a Snapshot>, transaction: &mut Transaction) -> Result<Self, Error> {
        let none = -1;
        let files = known.map(Snapshot::files).unwrap_or_default();
        let newest = files.keys().next_back().copied().unwrap_or(none);
        let mut bounds_through = none;
        if let Some(known) = known {
            let new = format!("data_file_id > {newest}");
            let before = known.seal.as_ref();
            if transaction.has_grown(before, BOUNDS, &new).await? {
                bounds_through = newest;
            }
        }
        if bounds_through == none {
            transaction.check(&[BOUNDS]).await?;
        }
        Ok(Self {
            files,
            bounds_through,
            sums_through: newest,
        })
    }
}

type TableRow = (i64, String, String, String);
type FileRow = (i64, i64, String, i64, i64, Option<i64>);

async fn tables(
    transaction: &mut Transaction,
    known: &Known<'_>,
) -> Result<BTreeMap<String, Arc<Table>>, Error> {
    let whole = transaction.dialect().whole();
    let rows: Vec<TableRow> = query(format!(
        "SELECT table_id, table_name, path, CAST(table_uuid AS VARCHAR) FROM ducklake_table {whole}
         WHERE end_snapshot IS NULL",
    ))
    .all(transaction)
    .await
    .map_err(Error::catalog("read the tables of"))?;
    let mut files = files(transaction, known).await?;
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
async fn files(
    transaction: &mut Transaction,
    known: &Known<'_>,
) -> Result<HashMap<i64, Vec<DataFile>>, Error> {
    let whole = transaction.dialect().whole();
    let rows: Vec<FileRow> = query(format!(
        "SELECT data_file_id, table_id, path, record_count, file_size_bytes, footer_size
         FROM ducklake_data_file {whole} WHERE end_snapshot IS NULL ORDER BY data_file_id",
    ))
    .all(transaction)
    .await
    .map_err(Error::catalog("read the data files of"))?;
    let mut bounds = file_bounds(transaction, known.bounds_through).await?;
    let fresh = sums::read(transaction, known.sums_through).await?;
    let mut files: HashMap<i64, Vec<DataFile>> = HashMap::new();
    for (id, table, path, rows, bytes, footer) in rows {
        let negative = |_| Error::CatalogContent(format!("data file {id} has a negative size"));
        let bytes = u64::try_from(bytes).map_err(negative)?;
        let known = known.files.get(&id);
        let sums = match (known, fresh.get(&id)) {
            (Some(known), _) => known.sums.clone(),
            (None, None) => None,
            (None, Some(encoded)) => {
                Some(Arc::new(Sums::decode(bytes, encoded).ok_or_else(|| {
                    Error::CatalogContent(format!("the checksums of data file {id} do not fit it"))
                })?))
            }
        };
        files.entry(table).or_default().push(DataFile {
            id,
            path,
            rows: u64::try_from(rows).map_err(negative)?,
            bytes,
            footer_bytes: footer.and_then(|bytes| u64::try_from(bytes).ok()),
            bounds: bounds
                .remove(&id)
                .or_else(|| known.map(|known| known.bounds.clone()))
                .unwrap_or_else(unknown),
            sums,
        });
    }
    Ok(files)
}

type BoundsRow = (i64, String, Option<i64>, Option<String>, Option<String>);

/// The bounds of the columns of the data files above `after_id`, by file.
async fn file_bounds(
    transaction: &mut Transaction,
    after_id: i64,
) -> Result<HashMap<i64, Vec<Bounds>>, Error> {
    let whole = transaction.dialect().whole();
    let rows: Vec<BoundsRow> = query(format!(
        "SELECT s.data_file_id, c.column_name, s.null_count, s.min_value, s.max_value
         FROM ducklake_file_column_stats s {whole}
         JOIN ducklake_column c ON c.table_id = s.table_id AND c.column_id = s.column_id
              AND c.end_snapshot IS NULL AND c.parent_column IS NULL
         WHERE s.data_file_id > ?",
    ))
    .bind(after_id)
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
