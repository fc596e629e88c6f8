//! axiom-rs against a running server.
//!
//! Arguments: the server's address, a token that may do everything. Exits 0 when every value is as expected.

use axiom_rs::annotations::requests;
use axiom_rs::datasets::{ContentEncoding, ContentType, QueryOptions, Row};
use axiom_rs::{Client, Error};
use chrono::DateTime;
use serde_json::{Value, json};

const NAME: &str = "rs";

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), Box<dyn std::error::Error>> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let [url, token] = arguments.as_slice() else {
        return Err("expected the server's address and a token".into());
    };
    let client = Client::builder()
        .no_env()
        .with_url(url)
        .with_token(token)
        .build()?;
    datasets(&client).await?;
    ingest(&client).await?;
    query(&client).await?;
    others(&client).await?;
    let edge = Client::builder()
        .no_env()
        .with_url(url)
        .with_edge_url(url)
        .with_token(token)
        .build()?;
    assert_eq!(edge.ingest(NAME, [json!({"n": 9})]).await?.ingested, 1);
    client.datasets().delete(NAME).await?;
    let gone = client.datasets().get(NAME).await;
    assert!(matches!(gone, Err(Error::Axiom(error)) if error.status == 404));
    println!("axiom-rs: every value as expected");
    Ok(())
}

async fn datasets(client: &Client) -> Result<(), Error> {
    let made = client.datasets().create(NAME, "made by axiom-rs").await?;
    assert_eq!(made.description, "made by axiom-rs");
    assert_eq!(made.kind.as_deref(), Some("axiom:events:v1"));
    let changed = client.datasets().update(NAME, "changed").await?;
    assert_eq!(changed.description, "changed");
    let listed = client.datasets().list().await?;
    assert!(listed.iter().any(|dataset| dataset.name == NAME));
    Ok(())
}

async fn ingest(client: &Client) -> Result<(), Error> {
    let events = [
        json!({"_time": "2026-01-31T10:00:00Z", "level": "info", "n": 1, "cost": 0.5}),
        json!({"_time": "2026-01-31T10:01:00Z", "level": "error", "n": 2, "ok": false}),
    ];
    let status = client.ingest(NAME, events).await?;
    assert_eq!((status.ingested, status.failed), (2, 0));
    let lines = &b"{\"_time\":\"2026-01-31T10:02:00Z\",\"level\":\"info\",\"n\":3}"[..];
    let status = client
        .ingest_bytes(NAME, lines, ContentType::NdJson, ContentEncoding::Identity)
        .await?;
    assert_eq!(
        (status.ingested, status.processed_bytes),
        (1, lines.len() as u64)
    );
    Ok(())
}

fn get<'a>(row: &'a Row<'_>, name: &str) -> Option<&'a Value> {
    row.get_field(name)
}

async fn query(client: &Client) -> Result<(), Error> {
    let apl = format!("['{NAME}'] | summarize n = count(), sum(n) by level | sort by level asc");
    let result = client.query(&apl, None).await?;
    let table = &result.tables[0];
    let first = table.get_row(0).expect("two rows");
    assert_eq!(table.len(), 2);
    assert_eq!(get(&first, "level"), Some(&json!("error")));
    assert_eq!(get(&first, "n"), Some(&json!(1)));
    assert_eq!(get(&first, "sum_n"), Some(&json!(2)));
    assert_eq!(table.fields()[2].agg().map(|agg| agg.name()), Some("sum"));

    let options = QueryOptions {
        start_time: DateTime::from_timestamp(1_769_853_600, 0),
        end_time: DateTime::from_timestamp(1_769_853_660, 0),
        ..QueryOptions::default()
    };
    let result = client.query(&format!("['{NAME}']"), options).await?;
    assert_eq!((result.status.rows_matched, result.tables[0].len()), (1, 1));
    let row = result.tables[0].get_row(0).expect("one row");
    assert_eq!(get(&row, "cost"), Some(&json!(0.5)));

    let wrong = client
        .query(&format!("['{NAME}'] | where levell == 1"), None)
        .await;
    let Err(Error::Axiom(wrong)) = wrong else {
        panic!("a wrong query was answered");
    };
    assert_eq!(wrong.status, 400);
    assert!(
        wrong
            .message
            .is_some_and(|message| message.contains("levell"))
    );
    Ok(())
}

async fn others(client: &Client) -> Result<(), Error> {
    #[expect(deprecated, reason = "clients still ask")]
    let info = client.datasets().info(NAME).await?;
    assert_eq!(info.stat.num_events, 3);
    assert_eq!(
        info.stat.min_time,
        DateTime::from_timestamp(1_769_853_600, 0)
    );
    let user = client.users().current().await?;
    assert_eq!(user.emails, Vec::<String>::new());
    let request = requests::Create::new("deploy", vec![NAME.to_owned()])?;
    let made = client.annotations().create(request).await?;
    assert_eq!(made.annotation_type, "deploy");
    assert_eq!(client.annotations().get(&made.id).await?, made);
    client.annotations().delete(&made.id).await
}
