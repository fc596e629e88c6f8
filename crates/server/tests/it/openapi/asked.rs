//! What is asked, in this order, of a server with three services' spans and no token.

use serde_json::{Value, json};

/// The method, the path as the document has it, what its parameters are (and a query behind them), the status of the
/// answer, and the body; null for none.
pub(super) type Step = (&'static str, &'static str, &'static str, u16, Value);

const NONE: Value = Value::Null;
/// Where the spans of `queries` have a trace, and where they have none.
const TRACE: &str = "00000000000000000000000000000001";
const NO_TRACE: &str = "00000000000000000000000000000009";

#[rustfmt::skip]
pub(super) fn steps() -> Vec<Step> {
    let bins = json!({ "apl": "traces | summarize count() by bin(_time, 1m), kind", "startTime": "2026-11-22T00:00:00Z" });
    let lists = json!({ "apl": "print a = dynamic([1])" });
    let orders = json!({ "name": "orders", "description": "What was booked" });
    vec![
        ("post", "/v1/query/_apl", "?format=tabular", 200, json!({ "apl": "traces" })),
        ("post", "/v1/query/_apl", "?format=legacy", 200, json!({ "apl": "traces" })),
        ("post", "/v1/query/_apl", "?format=tabular", 200, bins.clone()),
        ("post", "/v1/query/_apl", "?format=legacy", 200, bins),
        ("post", "/v1/query/_apl", "", 200, lists),
        ("post", "/v1/query/_apl", "", 422, json!({ "apl": "" })),
        ("post", "/v1/datasets/_apl", "", 400, json!({ "apl": "traces | where duraton > 1s" })),
        ("get", "/api/v1/traces/{trace_id}", TRACE, 200, NONE),
        ("get", "/api/v1/traces/{trace_id}", NO_TRACE, 404, NONE),
        ("get", "/api/v1/traces/{trace_id}", "7", 400, NONE),
        ("post", "/v2/datasets", "", 200, orders.clone()),
        ("post", "/v1/datasets", "", 409, orders),
        ("post", "/v1/ingest/{name}", "orders", 200, json!([{ "order": 7, "total": 12.5 }, { "order": "eight" }])),
        ("get", "/v1/datasets", "", 200, NONE),
        ("get", "/v2/datasets", "", 200, NONE),
        ("get", "/v1/datasets/{name}", "orders", 200, NONE),
        ("get", "/v2/datasets/{name}", "traces", 200, NONE),
        ("get", "/v2/datasets/{name}", "none", 404, NONE),
        ("put", "/v1/datasets/{name}", "orders", 200, json!({ "description": "changed" })),
        ("put", "/v2/datasets/{name}", "none", 404, json!({ "description": "changed" })),
        ("post", "/v1/datasets/{name}/trim", "orders", 200, json!({ "maxDuration": "30d" })),
        ("post", "/v2/datasets/{name}/trim", "orders", 400, json!({ "maxDuration": "soon" })),
        ("get", "/v1/datasets/{name}/info", "orders", 200, NONE),
        ("get", "/v1/datasets/{name}/info", "traces", 200, NONE),
        ("get", "/v1/datasets/{name}/info", "none", 404, NONE),
        ("get", "/v1/datasets/_fields", "", 200, NONE),
        ("get", "/v2/datasets/{name}/fields", "orders", 200, NONE),
        ("get", "/v2/datasets/{name}/fields", "none", 404, NONE),
        ("get", "/v2/datasets/{name}/fields/{field}", "traces _time", 200, NONE),
        ("get", "/v2/datasets/{name}/fields/{field}", "traces none", 404, NONE),
        ("get", "/v2/datasets/{name}/mapfields", "traces", 200, NONE),
        ("get", "/v2/datasets/{name}/mapfields", "none", 404, NONE),
        ("delete", "/v2/datasets/{name}", "orders", 204, NONE),
        ("delete", "/v1/datasets/{name}", "orders", 404, NONE),
        ("get", "/v1/user", "", 200, NONE),
        ("get", "/v2/user", "", 200, NONE),
        ("get", "/v2/users", "", 200, NONE),
        ("get", "/v2/users/{id}", "local", 200, NONE),
        ("get", "/v2/users/{id}", "nobody", 404, NONE),
        ("get", "/v2/tokens", "", 200, NONE),
        ("get", "/v2/tokens/{id}", "nobody", 404, NONE),
        ("post", "/v2/tokens", "", 400, json!({ "name": "x", "orgCapabilities": { "moon": ["read"] } })),
        ("get", "/api/v1/meta", "", 200, NONE),
        ("get", "/api/v1/openapi.json", "", 200, NONE),
    ]
}
