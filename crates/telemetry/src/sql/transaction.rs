//! A transaction whose end is a span.

use std::fmt;
use std::ops::{Deref, DerefMut};

use super::Database;

/// An open transaction, from [`Database::begin`]: `&mut *tx` is the connection, as with sqlx's own.
/// Dropping it rolls back when the connection is used next; that makes no span.
#[must_use = "dropping it rolls back"]
pub struct Transaction<'c, DB: sqlx::Database> {
    transaction: sqlx::Transaction<'c, DB>,
    database: Database,
}

impl<'c, DB: sqlx::Database> Transaction<'c, DB> {
    pub(super) fn new(transaction: sqlx::Transaction<'c, DB>, database: Database) -> Self {
        Self {
            transaction,
            database,
        }
    }

    /// Commits under a span `COMMIT`.
    ///
    /// # Errors
    /// Those of the database, unchanged; a constraint may be checked only here.
    pub async fn commit(self) -> Result<(), sqlx::Error> {
        let commit = self.transaction.commit();
        self.database.query("COMMIT", commit).await
    }

    /// Rolls back under a span `ROLLBACK`.
    ///
    /// # Errors
    /// Those of the database, unchanged.
    pub async fn rollback(self) -> Result<(), sqlx::Error> {
        let rollback = self.transaction.rollback();
        self.database.query("ROLLBACK", rollback).await
    }
}

impl<DB: sqlx::Database> Deref for Transaction<'_, DB> {
    type Target = DB::Connection;

    fn deref(&self) -> &DB::Connection {
        &self.transaction
    }
}

impl<DB: sqlx::Database> DerefMut for Transaction<'_, DB> {
    fn deref_mut(&mut self) -> &mut DB::Connection {
        &mut self.transaction
    }
}

impl<DB: sqlx::Database> fmt::Debug for Transaction<'_, DB> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Transaction")
            .field("database", &self.database)
            .finish_non_exhaustive()
    }
}
