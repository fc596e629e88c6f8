//! One request to a router in this process, answered and read to its end.

use axum::Router;
use axum::body::Body;
use axum::http::{Request, header};
use http_body_util::BodyExt as _;
use tower::ServiceExt as _;

/// A recorded path.
pub(crate) const LESSON: &str = "/lessons/7";
/// A path that the kit excludes.
pub(crate) const HEALTH: &str = "/health";

/// What a browser sends.
fn request(path: &'static str) -> Request<Body> {
    let agent = "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0";
    Request::get(path)
        .header(header::HOST, "api.instainstru.example:8443")
        .header(header::USER_AGENT, agent)
        .header(header::ACCEPT, "application/json")
        .header(header::ACCEPT_LANGUAGE, "en-US,en;q=0.5")
        .header(header::ACCEPT_ENCODING, "gzip, deflate, br")
        .header(header::COOKIE, "session=6f1ed002ab5595859014ebf0951522d9")
        .body(Body::empty())
        .unwrap()
}

/// Calls `router` and reads the whole answer.
pub(crate) async fn once(router: &Router, path: &'static str) {
    let response = router.clone().oneshot(request(path)).await.unwrap();
    assert!(response.status().is_success());
    response.into_body().collect().await.unwrap();
}
