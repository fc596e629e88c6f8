//! Runs a plan. Queries have a runtime of their own, up to the last byte of the answer: a query that never
//! yields holds up other queries and takes its share of the processors, but none of ingest's threads; and
//! its stacks are deep, since a plan may be.
//!
//! A deadline stops a plan where it waits for its next batch; joins wait now and then (`yields`). Compiling and planning cannot be interrupted,
//! only left to end by themselves: `apl` bounds what a text may expand to, so that they end soon. A fault that ends the process (a stack that
//! overflows, memory that is not there) ends ingest with it, until queries have a process of their own that
//! can be killed.

use super::datasets::{Sight, Snapshot};
use super::rows_seen::Seen;
use super::{Error, Language, answer_bytes, explain, late, rows_seen, session};
use crate::config::Limits;
use apl::Plan;
use arrow::array::RecordBatch;
use datafusion::execution::SessionState;
use datafusion::logical_expr::LogicalPlan;
use datafusion::physical_plan::{self, execute_stream};
use futures::StreamExt;
use std::borrow::Cow;
use std::fmt;
use std::path::Path;
use std::sync::Arc;
use std::time::Duration;
use tokio::runtime::{Handle, Runtime};
use tokio::sync::{OwnedSemaphorePermit, Semaphore};
use tokio::task::JoinHandle;
use tokio::time::Instant;

pub(super) const THREADS: usize = 2;
const STACK_BYTES: usize = 16 << 20;
/// Texts that are looked at for editors at a time, beside the queries.
const LOOKS_MAX: usize = 4;

/// The threads, the memory and the turns of queries.
pub(crate) struct Engine {
    /// `None` only while the engine is dropped.
    runtime: Option<Runtime>,
    session: SessionState,
    turns: Arc<Semaphore>,
    looks: Arc<Semaphore>,
    run_max: Duration,
    spill_bytes_max: u64,
    most: Most,
}

/// How much one plan may give.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Most {
    pub(crate) rows: usize,
    /// As long as an answer with these rows is at least.
    pub(crate) bytes: usize,
}

/// The rows of a finished plan.
#[derive(Debug)]
pub(crate) struct Rows {
    pub(crate) batches: Vec<RecordBatch>,
    /// Rows read from the dataset.
    pub(crate) examined: u64,
    /// Rows that passed the filters, before any grouping.
    pub(crate) matched: u64,
    /// There were more rows than one answer may have.
    pub(crate) cut: bool,
    /// There were more bytes than one answer may have.
    pub(crate) full: bool,
}

impl Rows {
    pub(crate) fn count(&self) -> usize {
        self.batches.iter().map(RecordBatch::num_rows).sum()
    }
}

/// One query's turn. It ends with this value, but not before what was started for it on the query threads:
/// a client that hangs up in the middle of an answer makes no room for another one yet.
#[derive(Debug)]
pub(crate) struct Turn<'a> {
    engine: &'a Engine,
    deadline: Instant,
    permit: Arc<OwnedSemaphorePermit>,
}

impl Engine {
    /// `spill` is a directory for what does not fit into memory; it is made when needed.
    pub(crate) fn new(limits: &Limits, spill: &Path) -> Result<Self, Error> {
        let runtime = tokio::runtime::Builder::new_multi_thread()
            .worker_threads(THREADS)
            .thread_name("query")
            .thread_stack_size(STACK_BYTES)
            .enable_all()
            .build()
            .map_err(|error| Error::Failed(error.to_string()))?;
        let session =
            session::state(limits, spill).map_err(|error| Error::Failed(error.to_string()))?;
        Ok(Self {
            runtime: Some(runtime),
            session,
            turns: Arc::new(Semaphore::new(limits.queries_max)),
            looks: Arc::new(Semaphore::new(LOOKS_MAX)),
            run_max: limits.query_run_max,
            spill_bytes_max: limits.query_spill_bytes_max,
            most: Most {
                rows: limits.query_rows_max,
                bytes: limits.query_response_bytes_max,
            },
        })
    }

