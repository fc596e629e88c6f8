//! Tool `instructor_stats`: how an instructor does.

use rmcp::handler::server::wrapper::Parameters;
use rmcp::model::CallToolResult;
use rmcp::{schemars, tool, tool_router};
use serde::Deserialize;

use super::{Copilot, tool_result};

#[derive(Deserialize, schemars::JsonSchema)]
pub(super) struct Arguments {
    /// The instructor (`ins_…`).
    instructor_id: String,
}

#[tool_router(router = instructor_stats_route, vis = "pub(super)")]
impl Copilot {
    #[tool(
        description = "Counts an instructor's bookings by status, sums the earnings and averages the ratings."
    )]
    async fn instructor_stats(
        &self,
        Parameters(arguments): Parameters<Arguments>,
    ) -> CallToolResult {
        tool_result(
            self.api
                .get("/instructors/{id}/stats", &[&arguments.instructor_id], &())
                .await,
        )
    }
}
