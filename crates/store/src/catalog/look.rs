//! A catalog in PostgreSQL that is looked at and not written: which files it names, where its log begins. Another
//! process may have it and go on writing.

use super::audit::{self, Named};
use super::database::{Dialect, Transaction, query};
use super::{chain, check_version, postgres, snapshot, sums};
use crate::Error;
use crate::config::CatalogUrl;
use sqlx::PgPool;

/// A catalog that was reached.
#[derive(Debug)]
pub(crate) struct Look {
    pool: PgPool,
}

/// Where a log in the object store begins, as its owner had it.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Begin {
    pub(crate) first_slot: u64,
    /// By so much the numbers of the store are above those in the slots.
    pub(crate) shift: u64,
    /// The store's number up to which data files have all.
    pub(crate) wal_seq: u64,
}

impl Look {
    /// # Errors
    /// `Unavailable` for a server that cannot be used and for one without a catalog of ours, `Invalid` for a version
    /// that is not known. Both say what to do.
    pub(crate) async fn open(url: &CatalogUrl) -> Result<Self, Error> {
        let this = Self {
            pool: postgres::reader(url).await?,
        };
        let mut transaction = this.begin().await?;
        let found = query(Dialect::Postgres.tables_named()).bind("ducklake_metadata");
        let found: Result<(i64,), _> = found.one(&mut transaction).await;
        if found.map_err(Error::catalog("open"))? == (0,) {
            return Err(
                url.problem("it has no catalog of ours; name the database that `serve` is told")
            );
        }
        check_version(&mut transaction, url.shown().into()).await?;
        drop(transaction);
        Ok(this)
    }

    pub(super) async fn begin(&self) -> Result<Transaction, Error> {
        let begun = postgres::in_time(self.pool.begin_with(postgres::BEGIN_TO_READ)).await;
        let begun = begun.map_err(Error::catalog("read"))?;
        Ok(Transaction::Postgres(begun))
    }

    pub(crate) async fn dataset_names(&self) -> Result<Vec<String>, Error> {
        let mut transaction = self.begin().await?;
        let names: Result<Vec<(String,)>, _> = query(audit::DATASETS).all(&mut transaction).await;
        let names = names.map_err(Error::catalog("read the datasets of"))?;
        Ok(names.into_iter().map(|(name,)| name).collect())
    }

    /// The files, of one moment.
    pub(crate) async fn named(&self) -> Result<Named, Error> {
        let verb = "read the data files of";
        let mut transaction = self.begin().await?;
        let wal_seq = snapshot::wal_seq(&mut transaction).await?;
        let rows = query(audit::FILES.replace(" NOT INDEXED", ""));
        let rows = rows.all(&mut transaction).await;
        let sums = sums::read(&mut transaction, -1).await?;
        let files = audit::files(rows.map_err(Error::catalog(verb))?, sums)?;
        let scheduled = query("SELECT path FROM ducklake_files_scheduled_for_deletion");
        let scheduled: Result<Vec<(String,)>, _> = scheduled.all(&mut transaction).await;
        let scheduled = scheduled.map_err(Error::catalog(verb))?;
        Ok(Named {
            store: String::new(),
            wal_seq,
            files,
            scheduled: scheduled.into_iter().map(|(path,)| path).collect(),
        })
    }

    /// The first slot that is needed of a log in the object store; `None` when the log is elsewhere.
    pub(crate) async fn first_slot(&self) -> Result<Option<u64>, Error> {
        Ok(self.chain().await?.map(|chain| chain.first_slot))
    }

    /// The same, with what belongs to it at that moment.
    pub(crate) async fn chain(&self) -> Result<Option<Begin>, Error> {
        let mut transaction = self.begin().await?;
        let Some((first_slot, shift)) = chain::begin(&mut transaction).await? else {
            return Ok(None);
        };
        Ok(Some(Begin {
            first_slot,
            shift,
            wal_seq: snapshot::wal_seq(&mut transaction).await?,
        }))
    }

    /// The id of the log that the catalog's position counts; `None` before the first.
    pub(crate) async fn log_id(&self) -> Result<Option<String>, Error> {
        let mut transaction = self.begin().await?;
        let owner = query("SELECT log FROM throughline_owner");
        let owner: Result<Option<(String,)>, _> = owner.optional(&mut transaction).await;
        Ok(owner
            .map_err(Error::catalog("read the owner of"))?
            .map(|(log,)| log))
    }
}
