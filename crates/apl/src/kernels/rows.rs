//! Functions computed row by row: most functions of the language are a closure over one row's arguments.
//!
//! A constant argument is one value, not a column of them, and JSON in it is read once. A call whose
//! arguments are all constants is computed when it is planned, unless it takes a regular expression.

use super::{bounded, json, regex};
use crate::bind::Value;
use crate::kind::{Kind, TIMESPAN};
use ::regex::Regex;
use arrow::array::{
    Array, ArrayRef, AsArray, BooleanArray, Float64Array, Int64Array, TimestampNanosecondArray,
};
use arrow::compute::cast;
use arrow::datatypes::{
    DataType, DurationNanosecondType, Float64Type, Int64Type, TimestampNanosecondType,
};
use datafusion::common::{Result, ScalarValue, exec_datafusion_err};
use datafusion::logical_expr::{
    ColumnarValue, Expr, ScalarFunctionArgs, ScalarUDF, ScalarUDFImpl, Signature, Volatility, lit,
};
use serde_json::Value as Json;
use std::borrow::Cow;
use std::hash::{Hash, Hasher};
use std::sync::{Arc, OnceLock};

/// What a function computes of all rows.
pub(crate) type Run = fn(&Rows) -> Result<ArrayRef>;

/// A call. The name must be the function's own: plans compare functions by it.
pub(crate) fn call(name: &'static str, gives: Kind, run: Run, arguments: Vec<Expr>) -> Value {
    if let Some(constant) = computed(run, &arguments) {
        return Value::new(lit(constant), gives);
    }
    unfolded(name, gives, run, arguments)
}

/// A call that is not computed before the query runs, since it may take long.
pub(crate) fn unfolded(name: &'static str, gives: Kind, run: Run, arguments: Vec<Expr>) -> Value {
    let function = ScalarUDF::from(RowFunction {
        name,
        output: gives.arrow(),
        run,
        signature: Signature::variadic_any(Volatility::Immutable),
    });
    Value::new(function.call(arguments), gives)
}

/// The result of constants. What fails is left to fail when the query runs.
fn computed(run: Run, arguments: &[Expr]) -> Option<ScalarValue> {
    let constant = |argument: &Expr| match argument {
        Expr::Literal(value, _) => value.to_array().ok(),
        _ => None,
    };
    let columns = arguments.iter().map(constant).collect::<Option<Vec<_>>>()?;
    let result = run(&Rows::new(columns, 1)).ok()?;
    ScalarValue::try_from_array(&result, 0).ok()
}

#[derive(Debug)]
struct RowFunction {
    name: &'static str,
    output: DataType,
    run: Run,
    signature: Signature,
}

impl PartialEq for RowFunction {
    fn eq(&self, other: &Self) -> bool {
        self.name == other.name && self.output == other.output
    }
}

impl Eq for RowFunction {}

impl Hash for RowFunction {
    fn hash<H: Hasher>(&self, state: &mut H) {
        self.name.hash(state);
    }
}

impl ScalarUDFImpl for RowFunction {
    fn name(&self) -> &str {
        self.name
    }

    fn signature(&self) -> &Signature {
        &self.signature
    }

    fn return_type(&self, _: &[DataType]) -> Result<DataType> {
        Ok(self.output.clone())
    }

    fn invoke_with_args(&self, arguments: ScalarFunctionArgs) -> Result<ColumnarValue> {
        let column = |argument: &ColumnarValue| match argument {
            ColumnarValue::Array(column) => Ok(ArrayRef::clone(column)),
            ColumnarValue::Scalar(value) => value.to_array(),
        };
        let columns = arguments
            .args
            .iter()
            .map(column)
            .collect::<Result<Vec<_>>>()?;
        let rows = Rows::new(columns, arguments.number_rows);
        Ok(ColumnarValue::Array((self.run)(&rows)?))
    }
}

/// The arguments of all rows.
#[derive(Debug)]
pub(crate) struct Rows {
    columns: Vec<Argument>,
    count: usize,
    searches: regex::Budget,
}

#[derive(Debug)]
struct Argument {
    values: ArrayRef,
    is_constant: bool,
    /// Of a constant that is a string, what it holds as JSON.
    json: Option<Json>,
    /// Of a constant that is a regular expression, once it is asked for.
    pattern: OnceLock<Option<Regex>>,
}

