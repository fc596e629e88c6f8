//! The program of docs/telemetry.md: an axum service, traced.

use std::time::Duration;

use axum::{Router, extract::Path, routing::get};
use throughline_telemetry::{asked_to_end, http_server, in_span};

#[tokio::main]
async fn main() -> Result<(), Box<dyn std::error::Error>> {
    let telemetry = throughline_telemetry::init("lessons-api")?;
    let app = Router::new()
        .route("/lessons/{id}", get(lesson))
        .route("/metrics", get(http_server::metrics));
    let app = http_server::wrap(app); // last: it has to see every route and every answer
    let listener = tokio::net::TcpListener::bind("127.0.0.1:8080").await?;
    axum::serve(listener, app)
        .with_graceful_shutdown(asked_to_end())
        .await?;
    telemetry.shutdown(Duration::from_secs(5)).await;
    Ok(())
}

async fn lesson(Path(id): Path<u32>) -> String {
    let price = in_span("price.quote", async { 45 }).await;
    tracing::info!(lesson.id = id, "quoted");
    format!("lesson {id}: {price} euros")
}
