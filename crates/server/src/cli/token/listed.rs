//! Tokens as rows of a table: what each may, and until when.

use crate::cli::answer::{Field, Table};
use crate::cli::datasets::to_the_second;
use control::{ORG_RESOURCES, Token};
use serde_json::Value;

pub(super) fn table(tokens: &[Token], now_nanos: i64) -> Table {
    type Cell<'a> = &'a dyn Fn(&Token) -> String;
    let columns: [(&str, Cell<'_>); 5] = [
        ("id", &|token| token.id.clone()),
        ("name", &|token| token.name.clone()),
        ("created", &|token| moment(token.created_nanos)),
        ("may", &may),
        ("expires", &|token| {
            let end = token.expires_nanos.map(moment).unwrap_or_default();
            match token.is_expired(now_nanos) {
                true => format!("EXPIRED {end}"),
                false => end,
            }
        }),
    ];
    let field = |(name, _): &(&str, Cell<'_>)| Field {
        name: (*name).to_owned(),
        kind: "string".to_owned(),
    };
    let cells = |(_, cell): &(&str, Cell<'_>)| {
        let cells = tokens.iter().map(|token| Value::String(cell(token)));
        cells.collect()
    };
    Table {
        fields: columns.iter().map(field).collect(),
        columns: columns.iter().map(cells).collect(),
        range: Default::default(),
    }
}

fn moment(nanos: i64) -> String {
    to_the_second(&apl::datetime::format(nanos))
}

/// `traces: ingest, query; manage`, or what of the server instead of `manage` if that is not all.
fn may(token: &Token) -> String {
    let names = |actions: &mut dyn Iterator<Item = &String>| {
        let names: Vec<&str> = actions.map(String::as_str).collect();
        names.join(", ")
    };
    let capabilities = &token.capabilities;
    let of_datasets = capabilities.dataset_capabilities.iter();
    let mut parts: Vec<String> = of_datasets
        .map(|(dataset, actions)| format!("{dataset}: {}", names(&mut actions.keys())))
        .collect();
    let of_server = &capabilities.org_capabilities;
    if ORG_RESOURCES.iter().all(|it| of_server.contains_key(*it)) {
        parts.push("manage".to_owned());
    } else if !of_server.is_empty() {
        parts.push(format!("of the server: {}", names(&mut of_server.keys())));
    }
    parts.join("; ")
}
