//! A catalog in PostgreSQL as one in SQLite: for a backup, which has all in one directory. Whatever columns a table has
//! they go over as text, and SQLite makes of it what the column's type says.

use super::database::{Database, Dialect, Transaction, Value, query};
use super::look::Look;
use super::{open_sqlite, postgres, recent, sums};
use crate::Error;
use futures::TryStreamExt;
use sqlx::AssertSqlSafe;
use std::path::Path;

pub(super) const COPY: &str = "copy";
/// Of ours beside DuckLake's that a catalog in SQLite has, too.
pub(super) const OURS: [&str; 2] = ["throughline_recent", "throughline_file_sums"];

impl Look {
    /// Writes the catalog as it is at one moment to a new file, which is not synced. Where the data files are it
    /// does not say: who opens it does.
    pub(crate) async fn copy_to(&self, path: &Path) -> Result<(), Error> {
        let database = Database::Sqlite(open_sqlite(path).await?);
        let mut to = database.open(COPY).await?;
        let layout = Dialect::Sqlite.layout();
        let tables = tables(&layout);
        let made = async {
            to.script(layout.clone()).await?;
            recent::prepare(&mut to).await?;
            sums::prepare(&mut to).await
        };
        made.await.map_err(Error::catalog("create"))?;
        let mut from = self.begin().await?;
        for table in tables.into_iter().chain(OURS) {
            copy_table(&mut from, &mut to, table).await?;
        }
        forget_place(&mut to).await?;
        to.commit(COPY).await?;
        database.close().await;
        Ok(())
    }
}

/// Makes a catalog in SQLite, which was found to be whole, forget where its data files are.
pub(crate) async fn forget_data_path(path: &Path) -> Result<(), Error> {
    let database = Database::Sqlite(open_sqlite(path).await?);
    let mut catalog = database.open(COPY).await?;
    forget_place(&mut catalog).await?;
    catalog.commit(COPY).await?;
    database.close().await;
    Ok(())
}

async fn forget_place(catalog: &mut Transaction) -> Result<(), Error> {
    let forget = query("DELETE FROM ducklake_metadata WHERE key = 'data_path'");
    let forgotten = forget.execute(catalog).await;
    forgotten.map_err(Error::catalog(COPY))?;
    catalog.seal_anew().await
}

/// The names in a layout.
pub(super) fn tables(layout: &str) -> Vec<&str> {
    let created = layout.lines().filter_map(|line| {
        let (name, _) = line.strip_prefix("CREATE TABLE ")?.split_once('(')?;
        Some(name)
    });
    created.collect()
}

async fn copy_table(
    from: &mut Transaction,
    to: &mut Transaction,
    table: &str,
) -> Result<(), Error> {
    let columns = query(
        "SELECT CAST(column_name AS VARCHAR), CAST(data_type AS VARCHAR) FROM information_schema.columns
         WHERE table_schema = current_schema() AND table_name = ? ORDER BY ordinal_position",
    );
    let columns: Result<Vec<(String, String)>, _> = columns.bind(table.to_owned()).all(from).await;
    let columns = columns.map_err(Error::catalog(COPY))?;
    let join = |each: &dyn Fn(&(String, String)) -> String| {
        let each: Vec<String> = columns.iter().map(each).collect();
        each.join(", ")
    };
    let read = join(&|(name, kind)| as_text(name, kind));
    let names = join(&|(name, _)| format!("\"{name}\""));
    let values = join(&|(_, kind)| match kind.as_str() {
        "bytea" => "unhex(?)".to_owned(),
        _ => "?".to_owned(),
    });
    let insert = format!("INSERT INTO {table} ({names}) VALUES ({values})");
    let Transaction::Postgres(from) = from else {
        return Ok(());
    };
    let select = AssertSqlSafe(format!("SELECT ARRAY[{read}] FROM {table}"));
    let mut rows = sqlx::query_scalar::<_, Vec<Option<String>>>(select).fetch(&mut **from);
    while let Some(row) = postgres::in_time(rows.try_next())
        .await
        .map_err(Error::catalog(COPY))?
    {
        let values = row.into_iter().map(Value::from);
        let insert = values.fold(query(insert.clone()), |insert, value| insert.bind(value));
        insert.execute(to).await.map_err(Error::catalog(COPY))?;
    }
    Ok(())
}

/// A column of PostgreSQL as SQLite is to read it.
fn as_text(name: &str, kind: &str) -> String {
    match kind {
        "bytea" => format!("encode(\"{name}\", 'hex')"),
        "boolean" => format!("CAST(CAST(\"{name}\" AS INTEGER) AS VARCHAR)"),
        "timestamp with time zone" => {
            format!("to_char(\"{name}\" AT TIME ZONE 'UTC', 'YYYY-MM-DD HH24:MI:SS.US') || '+00'")
        }
        _ => format!("CAST(\"{name}\" AS VARCHAR)"),
    }
}
