//! Payments that go wrong in every order.

use std::time::Duration;

use serde_json::{Value, json};

use crate::place::{DAY, HOLD, Line, Place};

fn visa() -> Value {
    json!({ "card_token": "tok_visa" })
}

#[tokio::test]
async fn a_declined_card_leaves_the_hold_to_pay_in_another_way() {
    let place = Place::new().await;
    let user_id = place.sign_up("ada").await;
    let slot_id = place.slot("ins_amara", DAY).await;
    let body = json!({ "user_id": user_id, "slot_id": slot_id, "card_token": "tok_declined" });
    let response = place
        .http
        .post(format!("{}/bookings", place.url))
        .json(&body)
        .send()
        .await
        .unwrap();
    assert_eq!(response.status(), 402);
    let booking = response.headers()["location"].to_str().unwrap().to_owned();
    let error: Value = response.json().await.unwrap();
    assert_eq!(error["error"]["code"], "card_declined");

    assert_eq!(place.get(&booking).await["status"], "hold");
    let pay = format!("{booking}/pay");
    place
        .post(
            &pay,
            json!({ "card_token": "tok_declined" }),
            (402, "card_declined"),
        )
        .await;
    assert_eq!(
        place.post(&pay, visa(), (200, "")).await["status"],
        "confirmed"
    );
    // paying again is no second charge, whatever the card
    place
        .post(&pay, json!({ "card_token": "tok_declined" }), (200, ""))
        .await;
    let charges = place.get(&booking).await["charges"].clone();
    let statuses: Vec<_> = charges
        .as_array()
        .unwrap()
        .iter()
        .map(|c| c["status"].as_str().unwrap())
        .collect();
    assert_eq!(statuses, ["declined", "declined", "captured"]);
}

#[tokio::test]
async fn a_lost_answer_is_asked_for_again_and_charged_once() {
    let place = Place::new().await;
    let booking = place.held("ins_amara").await;
    let pay = format!("/bookings/{booking}/pay");
    place.line(Line::Lossy);
    place.post(&pay, visa(), (503, "payment_unavailable")).await;
    assert_eq!(
        place.get(&format!("/bookings/{booking}")).await["status"],
        "hold"
    );
    // another card must not be charged while the first may have been
    place.line(Line::Up);
    place
        .post(
            &pay,
            json!({ "card_token": "tok_other" }),
            (409, "payment_in_progress"),
        )
        .await;
    assert_eq!(
        place.post(&pay, visa(), (200, "")).await["status"],
        "confirmed"
    );
    let charge = place.at_provider(&booking).await;
    assert_eq!(
        (&charge["status"], &charge["refunded_cents"]),
        (&json!("captured"), &json!(0))
    );
}

#[tokio::test]
async fn money_taken_for_a_hold_that_ended_is_given_back() {
    let place = Place::new().await;
    let booking = place.held("ins_amara").await;
    place.line(Line::Lossy);
    place
        .post(
            &format!("/bookings/{booking}/pay"),
            visa(),
            (503, "payment_unavailable"),
        )
        .await;
    assert_eq!(
        place.at_provider(&booking).await["status"],
        "captured",
        "the student paid and does not know"
    );
    place.line(Line::Up);
    place.pass(HOLD).await;
    place.pass(Duration::from_secs(60)).await;
    let seen = place.get(&format!("/bookings/{booking}")).await;
    assert_eq!(
        (&seen["status"], &seen["charges"][0]["status"]),
        (&json!("expired"), &json!("voided"))
    );
    let charge = place.at_provider(&booking).await;
    assert_eq!(
        (&charge["status"], &charge["refunded_cents"]),
        (&json!("voided"), &json!(4_200))
    );
    assert_eq!(seen["instructor_earned_cents"], 0);
}

#[tokio::test]
async fn money_taken_for_a_hold_that_was_cancelled_is_given_back_at_once() {
    let place = Place::new().await;
    let booking = place.held("ins_amara").await;
    place.line(Line::Lossy);
    place
        .post(
            &format!("/bookings/{booking}/pay"),
            visa(),
            (503, "payment_unavailable"),
        )
        .await;
    place.line(Line::Up);
    place
        .post(&format!("/bookings/{booking}/cancel"), json!({}), (200, ""))
        .await;
    assert_eq!(place.at_provider(&booking).await["refunded_cents"], 4_200);
}

/// The provider was never reached: the void comes first, and a late charge finds its key closed.
#[tokio::test]
async fn a_charge_that_never_arrived_is_closed_all_the_same() {
    let place = Place::new().await;
    let booking = place.held("ins_amara").await;
    place.line(Line::Down);
    place
        .post(
            &format!("/bookings/{booking}/pay"),
            visa(),
            (503, "payment_unavailable"),
        )
        .await;
    place.line(Line::Up);
    place
        .post(&format!("/bookings/{booking}/cancel"), json!({}), (200, ""))
        .await;
    let charge = place.at_provider(&booking).await;
    assert_eq!(
        (&charge["status"], &charge["amount_cents"]),
        (&json!("voided"), &json!(0))
    );
}

/// The student cancels in one window while the payment of another is on its way.
#[tokio::test]
async fn a_payment_that_a_cancellation_overtakes_says_so() {
    let place = Place::new().await;
    let booking = place.held("ins_amara").await;
    place.line(Line::ChargesWait);
    let path = format!("/bookings/{booking}/pay");
    let pay = place.post(&path, visa(), (409, "booking_closed"));
    let overtake = async {
        place.charge_waits().await;
        place
            .post(&format!("/bookings/{booking}/cancel"), json!({}), (200, ""))
            .await;
        place.line(Line::Up);
    };
    let (refused, ()) = tokio::join!(pay, overtake);
    assert_eq!(refused["error"]["message"], "the booking is cancelled");
    assert_eq!(place.at_provider(&booking).await["status"], "voided");
}
