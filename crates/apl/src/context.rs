//! What a query is compiled against: the datasets there are, the time, and the range asked for.

use datafusion::catalog::TableProvider;
use datafusion::logical_expr::Expr;
use std::collections::BTreeMap;
use std::sync::Arc;

/// The tables a query may name.
pub trait Datasets {
    fn table(&self, name: &str) -> Option<Arc<dyn TableProvider>>;
    /// All names, for suggestions.
    fn names(&self) -> Vec<String>;
    /// The keys of a dataset's custom maps, those of most rows first; for completion. They need not be all.
    fn keys(&self, _dataset: &str) -> Arc<[Key]> {
        Arc::default()
    }
    /// Of the rows of a query's first source, those to keep: conditions over its fields, which `field` gives by name.
    /// `Err` says what is missing.
    fn page(&self, _field: &dyn Fn(&str) -> Option<Expr>) -> Result<Vec<Expr>, String> {
        Ok(Vec::new())
    }
    /// The fields of a dataset that an expression makes of the others.
    fn virtual_fields(&self, _dataset: &str) -> Vec<VirtualField> {
        Vec::new()
    }
}

/// A key of one of a dataset's custom maps.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Key {
    /// One of [`model::span::KEYED_MAPS`].
    pub map: &'static str,
    pub name: String,
}

/// A field that an expression makes of others.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct VirtualField {
    pub name: String,
    /// Of the language: `duration > 1s`.
    pub expression: String,
}

impl VirtualField {
    /// Length of one's expression; a longer one is not made.
    pub const EXPRESSION_BYTES_MAX: usize = 4 << 10;
    /// Of one dataset; of more, the first ones are made.
    pub const PER_DATASET_MAX: usize = 200;
}

/// The circumstances of one query.
#[derive(Clone, Debug)]
pub struct Context {
    /// The dataset in hand: what a query that starts with `|` runs over.
    pub dataset: Option<String>,
    /// Now, in nanoseconds since 1970-01-01 UTC; the same throughout the query.
    pub now_nanos: i64,
    /// Rows with `_time` before this are left out.
    pub start_nanos: Option<i64>,
    /// Rows with `_time` at or after this are left out.
    pub end_nanos: Option<i64>,
    /// Rows returned when the query itself has no limit.
    pub row_limit: usize,
    /// How the rows of a dataset are ordered when the query does not say: fields, and whether each is descending.
    /// Empty: the newest first.
    pub default_order: Vec<(String, bool)>,
    /// Bins that `bin_auto` makes at most; `None`: 60.
    pub bins_max: Option<i64>,
    /// Values of the parameters that a query declares, as text: `42`, `true`, `2024-01-02`, `15m`.
    pub variables: BTreeMap<String, String>,
}

impl Default for Context {
    fn default() -> Self {
        Self {
            dataset: None,
            now_nanos: 0,
            start_nanos: None,
            end_nanos: None,
            row_limit: 1000,
            default_order: Vec::new(),
            bins_max: None,
            variables: BTreeMap::new(),
        }
    }
}
