//! # make-series
//!
//! Aggregations over time as arrays: for each group one row, with a value for every bin from `from` to before
//! `to`, and the starts of the bins in the field `time`. In arrays, times are numbers of nanoseconds. A bin without rows has the default: 0, unless
//! `default=` says otherwise. Without `from` and `to` the bins fill the range of time that the request asks for.
//! At most 10,000 bins.
//!
//! ```apl
//! rows | make-series aggregation [default=value], … on _time [from a to b] step s [by group, …]
//! rows | make-series aggregation, … on _time in range(a, b, s) [by group, …]
//! ```
//!
//! ## Example
//!
//! ```apl
//! traces | where kind == "server" | make-series n = count() on _time from ago(3m) to now() step 1m by kind
//! ```
//!
//! | kind | n | time |
//! |---|---|---|
//! | server | [0, 1, 2] | [1795341420000000000, 1795341480000000000, 1795341540000000000] |

use super::{Surroundings, summarize};
use crate::bind::pipeline::{Key, Order, Output};
use crate::bind::scope::Field;
use crate::bind::{Bound, Pipeline, Value, conversion, folded, weight};
use crate::kernels::series;
use crate::kind::{DATETIME, Kind};
use crate::limits::SERIES_BINS_MAX;
use crate::parser::{Parsed, Parser};
use crate::syntax::Operator;
use crate::syntax::expression::{Arithmetic, Expression, Literal, Node};
use crate::syntax::stage::{Item, Series};
use datafusion::common::{Column, ScalarValue};
use datafusion::functions_aggregate::array_agg::array_agg_udaf;
use datafusion::logical_expr::expr::AggregateFunction;
use datafusion::logical_expr::{Expr, lit};

/// The number of a row's bin; no field of a query is called so.
const BIN: &str = "|bin";

/// The field of the bins' starts.
const TIME: &str = "time";

pub(super) fn parse(parser: &mut Parser<'_, '_>) -> Parsed<Operator> {
    let aggregates = parser.comma_separated(aggregate)?;
    parser.expect_word("on")?;
    let axis = parser.path()?;
    let (mut from, mut to) = (None, None);
    let step = if parser.take_word("in") {
        parser.expect_word("range")?;
        parser.expect_sign("(")?;
        from = Some(parser.expression()?);
        parser.expect_sign(",")?;
        to = Some(parser.expression()?);
        parser.expect_sign(",")?;
        let step = parser.expression()?;
        parser.expect_sign(")")?;
        step
    } else {
        if parser.take_word("from") {
            from = Some(parser.expression()?);
        }
        if parser.take_word("to") {
            to = Some(parser.expression()?);
        }
        parser.expect_word("step")?;
        parser.expression()?
    };
    let groups = match parser.take_word("by") {
        true => parser.items()?,
        false => Vec::new(),
    };
    Ok(Operator::MakeSeries(Series {
        aggregates,
        axis,
        from,
        to,
        step,
        groups,
    }))
}

/// `n = count() default=0`
fn aggregate(parser: &mut Parser<'_, '_>) -> Parsed<(Item, Option<Expression>)> {
    let item = parser.with_aggregates(true, Parser::item)?;
    if !parser.take_word("default") {
        return Ok((item, None));
    }
    parser.expect_sign("=")?;
    Ok((item, Some(parser.expression()?)))
}

/// The bins of a series, in nanoseconds.
struct Bins {
    from: i64,
    to: i64,
    step: i64,
    count: i64,
}

