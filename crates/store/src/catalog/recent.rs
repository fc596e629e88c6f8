//! The digests of flushed requests, in a table of ours beside DuckLake's: what the log has let go of is
//! still recognised after a restart.
//!
//! One row a flush, in the transaction that commits its data files. So a digest is here exactly when its
//! rows are in a data file; those of later rows are in the log.

use super::Catalog;
use super::commit::Commit;
use super::database::{Transaction, query};
use crate::Error;
use crate::buffer::Entry;
use crate::recent::{ON_ITS_WAY_NANOS, WINDOW_NANOS};
use std::sync::Arc;

/// A digest and its arrival, both little endian.
const PACKED_BYTES: usize = 16 + 8;

/// The digests of one flush.
#[derive(Debug)]
pub(crate) struct Flushed {
    packed: Vec<u8>,
    newest_arrival: i64,
    /// All such rows together; the oldest go first.
    bytes_max: usize,
}

impl Flushed {
    pub(crate) fn new(entries: &[Arc<Entry>], bytes_max: usize) -> Self {
        let arrivals = entries.iter().map(|entry| entry.arrival_nanos);
        let mut packed: Vec<u8> = entries
            .iter()
            .filter_map(|entry| Some(pack(entry.digest?, entry.arrival_nanos)))
            .flatten()
            .collect();
        let over = packed.len().saturating_sub(bytes_max);
        packed.drain(..over.next_multiple_of(PACKED_BYTES));
        Self {
            packed,
            newest_arrival: arrivals.max().unwrap_or(0),
            bytes_max,
        }
    }
}

/// Adds the table to a catalog that has none: a new one, or one of version 1 of the data directory.
pub(super) async fn prepare(transaction: &mut Transaction) -> Result<(), sqlx::Error> {
    let columns =
        "wal_seq BIGINT PRIMARY KEY, newest_arrival BIGINT NOT NULL, digests BYTES NOT NULL";
    transaction.create("throughline_recent", columns).await
}

impl Catalog {
    /// Hands out each digest and its arrival, in the order of the flushes.
    pub(crate) async fn recent(&self, mut each: impl FnMut(u128, i64)) -> Result<(), Error> {
        let verb = "read the digests of";
        let mut transaction = self.read(&["throughline_recent"]).await?;
        let whole = transaction.dialect().whole();
        let packed = query(format!(
            "SELECT digests FROM throughline_recent {whole} ORDER BY wal_seq"
        ));
        let unpack_all = |(packed,): (Vec<u8>,)| {
            let (digests, rest) = packed.as_chunks::<PACKED_BYTES>();
            if !rest.is_empty() {
                let reason = "a flush's digests end within one";
                return Err(Error::CatalogContent(reason.to_owned()));
            }
            for packed in digests {
                let (digest, arrival) = unpack(packed);
                each(digest, arrival);
            }
            Ok(())
        };
        // One row at a time: all of them may take as much as they do in memory.
        packed.each(&mut transaction, unpack_all, verb).await
    }
}

impl Commit {
    pub(super) async fn remember(
        &mut self,
        wal_seq: u64,
        flushed: &Flushed,
    ) -> Result<(), sqlx::Error> {
        if !flushed.packed.is_empty() {
            let remember = "INSERT INTO throughline_recent VALUES (?, ?, ?) ON CONFLICT (wal_seq)
                 DO UPDATE SET newest_arrival = excluded.newest_arrival, digests = excluded.digests";
            query(remember)
                .bind(wal_seq as i64)
                .bind(flushed.newest_arrival)
                .bind(flushed.packed.as_slice())
                .execute(&mut self.transaction)
                .await?;
        }
        // By the rows' own time when that is earlier: a replay may bring records of long ago.
        let time = flushed.newest_arrival.min(self.now_nanos);
        query("DELETE FROM throughline_recent WHERE newest_arrival < ?")
            .bind(time.saturating_sub(WINDOW_NANOS + ON_ITS_WAY_NANOS))
            .execute(&mut self.transaction)
            .await?;
        // Not by time alone: a clock that was set back would keep them for as long.
        let forget = "DELETE FROM throughline_recent WHERE wal_seq IN (
             SELECT wal_seq FROM (SELECT wal_seq, sum(length(digests)) OVER (ORDER BY wal_seq DESC) AS bytes
                                  FROM throughline_recent) AS sizes WHERE bytes > ?)";
        query(forget)
            .bind(i64::try_from(flushed.bytes_max).unwrap_or(i64::MAX))
            .execute(&mut self.transaction)
            .await?;
        Ok(())
    }
}

fn pack(digest: u128, arrival_nanos: i64) -> [u8; PACKED_BYTES] {
    let mut packed = [0; PACKED_BYTES];
    packed[..16].copy_from_slice(&digest.to_le_bytes());
    packed[16..].copy_from_slice(&arrival_nanos.to_le_bytes());
    packed
}

fn unpack(packed: &[u8; PACKED_BYTES]) -> (u128, i64) {
    let (mut digest, mut arrival) = ([0; 16], [0; 8]);
    digest.copy_from_slice(&packed[..16]);
    arrival.copy_from_slice(&packed[16..]);
    (u128::from_le_bytes(digest), i64::from_le_bytes(arrival))
}
