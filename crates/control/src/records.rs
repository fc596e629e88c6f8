//! Annotations, virtual fields, saved queries: JSON objects that clients make, change and read again. What they hold
//! is their door's to check.

use crate::{Control, Error};
use serde_json::Value;
use std::sync::PoisonError;
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
    /// `Unavailable` when the file does not answer.
    pub async fn records(&self, kind: RecordKind) -> Result<Vec<Record>, Error> {
        let rows: Vec<Row> = sqlx::query_as(
            "SELECT id, created_nanos, updated_nanos, body FROM record WHERE kind = ? ORDER BY created_nanos, id",
        )
        .bind(kind.name())
        .fetch_all(&self.pool)
        .await
        .map_err(Error::sql("read"))?;
        Ok(rows.into_iter().map(record).collect())
    }

    /// The virtual fields of a dataset, oldest first. They are in memory: every query asks.
    pub fn virtual_fields(&self, dataset: &str) -> Vec<VirtualField> {
        let all = self
            .virtual_fields
            .read()
            .unwrap_or_else(PoisonError::into_inner);
        let of_dataset = all.iter().filter(|field| field.dataset == dataset);
        of_dataset.cloned().collect()
    }

    /// Takes the virtual fields into memory. No other process changes them.
    pub(crate) async fn load_virtual_fields(&self) -> Result<(), Error> {
        let records = self.records(RecordKind::VirtualField).await?;
        let fields = records.iter().filter_map(VirtualField::of).collect();
        *self
            .virtual_fields
            .write()
            .unwrap_or_else(PoisonError::into_inner) = fields;
        Ok(())
    }

    async fn changed(&self, kind: RecordKind) -> Result<(), Error> {
        match kind {
            RecordKind::VirtualField => self.load_virtual_fields().await,
            RecordKind::Annotation | RecordKind::SavedQuery => Ok(()),
        }
    }

    /// One by its id.
    ///
    /// # Errors
    /// `NotFound`, `Unavailable`.
    pub async fn record(&self, kind: RecordKind, id: &str) -> Result<Record, Error> {
        let row: Option<Row> = sqlx::query_as(
            "SELECT id, created_nanos, updated_nanos, body FROM record WHERE kind = ? AND id = ?",
        )
        .bind(kind.name())
        .bind(id)
        .fetch_optional(&self.pool)
        .await
        .map_err(Error::sql("read"))?;
        row.map(record).ok_or_else(|| missing(kind, id))
    }

    /// Whether this body has room beside the others of its kind, in the place of its own as it was.
    async fn check_room(&self, kind: RecordKind, id: &str, body: &str) -> Result<(), Error> {
        if body.len() > BODY_BYTES_MAX {
            let kib = BODY_BYTES_MAX >> 10;
            let message = format!("a {} has at most {kib} KiB of JSON", kind.name());
            return Err(Error::Invalid(message));
        }
        let (count, bytes): (i64, i64) = sqlx::query_as(
            "SELECT count(*), coalesce(sum(length(CAST(body AS BLOB))), 0) FROM record WHERE kind = ? AND id <> ?",
        )
        .bind(kind.name())
        .bind(id)
        .fetch_one(&self.pool)
        .await
        .map_err(Error::sql("read"))?;
        if count >= RECORDS_MAX || bytes + body.len() as i64 > KIND_BYTES_MAX {
            let mib = KIND_BYTES_MAX >> 20;
            let message = format!(
                "there are {RECORDS_MAX} of this kind already, or {mib} MiB of them; delete some first"
            );
            return Err(Error::Invalid(message));
        }
        Ok(())
    }

    /// Keeps a new one.
    ///
    /// # Errors
    /// `Invalid` when it is too long or there are too many, `Unavailable` when the file does not answer.
    pub async fn create_record(&self, kind: RecordKind, body: Value) -> Result<Record, Error> {
        let _changing = self.changing.lock().await;
        let id = format!("{}{}", kind.prefix(), Uuid::new_v4().simple());
        let body = body.to_string();
        self.check_room(kind, &id, &body).await?;
        let now_nanos = self.clock.now_nanos();
        sqlx::query(
            "INSERT INTO record (kind, id, created_nanos, updated_nanos, body) VALUES (?1, ?2, ?3, ?3, ?4)",
        )
        .bind(kind.name())
        .bind(&id)
        .bind(now_nanos)
        .bind(body)
        .execute(&self.pool)
        .await
        .map_err(Error::sql("write"))?;
        self.changed(kind).await?;
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
        let _changing = self.changing.lock().await;
        let body = body.to_string();
        self.check_room(kind, id, &body).await?;
        sqlx::query("UPDATE record SET body = ?, updated_nanos = ? WHERE kind = ? AND id = ?")
            .bind(body)
            .bind(self.clock.now_nanos())
            .bind(kind.name())
            .bind(id)
            .execute(&self.pool)
            .await
            .map_err(Error::sql("write"))?;
        self.changed(kind).await?;
        self.record(kind, id).await
    }

    /// Removes one.
    ///
    /// # Errors
    /// `NotFound`, `Unavailable`.
    pub async fn delete_record(&self, kind: RecordKind, id: &str) -> Result<(), Error> {
        let _changing = self.changing.lock().await;
        let done = sqlx::query("DELETE FROM record WHERE kind = ? AND id = ?")
            .bind(kind.name())
            .bind(id)
            .execute(&self.pool)
            .await
            .map_err(Error::sql("write"))?;
        match done.rows_affected() {
            0 => Err(missing(kind, id)),
            _ => self.changed(kind).await,
        }
    }
}

fn missing(kind: RecordKind, id: &str) -> Error {
    Error::Missing {
        what: kind.name(),
        name: id.to_owned(),
    }
}
