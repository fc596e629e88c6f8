//! What a catalog in PostgreSQL knows of its log in the object store: where the chain of slots begins, and what is
//! added to a record's number there. Each opening adds to it: the numbers that one owner gives, and so the names of its
//! data files, are never those of another, although both may flush the same records.

use super::database::{Database, Transaction, query};
use super::{Catalog, TAKEOVER_GAP, WRITE_DATA_PATH, moved};
use crate::Error;
use crate::catalog::commit::Commit;
use uuid::Uuid;

const TABLE: &str = "throughline_log";
const READ: &str = "read the log's place in";

/// A log in an object store, as its new owner finds it in the catalog.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Chain {
    /// Of this opening; none before has had it.
    pub(crate) epoch: u64,
    /// No slot before this one is needed.
    pub(crate) first_slot: u64,
    /// By so much the numbers of the store are above those in the slots.
    pub(crate) shift: u64,
}

impl Catalog {
    /// As [`Catalog::own`], of a catalog whose log is in the object store: it belongs to the catalog and to no
    /// machine. When there was another log before, that one's end is said, too.
    pub(crate) async fn own_with_log(
        &self,
        data_path: &str,
        now_nanos: i64,
    ) -> Result<(Chain, Option<u64>), Error> {
        let Database::Postgres(postgres) = &self.database else {
            return Err(Error::Config {
                setting: "log",
                reason: "can be in the object store only when the catalog is in PostgreSQL",
            });
        };
        let id = self.identity().await?.0;
        let id = Uuid::parse_str(&id)
            .map_err(|_| Error::CatalogContent(format!("{id:?} is no id of a catalog")))?;
        let mut commit = Commit::begin(self, now_nanos).await?;
        let owned = postgres.own(&mut commit.transaction, (id, true)).await?;
        if let Some(write) = moved(&mut commit.transaction, data_path).await? {
            let written = write.execute(&mut commit.transaction).await;
            written.map_err(Error::catalog(WRITE_DATA_PATH))?;
        }
        let create = "CREATE TABLE IF NOT EXISTS throughline_log(first_slot BIGINT NOT NULL, shift BIGINT NOT NULL)";
        let created = query(create).execute(&mut commit.transaction).await;
        created.map_err(Error::catalog(READ))?;
        let found = query("SELECT first_slot, shift FROM throughline_log");
        let found: Option<(i64, i64)> = found
            .optional(&mut commit.transaction)
            .await
            .map_err(Error::catalog(READ))?;
        let committed_seq = commit.wal_seq;
        let (first_slot, shift, write) = match found {
            None => (
                1,
                committed_seq,
                "INSERT INTO throughline_log (shift, first_slot) VALUES (?, ?)",
            ),
            Some((first_slot, shift)) => (
                unsigned(first_slot)?,
                // A log on a disk may have given higher numbers meanwhile.
                match owned.is_other {
                    true => unsigned(shift)?.max(committed_seq),
                    false => unsigned(shift)?,
                },
                "UPDATE throughline_log SET shift = ?, first_slot = ?",
            ),
        };
        let chain = Chain {
            epoch: unsigned(owned.epoch)?,
            first_slot,
            shift: shift + TAKEOVER_GAP,
        };
        let written = query(write)
            .bind(signed(chain.shift)?)
            .bind(signed(chain.first_slot)?);
        let written = written.execute(&mut commit.transaction).await;
        written.map_err(Error::catalog("write the log's place to"))?;
        commit
            .finish("takeover", committed_seq + TAKEOVER_GAP)
            .await?;
        postgres.demand(&owned);
        Ok((chain, owned.is_other.then_some(committed_seq)))
    }

    /// Remembers that no slot before this one is needed any more.
    pub(crate) async fn log_begins(&self, first_slot: u64) -> Result<(), Error> {
        let verb = "write the log's place to";
        let mut transaction = self.database.write(verb).await?;
        let first_slot = signed(first_slot)?;
        // It never goes back: the slots before it are gone.
        let write = query("UPDATE throughline_log SET first_slot = ? WHERE first_slot < ?");
        let write = write.bind(first_slot).bind(first_slot);
        let written = write.execute(&mut transaction).await;
        written.map_err(Error::catalog(verb))?;
        transaction.commit(verb).await
    }

    /// Whether the log is in the object store.
    pub(crate) async fn has_chain(&self) -> Result<bool, Error> {
        let mut transaction = self.database.read(READ).await?;
        Ok(begin(&mut transaction).await?.is_some())
    }
}

/// Where the log in the object store begins, and its shift; `None` of a catalog whose log is elsewhere.
pub(super) async fn begin(transaction: &mut Transaction) -> Result<Option<(u64, u64)>, Error> {
    let found = query(transaction.dialect().tables_named()).bind(TABLE);
    let found: Result<(i64,), _> = found.one(transaction).await;
    if found.map_err(Error::catalog(READ))? == (0,) {
        return Ok(None);
    }
    // One that was left for a disk keeps its place: its claims are there still.
    let found = query(
        "SELECT first_slot, shift FROM throughline_log WHERE EXISTS (
             SELECT 1 FROM throughline_owner JOIN ducklake_schema ON log = CAST(schema_uuid AS VARCHAR))",
    );
    let found: Result<Option<(i64, i64)>, _> = found.optional(transaction).await;
    match found.map_err(Error::catalog(READ))? {
        None => Ok(None),
        Some((first_slot, shift)) => Ok(Some((unsigned(first_slot)?, unsigned(shift)?))),
    }
}

fn unsigned(number: i64) -> Result<u64, Error> {
    u64::try_from(number)
        .map_err(|_| Error::CatalogContent(format!("{number} is no place in a log")))
}

fn signed(number: u64) -> Result<i64, Error> {
    i64::try_from(number)
        .map_err(|_| Error::CatalogContent(format!("{number} is no place in a log")))
}
