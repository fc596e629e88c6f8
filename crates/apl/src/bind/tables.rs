//! What names mean outside of rows: datasets, and what `let` made; and what all of it costs.

use super::{Bound, Value, weight};
use crate::context::{Datasets, VirtualField};
use crate::diagnostic::{self, Report};
use crate::limits::{OPERATORS_MAX, SUB_QUERIES_DEPTH_MAX, TABLES_DEPTH_MAX};
use crate::syntax::Query;
use crate::syntax::table::Name;
use datafusion::catalog::TableProvider;
use datafusion::logical_expr::Expr;
use std::collections::{BTreeMap, BTreeSet};
use std::fmt;
use std::ops::Range;
use std::sync::Arc;

/// The tables and values in sight of one query.
pub(crate) struct Tables<'r> {
    datasets: &'r dyn Datasets,
    /// The names that the query reads.
    reads_names: BTreeSet<String>,
    /// What is wrong with virtual fields that it may read, by name.
    broken: BTreeMap<String, String>,
    /// In the order of the text.
    lets: Vec<Let>,
    /// How many of the lets are in sight: those before the one that is looked at.
    visible: usize,
    /// Operators so far, in all tables.
    operators: usize,
    /// What the conditions of nested tables read.
    reads: usize,
    depth: usize,
    /// Of the depth, sub-queries in expressions.
    sub_queries: usize,
    names: usize,
    /// The datasets read, each once.
    read: Vec<String>,
}

struct Let {
    name: Name,
    meaning: Meaning,
    is_used: bool,
}

/// What a `let` stands for.
#[derive(Clone, Debug)]
pub(crate) enum Meaning {
    Value(Value),
    Table(Arc<Query>),
    /// It could not be understood, which has been reported.
    Unknown,
}

impl<'r> Tables<'r> {
    pub(crate) fn new(datasets: &'r dyn Datasets, reads_names: BTreeSet<String>) -> Self {
        Self {
            datasets,
            reads_names,
            broken: BTreeMap::new(),
            lets: Vec::new(),
            visible: 0,
            operators: 0,
            reads: 0,
            depth: 0,
            sub_queries: 0,
            names: 0,
            read: Vec::new(),
        }
    }

    pub(crate) fn define(&mut self, name: &Name, meaning: Meaning, report: &mut Report<'_>) {
        if self
            .lets
            .iter()
            .any(|earlier| earlier.name.text == name.text)
        {
            let message = format!("'{}' is defined twice: expected different names", name.text);
            report.error(&name.range, message);
        }
        self.lets.push(Let {
            name: name.clone(),
            meaning,
            is_used: false,
        });
        self.visible = self.lets.len();
    }

    /// What a name means, and its place among the lets.
    pub(crate) fn meaning(&self, name: &str) -> Option<(usize, Meaning)> {
        let in_sight = self.lets[..self.visible].iter().enumerate();
        let (place, found) = in_sight.rev().find(|(_, found)| found.name.text == name)?;
        Some((place, found.meaning.clone()))
    }

    /// Notes that the table at `place` is looked at.
    pub(super) fn look_at(&mut self, place: usize) {
        self.lets[place].is_used = true;
    }

    /// The tables of lets that nothing has used, and their places.
    pub(crate) fn unused(&self) -> Vec<(usize, Arc<Query>)> {
        let tables = self.lets.iter().enumerate();
        tables
            .filter_map(|(place, found)| match &found.meaning {
                Meaning::Table(query) if !found.is_used => Some((place, Arc::clone(query))),
                _ => None,
            })
            .collect()
    }

    /// Names of tables that `let` made, in sight.
    pub(crate) fn names(&self) -> impl Iterator<Item = &str> {
        let in_sight = self.lets[..self.visible].iter();
        in_sight
            .filter(|found| matches!(found.meaning, Meaning::Table(_)))
            .map(|found| found.name.text.as_str())
    }

    /// Names of values that `let` made, in sight.
    pub(crate) fn value_names(&self) -> impl Iterator<Item = &str> {
        let in_sight = self.lets[..self.visible].iter();
        in_sight
            .filter(|found| !matches!(found.meaning, Meaning::Table(_)))
            .map(|found| found.name.text.as_str())
    }

    pub(crate) fn dataset_names(&self) -> Vec<String> {
        self.datasets.names()
    }

    /// The table of a dataset.
    pub(crate) fn dataset(
        &mut self,
        name: &str,
        report: &mut Report<'_>,
        range: &Range<usize>,
    ) -> Bound<Arc<dyn TableProvider>> {
        let Some(table) = self.datasets.table(name) else {
            let datasets = self.datasets.names();
            let known = datasets.iter().map(String::as_str).chain(self.names());
            let suggestion = diagnostic::nearest(name, known);
            let message = format!("unknown dataset '{name}': {}", there_are(&datasets));
            return Err(report.suggest(range, message, suggestion));
        };
        if !self.read.iter().any(|read| read == name) {
            self.read.push(name.to_owned());
        }
        Ok(table)
    }

