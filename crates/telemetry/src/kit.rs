//! One instrumented service inside a process: its tracer, its metrics and its propagator.
//!
//! Code that makes spans asks `current`: the service the running code belongs to (its context says
//! so), else the one `init` made for the process. That is looked up on every use and never cached, so it
//! does not matter whether a router or a client was built before or after `init`.

use std::sync::{Arc, LazyLock, OnceLock};

use opentelemetry::Context;
use opentelemetry_sdk::trace::SdkTracer;

use crate::jobs;
use crate::metrics::Metrics;
use crate::propagation::Propagator;

/// What every edge needs. Without a tracer nothing is recorded, but contexts are still passed on.
#[derive(Debug)]
pub(crate) struct Kit {
    pub(crate) tracer: Option<SdkTracer>,
    pub(crate) metrics: Option<Arc<Metrics>>,
    pub(crate) propagator: Propagator,
    pub(crate) jobs: jobs::Options,
}

/// The context value that says which service the running code belongs to, and which request it serves. One value
/// for both: each costs an allocation in every request.
#[derive(Clone)]
struct Owner {
    /// None for the process's.
    kit: Option<Arc<Kit>>,
    request_id: Option<Arc<str>>,
    /// Whether this is the context of an excluded path.
    is_quiet: bool,
}

static PROCESS: OnceLock<Arc<Kit>> = OnceLock::new();
static OFF: LazyLock<Arc<Kit>> = LazyLock::new(|| {
    Arc::new(Kit {
        tracer: None,
        metrics: None,
        propagator: Propagator::default(),
        jobs: jobs::Options::default(),
    })
});

impl Kit {
    pub(crate) fn is_on(&self) -> bool {
        self.tracer.is_some()
    }
}

/// Makes `kit` the service of all code whose context names no other. False when there is one already.
pub(crate) fn set_process(kit: Arc<Kit>) -> bool {
    PROCESS.set(kit).is_ok()
}

/// The service of the running code; before `init`, one that records nothing.
pub(crate) fn current() -> Arc<Kit> {
    Context::map_current(of)
}

/// The service that code running in `cx` belongs to.
pub(crate) fn of(cx: &Context) -> Arc<Kit> {
    named_by(cx)
        .or_else(|| PROCESS.get().cloned())
        .unwrap_or_else(|| OFF.clone())
}

/// The service that `cx` names, if it names one.
pub(crate) fn named_by(cx: &Context) -> Option<Arc<Kit>> {
    cx.get::<Owner>()?.kit.clone()
}

/// `cx`, for code that runs on behalf of `kit`.
pub(crate) fn owned_by(kit: &Arc<Kit>, cx: &Context) -> Context {
    cx.with_value(Owner {
        kit: Some(kit.clone()),
        request_id: request_id(cx),
        is_quiet: false,
    })
}

/// A new context for a request to `kit`.
pub(crate) fn serving(kit: &Arc<Kit>, request_id: Arc<str>) -> Context {
    Context::new().with_value(Owner {
        kit: Some(kit.clone()),
        request_id: Some(request_id),
        is_quiet: false,
    })
}

/// The context of requests that are not recorded, to `kit` or to the process's service.
pub(crate) fn quiet(kit: Option<Arc<Kit>>) -> Context {
    let owner = Owner {
        kit,
        request_id: None,
        is_quiet: true,
    };
    Context::new().with_value(owner).with_telemetry_suppressed()
}

/// Whether `cx` is the context of a request that is not recorded.
pub(crate) fn is_quiet(cx: &Context) -> bool {
    cx.get::<Owner>().is_some_and(|owner| owner.is_quiet)
}

/// The id of the request that code in `cx` serves.
pub(crate) fn request_id(cx: &Context) -> Option<Arc<str>> {
    cx.get::<Owner>()?.request_id.clone()
}
