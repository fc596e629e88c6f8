//! Datasets as the compiler asks for them: each opened once, at the moment of the query, so that a query
//! that names a dataset twice sees the same spans twice.

use super::DATASET_DEFAULT;
use datafusion::catalog::TableProvider;
use datafusion::datasource::empty::EmptyTable;
use model::span;
use std::collections::HashMap;
use std::fmt;
use std::sync::{Arc, Mutex, PoisonError};
use store::Store;
use tokio::runtime::Handle;

/// A view of the store for one query. Its answers block: it is used on a thread that may.
pub(super) struct Snapshot {
    store: Arc<Store>,
    runtime: Handle,
    taken: Mutex<HashMap<String, Arc<dyn TableProvider>>>,
    failure: Mutex<Option<store::Error>>,
}

impl Snapshot {
    /// `runtime` is the one that the store was opened on.
    pub(super) fn new(store: Arc<Store>, runtime: Handle) -> Self {
        Self {
            store,
            runtime,
            taken: Mutex::default(),
            failure: Mutex::default(),
        }
    }

    /// An error of the store that a compiler took for an unknown dataset.
    pub(super) fn failure(&self) -> Option<store::Error> {
        self.failure
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .take()
    }
}

impl apl::Datasets for Snapshot {
    fn table(&self, name: &str) -> Option<Arc<dyn TableProvider>> {
        let mut taken = self.taken.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(table) = taken.get(name) {
            return Some(Arc::clone(table));
        }
        match self.runtime.block_on(self.store.table(name)) {
            Ok(table) => {
                // Before its first span the default dataset is empty, not unknown.
                let empty =
                    || -> Arc<dyn TableProvider> { Arc::new(EmptyTable::new(span::schema())) };
                let table = table.or_else(|| (name == DATASET_DEFAULT).then(empty))?;
                taken.insert(name.to_owned(), Arc::clone(&table));
                Some(table)
            }
            Err(error) => {
                *self.failure.lock().unwrap_or_else(PoisonError::into_inner) = Some(error);
                None
            }
        }
    }

    fn names(&self) -> Vec<String> {
        // Names are for a message only: an error here is met again where it matters.
        let datasets = self
            .runtime
            .block_on(self.store.datasets())
            .unwrap_or_default();
        let mut names: Vec<String> = datasets.into_iter().map(|dataset| dataset.name).collect();
        if !names.iter().any(|name| name == DATASET_DEFAULT) {
            names.push(DATASET_DEFAULT.to_owned());
        }
        names
    }
}

impl fmt::Debug for Snapshot {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Snapshot").finish_non_exhaustive()
    }
}
