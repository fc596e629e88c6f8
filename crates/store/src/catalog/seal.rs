//! The catalog's seal: a checksum over the rows of each of its tables, so that a bit that flipped in a path, a
//! bound, a count or a page of the B-tree is found before anybody believes it. SQLite has no checksums of its own.
//!
//! One row of text in `throughline_seal`, a table of ours beside DuckLake's:
//!
//! ```text
//! snapshot 12
//! log 345
//! ducklake_data_file 7 9c1f0e2d55aa0b13        rows, sum of the rows' hashes
//! ...
//! ```
//!
//! and a checksum of that text. A sum is kept by adding and taking away, so that a commit costs what it changes,
//! and what was damaged before a commit does not become true by it. Temporary triggers, which only a writing
//! connection of ours has, collect what changes; no statement knows of the seal. A reader adds up the tables
//! that it is about to use, without their indexes.
//!
//! A blob in a row that has a column `checksum` is left to that. `user_version` is 1 in a sealed catalog, so that
//! a seal which is gone is not taken for one that was never there.

use crate::Error;
use crate::error::whole;
use futures::TryStreamExt;
use sqlx::{AssertSqlSafe, Sqlite, SqliteConnection, Transaction};
use std::collections::BTreeMap;
use std::fmt::Write;
use std::ops::{Deref, DerefMut};
use twox_hash::XxHash64;

const TABLE: &str = "throughline_seal";
/// Of this catalog's tables, indexes and their columns.
const SCHEMA: &str = "sqlite_master";
const SEALED: i64 = 1;
const HASH_SEED: u64 = 0;

/// What a catalog's tables add up to.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Seal {
    pub(super) snapshot_id: i64,
    /// The log's position that the newest commit covers.
    pub(super) wal_seq: u64,
    tables: BTreeMap<String, Sum>,
}

/// Rows, and the sum of their hashes.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
struct Sum {
    rows: u64,
    hash: u64,
}

impl Sum {
    fn add(&mut self, row: &[u8]) {
        self.rows = self.rows.wrapping_add(1);
        self.hash = self.hash.wrapping_add(hash(row));
    }

    fn take_away(&mut self, row: &[u8]) {
        self.rows = self.rows.wrapping_sub(1);
        self.hash = self.hash.wrapping_sub(hash(row));
    }
}

fn hash(bytes: &[u8]) -> u64 {
    XxHash64::oneshot(HASH_SEED, bytes)
}

impl Seal {
    /// # Errors
    /// `Corrupt` when there is none, or it is damaged itself.
    pub(super) async fn read(connection: &mut SqliteConnection) -> Result<Self, Error> {
        let verb = "read the seal of";
        let rows: Vec<(Vec<u8>, i64)> = sqlx::query_as(
            "SELECT CAST(content AS BLOB), checksum FROM throughline_seal NOT INDEXED",
        )
        .fetch_all(connection)
        .await
        .map_err(Error::catalog(verb))?;
        let whole = match rows.as_slice() {
            [(content, checksum)] if hash(content) == *checksum as u64 => content,
            _ => return Err(Error::CatalogDamaged(TABLE.to_owned())),
        };
        Self::decode(whole).ok_or_else(|| Error::CatalogDamaged(TABLE.to_owned()))
    }

    /// Whether the catalog was ever sealed: one that an earlier program wrote was not.
    pub(super) async fn exists(connection: &mut SqliteConnection) -> Result<bool, Error> {
        let verb = "look for the seal of";
        let found: i64 = sqlx::query_scalar("SELECT count(*) FROM sqlite_master WHERE name = ?")
            .bind(TABLE)
            .fetch_one(&mut *connection)
            .await
            .map_err(Error::catalog(verb))?;
        let version: i64 = sqlx::query_scalar("PRAGMA user_version")
            .fetch_one(&mut *connection)
            .await
            .map_err(Error::catalog(verb))?;
        match (found, version) {
            (0, 0) => Ok(false),
            (1, SEALED) => Ok(true),
            _ => Err(Error::CatalogDamaged(TABLE.to_owned())),
        }
    }

