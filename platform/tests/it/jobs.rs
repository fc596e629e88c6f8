//! Jobs that fail: tried again, buried, dug up.

use std::time::Duration;

use instainstru::worker;
use serde_json::{Value, json};
use throughline_telemetry::testing::{self, Recorder};

use crate::place::{DAY, Line, Place, text};

async fn jobs(place: &Place, query: &str) -> Vec<Value> {
    place.get(&format!("/jobs?limit=200&{query}")).await["jobs"]
        .as_array()
        .unwrap()
        .clone()
}

#[tokio::test]
async fn a_job_that_never_succeeds_dies_and_can_be_retried() {
    let place = Place::new().await;
    let booking = place.booked("ins_amara", 3 * DAY).await;
    place.work().await;
    place.line(Line::Down);
    let refund = place
        .post(&format!("/bookings/{booking}/refund"), json!({}), (200, ""))
        .await;
    assert_eq!(refund["status"], "pending", "promised, not made");

    // the next minute's reconciliation tries, and tries again after 2 s and 4 s
    place.pass(Duration::from_secs(60)).await;
    let job = jobs(&place, "name=reconcile_payments").await.remove(0);
    assert_eq!(
        (&job["status"], &job["attempt"]),
        (&json!("ready"), &json!(1))
    );
    assert_eq!(place.work().await, 0, "not before its time");
    for wait in [2, 4] {
        place.clock.advance(Duration::from_secs(wait));
        assert_eq!(place.work().await, 1);
    }
    let job = jobs(&place, "status=dead").await.remove(0);
    assert_eq!(
        (&job["name"], &job["attempt"]),
        (&json!("reconcile_payments"), &json!(3))
    );
    assert!(text(&job, "last_error").contains("502"), "{job}");
    place.clock.advance(Duration::from_secs(600));
    assert_eq!(place.work().await, 0, "the dead are left alone");

    place.line(Line::Up);
    let retry = format!("/jobs/{}/retry", text(&job, "id"));
    assert_eq!(
        place.post(&retry, json!({}), (200, "")).await["status"],
        "ready"
    );
    place.post(&retry, json!({}), (409, "job_not_dead")).await;
    assert_eq!(place.work().await, 1);
    assert!(jobs(&place, "status=dead").await.is_empty());
    assert_eq!(
        place.get(&format!("/bookings/{booking}")).await["refunds"][0]["status"],
        "done"
    );
    assert_eq!(place.at_provider(&booking).await["refunded_cents"], 4_200);
}

#[tokio::test]
async fn a_cancelled_booking_gets_no_confirmation() {
    let place = Place::new().await;
    let booking = place.booked("ins_amara", 3 * DAY).await;
    place
        .post(&format!("/bookings/{booking}/cancel"), json!({}), (200, ""))
        .await;
    place.work().await;
    let seen = place.get(&format!("/bookings/{booking}")).await;
    assert_eq!(
        (&seen["messages"], &seen["instructor_earned_cents"]),
        (&json!([]), &json!(0))
    );
    assert!(jobs(&place, "status=dead").await.is_empty());
}

#[tokio::test]
async fn old_jobs_are_forgotten() {
    let place = Place::new().await;
    place.booked("ins_amara", 3 * DAY).await;
    place.work().await;
    assert_eq!(jobs(&place, "status=done").await.len(), 2);
    place.pass(2 * DAY).await;
    let left = jobs(&place, "status=done").await;
    assert!(
        left.iter().all(|job| job["name"] != "send_confirmation"),
        "{left:?}"
    );
}

#[tokio::test]
async fn a_failed_attempts_span_says_what_failed() {
    let place = Place::new().await;
    let booking = place.booked("ins_amara", 3 * DAY).await;
    place.work().await;
    place.line(Line::Down);
    place
        .post(&format!("/bookings/{booking}/refund"), json!({}), (200, ""))
        .await;
    let recorder = Recorder::default();
    let service = testing::service("worker", &recorder);
    let mut beat = instainstru::beat::Beat::new(place.market.clone());
    place.clock.advance(Duration::from_secs(60));
    beat.fire_due().await;
    service.scope(worker::run_due(&place.market)).await.unwrap();
    let span = recorder.find("run/reconcile_payments").unwrap();
    assert_eq!(
        span.attribute("error.type").as_deref(),
        Some("payment_unavailable")
    );
    assert_eq!(span.attribute("kit.will_retry").as_deref(), Some("true"));
}
