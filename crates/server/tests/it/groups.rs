//! Summaries by texts, over data files and the buffer together, against sums made here.

use crate::running::InProcess;
use crate::spans::{MILLI, TEN_O_CLOCK, protobuf, span, text};
use serde_json::{Value, json};
use std::collections::BTreeMap;

/// More than a scan keeps before it hands them on.
const NAMES: u64 = 70_000;

/// What a summary can see of a span.
struct Sent {
    service: &'static str,
    name: String,
    route: Option<String>,
    minute: u64,
    millis: u64,
}

fn sent() -> Vec<Sent> {
    let services = ["api", "beat", "worker"];
    let one = |number: u64| Sent {
        service: services[number as usize % 3],
        name: format!("GET /lessons/{}", number % 7),
        route: (!number.is_multiple_of(4)).then(|| format!("/lessons/{}", number % 5)),
        minute: number % 11,
        millis: number % 13,
    };
    (0..1_000).map(one).collect()
}

/// Exports spans, service by service.
async fn export(server: &InProcess, spans: &[Sent]) {
    for service in ["api", "beat", "worker"] {
        let of_service = spans.iter().filter(|it| it.service == service);
        let made = of_service.map(|it| {
            let mut made = span(1, 0);
            made.name.clone_from(&it.name);
            made.start_time_unix_nano = TEN_O_CLOCK + it.minute * 60_000 * MILLI;
            made.end_time_unix_nano = made.start_time_unix_nano + it.millis * MILLI;
            made.attributes = it.route.iter().map(|it| text("http.route", it)).collect();
            made
        });
        let made: Vec<_> = made.collect();
        for body in made.chunks(10_000) {
            server.client.export(protobuf(service, body.to_vec())).await;
        }
    }
}

/// The spans are in three data files and in the buffer.
async fn parts(spans: &[Sent]) -> InProcess {
    let mut server = InProcess::start().await;
    let mut parts = spans.chunks(spans.len().div_ceil(4)).peekable();
    while let Some(part) = parts.next() {
        export(&server, part).await;
        if parts.peek().is_some() {
            server = server.again().await;
            server.client.replayed().await;
        }
    }
    server
}

/// The spans are in one data file, and nothing is in the buffer: the scan has no other beside it.
async fn alone(spans: &[Sent]) -> InProcess {
    let server = InProcess::start().await;
    export(&server, spans).await;
    let server = server.again().await;
    server.client.replayed().await;
    server
}

/// Spans and milliseconds by some of their fields.
fn summed(spans: &[Sent], key: impl Fn(&Sent) -> Vec<Value>) -> Vec<Vec<Value>> {
    let mut groups: BTreeMap<String, (Vec<Value>, u64, u64)> = BTreeMap::new();
    for span in spans {
        let key = key(span);
        let group = groups.entry(format!("{key:?}")).or_insert((key, 0, 0));
        group.1 += 1;
        group.2 += span.millis;
    }
    let row = |(mut key, count, millis): (Vec<Value>, u64, u64)| {
        key.extend([json!(count), json!(millis)]);
        key
    };
    sorted(groups.into_values().map(row).collect())
}

fn sorted(mut rows: Vec<Vec<Value>>) -> Vec<Vec<Value>> {
    rows.sort_by_key(|row| format!("{row:?}"));
    rows
}