impl Rows {
    fn new(columns: Vec<ArrayRef>, count: usize) -> Self {
        let argument = |values: ArrayRef| {
            let is_constant = values.len() == 1;
            let is_text = matches!(values.data_type(), DataType::Utf8View);
            Argument {
                json: (is_constant && is_text).then(|| json::of(&values, 0)),
                pattern: OnceLock::new(),
                is_constant,
                values,
            }
        };
        Self {
            columns: columns.into_iter().map(argument).collect(),
            count,
            searches: regex::Budget::default(),
        }
    }

    /// What is made of one argument, once if the argument is a constant.
    pub(crate) fn prepared<T: Clone>(
        &self,
        place: usize,
        make: fn(Row<'_>, usize) -> Option<T>,
    ) -> Prepared<T> {
        let is_constant = self
            .columns
            .get(place)
            .is_some_and(|argument| argument.is_constant);
        Prepared {
            constant: (is_constant && self.count > 0)
                .then(|| make(Row { rows: self, at: 0 }, place)),
            place,
            make,
        }
    }

    /// The first column and the others, each as long as there are rows.
    pub(crate) fn columns(&self) -> Result<(ArrayRef, Vec<ArrayRef>)> {
        let whole = |argument: &Argument| {
            if argument.values.len() == self.count {
                return Ok(ArrayRef::clone(&argument.values));
            }
            ScalarValue::try_from_array(&argument.values, 0)?.to_array_of_size(self.count)
        };
        let mut columns = self.columns.iter().map(whole);
        let first = columns
            .next()
            .ok_or_else(|| exec_datafusion_err!("a function of nothing"))??;
        Ok((first, columns.collect::<Result<_>>()?))
    }

    fn each(&self) -> impl Iterator<Item = Row<'_>> {
        (0..self.count).map(|at| Row { rows: self, at })
    }

    pub(crate) fn texts<'a, T: Into<String>>(
        &'a self,
        compute: impl Fn(Row<'a>) -> Option<T>,
    ) -> Result<ArrayRef> {
        bounded::collect(self.each().map(|row| compute(row).map(Into::into)))
    }

