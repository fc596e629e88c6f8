//! The copilot's six tools, called by a real MCP client.

use std::time::Duration;

use instainstru::mcp;
use rmcp::model::{CallToolRequestParams, CallToolResult};
use rmcp::service::{RoleClient, RunningService, ServiceExt};
use rmcp::transport::StreamableHttpClientTransport;
use rmcp::transport::streamable_http_client::StreamableHttpClientTransportConfig;
use serde_json::{Value, json};

use crate::place::{ADMIN, DAY, Line, Place, text};

const TOKEN: &str = "copilot-token";

pub(crate) async fn door(place: &Place) -> String {
    let settings = mcp::Settings {
        api_url: place.url.clone(),
        admin_token: ADMIN.to_owned(),
        tokens: vec!["another".to_owned(), TOKEN.to_owned()],
        allowed_hosts: vec!["127.0.0.1".to_owned()],
    };
    place.listen(mcp::router(settings).unwrap()).await
}

pub(crate) async fn client(url: &str) -> RunningService<RoleClient, ()> {
    let config =
        StreamableHttpClientTransportConfig::with_uri(format!("{url}/mcp")).auth_header(TOKEN);
    ().serve(StreamableHttpClientTransport::from_config(config))
        .await
        .unwrap()
}

async fn call(
    client: &RunningService<RoleClient, ()>,
    tool: &'static str,
    arguments: Value,
) -> CallToolResult {
    let request =
        CallToolRequestParams::new(tool).with_arguments(arguments.as_object().unwrap().clone());
    client.call_tool(request).await.unwrap()
}

pub(crate) async fn ask(
    client: &RunningService<RoleClient, ()>,
    tool: &'static str,
    arguments: Value,
) -> Value {
    let result = call(client, tool, arguments).await;
    assert_ne!(result.is_error, Some(true), "{tool}: {result:?}");
    result.structured_content.unwrap()
}

#[tokio::test]
async fn the_copilot_finds_inspects_and_refunds() {
    let place = Place::new().await;
    let client = client(&door(&place).await).await;
    let mut tools: Vec<_> = client
        .list_all_tools()
        .await
        .unwrap()
        .into_iter()
        .map(|t| t.name.to_string())
        .collect();
    tools.sort();
    let six = [
        "find_bookings",
        "inspect_booking",
        "instructor_stats",
        "list_jobs",
        "refund_booking",
        "retry_job",
    ];
    assert_eq!(tools, six);

    let booking = place.booked("ins_amara", 3 * DAY).await;
    let found = ask(
        &client,
        "find_bookings",
        json!({ "status": "confirmed", "instructor_id": "ins_amara" }),
    )
    .await;
    assert_eq!(text(&found["bookings"][0], "id"), booking);
    let refund =
        json!({ "booking_id": booking, "amount_cents": 1_000, "idempotency_key": "case 7" });
    let first = ask(&client, "refund_booking", refund.clone()).await;
    assert_eq!(
        ask(&client, "refund_booking", refund).await["id"],
        first["id"]
    );
    place.work().await;
    let seen = ask(&client, "inspect_booking", json!({ "booking_id": booking })).await;
    assert_eq!(seen["refunds"][0]["amount_cents"], 1_000);
    let stats = ask(
        &client,
        "instructor_stats",
        json!({ "instructor_id": "ins_amara" }),
    )
    .await;
    assert_eq!(stats["earned_cents"], 2_720);
}

#[tokio::test]
async fn the_copilot_digs_up_a_dead_job() {
    let place = Place::new().await;
    let client = client(&door(&place).await).await;
    let booking = place.booked("ins_amara", 3 * DAY).await;
    place.line(Line::Down);
    place
        .post(&format!("/bookings/{booking}/refund"), json!({}), (200, ""))
        .await;
    place.pass(Duration::from_secs(60)).await;
    for _ in 0..2 {
        place.clock.advance(Duration::from_secs(10));
        place.work().await;
    }
    let dead = ask(&client, "list_jobs", json!({ "status": "dead" })).await;
    let job = text(&dead["jobs"][0], "id");
    place.line(Line::Up);
    assert_eq!(
        ask(&client, "retry_job", json!({ "job_id": job })).await["status"],
        "ready"
    );
    place.work().await;
    assert_eq!(place.at_provider(&booking).await["refunded_cents"], 4_200);
}

#[tokio::test]
async fn the_copilot_is_told_what_the_api_refused() {
    let place = Place::new().await;
    let client = client(&door(&place).await).await;
    // an id from a language model is one path segment, whatever is in it
    for id in ["bkg_none", "../jobs", "a/b?c#d"] {
        let refused = call(&client, "inspect_booking", json!({ "booking_id": id })).await;
        assert_eq!(refused.is_error, Some(true));
        let said = refused.content[0].as_text().unwrap().text.clone();
        assert!(said.contains("booking_not_found"), "{id}: {said}");
    }
}

#[tokio::test]
async fn nobody_comes_in_without_a_token() {
    let place = Place::new().await;
    let url = format!("{}/mcp", door(&place).await);
    let ping = json!({ "jsonrpc": "2.0", "id": 1, "method": "ping" });
    for token in [None, Some("wrong"), Some("")] {
        let mut request = place.http.post(&url).json(&ping);
        if let Some(token) = token {
            request = request.bearer_auth(token);
        }
        assert_eq!(request.send().await.unwrap().status(), 401, "{token:?}");
    }
}
