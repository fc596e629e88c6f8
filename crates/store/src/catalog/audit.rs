//! A catalog that is looked at and not written: whether it is whole, which files it names, and a copy of it.
//! Another process may have it open and go on writing.

use super::BUSY_WAIT;
use super::database::Dialect;
use super::seal::Seal;
use super::sums;
use crate::Error;
use crate::data_file::sums::Sums;
use model::ErrorKind;
use sqlx::sqlite::SqliteConnectOptions;
use sqlx::{AssertSqlSafe, ConnectOptions, Connection, SqliteConnection};
use std::collections::{HashMap, HashSet};
use std::path::Path;

/// A catalog that was opened for reading.
#[derive(Debug)]
pub(crate) struct Audit {
    connection: SqliteConnection,
}

/// What a catalog says of files.
#[derive(Debug, Default)]
pub(crate) struct Named {
    /// What no other catalog has.
    pub(crate) store: String,
    /// The log's position that the newest commit covers.
    pub(crate) wal_seq: u64,
    /// Of all snapshots.
    pub(crate) files: Vec<NamedFile>,
    /// Files that no snapshot has any more, until they are deleted. Below the data directory, as those are.
    pub(crate) scheduled: HashSet<String>,
}

/// A data file as the catalog has it.
#[derive(Clone, Debug)]
pub(crate) struct NamedFile {
    /// Below the data directory.
    pub(crate) path: String,
    pub(crate) rows: u64,
    pub(crate) bytes: u64,
    /// `None` of a file that an earlier program wrote.
    pub(crate) sums: Option<Sums>,
}

/// Id, path, rows, bytes.
pub(super) type FileRow = (i64, String, i64, i64);

/// The data files of all snapshots.
pub(super) const FILES: &str = "
SELECT f.data_file_id, t.path || f.path, f.record_count, f.file_size_bytes
FROM ducklake_data_file f NOT INDEXED
JOIN (SELECT DISTINCT table_id, path FROM ducklake_table) t ON t.table_id = f.table_id
ORDER BY f.data_file_id";

/// The datasets of the newest snapshot.
pub(super) const DATASETS: &str =
    "SELECT table_name FROM ducklake_table WHERE end_snapshot IS NULL";

const NAMED: &str = "`verify` and `backup` take the whole store when its parts are named as for `serve` (--data, --log-dir, --catalog)";

/// For what looks at a data directory and nothing else: that catalog and data files are both in `root`. One without
/// a catalog passes.
///
/// # Errors
/// `Invalid` when one of them is elsewhere.
pub(crate) async fn check_local(root: &Path) -> Result<(), Error> {
    let elsewhere = |what: &str, remedy| Error::Elsewhere {
        path: root.to_owned(),
        what: what.to_owned(),
        remedy,
    };
    if root.join("LOG").exists() {
        return Err(elsewhere("its catalog is in PostgreSQL", NAMED));
    }
    let catalog = root.join("catalog.sqlite");
    if !catalog.exists() {
        return Ok(());
    }
    let mut audit = Audit::open(&catalog).await?;
    // A catalog that is damaged is looked at later, by whoever says so.
    let data_path = sqlx::query_scalar::<_, String>(
        "SELECT value FROM ducklake_metadata WHERE key = 'data_path'",
    )
    .fetch_optional(&mut audit.connection)
    .await;
    audit.close().await?;
    match data_path {
        Ok(Some(path)) if path.contains("://") => {
            Err(elsewhere(&format!("its data files are in {path}"), NAMED))
        }
        _ => Ok(()),
    }
}

/// Files with their checksums, which are by their ids.
pub(super) fn files(
    rows: Vec<FileRow>,
    mut sums: HashMap<i64, Vec<u8>>,
) -> Result<Vec<NamedFile>, Error> {
    let mut files = Vec::with_capacity(rows.len());
    for (id, path, rows, bytes) in rows {
        let wrong = || Error::CatalogContent(format!("what it says of {path} is impossible"));
        let (rows, bytes) = (u64::try_from(rows), u64::try_from(bytes));
        let (Ok(rows), Ok(bytes)) = (rows, bytes) else {
            return Err(wrong());
        };
        let sums = match sums.remove(&id) {
            None => None,
            Some(encoded) => Some(Sums::decode(bytes, &encoded).ok_or_else(wrong)?),
        };
        files.push(NamedFile {
            path,
            rows,
            bytes,
            sums,
        });
    }
    Ok(files)
}

/// Whether SQLite has commits beside the catalog that are not in it yet.
fn has_own_log(catalog: &Path) -> bool {
    let mut log = catalog.as_os_str().to_owned();
    log.push("-wal");
    std::fs::metadata(log).is_ok_and(|found| found.len() > 0)
}

