//! Virtual fields: kept by `/v2/vfields`, and fields of queries and of lists from then on.

use crate::queries::with_spans;
use crate::running::{InProcess, rows};
use serde_json::{Value, json};

async fn make_other(server: &InProcess) {
    let other = Some(json!({ "name": "other" }));
    let call = server.client.call("POST", "/v2/datasets", None, other);
    assert_eq!(call.await.0, 200);
}

/// What would never be read, or could not, is not kept.
#[tokio::test]
async fn what_no_query_could_use_is_refused() {
    let server = with_spans().await;
    let call = async |method: &str, path: &str, field: (&str, &str, &str)| {
        let (dataset, name, expression) = field;
        let body = json!({ "dataset": dataset, "name": name, "expression": expression });
        server.client.call(method, path, None, Some(body)).await
    };
    let (status, slow) = call("POST", "/v2/vfields", ("traces", "slow", "duration > 1s")).await;
    assert_eq!(status, 200, "{slow}");
    let (status, _) = call("POST", "/v2/vfields", ("traces", "fast", "duration < 1s")).await;
    assert_eq!(status, 200);
    let slow = format!("/v2/vfields/{}", slow["id"].as_str().unwrap());
    let refused = [
        (
            ("traces", "slow", "duration > 2s"),
            409,
            "has a virtual field slow already",
        ),
        (
            ("traces", "fast", "duration > 2s"),
            409,
            "has a virtual field fast already",
        ),
        (
            ("traces", "duration", "1"),
            409,
            "has a field duration of its own",
        ),
        (("nowhere", "slow", "1"), 404, "there is no dataset nowhere"),
        (("traces", "slow", "duration >"), 400, "expected"),
    ];
    for (field, expected, said) in refused {
        let own = field.1 == "slow" && expected == 409;
        for (method, path) in [("POST", "/v2/vfields"), ("PUT", &slow)] {
            let (status, answer) = call(method, path, field).await;
            if own && method == "PUT" {
                assert_eq!(status, 200, "its own name: {answer}");
                continue;
            }
            assert_eq!(status, expected, "{method} {field:?}: {answer}");
            let message = answer["message"].as_str().unwrap();
            assert!(message.contains(said), "{method} {field:?}: {answer}");
            if expected == 400 {
                let place = &answer["diagnostics"][0];
                assert_eq!((&place["line"], &place["column"]), (&json!(1), &json!(11)));
            }
        }
    }
    let no_text = json!({ "dataset": "traces", "name": "seven", "expression": 7 });
    let (status, answer) = server
        .client
        .call("POST", "/v2/vfields", None, Some(no_text))
        .await;
    assert_eq!(
        (status, &answer["message"]),
        (400, &json!("\"expression\" is no text"))
    );
}

#[tokio::test]
async fn virtual_fields_are_fields_of_queries_and_of_lists() {
    let server = with_spans().await;
    make_other(&server).await;
    let make = async |body: Value| {
        let (status, made) = server
            .client
            .call("POST", "/v2/vfields", None, Some(body))
            .await;
        assert_eq!(status, 200, "{made}");
        made["id"].as_str().unwrap().to_owned()
    };
    let slow = json!({
        "dataset": "traces", "name": "slow", "expression": "duration > 100ms",
        "type": "boolean", "unit": "", "description": "over a tenth",
    });
    make(slow).await;
    make(json!({ "dataset": "other", "name": "elsewhere", "expression": "1" })).await;
    make(json!({ "dataset": "traces", "name": "slow_code", "expression": "iff(slow, ['http.status_code'], 0)" }))
        .await;
    let cycle = make(json!({ "dataset": "traces", "name": "a", "expression": "b" })).await;
    make(json!({ "dataset": "traces", "name": "b", "expression": "a" })).await;
    let apl = "| where slow | project slow, slow_code, name";
    let found = server.client.rows(apl).await;
    assert_eq!(found, [[json!(true), json!(503), json!("GET /lessons/1")]]);
    let (status, answer) = server
        .client
        .ask(json!({ "apl": "traces | where b > 1" }))
        .await;
    assert_eq!(status, 400);
    let said = answer["message"].as_str().unwrap();
    assert!(
        said.contains("virtual field 'b' is made of itself"),
        "{said}"
    );
    let (status, _) = server
        .client
        .ask(json!({ "apl": "traces | where elsewhere == 1" }))
        .await;
    assert_eq!(status, 400);
    let whole = server.client.ask(json!({ "apl": "traces" })).await.1;
    let fields = whole["tables"][0]["fields"].as_array().unwrap();
    assert!(fields.iter().all(|field| field["name"] != "slow"));

    let (_, listed) = server.client.get("/v2/datasets/traces/fields").await;
    let listed = listed.as_array().unwrap();
    let slow = listed.iter().find(|field| field["name"] == "slow").unwrap();
    assert_eq!(slow["type"], "boolean");
    assert_eq!(slow["description"], "over a tenth");
    assert!(listed.iter().all(|field| field["name"] != "elsewhere"));
    let (_, all) = server.client.get("/v1/datasets/_fields").await;
    assert_eq!(all[1]["datasetName"], "traces");
    let code = all[1]["fields"].as_array().unwrap().iter();
    assert_eq!(code.filter(|field| field["name"] == "slow_code").count(), 1);

    let path = format!("/v2/vfields/{cycle}");
    let (status, _) = server.client.call("DELETE", &path, None, None).await;
    assert_eq!(status, 204);
    let (status, answer) = server
        .client
        .ask(json!({ "apl": "traces | where b > 1" }))
        .await;
    assert_eq!(status, 400);
    let said = answer["message"].as_str().unwrap();
    assert!(
        said.contains("virtual field 'b' could not be made: unknown field 'a'"),
        "{said}"
    );
}

