//! A statement to a plan: DataFusion's planner over our tables and functions, and what is added to what it made.

use crate::functions::{self, Functions};
use crate::limits::WINDOW_ROWS_MAX;
use crate::mistake::Unplanned;
use crate::names::Settled;
use crate::operators::Operators;
use crate::tables::Sources;
use crate::views::Views;
use crate::words::refused;
use crate::{Found, compared, exists, foreseen, moment, verify};
use apl::{Context, Field, Kind, Plan, for_sql};
use arrow::datatypes::DataType;
use datafusion::common::config::ConfigOptions;
use datafusion::common::tree_node::Transformed;
use datafusion::common::{Column, Result, TableReference};
use datafusion::execution::SessionStateDefaults;
use datafusion::logical_expr::planner::{ContextProvider, ExprPlanner};
use datafusion::logical_expr::{
    AggregateUDF, Expr, HigherOrderUDF, LogicalPlan, LogicalPlanBuilder, ScalarUDF, TableSource,
    Window, WindowUDF,
};
use datafusion::sql::planner::{ParserOptions, SqlToRel};
use datafusion::sql::sqlparser::ast::{LimitClause, Query, Statement};
use std::fmt;
use std::sync::Arc;

/// More fields than this nobody asked for one by one.
const WIDE: usize = 64;

/// Plans a statement.
pub(crate) fn plan(
    text: &str,
    query: &Query,
    (sources, views): (Sources, Views),
    names: &Settled,
    context: &Context,
) -> Found<Plan> {
    let mut datasets: Vec<String> = sources.keys().cloned().collect();
    datasets.sort_unstable();
    let is_limited = is_limited(query);
    let tables = Tables {
        sources,
        views,
        functions: functions::all(),
        options: ConfigOptions::default(),
        planners: planners(),
        now_nanos: context.now_nanos,
    };
    // One more than there may be, so that it is known that there are more.
    let most = (!is_limited).then_some(context.row_limit.saturating_add(1));
    let made = planned(query.clone(), &tables, most);
    let logical = made.map_err(|error| {
        let unplanned = Unplanned {
            text,
            query,
            names,
            plan: &|part| planned(part, &tables, None),
        };
        unplanned.mistake(&error)
    })?;
    let field = |field: &Arc<arrow::datatypes::Field>| Field {
        name: field.name().clone(),
        kind: kind(field.data_type()),
        agg: None,
    };
    let fields: Vec<Field> = logical.schema().fields().iter().map(field).collect();
    Ok(Plan {
        is_whole_rows: fields.len() > WIDE,
        fields,
        datasets,
        groups: Vec::new(),
        order: Vec::new(),
        bucket: None,
        default_limit: (!is_limited).then_some(context.row_limit),
        totals: None,
        warnings: Vec::new(),
        logical,
    })
}

fn planned(query: Query, tables: &Tables, most: Option<usize>) -> Result<LogicalPlan> {
    let options = ParserOptions::new().with_collect_spans(true);
    let planner = SqlToRel::new_with_options(tables, options);
    let mut plan = planner.sql_statement_to_plan(Statement::Query(Box::new(query)))?;
    if let Some(most) = most {
        plan = LogicalPlanBuilder::from(plan)
            .limit(0, Some(most))?
            .build()?;
    }
    verify::check(&plan, &tables.views)?;
    let plan = compared::with_one_type(plan)?;
    let plan = exists::of_one_row(plan)?;
    let plan = with_few_rows_in_windows(plan)?;
    foreseen::check(tables.views.left_out(plan.clone())?, &tables.options)?;
    Ok(plan)
}

fn is_limited(query: &Query) -> bool {
    let limit = match &query.limit_clause {
        Some(LimitClause::LimitOffset { limit, .. }) => limit.is_some(),
        Some(LimitClause::OffsetCommaLimit { .. }) => true,
        None => false,
    };
    limit || query.fetch.is_some()
}

