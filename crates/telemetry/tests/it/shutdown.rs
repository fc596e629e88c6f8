//! The end never hangs, and sends what it can.

use std::net::TcpListener;
use std::time::{Duration, Instant};

use throughline_telemetry::Telemetry;

use crate::export::{config, one_span};
use crate::stub::Stub;

#[tokio::test]
async fn a_store_that_is_gone_does_not_delay_the_end() {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let url = format!("http://{}", listener.local_addr().unwrap());
    drop(listener);
    let service = Telemetry::build(config(&url, &[]));
    one_span(&service).await;
    let begun = Instant::now();
    service.shutdown(Duration::from_secs(2)).await;
    assert!(
        begun.elapsed() < Duration::from_secs(4),
        "{:?}",
        begun.elapsed()
    );
}

#[tokio::test]
async fn a_store_that_never_answers_costs_the_deadline_and_no_more() {
    // It accepts connections, by the kernel's hand, and says nothing.
    let silent = TcpListener::bind("127.0.0.1:0").unwrap();
    let service = Telemetry::build(config(
        &format!("http://{}", silent.local_addr().unwrap()),
        &[],
    ));
    one_span(&service).await;
    let begun = Instant::now();
    service.shutdown(Duration::from_millis(300)).await;
    assert!(
        begun.elapsed() < Duration::from_secs(2),
        "{:?}",
        begun.elapsed()
    );
}

#[tokio::test]
async fn dropping_it_sends_what_is_left() {
    let stub = Stub::start();
    let service = Telemetry::build(config(&stub.url, &[]));
    one_span(&service).await;
    drop(service);
    assert_eq!(stub.spans().len(), 1);
}

#[tokio::test]
async fn spans_after_the_end_do_not_hide_their_callers() {
    let stub = Stub::start();
    let service = Telemetry::build(config(&stub.url, &[]));
    let later = async {
        one_span_inside().await;
        "still running"
    };
    let work = service.scope(later);
    service.shutdown(Duration::from_secs(5)).await;
    assert_eq!(work.await, "still running");
    assert!(stub.spans().is_empty());
}

async fn one_span_inside() {
    let work = async { Ok::<_, std::fmt::Error>(()) };
    throughline_telemetry::scheduler::tick(&crate::export::TICK, |_| "lost", work)
        .await
        .unwrap();
    assert_eq!(throughline_telemetry::trace_id(), None);
}
