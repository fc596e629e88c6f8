//! Runs a plan. Queries have a runtime of their own: a query that never yields starves other queries at
//! worst, never ingest; and its stacks are deep, since a plan may be.

use super::datasets::Snapshot;
use super::{Error, rows_seen, session};
use crate::config::Limits;
use apl::Plan;
use arrow::array::RecordBatch;
use datafusion::execution::SessionState;
use datafusion::logical_expr::LogicalPlan;
use datafusion::physical_plan::execute_stream;
use futures::StreamExt;
use std::fmt;
use std::path::Path;
use std::sync::Arc;
use std::time::Duration;
use store::Store;
use tokio::runtime::{Handle, Runtime};
use tokio::sync::{Semaphore, SemaphorePermit};
use tokio::task::JoinHandle;
use tokio::time::Instant;

pub(super) const THREADS: usize = 2;
const STACK_BYTES: usize = 16 << 20;

/// The threads, the memory and the turns of queries.
pub(crate) struct Engine {
    /// `None` only while the engine is dropped.
    runtime: Option<Runtime>,
    session: SessionState,
    turns: Semaphore,
    run_max: Duration,
    rows_max: usize,
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
}

impl Rows {
    pub(crate) fn count(&self) -> usize {
        self.batches.iter().map(RecordBatch::num_rows).sum()
    }
}

/// One query's turn; it ends with this value or at its deadline.
#[derive(Debug)]
pub(crate) struct Turn<'a> {
    engine: &'a Engine,
    deadline: Instant,
    _permit: SemaphorePermit<'a>,
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
        let session = session::state(limits.query_memory_bytes_max, spill)?;
        Ok(Self {
            runtime: Some(runtime),
            session,
            turns: Semaphore::new(limits.queries_max),
            run_max: limits.query_run_max,
            rows_max: limits.query_rows_max,
        })
    }

    /// Waits for a turn; the wait counts against the query's time.
    pub(crate) async fn turn(&self) -> Result<Turn<'_>, Error> {
        let deadline = Instant::now() + self.run_max;
        let permit = tokio::time::timeout_at(deadline, self.turns.acquire()).await;
        match permit {
            Ok(Ok(permit)) => Ok(Turn {
                engine: self,
                deadline,
                _permit: permit,
            }),
            Ok(Err(_)) | Err(_) => Err(Error::Busy),
        }
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
        text: String,
        context: apl::Context,
        store: Arc<Store>,
    ) -> Result<Plan, Error> {
        let store_runtime = Handle::current();
        // A thread that may block and that has a deep stack: text can nest.
        let compiling = self.engine.handle()?.spawn_blocking(move || {
            let snapshot = Snapshot::new(store, store_runtime);
            let compiled = apl::compile(&text, &context, &snapshot);
            match snapshot.failure() {
                Some(error) => Err(Error::Store(error)),
                None => compiled.map_err(Error::Mistakes),
            }
        });
        compiling
            .await
            .map_err(|error| Error::Failed(error.to_string()))?
    }

    /// Runs a plan to at most the usual number of rows.
    pub(crate) async fn run(&self, plan: &LogicalPlan) -> Result<Rows, Error> {
        self.run_to(plan, self.engine.rows_max).await
    }

    /// Runs a plan to at most `rows_max` rows. It is stopped when the caller is dropped, as it is when a
    /// client hangs up.
    pub(crate) async fn run_to(&self, plan: &LogicalPlan, rows_max: usize) -> Result<Rows, Error> {
        // The wait for a turn, and compiling, may have taken all the time there is.
        if Instant::now() >= self.deadline {
            return Err(Error::TooSlow(self.engine.run_max));
        }
        let session = self.engine.session.clone();
        let plan = plan.clone();
        let running = self
            .engine
            .handle()?
            .spawn(async move { collect(&session, &plan, rows_max).await });
        let mut running = StoppedOnDrop(running);
        match tokio::time::timeout_at(self.deadline, &mut running.0).await {
            Ok(Ok(rows)) => rows,
            Ok(Err(error)) => Err(Error::Failed(error.to_string())),
            Err(_) => Err(Error::TooSlow(self.engine.run_max)),
        }
    }
}

async fn collect(
    session: &SessionState,
    plan: &LogicalPlan,
    rows_max: usize,
) -> Result<Rows, Error> {
    let physical = session.create_physical_plan(plan).await?;
    let mut stream = execute_stream(Arc::clone(&physical), session.task_ctx())?;
    let mut rows = Rows {
        batches: Vec::new(),
        examined: 0,
        matched: 0,
        cut: false,
    };
    let mut left = rows_max;
    while let Some(batch) = stream.next().await {
        let batch = batch?;
        rows.cut = batch.num_rows() > left;
        let kept = batch.num_rows().min(left);
        left -= kept;
        if kept > 0 {
            rows.batches.push(batch.slice(0, kept));
        }
        if rows.cut {
            break;
        }
    }
    drop(stream);
    let seen = rows_seen::of(physical.as_ref());
    (rows.examined, rows.matched) = (seen.examined, seen.matched);
    Ok(rows)
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
