//! Inbound HTTP: a SERVER span for every request, and `X-Trace-ID`, `X-Request-ID` and `Server-Timing` on
//! every response, whoever made it: a handler, the 404 of the router, a rejection, a panic.

use std::collections::HashSet;
use std::sync::{Arc, Once};

use http::{Method, Request};
use opentelemetry::Context;

use crate::kit::{self, Kit};
use crate::propagation::Trust;

/// The response body, whose end is the span's end.
mod body;
/// A request and its response, as a span and as a measurement.
mod exchange;
/// The ids on the response.
mod headers;
/// The tower layer: from a request to what there is to do about it.
mod layer;
/// `GET /metrics`.
#[cfg(feature = "axum")]
mod metrics;
/// The names of spans and routes.
mod names;
/// What is recorded of a request.
mod request;
/// A request being served.
mod serving;

pub use body::TracedBody;
#[cfg(feature = "mcp")]
pub(crate) use layer::ServerContext;
pub use layer::{TraceLayer, Traced};
#[cfg(feature = "axum")]
pub use metrics::metrics;
pub use serving::Serving;

/// Finds the template of a path, such as `/lessons/{id}`, for a router that does not tell it.
pub type RouteOf = fn(&Method, &str) -> Option<&'static str>;

/// How requests are traced.
#[derive(Clone, Debug)]
pub struct Config {
    /// Exact paths that are not recorded; a slash at the end makes no difference. Their handlers make no spans either,
    /// so a readiness check that asks the database leaves no trace.
    pub excluded: Vec<String>,
    /// Whether the caller's trace is continued. Behind a public address anybody may send one.
    pub trust: Trust,
    /// Finds a request's route where no [`axum::extract::MatchedPath`] does. Without a route, a span is named by its
    /// method alone.
    pub route: Option<RouteOf>,
}

impl Default for Config {
    /// Health, readiness and metrics under their usual names are excluded; the caller's trace is continued.
    fn default() -> Self {
        let usual = [
            "/health", "/healthz", "/live", "/livez", "/ready", "/readyz", "/metrics",
        ];
        Self {
            excluded: usual.map(str::to_owned).to_vec(),
            trust: Trust::Continue,
            route: None,
        }
    }
}

/// Traces a router. Apply it last: routes, fallbacks and layers added later are not covered. A router that
/// is wrapped twice is traced once.
///
/// Routes are named by their template. A service mounted by `nest_service` has none; mount it by
/// `route_service`.
#[cfg(feature = "axum")]
pub fn wrap<S>(router: axum::Router<S>) -> axum::Router<S>
where
    S: Clone + Send + Sync + 'static,
{
    wrap_with(router, Config::default())
}

/// [`wrap`] with settings of your own.
#[cfg(feature = "axum")]
pub fn wrap_with<S>(router: axum::Router<S>, config: Config) -> axum::Router<S>
where
    S: Clone + Send + Sync + 'static,
{
    router.layer(layer(config))
}

/// What [`wrap`] puts around a router, for any tower service over HTTP: with `hyper`, say which route a path belongs to.
///
/// ```
/// use http::{Request, Response};
/// use throughline_telemetry::http_server::{self, Config};
/// use tower::{ServiceBuilder, service_fn};
///
/// let route = |_: &http::Method, path: &str| path.starts_with("/lessons/").then_some("/lessons/{id}");
/// let traced = http_server::layer(Config { route: Some(route), ..Config::default() });
/// let service = ServiceBuilder::new().layer(traced).service(service_fn(
///     async |_: Request<String>| Ok::<_, std::convert::Infallible>(Response::new("a lesson".to_owned())),
/// ));
/// # drop(service);
/// ```
pub fn layer(config: Config) -> TraceLayer {
    let owner = Context::map_current(kit::named_by);
    let names = config.excluded.iter().map(|path| path.trim_matches('/'));
    let shared = Shared {
        names: names.collect::<Vec<_>>().join(","),
        excluded: config
            .excluded
            .iter()
            .map(|path| normal(path).to_owned())
            .collect(),
        trust: config.trust,
        route: config.route,
        quiet: kit::quiet(owner.clone()),
        owner,
        announced: Once::new(),
    };
    if shared.kit().is_on() {
        shared.announce();
    }
    TraceLayer(Arc::new(shared))
}

/// What all clones of one layer share.
#[derive(Debug)]
struct Shared {
    excluded: HashSet<String>,
    trust: Trust,
    route: Option<RouteOf>,
    /// The excluded paths as they are announced.
    names: String,
    /// The context of excluded requests.
    quiet: Context,
    /// The service that the router was wrapped for, when there are several in the process.
    owner: Option<Arc<Kit>>,
    announced: Once,
}

impl Shared {
    /// Asked for each request: `init` may run after the router was built.
    fn kit(&self) -> Arc<Kit> {
        self.owner.clone().unwrap_or_else(kit::current)
    }

    fn route<'a, B>(&self, request: &'a Request<B>) -> Option<&'a str> {
        #[cfg(feature = "axum")]
        if let Some(matched) = request.extensions().get::<axum::extract::MatchedPath>() {
            return Some(matched.as_str());
        }
        self.route?(request.method(), request.uri().path())
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
