//! The checksums of data files, in a table of ours beside DuckLake's: one row a file, in the transaction that
//! names it. A file that an earlier program wrote has none until it is compacted.

use super::commit::Commit;
use crate::Error;
use crate::data_file::sums::Sums;
use sqlx::{Sqlite, SqliteConnection, Transaction};
use std::collections::HashMap;
use twox_hash::XxHash64;

const HASH_SEED: u64 = 0;

/// Adds the table to a catalog that has none.
pub(super) async fn prepare(transaction: &mut Transaction<'_, Sqlite>) -> Result<(), sqlx::Error> {
    // The blob last: who looks only at the columns before it does not read its pages.
    let create = "CREATE TABLE IF NOT EXISTS throughline_file_sums(
         data_file_id BIGINT PRIMARY KEY, checksum BIGINT NOT NULL, blocks BLOB NOT NULL)";
    sqlx::query(create).execute(&mut **transaction).await?;
    Ok(())
}

/// The blocks' sums of the files above `after_id`, by file, as [`Sums::decode`] takes them.
pub(super) async fn read(
    connection: &mut SqliteConnection,
    after_id: i64,
) -> Result<HashMap<i64, Vec<u8>>, Error> {
    let rows: Vec<(i64, i64, Vec<u8>)> = sqlx::query_as(
        "SELECT data_file_id, checksum, blocks FROM throughline_file_sums NOT INDEXED
         WHERE data_file_id > ?",
    )
    .bind(after_id)
    .fetch_all(connection)
    .await
    .map_err(Error::catalog("read the checksums of"))?;
    let is_damaged = |(_, checksum, blocks): &(i64, i64, Vec<u8>)| *checksum != hash(blocks);
    if rows.iter().any(is_damaged) {
        return Err(Error::CatalogDamaged("throughline_file_sums".to_owned()));
    }
    let rows = rows.into_iter().map(|(id, _, blocks)| (id, blocks));
    Ok(rows.collect())
}

fn hash(blocks: &[u8]) -> i64 {
    XxHash64::oneshot(HASH_SEED, blocks) as i64
}

impl Commit {
    pub(super) async fn add_sums(&mut self, file: i64, sums: &Sums) -> Result<(), sqlx::Error> {
        let blocks = sums.encode();
        sqlx::query("INSERT INTO throughline_file_sums VALUES (?, ?, ?)")
            .bind(file)
            .bind(hash(&blocks))
            .bind(blocks)
            .execute(&mut *self.transaction)
            .await?;
        Ok(())
    }
}