    /// Texts whose length can be told before they are made.
    pub(crate) fn try_texts(
        &self,
        compute: impl Fn(Row<'_>) -> Result<Option<String>>,
    ) -> Result<ArrayRef> {
        bounded::try_collect(self.each().map(compute))
    }

    /// Arrays, maps and dynamic values.
    pub(crate) fn json(&self, compute: impl Fn(Row<'_>) -> Option<Json>) -> Result<ArrayRef> {
        bounded::collect(self.each().map(|row| json::text(&compute(row)?)))
    }

    /// The same, refused before they are made when they would be too large.
    pub(crate) fn try_json(
        &self,
        compute: impl Fn(Row<'_>) -> Result<Option<Json>>,
    ) -> Result<ArrayRef> {
        let text = |row| Ok(compute(row)?.as_ref().and_then(json::text));
        bounded::try_collect(self.each().map(text))
    }

    pub(crate) fn arrays(
        &self,
        compute: impl Fn(Row<'_>) -> Option<Vec<Json>>,
    ) -> Result<ArrayRef> {
        self.json(|row| compute(row).map(Json::Array))
    }

    pub(crate) fn integers(&self, compute: impl Fn(Row<'_>) -> Option<i64>) -> Result<ArrayRef> {
        Ok(Arc::new(Int64Array::from_iter(self.each().map(compute))))
    }

    /// Integers that may take too long to find.
    pub(crate) fn try_integers(
        &self,
        compute: impl Fn(Row<'_>) -> Result<Option<i64>>,
    ) -> Result<ArrayRef> {
        let integers = self.each().map(compute).collect::<Result<Int64Array>>()?;
        Ok(Arc::new(integers))
    }

    pub(crate) fn floats(&self, compute: impl Fn(Row<'_>) -> Option<f64>) -> Result<ArrayRef> {
        Ok(Arc::new(Float64Array::from_iter(self.each().map(compute))))
    }

    pub(crate) fn booleans(&self, compute: impl Fn(Row<'_>) -> Option<bool>) -> Result<ArrayRef> {
        Ok(Arc::new(BooleanArray::from_iter(self.each().map(compute))))
    }

    /// Nanoseconds since 1970.
    pub(crate) fn datetimes(&self, compute: impl Fn(Row<'_>) -> Option<i64>) -> Result<ArrayRef> {
        Ok(Arc::new(TimestampNanosecondArray::from_iter(
            self.each().map(compute),
        )))
    }

    /// Nanoseconds.
    pub(crate) fn timespans(&self, compute: impl Fn(Row<'_>) -> Option<i64>) -> Result<ArrayRef> {
        Ok(cast(&self.integers(compute)?, &TIMESPAN)?)
    }
}

/// What is made of an argument: see [`Rows::prepared`].
#[derive(Debug)]
pub(crate) struct Prepared<T> {
    constant: Option<Option<T>>,
    place: usize,
    make: fn(Row<'_>, usize) -> Option<T>,
}

impl<T: Clone> Prepared<T> {
    /// In this row; `None` when nothing can be made of it.
    pub(crate) fn of(&self, row: Row<'_>) -> Option<Cow<'_, T>> {
        match &self.constant {
            Some(constant) => constant.as_ref().map(Cow::Borrowed),
            None => (self.make)(row, self.place).map(Cow::Owned),
        }
    }
}

/// The arguments of one row. Each is read as what the binding made of it; a null, or an argument that is
/// not there, is `None`.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Row<'a> {
    rows: &'a Rows,
    at: usize,
}

impl<'a> Row<'a> {
    fn argument(self, place: usize) -> Option<(&'a Argument, usize)> {
        let argument = self.rows.columns.get(place)?;
        let at = if argument.is_constant { 0 } else { self.at };
        argument.values.is_valid(at).then_some((argument, at))
    }

    /// How many arguments there are.
    pub(crate) fn len(self) -> usize {
        self.rows.columns.len()
    }

    pub(crate) fn text(self, place: usize) -> Option<&'a str> {
        let (argument, at) = self.argument(place)?;
        Some(argument.values.as_string_view_opt()?.value(at))
    }

    pub(crate) fn integer(self, place: usize) -> Option<i64> {
        let (argument, at) = self.argument(place)?;
        let values = argument.values.as_ref();
        match values.data_type() {
            DataType::Int64 => Some(values.as_primitive::<Int64Type>().value(at)),
            DataType::Timestamp(..) => {
                Some(values.as_primitive::<TimestampNanosecondType>().value(at))
            }
            DataType::Duration(_) => {
                Some(values.as_primitive::<DurationNanosecondType>().value(at))
            }
            _ => None,
        }
    }

    pub(crate) fn float(self, place: usize) -> Option<f64> {
        let (argument, at) = self.argument(place)?;
        let values = argument.values.as_primitive_opt::<Float64Type>()?;
        Some(values.value(at))
    }

    /// Any value; null is JSON's.
    pub(crate) fn json(self, place: usize) -> Cow<'a, Json> {
        match self.argument(place) {
            None => Cow::Owned(Json::Null),
            Some((argument, at)) => match &argument.json {
                Some(constant) => Cow::Borrowed(constant),
                None => Cow::Owned(json::of(&argument.values, at)),
            },
        }
    }

    pub(crate) fn array(self, place: usize) -> Option<Vec<Json>> {
        match self.json(place).into_owned() {
            Json::Array(elements) => Some(elements),
            _ => None,
        }
    }

    pub(crate) fn map(self, place: usize) -> Option<serde_json::Map<String, Json>> {
        match self.json(place).into_owned() {
            Json::Object(entries) => Some(entries),
            _ => None,
        }
    }

    /// A constant that was found to be a regular expression.
    pub(crate) fn pattern(self, place: usize) -> Option<&'a Regex> {
        let (argument, _) = self.argument(place)?;
        let compiled = argument
            .pattern
            .get_or_init(|| regex::compile(self.text(place)?));
        compiled.as_ref()
    }

    /// What searches in the rows may take.
    pub(crate) fn searches(self) -> &'a regex::Budget {
        &self.rows.searches
    }

    /// The column of an argument and the row in it, for what reads Arrow's own lists and maps.
    pub(crate) fn cell(self, place: usize) -> Option<(&'a ArrayRef, usize)> {
        let (argument, at) = self.argument(place)?;
        Some((&argument.values, at))
    }
}
