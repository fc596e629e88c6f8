//! What SQL over the same tables takes from here: the same fields, the same percentiles, the same limits on texts
//! and regular expressions. So both languages give one answer to one question.

use crate::bind::{Pipeline, Scope, Tables, scope, virtual_fields};
use crate::context::{Context, Datasets};
use crate::diagnostic::Report;
use crate::kernels::percentile;
use crate::kind::Kind;
use crate::operators::Surroundings;
use arrow::array::ArrayRef;
use datafusion::catalog::TableProvider;
use datafusion::common::{Result, ScalarValue};
use datafusion::logical_expr::{Expr, LogicalPlan, LogicalPlanBuilder, lit};
use model::fields::{self, Resolved};
use model::span;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

pub use crate::bind::tables::there_are;
pub use crate::diagnostic::nearest;
pub use crate::kernels::bounded::{check_value, joined, refusal, try_collect};
pub use crate::kernels::guard::at_most;
pub use crate::kernels::regex::{Budget, Rewrite, compile, matches};
pub use crate::kernels::total::{mean_of_any, sum_of_any};
pub use regex::Regex as Pattern;

/// Names as a query has them.
#[derive(Clone, Debug, Default)]
pub struct Names {
    /// That it reads.
    pub read: BTreeSet<String>,
    /// That it gives itself. They are no custom attributes that no row is known to have.
    pub given: BTreeSet<String>,
}

/// A dataset as a query sees it.
#[derive(Clone, Debug)]
pub struct Rows {
    pub plan: LogicalPlan,
    /// The virtual fields that the query reads, with the nodes of each one's expression and of those that it reads.
    pub virtual_fields: BTreeMap<String, usize>,
    /// Why a virtual field that it reads could not be made, by name.
    pub broken: BTreeMap<String, String>,
}

/// A dataset's rows within the context's range of time. Its fields come first, each with all spellings of its
/// attribute if its name is read; then the virtual fields that are read; behind them what else a name that is read
/// means: an attribute without its prefix, or one without a column of its own, as text.
///
/// # Errors
/// What the engine finds wrong with the table.
pub fn rows(
    dataset: &str,
    table: Arc<dyn TableProvider>,
    names: &Names,
    context: &Context,
    datasets: &dyn Datasets,
) -> Result<Rows> {
    let mut pipeline = Pipeline::scan(dataset, table)?;
    let mut tables = Tables::new(datasets, names.read.clone());
    // What is wrong with a virtual field is noted by its name.
    let mut around = Surroundings {
        context,
        report: &mut Report::new(""),
        tables: &mut tables,
        range: 0..0,
        without_time_bins: false,
    };
    virtual_fields::add(dataset, &mut pipeline, &mut around);
    let Pipeline { plan, scope, .. } = pipeline;
    let mut rows = LogicalPlanBuilder::from(plan);
    if let Some(time) = scope.get(span::TIME).map(|time| time.expr()) {
        let moment = |nanos| lit(ScalarValue::TimestampNanosecond(Some(nanos), None));
        let from = context
            .start_nanos
            .map(|nanos| time.clone().gt_eq(moment(nanos)));
        let until = context.end_nanos.map(|nanos| time.lt(moment(nanos)));
        if let Some(range) = from.into_iter().chain(until).reduce(Expr::and) {
            rows = rows.filter(range)?;
        }
    }
    let of_field = |field: &scope::Field| {
        let own = field.expr();
        let is_read = names.read.contains(&field.name);
        match is_read.then(|| scope.resolve(&field.name)) {
            Some(Ok(value)) if value.expr != own => value.expr.alias(&field.name),
            _ => own,
        }
    };
    let fields = scope.fields.iter().map(of_field);
    let others = names.read.iter().filter(|name| scope.get(name).is_none());
    let others = others.filter_map(|name| {
        let value = attribute(name, &scope, &names.given)?;
        Some(value.alias(name))
    });
    let all: Vec<Expr> = fields.chain(others).collect();
    let made = scope.fields.iter().filter(|field| field.made);
    let virtual_fields = made.map(|field| (field.name.clone(), field.weight));
    Ok(Rows {
        plan: rows.project(all)?.build()?,
        virtual_fields: virtual_fields.collect(),
        broken: tables.into_broken(),
    })
}

/// What a name that is no field means.
fn attribute(name: &str, scope: &Scope, given: &BTreeSet<String>) -> Option<Expr> {
    if let Some((map, key)) = span::of_key_column(name) {
        let field = scope.get(map).filter(|field| field.kind == Kind::Map)?;
        return Some(scope.of_map(map, field.expr(), key));
    }
    if let Resolved::CustomKey(key) = fields::resolve(name) {
        let is_known = span::KEYED_MAPS.iter().any(|map| {
            scope
                .keys
                .columns
                .contains_key(&span::key_column(map, &key))
        });
        if given.contains(name) && !is_known {
            return None;
        }
    }
    scope.resolve(name).ok().map(|value| value.expr)
}

/// A summary of the values, which are 64-bit integers or floats, of the rows that meet the condition.
pub fn summary(value: Expr, condition: Option<Expr>) -> Expr {
    percentile::summary(value, condition)
}

/// The values below which a share (0 to 1, the second column) of the values of summaries (the first) lies, in the type
/// of those values.
///
/// # Errors
/// When the first column has no summaries.
pub fn percentiles(columns: &[ArrayRef]) -> Result<ArrayRef> {
    percentile::of_any(columns)
}
