//! Tool `list_jobs`: what waits, runs, is done or died.

use rmcp::handler::server::wrapper::Parameters;
use rmcp::model::CallToolResult;
use rmcp::{schemars, tool, tool_router};
use serde::{Deserialize, Serialize};

use super::{Copilot, tool_result};

#[derive(Deserialize, Serialize, schemars::JsonSchema)]
pub(super) struct Arguments {
    /// Only `ready`, `running`, `done` or `dead`.
    status: Option<String>,
    /// Only jobs of this name, such as `send_confirmation`.
    name: Option<String>,
    /// At most this many, newest first: 1 to 200, 20 unless said.
    limit: Option<i64>,
}

#[tool_router(router = list_jobs_route, vis = "pub(super)")]
impl Copilot {
    #[tool(description = "Lists background jobs, newest first, with attempts and last error.")]
    async fn list_jobs(&self, Parameters(arguments): Parameters<Arguments>) -> CallToolResult {
        tool_result(self.api.get("/jobs", &[], &arguments).await)
    }
}
