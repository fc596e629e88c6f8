//! Requests that do not fit, and who may ask for what.

use reqwest::{Method, StatusCode};
use serde_json::{Value, json};

use crate::place::{DAY, Place};

#[tokio::test]
async fn what_does_not_fit_is_refused_in_one_shape() {
    let place = Place::new().await;
    let user_id = place.sign_up("ada").await;
    let slot_id = place.slot("ins_amara", DAY).await;
    let cases = [
        ("/users", json!({ "name": "Ada" }), (400, "bad_body")),
        (
            "/users",
            json!({ "name": "Ada", "email": "nowhere" }),
            (400, "email"),
        ),
        (
            "/users",
            json!({ "name": " ", "email": "a@b.c" }),
            (400, "name"),
        ),
        (
            "/users",
            json!({ "name": "Ada", "email": "ADA@example.com" }),
            (409, "email_taken"),
        ),
        (
            "/bookings",
            json!({ "user_id": "usr_none", "slot_id": slot_id }),
            (404, "user_not_found"),
        ),
        (
            "/bookings",
            json!({ "user_id": user_id, "slot_id": "slt_none" }),
            (404, "slot_not_found"),
        ),
        (
            "/bookings/bkg_none/pay",
            json!({ "card_token": "t" }),
            (404, "booking_not_found"),
        ),
        (
            "/bookings/bkg_none/cancel",
            json!({}),
            (404, "booking_not_found"),
        ),
        (
            "/bookings/bkg_none/refund",
            json!({}),
            (404, "booking_not_found"),
        ),
        (
            "/bookings/bkg_none/review",
            json!({ "rating": 5 }),
            (404, "booking_not_found"),
        ),
        ("/jobs/job_none/retry", json!({}), (404, "job_not_found")),
        ("/nowhere", json!({}), (404, "route_not_found")),
    ];
    for (path, body, expected) in cases {
        place.post(path, body, expected).await;
    }
    for path in [
        "/jobs?status=odd",
        "/bookings?nonsense=1",
        "/lessons?limit=many",
    ] {
        let (status, body) = place.send(Method::GET, path, None).await;
        assert_eq!(
            (status, &body["error"]["code"]),
            (StatusCode::BAD_REQUEST, &json!("bad_query")),
            "{path}"
        );
    }
}

#[tokio::test]
async fn operators_routes_want_a_token() {
    let place = Place::new().await;
    let routes = [
        (Method::GET, "/bookings"),
        (Method::GET, "/jobs"),
        (Method::POST, "/jobs/job_1/retry"),
        (Method::POST, "/bookings/bkg_1/refund"),
    ];
    for (method, path) in routes {
        for token in ["", "wrong"] {
            let request = place
                .http
                .request(method.clone(), format!("{}{path}", place.url))
                .bearer_auth(token);
            assert_eq!(
                request.send().await.unwrap().status(),
                401,
                "{method} {path}"
            );
        }
    }
    // students need none
    let home = place.http.get(&place.url).send().await.unwrap();
    assert_eq!(home.status(), 200);
    assert!(home.headers().contains_key("x-request-id"));
    let body: Value = home.json().await.unwrap();
    assert_eq!(body["service"], "instainstru");
}
