//! Say how it was: once a booking, by a student whose lesson has begun.

use crate::db::{bookings, reviews};
use crate::domain::Status;
use crate::error::{Error, Result};
use crate::market::Market;

const COMMENT_CHARS_MAX: usize = 2_000;

pub(crate) async fn review(
    market: &Market,
    booking_id: &str,
    rating: i64,
    comment: String,
) -> Result<reviews::Review> {
    let db = &market.db;
    if !(1..=5).contains(&rating) {
        return Err(Error::invalid(
            "rating",
            "a rating is a whole number from 1 to 5",
        ));
    }
    if comment.chars().count() > COMMENT_CHARS_MAX {
        return Err(Error::invalid(
            "comment",
            format!("a comment has at most {COMMENT_CHARS_MAX} characters"),
        ));
    }
    let booking = bookings::find(db, db.reader(), booking_id)
        .await?
        .ok_or_else(|| Error::not_found("booking_not_found", "booking", booking_id))?;
    let now = market.clock.now();
    if booking.status != Status::Confirmed || booking.starts_at > now {
        return Err(Error::conflict(
            "not_taken",
            "only a lesson that was taken can be reviewed",
        ));
    }
    let review = reviews::Review {
        booking_id: booking.id,
        user_id: booking.user_id,
        instructor_id: booking.instructor_id,
        rating,
        comment,
        created_at: now,
    };
    if !reviews::insert(db, db.writer(), &review).await? {
        return Err(Error::conflict(
            "already_reviewed",
            "this booking has a review",
        ));
    }
    Ok(review)
}