/// Ours comes first.
fn planners() -> Vec<Arc<dyn ExprPlanner>> {
    let mut planners: Vec<Arc<dyn ExprPlanner>> = vec![Arc::new(Operators)];
    planners.extend(SessionStateDefaults::default_expr_planners());
    planners
}

/// A window function holds all rows that it looks at, which the memory pool does not count.
fn with_few_rows_in_windows(plan: LogicalPlan) -> Result<LogicalPlan> {
    let guarded = plan.transform_up_with_subqueries(|node| {
        let LogicalPlan::Window(window) = node else {
            return Ok(Transformed::no(node));
        };
        let input = Arc::unwrap_or_clone(window.input);
        let fields: Vec<Expr> = input
            .schema()
            .columns()
            .into_iter()
            .map(Expr::Column)
            .collect();
        let few = Column::new_unqualified("|few");
        let mut with_few = fields.clone();
        let guard = for_sql::at_most(WINDOW_ROWS_MAX, "the input of a window function");
        with_few.push(guard.alias(&few.name));
        let input = LogicalPlanBuilder::from(input)
            .project(with_few)?
            .filter(Expr::Column(few))?
            .project(fields)?
            .build()?;
        let window = Window::try_new(window.window_expr, Arc::new(input))?;
        Ok(Transformed::yes(LogicalPlan::Window(window)))
    });
    guarded.map(|guarded| guarded.data)
}

/// The kind that a result's field is shown as.
fn kind(data_type: &DataType) -> Kind {
    match data_type {
        DataType::Boolean => Kind::Boolean,
        DataType::Timestamp(..) => Kind::Datetime,
        DataType::Duration(_) => Kind::Timespan,
        DataType::Map(..) | DataType::Struct(_) => Kind::Map,
        DataType::List(_) | DataType::LargeList(_) | DataType::FixedSizeList(..) => Kind::Array,
        data_type if data_type.is_integer() => Kind::Integer,
        data_type if data_type.is_floating() => Kind::Float,
        _ => Kind::Text,
    }
}

/// What the planner may know.
struct Tables {
    sources: Sources,
    views: Views,
    functions: &'static Functions,
    options: ConfigOptions,
    planners: Vec<Arc<dyn ExprPlanner>>,
    now_nanos: i64,
}

impl ContextProvider for Tables {
    fn get_table_source(&self, name: TableReference) -> Result<Arc<dyn TableSource>> {
        match self.sources.get(name.table()) {
            Some(source) => Ok(Arc::clone(source)),
            None => refused(format!("unknown dataset '{}'", name.table())),
        }
    }

    fn get_expr_planners(&self) -> &[Arc<dyn ExprPlanner>] {
        &self.planners
    }

    fn get_function_meta(&self, name: &str) -> Option<Arc<ScalarUDF>> {
        let function = self.functions.scalar.get(name).cloned();
        function.or_else(|| moment::named(name, self.now_nanos))
    }

    fn get_higher_order_meta(&self, _: &str) -> Option<Arc<HigherOrderUDF>> {
        None
    }

    fn get_aggregate_meta(&self, name: &str) -> Option<Arc<AggregateUDF>> {
        self.functions.aggregate.get(name).cloned()
    }

    fn get_window_meta(&self, name: &str) -> Option<Arc<WindowUDF>> {
        self.functions.window.get(name).cloned()
    }

    fn get_variable_type(&self, _: &[String]) -> Option<DataType> {
        None
    }

    fn options(&self) -> &ConfigOptions {
        &self.options
    }

    fn udf_names(&self) -> Vec<String> {
        self.functions.scalar.keys().cloned().collect()
    }

    fn higher_order_function_names(&self) -> Vec<String> {
        Vec::new()
    }

    fn udaf_names(&self) -> Vec<String> {
        self.functions.aggregate.keys().cloned().collect()
    }

    fn udwf_names(&self) -> Vec<String> {
        self.functions.window.keys().cloned().collect()
    }
}

impl fmt::Debug for Tables {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Tables").finish_non_exhaustive()
    }
}
