//! Every request and every notification that a handler knows, sent as JSON-RPC to a real server: each gets through
//! `mcp::traced` to the handler, and a request is a span of the right name.

use std::borrow::Cow;
use std::sync::Arc;
use std::time::Duration;

use axum::Router;
use rmcp::ServerHandler;
use rmcp::model::*;
use rmcp::service::{NotificationContext, RequestContext, RoleServer, SubscriptionContext};
use rmcp::transport::streamable_http_server::session::local::LocalSessionManager;
use rmcp::transport::streamable_http_server::{StreamableHttpServerConfig, StreamableHttpService};
use serde_json::{Value, json};
use throughline_telemetry::testing::{self, Recorder};
use throughline_telemetry::{Telemetry, http_server, mcp};
use tokio::sync::mpsc;
use tokio::time::timeout;

const LEGACY: &str = "2025-06-18";
const MODERN: &str = "2026-07-28";
/// A text of the client's choosing: it must not be in any span.
const PLANTED: &str = "jane@example.com";

/// A method, what it reaches in the handler, the name of its span, and its parameters.
const REQUESTS: &str = r#"
ping                     | ping                    | ping                     | {}
completion/complete      | complete                | completion/complete      | { "ref": { "type": "ref/prompt", "name": "greet" }, "argument": { "name": "who", "value": "jane@example.com" } }
logging/setLevel         | set_level               | logging/setLevel         | { "level": "info" }
prompts/get              | get_prompt              | prompts/get greet        | { "name": "greet" }
prompts/get              | get_prompt              | prompts/get part         | { "name": "part" }
prompts/get              | get_prompt              | prompts/get              | { "name": "jane@example.com" }
resources/list           | list_resources          | resources/list           | {}
resources/templates/list | list_resource_templates | resources/templates/list | {}
resources/read           | read_resource           | resources/read           | { "uri": "file:///jane@example.com" }
resources/subscribe      | subscribe               | resources/subscribe      | { "uri": "file:///jane@example.com" }
resources/unsubscribe    | unsubscribe             | resources/unsubscribe    | { "uri": "file:///jane@example.com" }
resources/directory/read | read_resource_directory | resources/directory/read | { "uri": "file:///jane@example.com" }
tools/list               | list_tools              | tools/list               | {}
tools/call               | call_tool               | tools/call find          | { "name": "find" }
tools/call               | call_tool               | tools/call               | { "name": "jane@example.com" }
tasks/get                | get_task                | tasks/get                | { "taskId": "jane@example.com" }
tasks/update             | update_task             | tasks/update             | { "taskId": "t", "inputResponses": {} }
tasks/cancel             | cancel_task             | tasks/cancel             | { "taskId": "t" }
skills/list              | list_skills             | skills/list              | {}
skills/get               | get_skill               | skills/get               | { "uri": "skill://find/SKILL.md" }
jane@example.com         | on_custom_request       | _OTHER                   | {}
"#;

