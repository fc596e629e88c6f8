//! Bookings: made, seen, given up, reviewed.

use axum::Json;
use axum::extract::{Path, State};
use axum::http::{StatusCode, header};
use axum::response::{IntoResponse, Response};
use serde::Deserialize;
use serde_json::{Value, json};

use super::extract::{Body, Params, limit};
use crate::db::bookings as stored;
use crate::db::reviews::Review;
use crate::domain::Booking;
use crate::error::Result;
use crate::market::inspect::Inspection;
use crate::market::{self, Market};

#[derive(Deserialize)]
pub(super) struct NewBooking {
    user_id: String,
    slot_id: String,
    /// Pays at once; without it the booking is a hold.
    card_token: Option<String>,
}

/// The slot is held first and paid second. When paying fails the hold stays, and `Location` says where to
/// pay again.
pub(super) async fn create(
    State(market): State<Market>,
    Body(new): Body<NewBooking>,
) -> Result<Response> {
    let mut booking = market::hold::hold(&market, &new.user_id, &new.slot_id).await?;
    let location = [(header::LOCATION, format!("/bookings/{}", booking.id))];
    if let Some(card_token) = &new.card_token {
        booking = match market::pay::pay(&market, &booking.id, card_token).await {
            Ok(paid) => paid,
            Err(error) => return Ok((location, error).into_response()),
        };
    }
    Ok((StatusCode::CREATED, location, Json(booking)).into_response())
}

pub(super) async fn list(
    State(market): State<Market>,
    Params(filter): Params<stored::Filter>,
) -> Result<Json<Value>> {
    let bookings = stored::list(
        &market.db,
        market.db.reader(),
        &filter,
        limit(filter.limit, 20),
    )
    .await?;
    Ok(Json(json!({ "bookings": bookings })))
}

pub(super) async fn show(
    State(market): State<Market>,
    Path(id): Path<String>,
) -> Result<Json<Inspection>> {
    Ok(Json(market::inspect::inspect(&market, &id).await?))
}

pub(super) async fn cancel(
    State(market): State<Market>,
    Path(id): Path<String>,
) -> Result<Json<Booking>> {
    Ok(Json(market::cancel::cancel(&market, &id).await?))
}

#[derive(Deserialize)]
pub(super) struct NewReview {
    rating: i64,
    #[serde(default)]
    comment: String,
}

pub(super) async fn review(
    State(market): State<Market>,
    Path(id): Path<String>,
    Body(new): Body<NewReview>,
) -> Result<(StatusCode, Json<Review>)> {
    let review = market::review::review(&market, &id, new.rating, new.comment).await?;
    Ok((StatusCode::CREATED, Json(review)))
}
