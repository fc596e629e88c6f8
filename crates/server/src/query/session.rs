//! What DataFusion may use, and how it reads: one state, cloned for each query.

use super::counted::Counted;
use super::engine::THREADS;
use super::groups::GroupByKeys;
use super::yields::Yields;
use crate::config::Limits;
use datafusion::error::Result;
use datafusion::execution::disk_manager::{DiskManagerBuilder, DiskManagerMode};
use datafusion::execution::memory_pool::FairSpillPool;
use datafusion::execution::runtime_env::{RuntimeEnv, RuntimeEnvBuilder};
use datafusion::execution::{SessionState, SessionStateBuilder};
use datafusion::physical_optimizer::optimizer::PhysicalOptimizer;
use datafusion::prelude::SessionConfig;
use std::path::Path;
use std::sync::Arc;

/// All queries together use at most `query_memory_bytes_max`, then the directory `spill`.
pub(super) fn state(limits: &Limits, spill: &Path) -> Result<SessionState> {
    let mut rules = PhysicalOptimizer::default().rules;
    rules.insert(0, Arc::new(Counted));
    Ok(SessionStateBuilder::new()
        .with_config(session_config())
        .with_runtime_env(resources(limits, spill)?)
        .with_default_features()
        .with_physical_optimizer_rules(rules)
        .with_physical_optimizer_rule(Arc::new(apl::ByTrace))
        .with_physical_optimizer_rule(Arc::new(GroupByKeys))
        .with_physical_optimizer_rule(Arc::new(Yields))
        .build())
}

fn session_config() -> SessionConfig {
    let mut config = SessionConfig::new()
        .with_target_partitions(THREADS)
        .with_information_schema(false);
    let execution = &mut config.options_mut().execution;
    // A comparison is never null in the plan of the language; the engine's own expressions for it may be, by what they
    // say of themselves, and a check of its plans takes that for a fault.
    execution.skip_physical_aggregate_schema_check = true;
    let parquet = &mut execution.parquet;
    parquet.pushdown_filters = true;
    parquet.reorder_filters = true;
    config
}

fn resources(limits: &Limits, spill: &Path) -> Result<Arc<RuntimeEnv>> {
    let disk = DiskManagerBuilder::default()
        .with_mode(DiskManagerMode::Directories(vec![spill.to_owned()]))
        .with_max_temp_directory_size(limits.query_spill_bytes_max);
    let resources = RuntimeEnvBuilder::new()
        .with_memory_pool(Arc::new(FairSpillPool::new(limits.query_memory_bytes_max)))
        .with_disk_manager_builder(disk)
        .build_arc()?;
    Ok(resources)
}
