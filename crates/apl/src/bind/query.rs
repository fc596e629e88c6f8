//! Queries: a source, and operators one after the other.

use super::pipeline::{Key, Order};
use super::tables::Meaning;
use super::{Binder, Bound, Pipeline, Value, conversion, virtual_fields, weight};
use crate::diagnostic::Failed;
use crate::kernels::{among, guard, text};
use crate::kind::Kind;
use crate::operators::{self, Surroundings, datatable, print, search, spans_of, trace, union};
use crate::syntax::table::Origin;
use crate::syntax::{Expression, Query, Source, Stage};
use datafusion::common::{Column, ScalarValue};
use datafusion::functions_aggregate::expr_fn::{array_agg, first_value};
use datafusion::logical_expr::{Expr, LogicalPlanBuilder, in_subquery, lit, scalar_subquery};
use model::span;
use std::ops::Range;

/// The rows of a query.
pub(crate) fn rows(query: &Query, around: &mut Surroundings<'_, '_>) -> Bound<Pipeline> {
    let mut rows = source(&query.source, around)?;
    stages(&query.stages, &mut rows, around)?;
    Ok(rows)
}

/// The rows of a query inside another one.
pub(crate) fn embedded(query: &Query, around: &mut Surroundings<'_, '_>) -> Bound<Pipeline> {
    nested(query, None, around)
}

/// The rows of the table that the let at `place` stands for.
pub(crate) fn named(
    query: &Query,
    place: usize,
    around: &mut Surroundings<'_, '_>,
) -> Bound<Pipeline> {
    around.tables.look_at(place);
    nested(query, Some(place), around)
}

fn nested(
    query: &Query,
    visible: Option<usize>,
    around: &mut Surroundings<'_, '_>,
) -> Bound<Pipeline> {
    let range = around.range.clone();
    let before = around.tables.enter(visible, around.report, &range)?;
    let without_time_bins = std::mem::take(&mut around.without_time_bins);
    let found = rows(query, around).and_then(|found| {
        around
            .tables
            .read_fields(found.filter_reads, around.report, &range)?;
        Ok(found)
    });
    around.tables.leave(before);
    around.without_time_bins = without_time_bins;
    around.range = range;
    found
}

/// Adds operators. All are looked at, unless one fails that the fields of the rest depend on: the others'
/// mistakes are in the report.
pub(crate) fn stages(
    stages: &[Stage],
    rows: &mut Pipeline,
    around: &mut Surroundings<'_, '_>,
) -> Bound<()> {
    for (place, stage) in stages.iter().enumerate() {
        rows.order_matters = operators::order_matters(&stages[place + 1..]);
        let bound = operators::bind(stage, rows, around);
        if operators::reshapes(&stage.operator) {
            bound?;
        }
    }
    Ok(())
}

/// The rows of a source.
pub(crate) fn source(source: &Source, around: &mut Surroundings<'_, '_>) -> Bound<Pipeline> {
    around.range = source.range.clone();
    around.tables.spend(around.report, &source.range)?;
    match &source.origin {
        Origin::InHand => in_hand(around),
        Origin::Named(name) => match around.tables.meaning(name) {
            Some((place, Meaning::Table(query))) => named(&query, place, around),
            Some((_, Meaning::Value(_))) => Err(not_a_table(name, around)),
            Some((_, Meaning::Unknown)) => Err(Failed),
            None => dataset(name, around),
        },
        Origin::Dataset(name) => dataset(name, around),
        Origin::Union(union) => union::bind_source(union, around),
        Origin::Search(search) => search::bind_source(search, around),
        Origin::Datatable(datatable) => datatable::bind_source(datatable, around),
        Origin::Print(items) => print::bind_source(items, around),
        Origin::Trace(id) => trace::bind_source(id, around),
        Origin::SpansOf(query) => spans_of::bind_source(query, around),
    }
}

/// The rows of a query's first source, as far as they are of the page that is asked for.
pub(crate) fn first_source(source: &Source, around: &mut Surroundings<'_, '_>) -> Bound<Pipeline> {
    let mut rows = self::source(source, around)?;
    if rows.datasets.is_empty() {
        return Ok(rows);
    }
    let field = |name: &str| Some(rows.scope.get(name)?.expr());
    let page = around.tables.page(&field);
    let range = source.range.clone();
    let page = page.map_err(|message| around.report.error(&range, message))?;
    for condition in page {
        rows.filter(condition, around.report, &range)?;
    }
    Ok(rows)
}

fn not_a_table(name: &str, around: &mut Surroundings<'_, '_>) -> Failed {
    around.error(format!("'{name}' is a value: expected a table"))
}

/// The rows of the dataset in hand.
pub(crate) fn in_hand(around: &mut Surroundings<'_, '_>) -> Bound<Pipeline> {
    let Some(name) = around.context.dataset.clone() else {
        return Err(around.error("expected a dataset such as ['traces'] before '|'"));
    };
    dataset(&name, around)
}

/// The dataset's rows within the range of time asked for.
pub(crate) fn dataset(name: &str, around: &mut Surroundings<'_, '_>) -> Bound<Pipeline> {
    let (start, end) = (around.context.start_nanos, around.context.end_nanos);
    dataset_within(name, start, end, around)
}

