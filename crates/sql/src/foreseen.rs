//! What is wrong with a plan whatever the rows are: values that are written and cannot be read, computations of them
//! that fail, and types that the engine would only miss in the middle of a run. It is looked for in a copy whose types
//! the engine has settled, as it will when the plan runs; the copy is not run.

use crate::words::{is_text, of_type, refused, unreadable};
use crate::{sentences, texts};
use arrow::array::RecordBatch;
use arrow::compute::can_cast_types;
use arrow::datatypes::{DataType, Schema};
use arrow::record_batch::RecordBatchOptions;
use datafusion::common::config::ConfigOptions;
use datafusion::common::tree_node::{Transformed, TransformedResult, TreeNode, TreeNodeRecursion};
use datafusion::common::{DFSchema, Result, ScalarValue};
use datafusion::error::DataFusionError;
use datafusion::logical_expr::expr::{AggregateFunction, ScalarFunction, WindowFunction};
use datafusion::logical_expr::expr_rewriter::NamePreserver;
use datafusion::logical_expr::physical_planning_context::PhysicalPlanningContext;
use datafusion::logical_expr::utils::merge_schema;
use datafusion::logical_expr::{
    Expr, ExprSchemable, LogicalPlan, Operator, TryCast, Volatility, lit,
};
use datafusion::optimizer::Analyzer;
use datafusion::physical_expr::create_physical_expr;
use datafusion::physical_expr::execution_props::ExecutionProps;
use std::sync::Arc;

/// Refuses what cannot go well.
pub(crate) fn check(copy: LogicalPlan, options: &ConfigOptions) -> Result<()> {
    let typed = Analyzer::new().execute_and_check(marked(copy)?, options, |_, _| {})?;
    typed.apply_with_subqueries(|node| {
        let schema = merge_schema(&node.inputs());
        node.apply_expressions(|expr| look(expr, &schema, true))
    })?;
    Ok(())
}

/// The plan with the casts of fields that the query itself writes as `TRY_CAST`: those that are left are the engine's.
fn marked(plan: LogicalPlan) -> Result<LogicalPlan> {
    let marked = plan.transform_up_with_subqueries(|node| {
        let names = NamePreserver::new(&node);
        let marked = node.map_expressions(|expr| {
            let name = names.save(&expr);
            let marked = expr.transform_up(|expr| {
                Ok(match expr {
                    Expr::Cast(cast) if !is_constant(&cast.expr) => Transformed::yes(
                        Expr::TryCast(TryCast::new_from_field(cast.expr, cast.field)),
                    ),
                    other => Transformed::no(other),
                })
            })?;
            Ok(marked.update_data(|expr| name.restore(expr)))
        })?;
        match marked.transformed {
            true => marked.map_data(LogicalPlan::recompute_schema),
            false => Ok(marked),
        }
    });
    marked.data()
}

/// Whether what an expression computes after its first part depends on that part.
fn is_choice(expr: &Expr) -> bool {
    match expr {
        Expr::Case(_) => true,
        Expr::BinaryExpr(binary) => matches!(binary.op, Operator::And | Operator::Or),
        Expr::ScalarFunction(call) => matches!(call.func.name(), "coalesce" | "nvl" | "nvl2"),
        _ => false,
    }
}

/// One expression and all in it, what is inside first: that is what is at fault. Of what may never be
/// computed the types are looked at, and the values that are read from texts: the engine reads these before it runs.
fn look(expr: &Expr, schema: &DFSchema, is_certain: bool) -> Result<TreeNodeRecursion> {
    let (is_choice, mut is_first) = (is_choice(expr), true);
    expr.apply_children(|part| {
        let first = std::mem::take(&mut is_first);
        look(part, schema, is_certain && (first || !is_choice))
    })?;
    match expr {
        Expr::Literal(..) | Expr::Alias(_) => return Ok(TreeNodeRecursion::Continue),
        Expr::Cast(cast) => converted(&cast.expr, cast.field.data_type(), schema, true)?,
        Expr::TryCast(cast) => converted(&cast.expr, cast.field.data_type(), schema, false)?,
        _ => {}
    }
    if is_constant(expr) {
        if is_certain && !expr.exists(|part| Ok(self::is_choice(part)))? {
            value(expr).or_else(|error| refused(said(&error.find_root().strip_backtrace())))?;
        }
        return Ok(TreeNodeRecursion::Continue);
    }
    match expr {
        Expr::ScalarFunction(call) => {
            read_by_a_key(call, schema)?;
            made_of_texts(call, schema)?;
            if is_certain {
                called(call, schema)?;
            }
        }
        Expr::AggregateFunction(AggregateFunction { func, params }) => {
            ordered(func.name(), &params.args, schema)?;
        }
        Expr::WindowFunction(window) => {
            let WindowFunction { fun, params } = window.as_ref();
            ordered(fun.name(), &params.args, schema)?;
        }
        _ => {}
    }
    Ok(TreeNodeRecursion::Continue)
}

fn said(engine: &str) -> String {
    sentences::known(engine).unwrap_or_else(|| sentences::cleaned(engine))
}