    /// Waits for a turn; the wait counts against the query's time.
    pub(crate) async fn turn(&self) -> Result<Turn<'_>, Error> {
        let deadline = Instant::now() + self.run_max;
        let turns = Arc::clone(&self.turns);
        let permit = tokio::time::timeout_at(deadline, turns.acquire_owned()).await;
        match permit {
            Ok(Ok(permit)) => Ok(Turn {
                engine: self,
                deadline,
                permit: Arc::new(permit),
            }),
            Ok(Err(_)) | Err(_) => Err(Error::Busy),
        }
    }

    /// Looks at a text for an editor, on a thread that may block and that has a deep stack. Nobody waits for the queries
    /// that run.
    pub(crate) async fn look<T: Send + 'static>(
        &self,
        look: impl FnOnce() -> T + Send + 'static,
    ) -> Result<T, Error> {
        let permit = Arc::clone(&self.looks).acquire_owned();
        let Ok(Ok(permit)) = tokio::time::timeout(self.run_max, permit).await else {
            return Err(Error::Busy);
        };
        let looking = self.handle()?.spawn_blocking(move || {
            let _held = permit;
            look()
        });
        looking
            .await
            .map_err(|error| Error::Failed(error.to_string()))
    }

    fn handle(&self) -> Result<&Handle, Error> {
        let stopped = || Error::Failed("the server is shutting down".to_owned());
        self.runtime
            .as_ref()
            .map(Runtime::handle)
            .ok_or_else(stopped)
    }
}

impl Turn<'_> {
    /// Compiles a query over the store as it is now. Call it on the runtime that opened the store.
    pub(crate) async fn compile(
        &self,
        language: Language,
        text: String,
        context: apl::Context,
        sight: Sight,
    ) -> Result<Plan, Error> {
        let store_runtime = Handle::current();
        // A thread that may block and that has a deep stack: text can nest.
        let permit = Arc::clone(&self.permit);
        let compiling = self.engine.handle()?.spawn_blocking(move || {
            let _held = permit;
            let snapshot = Snapshot::new(sight, store_runtime);
            let compiled = language.compile(&text, &context, &snapshot);
            match snapshot.failure() {
                Some(error) => Err(error),
                None => compiled.map_err(Error::Mistakes),
            }
        });
        match tokio::time::timeout_at(self.deadline, compiling).await {
            Ok(Ok(compiled)) => compiled,
            Ok(Err(error)) => Err(Error::Failed(error.to_string())),
            Err(_) => Err(Error::TooSlow(self.engine.run_max)),
        }
    }

    /// Runs a plan to at most the usual number of rows, or to its default limit: it gives one row more
    /// than that, so that a cut is known to be one. Too many bytes are an error.
    pub(crate) async fn run(
        &self,
        plan: &LogicalPlan,
        default_limit: Option<usize>,
    ) -> Result<Rows, Error> {
        let mut most = self.engine.most;
        most.rows = default_limit.map_or(most.rows, |limit| limit.min(most.rows));
        let rows = self.run_to(plan, most).await?;
        if rows.full {
            return Err(Error::AnswerTooLarge(most.bytes));
        }
        Ok(rows)
    }

    /// Runs a plan until it ends or gave the most, but at least one row. It is stopped when the caller is
    /// dropped, as it is when a client hangs up.
    pub(crate) async fn run_to(&self, plan: &LogicalPlan, most: Most) -> Result<Rows, Error> {
        // The wait for a turn, and compiling, may have taken all the time there is.
        if Instant::now() >= self.deadline {
            return Err(Error::TooSlow(self.engine.run_max));
        }
        let session = self.engine.session.clone();
        let spill_bytes_max = self.engine.spill_bytes_max;
        let plan = plan.clone();
        let permit = Arc::clone(&self.permit);
        let running = self.engine.handle()?.spawn(async move {
            let _held = permit;
            let rows = collect(&session, &plan, most).await;
            rows.map_err(|error| Error::of_run(&error, spill_bytes_max))
        });
        let mut running = StoppedOnDrop(running);
        match tokio::time::timeout_at(self.deadline, &mut running.0).await {
            Ok(Ok(rows)) => rows,
            Ok(Err(error)) => Err(Error::Failed(error.to_string())),
            Err(_) => Err(Error::TooSlow(self.engine.run_max)),
        }
    }

    /// What a plan would do, in words.
    pub(crate) async fn explain(&self, plan: &LogicalPlan) -> Result<String, Error> {
        let (session, plan) = (self.engine.session.clone(), plan.clone());
        let permit = Arc::clone(&self.permit);
        let explaining = self.engine.handle()?.spawn(async move {
            let _held = permit;
            let explained = explain::explain(&session, &plan).await;
            explained.map_err(|error| Error::of_run(&error, 0))
        });
        let mut explaining = StoppedOnDrop(explaining);
        match tokio::time::timeout_at(self.deadline, &mut explaining.0).await {
            Ok(Ok(explained)) => explained,
            Ok(Err(error)) => Err(Error::Failed(error.to_string())),
            Err(_) => Err(Error::TooSlow(self.engine.run_max)),
        }
    }

    /// Ends the turn with what is made of its rows, on a thread of the queries: answers are long.
    pub(crate) async fn end<T: Send + 'static>(
        self,
        make: impl FnOnce() -> T + Send + 'static,
    ) -> Result<T, Error> {
        let permit = self.permit;
        let making = self.engine.handle()?.spawn_blocking(move || {
            let _held = permit;
            make()
        });
        making
            .await
            .map_err(|error| Error::Failed(error.to_string()))
    }
}

