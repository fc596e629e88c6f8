//! What the words of the marketplace mean. Values and arithmetic only: nothing here waits for anything.

/// A booking and the states it goes through.
pub(crate) mod booking;
/// Ids: random, sortable by age, with a prefix that says what they name.
pub(crate) mod id;
/// Integer cents.
pub(crate) mod money;
/// Who gets how much: fees and refunds.
pub(crate) mod policy;
/// What a student types into the search box.
pub(crate) mod search;

pub(crate) use booking::{Booking, Status};
pub(crate) use money::Money;
