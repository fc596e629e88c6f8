//! JSON lines whose ids are right or absent.

use std::io::Write;
use std::sync::{Arc, Mutex};

use axum::Router;
use axum::body::Body;
use axum::http::Request;
use axum::routing::get;
use serde_json::Value;
use throughline_telemetry::testing::{self, Recorder};
use throughline_telemetry::{Config, http_server};
use tower::ServiceExt;

#[derive(Clone, Default)]
pub(crate) struct Page(Arc<Mutex<Vec<u8>>>);

impl Page {
    fn lines(&self) -> Vec<Value> {
        let text = String::from_utf8(self.0.lock().unwrap().clone()).unwrap();
        text.lines()
            .map(|line| serde_json::from_str(line).unwrap())
            .collect()
    }
}

impl Write for Page {
    fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
        self.0.lock().unwrap().write(bytes)
    }

    fn flush(&mut self) -> std::io::Result<()> {
        Ok(())
    }
}

#[tokio::test]
async fn ids_are_those_of_the_span_and_the_request() {
    let recorder = Recorder::default();
    let service = testing::service("api", &recorder);
    let page = Page::default();
    let writer = page.clone();
    let _logs = tracing::subscriber::set_default(service.subscriber(move || writer.clone()));
    let handler = || async {
        tracing::info!(lesson = 7, free = true, trace_id = "forged", "looked up");
        tracing::info_span!("inner").in_scope(|| tracing::warn!("inside"));
        ""
    };
    let router = Router::new().route("/log", get(handler));
    let router = service.scope(async { http_server::wrap(router) }).await;
    tracing::info!("outside");
    let request = Request::get("/log")
        .header("x-request-id", "r-1")
        .body(Body::empty())
        .unwrap();
    router.oneshot(request).await.unwrap();
    let lines = page.lines();
    let [announced, outside, looked_up, inside] = &lines[..] else {
        panic!("{lines:#?}")
    };
    let excluded = "health,healthz,live,livez,ready,readyz,metrics";
    assert_eq!(
        announced["message"],
        format!("axum instrumented with OTel (excluded: {excluded})")
    );
    for absent in ["trace_id", "span_id", "trace_flags", "request_id"] {
        assert_eq!(outside.get(absent), None);
    }
    let server = recorder.find("GET /log").unwrap().data.span_context;
    let inner = recorder.find("inner").unwrap().data.span_context;
    for (line, span) in [(looked_up, &server), (inside, &inner)] {
        assert_eq!(line["trace_id"], server.trace_id().to_string());
        assert_eq!(line["span_id"], span.span_id().to_string());
        assert_eq!(line["trace_flags"], "01");
        assert_eq!(line["request_id"], "r-1");
        assert_eq!(line["service.name"], "api");
    }
    assert_eq!(
        (&looked_up["level"], &looked_up["lesson"]),
        (&"INFO".into(), &7.into())
    );
    assert_eq!(
        (&looked_up["free"], &looked_up["message"]),
        (&true.into(), &"looked up".into())
    );
    assert!(looked_up["timestamp"].as_str().unwrap().ends_with('Z'));
}

#[tokio::test]
async fn the_log_filter_does_not_cut_the_traces() {
    let recorder = Recorder::default();
    let mut config = Config::from_lookup("api", &|_| None);
    config.enabled = true;
    config.log_filter = "warn".to_owned();
    let service = testing::service_with(config, &recorder);
    let page = Page::default();
    let writer = page.clone();
    let _logs = tracing::subscriber::set_default(service.subscriber(move || writer.clone()));
    tracing::info_span!("kept").in_scope(|| tracing::info!("quiet"));
    tracing::debug_span!("too fine").in_scope(|| {});
    tracing::info_span!(target: "hyper::client", "denied").in_scope(|| {});
    tracing::info_span!(target: "rmcp::service", "serve_inner").in_scope(|| {});
    assert!(page.lines().is_empty());
    assert_eq!(recorder.tree(), "api INTERNAL kept\n");
}

#[tokio::test]
async fn fields_keep_their_types_and_lose_what_is_private() {
    let service = testing::service("api", &Recorder::default());
    let page = Page::default();
    let writer = page.clone();
    let _logs = tracing::subscriber::set_default(service.subscriber(move || writer.clone()));
    let many = u64::MAX;
    tracing::info!(many, below = -1_i64, half = 0.5, shown = ?Some(1), "typed");
    tracing::info!(
        password = "hunter22",
        note = "for jane@example.com",
        "private"
    );
    let lines = page.lines();
    let typed = &lines[0];
    assert_eq!(typed["many"], u64::MAX);
    assert_eq!(
        (&typed["below"], &typed["half"]),
        (&(-1).into(), &0.5.into())
    );
    assert_eq!(typed["shown"], "Some(1)");
    let private = lines[1].to_string();
    assert!(
        private.contains("for "),
        "only what is private is taken out: {private}"
    );
    for secret in ["hunter22", "jane"] {
        assert!(!private.contains(secret), "{private}");
    }
}
