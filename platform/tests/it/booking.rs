//! A booking from search to review.

use std::time::Duration;

use serde_json::json;

use crate::place::{DAY, Place, text};

#[tokio::test]
async fn a_student_searches_books_pays_and_reviews() {
    let place = Place::new().await;
    let found = place.get("/lessons?q=a+music+taster+under+5.75").await;
    let subjects: Vec<_> = found["lessons"]
        .as_array()
        .unwrap()
        .iter()
        .map(|l| text(l, "subject"))
        .collect();
    assert_eq!(subjects, ["drums"], "cheapest first; singing costs 6.00");

    let booking = place.booked("ins_kofi", Duration::ZERO).await;
    assert_eq!(
        place.work().await,
        2,
        "the confirmation and the instructor's pay"
    );
    let seen = place.get(&format!("/bookings/{booking}")).await;
    assert_eq!(seen["status"], "confirmed");
    assert_eq!(seen["price_cents"], 550);
    assert_eq!(seen["charges"][0]["status"], "captured");
    assert_eq!(seen["messages"][0]["kind"], "confirmation");
    assert_eq!(
        seen["messages"][0]["body"],
        "Your lesson at 2026-12-01T09:05:00.000Z is booked and paid (5.50)."
    );
    assert_eq!(
        seen["instructor_earned_cents"], 468,
        "85 %, the fraction of a cent to the instructor"
    );

    let review = format!("/bookings/{booking}/review");
    let five = json!({ "rating": 5, "comment": "Clear and kind." });
    place.post(&review, five.clone(), (409, "not_taken")).await;
    place.clock.advance(Duration::from_secs(600));
    place
        .post(&review, json!({ "rating": 6 }), (400, "rating"))
        .await;
    place.post(&review, five.clone(), (201, "")).await;
    place.post(&review, five, (409, "already_reviewed")).await;

    let stats = place.get("/instructors/ins_kofi/stats").await;
    assert_eq!(stats["confirmed"], 1);
    assert_eq!(stats["earned_cents"], 468);
    assert_eq!(stats["rating"], 5.0);
    assert_eq!(place.get("/instructors/ins_kofi").await["reviews"], 1);
}

#[tokio::test]
async fn a_reminder_comes_once_before_the_lesson() {
    let place = Place::new().await;
    let booking = place.booked("ins_iris", Duration::from_secs(70 * 60)).await;
    let kinds = async || {
        let seen = place.get(&format!("/bookings/{booking}")).await;
        let kinds: Vec<_> = seen["messages"]
            .as_array()
            .unwrap()
            .iter()
            .map(|m| text(m, "kind"))
            .collect();
        kinds
    };
    place.pass(Duration::from_secs(60)).await;
    assert_eq!(kinds().await, ["confirmation"], "more than an hour ahead");
    place.pass(Duration::from_secs(15 * 60)).await;
    place.pass(Duration::from_secs(60)).await;
    assert_eq!(kinds().await, ["confirmation", "reminder"]);
}

#[tokio::test]
async fn slots_never_run_out() {
    let place = Place::new().await;
    place.pass(3 * DAY).await;
    let slots = place.get("/instructors/ins_iris/slots?limit=200").await;
    assert_eq!(
        slots["slots"].as_array().unwrap().len(),
        36,
        "three hours of tasters, one every five minutes"
    );
}