    /// Seals what the catalog holds now, whatever that is.
    pub(super) async fn anew(connection: &mut SqliteConnection) -> Result<(), Error> {
        let verb = "seal";
        let create = "CREATE TABLE IF NOT EXISTS throughline_seal(
             content VARCHAR NOT NULL, checksum BIGINT NOT NULL)";
        for statement in [create, "PRAGMA user_version = 1"] {
            sqlx::query(statement)
                .execute(&mut *connection)
                .await
                .map_err(Error::catalog(verb))?;
        }
        let (snapshot_id, wal_seq) = Self::position(connection).await?;
        let mut seal = Self {
            snapshot_id,
            wal_seq,
            tables: BTreeMap::new(),
        };
        for table in tables(connection).await? {
            let sum = add_up(connection, &table, WHOLE).await?;
            seal.tables.insert(table, sum);
        }
        seal.write(connection).await
    }

    /// The newest snapshot and the log's position that it covers, in DuckLake's tables.
    pub(super) async fn position(connection: &mut SqliteConnection) -> Result<(i64, u64), Error> {
        let (snapshot_id, wal_seq): (i64, Option<i64>) = sqlx::query_as(
            "SELECT (SELECT max(snapshot_id) FROM ducklake_snapshot),
                    (SELECT max(json_extract(commit_extra_info, '$.wal_seq')) FROM ducklake_snapshot_changes
                     WHERE json_valid(commit_extra_info))",
        )
        .fetch_one(&mut *connection)
        .await
        .map_err(Error::catalog("read the log's position from"))?;
        let wal_seq = u64::try_from(wal_seq.unwrap_or(0))
            .map_err(|_| Error::CatalogContent("the log's position is negative".to_owned()))?;
        Ok((snapshot_id, wal_seq))
    }

    /// Adds up tables and compares.
    ///
    /// # Errors
    /// `Corrupt` for the first that does not have the rows it should.
    pub(super) async fn check(
        &self,
        connection: &mut SqliteConnection,
        tables: &[&str],
    ) -> Result<(), Error> {
        for table in tables {
            let found = add_up(connection, table, WHOLE).await?;
            if self.tables.get(*table) != Some(&found) {
                return Err(Error::CatalogDamaged((*table).to_owned()));
            }
        }
        Ok(())
    }

    /// Whether the table has what it had when `before` was true, and the rows that `new` selects. `false` also
    /// when other rows came or went.
    pub(super) async fn has_grown(
        &self,
        connection: &mut SqliteConnection,
        before: &Self,
        table: &str,
        new: &str,
    ) -> Result<bool, Error> {
        let of = |seal: &Self| seal.tables.get(table).copied().unwrap_or_default();
        let (before, now) = (of(before), of(self));
        let found = add_up(connection, table, &format!("{WHOLE} WHERE {new}")).await?;
        let rows = before.rows.wrapping_add(found.rows);
        let hash = before.hash.wrapping_add(found.hash);
        Ok(now == Sum { rows, hash })
    }

    /// The tables that do not have the rows they should.
    pub(super) async fn damaged(
        &self,
        connection: &mut SqliteConnection,
    ) -> Result<Vec<String>, Error> {
        let mut found = tables(connection).await?;
        found.extend(self.tables.keys().cloned());
        found.sort();
        found.dedup();
        let mut damaged = Vec::new();
        for table in found {
            match self.check(connection, &[&table]).await {
                Ok(()) => {}
                Err(Error::CatalogDamaged(table)) => damaged.push(table),
                Err(error) => damaged.push(format!("{table} ({})", whole(&error))),
            }
        }
        Ok(damaged)
    }

    async fn write(&self, connection: &mut SqliteConnection) -> Result<(), Error> {
        let content = self.encode();
        let verb = "seal";
        sqlx::query("DELETE FROM throughline_seal")
            .execute(&mut *connection)
            .await
            .map_err(Error::catalog(verb))?;
        sqlx::query("INSERT INTO throughline_seal VALUES (?, ?)")
            .bind(&content)
            .bind(hash(content.as_bytes()) as i64)
            .execute(&mut *connection)
            .await
            .map_err(Error::catalog(verb))?;
        Ok(())
    }

    fn encode(&self) -> String {
        let mut text = format!("snapshot {}\nlog {}\n", self.snapshot_id, self.wal_seq);
        for (table, Sum { rows, hash }) in &self.tables {
            // A text takes all that is written to it.
            let _ = writeln!(text, "{table} {rows} {hash:016x}");
        }
        text
    }

    fn decode(content: &[u8]) -> Option<Self> {
        let mut lines = std::str::from_utf8(content).ok()?.lines();
        let snapshot_id = lines.next()?.strip_prefix("snapshot ")?.parse().ok()?;
        let wal_seq = lines.next()?.strip_prefix("log ")?.parse().ok()?;
        let tables = lines.map(|line| {
            let mut words = line.rsplitn(3, ' ');
            let hash = u64::from_str_radix(words.next()?, 16).ok()?;
            let rows = words.next()?.parse().ok()?;
            Some((words.next()?.to_owned(), Sum { rows, hash }))
        });
        Some(Self {
            snapshot_id,
            wal_seq,
            tables: tables.collect::<Option<_>>()?,
        })
    }
}