/// Answers whatever it is asked with an error that says which of its methods was reached.
#[derive(Clone)]
struct Everything(mpsc::Sender<&'static str>);

fn reached<T>(method: &'static str) -> Result<T, ErrorData> {
    Err(ErrorData::new(ErrorCode(-32050), method, None))
}

macro_rules! requests {
    ($($name:ident($($kind:ty)?) -> $result:ty;)*) => {$(
        async fn $name(&self, $(_: $kind,)? _: RequestContext<RoleServer>) -> Result<$result, ErrorData> {
            reached(stringify!($name))
        }
    )*};
}

macro_rules! notifications {
    ($($name:ident($($kind:ty)?);)*) => {$(
        async fn $name(&self, $(_: $kind,)? _: NotificationContext<RoleServer>) {
            self.0.try_send(stringify!($name)).unwrap();
        }
    )*};
}

#[allow(deprecated, reason = "clients may still send them")]
impl ServerHandler for Everything {
    requests! {
        ping() -> ();
        discover() -> DiscoverResult;
        complete(CompleteRequestParams) -> CompleteResult;
        set_level(SetLevelRequestParams) -> ();
        get_prompt(GetPromptRequestParams) -> GetPromptResponse;
        list_resources(Option<PaginatedRequestParams>) -> ListResourcesResult;
        list_resource_templates(Option<PaginatedRequestParams>) -> ListResourceTemplatesResult;
        read_resource(ReadResourceRequestParams) -> ReadResourceResponse;
        subscribe(SubscribeRequestParams) -> ();
        unsubscribe(UnsubscribeRequestParams) -> ();
        call_tool(CallToolRequestParams) -> CallToolResponse;
        list_tools(Option<PaginatedRequestParams>) -> ListToolsResult;
        on_custom_request(CustomRequest) -> CustomResult;
        get_task(GetTaskParams) -> GetTaskResult;
        update_task(UpdateTaskParams) -> ();
        cancel_task(CancelTaskParams) -> ();
        list_skills(Option<PaginatedRequestParams>) -> ListSkillsResult;
        get_skill(GetSkillRequestParams) -> GetSkillResult;
        read_resource_directory(ReadResourceDirectoryRequestParams) -> ReadResourceDirectoryResult;
    }

    notifications! {
        on_cancelled(CancelledNotificationParam);
        on_progress(ProgressNotificationParam);
        on_initialized();
        on_roots_list_changed();
        on_custom_notification(CustomNotification);
    }

    async fn initialize(
        &self,
        asked: InitializeRequestParams,
        context: RequestContext<RoleServer>,
    ) -> Result<InitializeResult, ErrorData> {
        context.peer.set_peer_info(asked);
        Ok(self.get_info())
    }

    fn negotiate_initialize(
        &self,
        _: &InitializeRequestParams,
    ) -> Result<InitializeResult, ErrorData> {
        reached("negotiate_initialize")
    }

    /// One prompt on each of two pages.
    async fn list_prompts(
        &self,
        page: Option<PaginatedRequestParams>,
        _: RequestContext<RoleServer>,
    ) -> Result<ListPromptsResult, ErrorData> {
        let prompt = |name: &str| vec![Prompt::new(name, None::<String>, None)];
        if page.is_some_and(|page| page.cursor.is_some()) {
            return Ok(ListPromptsResult::with_all_items(prompt("part")));
        }
        let mut first = ListPromptsResult::with_all_items(prompt("greet"));
        first.next_cursor = Some("2".to_owned());
        Ok(first)
    }

    fn get_tool(&self, name: &str) -> Option<Tool> {
        (name == "find").then(|| Tool::new("find", "does", Arc::default()))
    }

    fn supported_protocol_versions(&self) -> Cow<'static, [ProtocolVersion]> {
        Cow::Borrowed(&[ProtocolVersion::V_2026_07_28, ProtocolVersion::V_2025_06_18])
    }

    fn accepted_subscription_filter(&self, all: &SubscriptionFilter) -> Option<SubscriptionFilter> {
        Some(all.clone())
    }

    async fn listen(&self, _: SubscriptionContext) -> Result<(), ErrorData> {
        reached("listen")
    }

    fn get_info(&self) -> ServerConfig {
        let mut config = ServerConfig::default();
        config.protocol_version = ProtocolVersion::V_2025_06_18;
        config.instructions = Some("by hand".to_owned());
        config.capabilities = ServerCapabilities::builder()
            .enable_prompts()
            .enable_resources()
            .enable_tasks()
            .enable_skills_with_directory_read()
            .build();
        config
    }
}

/// A server and a client of it.
struct Client {
    url: String,
    session: Option<String>,
    version: &'static str,
    notified: mpsc::Receiver<&'static str>,
}

impl Client {
    async fn of(service: &Telemetry) -> Self {
        let (sender, notified) = mpsc::channel(8);
        let handler = mcp::traced(Everything(sender));
        let sessions = Arc::<LocalSessionManager>::default();
        let mcp = StreamableHttpService::new(
            move || Ok(handler.clone()),
            sessions,
            StreamableHttpServerConfig::default(),
        );
        let router = Router::new().route_service("/mcp", mcp);
        let router = service.scope(async { http_server::wrap(router) }).await;
        let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
        let url = format!("http://{}/mcp", listener.local_addr().unwrap());
        tokio::spawn(async { axum::serve(listener, router).await });
        Self {
            url,
            session: None,
            version: LEGACY,
            notified,
        }
    }

    async fn post(&self, body: &Value) -> reqwest::Response {
        let mut request = reqwest::Client::new()
            .post(&self.url)
            .header("accept", "application/json, text/event-stream")
            .header("mcp-protocol-version", self.version)
            .header("mcp-method", body["method"].as_str().unwrap())
            .json(body);
        if let Some(session) = &self.session {
            request = request.header("mcp-session-id", session);
        }
        let response = request.send().await.unwrap();
        assert!(response.status().as_u16() < 500, "{response:?}");
        response
    }

    /// Sends a request; returns the answer to it.
    async fn ask(&mut self, method: &str, params: Value) -> Value {
        let body = json!({ "jsonrpc": "2.0", "id": 7, "method": method, "params": params });
        let response = self.post(&body).await;
        if let Some(session) = response.headers().get("mcp-session-id") {
            self.session = Some(session.to_str().unwrap().to_owned());
        }
        let text = response.text().await.unwrap();
        let messages = text.lines().filter_map(|line| {
            let json = line.strip_prefix("data:").unwrap_or(line);
            serde_json::from_str::<Value>(json).ok()
        });
        let mut answers = messages.filter(|message| message["id"] == 7);
        answers.next().unwrap_or_else(|| panic!("{method}: {text}"))
    }

    async fn initialize(&mut self) -> Value {
        let tasks = json!({ "extensions": { "io.modelcontextprotocol/tasks": {} } });
        let params = json!({
            "protocolVersion": LEGACY,
            "capabilities": tasks,
            "clientInfo": { "name": "test", "version": "1" },
        });
        self.ask("initialize", params).await
    }
}

