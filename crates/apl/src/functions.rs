//! The functions of expressions: one file each, in a folder for each family. The head of a function's file is
//! its page in `docs/apl/` and its test; the parent's file has the family's table.

use crate::aggregations;
use crate::bind::{Aggregates, Binder, Bound, Value};
use crate::diagnostic;
use crate::kernels::rows::{self, Run};
use crate::kind::Kind;
use crate::parser::words;
use crate::syntax::Expression;
use datafusion::logical_expr::Expr;
use std::ops::{Range, RangeInclusive};

/// What a function takes, and how an argument becomes it.
mod argument;
/// Arrays and maps: `array_slice`, `bag_pack`, …
mod array;
/// Choices: `iff`, `case`, `coalesce`, …
mod conditional;
/// From kind to kind: `tostring`, `toint`, …
mod conversion;
/// Datetimes: `ago`, `datetime_diff`, `startofday`, …
mod datetime;
/// Digests: `hash_sha256`, …
mod digest;
/// IP addresses: `ipv4_is_in_range`, …
mod ip;
/// Numbers and sets: `log`, `pow`, `set_intersect`, …
mod math;
/// Fields that may not be there: `column_ifexists`, …
mod metadata;
/// Bins and whole numbers: `bin`, `floor`, …
mod rounding;
/// Texts: `strcat`, `split`, `parse_url`, …
mod string;
/// Spans that are related in a trace: `has_child`, `has_ancestor`, …
mod trace;
/// What Axiom's language has and this one does not have yet.
mod unsupported;

pub(crate) use argument::Takes;

/// A function as the language knows it.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Function {
    /// Its name, and others that mean the same.
    pub(crate) names: &'static [&'static str],
    /// How it is written, for diagnostics.
    pub(crate) usage: &'static str,
    /// Arguments, at least and at most.
    pub(crate) least: usize,
    pub(crate) most: usize,
    /// Whether each call holds texts that it made.
    makes_texts: bool,
    work: Work,
}

#[derive(Clone, Copy, Debug)]
enum Work {
    /// Of each row's arguments; the last of `takes` repeats.
    Rows {
        takes: &'static [Takes],
        gives: Kind,
        run: Run,
    },
    /// An expression of the plan.
    Bind(fn(&mut Binder<'_, '_>, &Call) -> Bound<Value>),
    /// The same, of arguments that are not bound yet: they may name what is not there.
    Form(fn(&mut Binder<'_, '_>, &[Expression], &Range<usize>) -> Bound<Value>),
}

impl Function {
    /// A function computed row by row.
    const fn of_rows(
        names: &'static [&'static str],
        usage: &'static str,
        takes: &'static [Takes],
        gives: Kind,
        run: Run,
    ) -> Self {
        Self {
            names,
            usage,
            least: takes.len(),
            most: takes.len(),
            makes_texts: matches!(gives, Kind::Text | Kind::Array | Kind::Bag | Kind::Dynamic),
            work: Work::Rows { takes, gives, run },
        }
    }

    /// A function that becomes an expression of the plan.
    const fn bound(
        names: &'static [&'static str],
        usage: &'static str,
        arguments: RangeInclusive<usize>,
        bind: fn(&mut Binder<'_, '_>, &Call) -> Bound<Value>,
    ) -> Self {
        Self {
            names,
            usage,
            least: *arguments.start(),
            most: *arguments.end(),
            makes_texts: false,
            work: Work::Bind(bind),
        }
    }

    /// A function whose arguments may name what is not there.
    const fn form(
        names: &'static [&'static str],
        usage: &'static str,
        arguments: usize,
        bind: fn(&mut Binder<'_, '_>, &[Expression], &Range<usize>) -> Bound<Value>,
    ) -> Self {
        Self {
            names,
            usage,
            least: arguments,
            most: arguments,
            makes_texts: false,
            work: Work::Form(bind),
        }
    }

    /// The last `count` arguments may be left out.
    const fn optional(mut self, count: usize) -> Self {
        self.least -= count;
        self
    }

    /// The last argument may be repeated, up to `most` arguments.
    const fn repeated(mut self, most: usize) -> Self {
        self.most = most;
        self
    }

    /// Each call holds texts that it made.
    const fn making_texts(mut self) -> Self {
        self.makes_texts = true;
        self
    }
}

/// A call with its arguments bound, and where they stand.
#[derive(Debug)]
pub(crate) struct Call {
    pub(crate) name: String,
    pub(crate) range: Range<usize>,
    pub(crate) values: Vec<Value>,
    pub(crate) ranges: Vec<Range<usize>>,
}