/// All that are sealed.
async fn tables(connection: &mut SqliteConnection) -> Result<Vec<String>, Error> {
    let names: Vec<String> = sqlx::query_scalar(
        "SELECT name FROM sqlite_master WHERE type = 'table' AND name <> 'throughline_seal'
             AND name NOT LIKE 'sqlite\\_%' ESCAPE '\\' ORDER BY name",
    )
    .fetch_all(connection)
    .await
    .map_err(Error::catalog("read the tables of"))?;
    Ok(names.into_iter().chain([SCHEMA.to_owned()]).collect())
}

/// Without the table's indexes, which are not sealed.
const WHOLE: &str = "NOT INDEXED";

/// The rows of a table, or those that `which` selects.
async fn add_up(connection: &mut SqliteConnection, table: &str, which: &str) -> Result<Sum, Error> {
    let verb = "check";
    let row = row(connection, table, "").await?;
    let select = format!("SELECT {row} FROM {} {which}", quoted(table));
    let mut rows = sqlx::query_scalar(AssertSqlSafe(select)).fetch(connection);
    let mut sum = Sum::default();
    while let Some(row) = rows.try_next().await.map_err(Error::catalog(verb))? {
        let row: Vec<u8> = row;
        sum.add(&row);
    }
    Ok(sum)
}

/// An expression: the row as one blob. `of` is put before each column.
async fn row(connection: &mut SqliteConnection, table: &str, of: &str) -> Result<String, Error> {
    // Not where its pages are: a copy of the catalog may have them elsewhere.
    let mut columns = ["type", "name", "tbl_name", "sql"]
        .map(str::to_owned)
        .to_vec();
    if table != SCHEMA {
        let found: Vec<(String, String)> =
            sqlx::query_as("SELECT name, type FROM pragma_table_info(?) ORDER BY cid")
                .bind(table)
                .fetch_all(connection)
                .await
                .map_err(Error::catalog("read the columns of"))?;
        let has_own = found.iter().any(|(name, _)| name == "checksum");
        let is_sealed = |(_, kind): &(String, String)| !has_own || kind != "BLOB";
        let sealed = found.into_iter().filter(is_sealed);
        columns = sealed.map(|(name, _)| name).collect();
    }
    if columns.is_empty() {
        return Err(Error::CatalogDamaged(table.to_owned()));
    }
    let values = columns
        .iter()
        .map(|column| format!("quote({of}{})", quoted(column)));
    let values: Vec<String> = values.collect();
    Ok(format!("CAST({} AS BLOB)", values.join(" || ',' || ")))
}

fn quoted(name: &str) -> String {
    format!("\"{}\"", name.replace('"', "\"\""))
}

/// A transaction on a sealed catalog. What it writes once it [follows](Self::follow) changes leaves the catalog sealed.
#[derive(Debug)]
pub(super) struct Sealed {
    transaction: Transaction<'static, Sqlite>,
    /// `None` before it was needed: a catalog that is opened may have none yet.
    seal: Option<Seal>,
    is_followed: bool,
}

impl Sealed {
    pub(super) fn open(transaction: Transaction<'static, Sqlite>) -> Self {
        Self {
            transaction,
            seal: None,
            is_followed: false,
        }
    }

    /// # Errors
    /// As [`Seal::read`].
    pub(super) async fn read(transaction: Transaction<'static, Sqlite>) -> Result<Self, Error> {
        let mut this = Self::open(transaction);
        this.seal = Some(Seal::read(&mut this.transaction).await?);
        Ok(this)
    }

    /// # Errors
    /// As [`Seal::read`].
    pub(super) async fn follow(&mut self) -> Result<(), Error> {
        self.seal = Some(Seal::read(&mut self.transaction).await?);
        watch(&mut self.transaction).await?;
        self.is_followed = true;
        Ok(())
    }