async fn collect(
    session: &SessionState,
    plan: &LogicalPlan,
    most: Most,
) -> datafusion::error::Result<Rows> {
    let Narrowed {
        plan,
        seen,
        looked_at,
    } = narrowed(session, plan).await?;
    let physical = session.create_physical_plan(&plan).await?;
    let mut stream = execute_stream(Arc::clone(&physical), session.task_ctx())?;
    let mut rows = Rows {
        batches: Vec::new(),
        examined: 0,
        matched: 0,
        cut: false,
        full: false,
    };
    let mut left = most;
    while let Some(batch) = stream.next().await {
        let batch = batch?;
        rows.cut = batch.num_rows() > left.rows;
        let batch = batch.slice(0, batch.num_rows().min(left.rows));
        let (mut kept, bytes) = answer_bytes::fit(&batch, left.bytes);
        rows.full = kept < batch.num_rows();
        if kept == 0 && rows.batches.is_empty() {
            kept = batch.num_rows().min(1);
        }
        left.rows -= kept;
        left.bytes = left.bytes.saturating_sub(bytes);
        if kept > 0 {
            rows.batches.push(batch.slice(0, kept));
        }
        if rows.cut || rows.full {
            break;
        }
    }
    drop(stream);
    let seen = seen.unwrap_or_else(|| rows_seen::of(physical.as_ref()));
    // The newest are among all of them: no row is counted twice.
    (rows.examined, rows.matched) = (looked_at.max(seen.examined), seen.matched);
    Ok(rows)
}

/// The plan to run: over the rows of the answer alone when those are to be found first.
struct Narrowed<'p> {
    plan: Cow<'p, LogicalPlan>,
    /// What it took to find them.
    seen: Option<Seen>,
    /// The newest rows that were looked at before, and were too few.
    looked_at: u64,
}

async fn narrowed<'p>(
    session: &SessionState,
    plan: &'p LogicalPlan,
) -> datafusion::error::Result<Narrowed<'p>> {
    let whole = |looked_at| Narrowed {
        plan: Cow::Borrowed(plan),
        seen: None,
        looked_at,
    };
    let Some(late) = late::of(plan) else {
        return Ok(whole(0));
    };
    let mut looked_at = 0;
    if let Some(keys) = late.newest_keys()? {
        let keys = session.create_physical_plan(&keys).await?;
        let found = physical_plan::collect(Arc::clone(&keys), session.task_ctx()).await?;
        let count: usize = found.iter().map(RecordBatch::num_rows).sum();
        let seen = rows_seen::of(keys.as_ref());
        if count >= late.rows() {
            return Ok(Narrowed {
                plan: Cow::Owned(late.plan(&found)?),
                seen: Some(seen),
                looked_at,
            });
        }
        looked_at = seen.examined;
        if !late::reads_much(keys.as_ref()) {
            // An index knows what is asked for: it will of the older rows, too.
            return Ok(whole(looked_at));
        }
    }
    let keys = session.create_physical_plan(&late.keys()?).await?;
    if !late::reads_much(keys.as_ref()) {
        return Ok(whole(looked_at));
    }
    let found = physical_plan::collect(Arc::clone(&keys), session.task_ctx()).await?;
    Ok(Narrowed {
        plan: Cow::Owned(late.plan(&found)?),
        seen: Some(rows_seen::of(keys.as_ref())),
        looked_at,
    })
}

/// A task that ends with its owner.
struct StoppedOnDrop<T>(JoinHandle<T>);

impl<T> Drop for StoppedOnDrop<T> {
    fn drop(&mut self) {
        self.0.abort();
    }
}

impl Drop for Engine {
    fn drop(&mut self) {
        // A runtime may not be waited for inside another one; what still runs has nobody to answer.
        if let Some(runtime) = self.runtime.take() {
            runtime.shutdown_background();
        }
    }
}

impl fmt::Debug for Engine {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Engine")
            .field("run_max", &self.run_max)
            .finish_non_exhaustive()
    }
}
