//! The functions of expressions. Each family is a file with a table: names, number of arguments, usage
//! and binding.

use crate::bind::{Binder, Bound, Value};
use crate::diagnostic;
use crate::syntax::Expression;
use std::ops::{Range, RangeInclusive};

/// `array_length`.
mod array;
/// `iff`, `case`, `coalesce`, `not`, `isnull`, `isempty`, …
mod conditional;
/// `tostring`, `toint`, …, and the typed literals `long(1)`, `timespan(1h)`.
mod conversion;
/// `bin`, `bin_auto`, `round`, `floor`, `ceiling`, `abs`.
mod rounding;
/// `strcat`, `tolower`, `toupper`, `strlen`, `substring`.
mod text;
/// `now`, `ago`, `datetime`.
mod time;
/// What Axiom's language has and this one does not have yet.
mod unsupported;

/// A function as the language knows it.
pub(crate) struct Function {
    pub(crate) name: &'static str,
    pub(crate) arguments: RangeInclusive<usize>,
    /// How it is written, for diagnostics.
    pub(crate) usage: &'static str,
    pub(crate) bind: fn(&mut Binder<'_, '_>, &Call) -> Bound<Value>,
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
    rounding::FUNCTIONS,
    text::FUNCTIONS,
    time::FUNCTIONS,
];

/// Whether each call of this function holds texts that it made.
pub(crate) fn makes_texts(name: &str) -> bool {
    text::MAKING.contains(&name)
}

fn all() -> impl Iterator<Item = &'static Function> {
    FAMILIES.iter().flat_map(|family| family.iter())
}

/// The function of this name.
pub(crate) fn named(name: &str) -> Option<&'static Function> {
    all().find(|function| function.name == name)
}

pub(crate) fn bind(
    binder: &mut Binder<'_, '_>,
    name: &str,
    arguments: &[Expression],
    range: &Range<usize>,
) -> Bound<Value> {
    let Some(function) = named(name) else {
        let name_range = range.start..range.start + name.len();
        if unsupported::is_known(name) {
            let message = format!("not supported yet: {name}");
            return Err(binder.error(&name_range, message));
        }
        let known = all()
            .map(|function| function.name)
            .chain(crate::aggregations::names());
        let suggestion = diagnostic::nearest(name, known);
        let message = format!("unknown function '{name}'");
        return Err(binder.report.suggest(&name_range, message, suggestion));
    };
    check_count(
        binder,
        &function.arguments,
        function.usage,
        arguments,
        range,
    )?;
    let bound: Vec<Bound<Value>> = arguments
        .iter()
        .map(|argument| binder.bind(argument))
        .collect();
    let values = bound.into_iter().collect::<Bound<Vec<Value>>>()?;
    let ranges = arguments
        .iter()
        .map(|argument| argument.range.clone())
        .collect();
    (function.bind)(
        binder,
        &Call {
            name: name.to_owned(),
            range: range.clone(),
            values,
            ranges,
        },
    )
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
