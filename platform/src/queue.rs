//! Jobs in the database: a job is written in the transaction of what it follows from, leased by one
//! worker at a time, tried again later and later, and buried when it never succeeds. Why not a library:
//! `docs/adr/0003-own-job-queue.md`.

use std::time::Duration;

use serde::{Deserialize, Serialize, Serializer};
use sqlx::{SqliteConnection, SqliteExecutor};
use throughline_telemetry::{jobs, sql};

use crate::clock::Moment;
use crate::db::Db;
use crate::domain::id;
use crate::error::Error;
use crate::jobs::Work;

#[cfg(test)]
mod tests;

/// As `messaging.system` names it in spans.
pub(crate) const SYSTEM: &str = "instainstru.sqlite";
pub(crate) const QUEUE: &str = "default";
/// Longer than any job may run (`worker::RUN_TIME_MAX`), so that a lease ends only with its worker.
const LEASE: Duration = Duration::from_secs(60);
const BACK_OFF_FIRST: Duration = Duration::from_secs(2);
const BACK_OFF_MAX: Duration = Duration::from_secs(5 * 60);

/// When a job is to run, and what makes it the same job.
#[derive(Debug)]
pub(crate) struct When {
    /// A second job with the same key is not written.
    pub(crate) key: Option<String>,
    pub(crate) now: Moment,
    pub(crate) run_at: Moment,
}

/// Writes a job, with the trace context of whoever asks for it. Returns its id, or that of the job that
/// has its key.
pub(crate) async fn enqueue(
    db: &Db,
    on: &mut SqliteConnection,
    work: &Work,
    when: When,
) -> Result<String, sqlx::Error> {
    let id = id::job();
    let job = jobs::Job {
        system: SYSTEM,
        queue: QUEUE,
        name: work.name(),
        id: Some(&id),
        due: (when.run_at > when.now).then(|| when.run_at.into()),
    };
    let insert = async |carrier: jobs::Carrier| {
        let carrier = serde_json::to_string(&carrier).unwrap_or_default();
        // on a conflict the update changes nothing; it makes RETURNING return the row that is there
        let insert = sqlx::query_scalar(
            "INSERT INTO jobs (id, name, args, carrier, idempotency_key, status, attempts_max, run_at, created_at)
             VALUES (?, ?, ?, ?, ?, 'ready', ?, ?, ?)
             ON CONFLICT (idempotency_key) DO UPDATE SET id = jobs.id RETURNING id",
        )
        .bind(&id)
        .bind(work.name())
        .bind(work.args())
        .bind(carrier)
        .bind(when.key)
        .bind(work.attempts_max())
        .bind(when.run_at)
        .bind(when.now);
        db.query("INSERT jobs", insert.fetch_one(on)).await
    };
    jobs::enqueue(&job, sql::kind, insert).await
}

/// A job that this worker holds until its lease ends.
#[derive(Debug, sqlx::FromRow)]
pub(crate) struct Claim {
    pub(crate) id: String,
    pub(crate) name: String,
    pub(crate) args: String,
    carrier: String,
    /// 1 for the first.
    pub(crate) attempt: u32,
    pub(crate) attempts_max: u32,
    leased_by: String,
}

impl Claim {
    /// Empty when it is garbled: the job then starts a trace of its own.
    pub(crate) fn carrier(&self) -> jobs::Carrier {
        serde_json::from_str(&self.carrier).unwrap_or_default()
    }
}

/// Leases the job that has waited longest, if any. Looks before it takes the write lock: an idle worker
/// stands in nobody's way.
pub(crate) async fn claim(
    db: &Db,
    worker: &str,
    now: Moment,
) -> Result<Option<Claim>, sqlx::Error> {
    let due: bool = sqlx::query_scalar(
        "SELECT EXISTS (SELECT 1 FROM jobs WHERE status = 'ready' AND run_at <= ?1)
             OR EXISTS (SELECT 1 FROM jobs WHERE status = 'running' AND lease_until <= ?1)",
    )
    .bind(now)
    .fetch_one(db.reader())
    .await?;
    if !due {
        return Ok(None);
    }
    let mut write = db.begin().await?;
    reclaim(&mut write, now).await?;
    let claim = sqlx::query_as(
        "UPDATE jobs SET status = 'running', attempt = attempt + 1, leased_by = ?1, lease_until = ?2
         WHERE id = (SELECT id FROM jobs WHERE status = 'ready' AND run_at <= ?3 ORDER BY run_at, id LIMIT 1)
         RETURNING id, name, args, carrier, attempt, attempts_max, leased_by",
    )
    .bind(worker)
    .bind(now.after(LEASE))
    .bind(now)
    .fetch_optional(&mut *write)
    .await?;
    write.commit().await?;
    Ok(claim)
}

