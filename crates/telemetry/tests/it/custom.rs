//! Spans of the program's own.

use expect_test::expect;
use futures::FutureExt as _;
use opentelemetry::Context;
use opentelemetry::trace::FutureExt as _;
use throughline_telemetry::testing::{self, Recorder};
use throughline_telemetry::{fail, in_span, in_span_blocking, record, span, trace_id};
use tracing::instrument::WithSubscriber as _;

#[derive(Debug)]
struct Declined;

impl Declined {
    fn kind(&self) -> &'static str {
        "declined"
    }
}

#[tokio::test]
async fn spans_nest_and_take_attributes_and_failures() {
    let recorder = Recorder::default();
    let service = testing::service("api", &recorder);
    let work = async {
        let id = trace_id();
        record("booking.id", 7);
        let provider = span("payment.process").with("payment.provider", "stripe");
        let paid = provider
            .with("payment.live", true)
            .run_result(Declined::kind, async {
                in_span("payment.check", async { fail("limit") }).await;
                Err::<(), _>(Declined)
            });
        paid.await.unwrap_err();
        let total = in_span_blocking("price.total", || {
            record("price.cents", 4500);
            assert_eq!(trace_id(), id);
            4500
        });
        let rounded =
            span("price.round").run_result_blocking(Declined::kind, || Err::<i32, _>(Declined));
        rounded.unwrap_err();
        let passed = span("price.try").run(async { Err::<(), _>(Declined) });
        passed.await.unwrap_err();
        span("price.sum").with("n", 2).run_blocking(|| total)
    };
    assert_eq!(service.scope(in_span("request", work)).await, 4500);
    expect![[r#"
        api INTERNAL request
          api INTERNAL payment.process !
            api INTERNAL payment.check !
          api INTERNAL price.total
          api INTERNAL price.round !
          api INTERNAL price.try
          api INTERNAL price.sum
    "#]]
    .assert_eq(&recorder.tree());
    for (name, key, value) in [
        ("request", "booking.id", "7"),
        ("payment.process", "payment.provider", "stripe"),
        ("payment.process", "payment.live", "true"),
        ("payment.process", "error.type", "declined"),
        ("payment.check", "error.type", "limit"),
        ("price.total", "price.cents", "4500"),
        ("price.round", "error.type", "declined"),
        ("price.sum", "n", "2"),
    ] {
        let span = recorder.find(name).unwrap();
        assert_eq!(span.attribute(key).as_deref(), Some(value), "{name}: {key}");
    }
}

#[tokio::test]
async fn panics_and_abandoned_work_end_their_spans() {
    let recorder = Recorder::default();
    let service = testing::service("api", &recorder);
    let work = async {
        let panics = in_span("panics", async { panic!("anna@example.com") });
        std::panic::AssertUnwindSafe(panics)
            .catch_unwind()
            .await
            .unwrap_err();
        let panics = || in_span_blocking("panics too", || panic!("anna@example.com"));
        std::panic::catch_unwind(panics).unwrap_err();
        let slow = in_span("slow", std::future::pending::<()>());
        assert_eq!(slow.now_or_never(), None);
        in_span("after", async {}).await;
    };
    service.scope(in_span("request", work)).await;
    expect![[r#"
        api INTERNAL request
          api INTERNAL panics !
          api INTERNAL panics too !
          api INTERNAL slow
          api INTERNAL after
    "#]]
    .assert_eq(&recorder.tree());
    for (name, key, value) in [
        ("panics", "error.type", "panic"),
        ("panics too", "error.type", "panic"),
        ("slow", "kit.cancelled", "true"),
    ] {
        let span = recorder.find(name).unwrap();
        assert_eq!(span.attribute(key).as_deref(), Some(value), "{name}: {key}");
    }
    assert!(!format!("{:?}", recorder.spans()).contains("anna"));
}

/// A `record` in a suppressed part must not reach the caller's span, which is still in the context.
#[tokio::test]
async fn nothing_is_recorded_where_recording_is_off() {
    record("booking.id", 7);
    fail("nobody is listening");
    assert_eq!(in_span("nothing", async { 7 }).await, 7);
    let recorder = Recorder::default();
    let service = testing::service("api", &recorder);
    let work = async {
        let suppressed = Context::current().with_telemetry_suppressed();
        let quiet = in_span("quiet", async {
            record("booking.id", 7);
            fail("quiet");
        });
        quiet.with_context(suppressed).await;
    };
    service.scope(in_span("request", work)).await;
    assert_eq!(recorder.tree(), "api INTERNAL request\n");
    assert_eq!(
        recorder.find("request").unwrap().attribute("booking.id"),
        None
    );
}

/// Under `#[instrument]` the current span is the function's.
#[tokio::test]
async fn instrumented_functions_mix_with_them() {
    let recorder = Recorder::default();
    let service = testing::service("api", &recorder);
    let subscriber = service.subscriber(std::io::sink);
    let work = in_span("request", instrumented("anna@example.com"));
    service.scope(work).with_subscriber(subscriber).await;
    expect![[r#"
        api INTERNAL request
          api INTERNAL instrumented !
            api INTERNAL step
    "#]]
    .assert_eq(&recorder.tree());
    let span = recorder.find("instrumented").unwrap();
    assert_eq!(span.attribute("booking.id").as_deref(), Some("7"));
    assert_eq!(span.attribute("error.type").as_deref(), Some("declined"));
    assert!(!format!("{:?}", recorder.spans()).contains("anna"));
}

#[tracing::instrument(skip_all)]
async fn instrumented(_email: &str) {
    in_span("step", async {}).await;
    record("booking.id", 7);
    fail("declined");
}

/// A future that takes another by value and awaits it holds it twice; four of them would hold it sixteen times, and a
/// query inside a job overflowed the stack.
#[test]
fn spans_around_spans_do_not_multiply_the_work_inside() {
    let work = async {
        let buffer = [0_u8; 4096];
        tokio::task::yield_now().await;
        Ok::<_, sqlx::Error>(buffer.len())
    };
    let alone = size_of_val(&work);
    let db = throughline_telemetry::sql::Database::new("sqlite", "lessons");
    let nested = in_span(
        "a",
        in_span("b", in_span("c", db.query("SELECT lessons", work))),
    );
    assert!(
        size_of_val(&nested) < alone + 2048,
        "{} of {alone}",
        size_of_val(&nested)
    );
}