pub(super) fn bind(
    series: &Series,
    pipeline: &mut Pipeline,
    around: &mut Surroundings<'_, '_>,
) -> Bound<()> {
    let bins = bins(series, around);
    let axis = around.binder(pipeline).bind(&series.axis)?;
    if axis.kind != Some(Kind::Datetime) {
        let message = format!("expected a datetime such as _time, found {}", axis.spoken());
        return Err(around.report.error(&series.axis.range, message));
    }
    let bins = bins?;
    let moment = |nanos| lit(ScalarValue::TimestampNanosecond(Some(nanos), None));
    let in_range = axis
        .expr
        .clone()
        .gt_eq(moment(bins.from))
        .and(axis.expr.lt(moment(bins.to)));
    pipeline.filter(in_range, around.report, &around.range)?;

    let items: Vec<Item> = series
        .aggregates
        .iter()
        .map(|(item, _)| item.clone())
        .collect();
    let mut groups = series.groups.clone();
    groups.push(bin_item(&series.axis, &bins));
    summarize::bind(&items, &groups, pipeline, around)?;
    let fields = pipeline.scope.fields.clone();
    let (groups, aggregates) = fields.split_at(fields.len() - items.len());
    if let Some(clash) = fields.iter().find(|field| field.name == TIME) {
        let message = format!(
            "'{}' is the field of the bins: expected another name",
            clash.name
        );
        return Err(around.error(message));
    }
    let mut defaults = Vec::with_capacity(aggregates.len());
    for (field, (item, default)) in aggregates.iter().zip(&series.aggregates) {
        defaults.push(default_value(field, item, default.as_ref(), around)?);
    }
    gather(groups, aggregates, &defaults, &bins, pipeline, around)
}

/// `tolong(axis - from) / step`, in whole numbers.
fn bin_item(axis: &Expression, bins: &Bins) -> Item {
    let at = |node| Expression {
        node,
        range: axis.range.clone(),
    };
    let since = at(Node::Arithmetic {
        first: Box::new(axis.clone()),
        rest: vec![(
            Arithmetic::Minus,
            at(Node::Literal(Literal::Datetime(bins.from))),
        )],
    });
    let nanos = at(Node::Call {
        function: "tolong".to_owned(),
        arguments: vec![since],
    });
    let number = at(Node::Arithmetic {
        first: Box::new(nanos),
        rest: vec![(
            Arithmetic::Divide,
            at(Node::Literal(Literal::Integer(bins.step))),
        )],
    });
    Item {
        name: Some(BIN.to_owned()),
        expression: number,
    }
}

fn bins(series: &Series, around: &mut Surroundings<'_, '_>) -> Bound<Bins> {
    let step = nanos(&series.step, Kind::Timespan, around)?;
    if step <= 0 {
        let message = "expected a step above 0, such as 1m";
        return Err(around.report.error(&series.step.range, message));
    }
    let from = match &series.from {
        Some(from) => nanos(from, Kind::Datetime, around)?,
        None => match around.context.start_nanos {
            Some(start) => start.saturating_sub(start.rem_euclid(step)),
            None => {
                let message = "expected 'from' and 'to', since the request has no range of time";
                return Err(around.error(message));
            }
        },
    };
    let to = match &series.to {
        Some(to) => nanos(to, Kind::Datetime, around)?,
        None => around.context.end_nanos.unwrap_or(around.context.now_nanos),
    };
    if to <= from {
        return Err(around.error("expected 'from' before 'to'"));
    }
    let Some(length) = to.checked_sub(from) else {
        return Err(around.error("expected at most 292 years from 'from' to 'to'"));
    };
    let count = length / step + i64::from(length % step > 0);
    if count > SERIES_BINS_MAX {
        let message = format!("too many bins: expected at most {SERIES_BINS_MAX}, found {count}");
        return Err(around.report.error(&series.step.range, message));
    }
    Ok(Bins {
        from,
        to,
        step,
        count,
    })
}

/// A constant datetime or timespan.
fn nanos(expression: &Expression, kind: Kind, around: &mut Surroundings<'_, '_>) -> Bound<i64> {
    let value = around.binder(&Pipeline::nothing()).bind(expression)?;
    let expr = match value.kind == Some(kind) {
        true => folded(value.expr),
        false => lit(ScalarValue::Null),
    };
    match expr {
        Expr::Literal(
            ScalarValue::TimestampNanosecond(Some(nanos), _)
            | ScalarValue::DurationNanosecond(Some(nanos)),
            _,
        ) => Ok(nanos),
        _ => {
            let message = format!("expected {} that is a constant", kind.spoken());
            Err(around.report.error(&expression.range, message))
        }
    }
}

