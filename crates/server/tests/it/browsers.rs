//! Pages of other sites, and names that somebody else points at this machine: refused at both HTTP doors.

use crate::running::{Headers, InProcess, config};
use tempfile::TempDir;
use throughline::serve::Seams;

const FOREIGN: [Headers<'static>; 6] = [
    // What a page gets away with today: no preflight.
    &[
        ("sec-fetch-site", "cross-site"),
        ("sec-fetch-mode", "no-cors"),
        ("origin", "https://evil.example"),
    ],
    // Another port of this machine.
    &[("sec-fetch-site", "same-site")],
    // A form that is sent.
    &[
        ("sec-fetch-site", "cross-site"),
        ("sec-fetch-mode", "navigate"),
        ("sec-fetch-dest", "document"),
    ],
    // Browsers that send no Sec-Fetch-Site.
    &[("origin", "http://evil.example")],
    &[("origin", "http://127.0.0.1:1")],
    &[("origin", "null")],
];

async fn status(
    server: &InProcess,
    method: reqwest::Method,
    url: &str,
    headers: Headers<'_>,
) -> (u16, String) {
    let mut request = server.client.http.request(method, url);
    for (name, value) in headers {
        request = request.header(*name, *value);
    }
    let response = request.send().await.unwrap();
    (response.status().as_u16(), response.text().await.unwrap())
}

/// What a page may want: to read the store, or to change it, at both doors.
fn targets(server: &InProcess) -> [String; 4] {
    [
        server.client.api("/api/v1/sql"),
        server.client.api("/v1/datasets/traces/trim"),
        server.client.api("/v1/traces"),
        server.client.otlp("/v1/traces"),
    ]
}

#[tokio::test]
async fn pages_of_other_sites_are_refused() {
    let server = InProcess::start().await;
    for url in targets(&server) {
        for headers in FOREIGN {
            let (status, said) = status(&server, reqwest::Method::POST, &url, headers).await;
            assert_eq!(status, 403, "{url} {headers:?}: {said}");
            assert!(said.contains("another site"), "{said}");
        }
        let (status, _) = status(&server, reqwest::Method::POST, &url, &[]).await;
        assert_ne!(status, 403, "a program, {url}");
    }
}

#[tokio::test]
async fn our_own_pages_and_links_to_them_are_not() {
    let server = InProcess::start().await;
    let datasets = server.client.api("/v1/datasets");
    let own = server.client.api("").to_owned();
    let own = own.as_str();
    let ours: [Headers<'_>; 4] = [
        &[("origin", own)],
        &[("sec-fetch-site", "same-origin"), ("origin", own)],
        // A proxy that changes Host, as the console's in development: the browser knows better.
        &[
            ("sec-fetch-site", "same-origin"),
            ("origin", "http://localhost:4322"),
        ],
        &[("sec-fetch-site", "none")],
    ];
    for headers in ours {
        let (status, said) = status(&server, reqwest::Method::GET, &datasets, headers).await;
        assert_eq!(status, 200, "{headers:?}: {said}");
    }
    let link = [
        ("sec-fetch-site", "cross-site"),
        ("sec-fetch-mode", "navigate"),
        ("sec-fetch-dest", "document"),
    ];
    let page = server.client.api("/services");
    let (code, _) = status(&server, reqwest::Method::GET, &page, &link).await;
    assert_eq!(code, 200);
    let frame = [link[0], link[1], ("sec-fetch-dest", "iframe")];
    let (code, _) = status(&server, reqwest::Method::GET, &page, &frame).await;
    assert_eq!(code, 403);
}

/// The status of a page's own request, by the name in the address bar.
async fn by_name(server: &InProcess, url: &str, host: &str) -> u16 {
    let origin = format!("http://{host}");
    let headers = [
        ("host", host),
        ("origin", origin.as_str()),
        ("sec-fetch-site", "same-origin"),
    ];
    status(server, reqwest::Method::POST, url, &headers).await.0
}

#[tokio::test]
async fn an_open_server_answers_to_its_address_only() {
    let server = InProcess::start().await;
    for url in targets(&server) {
        for host in [
            "evil.example",
            "evil.example:4321",
            "127.0.0.1.evil.example",
            "localhost.evil",
        ] {
            assert_eq!(by_name(&server, &url, host).await, 403, "{url} {host}");
        }
        for host in [
            "localhost",
            "LOCALHOST:4321",
            "127.0.0.1:4321",
            "[::1]:4321",
            "10.0.0.7",
        ] {
            assert_ne!(by_name(&server, &url, host).await, 403, "{url} {host}");
        }
    }
    // With tokens a name is as good as an address: a page of it has none.
    let named = serde_json::json!({ "name": "a token" });
    let (status, _) = server
        .client
        .call("POST", "/v2/tokens", None, Some(named))
        .await;
    assert_eq!(status, 200);
    for url in targets(&server) {
        assert_ne!(by_name(&server, &url, "traces.example").await, 403, "{url}");
    }
}

#[tokio::test]
async fn one_that_is_open_on_purpose_answers_to_any_name() {
    let data = TempDir::new().unwrap();
    let mut config = config(data.path());
    config.allow_open = true;
    let server = InProcess::configured(data, config, Seams::default()).await;
    let datasets = server.client.otlp("/v1/traces");
    assert_ne!(by_name(&server, &datasets, "traces.example").await, 403);
}
