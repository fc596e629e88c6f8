//! What is said of datasets: a description, what kind of rows they hold, and the fields of events. A dataset of
//! which nothing is said holds spans.

use crate::database::Transaction;
use crate::{Change, Control, Error};
use model::span::{ATTRIBUTE_PREFIX, ATTRIBUTES_CUSTOM, ColumnType};
use sqlx::FromRow;
use std::collections::BTreeMap;

/// A view over more columns than this takes long to plan.
const FIELDS_MAX: usize = 1000;
const FIELD_BYTES_MAX: usize = 512;
/// As many as the store takes; whoever may send events to any name makes them.
const DATASETS_MAX: usize = 100;
/// No field: says that there are events, where they have no fields.
pub(crate) const CLAIM: &str = "";

/// What kind of rows a dataset holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    Traces,
    Logs,
    Events,
}

/// A dataset, as it is described.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Dataset {
    pub name: String,
    pub description: String,
    pub kind: Kind,
    /// Nanoseconds since 1970-01-01 UTC.
    pub created_nanos: i64,
    pub updated_nanos: i64,
}

/// The type that all values of a field have.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FieldType {
    Boolean,
    Integer,
    Float,
    Text,
    /// All attributes by name: what has no field of its own is found there.
    Map,
}

/// A dataset and the fields of its events.
#[derive(Debug)]
pub(crate) struct Described {
    pub(crate) dataset: Dataset,
    pub(crate) is_deleted: bool,
    /// Events without a field were sent to it.
    pub(crate) is_claimed: bool,
    pub(crate) fields: BTreeMap<String, FieldType>,
}

/// A dataset as it is kept.
#[derive(Debug, FromRow)]
pub(crate) struct Row {
    pub(crate) name: String,
    description: String,
    kind: String,
    created_nanos: i64,
    updated_nanos: i64,
    deleted_nanos: Option<i64>,
}

pub(crate) const SELECT: &str = "SELECT name, description, kind, created_nanos, updated_nanos, deleted_nanos FROM throughline_dataset";

impl Kind {
    /// Axiom's name.
    pub fn name(self) -> &'static str {
        match self {
            Self::Traces => "otel:traces:v1",
            Self::Logs => "otel:logs:v1",
            Self::Events => "axiom:events:v1",
        }
    }

    /// By Axiom's name.
    pub fn named(name: &str) -> Option<Self> {
        [Self::Traces, Self::Logs, Self::Events]
            .into_iter()
            .find(|kind| kind.name() == name)
    }
}

impl FieldType {
    /// Axiom's name.
    pub fn name(self) -> &'static str {
        match self {
            Self::Boolean => "boolean",
            Self::Integer => "integer",
            Self::Float => "float",
            Self::Text => "string",
            Self::Map => "map",
        }
    }

    pub(crate) fn named(name: &str) -> Self {
        [Self::Boolean, Self::Integer, Self::Float, Self::Map]
            .into_iter()
            .find(|kind| kind.name() == name)
            .unwrap_or(Self::Text)
    }

    /// The type of values of both types.
    pub fn or(self, other: Self) -> Self {
        match (self, other) {
            (a, b) if a == b => a,
            (Self::Map, _) | (_, Self::Map) => Self::Map,
            (Self::Integer, Self::Float) | (Self::Float, Self::Integer) => Self::Float,
            _ => Self::Text,
        }
    }
}

impl From<ColumnType> for FieldType {
    fn from(kind: ColumnType) -> Self {
        match kind {
            ColumnType::Boolean => Self::Boolean,
            ColumnType::Integer => Self::Integer,
            ColumnType::Float => Self::Float,
            _ => Self::Text,
        }
    }
}

impl From<Row> for Described {
    fn from(row: Row) -> Self {
        Self {
            is_deleted: row.deleted_nanos.is_some(),
            is_claimed: false,
            fields: BTreeMap::new(),
            dataset: Dataset {
                name: row.name,
                description: row.description,
                kind: Kind::named(&row.kind).unwrap_or(Kind::Traces),
                created_nanos: row.created_nanos,
                updated_nanos: row.updated_nanos,
            },
        }
    }
}

impl Control {
    /// All datasets that are described, by name.
    pub fn datasets(&self) -> Vec<Dataset> {
        let state = self.state();
        let live = state.datasets.values().filter(|it| !it.is_deleted);
        let mut datasets: Vec<Dataset> = live.map(|it| it.dataset.clone()).collect();
        datasets.sort_by(|a, b| a.name.cmp(&b.name));
        datasets
    }

    /// One of them.
    pub fn dataset(&self, name: &str) -> Option<Dataset> {
        let state = self.state();
        let described = state.datasets.get(&name.to_ascii_lowercase())?;
        (!described.is_deleted).then(|| described.dataset.clone())
    }

