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

/// Diagnostics of one query; the rest would not be read.
pub(crate) const DIAGNOSTICS_MAX: usize = 20;

/// Rows of a summary by time bins are bounded by this many times the row limit: the limit is meant
/// for series, and cutting a chart's newest bins off would mislead.
pub(crate) const BINS_PER_SERIES: usize = 10;