/// What bins without rows have.
fn default_value(
    field: &Field,
    item: &Item,
    default: Option<&Expression>,
    around: &mut Surroundings<'_, '_>,
) -> Bound<ScalarValue> {
    let range = default.map_or(&item.expression.range, |default| &default.range);
    if !field.kind.is_scalar() {
        let message = format!(
            "expected an aggregation of one value, found {}",
            field.kind.spoken()
        );
        return Err(around.report.error(&item.expression.range, message));
    }
    let value = match default {
        Some(default) => around.binder(&Pipeline::nothing()).bind(default)?,
        None if field.kind.is_number() || field.kind == Kind::Timespan => {
            Value::new(lit(0_i64), Kind::Integer)
        }
        None => Value::null(),
    };
    let fits = match value.kind {
        None => true,
        Some(Kind::Integer) => field.kind.is_number() || field.kind == Kind::Timespan,
        Some(Kind::Float) => field.kind == Kind::Float,
        Some(kind) => kind == field.kind,
    };
    match folded(conversion::to(field.kind, value.clone())) {
        Expr::Literal(constant, _) if fits => Ok(constant),
        _ => {
            let message = format!(
                "expected {} that is a constant, found {}",
                field.kind.spoken(),
                value.spoken()
            );
            Err(around.report.error(range, message))
        }
    }
}

/// From a row for each group and bin to a row for each group.
fn gather(
    groups: &[Field],
    aggregates: &[Field],
    defaults: &[ScalarValue],
    bins: &Bins,
    pipeline: &mut Pipeline,
    around: &mut Surroundings<'_, '_>,
) -> Bound<()> {
    let is_bin = |field: &&Field| field.name == BIN;
    let keys: Vec<&Field> = groups.iter().filter(|field| !is_bin(field)).collect();
    let gathered = groups.iter().filter(is_bin).chain(aggregates);
    let name = |place: usize| format!("|a{place}");
    let lists: Vec<Expr> = gathered
        .enumerate()
        .map(|(place, field)| {
            let values = vec![field.expr()];
            let all =
                AggregateFunction::new_udf(array_agg_udaf(), values, false, None, vec![], None);
            Expr::AggregateFunction(all).alias(name(place))
        })
        .collect();
    let key_exprs: Vec<Expr> = keys.iter().map(|key| key.expr()).collect();
    pipeline.apply(around.report, &around.range, |plan| {
        plan.aggregate(key_exprs, lists)
    })?;

    let list = |place: usize| Expr::Column(Column::new_unqualified(name(place)));
    let mut outputs: Vec<Output> = keys.iter().map(|key| Output::kept(key)).collect();
    let count = usize::try_from(bins.count).unwrap_or(0);
    for (place, (field, default)) in aggregates.iter().zip(defaults).enumerate() {
        let expr = series::of(list(0), list(place + 1), count, default.clone());
        outputs.push(Output {
            weight: weight::nodes(&expr),
            expr,
            kind: Kind::Array,
            ..Output::kept(field)
        });
    }
    let starts: Vec<ScalarValue> = (0..bins.count)
        .map(|bin| ScalarValue::TimestampNanosecond(Some(bins.from + bin * bins.step), None))
        .collect();
    let starts = ScalarValue::List(ScalarValue::new_list_nullable(&starts, &DATETIME));
    outputs.push(Output {
        name: TIME.to_owned(),
        expr: lit(starts),
        kind: Kind::Array,
        made: true,
        aggregation: None,
        weight: 1,
    });
    let names: Vec<String> = keys.iter().map(|key| key.name.clone()).collect();
    pipeline.order = Order::default();
    pipeline.project(outputs, around.report, &around.range)?;
    pipeline.order = Order::by(names.iter().map(|name| Key::new(name, false)).collect());
    pipeline.is_limited = names.is_empty();
    (pipeline.groups, pipeline.bucket) = (names, None);
    Ok(())
}
