//! `GET /`: what this is. The runbook's first step looks at its `x-trace-id`.

use axum::Json;
use serde_json::{Value, json};

pub(super) async fn show() -> Json<Value> {
    Json(json!({ "service": "instainstru", "version": env!("CARGO_PKG_VERSION") }))
}
