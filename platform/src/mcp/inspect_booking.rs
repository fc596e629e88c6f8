//! Tool `inspect_booking`: everything known of one booking.

use rmcp::handler::server::wrapper::Parameters;
use rmcp::model::CallToolResult;
use rmcp::{schemars, tool, tool_router};
use serde::Deserialize;

use super::{Copilot, tool_result};

#[derive(Deserialize, schemars::JsonSchema)]
pub(super) struct Arguments {
    /// The booking (`bkg_…`).
    booking_id: String,
}

#[tool_router(router = inspect_booking_route, vis = "pub(super)")]
impl Copilot {
    #[tool(
        description = "Shows a booking with its charges, refunds, messages sent and what the instructor earned."
    )]
    async fn inspect_booking(
        &self,
        Parameters(arguments): Parameters<Arguments>,
    ) -> CallToolResult {
        tool_result(
            self.api
                .get("/bookings/{id}", &[&arguments.booking_id], &())
                .await,
        )
    }
}
