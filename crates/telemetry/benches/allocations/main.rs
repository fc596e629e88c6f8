//! What one request allocates on the thread that serves it: bare, recorded, excluded, switched off.
//!
//!     cargo bench -p throughline-telemetry --all-features --bench allocations
//!
//! A program of its own, because the counting allocator makes every allocation slower. Every layer makes
//! axum box a request once more, also one that does nothing: so the kit is compared with the same router
//! under such a layer.

#![allow(
    clippy::unwrap_used,
    clippy::print_stdout,
    reason = "a benchmark reports by printing"
)]

use std::sync::Arc;
use std::time::Duration;

use axum::Router;
use throughline_telemetry::{Config, Telemetry, http_server};
use tokio::runtime::Runtime;
use tower::layer::layer_fn;

/// One request, in process.
#[path = "../bed/call.rs"]
mod call;
/// A collector that answers at once.
#[path = "../bed/collector.rs"]
mod collector;
/// The service.
#[path = "../bed/lessons.rs"]
mod lessons;
/// What it was measured on.
#[path = "../bed/machine.rs"]
mod machine;

use call::{HEALTH, LESSON};
use collector::{Collector, HEALTHY};

const WARM_UP_REQUESTS: usize = 1_000;
const REQUESTS: usize = 500;

/// Allocations and bytes of one request, on average.
#[derive(Clone, Copy)]
struct Cost {
    allocations: f64,
    bytes: f64,
}

fn main() {
    println!(
        "allocations of a request on the calling thread\n{}\n",
        machine::facts()
    );
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()
        .unwrap();
    let collector = Collector::start(HEALTHY);
    let bare = || lessons::router(|| {}, Duration::ZERO);
    let layered = bare().layer(layer_fn(nothing()));
    let (on, recorded) = kit("1", &collector.url, bare);
    let (off, passed) = kit("0", &collector.url, bare);
    println!(
        "{:<44}{:>12}{:>9}{:>10}",
        "", "allocations", "bytes", "above"
    );
    let plain = line(
        "/lessons/7, no layer",
        measure(&runtime, &bare(), LESSON),
        None,
    );
    let lesson = line(
        "/lessons/7, a layer that does nothing",
        measure(&runtime, &layered, LESSON),
        Some(plain),
    );
    line(
        "/lessons/7, the kit",
        measure(&runtime, &recorded, LESSON),
        Some(lesson),
    );
    line(
        "/lessons/7, the kit, off",
        measure(&runtime, &passed, LESSON),
        Some(lesson),
    );
    let health = line(
        "/health, a layer that does nothing",
        measure(&runtime, &layered, HEALTH),
        None,
    );
    let excluded = line(
        "/health, the kit",
        measure(&runtime, &recorded, HEALTH),
        Some(health),
    );
    line(
        "/health, the kit, off",
        measure(&runtime, &passed, HEALTH),
        Some(health),
    );
    println!(
        "(above: more allocations than the line it is compared with, a layer that does nothing on the same path)\n"
    );
    let more = excluded.allocations - health.allocations;
    let verdict = if more <= 0.0 { "met" } else { "MISSED" };
    println!("on an excluded path: {more:.2}; bar 0: {verdict}");
    drop((on, off));
    println!("spans at the collector: {}", collector.accepted());
    assert!(
        collector.attributes() > 0,
        "the recorded path made no spans"
    );
}

/// A layer that does nothing. It carries something, as every layer that does something must: axum keeps layers in
/// boxes, and one of no size would need none.
fn nothing<S>() -> impl Fn(S) -> S + Clone {
    let carried = Arc::new(());
    move |inner| {
        let _carried = &carried;
        inner
    }
}

/// Two services in one process: neither is global.
fn kit(on: &str, url: &str, router: impl Fn() -> Router) -> (Telemetry, Router) {
    let lookup = |name: &str| match name {
        "ENABLE_OTEL" => Some(on.to_owned()),
        "OTEL_EXPORTER_OTLP_ENDPOINT" => Some(url.to_owned()),
        _ => None,
    };
    let telemetry = Telemetry::build(Config::from_lookup("lessons-api", &lookup));
    let wrapped = telemetry.scope(async { http_server::wrap(router()) });
    let wrapped = futures::executor::block_on(wrapped);
    (telemetry, wrapped)
}

fn measure(runtime: &Runtime, router: &Router, path: &'static str) -> Cost {
    let calls = |count: usize| {
        runtime.block_on(async {
            for _ in 0..count {
                call::once(router, path).await;
            }
        });
    };
    calls(WARM_UP_REQUESTS);
    let counted = allocation_counter::measure(|| calls(REQUESTS));
    Cost {
        allocations: counted.count_total as f64 / REQUESTS as f64,
        bytes: counted.bytes_total as f64 / REQUESTS as f64,
    }
}

fn line(name: &str, cost: Cost, beside: Option<Cost>) -> Cost {
    let above = beside.map(|beside| format!("{:+.2}", cost.allocations - beside.allocations));
    println!(
        "{name:<44}{:>12.2}{:>9.0}{:>10}",
        cost.allocations,
        cost.bytes,
        above.unwrap_or_default()
    );
    cost
}
