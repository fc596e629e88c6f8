//! The copilot's door: six MCP tools over streamable HTTP. It owns nothing and asks the API, as anybody
//! else would. One file a tool.

use axum::Router;
use axum::routing::get;
use rmcp::handler::server::router::tool::ToolRouter;
use rmcp::model::{CallToolResult, ContentBlock, Implementation, ServerCapabilities, ServerConfig};
use rmcp::transport::streamable_http_server::session::local::LocalSessionManager;
use rmcp::transport::streamable_http_server::{StreamableHttpServerConfig, StreamableHttpService};
use rmcp::{ServerHandler, tool_handler};
use throughline_telemetry::{http_server, mcp};

/// The API over HTTP.
mod api;
/// Who has booked what.
mod find_bookings;
/// Everything known of one booking.
mod inspect_booking;
/// How an instructor does.
mod instructor_stats;
/// What waits, runs, is done or died.
mod list_jobs;
/// Give money back.
mod refund_booking;
/// Another try for a dead job.
mod retry_job;

use api::Api;

/// What the copilot's door is opened with.
#[derive(Clone, Debug)]
pub struct Settings {
    /// `http://host:port`.
    pub api_url: String,
    /// Opens the API's routes for operators.
    pub admin_token: String,
    /// What clients of this door present; none means that nobody comes in.
    pub tokens: Vec<String>,
    /// `Host` headers that are served; a DNS rebinding attack uses another.
    pub allowed_hosts: Vec<String>,
}

#[derive(Clone, Debug)]
struct Copilot {
    api: Api,
    tools: ToolRouter<Self>,
}

/// `/mcp` for clients with a token, and `/health`. It keeps no sessions and answers in JSON: a call is one
/// request, whose span ends when the tool has run.
pub fn router(settings: Settings) -> anyhow::Result<Router> {
    let api = Api::new(&settings.api_url, settings.admin_token)?;
    let tools = Copilot::find_bookings_route()
        + Copilot::inspect_booking_route()
        + Copilot::refund_booking_route()
        + Copilot::list_jobs_route()
        + Copilot::retry_job_route()
        + Copilot::instructor_stats_route();
    let copilot = Copilot { api, tools };
    let config = StreamableHttpServerConfig::default()
        .with_legacy_session_mode(false)
        .with_json_response(true)
        .with_allowed_hosts(settings.allowed_hosts);
    let service = StreamableHttpService::new(
        move || Ok(mcp::traced(copilot.clone())),
        LocalSessionManager::default().into(),
        config,
    );
    let router = Router::new()
        .route_service("/mcp", service)
        .route_layer(mcp::bearer(settings.tokens))
        .route("/health", get(async || "ok"));
    Ok(http_server::wrap(router))
}

#[tool_handler(router = self.tools)]
impl ServerHandler for Copilot {
    fn get_info(&self) -> ServerConfig {
        ServerConfig::new(ServerCapabilities::builder().enable_tools().build())
            .with_server_info(Implementation::new("instainstru-mcp", env!("CARGO_PKG_VERSION")))
            .with_instructions(
                "Helps the support team of a lesson marketplace: find and inspect bookings, refund them, \
                 look at background jobs and retry dead ones, and see how an instructor does. Amounts are \
                 integer cents, times are UTC.",
            )
    }
}

/// The API's answer as a tool's: what it refused, the model is told, so that it can do better.
fn tool_result(answer: anyhow::Result<api::Answer>) -> CallToolResult {
    match answer {
        Ok(api::Answer::Done(value)) => CallToolResult::structured(value),
        Ok(api::Answer::Refused(message)) => {
            CallToolResult::error(vec![ContentBlock::text(message)])
        }
        Err(error) => {
            tracing::error!(error = format!("{error:#}"), "could not ask the API");
            CallToolResult::error(vec![ContentBlock::text(
                "the API could not be reached; try again later",
            )])
        }
    }
}
