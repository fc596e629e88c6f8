//! Tool `find_bookings`: who has booked what.

use rmcp::handler::server::wrapper::Parameters;
use rmcp::model::CallToolResult;
use rmcp::{schemars, tool, tool_router};
use serde::{Deserialize, Serialize};

use super::{Copilot, tool_result};

#[derive(Deserialize, Serialize, schemars::JsonSchema)]
pub(super) struct Arguments {
    /// Only this student (`usr_…`).
    user_id: Option<String>,
    /// Only this instructor (`ins_…`).
    instructor_id: Option<String>,
    /// Only `hold`, `confirmed`, `cancelled` or `expired`.
    status: Option<String>,
    /// At most this many, newest first: 1 to 200, 20 unless said.
    limit: Option<i64>,
}

#[tool_router(router = find_bookings_route, vis = "pub(super)")]
impl Copilot {
    #[tool(description = "Finds bookings by student, instructor and status, newest first.")]
    async fn find_bookings(&self, Parameters(arguments): Parameters<Arguments>) -> CallToolResult {
        tool_result(self.api.get("/bookings", &[], &arguments).await)
    }
}
