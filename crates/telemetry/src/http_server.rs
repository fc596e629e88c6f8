//! Inbound HTTP: a SERVER span for every request, and `X-Trace-ID`, `X-Request-ID` and `Server-Timing` on
//! every response, whoever made it: a handler, the 404 of the router, a rejection, a panic.

use std::collections::HashSet;
use std::sync::{Arc, Once};

use axum::Router;
use opentelemetry::Context;

use crate::kit::{self, Kit};

/// The response body, whose end is the span's end.
mod body;
/// The ids on the response.
mod headers;
/// The tower layer: from request to response.
mod layer;
/// What is recorded of a request.
mod request;

pub(crate) use layer::ServerContext;

/// Which requests are not recorded.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Config {
    /// Exact paths; a slash at the end makes no difference. Their handlers make no spans either, so a
    /// readiness check that asks the database leaves no trace.
    pub excluded: Vec<String>,
}

impl Default for Config {
    /// Health, readiness and metrics under their usual names.
    fn default() -> Self {
        let usual = [
            "/health", "/healthz", "/live", "/livez", "/ready", "/readyz", "/metrics",
        ];
        Self {
            excluded: usual.map(str::to_owned).to_vec(),
        }
    }
}

/// Traces a router. Apply it last: routes, fallbacks and layers added later are not covered. A router that
/// is wrapped twice is traced once.
///
/// Routes are named by their template. A service mounted by `nest_service` has none; mount it by
/// `route_service`.
pub fn wrap<S>(router: Router<S>) -> Router<S>
where
    S: Clone + Send + Sync + 'static,
{
    wrap_with(router, Config::default())
}

/// [`wrap`] with settings of your own.
pub fn wrap_with<S>(router: Router<S>, config: Config) -> Router<S>
where
    S: Clone + Send + Sync + 'static,
{
    let shared = Shared {
        excluded: config
            .excluded
            .iter()
            .map(|path| normal(path).to_owned())
            .collect(),
        owner: Context::map_current(kit::named_by),
        announced: Once::new(),
        names: config
            .excluded
            .iter()
            .map(|path| path.trim_matches('/'))
            .collect::<Vec<_>>()
            .join(","),
    };
    if shared.kit().is_on() {
        shared.announce();
    }
    router.layer(layer::Traced(Arc::new(shared)))
}

/// What all clones of one layer share.
#[derive(Debug)]
struct Shared {
    excluded: HashSet<String>,
    names: String,
    /// The service that the router was wrapped for, when there are several in the process.
    owner: Option<Arc<Kit>>,
    announced: Once,
}

impl Shared {
    /// Asked for each request: `init` may run after the router was built.
    fn kit(&self) -> Arc<Kit> {
        self.owner.clone().unwrap_or_else(kit::current)
    }

    fn excludes(&self, path: &str) -> bool {
        self.excluded.contains(normal(path))
    }

    fn announce(&self) {
        self.announced.call_once(|| {
            tracing::info!("axum instrumented with OTel (excluded: {})", self.names);
        });
    }
}

fn normal(path: &str) -> &str {
    path.strip_suffix('/').unwrap_or(path)
}
