//! One instrumented service inside a process: its tracer and its propagator.
//!
//! Code that makes spans asks `current`: the service the running code belongs to (its context says
//! so), else the one `init` made for the process. That is looked up on every use and never cached, so it
//! does not matter whether a router or a client was built before or after `init`.

use std::sync::{Arc, LazyLock, OnceLock};

use opentelemetry::Context;
use opentelemetry_sdk::trace::SdkTracer;

use crate::propagation::Propagator;

/// What every edge needs. Without a tracer nothing is recorded, but contexts are still passed on.
#[derive(Debug)]
pub(crate) struct Kit {
    pub(crate) tracer: Option<SdkTracer>,
    pub(crate) propagator: Propagator,
}

/// The context value that says which service the running code belongs to.
struct Owner(Arc<Kit>);

static PROCESS: OnceLock<Arc<Kit>> = OnceLock::new();
static OFF: LazyLock<Arc<Kit>> = LazyLock::new(|| {
    Arc::new(Kit {
        tracer: None,
        propagator: Propagator::default(),
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
    cx.get::<Owner>().map(|owner| owner.0.clone())
}

/// `cx`, for code that runs on behalf of `kit`.
pub(crate) fn owned_by(kit: &Arc<Kit>, cx: &Context) -> Context {
    cx.with_value(Owner(kit.clone()))
}
