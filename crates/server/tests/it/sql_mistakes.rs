//! What is said of a bad query in SQL: the case files of `tests/sql_mistakes`, in the manner of those of APL. A case is a
//! query, a line `----`, and the answer's line and column, the text at fault, and what is said; cases are parted by
//! lines `====`. `UPDATE_EXPECT=1` writes what is found.

use crate::queries::with_spans;
use crate::running::{Client, InProcess};
use crate::spans::{protobuf, span, text};
use serde_json::{Value, json};
use std::fmt::Write as _;
use std::path::{Path, PathBuf};

/// Words of the engine that no user knows.
const ENGINE: [&str; 24] = [
    "Utf8",
    "Int64",
    "Int32",
    "Float64",
    "Timestamp(",
    "Duration(",
    "Struct(",
    "coerc",
    "ScalarFunction",
    "rror during planning",
    "not implemented",
    "Arrow error",
    "DataFusion",
    "nternal error",
    "hysical plan",
    "logical expression",
    "Literal",
    "idx",
    "signature",
    "non-null",
    "InSubquery",
    "can't cast",
    "infer",
    "Map(",
];

/// A trace with an attribute of its own beside the usual ones.
async fn server() -> InProcess {
    let server = with_spans().await;
    let order = |number, id| {
        let mut span = span(3, number);
        span.attributes = vec![text("order.id", id)];
        span
    };
    server
        .client
        .export(protobuf("shop", vec![order(4, "7.5"), order(5, "none")]))
        .await;
    server
}

async fn answer(client: &Client, sql: &str) -> String {
    let body = Some(json!({ "sql": sql }));
    let (status, answer) = client.call("POST", "/api/v1/sql", None, body).await;
    let Value::Object(mistake) = &answer["diagnostics"][0] else {
        return format!("{status} {answer}");
    };
    let number = |name: &str| mistake[name].as_u64().unwrap();
    let place = |name: &str| usize::try_from(number(name)).unwrap();
    let at_fault = match place("start")..place("end") {
        range if range == (0..sql.len()) => "the query".to_owned(),
        range => format!("{:?}", &sql[range]),
    };
    let meant = match &mistake["suggestion"] {
        Value::String(meant) => format!("; did you mean '{meant}'?"),
        _ => String::new(),
    };
    let said = mistake["message"].as_str().unwrap();
    let refused = if status == 400 {
        String::new()
    } else {
        format!("{status} ")
    };
    format!(
        "{refused}{}:{} {at_fault}: {said}{meant}",
        number("line"),
        number("column")
    )
}

fn files() -> Vec<PathBuf> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/sql_mistakes");
    let entries = std::fs::read_dir(folder).unwrap();
    let mut files: Vec<PathBuf> = entries.map(|entry| entry.unwrap().path()).collect();
    files.sort();
    files
}

async fn check(client: &Client, update: bool) -> String {
    let mut wrong = String::new();
    for path in files() {
        let content = std::fs::read_to_string(&path).unwrap();
        let mut written = Vec::new();
        for case in content.trim_end().split("\n====\n") {
            let (sql, expected) = case.split_once("\n----\n").unwrap_or((case, ""));
            let found = answer(client, sql).await;
            if found != expected {
                writeln!(wrong, "{sql}\n  expected {expected}\n  found    {found}").unwrap();
            }
            for word in ENGINE.iter().filter(|word| found.contains(*word)) {
                writeln!(wrong, "{sql}\n  {word} is the engine's: {found}").unwrap();
            }
            written.push(format!("{sql}\n----\n{found}"));
        }
        if update {
            std::fs::write(&path, written.join("\n====\n") + "\n").unwrap();
        }
    }
    wrong
}

/// What is in files is filtered where it is read, and says its mistakes in another way.
#[tokio::test]
async fn each_mistake_is_told_over_the_buffer_and_over_files() {
    let update = std::env::var_os("UPDATE_EXPECT").is_some();
    let server = server().await;
    let of_buffer = check(&server.client, update).await;
    assert!(update || of_buffer.is_empty(), "{of_buffer}");
    let server = server.again().await;
    let of_files = check(&server.client, false).await;
    assert!(of_files.is_empty(), "{of_files}");
}

/// The examples of the documentation, with their comments.
#[tokio::test]
async fn the_documented_queries_run() {
    let server = server().await;
    let pages = include_str!("../../../../docs/sql.md");
    let (_, examples) = pages.split_once("```sql\n").unwrap();
    let (examples, _) = examples.split_once("```").unwrap();
    let mut count = 0;
    for sql in examples.split_inclusive(";\n") {
        let body = Some(json!({ "sql": sql }));
        let (status, answer) = server.client.call("POST", "/api/v1/sql", None, body).await;
        assert_eq!(status, 200, "{sql}: {answer}");
        count += 1;
    }
    assert_eq!(count, 4);
}

/// An attribute that no row has is no mistake, as in APL: it may come. The answer tells.
#[tokio::test]
async fn an_attribute_that_no_row_has_is_told() {
    let server = server().await;
    let told = async |sql: &str| {
        let body = Some(json!({ "sql": sql }));
        let (status, answer) = server.client.call("POST", "/api/v1/sql", None, body).await;
        assert_eq!(status, 200, "{sql}: {answer}");
        let messages = answer["status"]["messages"].as_array().unwrap().iter();
        let said = messages.map(|message| message["msg"].as_str().unwrap().to_owned());
        said.collect::<Vec<String>>()
    };
    let nowhere = told("SELECT name, \"order.idd\" FROM traces").await;
    assert_eq!(
        nowhere,
        ["1:14: 'order.idd' is read as an attribute, which no row has"]
    );
    assert!(
        told("SELECT \"order.id\" AS \"a.b\" FROM traces ORDER BY \"a.b\"")
            .await
            .is_empty()
    );
}
