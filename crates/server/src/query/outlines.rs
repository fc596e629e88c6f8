//! What datasets look like, for editors: fields and custom keys, kept for some seconds, so that a key stroke costs no look at
//! the store.

use super::{Error, Sight};
use arrow::datatypes::SchemaRef;
use datafusion::catalog::TableProvider;
use datafusion::datasource::empty::EmptyTable;
use std::collections::HashMap;
use std::fmt;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use tokio::runtime::Handle;

/// So long a new field may not be offered yet.
const FRESH_NANOS: i64 = 5_000_000_000;
/// As many as the store takes, and some that are gone.
const KEPT_MAX: usize = 200;

/// The fields of a dataset.
#[derive(Debug)]
struct Outline {
    schema: SchemaRef,
    keys: Arc<[apl::Key]>,
}

/// What was looked at last, for all callers.
#[derive(Debug, Default)]
pub(crate) struct Outlines {
    kept: Mutex<Kept>,
}

#[derive(Debug, Default)]
struct Kept {
    /// By dataset, and since when.
    outlines: HashMap<String, (i64, Arc<Outline>)>,
    names: Option<(i64, Arc<[String]>)>,
}

fn is_fresh(since_nanos: i64, now_nanos: i64) -> bool {
    (since_nanos..since_nanos.saturating_add(FRESH_NANOS)).contains(&now_nanos)
}

impl Outlines {
    fn kept(&self) -> MutexGuard<'_, Kept> {
        self.kept.lock().unwrap_or_else(PoisonError::into_inner)
    }

    async fn one(
        &self,
        sight: &Sight,
        name: &str,
        now_nanos: i64,
    ) -> Result<Option<Arc<Outline>>, Error> {
        if let Some((since, outline)) = self.kept().outlines.get(name)
            && is_fresh(*since, now_nanos)
        {
            return Ok(Some(Arc::clone(outline)));
        }
        let Some(table) = sight.table(name).await? else {
            return Ok(None);
        };
        let keys = store::custom_keys(table.as_ref()).into_iter();
        let outline = Arc::new(Outline {
            schema: table.schema(),
            keys: keys.map(|(map, name)| apl::Key { map, name }).collect(),
        });
        let mut kept = self.kept();
        if kept.outlines.len() >= KEPT_MAX {
            kept.outlines.clear();
        }
        let entry = (now_nanos, Arc::clone(&outline));
        kept.outlines.insert(name.to_owned(), entry);
        Ok(Some(outline))
    }

    /// Whether the caller may see them or not.
    async fn names(&self, sight: &Sight, now_nanos: i64) -> Result<Arc<[String]>, Error> {
        if let Some((since, names)) = &self.kept().names
            && is_fresh(*since, now_nanos)
        {
            return Ok(Arc::clone(names));
        }
        let names: Arc<[String]> = sight.names().await?.into_iter().collect();
        self.kept().names = Some((now_nanos, Arc::clone(&names)));
        Ok(names)
    }
}

/// The datasets that one caller may query, as they look. Its answers block: it is used on a thread that may.
pub(crate) struct Outlined {
    sight: Sight,
    outlines: Arc<Outlines>,
    now_nanos: i64,
    /// The one that the store was opened on.
    runtime: Handle,
    failure: Mutex<Option<Error>>,
}

impl Outlined {
    pub(crate) fn new(sight: Sight, outlines: Arc<Outlines>, now_nanos: i64) -> Self {
        Self {
            sight,
            outlines,
            now_nanos,
            runtime: Handle::current(),
            failure: Mutex::default(),
        }
    }

    /// What was taken for an unknown dataset: an error of the store, or a dataset that the caller may not query.
    pub(crate) fn failure(&self) -> Option<Error> {
        let mut failure = self.failure.lock().unwrap_or_else(PoisonError::into_inner);
        failure.take()
    }

    fn fail(&self, error: Error) {
        *self.failure.lock().unwrap_or_else(PoisonError::into_inner) = Some(error);
    }

    fn outline(&self, name: &str) -> Option<Arc<Outline>> {
        // Before it is known whether there is one.
        if !self.sight.caller.may_query(name) {
            self.fail(Error::Denied(name.to_owned()));
            return None;
        }
        let outline = self.outlines.one(&self.sight, name, self.now_nanos);
        self.runtime.block_on(outline).unwrap_or_else(|error| {
            self.fail(error);
            None
        })
    }
}

impl apl::Datasets for Outlined {
    fn table(&self, name: &str) -> Option<Arc<dyn TableProvider>> {
        let outline = self.outline(name)?;
        Some(Arc::new(EmptyTable::new(Arc::clone(&outline.schema))))
    }

    fn names(&self) -> Vec<String> {
        let names = self.outlines.names(&self.sight, self.now_nanos);
        match self.runtime.block_on(names) {
            Ok(names) => names
                .iter()
                .filter(|name| self.sight.caller.may_query(name))
                .cloned()
                .collect(),
            Err(error) => {
                self.fail(error);
                Vec::new()
            }
        }
    }

    /// Asked for after the table was given: the caller may read it.
    fn virtual_fields(&self, dataset: &str) -> Vec<apl::VirtualField> {
        self.sight.virtual_fields(dataset)
    }

    fn keys(&self, name: &str) -> Arc<[apl::Key]> {
        let outline = self.outline(name);
        outline.map_or_else(Arc::default, |outline| Arc::clone(&outline.keys))
    }
}

impl fmt::Debug for Outlined {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Outlined").finish_non_exhaustive()
    }
}
