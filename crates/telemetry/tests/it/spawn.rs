//! Work that leaves the running task. Every kind of it runs in the plain form too: there the step is an
//! orphan, which shows that it needs the kit's.

use std::future::Future;
use std::sync::Arc;
use std::thread;

use futures::FutureExt as _;
use opentelemetry::Context;
use opentelemetry::trace::{FutureExt as _, TraceContextExt as _};
use throughline_telemetry::testing::{self, Recorder};
use throughline_telemetry::{self as kit, Carried, Telemetry, carry, in_span, in_span_blocking};
use tokio::sync::mpsc;
use tokio::task::{JoinSet, LocalSet, spawn_blocking, spawn_local};
use tracing::Instrument as _;
use tracing::instrument::WithSubscriber as _;

const KEPT: &str = "api INTERNAL request\n  api INTERNAL step\n";
const ORPHANED: &str = "api INTERNAL request\napi INTERNAL step\n";

type Service = Arc<Telemetry>;

/// A step of the work. It names its service, as in a program `init` does, so that an orphan is recorded.
async fn step(service: Service) {
    service.scope(in_span("step", async {})).await;
}

fn step_blocking(service: Service) {
    step(service).now_or_never().unwrap();
}

/// Runs `work` in a request of a service of its own and compares the trace.
async fn check<F: Future<Output = ()>>(expected: &str, work: impl FnOnce(Service) -> F) {
    let recorder = Recorder::default();
    let service = Arc::new(testing::service("api", &recorder));
    let work = work(service.clone());
    service.scope(in_span("request", work)).await;
    assert_eq!(recorder.tree(), expected);
}

#[tokio::test]
async fn tasks_keep_the_trace() {
    check(ORPHANED, async |service| {
        tokio::spawn(step(service)).await.unwrap()
    })
    .await;
    // the innermost span is an edge's, of which `tracing` knows nothing
    check(ORPHANED, async |service| {
        tokio::spawn(step(service).in_current_span()).await.unwrap();
    })
    .await;
    check(KEPT, async |service| {
        kit::spawn(step(service)).await.unwrap()
    })
    .await;

    // local tasks run beside the request, as on a runtime's own thread
    let local = LocalSet::new();
    let plain = check(ORPHANED, async |service| {
        spawn_local(step(service)).await.unwrap()
    });
    local.run_until(plain).await;
    let kept = check(KEPT, async |service| {
        kit::spawn_local(step(service)).await.unwrap()
    });
    local.run_until(kept).await;
}

#[tokio::test]
async fn threads_keep_the_trace() {
    check(ORPHANED, async |service| {
        spawn_blocking(|| step_blocking(service)).await.unwrap();
    })
    .await;
    check(KEPT, async |service| {
        kit::spawn_blocking(|| step_blocking(service))
            .await
            .unwrap();
    })
    .await;
    check(ORPHANED, async |service| {
        thread::spawn(|| step_blocking(service)).join().unwrap();
    })
    .await;
    check(KEPT, async |service| {
        kit::spawn_thread(|| step_blocking(service)).join().unwrap();
    })
    .await;
}

#[tokio::test]
async fn join_sets_keep_the_trace() {
    check(ORPHANED, async |service| {
        let mut set = JoinSet::new();
        set.spawn(step(service));
        set.join_all().await;
    })
    .await;
    check(KEPT, async |service| {
        let mut set = JoinSet::new();
        set.spawn(kit::in_context(step(service)));
        set.join_all().await;
    })
    .await;
    check(KEPT, async |service| {
        let mut set = JoinSet::new();
        set.spawn_blocking(kit::in_context_blocking(|| step_blocking(service)));
        set.join_all().await;
    })
    .await;
}

