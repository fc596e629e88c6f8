//! Annotations, virtual fields, saved queries: JSON objects that clients make, change and read again. What they hold
//! is their door's to check.

use crate::database::Transaction;
use crate::{Change, Control, Error};
use serde_json::Value;
use uuid::Uuid;

const RECORDS_MAX: i64 = 10_000;
const BODY_BYTES_MAX: usize = 64 << 10;
/// Of all of a kind, which are listed at once.
const KIND_BYTES_MAX: i64 = 16 << 20;

/// What is kept as JSON.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum RecordKind {
    Annotation,
    VirtualField,
    SavedQuery,
}

/// One of them.
#[derive(Clone, Debug)]
pub struct Record {
    pub id: String,
    /// Nanoseconds since 1970-01-01 UTC.
    pub created_nanos: i64,
    pub updated_nanos: i64,
    pub body: Value,
}

/// A field of a dataset that an expression makes of others.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct VirtualField {
    pub dataset: String,
    pub name: String,
    pub expression: String,
}

impl VirtualField {
    /// `None` when it says too little.
    fn of(record: &Record) -> Option<Self> {
        let text = |key: &str| record.body.get(key)?.as_str().map(str::to_owned);
        Some(Self {
            dataset: text("dataset")?,
            name: text("name")?,
            expression: text("expression")?,
        })
    }
}

impl RecordKind {
    /// As errors call it.
    pub fn name(self) -> &'static str {
        match self {
            Self::Annotation => "annotation",
            Self::VirtualField => "virtual field",
            Self::SavedQuery => "saved query",
        }
    }

    /// What ids begin with.
    fn prefix(self) -> &'static str {
        match self {
            Self::Annotation => "ann_",
            Self::VirtualField => "vf_",
            Self::SavedQuery => "sq_",
        }
    }
}

type Row = (String, i64, i64, String);

fn record((id, created_nanos, updated_nanos, body): Row) -> Record {
    Record {
        id,
        created_nanos,
        updated_nanos,
        body: serde_json::from_str(&body).unwrap_or_default(),
    }
}

impl Control {
    /// All of a kind, oldest first.
    ///
    /// # Errors
    /// `Unavailable` when the database does not answer.
    pub async fn records(&self, kind: RecordKind) -> Result<Vec<Record>, Error> {
        of_kind(&mut self.database.read().await?, kind).await
    }

    /// The virtual fields of a dataset, oldest first. They are in memory: every query asks.
    pub fn virtual_fields(&self, dataset: &str) -> Vec<VirtualField> {
        let state = self.state();
        let of_dataset = state
            .virtual_fields
            .iter()
            .filter(|field| field.dataset == dataset);
        of_dataset.cloned().collect()
    }

    /// One by its id.
    ///
    /// # Errors
    /// `NotFound`, `Unavailable`.
    pub async fn record(&self, kind: RecordKind, id: &str) -> Result<Record, Error> {
        let mut transaction = self.database.read().await?;
        let rows: Vec<Row> = transaction
            .all(
                "SELECT id, created_nanos, updated_nanos, body FROM throughline_record WHERE kind = $1 AND id = $2",
                &[kind.name().into(), id.into()],
            )
            .await?;
        let row = rows.into_iter().next();
        row.map(record).ok_or_else(|| missing(kind, id))
    }

    /// Keeps a new one.
    ///
    /// # Errors
    /// `Invalid` when it is too long or there are too many, `Unavailable` when the database does not answer.
    pub async fn create_record(&self, kind: RecordKind, body: Value) -> Result<Record, Error> {
        let id = format!("{}{}", kind.prefix(), Uuid::new_v4().simple());
        let body = body.to_string();
        let mut change = self.change().await?;
        check_room(&mut change, kind, &id, &body).await?;
        change
            .execute(
                "INSERT INTO throughline_record (kind, id, created_nanos, updated_nanos, body) VALUES ($1, $2, $3, $3, $4)",
                &[
                    kind.name().into(),
                    (&id).into(),
                    self.clock.now_nanos().into(),
                    (&body).into(),
                ],
            )
            .await?;
        change.commit().await?;
        self.record(kind, &id).await
    }

    /// Puts another in its place.
    ///
    /// # Errors
    /// `Invalid` when it is too long, `NotFound`, `Unavailable`.
    pub async fn update_record(
        &self,
        kind: RecordKind,
        id: &str,
        body: Value,
    ) -> Result<Record, Error> {
        let body = body.to_string();
        let mut change = self.change().await?;
        check_room(&mut change, kind, id, &body).await?;
        change
            .execute(
                "UPDATE throughline_record SET body = $1, updated_nanos = $2 WHERE kind = $3 AND id = $4",
                &[
                    (&body).into(),
                    self.clock.now_nanos().into(),
                    kind.name().into(),
                    id.into(),
                ],
            )
            .await?;
        change.commit().await?;
        self.record(kind, id).await
    }

    /// Removes one.
    ///
    /// # Errors
    /// `NotFound`, `Unavailable`.
    pub async fn delete_record(&self, kind: RecordKind, id: &str) -> Result<(), Error> {
        let mut change = self.change().await?;
        let done = change
            .execute(
                "DELETE FROM throughline_record WHERE kind = $1 AND id = $2",
                &[kind.name().into(), id.into()],
            )
            .await?;
        match done {
            0 => Err(missing(kind, id)),
            _ => change.commit().await,
        }
    }
}

/// All of a kind, oldest first.
async fn of_kind(transaction: &mut Transaction, kind: RecordKind) -> Result<Vec<Record>, Error> {
    let rows: Vec<Row> = transaction
        .all(
            "SELECT id, created_nanos, updated_nanos, body FROM throughline_record
             WHERE kind = $1 ORDER BY created_nanos, id",
            &[kind.name().into()],
        )
        .await?;
    Ok(rows.into_iter().map(record).collect())
}

/// The virtual fields of all datasets, oldest first.
pub(crate) async fn virtual_fields(
    transaction: &mut Transaction,
) -> Result<Vec<VirtualField>, Error> {
    let records = of_kind(transaction, RecordKind::VirtualField).await?;
    Ok(records.iter().filter_map(VirtualField::of).collect())
}

/// Whether this body has room beside the others of its kind, in the place of its own as it was.
async fn check_room(
    change: &mut Change<'_>,
    kind: RecordKind,
    id: &str,
    body: &str,
) -> Result<(), Error> {
    if body.len() > BODY_BYTES_MAX {
        let kib = BODY_BYTES_MAX >> 10;
        let message = format!("a {} has at most {kib} KiB of JSON", kind.name());
        return Err(Error::Invalid(message));
    }
    let (count, bytes): (i64, i64) = change
        .one(
            "SELECT count(*), coalesce(sum(octet_length(body)), 0) FROM throughline_record WHERE kind = $1 AND id <> $2",
            &[kind.name().into(), id.into()],
        )
        .await?;
    if count >= RECORDS_MAX || bytes + body.len() as i64 > KIND_BYTES_MAX {
        let mib = KIND_BYTES_MAX >> 20;
        let message = format!(
            "there are {RECORDS_MAX} of this kind already, or {mib} MiB of them; delete some first"
        );
        return Err(Error::Invalid(message));
    }
    Ok(())
}

fn missing(kind: RecordKind, id: &str) -> Error {
    Error::Missing {
        what: kind.name(),
        name: id.to_owned(),
    }
}
