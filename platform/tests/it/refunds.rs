//! Giving money back: how much, once, and what it does to the instructor's earnings.

use std::time::Duration;

use reqwest::Method;
use serde_json::{Value, json};

use crate::place::{ADMIN, DAY, Place, text};

const HOUR: Duration = Duration::from_secs(60 * 60);

/// What a student gets back who cancels that long ahead, and what the instructor keeps.
async fn check_cancel(instructor: &str, ahead: Duration, refunded: i64, earned: i64) {
    let place = Place::new().await;
    let booking = place.booked(instructor, ahead).await;
    place.work().await;
    for _ in 0..2 {
        place
            .post(&format!("/bookings/{booking}/cancel"), json!({}), (200, ""))
            .await;
    }
    place.work().await;
    assert_eq!(
        place.at_provider(&booking).await["refunded_cents"],
        refunded
    );
    let seen = place.get(&format!("/bookings/{booking}")).await;
    assert_eq!(
        (&seen["status"], &seen["instructor_earned_cents"]),
        (&json!("cancelled"), &json!(earned))
    );
}

#[tokio::test]
async fn cancelling_a_day_ahead_gives_everything_back() {
    check_cancel("ins_amara", DAY, 4_200, 0).await;
}

#[tokio::test]
async fn cancelling_hours_ahead_gives_half_back() {
    check_cancel("ins_emil", 2 * HOUR, 1_495, 1_271).await;
}

#[tokio::test]
async fn cancelling_at_the_last_minute_gives_nothing_back() {
    check_cancel("ins_iris", Duration::ZERO, 0, 425).await;
}

#[tokio::test]
async fn a_lesson_that_has_begun_cannot_be_cancelled() {
    let place = Place::new().await;
    let booking = place.booked("ins_iris", Duration::ZERO).await;
    place.clock.advance(HOUR);
    place
        .post(
            &format!("/bookings/{booking}/cancel"),
            json!({}),
            (409, "lesson_begun"),
        )
        .await;
}

#[tokio::test]
async fn refunds_add_up_to_the_charge_and_no_further() {
    let place = Place::new().await;
    let booking = place.booked("ins_amara", 3 * DAY).await;
    let refund = format!("/bookings/{booking}/refund");
    let earned = async || {
        place.work().await;
        place.get(&format!("/bookings/{booking}")).await["instructor_earned_cents"].clone()
    };
    assert_eq!(earned().await, 3_570);

    place
        .post(
            &refund,
            json!({ "amount_cents": 4_201 }),
            (400, "refund_amount"),
        )
        .await;
    place
        .post(
            &refund,
            json!({ "amount_cents": 0 }),
            (400, "refund_amount"),
        )
        .await;
    let part = place
        .post(&refund, json!({ "amount_cents": 1_000 }), (200, ""))
        .await;
    assert_eq!(
        (&part["amount_cents"], &part["status"]),
        (&json!(1_000), &json!("done"))
    );
    assert_eq!(earned().await, 2_720);
    assert_eq!(
        place.get(&format!("/bookings/{booking}")).await["status"],
        "confirmed"
    );

    let rest = place.post(&refund, json!({}), (200, "")).await;
    assert_eq!(rest["amount_cents"], 3_200);
    assert_eq!(
        place.post(&refund, json!({}), (200, "")).await["id"],
        rest["id"],
        "the same request again"
    );
    place
        .post(
            &refund,
            json!({ "amount_cents": 1 }),
            (409, "already_refunded"),
        )
        .await;
    assert_eq!(earned().await, 0);
    assert_eq!(place.at_provider(&booking).await["refunded_cents"], 4_200);
    assert_eq!(
        place.get(&format!("/bookings/{booking}")).await["status"],
        "cancelled"
    );
}

#[tokio::test]
async fn a_key_makes_a_refund_safe_to_repeat() {
    let place = Place::new().await;
    let booking = place.booked("ins_amara", 3 * DAY).await;
    let refund = async |key: &str| -> Value {
        let request = place.http.request(
            Method::POST,
            format!("{}/bookings/{booking}/refund", place.url),
        );
        let request = request
            .bearer_auth(ADMIN)
            .header("idempotency-key", key)
            .json(&json!({ "amount_cents": 700 }));
        request.send().await.unwrap().json().await.unwrap()
    };
    let first = refund("a").await;
    assert_eq!(text(&refund("a").await, "id"), text(&first, "id"));
    assert_ne!(text(&refund("b").await, "id"), text(&first, "id"));
    assert_eq!(place.at_provider(&booking).await["refunded_cents"], 1_400);
}

#[tokio::test]
async fn nothing_charged_nothing_refunded() {
    let place = Place::new().await;
    let booking = place.held("ins_amara").await;
    place
        .post(
            &format!("/bookings/{booking}/refund"),
            json!({}),
            (409, "not_charged"),
        )
        .await;
}
