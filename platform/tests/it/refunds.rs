//! Giving money back: how much, once, and what it does to the instructor's earnings.

use std::time::Duration;

use reqwest::Method;
use serde_json::{Value, json};

use crate::place::{ADMIN, DAY, HOLD, Line, Place, text};

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

/// Two refunds wait for the provider; an operator has given the older one back by hand meanwhile.
#[tokio::test]
async fn a_refund_refused_for_good_does_not_keep_the_next_waiting() {
    let place = Place::new().await;
    let first = place.booked("ins_amara", 3 * DAY).await;
    let second = place.booked("ins_amara", 3 * DAY).await;
    place.line(Line::Down);
    for booking in [&first, &second] {
        let refund = format!("/bookings/{booking}/refund");
        let promised = place.post(&refund, json!({}), (200, "")).await;
        assert_eq!(promised["status"], "pending");
        place.clock.advance(Duration::from_secs(1));
    }
    place.line(Line::Up);
    let seen = place.get(&format!("/bookings/{first}")).await;
    let by_hand = json!({ "charge_key": seen["charges"][0]["id"], "amount_cents": 4_200 });
    let given = place
        .http
        .post(format!("{}/v1/refunds", place.provider_url))
        .header("idempotency-key", "by-hand")
        .json(&by_hand)
        .send()
        .await
        .unwrap();
    assert_eq!(given.status(), 201);

    place.pass(Duration::from_secs(60)).await;
    let status = async |booking: &str| {
        place.get(&format!("/bookings/{booking}")).await["refunds"][0]["status"].clone()
    };
    assert_eq!(status(&first).await, "failed");
    assert_eq!(status(&second).await, "done");
    let asked_again = format!("/bookings/{first}/refund");
    let asked_again = place.post(&asked_again, json!({}), (200, "")).await;
    assert_eq!(asked_again["status"], "failed", "it is not asked for again");
    assert_eq!(place.get("/jobs?status=ready").await["jobs"], json!([]));
}

/// What fails for now is told at the end, after everything else was tried.
#[tokio::test]
async fn a_void_that_fails_does_not_keep_refunds_waiting() {
    let place = Place::new().await;
    let held = place.held("ins_amara").await;
    let booked = place.booked("ins_amara", 3 * DAY).await;
    place.line(Line::Down);
    let pay = json!({ "card_token": "tok_visa" });
    place
        .post(
            &format!("/bookings/{held}/pay"),
            pay,
            (503, "payment_unavailable"),
        )
        .await;
    place
        .post(&format!("/bookings/{booked}/refund"), json!({}), (200, ""))
        .await;
    place.line(Line::NoVoids);
    place.pass(HOLD).await;
    place.pass(Duration::from_secs(60)).await;
    let seen = place.get(&format!("/bookings/{booked}")).await;
    assert_eq!(seen["refunds"][0]["status"], "done");
    let waiting = place
        .get("/jobs?status=ready&name=reconcile_payments")
        .await;
    let error = text(&waiting["jobs"][0], "last_error");
    assert!(error.contains("502"), "the job tries again: {error}");
}