/// A conversion; a strict one is the engine's own, or one of a value that is written.
fn converted(of: &Expr, to: &DataType, schema: &DFSchema, is_strict: bool) -> Result<()> {
    if let Expr::Literal(value, _) = of {
        let text = value.try_as_str().flatten();
        return match (text, value.cast_to(to)) {
            (Some(text), Err(_)) if is_strict => refused(unreadable(text, to)),
            _ => Ok(()),
        };
    }
    let Ok(from) = of.get_type(schema) else {
        return Ok(());
    };
    let (here, there) = (of_type(&from), of_type(to));
    if !can_cast_types(&from, to) {
        return refused(format!("{here} cannot be cast to {there}"));
    }
    if is_strict && is_text(&from) && !is_text(to) && !is_constant(of) {
        let of = match of {
            Expr::Column(column) => column.name.clone(),
            _ => "this".to_owned(),
        };
        return refused(format!(
            "{of} is VARCHAR, and {there} is expected here: TRY_CAST({of} AS {there}) reads it, with null where it is none"
        ));
    }
    match sample(&from).map(|value| value.cast_to(to)) {
        Some(Err(error)) => of_what_is_written(&error),
        _ => Ok(()),
    }
}

/// The error if it is one whatever the rows are: with other values than the sample's it may be none.
fn of_what_is_written(error: &DataFusionError) -> Result<()> {
    let engine = error.find_root().strip_backtrace();
    match sentences::is_of_what_is_written(&engine) {
        true => refused(said(&engine)),
        false => Ok(()),
    }
}

/// The key of a map is a text.
fn read_by_a_key(call: &ScalarFunction, schema: &DFSchema) -> Result<()> {
    match call.args.as_slice() {
        [map, key]
            if call.func.name() == "get_field"
                && is_constant(key)
                && matches!(map.get_type(schema), Ok(DataType::Map(..)))
                && !key.get_type(schema).is_ok_and(|of| is_text(&of)) =>
        {
            refused("a value of a map is read by its key, a text: expected m['key']")
        }
        _ => Ok(()),
    }
}

/// Texts are made of values that can be texts.
fn made_of_texts(call: &ScalarFunction, schema: &DFSchema) -> Result<()> {
    let name = call.func.name();
    let mut types = call.args.iter().filter_map(|arg| arg.get_type(schema).ok());
    match types.find(|of| !can_cast_types(of, &DataType::Utf8)) {
        Some(of) if texts::NAMES.contains(&name) => refused(format!(
            "{name} joins texts, found {}: expected a value in it, such as m['key'] or events[1]['name']",
            of_type(&of)
        )),
        _ => Ok(()),
    }
}

/// A function of fields and of values that are written: whether it takes those values, whatever the fields are.
fn called(call: &ScalarFunction, schema: &DFSchema) -> Result<()> {
    if call.func.signature().volatility == Volatility::Volatile
        || !call.args.iter().any(is_constant)
    {
        return Ok(());
    }
    let sampled = call.args.iter().map(|expr| match is_constant(expr) {
        true => Some(expr.clone()),
        false => sample(&expr.get_type(schema).ok()?).map(lit),
    });
    let Some(args) = sampled.collect::<Option<Vec<Expr>>>() else {
        return Ok(());
    };
    let func = Arc::clone(&call.func);
    let called = Expr::ScalarFunction(ScalarFunction { func, args });
    match value(&called) {
        Ok(()) => Ok(()),
        Err(error) => of_what_is_written(&error),
    }
}

/// The engine finds the least and the greatest of values that have an order.
fn ordered(name: &str, args: &[Expr], schema: &DFSchema) -> Result<()> {
    let of = args.first().and_then(|expr| expr.get_type(schema).ok());
    match of {
        Some(of) if matches!(name, "min" | "max") && of.is_nested() => {
            let of = of_type(&of);
            refused(format!(
                "{name} takes values that have an order, such as numbers, texts and times, not {of}"
            ))
        }
        _ => Ok(()),
    }
}

/// Any value of a type.
fn sample(of: &DataType) -> Option<ScalarValue> {
    Some(match of {
        of if is_text(of) => ScalarValue::Utf8View(Some("a".to_owned()))
            .cast_to(of)
            .ok()?,
        DataType::Boolean => ScalarValue::Boolean(Some(true)),
        of if of.is_numeric() || of.is_temporal() => ScalarValue::new_one(of)
            .or_else(|_| ScalarValue::Int64(Some(1)).cast_to(of))
            .ok()?,
        _ => return None,
    })
}

/// Whether an expression has the same value for all rows.
fn is_constant(expr: &Expr) -> bool {
    let mut is_constant = true;
    let seen = expr.apply(|part| {
        is_constant = match part {
            Expr::Literal(..)
            | Expr::Alias(_)
            | Expr::BinaryExpr(_)
            | Expr::Not(_)
            | Expr::Negative(_)
            | Expr::IsNull(_)
            | Expr::IsNotNull(_)
            | Expr::Between(_)
            | Expr::Case(_)
            | Expr::Like(_)
            | Expr::Cast(_)
            | Expr::TryCast(_) => true,
            Expr::ScalarFunction(call) => call.func.signature().volatility != Volatility::Volatile,
            _ => false,
        };
        Ok(match is_constant {
            true => TreeNodeRecursion::Continue,
            false => TreeNodeRecursion::Stop,
        })
    });
    seen.is_ok() && is_constant
}

/// Computes a constant.
fn value(expr: &Expr) -> Result<()> {
    let (nothing, properties) = (DFSchema::empty(), ExecutionProps::new());
    let context = PhysicalPlanningContext::default();
    let physical = create_physical_expr(expr, &nothing, &properties, &context)?;
    let options = RecordBatchOptions::new().with_row_count(Some(1));
    let row = RecordBatch::try_new_with_options(Arc::new(Schema::empty()), Vec::new(), &options)?;
    physical.evaluate(&row).map(|_| ())
}
