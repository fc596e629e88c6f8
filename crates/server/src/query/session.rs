//! What DataFusion may use, and how it reads: one state, cloned for each query.

use super::Error;
use super::engine::THREADS;
use datafusion::execution::disk_manager::{DiskManagerBuilder, DiskManagerMode};
use datafusion::execution::memory_pool::FairSpillPool;
use datafusion::execution::runtime_env::{RuntimeEnv, RuntimeEnvBuilder};
use datafusion::execution::{SessionState, SessionStateBuilder};
use datafusion::prelude::SessionConfig;
use std::path::Path;
use std::sync::Arc;

/// What queries may put on disk when their memory does not suffice.
const SPILL_BYTES_MAX: u64 = 1 << 30;

/// All queries together use at most `memory_bytes_max`, then the directory `spill`.
pub(super) fn state(memory_bytes_max: usize, spill: &Path) -> Result<SessionState, Error> {
    Ok(SessionStateBuilder::new()
        .with_config(session_config())
        .with_runtime_env(resources(memory_bytes_max, spill)?)
        .with_default_features()
        .build())
}

fn session_config() -> SessionConfig {
    let mut config = SessionConfig::new()
        .with_target_partitions(THREADS)
        .with_information_schema(false);
    let parquet = &mut config.options_mut().execution.parquet;
    parquet.pushdown_filters = true;
    parquet.reorder_filters = true;
    config
}

fn resources(memory_bytes_max: usize, spill: &Path) -> Result<Arc<RuntimeEnv>, Error> {
    let disk = DiskManagerBuilder::default()
        .with_mode(DiskManagerMode::Directories(vec![spill.to_owned()]))
        .with_max_temp_directory_size(SPILL_BYTES_MAX);
    let resources = RuntimeEnvBuilder::new()
        .with_memory_pool(Arc::new(FairSpillPool::new(memory_bytes_max)))
        .with_disk_manager_builder(disk)
        .build_arc()?;
    Ok(resources)
}
