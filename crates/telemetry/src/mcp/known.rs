//! Which tools and prompts a handler has. A name comes from the client, so it may be anything, an address or
//! one of a million; only a name that the server chose itself is recorded.

use opentelemetry::Context;
use opentelemetry::trace::FutureExt as _;
use rmcp::ServerHandler;
use rmcp::model::PaginatedRequestParams;
use rmcp::service::{RequestContext, RoleServer};

use super::request;

/// A list of more pages is not read to its end: names on later ones are not recorded.
const PAGES_MAX: usize = 10;

/// Looks for an item called `$name` in what `$list` returns, page by page.
macro_rules! listed {
    ($handler:ident.$list:ident -> $items:ident, $name:ident, $context:ident) => {{
        let mut page = None;
        for _ in 0..PAGES_MAX {
            let asked = $handler.$list(page, request::aside($context));
            // Not a request of the client's: it makes no spans.
            let quiet = Context::current().with_telemetry_suppressed();
            let Ok(found) = asked.with_context(quiet).await else {
                return false;
            };
            if found.$items.iter().any(|item| item.name == $name) {
                return true;
            }
            let Some(cursor) = found.next_cursor else {
                return false;
            };
            page = Some(PaginatedRequestParams::default().with_cursor(Some(cursor)));
        }
        false
    }};
}

/// Whether `handler` has a tool of that name.
pub(super) async fn tool<H: ServerHandler>(
    handler: &H,
    name: &str,
    context: &RequestContext<RoleServer>,
) -> bool {
    if !request::is_recorded(context) {
        return false;
    }
    if handler.get_tool(name).is_some() {
        return true;
    }
    // `get_tool` of a handler written by hand finds nothing.
    listed!(handler.list_tools -> tools, name, context)
}

/// Whether `handler` has a prompt of that name.
pub(super) async fn prompt<H: ServerHandler>(
    handler: &H,
    name: &str,
    context: &RequestContext<RoleServer>,
) -> bool {
    if !request::is_recorded(context) {
        return false;
    }
    listed!(handler.list_prompts -> prompts, name, context)
}
