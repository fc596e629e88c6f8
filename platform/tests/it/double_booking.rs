//! No slot is ever booked twice.

use axum::http::StatusCode;
use futures::future::join_all;
use serde_json::{Value, json};

use crate::place::{DAY, Place};

/// Fifty students at once, half of them through another API process with a card in hand.
#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn of_fifty_bookings_of_one_slot_one_wins() {
    let place = Place::new().await;
    let urls = [place.url.clone(), place.another_api().await];
    let user_id = place.sign_up("ada").await;
    let slot_id = place.slot("ins_amara", DAY).await;
    let attempts = (0..50).map(|n| {
        let card = (n % 2 == 0).then_some("tok_visa");
        let body = json!({ "user_id": user_id, "slot_id": slot_id, "card_token": card });
        let request = place
            .http
            .post(format!("{}/bookings", urls[n % 2]))
            .json(&body);
        tokio::spawn(async move {
            let response = request.send().await.unwrap();
            (response.status(), response.json::<Value>().await.unwrap())
        })
    });
    let mut won = 0;
    for answer in join_all(attempts).await {
        let (status, body) = answer.unwrap();
        match status {
            StatusCode::CREATED => won += 1,
            status => assert_eq!(
                (status, &body["error"]["code"]),
                (StatusCode::CONFLICT, &json!("slot_taken"))
            ),
        }
    }
    assert_eq!(won, 1);
    let bookings = place.get("/bookings?instructor_id=ins_amara").await;
    assert_eq!(
        bookings["bookings"].as_array().unwrap().len(),
        1,
        "the losers left nothing behind"
    );
}

/// One hold, paid from twenty places at once: one charge, and everybody is told that it is paid.
#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn twenty_payments_of_one_booking_charge_once() {
    let place = Place::new().await;
    let booking = place.held("ins_bruno").await;
    let attempts = (0..20).map(|_| {
        let request = place
            .http
            .post(format!("{}/bookings/{booking}/pay", place.url));
        let request = request.json(&json!({ "card_token": "tok_visa" }));
        tokio::spawn(async move { request.send().await.unwrap().status() })
    });
    for status in join_all(attempts).await {
        assert_eq!(status.unwrap(), StatusCode::OK);
    }
    let seen = place.get(&format!("/bookings/{booking}")).await;
    assert_eq!(seen["charges"].as_array().unwrap().len(), 1);
    assert_eq!(place.work().await, 2, "one confirmation, one payout");
}
