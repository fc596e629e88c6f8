//! What a token allows: actions on datasets, and on what belongs to the whole server. The words are Axiom's.

use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use std::sync::Arc;

/// What can be done.
pub const ACTIONS: [&str; 4] = ["create", "read", "update", "delete"];
/// What of a dataset a token may be allowed to use.
pub const DATASET_RESOURCES: [&str; 7] = [
    "ingest",
    "query",
    "starredQueries",
    "virtualFields",
    "trim",
    "data",
    "vacuum",
];
/// What of the server.
pub const ORG_RESOURCES: [&str; 4] = ["annotations", "apiTokens", "datasets", "users"];
/// Of Axiom's that nothing here asks for: its clients name them all.
const OTHER_RESOURCES: [&str; 12] = [
    "share",
    "auditLog",
    "billing",
    "dashboards",
    "endpoints",
    "flows",
    "integrations",
    "monitors",
    "notifiers",
    "rbac",
    "sharedAccessKeys",
    "views",
];
/// Stands for every dataset.
const ALL: &str = "*";

type Actions = BTreeMap<String, Option<Vec<String>>>;

/// Capabilities, as Axiom's `/v2/tokens` has them: a resource and its actions, by dataset and for the whole.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub struct Capabilities {
    #[serde(deserialize_with = "or_default")]
    pub dataset_capabilities: BTreeMap<String, Actions>,
    #[serde(deserialize_with = "or_default")]
    pub org_capabilities: Actions,
}

fn or_default<'de, D, T>(deserializer: D) -> Result<T, D::Error>
where
    D: serde::Deserializer<'de>,
    T: Default + Deserialize<'de>,
{
    Ok(Option::deserialize(deserializer)?.unwrap_or_default())
}

/// A token that was presented and is valid.
#[derive(Debug)]
pub(crate) struct Grant {
    pub(crate) id: String,
    pub(crate) name: String,
    pub(crate) capabilities: Capabilities,
    /// Nanoseconds since 1970-01-01 UTC.
    pub(crate) expires_nanos: Option<i64>,
}

/// Who asks.
#[derive(Clone, Debug)]
pub struct Caller(Option<Arc<Grant>>);

/// Why somebody may not even ask.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Refused {
    #[error("a token is missing: send the header Authorization: Bearer xaat-…")]
    Missing,
    #[error("this token is not known, or it is revoked or expired")]
    Unknown,
    /// It may have been revoked meanwhile.
    #[error(
        "whether this token is still valid cannot be told: the database of tokens did not answer for a minute; until it does, tokens may only send; try again"
    )]
    Unsure,
}

impl Capabilities {
    /// Ingest, query or both, of these datasets or of all (`*`); with `manage` everything, also what is not of a
    /// dataset.
    pub fn simple(datasets: &[String], ingest: bool, query: bool, manage: bool) -> Self {
        let all = || Some(ACTIONS.map(str::to_owned).to_vec());
        let one = |action: &str| Some(vec![action.to_owned()]);
        let mut actions = Actions::new();
        if manage {
            actions.extend(DATASET_RESOURCES.map(|resource| (resource.to_owned(), all())));
        }
        if ingest {
            actions.insert("ingest".to_owned(), one("create"));
        }
        if query {
            actions.insert("query".to_owned(), one("read"));
        }
        let org = ORG_RESOURCES.map(|resource| (resource.to_owned(), all()));
        Self {
            dataset_capabilities: datasets
                .iter()
                .map(|dataset| (dataset.clone(), actions.clone()))
                .collect(),
            org_capabilities: if manage { org.into() } else { Actions::new() },
        }
    }

    /// Without what nothing may be done with: Axiom's clients send all resources, most with null or no actions.
    pub(crate) fn trimmed(mut self) -> Self {
        let trim = |actions: &mut Actions| {
            actions.retain(|_, listed| listed.as_ref().is_some_and(|it| !it.is_empty()));
            !actions.is_empty()
        };
        self.dataset_capabilities.retain(|_, actions| trim(actions));
        trim(&mut self.org_capabilities);
        self
    }

