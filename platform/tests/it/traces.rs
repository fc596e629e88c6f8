//! The traces contract: which spans each journey of the marketplace makes, of which service, below which,
//! with which attributes. One journey is one file of `tests/contract`, in the pattern language of
//! `throughline_telemetry::testing`. A change of a file is a change of what operators see: dashboards,
//! monitors and the runbook lean on these names.

use std::time::Duration;

use instainstru::beat::Beat;
use instainstru::worker;
use reqwest::Method;
use serde_json::{Value, json};
use throughline_telemetry::Telemetry;
use throughline_telemetry::testing::{self, Recorder, Until};
use tracing::instrument::WithSubscriber;
use tracing::subscriber::DefaultGuard;

use crate::copilot::{ask, client, door};
use crate::place::{DAY, Line, Place};

/// For spans that end after the answer was read.
const WAIT: Duration = Duration::from_secs(5);

/// A place whose services record into one recorder.
struct Traced {
    place: Place,
    recorder: Recorder,
    worker: Telemetry,
    beat: Telemetry,
    mcp: Telemetry,
    _api: Telemetry,
    /// The spans inside the API; the worker brings its own.
    _subscriber: DefaultGuard,
}

impl Traced {
    async fn new() -> Self {
        let recorder = Recorder::default();
        let service = |role| testing::service(&format!("instainstru-{role}"), &recorder);
        let api = service("api");
        let subscriber = api.subscriber(std::io::sink);
        Self {
            _subscriber: tracing::subscriber::set_default(subscriber),
            place: Place::traced(&api).await,
            worker: service("worker"),
            beat: service("beat"),
            mcp: service("mcp"),
            _api: api,
            recorder,
        }
    }

    async fn post(&self, path: &str, body: Value) -> u16 {
        let (status, _) = self.place.send(Method::POST, path, Some(body)).await;
        status.as_u16()
    }

    async fn work(&self) -> usize {
        let work = worker::run_due(&self.place.market);
        let work = work.with_subscriber(self.worker.subscriber(std::io::sink));
        self.worker.scope(work).await.unwrap()
    }

    /// Moves the clock; returns how many schedules fired.
    async fn tick(&self, time: Duration) -> usize {
        let mut beat = Beat::new(self.place.market.clone());
        self.place.clock.advance(time);
        self.beat.scope(beat.fire_due()).await
    }
}

/// Runs what comes before the journey, forgets its spans, and compares those of the journey.
async fn check<T>(
    pattern: &str,
    prepare: impl AsyncFnOnce(&Traced) -> T,
    journey: impl AsyncFnOnce(&Traced, T),
) {
    let traced = Traced::new().await;
    let prepared = prepare(&traced).await;
    // A span may end after its answer was read: SQLite's thread holds on to it a little longer.
    traced.recorder.wait_for(Until::Whole, WAIT).await.unwrap();
    traced.recorder.clear();
    journey(&traced, prepared).await;
    if let Err(mismatch) = traced.recorder.wait_for(pattern, WAIT).await {
        panic!("{mismatch}");
    }
}

async fn held(traced: &Traced) -> String {
    let booking = traced.place.held("ins_amara").await;
    format!("/bookings/{booking}/pay")
}

#[tokio::test]
async fn search() {
    let journey = async |traced: &Traced, ()| {
        let found = traced.place.get("/lessons?q=piano+under+50").await;
        assert!(found["lessons"].is_array());
    };
    check(
        include_str!("../contract/search.trace"),
        async |_: &Traced| (),
        journey,
    )
    .await;
}

#[tokio::test]
async fn hold() {
    let prepare = async |traced: &Traced| {
        let user_id = traced.place.sign_up("ada").await;
        let slot_id = traced.place.slot("ins_amara", DAY).await;
        json!({ "user_id": user_id, "slot_id": slot_id })
    };
    let journey = async |traced: &Traced, body| {
        assert_eq!(traced.post("/bookings", body).await, 201);
    };
    check(include_str!("../contract/hold.trace"), prepare, journey).await;
}

#[tokio::test]
async fn payment() {
    let journey = async |traced: &Traced, pay: String| {
        let card = json!({ "card_token": "tok_visa" });
        assert_eq!(traced.post(&pay, card).await, 200);
    };
    check(include_str!("../contract/payment.trace"), held, journey).await;
}

/// The student's click, the worker's jobs: one trace.
#[tokio::test]
async fn confirmation() {
    let journey = async |traced: &Traced, pay: String| {
        let card = json!({ "card_token": "tok_visa" });
        assert_eq!(traced.post(&pay, card).await, 200);
        assert_eq!(traced.work().await, 2);
    };
    check(
        include_str!("../contract/confirmation.trace"),
        held,
        journey,
    )
    .await;
}

#[tokio::test]
async fn declined() {
    let journey = async |traced: &Traced, pay: String| {
        let card = json!({ "card_token": "tok_declined" });
        assert_eq!(traced.post(&pay, card).await, 402);
    };
    check(include_str!("../contract/declined.trace"), held, journey).await;
}

#[tokio::test]
async fn provider_unreachable() {
    let journey = async |traced: &Traced, pay: String| {
        traced.place.line(Line::Down);
        let card = json!({ "card_token": "tok_visa" });
        assert_eq!(traced.post(&pay, card).await, 503);
    };
    check(include_str!("../contract/unreachable.trace"), held, journey).await;
}

#[tokio::test]
async fn beat() {
    let journey = async |traced: &Traced, ()| {
        assert_eq!(traced.tick(Duration::from_secs(30)).await, 1);
        assert_eq!(traced.work().await, 1);
    };
    check(
        include_str!("../contract/beat.trace"),
        async |_: &Traced| (),
        journey,
    )
    .await;
}

/// A job that fails and is tried again: both attempts in the trace of the tick.
#[tokio::test]
async fn retry() {
    let prepare = async |traced: &Traced| {
        let booking = traced.place.booked("ins_amara", 3 * DAY).await;
        traced.work().await;
        traced.place.line(Line::Down);
        let refund = format!("/bookings/{booking}/refund");
        assert_eq!(traced.post(&refund, json!({})).await, 200);
        assert_eq!(traced.work().await, 1, "the instructor's pay");
    };
    let journey = async |traced: &Traced, ()| {
        traced.tick(Duration::from_secs(60)).await;
        assert_eq!(traced.work().await, 3);
        traced.place.line(Line::Up);
        traced.place.clock.advance(Duration::from_secs(2));
        assert_eq!(traced.work().await, 1);
    };
    check(include_str!("../contract/retry.trace"), prepare, journey).await;
}

#[tokio::test]
async fn copilot() {
    let prepare = async |traced: &Traced| {
        let booking = traced.place.held("ins_amara").await;
        let door = traced.mcp.scope(door(&traced.place)).await;
        (client(&door).await, booking)
    };
    let journey = async |_: &Traced, (client, booking): (_, String)| {
        let seen = ask(&client, "inspect_booking", json!({ "booking_id": booking })).await;
        assert_eq!(seen["id"], booking);
    };
    check(include_str!("../contract/copilot.trace"), prepare, journey).await;
}