#[tokio::test]
async fn a_summary_by_texts_is_the_sum_of_files_and_buffer() {
    let spans = sent();
    let servers = [parts(&spans).await, alone(&spans).await];
    let minute = |it: &Sent| json!(format!("2026-11-22T10:{:02}:00Z", it.minute));
    type Key<'a> = &'a dyn Fn(&Sent) -> Vec<Value>;
    let cases: [(&str, Key<'_>); 9] = [
        ("['service.name']", &|it| vec![json!(it.service)]),
        ("['http.route']", &|it| vec![json!(it.route)]),
        ("name, ['service.name']", &|it| {
            vec![json!(it.name), json!(it.service)]
        }),
        ("bin(_time, 1m), ['http.route']", &|it| {
            vec![minute(it), json!(it.route)]
        }),
        ("name, bin(_time, 1m), ['service.name']", &|it| {
            vec![json!(it.name), minute(it), json!(it.service)]
        }),
        ("['http.route'], ['service.name'], name", &|it| {
            vec![json!(it.route), json!(it.service), json!(it.name)]
        }),
        // Under another name, and under one that another field had.
        ("s = ['service.name']", &|it| vec![json!(it.service)]),
        ("name = ['http.route']", &|it| vec![json!(it.route)]),
        // A text that is computed, beside one that is not.
        ("upper = toupper(name), ['http.route']", &|it| {
            vec![json!(it.name.to_uppercase()), json!(it.route)]
        }),
    ];
    for server in &servers {
        for (fields, key) in cases {
            let query = format!("| summarize n = count(), sum(duration) / 1ms by {fields}");
            let query = format!("{query} | extend ms = toint(Column1) | project-away Column1");
            let rows = server.client.rows(&query).await;
            assert_eq!(sorted(rows), summed(&spans, key), "by {fields}");

            let query = format!("| summarize n = count() by {fields}");
            let rows = server.client.rows(&query).await;
            let mut counts = summed(&spans, key);
            for row in &mut counts {
                row.pop();
            }
            assert_eq!(sorted(rows), sorted(counts), "only counted by {fields}");
        }
    }
}

#[tokio::test]
async fn fields_that_were_renamed_before_are_the_same_fields() {
    let spans = sent();
    let server = alone(&spans).await;
    for (query, key) in [
        (
            "| extend s = ['service.name'], d = duration | summarize n = count(), sum(d) / 1ms by s",
            (&|it: &Sent| vec![json!(it.service)]) as &dyn Fn(&Sent) -> Vec<Value>,
        ),
        (
            "| project-rename name = ['service.name'] | summarize n = count(), sum(duration) / 1ms by name",
            &|it| vec![json!(it.service)],
        ),
    ] {
        let query = format!("{query} | extend ms = toint(Column1) | project-away Column1");
        let rows = server.client.rows(&query).await;
        assert_eq!(sorted(rows), summed(&spans, key), "{query}");
    }
}

#[tokio::test]
async fn a_measure_may_have_a_condition_and_may_look_at_the_text_itself() {
    let spans = sent();
    let server = parts(&spans).await;
    let slow = |service: &str| {
        let of_service = spans.iter().filter(|it| it.service == service);
        of_service.filter(|it| it.millis > 9).count()
    };
    let rows = server
        .client
        .rows(
            "| summarize slow = countif(duration > 9ms), max(['service.name']) by ['service.name']",
        )
        .await;
    let expected = ["api", "beat", "worker"];
    let expected =
        expected.map(|service| vec![json!(service), json!(slow(service)), json!(service)]);
    assert_eq!(sorted(rows), sorted(expected.to_vec()));
}

/// Fewer columns are read than there are fields to group by.
#[tokio::test]
async fn what_no_span_has_is_a_group_and_a_text_may_be_computed_twice() {
    let spans = sent();
    let in_memory = InProcess::start().await;
    export(&in_memory, &spans).await;
    let all = json!(spans.len());
    for server in [in_memory, alone(&spans).await] {
        for (by, group) in [
            ("['lesson.id']", vec![json!(null)]),
            (
                "a = strlen(kind), b = toupper(kind)",
                vec![json!(6), json!("SERVER")],
            ),
        ] {
            let rows = server
                .client
                .rows(&format!("| summarize n = count() by {by}"))
                .await;
            let expected: Vec<Value> = group.into_iter().chain([all.clone()]).collect();
            assert_eq!(rows, [expected], "by {by}");
        }
    }
}

#[tokio::test]
async fn more_groups_than_a_scan_keeps_are_all_there() {
    let one = |number: u64| Sent {
        service: "api",
        name: format!("GET /lessons/{}", number % NAMES),
        route: Some(format!("/{}", number % 100)),
        minute: 0,
        // A request that came before would not be stored.
        millis: number / NAMES,
    };
    let spans: Vec<Sent> = (0..2 * NAMES).map(one).collect();
    let server = parts(&spans).await;
    for by in ["name", "name, ['http.route']", "['http.route'], name"] {
        let query = format!("| summarize n = count() by {by} | summarize count(), min(n), max(n)");
        let rows = server.client.rows(&query).await;
        assert_eq!(rows, [[json!(NAMES), json!(2), json!(2)]], "by {by}");
    }
}
