//! The copilot's questions over MCP, asked the way an assistant does: find bookings, look into one, see how
//! its instructor does, look for dead jobs; refund one now and then.

use rand::Rng;
use rand::rngs::StdRng;
use rmcp::model::{CallToolRequestParams, CallToolResult};
use rmcp::service::{RoleClient, RunningService, ServiceExt};
use rmcp::transport::StreamableHttpClientTransport;
use rmcp::transport::streamable_http_client::StreamableHttpClientTransportConfig;
use serde_json::{Value, json};

use super::Target;
use super::pace::{self, Pace};

pub(super) struct Copilot {
    target: Target,
    token: Option<String>,
    /// Kept between questions; made anew after a failure.
    session: Option<RunningService<RoleClient, ()>>,
}

impl Copilot {
    pub(super) fn new(target: Target, token: Option<String>) -> Self {
        Self {
            target,
            token,
            session: None,
        }
    }

    /// One case from beginning to end.
    pub(super) async fn ask(&mut self, pace: &mut Pace, chance: &mut StdRng) {
        if self.handle_case(pace, chance).await.is_none() {
            self.session = None;
        }
    }

    async fn handle_case(&mut self, pace: &mut Pace, chance: &mut StdRng) -> Option<()> {
        let found = self
            .call(
                pace,
                "find_bookings",
                json!({ "status": "confirmed", "limit": 10 }),
            )
            .await?;
        let bookings = found
            .structured_content?
            .get("bookings")?
            .as_array()?
            .clone();
        if !bookings.is_empty() {
            let booking = &bookings[chance.random_range(0..bookings.len())];
            self.call(
                pace,
                "inspect_booking",
                json!({ "booking_id": booking.get("id")? }),
            )
            .await?;
            self.call(
                pace,
                "instructor_stats",
                json!({ "instructor_id": booking.get("instructor_id")? }),
            )
            .await?;
            if chance.random_bool(0.1) {
                self.call(
                    pace,
                    "refund_booking",
                    json!({ "booking_id": booking.get("id")? }),
                )
                .await?;
            }
        }
        let dead = self
            .call(pace, "list_jobs", json!({ "status": "dead", "limit": 5 }))
            .await?;
        let job = dead
            .structured_content
            .as_ref()
            .and_then(|jobs| jobs.pointer("/jobs/0/id"))
            .cloned();
        if let Some(job) = job {
            self.call(pace, "retry_job", json!({ "job_id": job }))
                .await?;
        }
        Some(())
    }

    async fn call(
        &mut self,
        pace: &mut Pace,
        tool: &'static str,
        arguments: Value,
    ) -> Option<CallToolResult> {
        if self.session.is_none() {
            self.session = self.connect().await;
        }
        let Value::Object(arguments) = arguments else {
            return None;
        };
        let request = CallToolRequestParams::new(tool).with_arguments(arguments);
        let result = self.session.as_ref()?.call_tool(request).await.ok();
        pace.spend(pace::TOOL_CALL).await;
        result
    }

    async fn connect(&self) -> Option<RunningService<RoleClient, ()>> {
        let mut config =
            StreamableHttpClientTransportConfig::with_uri(format!("{}/mcp", self.target.url));
        if let Some(token) = &self.token {
            config = config.auth_header(token.clone());
        }
        ().serve(StreamableHttpClientTransport::from_config(config))
            .await
            .ok()
    }
}