impl Audit {
    pub(crate) async fn open(path: &Path) -> Result<Self, Error> {
        let options = SqliteConnectOptions::new()
            .filename(path)
            .read_only(true)
            .busy_timeout(BUSY_WAIT);
        let mut connection = options.connect().await.map_err(Error::catalog("open"))?;
        // Where SQLite may not make its files beside the catalog, nobody writes to it either.
        let looked = sqlx::query_scalar::<_, i64>("SELECT count(*) FROM sqlite_master");
        let is_refused = looked.fetch_one(&mut connection).await.is_err();
        if is_refused && !has_own_log(path) {
            let options = options.immutable(true);
            connection = options.connect().await.map_err(Error::catalog("open"))?;
        }
        Ok(Self { connection })
    }

    /// Whether it has a seal: one that an earlier program wrote has none.
    pub(crate) async fn is_sealed(&mut self) -> Result<bool, Error> {
        Seal::exists(&mut self.connection).await
    }

    /// What is wrong with it: a line each. SQLite looks at its pages, the seal at its rows.
    pub(crate) async fn damage(&mut self) -> Result<Vec<String>, Error> {
        let mut transaction = self
            .connection
            .begin()
            .await
            .map_err(Error::catalog("read"))?;
        let found = sqlx::query_scalar("PRAGMA integrity_check")
            .fetch_all(&mut *transaction)
            .await;
        let mut found: Vec<String> = found.map_err(Error::catalog("check"))?;
        found.retain(|line| line != "ok");
        if Seal::exists(&mut transaction).await? {
            let seal = Seal::read(&mut transaction).await?;
            let damaged = seal.damaged(&mut transaction).await?;
            let line = |table| format!("table {table} does not match its checksum");
            found.extend(damaged.into_iter().map(line));
        }
        Ok(found)
    }

    pub(crate) async fn dataset_names(&mut self) -> Result<Vec<String>, Error> {
        let names = sqlx::query_scalar(DATASETS).fetch_all(&mut self.connection);
        names.await.map_err(Error::catalog("read the datasets of"))
    }

    /// The files, of one moment.
    pub(crate) async fn named(&mut self) -> Result<Named, Error> {
        let verb = "read the data files of";
        let mut transaction = self
            .connection
            .begin()
            .await
            .map_err(Error::catalog("read"))?;
        let is_sealed = Seal::exists(&mut transaction).await?;
        let wal_seq = match is_sealed {
            true => Seal::read(&mut transaction).await?.wal_seq,
            false => Seal::position(&mut transaction).await?.1,
        };
        let store: String = sqlx::query_scalar("SELECT schema_uuid FROM ducklake_schema")
            .fetch_one(&mut *transaction)
            .await
            .map_err(Error::catalog(verb))?;
        let rows: Vec<FileRow> = sqlx::query_as(FILES)
            .fetch_all(&mut *transaction)
            .await
            .map_err(Error::catalog(verb))?;
        let sums = match is_sealed {
            true => {
                let select = AssertSqlSafe(sums::select(Dialect::Sqlite));
                let rows = sqlx::query_as(select).bind(-1_i64);
                let rows = rows.fetch_all(&mut *transaction).await;
                sums::whole(rows.map_err(Error::catalog(verb))?)?
            }
            false => Default::default(),
        };
        let scheduled: Vec<String> =
            sqlx::query_scalar("SELECT path FROM ducklake_files_scheduled_for_deletion")
                .fetch_all(&mut *transaction)
                .await
                .map_err(Error::catalog(verb))?;
        Ok(Named {
            store,
            wal_seq,
            files: files(rows, sums)?,
            scheduled: scheduled.into_iter().collect(),
        })
    }

    pub(crate) async fn close(self) -> Result<(), Error> {
        self.connection
            .close()
            .await
            .map_err(Error::catalog("close"))
    }

    /// Writes all that is committed now to a new file, which is not synced.
    pub(crate) async fn copy_to(&mut self, path: &Path) -> Result<(), Error> {
        sqlx::query("VACUUM INTO ?")
            .bind(path.to_string_lossy().into_owned())
            .execute(&mut self.connection)
            .await
            .map_err(Error::catalog("copy"))?;
        Ok(())
    }
}

/// Copies another SQLite file, as it is at one moment; its owner may go on writing.
///
/// # Errors
/// `Corrupt`, with its path, when SQLite finds it damaged; `Unavailable` when the disk does not answer.
pub(crate) async fn copy_sqlite(from: &Path, to: &Path) -> Result<(), Error> {
    let copied = async {
        let options = SqliteConnectOptions::new()
            .filename(from)
            .busy_timeout(BUSY_WAIT);
        let mut connection = options.connect().await?;
        sqlx::query("VACUUM INTO ?")
            .bind(to.to_string_lossy().into_owned())
            .execute(&mut connection)
            .await?;
        connection.close().await
    };
    let copied = copied.await;
    copied.map_err(|source| {
        let damage = format!("SQLite cannot read it: {source}");
        match Error::catalog("copy the file beside")(source) {
            failed if failed.kind() == ErrorKind::Corrupt => Error::Damaged {
                path: from.to_owned(),
                damage,
            },
            failed => failed,
        }
    })
}
