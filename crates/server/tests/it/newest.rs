//! The newest rows of more than are looked at first, over data files and the buffer.

use crate::running::InProcess;
use crate::spans::{protobuf, span};
use serde_json::{Value, json};
use std::cmp::Reverse;

/// Some more than the newest that are looked at before all others.
const SPANS: u64 = 150_000;

/// In the order in which they come: when each begins, and what it is called.
fn sent() -> Vec<(u64, String)> {
    let one = |number: u64| {
        let name = match number {
            // Two, of which one is among the oldest.
            7 | 149_000 => "rare".to_owned(),
            _ => format!("lesson {}", number % 50),
        };
        // Each a moment of its own: 48,611 and 150,000 have no divisor in common. They go up in large steps, so that
        // every data file has old ones and new ones.
        (number * 48_611 % SPANS, name)
    };
    (0..SPANS).map(one).collect()
}

async fn stored(spans: &[(u64, String)]) -> InProcess {
    let mut server = InProcess::start().await;
    for (number, part) in spans.chunks(spans.len() / 3).enumerate() {
        if number > 0 {
            server = server.again().await;
            server.client.replayed().await;
        }
        for body in part.chunks(10_000) {
            let made = body.iter().map(|(moment, name)| {
                let mut made = span(1, *moment);
                made.name.clone_from(name);
                made
            });
            server.client.export(protobuf("api", made.collect())).await;
        }
    }
    server
}

#[tokio::test]
async fn the_newest_rows_are_those_of_all_rows() {
    let spans = sent();
    let server = stored(&spans).await;
    type Test<'a> = &'a dyn Fn(u64, &str) -> bool;
    let cases: [(&str, Test<'_>); 6] = [
        ("", &|_, _| true),
        ("where name == \"lesson 7\" | ", &|_, name| {
            name == "lesson 7"
        }),
        ("where name == \"rare\" | ", &|_, name| name == "rare"),
        ("where name == \"nothing\" | ", &|_, _| false),
        (
            "where _time < datetime(2026-11-22T10:00:40Z) | ",
            &|moment, _| moment < 40_000,
        ),
        (
            "where isnull(parent_span_id) and name endswith \"9\" | ",
            &|_, name| name.ends_with('9'),
        ),
    ];
    for (filter, test) in cases {
        let mut expected: Vec<u64> = spans
            .iter()
            .filter(|(moment, name)| test(*moment, name))
            .map(|(moment, _)| *moment)
            .collect();
        expected.sort_unstable_by_key(|moment| Reverse(*moment));
        let expected: Vec<Value> = expected.iter().take(20).map(|moment| id(*moment)).collect();
        let query = format!("| {filter}top 20 by _time");
        let (status, answer) = server.client.ask(json!({ "apl": query })).await;
        assert_eq!(status, 200, "{answer}");
        assert_eq!(ids(&answer), expected, "{query}");
    }
    // Of no rows none are the newest.
    for query in [
        "| take 0",
        "| top 0 by _time",
        "| sort by duration | take 0",
    ] {
        let (status, answer) = server.client.ask(json!({ "apl": query })).await;
        assert_eq!((status, ids(&answer)), (200, vec![]), "{query}: {answer}");
    }
}

/// As [`span`] makes it.
fn id(moment: u64) -> Value {
    json!(format!("{:016x}", moment + 1))
}

fn ids(answer: &Value) -> Vec<Value> {
    let table = &answer["tables"][0];
    let fields = table["fields"].as_array().unwrap();
    let column = fields.iter().position(|field| field["name"] == "span_id");
    match column {
        Some(column) => table["columns"][column].as_array().unwrap().clone(),
        // Of no rows there is nothing to show.
        None => Vec::new(),
    }
}