impl Call {
    /// The value and place of an argument that the table promises to be there.
    pub(crate) fn argument(&self, place: usize) -> (Value, &Range<usize>) {
        (self.values[place].clone(), &self.ranges[place])
    }
}

const FAMILIES: &[&[Function]] = &[
    array::FUNCTIONS,
    conditional::FUNCTIONS,
    conversion::FUNCTIONS,
    datetime::FUNCTIONS,
    digest::FUNCTIONS,
    ip::FUNCTIONS,
    math::FUNCTIONS,
    metadata::FUNCTIONS,
    rounding::FUNCTIONS,
    string::FUNCTIONS,
    trace::FUNCTIONS,
];

/// Whether each call of this function holds texts that it made.
pub(crate) fn makes_texts(name: &str) -> bool {
    named(name).is_some_and(|function| function.makes_texts)
}

/// Whether the first argument of this function may name a field as a string.
pub(crate) fn names_a_field(name: &str) -> bool {
    ["column_ifexists", "ensure_field"].contains(&name)
}

pub(crate) fn all() -> impl Iterator<Item = &'static Function> {
    FAMILIES.iter().flat_map(|family| family.iter())
}

/// The function of this name.
pub(crate) fn named(name: &str) -> Option<&'static Function> {
    all().find(|function| function.names.contains(&name))
}

pub(crate) fn bind(
    binder: &mut Binder<'_, '_>,
    name: &str,
    arguments: &[Expression],
    range: &Range<usize>,
) -> Bound<Value> {
    let Some(function) = named(name) else {
        return Err(unknown(binder, name, range));
    };
    let allowed = function.least..=function.most;
    check_count(binder, &allowed, function.usage, arguments, range)?;
    if let Work::Form(bind) = function.work {
        return bind(binder, arguments, range);
    }
    let bound: Vec<Bound<Value>> = arguments
        .iter()
        .map(|argument| binder.bind(argument))
        .collect();
    let values = bound.into_iter().collect::<Bound<Vec<Value>>>()?;
    let ranges = arguments
        .iter()
        .map(|argument| argument.range.clone())
        .collect();
    let call = Call {
        name: name.to_owned(),
        range: range.clone(),
        values,
        ranges,
    };
    match function.work {
        Work::Rows { takes, gives, run } => {
            let arguments = taken(binder, &call, takes)?;
            let call = match takes.iter().any(|takes| matches!(takes, Takes::Pattern)) {
                true => rows::unfolded,
                false => rows::call,
            };
            Ok(call(function.names[0], gives, run, arguments))
        }
        Work::Bind(bind) => bind(binder, &call),
        Work::Form(_) => Ok(Value::null()),
    }
}

/// The arguments as what the function takes.
fn taken(binder: &mut Binder<'_, '_>, call: &Call, takes: &[Takes]) -> Bound<Vec<Expr>> {
    let argument = |place: usize| {
        let takes = takes.get(place).or(takes.last()).unwrap_or(&Takes::Any);
        takes.bind(binder, call, place)
    };
    let bound: Vec<Bound<Expr>> = (0..call.values.len()).map(argument).collect();
    bound.into_iter().collect()
}

fn unknown(binder: &mut Binder<'_, '_>, name: &str, range: &Range<usize>) -> diagnostic::Failed {
    let name_range = range.start..range.start + name.len();
    if unsupported::is_known(name) {
        let message = format!("not supported yet: {name}");
        return binder.error(&name_range, message);
    }
    let functions = || all().flat_map(|function| function.names.iter().copied());
    // Where aggregations stand they are meant, rather than a function of as near a name.
    let aggregation = match binder.aggregates {
        Aggregates::Collected(_) => diagnostic::nearest(name, aggregations::names()),
        _ => None,
    };
    let related = || named(&format!("has_{name}")).map(|function| function.names[0].to_owned());
    let suggestion = aggregation
        .or_else(|| words::function_elsewhere(name).map(str::to_owned))
        .or_else(|| diagnostic::nearest(name, functions().chain(aggregations::names())))
        .or_else(related)
        .or_else(|| words::function_near_elsewhere(name).map(str::to_owned))
        .or_else(|| diagnostic::longest_start(name, functions()));
    let message = format!("unknown function '{name}'");
    binder.report.suggest(&name_range, message, suggestion)
}

/// Reports a wrong number of arguments by the way the call is written.
pub(crate) fn check_count(
    binder: &mut Binder<'_, '_>,
    allowed: &RangeInclusive<usize>,
    usage: &str,
    arguments: &[Expression],
    range: &Range<usize>,
) -> Bound<()> {
    if allowed.contains(&arguments.len()) {
        return Ok(());
    }
    Err(binder.error(
        range,
        format!("expected {usage}, found {} arguments", arguments.len()),
    ))
}