#[tokio::test]
async fn editors_know_virtual_fields_and_there_are_not_too_many() {
    let server = with_spans().await;
    make_other(&server).await;
    let post = async |path: &str, body: Value| {
        let (status, answer) = server.client.call("POST", path, None, Some(body)).await;
        (status, answer)
    };
    let field = |name: String, expression: &str| json!({ "dataset": "traces", "name": name, "expression": expression });
    for place in 0..200 {
        let (status, made) = post(
            "/v2/vfields",
            field(format!("is_big_{place}"), "duration > 1s"),
        )
        .await;
        assert_eq!(status, 200, "{made}");
    }
    let apl = "traces | where is_big_7";
    let (_, found) = post("/api/v1/apl/diagnose", json!({ "apl": apl })).await;
    assert_eq!(found["mistakes"], json!([]), "{found}");
    let (_, offered) = post(
        "/api/v1/apl/complete",
        json!({ "apl": apl, "offset": apl.len() }),
    )
    .await;
    assert_eq!(offered["items"][0]["label"], "is_big_7", "{offered}");
    assert_eq!(offered["items"][0]["kind"], "field");

    let (status, refused) = post("/v2/vfields", field("more".to_owned(), "1")).await;
    assert_eq!(status, 400, "{refused}");
    let mut other = field("more".to_owned(), "1");
    other["dataset"] = json!("other");
    assert_eq!(post("/v2/vfields", other.clone()).await.0, 200);
    other["name"] = json!("long");
    other["expression"] = json!("1".repeat(4097));
    let (status, refused) = post("/v2/vfields", other).await;
    assert_eq!(status, 400, "{refused}");
    let said = refused["message"].as_str().unwrap();
    assert!(said.contains("at most 4096 bytes"), "{said}");
}

#[tokio::test]
async fn sql_reads_them_as_apl_does() {
    let server = with_spans().await;
    let make = async |name: &str, expression: &str| {
        let field = json!({ "dataset": "traces", "name": name, "expression": expression });
        let call = server.client.call("POST", "/v2/vfields", None, Some(field));
        assert_eq!(call.await.0, 200);
    };
    make("isSlow", "duration > 100ms").await;
    make("code", "iff(isSlow, ['http.status_code'], 0)").await;
    make("loud", "strcat(toupper(name), '!')").await;
    make("a", "b").await;
    make("b", "a").await;
    let ask = async |sql: &str| {
        let body = Some(json!({ "sql": sql }));
        server.client.call("POST", "/api/v1/sql", None, body).await
    };
    let answered = [
        (
            "SELECT isSlow, code, t.loud FROM traces t WHERE \"isSlow\"",
            json!([[true, 503, "GET /LESSONS/1!"]]),
        ),
        (
            "SELECT code, count(*) AS n FROM traces GROUP BY code ORDER BY code DESC",
            json!([[503, 1], [0, 3]]),
        ),
        (
            "SELECT count(*) FROM traces WHERE trace_id IN (SELECT trace_id FROM traces WHERE isSlow)",
            json!([[3]]),
        ),
        // The name is the query's own.
        ("SELECT 1 AS b ORDER BY b", json!([[1]])),
    ];
    for (sql, expected) in answered {
        let (status, answer) = ask(sql).await;
        assert_eq!(status, 200, "{sql}: {answer}");
        assert_eq!(json!(rows(&answer["tables"][0])), expected, "{sql}");
    }
    let (_, whole) = ask("SELECT * FROM traces").await;
    let fields = whole["tables"][0]["fields"].as_array().unwrap();
    assert!(fields.iter().all(|field| field["name"] != "code"));

    let often = vec!["length(loud)"; 70].join(" + ");
    let refused = [
        (
            "SELECT name, b FROM traces",
            "1:14",
            "virtual field 'b' is made of itself",
        ),
        (
            "SELECT cod FROM traces WHERE code > 0",
            "1:8",
            "unknown field 'cod'",
        ),
        (
            &format!("SELECT {often} FROM traces"),
            "1:8",
            "too many functions that make texts",
        ),
    ];
    for (sql, place, said) in refused {
        let (status, answer) = ask(sql).await;
        let mistake = &answer["diagnostics"][0];
        let message = mistake["message"].as_str().unwrap_or_default();
        let found = format!("{}:{}", mistake["line"], mistake["column"]);
        assert_eq!(status, 400, "{sql}: {answer}");
        assert!(message.contains(said) && found == place, "{sql}: {answer}");
    }
}
