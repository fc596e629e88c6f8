//! The verbs of the marketplace. Each file is one of them, in the order in which a booking meets them.
//! Money follows one rule: what we are about to ask of the payment provider is written down first, so
//! that whatever is lost on the way is found again by `reconcile`.

use std::time::Duration;

use crate::clock::Clock;
use crate::db::Db;
use crate::provider::Provider;

/// Give up a booking, with the refund the policy grants.
pub(crate) mod cancel;
/// Keep a slot for a student.
pub(crate) mod hold;
/// Everything known of one booking.
pub(crate) mod inspect;
/// Write to the student: confirmation and reminder.
pub(crate) mod notify;
/// Take the money, then confirm.
pub(crate) mod pay;
/// Bring an instructor's earnings to what they should be.
pub(crate) mod pay_instructor;
/// Find money that was taken for nothing, and refunds that were promised but not made.
pub(crate) mod reconcile;
/// Give money back.
pub(crate) mod refund;
/// Say how it was.
pub(crate) mod review;

/// What a marketplace is opened with.
#[derive(Clone, Debug)]
pub struct Settings {
    /// `sqlite://…` or a path.
    pub database: String,
    /// The payment provider, `http://host:port`.
    pub payments_url: String,
    /// How long an unpaid booking keeps its slot.
    pub hold: Duration,
}

/// The marketplace: its database, its payment provider and its clock. Clones are the same marketplace.
#[derive(Clone, Debug)]
pub struct Market {
    pub(crate) db: Db,
    pub(crate) provider: Provider,
    pub(crate) clock: Clock,
    pub(crate) hold: Duration,
}

impl Market {
    /// Opens the database, and lays out slots so that there is something to book from the first moment.
    pub async fn open(settings: Settings, clock: Clock) -> anyhow::Result<Self> {
        let db = Db::open(&settings.database).await?;
        crate::db::slots::refill(&db, db.writer(), clock.now()).await?;
        let provider = Provider::new(&settings.payments_url)?;
        Ok(Self {
            db,
            provider,
            clock,
            hold: settings.hold,
        })
    }

    /// Closes the database's connections; the last one folds the WAL into the file.
    pub async fn close(&self) {
        self.db.close().await;
    }
}