/// The dataset's rows from `start` to before `end`, in nanoseconds since 1970.
pub(crate) fn dataset_within(
    name: &str,
    start: Option<i64>,
    end: Option<i64>,
    around: &mut Surroundings<'_, '_>,
) -> Bound<Pipeline> {
    let range = around.range.clone();
    let table = around.tables.dataset(name, around.report, &range)?;
    let scanned = Pipeline::scan(name, table);
    let mut rows = scanned.map_err(|error| {
        around.error(format!(
            "could not read dataset {name}: {}",
            error.strip_backtrace()
        ))
    })?;
    default_order(&mut rows, around)?;
    if let Some(time) = rows.scope.get(span::TIME).map(|time| time.expr()) {
        let moment = |nanos: i64| lit(ScalarValue::TimestampNanosecond(Some(nanos), None));
        let from = start.map(|nanos| time.clone().gt_eq(moment(nanos)));
        let until = end.map(|nanos| time.lt(moment(nanos)));
        if let Some(filter) = from.into_iter().chain(until).reduce(Expr::and) {
            rows.filter(filter, around.report, &range)?;
        }
    }
    virtual_fields::add(name, &mut rows, around);
    Ok(rows)
}

/// Puts a dataset's rows in the order that the request asks for, if it asks for one.
fn default_order(rows: &mut Pipeline, around: &mut Surroundings<'_, '_>) -> Bound<()> {
    let mut keys = Vec::new();
    for (name, descending) in &around.context.default_order {
        match rows.scope.get(name) {
            Some(field) if field.kind.is_scalar() => keys.push(Key::new(name, *descending)),
            Some(field) => {
                let found = field.kind.spoken();
                let message = format!("cannot order by '{name}' of defaultOrder, {found}");
                return Err(around.error(message));
            }
            None => {
                let message = format!("unknown field '{name}' in defaultOrder");
                return Err(around.error(message));
            }
        }
    }
    if !keys.is_empty() {
        rows.order = Order::by(keys);
    }
    Ok(())
}

impl Binder<'_, '_> {
    /// The rows of a query inside an expression.
    fn rows_of(&mut self, query: &Query, range: &Range<usize>) -> Bound<Pipeline> {
        self.tables.descend(self.report, range)?;
        let mut around = Surroundings {
            context: self.context,
            report: self.report,
            tables: self.tables,
            range: range.clone(),
            without_time_bins: false,
        };
        let rows = embedded(query, &mut around);
        self.tables.ascend();
        rows
    }

    /// What `let` called so, if it is a value.
    pub(super) fn named_value(&mut self, name: &str, range: &Range<usize>) -> Option<Bound<Value>> {
        match self.tables.meaning(name)? {
            (_, Meaning::Value(value)) => {
                let nodes = match value.expr {
                    Expr::Literal(..) => 0,
                    _ => weight::nodes(&value.expr),
                };
                let read = self.tables.read_fields(nodes, self.report, range);
                Some(read.map(|()| value))
            }
            (_, Meaning::Unknown) => Some(Err(Failed)),
            (_, Meaning::Table(_)) => {
                let message =
                    format!("'{name}' is a table: expected a value, such as toscalar({name})");
                Some(Err(self.error(range, message)))
            }
        }
    }

    /// `toscalar(query)`: the first value of its first field.
    pub(super) fn scalar_of(&mut self, query: &Query, range: &Range<usize>) -> Bound<Value> {
        let mut rows = self.rows_of(query, range)?;
        rows.limit(1, self.report, range)?;
        let field = rows.first_field(self.report, range)?;
        // One row whatever there is, and null where there is none.
        let first = vec![first_value(field.expr(), Vec::new())];
        rows.apply(self.report, range, |plan| {
            plan.aggregate(Vec::<Expr>::new(), first)
        })?;
        // Two of them would have the same name.
        let name = self.tables.fresh();
        let value = scalar_subquery(rows.plan.into()).alias(name);
        Ok(Value::new(value, field.kind))
    }

    /// `left in (query)`: whether its first field has the value in any row.
    pub(super) fn is_in_table(
        &mut self,
        (ignore_case, negated): (bool, bool),
        left: &Expression,
        table: &Query,
        range: &Range<usize>,
    ) -> Bound<Value> {
        let value = self.bind(left);
        let rows = self.rows_of(table, range);
        let (value, mut rows) = (value?, rows?);
        let field = rows.first_field(self.report, range)?;
        let candidate = Value::new(field.expr(), field.kind);
        if value.kind.is_none() {
            return Ok(Value::new(lit(negated), Kind::Boolean));
        }
        let kind = self.common_kind(&value, &candidate, range)?;
        let ignore_case = ignore_case && kind == Kind::Text;
        let prepared = |value: Value| {
            let value = Value::new(conversion::to(kind, value), kind);
            match (conversion::as_json(value).expr, ignore_case) {
                (expr, true) => text::lower(expr),
                (expr, false) => expr,
            }
        };
        let name = self.tables.fresh();
        let column = prepared(candidate).alias(&name);
        rows.apply(self.report, range, |plan| plan.project([column]))?;
        let found = match self.in_filter {
            true => in_subquery(prepared(value), rows.plan.into()),
            false => {
                let list = self.list_of(rows, &name, range)?;
                among::is_among(prepared(value), list)
            }
        };
        Ok(super::compare::definite(found, negated))
    }

    /// The different values of the one field that `rows` have: only a filter can look into rows.
    fn list_of(&mut self, mut rows: Pipeline, name: &str, range: &Range<usize>) -> Bound<Expr> {
        rows.apply(self.report, range, LogicalPlanBuilder::distinct)?;
        let what = "the table after 'in'";
        rows.choose(guard::at_most(among::VALUES_MAX, what), self.report, range)?;
        let values = vec![array_agg(Expr::Column(Column::new_unqualified(name)))];
        rows.apply(self.report, range, |plan| {
            plan.aggregate(Vec::<Expr>::new(), values)
        })?;
        Ok(scalar_subquery(rows.plan.into()).alias(self.tables.fresh()))
    }
}