    /// Whether an expression of the query reads a field of this name.
    pub(super) fn reads(&self, name: &str) -> bool {
        self.reads_names.contains(name)
    }

    /// Notes why a virtual field could not be made.
    pub(super) fn note_broken(&mut self, name: &str, message: String) {
        self.broken.insert(name.to_owned(), message);
    }

    /// Why the virtual field of this name could not be made.
    pub(super) fn broken(&self, name: &str) -> Option<&str> {
        self.broken.get(name).map(String::as_str)
    }

    /// Why virtual fields could not be made, by name.
    pub(crate) fn into_broken(self) -> BTreeMap<String, String> {
        self.broken
    }

    pub(super) fn page(&self, field: &dyn Fn(&str) -> Option<Expr>) -> Result<Vec<Expr>, String> {
        self.datasets.page(field)
    }

    pub(super) fn virtual_fields(&self, dataset: &str) -> Vec<VirtualField> {
        self.datasets.virtual_fields(dataset)
    }

    pub(crate) fn datasets_read(&self) -> Vec<String> {
        self.read.clone()
    }

    /// Counts one more operator or source.
    pub(crate) fn spend(&mut self, report: &mut Report<'_>, range: &Range<usize>) -> Bound<()> {
        self.operators += 1;
        if self.operators <= OPERATORS_MAX {
            return Ok(());
        }
        let message = format!(
            "too many operators in all tables together: expected at most {OPERATORS_MAX}, \
             counting those of a let at each of its uses"
        );
        Err(report.error(range, message))
    }

    /// Counts what the conditions of a table read of computed fields.
    pub(super) fn read_fields(
        &mut self,
        reads: usize,
        report: &mut Report<'_>,
        range: &Range<usize>,
    ) -> Bound<()> {
        self.reads = self.reads.saturating_add(reads);
        weight::check(self.reads, report, range)
    }

    /// Counts from the start: what follows is a plan of its own.
    pub(crate) fn start_over(&mut self) {
        (self.operators, self.reads) = (0, 0);
    }

    /// Goes into a table, in whose text only the lets before `visible` are in sight. Gives back what was in
    /// sight, for [`Self::leave`].
    pub(crate) fn enter(
        &mut self,
        visible: Option<usize>,
        report: &mut Report<'_>,
        range: &Range<usize>,
    ) -> Bound<usize> {
        if self.depth >= TABLES_DEPTH_MAX {
            let message = format!(
                "tables are nested too deeply: expected at most {TABLES_DEPTH_MAX} levels of \
                 sub-queries and lets"
            );
            return Err(report.error(range, message));
        }
        self.depth += 1;
        let before = self.visible;
        self.visible = visible.unwrap_or(before);
        Ok(before)
    }

    /// Goes into a sub-query of an expression.
    pub(super) fn descend(&mut self, report: &mut Report<'_>, range: &Range<usize>) -> Bound<()> {
        if self.sub_queries >= SUB_QUERIES_DEPTH_MAX {
            let message = format!(
                "sub-queries are nested too deeply: expected at most {SUB_QUERIES_DEPTH_MAX} levels \
                 in expressions"
            );
            return Err(report.error(range, message));
        }
        self.sub_queries += 1;
        Ok(())
    }

    pub(super) fn ascend(&mut self) {
        self.sub_queries -= 1;
    }

    pub(crate) fn leave(&mut self, before: usize) {
        self.depth -= 1;
        self.visible = before;
    }

    /// A name for a part of the plan that no other part has, and no field.
    pub(crate) fn fresh(&mut self) -> String {
        self.names += 1;
        format!("|t{}", self.names)
    }
}

impl fmt::Debug for Tables<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Tables")
            .field("operators", &self.operators)
            .finish_non_exhaustive()
    }
}

/// The datasets that one may have meant.
pub fn there_are(names: &[String]) -> String {
    const SHOWN_MAX: usize = 10;
    let shown: Vec<String> = names
        .iter()
        .take(SHOWN_MAX)
        .map(|it| format!("'{it}'"))
        .collect();
    match (names.len(), names.len().saturating_sub(SHOWN_MAX)) {
        (0, _) => "there is none yet".to_owned(),
        (1, _) => format!("the only one is {}", shown.join(", ")),
        (_, 0) => format!("there are {}", shown.join(", ")),
        (_, more) => format!("there are {} and {more} more", shown.join(", ")),
    }
}
