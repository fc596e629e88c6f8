//! What is made of every query of the corpora, as data: `e2e/agreement/` compares it with what Axiom's language
//! service makes of the same queries.

use crate::{NOW_NANOS, compile_over, context, corpus, spans};
use serde_json::{Value, json};
use std::path::Path;
use throughline_apl::{Context, unreadable};

/// Where `e2e/agreement/` looks for it, in the target folder.
const FILE: &str = "agreement.json";

#[test]
fn what_is_made_of_each_query_is_told() {
    let mut queries = Vec::new();
    for folder in ["ok", "parse_fails", "bind_fails"] {
        for (file, query) in corpus::queries(folder) {
            // Without a dataset in hand there is nothing for the other side to read.
            if context(&query).dataset.is_some() {
                queries.push(told(folder, &file, &query));
            }
        }
    }
    for (file, case) in corpus::queries("mistakes") {
        let bad_and_mended = case.split("\n++++\n").skip(1);
        queries.extend(bad_and_mended.map(|query| told("mistakes", &file, query)));
    }
    assert!(queries.len() > 1_000, "{} queries", queries.len());
    let read = queries.iter().filter(|query| query["reads"] == true);
    let (read, all) = (read.count(), queries.len());
    assert!(all - read > 100, "{read} of {all} can be read");
    let made = json!({ "columns": columns(), "queries": queries });
    let path = Path::new(env!("CARGO_TARGET_TMPDIR")).join(FILE);
    std::fs::write(path, made.to_string()).unwrap();
}

/// Whether a query can be read, and the names of the fields of its answer if it has one.
fn told(folder: &str, file: &str, query: &str) -> Value {
    let plan = compile_over(query, &spans::Table).ok();
    let names = plan.map(|plan| {
        let names = plan.fields.into_iter().map(|field| field.name);
        names.collect::<Vec<String>>()
    });
    json!({
        "folder": folder,
        "file": file,
        "text": with_dataset(query),
        "reads": unreadable(query).is_empty(),
        "names": names,
    })
}

/// The query with the dataset in hand written before its first pipe.
fn with_dataset(query: &str) -> String {
    let mut rest = query.trim_start();
    while let Some(comment) = rest.strip_prefix("//") {
        rest = comment
            .split_once('\n')
            .map_or("", |parts| parts.1)
            .trim_start();
    }
    match rest.starts_with('|') {
        true => format!("['traces']\n{rest}"),
        false => query.to_owned(),
    }
}

/// The columns of the dataset with their types as queries write them.
fn columns() -> Vec<Value> {
    let context = Context {
        now_nanos: NOW_NANOS,
        ..Context::default()
    };
    let plan = throughline_apl::compile("traces", &context, &spans::Table).unwrap();
    let column = |field: throughline_apl::Field| json!([field.name, field.kind.query_name()]);
    plan.fields.into_iter().map(column).collect()
}
