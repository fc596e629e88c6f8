//! The harness: one marketplace with its API, its payment provider behind a switch, and a clock.

use std::sync::Arc;
use std::time::Duration;

use axum::Router;
use axum::extract::{Request, State};
use axum::http::{Method as AxumMethod, StatusCode as AxumStatus};
use axum::middleware::{Next, from_fn_with_state};
use axum::response::{IntoResponse, Response};
use instainstru::beat::Beat;
use instainstru::clock::Clock;
use instainstru::stop::{Stop, Trigger};
use instainstru::{Market, Settings, api, payments, serve, worker};
use reqwest::{Method, StatusCode};
use serde_json::{Value, json};
use tempfile::TempDir;
use throughline_telemetry::Telemetry;
use tokio::net::TcpListener;
use tokio::sync::{Notify, watch};

pub(crate) const ADMIN: &str = "operator-token";
pub(crate) const HOLD: Duration = Duration::from_secs(15 * 60);
pub(crate) const DAY: Duration = Duration::from_secs(24 * 60 * 60);
/// 2026-12-01T09:00:00Z.
const START_MILLIS: i64 = 1_796_115_600_000;

/// How the line to the payment provider is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Line {
    Up,
    /// Nothing arrives.
    Down,
    /// Requests arrive, answers do not.
    Lossy,
    /// Charges arrive and wait for the next state; everything else goes through.
    ChargesWait,
    /// No void arrives; everything else goes through.
    NoVoids,
}

/// What the line's switch looks at.
#[derive(Clone)]
struct Switch {
    line: watch::Receiver<Line>,
    /// Told of every charge that waits.
    waiting: Arc<Notify>,
}

pub(crate) struct Place {
    pub(crate) market: Market,
    pub(crate) clock: Clock,
    pub(crate) url: String,
    pub(crate) http: reqwest::Client,
    line: watch::Sender<Line>,
    waiting: Arc<Notify>,
    pub(crate) provider_url: String,
    folder: TempDir,
    stop: Stop,
    _trigger: Trigger,
}

impl Place {
    pub(crate) async fn new() -> Self {
        Self::served_by(None).await
    }

    /// With an API that records.
    pub(crate) async fn traced(api: &Telemetry) -> Self {
        Self::served_by(Some(api)).await
    }

    async fn served_by(api: Option<&Telemetry>) -> Self {
        let folder = TempDir::new().unwrap();
        let (trigger, stop) = Stop::by_hand();
        let (line, seen) = watch::channel(Line::Up);
        let waiting = Arc::new(Notify::new());
        let switched = Switch {
            line: seen,
            waiting: waiting.clone(),
        };
        let provider = payments::router(payments::Settings {
            database: folder.path().join("payments.db").display().to_string(),
            decline_rate: 0.0,
            fault_rate: 0.0,
            latency_ms_max: 0,
            seed: 1,
        })
        .await
        .unwrap()
        .layer(from_fn_with_state(switched, switch));
        let provider_url = listen(provider, &stop).await;
        let clock = Clock::fixed(START_MILLIS);
        let market = open(&folder, &provider_url, &clock).await;
        let router = async { api::router(market.clone(), vec![ADMIN.to_owned()]) };
        let router = match api {
            Some(api) => api.scope(router).await,
            None => router.await,
        };
        let url = listen(router, &stop).await;
        let http = reqwest::Client::new();
        Self {
            market,
            clock,
            url,
            http,
            line,
            waiting,
            provider_url,
            folder,
            stop,
            _trigger: trigger,
        }
    }

    /// Another API process on the same database; returns its URL.
    pub(crate) async fn another_api(&self) -> String {
        let market = open(&self.folder, &self.provider_url, &self.clock).await;
        self.listen(api::router(market, vec![ADMIN.to_owned()]))
            .await
    }

    pub(crate) async fn listen(&self, router: Router) -> String {
        listen(router, &self.stop).await
    }

    pub(crate) fn line(&self, line: Line) {
        self.line.send_replace(line);
    }

    /// Returns when a charge has arrived and waits.
    pub(crate) async fn charge_waits(&self) {
        self.waiting.notified().await;
    }

    pub(crate) async fn send(
        &self,
        method: Method,
        path: &str,
        body: Option<Value>,
    ) -> (StatusCode, Value) {
        let mut request = self
            .http
            .request(method, format!("{}{path}", self.url))
            .bearer_auth(ADMIN);
        if let Some(body) = body {
            request = request.json(&body);
        }
        let response = request.send().await.unwrap();
        (response.status(), response.json().await.unwrap())
    }

    pub(crate) async fn get(&self, path: &str) -> Value {
        let (status, body) = self.send(Method::GET, path, None).await;
        assert_eq!(status, StatusCode::OK, "GET {path}: {body}");
        body
    }

