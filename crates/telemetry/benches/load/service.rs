//! The service process: the lessons over a socket, bare or with the kit.

use std::time::{Duration, Instant};

use axum::Router;
use throughline_telemetry::{Config, Telemetry, http_server};
use tokio::net::TcpListener;

use crate::child::{say, wait_for_end};
use crate::counts::Counts;
use crate::lessons;

/// How long the last spans may take.
const SHUTDOWN: Duration = Duration::from_secs(5);

/// With a collector's address the kit is on, with `-` the service is bare. A request takes the given time
/// of waiting. Says its own address; in the end
/// the kit's books, and how long the shutdown took in milliseconds.
pub(crate) fn child(arguments: &[String]) {
    let [collector, work] = arguments else {
        panic!("the service is told of a collector and of its work in milliseconds");
    };
    let work = Duration::from_millis(work.parse().expect("milliseconds"));
    let runtime = tokio::runtime::Builder::new_multi_thread()
        .enable_all()
        .build()
        .unwrap();
    runtime.block_on(serve((collector != "-").then_some(collector), work));
}

async fn serve(collector: Option<&String>, work: Duration) {
    let router = lessons::router(|| {}, work);
    let telemetry = collector.map(|url| start(url));
    let router: Router = if telemetry.is_some() {
        http_server::wrap(router)
    } else {
        router
    };
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    say(&listener.local_addr().unwrap().to_string());
    tokio::spawn(async move { axum::serve(listener, router).await });
    tokio::task::spawn_blocking(wait_for_end).await.unwrap();
    if let Some(telemetry) = telemetry {
        let start = Instant::now();
        let last = telemetry.shutdown(SHUTDOWN).await;
        say(&Counts::of(last).to_line());
        say(&start.elapsed().as_millis().to_string());
    }
}

/// `init` with the environment of a service and nothing else: the queue is the default one.
fn start(url: &str) -> Telemetry {
    let lookup = |name: &str| match name {
        "ENABLE_OTEL" => Some("1".to_owned()),
        "OTEL_EXPORTER_OTLP_ENDPOINT" => Some(url.to_owned()),
        _ => None,
    };
    throughline_telemetry::start(Config::from_lookup("lessons-api", &lookup)).unwrap()
}
