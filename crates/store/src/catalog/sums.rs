//! The checksums of data files, in a table of ours beside DuckLake's: one row a file, in the transaction that
//! names it. A file that an earlier program wrote has none until it is compacted.

use super::commit::Commit;
use super::database::{Dialect, Transaction, query};
use crate::Error;
use crate::data_file::sums::Sums;
use std::collections::HashMap;
use twox_hash::XxHash64;

const HASH_SEED: u64 = 0;

/// Adds the table to a catalog that has none.
pub(super) async fn prepare(transaction: &mut Transaction) -> Result<(), sqlx::Error> {
    // The blob last: who looks only at the columns before it does not read its pages.
    let columns =
        "data_file_id BIGINT PRIMARY KEY, checksum BIGINT NOT NULL, blocks BYTES NOT NULL";
    transaction.create("throughline_file_sums", columns).await
}

/// File, checksum of the blocks' sums, the blocks' sums.
pub(super) type Row = (i64, i64, Vec<u8>);

/// A statement for the [`Row`]s above an id.
pub(super) fn select(dialect: Dialect) -> String {
    let whole = dialect.whole();
    format!(
        "SELECT data_file_id, checksum, blocks FROM throughline_file_sums {whole} WHERE data_file_id > ?"
    )
}

/// The blocks' sums of the files above `after_id`, by file, as [`Sums::decode`] takes them.
pub(super) async fn read(
    transaction: &mut Transaction,
    after_id: i64,
) -> Result<HashMap<i64, Vec<u8>>, Error> {
    let rows = query(select(transaction.dialect())).bind(after_id);
    let rows = rows.all(transaction).await;
    whole(rows.map_err(Error::catalog("read the checksums of"))?)
}

/// # Errors
/// `Corrupt` when one is not as it was written.
pub(super) fn whole(rows: Vec<Row>) -> Result<HashMap<i64, Vec<u8>>, Error> {
    let is_damaged = |(_, checksum, blocks): &Row| *checksum != hash(blocks);
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
        query("INSERT INTO throughline_file_sums VALUES (?, ?, ?)")
            .bind(file)
            .bind(hash(&blocks))
            .bind(blocks.as_slice())
            .execute(&mut self.transaction)
            .await
    }
}