/// Sends `message` to a task that began outside of any trace.
async fn through_channel<T, F>(message: T, receive: impl FnOnce(T) -> F + Send + 'static)
where
    T: Send + 'static,
    F: Future<Output = ()> + Send,
{
    let (sender, mut receiver) = mpsc::channel(1);
    let receiver = tokio::spawn(async move { receive(receiver.recv().await.unwrap()).await });
    assert!(sender.send(message).await.is_ok());
    receiver.await.unwrap();
}

#[tokio::test]
async fn messages_keep_the_trace() {
    check(ORPHANED, async |service| {
        through_channel(service, step).await
    })
    .await;
    check(KEPT, async |service| {
        let run = |message: Carried<Service>| message.run_async(step);
        through_channel(carry(service), run).await;
    })
    .await;
    check(KEPT, async |service| {
        let run = async |message: Carried<Service>| message.run(step_blocking);
        through_channel(carry(service), move |message| {
            Box::pin(async move { run(message).await })
        })
        .await;
    })
    .await;
    check(KEPT, async |service| {
        let run = |message: Carried<Service>| {
            let (service, context) = message.into_parts();
            context.run_async(|()| step(service))
        };
        through_channel(carry(service), run).await;
    })
    .await;
}

#[tokio::test]
async fn suppression_travels_too() {
    let suppressed = |work: Context| work.with_telemetry_suppressed();
    let request = "api INTERNAL request\n";
    check(ORPHANED, async |service| {
        let ping = async { tokio::spawn(step(service)).await.unwrap() };
        ping.with_context(suppressed(Context::current())).await;
    })
    .await;
    check(request, async |service| {
        let ping = async { kit::spawn(step(service)).await.unwrap() };
        ping.with_context(suppressed(Context::current())).await;
    })
    .await;
    check(request, async |service| {
        let ping = async {
            kit::spawn_blocking(|| step_blocking(service))
                .await
                .unwrap();
        };
        ping.with_context(suppressed(Context::current())).await;
    })
    .await;
    check(request, async |service| {
        let ping = async {
            let run = |message: Carried<Service>| message.run_async(step);
            through_channel(carry(service), run).await;
        };
        ping.with_context(suppressed(Context::current())).await;
    })
    .await;
}

fn innermost() -> Option<&'static str> {
    let span = tracing::Span::current();
    span.metadata().map(tracing::Metadata::name)
}

/// `tracing` spans and edges in turn: each is carried, and the innermost is the parent.
#[tokio::test]
async fn tracing_spans_are_carried_under_and_over_edges() {
    let recorder = Recorder::default();
    let service = Arc::new(testing::service("api", &recorder));
    let subscriber = service.subscriber(std::io::sink);
    let work = in_span("request", under_edge(service.clone()));
    service.scope(work).with_subscriber(subscriber).await;
    assert_eq!(
        recorder.tree(),
        "api INTERNAL request\n  api INTERNAL outer\n    api INTERNAL step\n    \
         api INTERNAL edge\n      api INTERNAL step\n      api INTERNAL step\n",
    );
}

#[tracing::instrument(name = "outer", skip_all)]
async fn under_edge(service: Service) {
    let named = |service: Service| async {
        step(service).await;
        innermost()
    };
    let plain = tokio::spawn(async { innermost() }).await.unwrap();
    assert_eq!(plain, None);
    // the task has the subscriber of the runtime's thread, which is not ours to set
    let carried = kit::spawn(named(service.clone()).with_current_subscriber());
    assert_eq!(carried.await.unwrap(), Some("outer"));
    in_span("edge", async {
        let carried = kit::spawn(named(service.clone()).with_current_subscriber());
        assert_eq!(carried.await.unwrap(), Some("outer"));
        in_span_blocking("step", || {});
    })
    .await;
}

#[tokio::test]
async fn a_message_tells_the_context_it_came_from() {
    let recorder = Recorder::default();
    let service = testing::service("api", &recorder);
    let sender = in_span("sender", async { carry("mail") });
    let carried = service.scope(sender).await;
    let ids = carried.context().span().span_context().clone();
    assert_eq!(ids, recorder.find("sender").unwrap().data.span_context);
}