/// The spans of requests beside those of HTTP.
fn requests(recorder: &Recorder) -> Vec<testing::Span> {
    let is_request = |span: &testing::Span| span.attribute("mcp.method.name").is_some();
    recorder.spans().into_iter().filter(is_request).collect()
}

#[tokio::test]
async fn every_request_reaches_the_handler_under_a_span_of_its_name() {
    let recorder = Recorder::default();
    let service = testing::service("mcp", &recorder);
    let mut client = Client::of(&service).await;
    let initialized = client.initialize().await;
    assert_eq!(initialized["result"]["instructions"], "by hand");
    assert_eq!(requests(&recorder)[0].data.name, "initialize");
    let session = client.session.clone().unwrap();
    for row in REQUESTS.lines().filter(|row| !row.is_empty()) {
        let cells: Vec<&str> = row.split('|').map(str::trim).collect();
        let [method, reached, span, params] = cells[..] else {
            panic!("{row}")
        };
        let params: Value = serde_json::from_str(params).unwrap();
        recorder.clear();
        let answer = client.ask(method, params).await;
        assert_eq!(answer["error"]["message"], reached, "{method}: {answer}");
        let spans = requests(&recorder);
        let names: Vec<&str> = spans.iter().map(|span| &*span.data.name).collect();
        assert_eq!(names, [span], "{method}");
        for (key, value) in [
            ("mcp.method.name", span.split(' ').next()),
            ("gen_ai.prompt.name", span.strip_prefix("prompts/get ")),
            ("gen_ai.tool.name", span.strip_prefix("tools/call ")),
            ("mcp.session.id", Some(&*session)),
            ("error.type", Some("-32050")),
        ] {
            assert_eq!(spans[0].attribute(key).as_deref(), value, "{method}: {key}");
        }
        assert!(!format!("{spans:?}").contains(PLANTED), "{method}");
    }
    recorder.clear();
    let listed = client.ask("prompts/list", json!({})).await;
    assert_eq!(listed["result"]["prompts"][0]["name"], "greet");
    assert_eq!(requests(&recorder)[0].data.name, "prompts/list");
}

#[tokio::test]
async fn the_newer_protocol_discovers_and_listens() {
    let recorder = Recorder::default();
    let service = testing::service("mcp", &recorder);
    let mut client = Client::of(&service).await;
    client.version = MODERN;
    let meta = json!({
        "io.modelcontextprotocol/protocolVersion": MODERN,
        "io.modelcontextprotocol/clientCapabilities": {},
    });
    let discovered = client
        .ask("server/discover", json!({ "_meta": meta }))
        .await;
    assert_eq!(discovered["error"]["message"], "discover", "{discovered}");
    assert_eq!(requests(&recorder)[0].data.name, "server/discover");
    recorder.clear();
    let params = json!({ "_meta": meta, "notifications": {} });
    let listened = client.ask("subscriptions/listen", params).await;
    assert_eq!(listened["error"]["message"], "listen", "{listened}");
    assert_eq!(requests(&recorder).len(), 0, "it may last for hours");
}

#[tokio::test]
async fn notifications_reach_the_handler_and_are_no_spans() {
    let recorder = Recorder::default();
    let service = testing::service("mcp", &recorder);
    let mut client = Client::of(&service).await;
    client.initialize().await;
    recorder.clear();
    for (method, params, reached) in [
        ("notifications/initialized", json!({}), "on_initialized"),
        (
            "notifications/cancelled",
            json!({ "requestId": 99 }),
            "on_cancelled",
        ),
        (
            "notifications/progress",
            json!({ "progressToken": 1, "progress": 0.5 }),
            "on_progress",
        ),
        (
            "notifications/roots/list_changed",
            json!({}),
            "on_roots_list_changed",
        ),
        ("notifications/own", json!({}), "on_custom_notification"),
    ] {
        let body = json!({ "jsonrpc": "2.0", "method": method, "params": params });
        assert_eq!(client.post(&body).await.status(), 202, "{method}");
        let told = timeout(Duration::from_secs(5), client.notified.recv()).await;
        assert_eq!(told, Ok(Some(reached)), "{method}");
    }
    assert_eq!(requests(&recorder).len(), 0);
}

/// What is asked of a handler without a request.
#[test]
fn what_the_handler_says_of_itself_is_what_is_said() {
    let handler = mcp::traced(Everything(mpsc::channel(1).0));
    assert_eq!(
        *handler.supported_protocol_versions(),
        [ProtocolVersion::V_2026_07_28, ProtocolVersion::V_2025_06_18]
    );
    let params = InitializeRequestParams::default();
    let refused = handler.negotiate_initialize(&params).unwrap_err();
    assert_eq!(refused.message, "negotiate_initialize");
    assert!(handler.get_tool("find").is_some());
    assert!(handler.get_tool("other").is_none());
}