/// A worker that died counts as a failed attempt: a job that kills its workers ends dead as well.
async fn reclaim(on: &mut SqliteConnection, now: Moment) -> Result<(), sqlx::Error> {
    sqlx::query(
        "UPDATE jobs SET status = CASE WHEN attempt >= attempts_max THEN 'dead' ELSE 'ready' END,
           finished_at = CASE WHEN attempt >= attempts_max THEN ?1 END,
           last_error = 'the worker was lost', leased_by = NULL, lease_until = NULL
         WHERE status = 'running' AND lease_until <= ?1",
    )
    .bind(now)
    .execute(on)
    .await?;
    Ok(())
}

/// Writes down how an attempt went. Whoever lost its lease meanwhile changes nothing.
pub(crate) async fn settle(
    db: &Db,
    claim: &Claim,
    outcome: Result<(), &Error>,
    now: Moment,
) -> Result<(), sqlx::Error> {
    let (status, run_at) = match outcome {
        Ok(()) => ("done", None),
        Err(_) if claim.attempt >= claim.attempts_max => ("dead", None),
        Err(_) => ("ready", Some(now.after(back_off(claim.attempt)))),
    };
    let update = sqlx::query(
        "UPDATE jobs SET status = ?1, run_at = coalesce(?2, run_at), last_error = ?3, leased_by = NULL,
           lease_until = NULL, finished_at = CASE WHEN ?2 IS NULL THEN ?4 END
         WHERE id = ?5 AND status = 'running' AND leased_by = ?6 AND attempt = ?7",
    )
    .bind(status)
    .bind(run_at)
    .bind(outcome.err().map(Error::chain))
    .bind(now)
    .bind(&claim.id)
    .bind(&claim.leased_by)
    .bind(claim.attempt);
    db.query("UPDATE jobs", update.execute(db.writer())).await?;
    Ok(())
}

/// 2 s, 4 s, 8 s … 5 min.
fn back_off(attempt: u32) -> Duration {
    BACK_OFF_FIRST
        .saturating_mul(1 << (attempt - 1).min(16))
        .min(BACK_OFF_MAX)
}

#[derive(Clone, Copy, Debug, Serialize, Deserialize, sqlx::Type)]
#[serde(rename_all = "snake_case")]
#[sqlx(rename_all = "snake_case")]
pub(crate) enum Status {
    Ready,
    Running,
    Done,
    Dead,
}

/// A job as an operator sees it.
#[derive(Debug, Serialize, sqlx::FromRow)]
pub(crate) struct Job {
    pub(crate) id: String,
    pub(crate) name: String,
    #[serde(serialize_with = "as_json")]
    pub(crate) args: String,
    pub(crate) status: Status,
    pub(crate) attempt: u32,
    pub(crate) attempts_max: u32,
    pub(crate) run_at: Moment,
    pub(crate) last_error: Option<String>,
    pub(crate) created_at: Moment,
    pub(crate) finished_at: Option<Moment>,
}

/// The arguments are JSON within JSON otherwise.
fn as_json<S: Serializer>(args: &str, serializer: S) -> Result<S::Ok, S::Error> {
    serde_json::from_str::<serde_json::Value>(args)
        .unwrap_or_default()
        .serialize(serializer)
}

/// Newest first.
pub(crate) async fn list(
    db: &Db,
    status: Option<Status>,
    name: Option<&str>,
    limit: i64,
) -> Result<Vec<Job>, sqlx::Error> {
    let select = sqlx::query_as(
        "SELECT * FROM jobs WHERE (?1 IS NULL OR status = ?1) AND (?2 IS NULL OR name = ?2)
         ORDER BY created_at DESC, id DESC LIMIT ?3",
    );
    db.query(
        "SELECT jobs",
        select
            .bind(status)
            .bind(name)
            .bind(limit)
            .fetch_all(db.reader()),
    )
    .await
}

pub(crate) async fn find(
    db: &Db,
    on: impl SqliteExecutor<'_>,
    id: &str,
) -> Result<Option<Job>, sqlx::Error> {
    let select = sqlx::query_as("SELECT * FROM jobs WHERE id = ?");
    db.query("SELECT jobs", select.bind(id).fetch_optional(on))
        .await
}

/// Digs a dead job up, with all its attempts before it. False when it is not dead.
pub(crate) async fn retry(db: &Db, id: &str, now: Moment) -> Result<bool, sqlx::Error> {
    let update = sqlx::query(
        "UPDATE jobs SET status = 'ready', attempt = 0, run_at = ?, finished_at = NULL WHERE id = ? AND status = 'dead'",
    );
    Ok(db
        .query(
            "UPDATE jobs",
            update.bind(now).bind(id).execute(db.writer()),
        )
        .await?
        .rows_affected()
        == 1)
}

/// Forgets jobs that were done before `before`, and with them their idempotency keys. Dead jobs stay.
pub(crate) async fn prune(db: &Db, before: Moment) -> Result<u64, sqlx::Error> {
    let delete = sqlx::query("DELETE FROM jobs WHERE status = 'done' AND finished_at < ?");
    Ok(db
        .query("DELETE jobs", delete.bind(before).execute(db.writer()))
        .await?
        .rows_affected())
}
