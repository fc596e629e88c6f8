//! Datasets as the compiler asks for them: each opened once, at the moment of the query, so that a query
//! that names a dataset twice sees the same rows twice. A dataset that the caller may not read is not there.

use super::{Cursor, DATASET_DEFAULT, Error, events};
use apl::VirtualField;
use control::{Caller, Control, Kind};
use datafusion::catalog::TableProvider;
use datafusion::datasource::empty::EmptyTable;
use datafusion::error::DataFusionError;
use datafusion::logical_expr::Expr;
use model::span;
use std::collections::{BTreeSet, HashMap};
use std::fmt;
use std::sync::{Arc, Mutex, PoisonError};
use store::Store;
use tokio::runtime::Handle;

/// What one caller may see.
#[derive(Clone, Debug)]
pub(crate) struct Sight {
    pub(crate) store: Arc<Store>,
    pub(crate) control: Arc<Control>,
    pub(crate) caller: Caller,
    /// Of a query's first source only the rows behind it.
    pub(crate) behind: Option<Cursor>,
}

/// A dataset, known to the store, to the control data, or to both.
#[derive(Clone, Debug)]
pub(crate) struct Known {
    pub(crate) name: String,
    pub(crate) description: String,
    pub(crate) kind: Kind,
    pub(crate) created_nanos: i64,
    pub(crate) updated_nanos: i64,
    /// Of its data files and its buffer; `None` before its first row.
    pub(crate) stored: Option<store::Dataset>,
}

impl Sight {
    /// All datasets there are, by name, whether the caller may see them or not.
    pub(crate) async fn all(&self) -> Result<Vec<Known>, store::Error> {
        let mut stored = self.store.datasets().await?;
        let mut all: Vec<Known> = self
            .control
            .datasets()
            .into_iter()
            .map(|described| {
                let at = stored
                    .iter()
                    .position(|stored| stored.name.eq_ignore_ascii_case(&described.name));
                Known {
                    name: described.name,
                    description: described.description,
                    kind: described.kind,
                    created_nanos: described.created_nanos,
                    updated_nanos: described.updated_nanos,
                    stored: at.map(|at| stored.swap_remove(at)),
                }
            })
            .collect();
        // What was deleted is there again when it has rows.
        stored.retain(|stored| stored.rows > 0 || !self.control.is_deleted(&stored.name));
        all.extend(stored.into_iter().map(|stored| Known {
            name: stored.name.clone(),
            description: String::new(),
            kind: Kind::Traces,
            created_nanos: stored.created_nanos,
            updated_nanos: stored.created_nanos,
            stored: Some(stored),
        }));
        all.sort_by(|a, b| a.name.cmp(&b.name));
        Ok(all)
    }

    /// The names of all datasets, whether the caller may see them or not.
    pub(super) async fn names(&self) -> Result<BTreeSet<String>, store::Error> {
        let names = self.all().await?.into_iter().map(|known| known.name);
        Ok(names.chain([DATASET_DEFAULT.to_owned()]).collect())
    }

    /// One of them.
    pub(crate) async fn one(&self, name: &str) -> Result<Option<Known>, store::Error> {
        let all = self.all().await?;
        Ok(all.into_iter().find(|known| known.name == name))
    }

    /// The virtual fields of a dataset that the caller may read.
    pub(super) fn virtual_fields(&self, dataset: &str) -> Vec<VirtualField> {
        let fields = self.control.virtual_fields(dataset).into_iter();
        fields
            .map(|field| VirtualField {
                name: field.name,
                expression: field.expression,
            })
            .collect()
    }

    /// A dataset as a table with the fields of its rows; `None` when there is none of that name.
    pub(super) async fn table(&self, name: &str) -> Result<Option<Arc<dyn TableProvider>>, Error> {
        let described = self.control.dataset(name).filter(|it| it.name == name);
        let is_gone = described.is_none() && self.control.is_deleted(name);
        if is_gone && self.one(name).await?.is_none() {
            return Ok(None);
        }
        let table = self.store.table(name).await?;
        // Before its first row a dataset that was made is empty, not unknown; so is the default one.
        let is_there = described.is_some() || name == DATASET_DEFAULT;
        let empty = || -> Arc<dyn TableProvider> { Arc::new(EmptyTable::new(span::schema())) };
        let Some(table) = table.or_else(|| is_there.then(empty)) else {
            return Ok(None);
        };
        let failed = |error: DataFusionError| Error::Failed(error.to_string());
        Ok(Some(match self.control.event_fields(name) {
            Some(fields) => events::view(table, &fields).map_err(failed)?,
            None => table,
        }))
    }
}

/// A view of the store for one query. Its answers block: it is used on a thread that may.
pub(super) struct Snapshot {
    sight: Sight,
    runtime: Handle,
    taken: Mutex<HashMap<String, Arc<dyn TableProvider>>>,
    failure: Mutex<Option<Error>>,
}

impl Snapshot {
    /// `runtime` is the one that the store was opened on.
    pub(super) fn new(sight: Sight, runtime: Handle) -> Self {
        Self {
            sight,
            runtime,
            taken: Mutex::default(),
            failure: Mutex::default(),
        }
    }

    /// What a compiler took for an unknown dataset: an error of the store, or a dataset that the caller may not
    /// read.
    pub(super) fn failure(&self) -> Option<Error> {
        self.failure
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .take()
    }

    fn fail(&self, error: Error) {
        *self.failure.lock().unwrap_or_else(PoisonError::into_inner) = Some(error);
    }
}

impl apl::Datasets for Snapshot {
    fn table(&self, name: &str) -> Option<Arc<dyn TableProvider>> {
        // Before it is known whether there is one.
        if !self.sight.caller.may_query(name) {
            self.fail(Error::Denied(name.to_owned()));
            return None;
        }
        let mut taken = self.taken.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(table) = taken.get(name) {
            return Some(Arc::clone(table));
        }
        match self.runtime.block_on(self.sight.table(name)) {
            Ok(table) => {
                let table = table?;
                taken.insert(name.to_owned(), Arc::clone(&table));
                Some(table)
            }
            Err(error) => {
                self.fail(error);
                None
            }
        }
    }

    fn page(&self, field: &dyn Fn(&str) -> Option<Expr>) -> Result<Vec<Expr>, String> {
        let behind = self.sight.behind.as_ref();
        behind.map_or_else(|| Ok(Vec::new()), |cursor| cursor.rest(field))
    }

    /// Asked for after the table was given: the caller may read it.
    fn virtual_fields(&self, dataset: &str) -> Vec<VirtualField> {
        self.sight.virtual_fields(dataset)
    }

    fn names(&self) -> Vec<String> {
        // Names are for a message only: an error here is met again where it matters.
        let names = self.runtime.block_on(self.sight.names());
        let names = names.unwrap_or_default().into_iter();
        names
            .filter(|name| self.sight.caller.may_query(name))
            .collect()
    }
}

impl fmt::Debug for Snapshot {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Snapshot").finish_non_exhaustive()
    }
}
