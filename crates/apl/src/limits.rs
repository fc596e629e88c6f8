//! How large a query may be. Beyond a limit it is refused with a diagnostic, so that no text can
//! exhaust the stack or the planner.

/// Length of a query's text.
pub(crate) const TEXT_BYTES_MAX: usize = 64 * 1024;

/// Expressions and sub-queries inside each other.
pub(crate) const DEPTH_MAX: usize = 64;

/// Operators between pipes.
pub(crate) const STAGES_MAX: usize = 100;

/// Operands of one chain of `and` or of `or`; such a chain becomes a balanced tree.
pub(crate) const CHAIN_MAX: usize = 500;

/// `+ - * / %` signs in one expression; their tree leans left and is as deep as they are many.
pub(crate) const ARITHMETIC_MAX: usize = 100;

/// Nodes of all the earlier expressions that one expression reads through its fields: the optimizer
/// writes a field's expression out at every place that reads it, so `extend a = a + a` doubles.
pub(crate) const READS_MAX: usize = 10_000;

/// Calls of functions that make texts, in one query: each holds up to `TEXT_BATCH_BYTES_MAX`.
pub(crate) const TEXT_CALLS_MAX: usize = 64;

/// One text that a query makes.
pub(crate) const TEXT_VALUE_BYTES_MAX: usize = 1 << 20;

/// The texts that one function makes of one batch of rows.
pub(crate) const TEXT_BATCH_BYTES_MAX: usize = 32 << 20;

/// Values on the right side of `has_any`; each is searched for in every row.
pub(crate) const NEEDLES_MAX: usize = 500;

/// Diagnostics of one query; the rest would not be read.
pub(crate) const DIAGNOSTICS_MAX: usize = 20;

/// Rows of a summary by time bins are bounded by this many times the row limit: the limit is meant
/// for series, and cutting a chart's newest bins off would mislead.
pub(crate) const BINS_PER_SERIES: usize = 10;

/// Statements before a query.
pub(crate) const STATEMENTS_MAX: usize = 100;

/// Operators of a query and of all tables it reads, those of a `let` at each of its uses.
pub(crate) const OPERATORS_MAX: usize = 200;

/// Tables inside each other: sub-queries, and what a `let` stands for.
pub(crate) const TABLES_DEPTH_MAX: usize = 24;

/// Of these, sub-queries in expressions: the optimizer takes twice as long for each level.
pub(crate) const SUB_QUERIES_DEPTH_MAX: usize = 8;

/// Rows of one side of a join.
pub(crate) const JOIN_ROWS_MAX: usize = 50_000;

/// Fields that one `parse` or `parse-kv` makes.
pub(crate) const PARSED_FIELDS_MAX: usize = 50;

/// Elements of arrays that are unfolded into rows, in one batch of rows.
pub(crate) const UNFOLDED_MAX: usize = 1 << 20;

/// Bins of a series.
pub(crate) const SERIES_BINS_MAX: i64 = 10_000;

/// Terms of one search; each is looked for in every field of every row.
pub(crate) const SEARCH_TERMS_MAX: usize = 20;

/// Spans of which the trees of traces are made, in one query.
pub(crate) const TREE_SPANS_MAX: usize = 10_000_000;

/// Different values of one field that are compared one by one.
pub(crate) const COMPARED_VALUES_MAX: usize = 100_000;

/// Different numbers of one field that are compared one by one; more of them, by ranges.
pub(crate) const COMPARED_NUMBERS_MAX: usize = 100;

/// Keys of one map that are compared.
pub(crate) const COMPARED_KEYS_MAX: usize = 1_000;

/// Values of one field that a comparison shows.
pub(crate) const COMPARED_SHOWN_MAX: usize = 20;

/// Virtual fields that are made of each other.
pub(crate) const VIRTUAL_DEPTH_MAX: usize = 16;

/// Fields of rows.
pub(crate) const FIELDS_MAX: usize = 2_000;

/// Bins of the histograms of one batch of groups.
pub(crate) const HISTOGRAM_BINS_MAX: usize = 1 << 22;