    /// Whether it was deleted: what the store still says of it is not to be shown while it has no rows.
    pub fn is_deleted(&self, name: &str) -> bool {
        let state = self.state();
        let described = state.datasets.get(&name.to_ascii_lowercase());
        described.is_some_and(|it| it.is_deleted)
    }

    /// The fields of a dataset of events or logs, with their types; `None` for a dataset of spans.
    pub fn event_fields(&self, dataset: &str) -> Option<BTreeMap<String, FieldType>> {
        self.state().events(dataset).cloned()
    }

    /// Whether a dataset is one of events or logs.
    pub fn is_of_events(&self, dataset: &str) -> bool {
        self.state().events(dataset).is_some()
    }

    /// Whether spans may be stored in a dataset: not among events. One that was made for events and has none yet
    /// becomes one of spans.
    ///
    /// # Errors
    /// `Unavailable` when the database does not answer.
    pub async fn takes_spans(&self, dataset: &str) -> Result<bool, Error> {
        match self.state().has_events(dataset) {
            None => return Ok(true),
            Some(true) => return Ok(false),
            Some(false) => {}
        }
        let mut change = self.change().await?;
        // Events may have come, or another process may have changed it: what is there now decides.
        if self.state().has_events(dataset) == Some(false) {
            change
                .execute(
                    "UPDATE throughline_dataset SET kind = $1 WHERE lower(name) = lower($2)",
                    &[Kind::Traces.name().into(), dataset.into()],
                )
                .await?;
            change.commit().await?;
        }
        Ok(!self.is_of_events(dataset))
    }

    /// Describes a dataset that is not described yet. What a deleted one of that name had is gone.
    ///
    /// # Errors
    /// `Conflict` when it is there, `Invalid` when there are too many, `Unavailable` when the database does not answer.
    pub async fn create_dataset(
        &self,
        name: &str,
        description: &str,
        kind: Kind,
    ) -> Result<Dataset, Error> {
        let mut change = self.change().await?;
        if let Some(existing) = self.dataset(name) {
            return Err(Error::Exists {
                what: "dataset",
                name: existing.name,
            });
        }
        if self.datasets().len() >= DATASETS_MAX {
            let message = format!(
                "could not create dataset {name}: there are {DATASETS_MAX} already, which is the limit; delete one"
            );
            return Err(Error::Invalid(message));
        }
        let now_nanos = self.clock.now_nanos();
        let row = Row {
            name: name.to_owned(),
            description: description.to_owned(),
            kind: kind.name().to_owned(),
            created_nanos: now_nanos,
            updated_nanos: now_nanos,
            deleted_nanos: None,
        };
        put(&mut change, &row).await?;
        change.commit().await?;
        self.dataset(name).ok_or_else(|| missing(name))
    }

    /// Changes the description of a dataset; one of spans that was not described yet is from now on.
    ///
    /// # Errors
    /// `Unavailable` when the database does not answer.
    pub async fn describe_dataset(&self, name: &str, description: &str) -> Result<Dataset, Error> {
        if self.dataset(name).is_none() {
            return self.create_dataset(name, description, Kind::Traces).await;
        }
        let mut change = self.change().await?;
        change
            .execute(
                "UPDATE throughline_dataset SET description = $1, updated_nanos = $2 WHERE lower(name) = lower($3)",
                &[
                    description.into(),
                    self.clock.now_nanos().into(),
                    name.into(),
                ],
            )
            .await?;
        change.commit().await?;
        self.dataset(name).ok_or_else(|| missing(name))
    }

    /// Forgets a dataset and its fields. Its rows are the store's to remove.
    ///
    /// # Errors
    /// `Unavailable` when the database does not answer.
    pub async fn delete_dataset(&self, name: &str) -> Result<(), Error> {
        let mut change = self.change().await?;
        let now_nanos = self.clock.now_nanos();
        let row = Row {
            name: name.to_owned(),
            description: String::new(),
            kind: Kind::Traces.name().to_owned(),
            created_nanos: now_nanos,
            updated_nanos: now_nanos,
            deleted_nanos: Some(now_nanos),
        };
        put(&mut change, &row).await?;
        change.commit().await
    }

