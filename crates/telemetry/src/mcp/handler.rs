//! The wrapper around a server's handler. `rmcp` serves only `ServerHandler`s, a trait of many methods with
//! defaults, so every one of them is passed on here.
#![allow(
    deprecated,
    reason = "clients may still send what the protocol has deprecated"
)]

use std::borrow::Cow;

use rmcp::ServerHandler;
use rmcp::model::*;
use rmcp::service::{NotificationContext, RequestContext, RoleServer, SubscriptionContext};

use super::known;
use super::request::{self, Target};

type Request = RequestContext<RoleServer>;
type Notification = NotificationContext<RoleServer>;
type Outcome<T> = Result<T, ErrorData>;

/// A handler whose requests are spans. Made by [`traced`].
#[derive(Clone, Debug)]
pub struct Traced<H>(H);

/// Traces the requests to `handler`: a SERVER span `tools/call <tool>` for a tool that it has, `<method>`
/// for the rest. A handler that implements `get_tool`, as `#[tool_handler]` does, is asked by that; any other
/// has to list its tools for every call. Arguments and results are not recorded. Notifications and open-ended subscriptions get no span.
/// Wrapping a handler twice is harmless.
pub fn traced<H: ServerHandler>(handler: H) -> Traced<H> {
    Traced(handler)
}

/// Requests whose span is named by their method alone.
macro_rules! by_method {
    ($($method:literal $name:ident($($params:ident: $kind:ty)?) -> $result:ty;)*) => {$(
        async fn $name(&self, $($params: $kind,)? context: Request) -> Outcome<$result> {
            let work = |context| self.0.$name($($params,)? context);
            request::run($method, Target::Nothing, context, |_| false, work).await
        }
    )*};
}

impl<H: ServerHandler> ServerHandler for Traced<H> {
    async fn call_tool(
        &self,
        params: CallToolRequestParams,
        context: Request,
    ) -> Outcome<CallToolResponse> {
        let tool = if known::tool(&self.0, &params.name, &context).await {
            Target::Tool(params.name.to_string())
        } else {
            Target::Nothing
        };
        let failed = |response: &CallToolResponse| matches!(response, CallToolResponse::Complete(result) if result.is_error == Some(true));
        let work = |context| self.0.call_tool(params, context);
        request::run("tools/call", tool, context, failed, work).await
    }

    async fn get_prompt(
        &self,
        params: GetPromptRequestParams,
        context: Request,
    ) -> Outcome<GetPromptResponse> {
        let prompt = if known::prompt(&self.0, &params.name, &context).await {
            Target::Prompt(params.name.clone())
        } else {
            Target::Nothing
        };
        let work = |context| self.0.get_prompt(params, context);
        request::run("prompts/get", prompt, context, |_| false, work).await
    }

    async fn on_custom_request(
        &self,
        params: CustomRequest,
        context: Request,
    ) -> Outcome<CustomResult> {
        // The method is text of the client's choosing, so it names nothing.
        let work = |context| self.0.on_custom_request(params, context);
        request::run("_OTHER", Target::Nothing, context, |_| false, work).await
    }

    by_method! {
        "ping" ping() -> ();
        "initialize" initialize(params: InitializeRequestParams) -> InitializeResult;
        "server/discover" discover() -> DiscoverResult;
        "completion/complete" complete(params: CompleteRequestParams) -> CompleteResult;
        "logging/setLevel" set_level(params: SetLevelRequestParams) -> ();
        "prompts/list" list_prompts(params: Option<PaginatedRequestParams>) -> ListPromptsResult;
        "resources/list" list_resources(params: Option<PaginatedRequestParams>) -> ListResourcesResult;
        "resources/templates/list" list_resource_templates(params: Option<PaginatedRequestParams>)
            -> ListResourceTemplatesResult;
        "resources/read" read_resource(params: ReadResourceRequestParams) -> ReadResourceResponse;
        "resources/subscribe" subscribe(params: SubscribeRequestParams) -> ();
        "resources/unsubscribe" unsubscribe(params: UnsubscribeRequestParams) -> ();
        "tools/list" list_tools(params: Option<PaginatedRequestParams>) -> ListToolsResult;
        "tasks/get" get_task(params: GetTaskParams) -> GetTaskResult;
        "tasks/update" update_task(params: UpdateTaskParams) -> ();
        "tasks/cancel" cancel_task(params: CancelTaskParams) -> ();
        "skills/list" list_skills(params: Option<PaginatedRequestParams>) -> ListSkillsResult;
        "skills/get" get_skill(params: GetSkillRequestParams) -> GetSkillResult;
        "resources/directory/read" read_resource_directory(params: ReadResourceDirectoryRequestParams)
            -> ReadResourceDirectoryResult;
    }

    fn negotiate_initialize(&self, params: &InitializeRequestParams) -> Outcome<InitializeResult> {
        self.0.negotiate_initialize(params)
    }

    fn supported_protocol_versions(&self) -> Cow<'static, [ProtocolVersion]> {
        self.0.supported_protocol_versions()
    }

    fn accepted_subscription_filter(
        &self,
        wanted: &SubscriptionFilter,
    ) -> Option<SubscriptionFilter> {
        self.0.accepted_subscription_filter(wanted)
    }

    async fn listen(&self, subscription: SubscriptionContext) -> Outcome<()> {
        self.0.listen(subscription).await
    }

    fn get_tool(&self, name: &str) -> Option<Tool> {
        self.0.get_tool(name)
    }

    fn get_info(&self) -> ServerConfig {
        self.0.get_info()
    }

    async fn on_cancelled(&self, params: CancelledNotificationParam, context: Notification) {
        self.0.on_cancelled(params, context).await;
    }

    async fn on_progress(&self, params: ProgressNotificationParam, context: Notification) {
        self.0.on_progress(params, context).await;
    }

    async fn on_initialized(&self, context: Notification) {
        self.0.on_initialized(context).await;
    }

    async fn on_roots_list_changed(&self, context: Notification) {
        self.0.on_roots_list_changed(context).await;
    }

    async fn on_custom_notification(&self, params: CustomNotification, context: Notification) {
        self.0.on_custom_notification(params, context).await;
    }
}
