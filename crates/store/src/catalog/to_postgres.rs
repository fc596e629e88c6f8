//! A catalog in SQLite as one in PostgreSQL: for a backup that is put back where the parts of a store are on other
//! machines. One transaction: the catalog is there then, or nothing is.

use super::database::{Database, Dialect, Transaction, Value, query};
use super::postgres::Postgres;
use super::to_sqlite::{COPY, OURS, tables};
use super::{WRITE_DATA_PATH, open_sqlite, recent, sums};
use crate::Error;
use crate::config::CatalogUrl;
use futures::TryStreamExt;
use sqlx::{AssertSqlSafe, Row, SqlitePool};
use std::path::Path;
use uuid::Uuid;

/// That a database can be used, and has no catalog.
///
/// # Errors
/// `Unavailable` for one that cannot be used, and for one that has a catalog.
pub(crate) async fn check_vacant(url: &CatalogUrl) -> Result<(), Error> {
    let database = Database::Postgres(Postgres::open(url).await?);
    let checked = async { vacant(&mut database.open(COPY).await?, url).await };
    let checked = checked.await;
    database.close().await;
    checked
}

/// Copies the catalog in the file `from`, which was found to be whole, to a database that has none. From now on its data
/// files are below `data_path`, and its position is that of the log with the id `log`.
///
/// # Errors
/// As [`check_vacant`].
pub(crate) async fn copy_to_postgres(
    from: &Path,
    url: &CatalogUrl,
    data_path: &str,
    log: Uuid,
) -> Result<(), Error> {
    let database = Database::Postgres(Postgres::open(url).await?);
    let source = open_sqlite(from).await?;
    let copied = copy(&source, &database, url, data_path, log).await;
    source.close().await;
    database.close().await;
    copied
}

async fn copy(
    from: &SqlitePool,
    database: &Database,
    url: &CatalogUrl,
    data_path: &str,
    log: Uuid,
) -> Result<(), Error> {
    let mut to = database.open(COPY).await?;
    vacant(&mut to, url).await?;
    let layout = Dialect::Postgres.layout();
    let made = async {
        to.script(layout.clone()).await?;
        recent::prepare(&mut to).await?;
        sums::prepare(&mut to).await
    };
    made.await.map_err(Error::catalog("create"))?;
    for table in tables(&layout).into_iter().chain(OURS) {
        copy_table(from, &mut to, table).await?;
    }
    for write in [
        query("DELETE FROM ducklake_metadata WHERE key = 'data_path'"),
        query("INSERT INTO ducklake_metadata (value, key) VALUES (?, 'data_path')").bind(data_path),
    ] {
        let written = write.execute(&mut to).await;
        written.map_err(Error::catalog(WRITE_DATA_PATH))?;
    }
    if let Database::Postgres(postgres) = database {
        // No other log is taken for the one that it counts.
        postgres.own(&mut to, (log, false)).await?;
    }
    to.commit(COPY).await
}

async fn vacant(transaction: &mut Transaction, url: &CatalogUrl) -> Result<(), Error> {
    let found = query(Dialect::Postgres.tables_named()).bind("ducklake_metadata");
    let found: Result<(i64,), _> = found.one(transaction).await;
    match found.map_err(Error::catalog("open"))? {
        (0,) => Ok(()),
        _ => {
            Err(url.problem("it has a catalog already; name an empty database, or another schema"))
        }
    }
}

async fn copy_table(from: &SqlitePool, to: &mut Transaction, table: &str) -> Result<(), Error> {
    let columns = query(
        "SELECT CAST(column_name AS VARCHAR), CAST(data_type AS VARCHAR) FROM information_schema.columns
         WHERE table_schema = current_schema() AND table_name = ? ORDER BY ordinal_position",
    );
    let columns: Result<Vec<(String, String)>, _> = columns.bind(table.to_owned()).all(to).await;
    let columns = columns.map_err(Error::catalog(COPY))?;
    let join = |each: &dyn Fn(&(String, String)) -> String| {
        let each: Vec<String> = columns.iter().map(each).collect();
        each.join(", ")
    };
    let read = join(&|(name, kind)| match kind.as_str() {
        "bytea" => format!("hex(\"{name}\")"),
        _ => format!("CAST(\"{name}\" AS TEXT)"),
    });
    let names = join(&|(name, _)| format!("\"{name}\""));
    let values = join(&|(_, kind)| match kind.as_str() {
        "bytea" => "decode(?, 'hex')".to_owned(),
        kind => format!("CAST(? AS {kind})"),
    });
    let insert = format!("INSERT INTO {table} ({names}) VALUES ({values})");
    let select = AssertSqlSafe(format!("SELECT {read} FROM {table}"));
    let mut rows = sqlx::query(select).fetch(from);
    while let Some(row) = rows.try_next().await.map_err(Error::catalog(COPY))? {
        let mut insert = query(insert.clone());
        for index in 0..columns.len() {
            let value: Result<Option<String>, _> = row.try_get(index);
            insert = insert.bind(Value::from(value.map_err(Error::catalog(COPY))?));
        }
        insert.execute(to).await.map_err(Error::catalog(COPY))?;
    }
    Ok(())
}
