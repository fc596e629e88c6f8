//! A query's answer, as far as commands show it.

use super::mistake;
use super::remote::{Connection, Failure};
use http::Method;
use serde::Deserialize;
use serde::de::DeserializeOwned;
use serde_json::Value;

/// `EX_DATAERR` of BSD's sysexits.
pub(super) const EXIT_MISTAKE: u8 = 65;

/// The part of the server's answer that is shown.
#[derive(Debug, Deserialize)]
pub(super) struct Answer {
    pub(super) tables: Vec<Table>,
    pub(super) status: Status,
}

#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Status {
    /// There were more rows than one answer holds.
    #[serde(default)]
    pub(super) is_partial: bool,
    #[serde(default)]
    pub(super) messages: Vec<Message>,
}

#[derive(Debug, Deserialize)]
pub(super) struct Message {
    pub(super) msg: String,
}

/// A result, column by column.
#[derive(Debug, Deserialize)]
pub(super) struct Table {
    pub(super) fields: Vec<Field>,
    pub(super) columns: Vec<Vec<Value>>,
    #[serde(default)]
    pub(super) range: Range,
}

#[derive(Debug, Deserialize)]
pub(super) struct Field {
    pub(super) name: String,
    #[serde(rename = "type")]
    pub(super) kind: String,
}

/// The time that a query was about.
#[derive(Debug, Default, Deserialize)]
pub(super) struct Range {
    /// When the query began, by the server's clock, if it named no end.
    #[serde(default)]
    pub(super) end: String,
}

impl Table {
    pub(super) fn rows(&self) -> usize {
        self.columns.first().map_or(0, Vec::len)
    }

    pub(super) fn column(&self, name: &str) -> Option<&Vec<Value>> {
        let at = self.fields.iter().position(|field| field.name == name)?;
        self.columns.get(at)
    }
}

/// Where queries in APL are sent; what comes back is an [`Answer`].
pub(super) const APL: &str = "/v1/datasets/_apl?format=tabular";

/// Sends a query; its mistakes are drawn under its `text`.
pub(super) async fn ask<T: DeserializeOwned>(
    connection: &Connection<'_>,
    path: &str,
    text: &str,
    request: &Value,
) -> Result<T, Failure> {
    let answered = connection.ask(Method::POST, path, Some(request)).await;
    answered.map_err(|mut failure: Failure| {
        let mistakes = mistake::read(&failure.body);
        if !mistakes.is_empty() {
            failure.code = EXIT_MISTAKE;
            failure.message = mistake::told(text, &mistakes);
        }
        failure
    })
}
