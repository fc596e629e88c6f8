//! Holds: a slot is kept for a while, not for ever.

use std::time::Duration;

use serde_json::json;

use crate::place::{DAY, HOLD, Place, millis, text};

#[tokio::test]
async fn an_unpaid_hold_lets_go_of_its_slot() {
    let place = Place::new().await;
    let slot_id = place.slot("ins_emil", DAY).await;
    let ada = place.sign_up("ada").await;
    let ben = place.sign_up("ben").await;
    let book = |user_id: &str| json!({ "user_id": user_id, "slot_id": slot_id });

    let held = place.post("/bookings", book(&ada), (201, "")).await;
    assert_eq!(held["status"], "hold");
    assert_eq!(held["hold_until"], "2026-12-01T09:15:00.000Z");
    place.pass(HOLD - Duration::from_secs(1)).await;
    place
        .post("/bookings", book(&ben), (409, "slot_taken"))
        .await;

    place.pass(Duration::from_secs(31)).await;
    let held = format!("/bookings/{}", held["id"].as_str().unwrap());
    assert_eq!(place.get(&held).await["status"], "expired");
    place.post("/bookings", book(&ben), (201, "")).await;
    let pay = json!({ "card_token": "tok_visa" });
    place
        .post(&format!("{held}/pay"), pay, (409, "hold_expired"))
        .await;
    place
        .post(
            &format!("{held}/cancel"),
            json!({}),
            (409, "booking_closed"),
        )
        .await;
}

/// Between the hold's end and the job that notices, nobody pays for it either.
#[tokio::test]
async fn a_hold_that_is_over_cannot_be_paid() {
    let place = Place::new().await;
    let booking = place.held("ins_emil").await;
    place.clock.advance(HOLD);
    let pay = json!({ "card_token": "tok_visa" });
    place
        .post(
            &format!("/bookings/{booking}/pay"),
            pay,
            (409, "hold_expired"),
        )
        .await;
    assert_eq!(
        place.get(&format!("/bookings/{booking}")).await["charges"],
        json!([])
    );
}

#[tokio::test]
async fn a_cancelled_hold_frees_the_slot_and_costs_nothing() {
    let place = Place::new().await;
    let booking = place.held("ins_emil").await;
    let slot_id = place.get(&format!("/bookings/{booking}")).await["slot_id"].clone();
    let cancel = format!("/bookings/{booking}/cancel");
    assert_eq!(
        place.post(&cancel, json!({}), (200, "")).await["status"],
        "cancelled"
    );
    place.post(&cancel, json!({}), (200, "")).await;
    let user_id = place.sign_up("ben").await;
    place
        .post(
            "/bookings",
            json!({ "user_id": user_id, "slot_id": slot_id }),
            (201, ""),
        )
        .await;
}

/// A lesson that begins before the hold would be over.
#[tokio::test]
async fn a_hold_ends_when_the_lesson_begins() {
    let place = Place::new().await;
    let slot_id = place.slot("ins_iris", Duration::ZERO).await;
    let user_id = place.sign_up("ada").await;
    let body = json!({ "user_id": user_id, "slot_id": slot_id });
    let held = place.post("/bookings", body, (201, "")).await;
    let begins = millis(&held["starts_at"]);
    let ahead = Duration::from_millis(begins.abs_diff(place.clock.now().millis()));
    assert!(ahead < HOLD, "the test needs a slot that is near");
    assert_eq!(held["hold_until"], held["starts_at"]);

    place.clock.advance(ahead);
    let booking = format!("/bookings/{}", text(&held, "id"));
    let pay = json!({ "card_token": "tok_visa" });
    place
        .post(&format!("{booking}/pay"), pay, (409, "slot_past"))
        .await;
    assert_eq!(place.get(&booking).await["charges"], json!([]));
    place.pass(Duration::from_secs(30)).await;
    assert_eq!(place.get(&booking).await["status"], "expired");
}

#[tokio::test]
async fn a_lesson_that_has_begun_cannot_be_booked() {
    let place = Place::new().await;
    let slot_id = place.slot("ins_iris", Duration::ZERO).await;
    let user_id = place.sign_up("ada").await;
    place.clock.advance(HOLD);
    for card_token in [json!(null), json!("tok_visa")] {
        let body = json!({ "user_id": user_id, "slot_id": slot_id, "card_token": card_token });
        place.post("/bookings", body, (409, "slot_past")).await;
    }
}
