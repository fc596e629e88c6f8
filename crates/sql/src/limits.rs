//! How large a query may be. Beyond a limit it is refused with a diagnostic, so that no text can exhaust the
//! stack or the planner.

/// Length of a query's text.
pub(crate) const TEXT_BYTES_MAX: usize = 64 * 1024;

/// One text in quotes: a column of it holds it once for each row.
pub(crate) const LITERAL_BYTES_MAX: usize = 4 * 1024;

/// Operators and keywords. A chain of them is as deep as they are many.
pub(crate) const OPERATORS_MAX: usize = 1_000;

/// Signs such as `+` and `||`: the engine takes a time for a chain of them that grows with its square.
pub(crate) const SIGNS_MAX: usize = 200;

/// Parentheses, brackets, `CASE`s and signs such as `NOT` inside each other.
pub(crate) const DEPTH_MAX: usize = 32;

/// Queries inside each other, those that a name of `WITH` stands for included: for each level in an expression
/// the optimizer takes twice as long.
pub(crate) const QUERIES_DEPTH_MAX: usize = 8;

/// `SELECT`s and tables together, those that a name of `WITH` stands for at each of its uses.
pub(crate) const PARTS_MAX: usize = 40;

/// Nodes of all expressions in one place of a plan, when the fields they read are written out: the optimizer
/// does that, so that `SELECT a + a AS a` doubles at each level.
pub(crate) const NODES_MAX: usize = 20_000;

/// Calls of functions that make texts, counted in the same way: each holds up to 32 MiB.
pub(crate) const TEXT_CALLS_MAX: usize = 64;

/// Names that are no fields of a dataset but attributes.
pub(crate) const ATTRIBUTES_MAX: usize = 200;

/// Rows that a window function looks at: they are held all at once.
pub(crate) const WINDOW_ROWS_MAX: usize = 100_000;
