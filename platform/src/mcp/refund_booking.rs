//! Tool `refund_booking`: give money back.

use rmcp::handler::server::wrapper::Parameters;
use rmcp::model::CallToolResult;
use rmcp::{schemars, tool, tool_router};
use serde::Deserialize;

use super::{Copilot, tool_result};

#[derive(Deserialize, schemars::JsonSchema)]
pub(super) struct Arguments {
    /// The booking (`bkg_…`).
    booking_id: String,
    /// In cents; everything that is left when absent.
    amount_cents: Option<i64>,
    /// Send the same key to repeat a request safely.
    idempotency_key: Option<String>,
}

#[tool_router(router = refund_booking_route, vis = "pub(super)")]
impl Copilot {
    #[tool(
        description = "Refunds part or all of what was paid for a booking. Refunding all of it before the lesson cancels the booking."
    )]
    async fn refund_booking(&self, Parameters(arguments): Parameters<Arguments>) -> CallToolResult {
        let body = serde_json::json!({ "amount_cents": arguments.amount_cents });
        let key = arguments.idempotency_key.as_deref();
        tool_result(
            self.api
                .post(
                    "/bookings/{id}/refund",
                    &[&arguments.booking_id],
                    key,
                    &body,
                )
                .await,
        )
    }
}
