//! What is kept in memory: tokens, what is said of datasets, virtual fields.

use crate::database::Transaction;
use crate::datasets::{self, CLAIM, Described, FieldType};
use crate::records::{self, VirtualField};
use crate::tokens::{self, Known};
use crate::{Error, Kind};
use std::collections::{BTreeMap, HashMap};

/// Everything, as it was after so many changes.
#[derive(Debug, Default)]
pub(crate) struct State {
    /// How often any of this was changed, ever.
    pub(crate) changes: i64,
    /// Revoked ones as well.
    pub(crate) tokens_ever: i64,
    pub(crate) tokens: Vec<Known>,
    /// By name in lower case.
    pub(crate) datasets: HashMap<String, Described>,
    pub(crate) virtual_fields: Vec<VirtualField>,
}

impl State {
    /// All that there is after so many changes.
    pub(crate) async fn read(transaction: &mut Transaction, changes: i64) -> Result<Self, Error> {
        let ever = "SELECT count(*) FROM throughline_token";
        let (tokens_ever,) = transaction.one(ever, &[]).await?;
        let tokens: Vec<tokens::Row> = transaction.all(tokens::SELECT, &[]).await?;
        let rows: Vec<datasets::Row> = transaction.all(datasets::SELECT, &[]).await?;
        let fields: Vec<(String, String, String)> = transaction
            .all("SELECT dataset, name, type FROM throughline_field", &[])
            .await?;
        let mut datasets: HashMap<String, Described> = rows
            .into_iter()
            .map(|row| (row.name.to_ascii_lowercase(), Described::from(row)))
            .collect();
        for (dataset, name, kind) in fields {
            if let Some(described) = datasets.get_mut(&dataset.to_ascii_lowercase()) {
                match name.as_str() {
                    CLAIM => described.is_claimed = true,
                    _ => drop(described.fields.insert(name, FieldType::named(&kind))),
                }
            }
        }
        Ok(Self {
            changes,
            tokens_ever,
            tokens: tokens.into_iter().map(Known::from).collect(),
            datasets,
            virtual_fields: records::virtual_fields(transaction).await?,
        })
    }

    /// Whether there are events in a dataset that was made for them; `None` when it was not.
    pub(crate) fn has_events(&self, dataset: &str) -> Option<bool> {
        let fields = self.events(dataset)?;
        let described = self.datasets.get(&dataset.to_ascii_lowercase())?;
        Some(described.is_claimed || !fields.is_empty())
    }

    /// The fields of a dataset of events; `None` when it is none.
    pub(crate) fn events(&self, dataset: &str) -> Option<&BTreeMap<String, FieldType>> {
        let described = self.datasets.get(&dataset.to_ascii_lowercase())?;
        (described.dataset.kind != Kind::Traces && !described.is_deleted)
            .then_some(&described.fields)
    }
}
