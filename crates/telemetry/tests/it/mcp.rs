//! A real MCP server over HTTP, driven with the JSON-RPC that a client sends.

use std::sync::Arc;

use axum::Router;
use axum::http::StatusCode;
use expect_test::expect;
use rmcp::ServerHandler;
use rmcp::model::{
    CallToolRequestParams, CallToolResponse, CallToolResult, ContentBlock, ErrorData,
    ListToolsResult, PaginatedRequestParams, ServerCapabilities, ServerConfig, Tool,
};
use rmcp::service::{RequestContext, RoleServer};
use rmcp::transport::streamable_http_server::session::local::LocalSessionManager;
use rmcp::transport::streamable_http_server::{StreamableHttpServerConfig, StreamableHttpService};
use serde_json::{Value, json};
use throughline_telemetry::testing::{self, Recorder};
use throughline_telemetry::{Telemetry, http_server, mcp, sql};
use tower::ServiceExt;

const PARENT: &str = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01";

#[derive(Clone)]
struct Copilot;

impl ServerHandler for Copilot {
    fn get_info(&self) -> ServerConfig {
        let mut config = ServerConfig::default();
        config.capabilities = ServerCapabilities::builder().enable_tools().build();
        config
    }

    async fn list_tools(
        &self,
        page: Option<PaginatedRequestParams>,
        _: RequestContext<RoleServer>,
    ) -> Result<ListToolsResult, ErrorData> {
        let db = sql::Database::new("sqlite", "marketplace.db");
        db.query("SELECT tools", async { Ok(()) }).await.unwrap();
        let tool = |name| vec![Tool::new(name, "does", Arc::default())];
        if page.is_some_and(|page| page.cursor.is_some()) {
            return Ok(ListToolsResult::with_all_items(tool("refuse")));
        }
        let mut first = ListToolsResult::with_all_items(tool("find"));
        first.next_cursor = Some("2".to_owned());
        Ok(first)
    }

    async fn call_tool(
        &self,
        params: CallToolRequestParams,
        _: RequestContext<RoleServer>,
    ) -> Result<CallToolResponse, ErrorData> {
        let db = sql::Database::new("sqlite", "marketplace.db");
        db.query("SELECT bookings", async { Ok(()) }).await.unwrap();
        match &*params.name {
            "find" => Ok(CallToolResult::success(vec![ContentBlock::text("found")]).into()),
            "refuse" => Ok(CallToolResult::error(vec![ContentBlock::text("no")]).into()),
            _ => Err(ErrorData::invalid_params("no such tool", None)),
        }
    }
}

async fn listen(service: &Telemetry) -> String {
    let mut config = StreamableHttpServerConfig::default();
    config.legacy_session_mode = false;
    config.json_response = true;
    let handler = || Ok(mcp::traced(mcp::traced(Copilot)));
    let mcp = StreamableHttpService::new(handler, Arc::<LocalSessionManager>::default(), config);
    let keys = vec!["old-key".to_owned(), "new-key".to_owned()];
    let router = Router::new()
        .route_service("/mcp", mcp)
        .layer(mcp::bearer(keys));
    let router = service.scope(async { http_server::wrap(router) }).await;
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
    let url = format!("http://{}/mcp", listener.local_addr().unwrap());
    tokio::spawn(async { axum::serve(listener, router).await });
    url
}

async fn post(url: &str, key: &str, body: &Value) -> reqwest::Response {
    reqwest::Client::new()
        .post(url)
        .header("authorization", key)
        .header("accept", "application/json, text/event-stream")
        .header("mcp-protocol-version", "2025-06-18")
        .json(body)
        .send()
        .await
        .unwrap()
}

async fn call(url: &str, tool: &str, meta: Value) -> Value {
    let params =
        json!({ "name": tool, "arguments": { "email": "jane@example.com" }, "_meta": meta });
    let body = json!({ "jsonrpc": "2.0", "id": 7, "method": "tools/call", "params": params });
    let response = post(url, "Bearer new-key", &body).await;
    assert_eq!(response.status(), 200);
    let text = response.text().await.unwrap();
    serde_json::from_str(&text).unwrap_or_else(|_| panic!("not JSON: {text}"))
}

