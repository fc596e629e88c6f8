//! Tool `retry_job`: another try for a dead job.

use rmcp::handler::server::wrapper::Parameters;
use rmcp::model::CallToolResult;
use rmcp::{schemars, tool, tool_router};
use serde::Deserialize;

use super::{Copilot, tool_result};

#[derive(Deserialize, schemars::JsonSchema)]
pub(super) struct Arguments {
    /// The job (`job_…`).
    job_id: String,
}

#[tool_router(router = retry_job_route, vis = "pub(super)")]
impl Copilot {
    #[tool(description = "Makes a dead job run again, with all its attempts before it.")]
    async fn retry_job(&self, Parameters(arguments): Parameters<Arguments>) -> CallToolResult {
        let body = serde_json::json!({});
        tool_result(
            self.api
                .post("/jobs/{id}/retry", &[&arguments.job_id], None, &body)
                .await,
        )
    }
}
