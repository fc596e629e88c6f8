//! SQL over the tables that APL reads: text → statement → DataFusion plan. It reads, and does nothing else.
//!
//! DataFusion knows SQL; this crate says what of it is here. A text is measured before it is parsed (`statement`), a
//! statement before it is planned (`shape`), and a plan before it is run (`verify`), so that none can exhaust the
//! stack, the planner or the memory. Names mean what they mean in APL (`names`, `tables`), timespans are compared
//! as they are written (`operators`), and of functions there are those that cannot grow without a bound (`functions`).
//!
//! What is written in a query is computed once to see that it can be (`foreseen`); what stops the planner is said in
//! SQL's words (`words`, `sentences`, `misfit`), at the expression that is at fault (`blame`).
//!
//! It opens no file and no socket, and does not run what it plans.

/// Which expression is at fault.
mod blame;
/// What may not stand in a clause.
mod clauses;
/// Timespans and numbers in `BETWEEN`, `IN` and `CASE`.
mod compared;
/// `EXISTS` that is the same for all rows.
mod exists;
/// What is wrong with a plan whatever the rows are.
mod foreseen;
/// The functions there are.
mod functions;
/// How large a query may be.
mod limits;
/// Expressions whose parts do not fit together.
mod misfit;
/// What stopped the planner, said to who wrote the query.
mod mistake;
/// What time it is.
mod moment;
/// Names of fields, as the planner is to see them.
mod names;
/// Functions of numbers.
mod numbers;
/// Operators over timespans, texts and regular expressions.
mod operators;
/// `percentile(field, percent)`.
mod percentile;
/// Places in the text.
mod place;
/// A statement to a plan.
mod planner;
/// Fields that a `*` shows already.
mod repeats;
/// What stopped a run, said to who wrote the query.
mod run;
/// What the engine says, in SQL's words.
mod sentences;
/// What a statement names, and how much of it there is.
mod shape;
/// Text to a statement.
mod statement;
/// `sum` and `avg` that do not wrap.
mod sums;
/// Datasets as tables.
mod tables;
/// Functions that make texts, and regular expressions.
mod texts;
/// What a plan may hold.
mod verify;
/// Datasets as the planner puts them into a plan.
mod views;
/// What this crate says, and the names of types in it.
mod words;

use apl::{Context, Datasets, Diagnostic, Plan};

pub use run::failure;

/// One mistake, or what was made.
type Found<T> = Result<T, Diagnostic>;

/// Compiles a query; `context.dataset` and `context.variables` mean nothing here. A query with a mistake yields the
/// first one found.
///
/// # Errors
/// The mistake.
pub fn compile(text: &str, context: &Context, datasets: &dyn Datasets) -> Result<Plan, Diagnostic> {
    let mut query = statement::read(text)?;
    let shape = shape::of(text, &query)?;
    clauses::check(text, &query)?;
    let opened = tables::open(text, &shape, datasets)?;
    let names = names::settle(text, &mut query, &shape, &opened)?;
    let sources = tables::sources(text, &opened, &names, context, datasets)?;
    repeats::leave_out(&mut query, &sources.0);
    let plan = planner::plan(text, &query, sources, &names, context)?;
    let warnings = tables::warnings(text, &opened, &names);
    Ok(Plan { warnings, ..plan })
}