    pub(super) fn seal(&self) -> Option<&Seal> {
        self.seal.as_ref()
    }

    /// As [`Seal::check`].
    pub(super) async fn check(&mut self, tables: &[&str]) -> Result<(), Error> {
        match &self.seal {
            Some(seal) => seal.check(&mut self.transaction, tables).await,
            None => Ok(()),
        }
    }

    /// As [`Seal::has_grown`].
    pub(super) async fn has_grown(
        &mut self,
        before: &Seal,
        table: &str,
        new: &str,
    ) -> Result<bool, Error> {
        let connection = &mut self.transaction;
        match &self.seal {
            Some(seal) => seal.has_grown(connection, before, table, new).await,
            None => Ok(false),
        }
    }

    /// The newest snapshot from now on, and the log's position that it covers.
    pub(super) fn covers(&mut self, snapshot_id: i64, wal_seq: u64) {
        if let Some(seal) = &mut self.seal {
            (seal.snapshot_id, seal.wal_seq) = (snapshot_id, wal_seq);
        }
    }

    /// Seals what changed, and commits.
    pub(super) async fn commit(mut self, verb: &'static str) -> Result<(), Error> {
        if let Some(seal) = self.seal.take().filter(|_| self.is_followed) {
            renew(&mut self.transaction, seal).await?;
        }
        self.transaction
            .commit()
            .await
            .map_err(Error::catalog(verb))
    }
}

/// Writes the seal with what changed since.
async fn renew(connection: &mut SqliteConnection, mut seal: Seal) -> Result<(), Error> {
    let changes: Vec<(String, i64, Vec<u8>)> =
        sqlx::query_as("SELECT table_name, sign, content FROM temp.throughline_changes")
            .fetch_all(&mut *connection)
            .await
            .map_err(Error::catalog("seal"))?;
    for (table, sign, row) in changes {
        let sum = seal.tables.entry(table).or_default();
        match sign {
            1 => sum.add(&row),
            _ => sum.take_away(&row),
        }
    }
    sqlx::query("DELETE FROM temp.throughline_changes")
        .execute(&mut *connection)
        .await
        .map_err(Error::catalog("seal"))?;
    seal.write(connection).await
}

impl Deref for Sealed {
    type Target = SqliteConnection;

    fn deref(&self) -> &SqliteConnection {
        &self.transaction
    }
}

impl DerefMut for Sealed {
    fn deref_mut(&mut self) -> &mut SqliteConnection {
        &mut self.transaction
    }
}

/// Has this connection write down what changes, unless it does already.
async fn watch(connection: &mut SqliteConnection) -> Result<(), Error> {
    let verb = "watch the changes of";
    let found: i64 = sqlx::query_scalar(
        "SELECT count(*) FROM temp.sqlite_master WHERE name = 'throughline_changes'",
    )
    .fetch_one(&mut *connection)
    .await
    .map_err(Error::catalog(verb))?;
    if found > 0 {
        return Ok(());
    }
    let mut statements = vec![
        "CREATE TEMP TABLE throughline_changes(table_name VARCHAR, sign BIGINT, content BLOB)"
            .to_owned(),
    ];
    for table in tables(connection).await? {
        if table == SCHEMA {
            continue;
        }
        let (old, new) = (
            row(connection, &table, "OLD.").await?,
            row(connection, &table, "NEW.").await?,
        );
        let (literal, name) = (table.replace('\'', "''"), quoted(&table));
        let change = |sign: i8, row: &str| {
            format!("INSERT INTO throughline_changes VALUES ('{literal}', {sign}, {row});")
        };
        for (event, changes) in [
            ("INSERT", change(1, &new)),
            ("DELETE", change(-1, &old)),
            ("UPDATE", change(-1, &old) + &change(1, &new)),
        ] {
            let trigger = quoted(&format!("{table} {event}"));
            statements.push(format!(
                "CREATE TEMP TRIGGER {trigger} AFTER {event} ON main.{name} BEGIN {changes} END"
            ));
        }
    }
    for statement in statements {
        sqlx::query(AssertSqlSafe(statement))
            .execute(&mut *connection)
            .await
            .map_err(Error::catalog(verb))?;
    }
    Ok(())
}
