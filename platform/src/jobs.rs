//! What each job does. Every job may run twice or be cut off in the middle: it works from what the
//! database says, and changes only what is not yet as it should be.

use std::time::Duration;

use serde::{Deserialize, Serialize};

use crate::db::{bookings, slots};
use crate::error::{Error, Result};
use crate::market::notify::{Kind, notify};
use crate::market::pay_instructor::pay_instructor;
use crate::market::{Market, reconcile};
use crate::queue;

/// Sends reminders for the lessons that come next.
mod remind_upcoming;

/// How long done jobs and passed, never booked slots are kept.
const HISTORY: Duration = Duration::from_secs(24 * 60 * 60);

/// A job and what it needs to know: ids only, never a person.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "name", content = "args", rename_all = "snake_case")]
pub(crate) enum Work {
    SendConfirmation { booking_id: String },
    PayInstructor { booking_id: String },
    SendReminder { booking_id: String },
    RemindUpcoming,
    ExpireHolds,
    ReconcilePayments,
    RefillSlots,
    PruneHistory,
}

impl Work {
    pub(crate) fn name(&self) -> &'static str {
        match self {
            Self::SendConfirmation { .. } => "send_confirmation",
            Self::PayInstructor { .. } => "pay_instructor",
            Self::SendReminder { .. } => "send_reminder",
            Self::RemindUpcoming => "remind_upcoming",
            Self::ExpireHolds => "expire_holds",
            Self::ReconcilePayments => "reconcile_payments",
            Self::RefillSlots => "refill_slots",
            Self::PruneHistory => "prune_history",
        }
    }

    /// The arguments as the queue keeps them: JSON, `null` for none.
    pub(crate) fn args(&self) -> String {
        let whole = serde_json::to_value(self).unwrap_or_default();
        whole
            .get("args")
            .unwrap_or(&serde_json::Value::Null)
            .to_string()
    }

    pub(crate) fn parse(name: &str, args: &str) -> Result<Self> {
        let garbled =
            |e| Error::invalid("garbled_job", format!("could not read job {name}")).because(e);
        let args: serde_json::Value = serde_json::from_str(args).map_err(garbled)?;
        let whole = match args {
            serde_json::Value::Null => serde_json::json!({ "name": name }),
            args => serde_json::json!({ "name": name, "args": args }),
        };
        serde_json::from_value(whole).map_err(garbled)
    }

    /// What a tick asked for is asked for again by the next one: it need not be tried for long.
    pub(crate) fn attempts_max(&self) -> u32 {
        match self {
            Self::SendConfirmation { .. }
            | Self::PayInstructor { .. }
            | Self::SendReminder { .. } => 5,
            Self::RemindUpcoming
            | Self::ExpireHolds
            | Self::ReconcilePayments
            | Self::RefillSlots
            | Self::PruneHistory => 3,
        }
    }
}

pub(crate) async fn run(market: &Market, work: &Work) -> Result<()> {
    let db = &market.db;
    let now = market.clock.now();
    match work {
        Work::SendConfirmation { booking_id } => {
            notify(market, booking_id, Kind::Confirmation).await
        }
        Work::PayInstructor { booking_id } => pay_instructor(market, booking_id).await,
        Work::SendReminder { booking_id } => notify(market, booking_id, Kind::Reminder).await,
        Work::RemindUpcoming => remind_upcoming::run(market).await,
        Work::ExpireHolds => {
            let expired = bookings::expire(db, db.writer(), now).await?;
            tracing::info!(expired, "let unpaid holds go");
            Ok(())
        }
        Work::ReconcilePayments => reconcile::reconcile(market).await,
        Work::RefillSlots => {
            let added = slots::refill(db, db.writer(), now).await?;
            tracing::info!(added, "laid out slots");
            Ok(())
        }
        Work::PruneHistory => {
            let before = now.before(HISTORY);
            let jobs = queue::prune(db, before).await?;
            let slots = slots::prune(db, db.writer(), before).await?;
            tracing::info!(jobs, slots, "forgot what nobody needs");
            Ok(())
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_job_reads_back_as_it_was_written() {
        let booking_id = "bkg_1".to_owned();
        for work in [Work::SendConfirmation { booking_id }, Work::ExpireHolds] {
            assert_eq!(Work::parse(work.name(), &work.args()).unwrap(), work);
        }
        assert!(Work::parse("no_such_job", "null").is_err());
        assert!(Work::parse("pay_instructor", "{").is_err());
    }

    /// Jobs written by earlier versions are still in the database: these lines never change.
    #[test]
    fn jobs_of_version_1_are_understood() {
        for (name, args) in [
            ("send_confirmation", r#"{"booking_id":"bkg_1"}"#),
            ("pay_instructor", r#"{"booking_id":"bkg_1"}"#),
            ("send_reminder", r#"{"booking_id":"bkg_1"}"#),
            ("remind_upcoming", "null"),
            ("expire_holds", "null"),
            ("reconcile_payments", "null"),
            ("refill_slots", "null"),
            ("prune_history", "null"),
        ] {
            let work = Work::parse(name, args).unwrap();
            assert_eq!((work.name(), work.args().as_str()), (name, args));
        }
    }
}
