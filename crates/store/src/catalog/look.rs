//! A catalog in PostgreSQL that is looked at and not written: which files it names, where its log begins. Another
//! process may have it and go on writing.

use super::audit::{self, Named};
use super::database::{Dialect, Transaction, query};
use super::{check_version, postgres, snapshot, sums};
use crate::Error;
use crate::config::CatalogUrl;
use sqlx::PgPool;

/// A catalog that was reached.
#[derive(Debug)]
pub(crate) struct Look {
    pool: PgPool,
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

    async fn begin(&self) -> Result<Transaction, Error> {
        let begun = postgres::in_time(self.pool.begin_with(postgres::BEGIN_TO_READ)).await;
        let begun = begun.map_err(Error::catalog("read"))?;
        Ok(Transaction::Postgres(begun))
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
        let mut transaction = self.begin().await?;
        super::chain::first_slot(&mut transaction).await
    }
}
