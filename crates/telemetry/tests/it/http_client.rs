//! Outbound requests: what their spans say, whom they tell, and the trace that results.

use axum::Router;
use axum::http::{HeaderMap, StatusCode};
use axum::routing::{get, post};
use expect_test::expect;
use reqwest::{Request, RequestBuilder};
use throughline_telemetry::http_client::{Client, Propagate};
use throughline_telemetry::http_server;
use throughline_telemetry::testing::{self, Recorder};

async fn listen(router: Router) -> String {
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
    let base = format!("http://{}", listener.local_addr().unwrap());
    tokio::spawn(async { axum::serve(listener, router).await });
    base
}

fn client(propagate: Propagate) -> Client {
    Client::build(reqwest::Client::builder(), propagate).unwrap()
}

/// Answers with the headers it was sent.
fn echo() -> Router {
    let seen = |headers: HeaderMap| async move {
        let names = ["traceparent", "tracestate", "baggage", "x-request-id"];
        let line = |name: &str| Some(format!("{name}: {}\n", headers.get(name)?.to_str().ok()?));
        names.into_iter().filter_map(line).collect::<String>()
    };
    Router::new().route("/seen", get(seen))
}

#[tokio::test]
async fn one_trace_from_client_to_server_to_server() {
    let recorder = Recorder::default();
    let payments = testing::service("payments", &recorder);
    let api = testing::service("api", &recorder);
    let charge = Router::new().route("/v1/charges/{id}", post(|| async { StatusCode::CREATED }));
    let payments_url = listen(payments.scope(async { http_server::wrap(charge) }).await).await;
    let book = move || async move {
        let client = client(Propagate::All);
        let request = client.post(format!("{payments_url}/v1/charges/7"));
        client
            .send(request, "/v1/charges/{id}")
            .await
            .unwrap()
            .status()
    };
    let routes = Router::new().route("/bookings", post(book));
    let api_url = listen(api.scope(async { http_server::wrap(routes) }).await).await;
    let response = reqwest::Client::new()
        .post(format!("{api_url}/bookings"))
        .header(
            "traceparent",
            "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-03",
        )
        .send()
        .await
        .unwrap();
    assert_eq!(
        response.headers()["x-trace-id"],
        "0af7651916cd43dd8448eb211c80319c"
    );
    assert_eq!(response.status(), 201);
    expect![[r#"
        api SERVER POST /bookings
          api CLIENT POST /v1/charges/{id}
            payments SERVER POST /v1/charges/{id}
    "#]]
    .assert_eq(&recorder.tree());
    let server = recorder.find("POST /bookings").unwrap().data;
    assert_eq!(server.parent_span_id.to_string(), "b7ad6b7169203331");
    let spans = recorder.spans();
    let id = |index: usize| spans[index].attribute("request.id");
    assert_eq!(id(0), id(2), "the request id went along");
}

#[tokio::test]
async fn strangers_are_told_nothing() {
    let recorder = Recorder::default();
    let api = testing::service("api", &recorder);
    let url = listen(echo()).await;
    let port = url.rsplit(':').next().unwrap().to_owned();
    let here = format!("127.0.0.1:{port}");
    for (propagate, told) in [
        (Propagate::None, false),
        (Propagate::All, true),
        (Propagate::Hosts(vec!["127.0.0.1".to_owned()]), true),
        (Propagate::Hosts(vec![here]), true),
        (
            Propagate::Hosts(vec!["127.0.0.1:1".to_owned(), "localhost".to_owned()]),
            false,
        ),
    ] {
        let client = client(propagate.clone());
        let ask = async {
            client
                .send(
                    client
                        .get(format!("{url}/seen"))
                        .header("traceparent", "a gateway's caller")
                        .header("tracestate", "stranger=1")
                        .header("baggage", "stranger=1"),
                    "/seen",
                )
                .await
        };
        let seen = api.scope(ask).await.unwrap().text().await.unwrap();
        assert_eq!(
            seen.contains("traceparent: 00-"),
            told,
            "{propagate:?}: {seen:?}"
        );
        assert!(!seen.contains("tracestate"), "no empty tracestate");
        assert!(
            !seen.contains("caller") && !seen.contains("stranger"),
            "{seen:?}"
        );
    }
    assert_eq!(recorder.spans().len(), 5);
}

#[tokio::test]
async fn context_is_passed_on_when_nothing_is_recorded() {
    let off = testing::service_with(
        throughline_telemetry::Config::from_lookup("api", &|_| None),
        &Recorder::default(),
    );
    let url = listen(echo()).await;
    let relay = move || async move {
        let client = client(Propagate::All);
        client
            .send(client.get(format!("{url}/seen")), "/seen")
            .await
            .unwrap()
            .text()
            .await
            .unwrap()
    };
    let routes = Router::new().route("/relay", get(relay));
    let relay_url = listen(off.scope(async { http_server::wrap(routes) }).await).await;
    let seen = reqwest::Client::new()
        .get(format!("{relay_url}/relay"))
        .header(
            "traceparent",
            "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-00",
        )
        .header("tracestate", "vendor=1")
        .header("baggage", "session.id=7")
        .header("x-request-id", "r-1")
        .send()
        .await
        .unwrap();
    expect![[r#"
        traceparent: 00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-00
        tracestate: vendor=1
        baggage: session.id=7
        x-request-id: r-1
    "#]]
    .assert_eq(&seen.text().await.unwrap());
}

#[tokio::test]
async fn failures_and_secrets() {
    let recorder = Recorder::default();
    let api = testing::service("api", &recorder);
    let url = listen(Router::new()).await;
    let client = client(Propagate::None);
    let address = url.strip_prefix("http://").unwrap();
    let secret =
        format!("http://user:secret@{address}/users/jane@example.com?token=secret&email=jane#top");
    for (template, name) in [("", "GET"), ("/users/{email}", "GET /users/{email}")] {
        api.scope(client.send(client.get(&secret), template))
            .await
            .unwrap();
        let span = recorder.find(name).unwrap();
        let full = format!("{url}/{}", template.trim_start_matches('/'));
        assert_eq!(span.attribute("url.full").as_deref(), Some(&*full));
        let recorded = format!("{span:?}");
        assert!(
            !recorded.contains("jane") && !recorded.contains("secret"),
            "{recorded}"
        );
    }
    let span = recorder.find("GET").unwrap();
    assert_eq!(span.attribute("error.type").as_deref(), Some("404"));
    assert!(span.failed(), "for a client, 404 is a failure");
    // Port 1 of the machine itself: nobody listens.
    api.scope(client.send(client.get("http://127.0.0.1:1/x"), "/x"))
        .await
        .unwrap_err();
    let span = recorder.find("GET /x").unwrap();
    assert_eq!(span.attribute("error.type").as_deref(), Some("connect"));
}

#[tokio::test]
async fn a_redirect_takes_nothing_to_another_host() {
    let recorder = Recorder::default();
    let api = testing::service("api", &recorder);
    let stranger = listen(echo()).await;
    let location = format!("{stranger}/seen");
    let away = Router::new().route(
        "/away",
        get(move || async move { axum::response::Redirect::temporary(&location) }),
    );
    let url = listen(away).await;
    let friend = url.strip_prefix("http://").unwrap().to_owned();
    // also when the builder was told to follow
    let builder = reqwest::Client::builder().redirect(reqwest::redirect::Policy::limited(5));
    let client = Client::build(builder, Propagate::Hosts(vec![friend])).unwrap();
    let request = client.get(format!("{url}/away"));
    let answer = api.scope(client.send(request, "/away")).await.unwrap();
    assert_eq!(answer.status(), 307);
    let seen = client.get(answer.headers()["location"].to_str().unwrap());
    let seen = api.scope(client.send(seen, "/seen")).await.unwrap();
    assert_eq!(
        seen.text().await.unwrap(),
        "",
        "asked on purpose, told nothing"
    );
    assert_eq!(
        recorder.tree(),
        "api CLIENT GET /away\napi CLIENT GET /seen\n"
    );
}

#[tokio::test]
async fn failures_on_the_way_are_named_by_their_kind() {
    let builder = reqwest::Client::builder().timeout(std::time::Duration::from_millis(50));
    let client = Client::build(builder, Propagate::All).unwrap();
    // It accepts connections, by the kernel's hand, and says nothing.
    let kept = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
    let silent = format!("http://{}/x", kept.local_addr().unwrap());
    // Nothing without a host can be asked, nor told about the trace.
    for (url, kind) in [(&*silent, "timeout"), ("data:text/plain,x", "request")] {
        let recorder = Recorder::default();
        let api = testing::service("api", &recorder);
        let request = Request::new(reqwest::Method::GET, url.parse().unwrap());
        let request = RequestBuilder::from_parts(client.http().clone(), request);
        api.scope(client.send(request, "/x")).await.unwrap_err();
        let span = recorder.find("GET /x").unwrap();
        assert_eq!(span.attribute("error.type").as_deref(), Some(kind));
        assert!(span.failed());
    }
}