    /// Notes the fields of events before the events are stored: from then on the dataset takes no spans. A field
    /// whose values have several types has the type that holds them all. `of` is the dataset that the events were
    /// read for. Of log records, whose senders would drop what is refused, the fields too many and those with names
    /// too long are found in one map.
    ///
    /// # Errors
    /// `Conflict` when it was deleted meanwhile or is one of spans; `Invalid` for a field too many, or a name too
    /// long; `Unavailable` when the database does not answer.
    pub async fn note_fields(
        &self,
        of: &Dataset,
        seen: &BTreeMap<String, FieldType>,
    ) -> Result<(), Error> {
        if self.news(of, seen)?.is_empty() {
            return Ok(());
        }
        let mut change = self.change().await?;
        let dataset = of.name.as_str();
        let news = self.news(of, seen)?;
        let known = self.event_fields(dataset).unwrap_or_default();
        let fresh = news.iter().filter(|(name, _)| !known.contains_key(*name));
        if of.kind != Kind::Logs && known.len() + fresh.count() > FIELDS_MAX {
            let message = format!(
                "a dataset of events has at most {FIELDS_MAX} fields; put what varies into the values"
            );
            return Err(Error::Invalid(message));
        }
        if let Some((name, _)) = news.iter().find(|(name, _)| name.len() > FIELD_BYTES_MAX) {
            let start: String = name.chars().take(40).collect();
            let message = format!("a field's name has at most {FIELD_BYTES_MAX} bytes: {start}…");
            return Err(Error::Invalid(message));
        }
        for (name, kind) in news {
            insert_field(&mut change, dataset, &name, kind.name()).await?;
        }
        change.commit().await
    }

    /// What is not known yet of these fields; `Conflict` when this is no longer the dataset of that name.
    fn news(
        &self,
        of: &Dataset,
        seen: &BTreeMap<String, FieldType>,
    ) -> Result<BTreeMap<String, FieldType>, Error> {
        let state = self.state();
        let live = state.datasets.get(&of.name.to_ascii_lowercase());
        let is_it = |live: &&Described| live.dataset.created_nanos == of.created_nanos;
        let (Some(live), Some(known)) = (live.filter(is_it), state.events(&of.name)) else {
            return Err(Error::Changed {
                what: "dataset",
                name: of.name.clone(),
            });
        };
        if seen.is_empty() && known.is_empty() && !live.is_claimed {
            return Ok([(CLAIM.to_owned(), FieldType::Text)].into());
        }
        let merged = seen.iter().filter_map(|(name, kind)| {
            let before = known.get(name).copied();
            let after = before.map_or(*kind, |before| before.or(*kind));
            (before != Some(after)).then(|| (name.clone(), after))
        });
        let mut news: BTreeMap<_, _> = merged.collect();
        if of.kind == Kind::Logs {
            keep_room(&mut news, known);
        }
        Ok(news)
    }
}

/// Takes those of the news out that there is no room for, and notes the map that has them; the fields of every
/// record come before the attributes.
fn keep_room(news: &mut BTreeMap<String, FieldType>, known: &BTreeMap<String, FieldType>) {
    let is_fresh = |name: &String| !known.contains_key(name);
    let mut fresh: Vec<String> = news.keys().filter(|name| is_fresh(name)).cloned().collect();
    fresh.sort_by_key(|name| name.starts_with(ATTRIBUTE_PREFIX));
    let (fit, mut surplus): (Vec<_>, Vec<_>) = fresh
        .into_iter()
        .partition(|name| name.len() <= FIELD_BYTES_MAX);
    surplus.extend(fit.into_iter().skip(FIELDS_MAX.saturating_sub(known.len())));
    for name in &surplus {
        news.remove(name);
    }
    let map = (ATTRIBUTES_CUSTOM.to_owned(), FieldType::Map);
    if !surplus.is_empty() && known.get(&map.0) != Some(&map.1) {
        news.extend([map]);
    }
}

/// Puts what is said of a dataset in the place of all that was, its fields included.
async fn put(change: &mut Change<'_>, row: &Row) -> Result<(), Error> {
    let of_it = [(&row.name).into()];
    let fields = "DELETE FROM throughline_field WHERE lower(dataset) = lower($1)";
    change.execute(fields, &of_it).await?;
    let dataset = "DELETE FROM throughline_dataset WHERE lower(name) = lower($1)";
    change.execute(dataset, &of_it).await?;
    insert(change, row).await
}

pub(crate) async fn insert(transaction: &mut Transaction, row: &Row) -> Result<(), Error> {
    transaction
        .execute(
            "INSERT INTO throughline_dataset (name, description, kind, created_nanos, updated_nanos, deleted_nanos)
             VALUES ($1, $2, $3, $4, $5, $6)",
            &[
                (&row.name).into(),
                (&row.description).into(),
                (&row.kind).into(),
                row.created_nanos.into(),
                row.updated_nanos.into(),
                row.deleted_nanos.into(),
            ],
        )
        .await
        .map(drop)
}

/// A field, in the place of the one before.
pub(crate) async fn insert_field(
    transaction: &mut Transaction,
    dataset: &str,
    name: &str,
    kind: &str,
) -> Result<(), Error> {
    let key = dataset.to_ascii_lowercase();
    transaction
        .execute(
            "INSERT INTO throughline_field (dataset, name, type) VALUES ($1, $2, $3)
             ON CONFLICT (dataset, name) DO UPDATE SET type = excluded.type",
            &[(&key).into(), name.into(), kind.into()],
        )
        .await
        .map(drop)
}

fn missing(name: &str) -> Error {
    Error::Missing {
        what: "dataset",
        name: name.to_owned(),
    }
}