#[tokio::test]
async fn a_tool_call_nests_under_its_http_request() {
    let recorder = Recorder::default();
    let service = testing::service("mcp", &recorder);
    let url = listen(&service).await;
    assert_eq!(
        call(&url, "find", json!({})).await["result"]["content"][0]["text"],
        "found"
    );
    expect![[r#"
        mcp SERVER POST /mcp
          mcp SERVER tools/call find
            mcp CLIENT SELECT bookings
    "#]]
    .assert_eq(&recorder.tree());
    let span = recorder.find("tools/call find").unwrap();
    for (key, value) in [
        ("mcp.method.name", "tools/call"),
        ("gen_ai.tool.name", "find"),
        ("jsonrpc.request.id", "7"),
        ("gen_ai.operation.name", "execute_tool"),
        ("network.transport", "tcp"),
        ("network.protocol.name", "http"),
    ] {
        assert_eq!(span.attribute(key).as_deref(), Some(value), "{key}");
    }
    assert!(
        !format!("{:?}", recorder.spans()).contains("jane@example.com"),
        "arguments are not recorded"
    );
}

#[tokio::test]
async fn the_context_in_meta_is_the_parent_and_the_http_request_is_linked() {
    let recorder = Recorder::default();
    let service = testing::service("mcp", &recorder);
    let url = listen(&service).await;
    call(&url, "find", json!({ "traceparent": PARENT })).await;
    let tool = recorder.find("tools/call find").unwrap().data;
    let http = recorder.find("POST /mcp").unwrap().data;
    assert_eq!(
        tool.span_context.trace_id().to_string(),
        "0af7651916cd43dd8448eb211c80319c"
    );
    assert_eq!(tool.parent_span_id.to_string(), "b7ad6b7169203331");
    assert_eq!(
        tool.links.iter().next().unwrap().span_context.span_id(),
        http.span_context.span_id()
    );
}

#[tokio::test]
async fn failures_of_the_tool_and_of_the_protocol() {
    let recorder = Recorder::default();
    let service = testing::service("mcp", &recorder);
    let url = listen(&service).await;
    call(&url, "refuse", json!({})).await;
    call(&url, "jane@example.com", json!({})).await;
    let refused = recorder.find("tools/call refuse").unwrap();
    assert_eq!(
        refused.attribute("error.type").as_deref(),
        Some("tool_error")
    );
    // The name is text of the client's choosing.
    let unknown = recorder.find("tools/call").unwrap();
    assert_eq!(unknown.attribute("gen_ai.tool.name"), None);
    assert!(!format!("{:?}", recorder.spans()).contains("jane"));
    assert_eq!(unknown.attribute("error.type").as_deref(), Some("-32602"));
    assert_eq!(
        unknown.attribute("rpc.response.status_code").as_deref(),
        Some("-32602")
    );
}

#[tokio::test]
async fn other_requests_are_named_by_their_method() {
    let recorder = Recorder::default();
    let service = testing::service("mcp", &recorder);
    let url = listen(&service).await;
    let named = |name: &str| json!({ "name": name });
    let uri = json!({ "uri": "lesson://jane@example.com" });
    for (method, params) in [
        ("tools/list", json!({})),
        ("ping", json!({})),
        ("prompts/list", json!({})),
        ("prompts/get", named("jane@example.com")),
        ("resources/list", json!({})),
        ("resources/templates/list", json!({})),
        ("resources/read", uri.clone()),
        ("resources/subscribe", uri.clone()),
        ("resources/unsubscribe", uri),
        ("logging/setLevel", json!({ "level": "info" })),
        (
            "completion/complete",
            json!({
                "ref": { "type": "ref/prompt", "name": "jane@example.com" },
                "argument": { "name": "city", "value": "jane@example.com" },
            }),
        ),
    ] {
        recorder.clear();
        let body = json!({ "jsonrpc": "2.0", "id": 1, "method": method, "params": params });
        post(&url, "bearer old-key", &body).await;
        let span = recorder.find(method);
        let span = span.unwrap_or_else(|| panic!("{method} in {}", recorder.tree()));
        assert_eq!(span.attribute("mcp.method.name").as_deref(), Some(method));
        assert!(
            !format!("{:?}", recorder.spans()).contains("jane"),
            "{method}"
        );
    }
    recorder.clear();
    let odd = json!({ "jsonrpc": "2.0", "id": 1, "method": "jane@example.com" });
    post(&url, "bearer old-key", &odd).await;
    assert!(recorder.find("_OTHER").is_some(), "{}", recorder.tree());
}

/// Notifications are passed on and are no requests: the HTTP request that brought them is all there is.
#[tokio::test]
async fn notifications_make_no_spans() {
    let recorder = Recorder::default();
    let service = testing::service("mcp", &recorder);
    let url = listen(&service).await;
    for (method, params) in [
        ("notifications/initialized", json!({})),
        ("notifications/cancelled", json!({ "requestId": 1 })),
        (
            "notifications/progress",
            json!({ "progressToken": 1, "progress": 1 }),
        ),
        ("notifications/roots/list_changed", json!({})),
        ("notifications/of_our_own", json!({})),
    ] {
        recorder.clear();
        let body = json!({ "jsonrpc": "2.0", "method": method, "params": params });
        let answer = post(&url, "bearer old-key", &body).await;
        assert!(
            answer.status().is_success(),
            "{method}: {}",
            answer.status()
        );
        answer.bytes().await.unwrap();
        assert_eq!(recorder.tree(), "mcp SERVER POST /mcp\n", "{method}");
    }
}

#[tokio::test]
async fn without_a_key_there_is_only_401() {
    let recorder = Recorder::default();
    let service = testing::service("mcp", &recorder);
    let url = listen(&service).await;
    for key in [
        "",
        "Bearer",
        "Bearer ",
        "Bearer new-ke",
        "Bearer new-key2",
        "Basic new-key",
        "new-key",
    ] {
        let response = post(&url, key, &json!({})).await;
        assert_eq!(response.status(), StatusCode::UNAUTHORIZED, "{key:?}");
        assert!(response.headers().contains_key("x-trace-id"));
        assert_eq!(response.text().await.unwrap(), "", "no detail");
    }
    assert!(!format!("{:?}", mcp::bearer(vec!["new-key".to_owned()])).contains("new-key"));
}

/// Over HTTP/1 a header's value is trimmed; here it comes as HTTP/2 brings it.
#[tokio::test]
async fn an_empty_token_opens_nothing() {
    let keys = |keys: &[&str]| keys.iter().map(|key| (*key).to_owned()).collect();
    for (keys, presented, status) in [
        (keys(&["", "key"]), "Bearer ", 401),
        (keys(&[""]), "Bearer ", 401),
        (keys(&[]), "Bearer ", 401),
        (keys(&["key", " "]), "Bearer  ", 401),
        (keys(&["key", ""]), "Bearer key", 200),
    ] {
        let router = Router::new()
            .route("/", axum::routing::get(|| async { "in" }))
            .layer(mcp::bearer(keys));
        let request = axum::http::Request::get("/")
            .header("authorization", presented)
            .body(axum::body::Body::empty())
            .unwrap();
        let response = router.oneshot(request).await.unwrap();
        assert_eq!(response.status(), status, "{presented:?}");
    }
}

#[tokio::test]
async fn a_client_puts_its_context_into_meta() {
    let recorder = Recorder::default();
    let service = testing::service("agent", &recorder);
    let work = async {
        let mut meta = rmcp::model::MetaObject::new();
        mcp::inject(&mut meta);
        Ok::<_, std::fmt::Error>(meta.get_traceparent().map(str::to_owned))
    };
    let sent = service
        .scope(throughline_telemetry::scheduler::tick(
            &crate::export::TICK,
            |_| "fmt",
            work,
        ))
        .await;
    let trace = recorder
        .find("tick t")
        .unwrap()
        .data
        .span_context
        .trace_id();
    assert!(sent.unwrap().unwrap().starts_with(&format!("00-{trace}-")));
}
