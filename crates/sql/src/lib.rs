//! SQL over the tables that APL reads: text → statement → DataFusion plan. It reads, and does nothing else.
//!
//! DataFusion knows SQL; this crate says what of it is here. A text is measured before it is parsed (`statement`), a
//! statement before it is planned (`shape`), and a plan before it is run (`verify`), so that none can exhaust the
//! stack, the planner or the memory. Names mean what they mean in APL (`names`, `tables`), timespans are compared
//! as they are written (`operators`), and of functions there are those that cannot grow without a bound (`functions`).
//!
//! It opens no file and no socket, and does not run what it plans.

/// Timespans in `BETWEEN`, `IN` and `CASE`.
mod compared;
/// The functions there are.
mod functions;
/// How large a query may be.
mod limits;
/// What the engine says of a query, said to who wrote it.
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
/// What a statement names, and how much of it there is.
mod shape;
/// Text to a statement.
mod statement;
/// Datasets as tables.
mod tables;
/// Functions that make texts, and regular expressions.
mod texts;
/// What a plan may hold.
mod verify;

use apl::{Context, Datasets, Diagnostic, Plan};

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
    let opened = tables::open(text, &shape, datasets)?;
    let names = names::settle(&mut query, &shape, &opened);
    let sources = tables::sources(text, &opened, &names.of_fields, context)?;
    repeats::leave_out(&mut query, &sources);
    planner::plan(text, query, sources, &names, context)
}