    /// A resource or an action in it that there is none of.
    pub fn unknown(&self) -> Option<&str> {
        let of_datasets = self.dataset_capabilities.values();
        let of_datasets = of_datasets.map(|actions| (&DATASET_RESOURCES[..], actions));
        let mut all = of_datasets.chain([(&ORG_RESOURCES[..], &self.org_capabilities)]);
        all.find_map(|(resources, actions)| {
            let mut resource = actions.keys().map(String::as_str);
            let mut action = each(actions).map(|(_, action)| action);
            let is_known = |word: &&str| resources.contains(word) || OTHER_RESOURCES.contains(word);
            let resource = resource.find(|word| !is_known(word));
            resource.or_else(|| action.find(|word| !ACTIONS.contains(word)))
        })
    }

    fn has(actions: &Actions, resource: &str, action: &str) -> bool {
        let listed = actions.get(resource).and_then(Option::as_ref);
        listed.is_some_and(|listed| listed.iter().any(|known| known == action))
    }

    fn of_dataset(&self, dataset: &str, resource: &str, action: &str) -> bool {
        let mut named = [dataset, ALL].into_iter();
        named.any(|name| {
            let actions = self.dataset_capabilities.get(name);
            actions.is_some_and(|actions| Self::has(actions, resource, action))
        })
    }

    /// Whether all of this is in `other`: nobody makes a token that may more than the maker.
    fn is_within(&self, other: &Self) -> bool {
        let mut of_datasets = self
            .dataset_capabilities
            .iter()
            .flat_map(|(dataset, actions)| {
                each(actions).map(move |(resource, action)| (dataset, resource, action))
            });
        of_datasets.all(|(dataset, resource, action)| other.of_dataset(dataset, resource, action))
            && each(&self.org_capabilities)
                .all(|(resource, action)| Self::has(&other.org_capabilities, resource, action))
    }
}

fn each(actions: &Actions) -> impl Iterator<Item = (&str, &str)> {
    actions.iter().flat_map(|(resource, listed)| {
        let listed = listed.iter().flatten();
        listed.map(move |action| (resource.as_str(), action.as_str()))
    })
}

impl Caller {
    /// Anybody, of a server that never had a token: may do everything.
    pub const OPEN: Self = Self(None);

    pub(crate) fn of(grant: Arc<Grant>) -> Self {
        Self(Some(grant))
    }

    /// The token's id; `None` on an open server.
    pub fn id(&self) -> Option<&str> {
        self.0.as_ref().map(|grant| grant.id.as_str())
    }

    /// The token's name.
    pub fn name(&self) -> Option<&str> {
        self.0.as_ref().map(|grant| grant.name.as_str())
    }

    /// Whether spans and events may be sent to a dataset.
    pub fn may_ingest(&self, dataset: &str) -> bool {
        self.may_use(dataset, "ingest", "create")
    }

    /// Whether a dataset may be read.
    pub fn may_query(&self, dataset: &str) -> bool {
        self.may_use(dataset, "query", "read")
    }

    /// Whether there is any dataset that may be read.
    pub fn may_query_any(&self) -> bool {
        let capabilities = self.0.as_ref().map(|grant| &grant.capabilities);
        capabilities.is_none_or(|it| {
            let mut of_datasets = it.dataset_capabilities.values();
            of_datasets.any(|actions| Capabilities::has(actions, "query", "read"))
        })
    }

    /// Whether something of a dataset may be used so.
    pub fn may_use(&self, dataset: &str, resource: &str, action: &str) -> bool {
        let capabilities = self.0.as_ref().map(|grant| &grant.capabilities);
        capabilities.is_none_or(|it| it.of_dataset(dataset, resource, action))
    }

    /// Whether something of the server may be used so.
    pub fn may(&self, resource: &str, action: &str) -> bool {
        let capabilities = self.0.as_ref().map(|grant| &grant.capabilities);
        capabilities.is_none_or(|it| Capabilities::has(&it.org_capabilities, resource, action))
    }

    /// When a token that is made or renewed ends: as wanted, and not after its maker. Nanoseconds since 1970-01-01 UTC.
    pub fn end_of_given(&self, wanted: Option<i64>) -> Option<i64> {
        let own = self.0.as_ref().and_then(|grant| grant.expires_nanos);
        wanted.into_iter().chain(own).min()
    }

    /// Whether a token with these capabilities may be made: none that may more than its maker.
    pub fn may_give(&self, capabilities: &Capabilities) -> bool {
        let own = self.0.as_ref().map(|grant| &grant.capabilities);
        own.is_none_or(|own| capabilities.is_within(own))
    }
}
