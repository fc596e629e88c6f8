//! What is in the catalog at one moment.

use super::seal::Seal;
use super::sums;
use crate::Error;
use crate::bounds::{self, Bounds, Value};
use crate::data_file::sums::Sums;
use sqlx::{Sqlite, SqlitePool, Transaction};
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
    /// What the catalog added up to.
    seal: Seal,
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

/// The newest snapshot; `known` if that is it.
pub(super) async fn read(
    pool: &SqlitePool,
    known: Option<Arc<Snapshot>>,
) -> Result<Arc<Snapshot>, Error> {
    // One transaction: what it reads is of one moment, whoever commits meanwhile.
    let mut transaction = pool.begin().await.map_err(Error::catalog("read"))?;
    let seal = Seal::read(&mut transaction).await?;
    match known {
        Some(known) if known.id == seal.snapshot_id => Ok(known),
        known => {
            seal.check(&mut transaction, &READ).await?;
            let known = Known::of(known.as_deref(), &seal, &mut transaction).await?;
            let tables = tables(&mut transaction, &known).await?;
            Ok(Arc::new(Snapshot {
                id: seal.snapshot_id,
                wal_seq: seal.wal_seq,
                tables,
                seal,
            }))
        }
    }
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
    async fn of(
        known: Option<&'a Snapshot>,
        seal: &Seal,
        transaction: &mut Transaction<'_, Sqlite>,
    ) -> Result<Self, Error> {
        let none = -1;
        let files = known.map(Snapshot::files).unwrap_or_default();
        let newest = files.keys().next_back().copied().unwrap_or(none);
        let mut bounds_through = none;
        if let Some(known) = known {
            let new = format!("data_file_id > {newest}");
            if seal
                .has_grown(transaction, &known.seal, BOUNDS, &new)
                .await?
            {
                bounds_through = newest;
            }
        }
        if bounds_through == none {
            seal.check(transaction, &[BOUNDS]).await?;
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
    transaction: &mut Transaction<'_, Sqlite>,
    known: &Known<'_>,
) -> Result<BTreeMap<String, Arc<Table>>, Error> {
    let rows: Vec<TableRow> = sqlx::query_as(
        "SELECT table_id, table_name, path, table_uuid FROM ducklake_table NOT INDEXED WHERE end_snapshot IS NULL",
    )
    .fetch_all(&mut **transaction)
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
    transaction: &mut Transaction<'_, Sqlite>,
    known: &Known<'_>,
) -> Result<HashMap<i64, Vec<DataFile>>, Error> {
    let rows: Vec<FileRow> = sqlx::query_as(
        "SELECT data_file_id, table_id, path, record_count, file_size_bytes, footer_size
         FROM ducklake_data_file NOT INDEXED WHERE end_snapshot IS NULL ORDER BY data_file_id",
    )
    .fetch_all(&mut **transaction)
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
    transaction: &mut Transaction<'_, Sqlite>,
    after_id: i64,
) -> Result<HashMap<i64, Vec<Bounds>>, Error> {
    let rows: Vec<BoundsRow> = sqlx::query_as(
        "SELECT s.data_file_id, c.column_name, s.null_count, s.min_value, s.max_value
         FROM ducklake_file_column_stats s NOT INDEXED
         JOIN ducklake_column c ON c.table_id = s.table_id AND c.column_id = s.column_id
              AND c.end_snapshot IS NULL AND c.parent_column IS NULL
         WHERE s.data_file_id > ?",
    )
    .bind(after_id)
    .fetch_all(&mut **transaction)
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