    /// Checks the status, and for errors their code.
    pub(crate) async fn post(&self, path: &str, body: Value, expected: (u16, &str)) -> Value {
        let (status, body) = self.send(Method::POST, path, Some(body)).await;
        let code = body
            .pointer("/error/code")
            .and_then(Value::as_str)
            .unwrap_or("");
        assert_eq!((status.as_u16(), code), expected, "POST {path}: {body}");
        body
    }

    pub(crate) async fn sign_up(&self, name: &str) -> String {
        let body = json!({ "name": name, "email": format!("{name}@example.com") });
        text(&self.post("/users", body, (201, "")).await, "id")
    }

    /// The instructor's first free slot that begins at least `ahead` from now.
    pub(crate) async fn slot(&self, instructor: &str, ahead: Duration) -> String {
        let from = self.clock.now().millis() + i64::try_from(ahead.as_millis()).unwrap();
        let slots = self
            .get(&format!("/instructors/{instructor}/slots?limit=200"))
            .await;
        let slots = slots["slots"].as_array().unwrap();
        let found = slots
            .iter()
            .find(|slot| millis(&slot["starts_at"]) >= from)
            .expect("a free slot");
        text(found, "id")
    }

    /// A paid booking of a lesson that begins at least `ahead` from now.
    pub(crate) async fn booked(&self, instructor: &str, ahead: Duration) -> String {
        let user_id = self.sign_up(&format!("s{}", uuid())).await;
        let slot_id = self.slot(instructor, ahead).await;
        let body = json!({ "user_id": user_id, "slot_id": slot_id, "card_token": "tok_visa" });
        text(&self.post("/bookings", body, (201, "")).await, "id")
    }

    pub(crate) async fn held(&self, instructor: &str) -> String {
        let user_id = self.sign_up(&format!("s{}", uuid())).await;
        let slot_id = self.slot(instructor, DAY).await;
        let body = json!({ "user_id": user_id, "slot_id": slot_id });
        text(&self.post("/bookings", body, (201, "")).await, "id")
    }

    /// The provider's own record of the booking's newest charge.
    pub(crate) async fn at_provider(&self, booking: &str) -> Value {
        let seen = self.get(&format!("/bookings/{booking}")).await;
        let key = text(seen["charges"].as_array().unwrap().last().unwrap(), "id");
        let url = format!("{}/v1/charges/{key}", self.provider_url);
        self.http
            .get(url)
            .send()
            .await
            .unwrap()
            .json()
            .await
            .unwrap()
    }

    pub(crate) async fn work(&self) -> usize {
        worker::run_due(&self.market).await.unwrap()
    }

    /// Moves the clock, lets the scheduler tick and the worker work.
    pub(crate) async fn pass(&self, time: Duration) {
        let mut beat = Beat::new(self.market.clone());
        self.clock.advance(time);
        beat.fire_due().await;
        self.work().await;
    }
}

async fn open(folder: &TempDir, provider_url: &str, clock: &Clock) -> Market {
    let settings = Settings {
        database: folder.path().join("market.db").display().to_string(),
        payments_url: provider_url.to_owned(),
        hold: HOLD,
    };
    Market::open(settings, clock.clone()).await.unwrap()
}

async fn listen(router: Router, stop: &Stop) -> String {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let url = format!("http://{}", listener.local_addr().unwrap());
    tokio::spawn(serve::serve(listener, router, stop.clone()));
    url
}

async fn switch(State(switch): State<Switch>, request: Request, next: Next) -> Response {
    let Switch { mut line, waiting } = switch;
    let state = *line.borrow();
    let path = request.uri().path();
    let arrives = match state {
        Line::Up | Line::ChargesWait => true,
        Line::NoVoids => path != "/v1/voids",
        // the test itself looks by GET
        Line::Down | Line::Lossy => request.method() == AxumMethod::GET,
    };
    if state == Line::ChargesWait && path == "/v1/charges" {
        waiting.notify_one();
        line.wait_for(|line| *line != Line::ChargesWait)
            .await
            .unwrap();
    }
    if arrives {
        return next.run(request).await;
    }
    if state == Line::Lossy {
        next.run(request).await;
    }
    AxumStatus::BAD_GATEWAY.into_response()
}

pub(crate) fn text(value: &Value, field: &str) -> String {
    value[field]
        .as_str()
        .unwrap_or_else(|| panic!("no {field} in {value}"))
        .to_owned()
}

pub(crate) fn millis(time: &Value) -> i64 {
    chrono::DateTime::parse_from_rfc3339(time.as_str().unwrap())
        .unwrap()
        .timestamp_millis()
}

fn uuid() -> String {
    uuid::Uuid::now_v7().simple().to_string()
}
