//! A booking: a student's claim on a slot. `hold` → `confirmed` by payment, → `expired` by time; either
//! → `cancelled`. Only `hold` and `confirmed` keep others out of the slot.

use serde::{Deserialize, Serialize};

use super::Money;
use crate::clock::Moment;

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, sqlx::Type)]
#[serde(rename_all = "snake_case")]
#[sqlx(rename_all = "snake_case")]
pub(crate) enum Status {
    /// The slot is kept until `hold_until`, waiting to be paid.
    Hold,
    Confirmed,
    Cancelled,
    /// Never paid in time.
    Expired,
}

impl Status {
    pub(crate) fn as_str(self) -> &'static str {
        match self {
            Self::Hold => "hold",
            Self::Confirmed => "confirmed",
            Self::Cancelled => "cancelled",
            Self::Expired => "expired",
        }
    }
}

#[derive(Clone, Debug, Serialize, sqlx::FromRow)]
pub(crate) struct Booking {
    pub(crate) id: String,
    pub(crate) user_id: String,
    pub(crate) slot_id: String,
    pub(crate) lesson_id: String,
    pub(crate) instructor_id: String,
    pub(crate) starts_at: Moment,
    pub(crate) ends_at: Moment,
    pub(crate) price_cents: Money,
    pub(crate) status: Status,
    pub(crate) hold_until: Moment,
    pub(crate) created_at: Moment,
    pub(crate) closed_at: Option<Moment>,
}
