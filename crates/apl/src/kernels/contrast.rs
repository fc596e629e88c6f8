//! How often each value of many fields occurs in two sets of rows: one aggregate that reads each field once. Counts
//! are of all rows, none is left out; only how finely a field's values are told apart is bounded.

use super::difference::Pair;
use arrow::array::{
    Array, ArrayRef, AsArray, Float64Array, Int64Array, ListArray, StringViewArray, StructArray,
};
use arrow::buffer::OffsetBuffer;
use arrow::datatypes::{DataType, Field, FieldRef, Fields};
use datafusion::common::{Result, ScalarValue, exec_datafusion_err};
use datafusion::logical_expr::function::{AccumulatorArgs, StateFieldsArgs};
use datafusion::logical_expr::utils::format_state_name;
use datafusion::logical_expr::{
    Accumulator, AggregateUDF, AggregateUDFImpl, Expr, Signature, Volatility,
};
use std::sync::Arc;
use values::Values;

/// Numbers one by one, or by ranges when there are many.
mod numbers;
/// What is counted of a field, from state to state.
mod state;
/// The values of one field.
mod values;

/// The fields of a row of the result.
pub(crate) const FIELD: &str = "field";
pub(crate) const VALUE: &str = "value";
pub(crate) const SELECTED: &str = "selected";
pub(crate) const OTHERS: &str = "others";
pub(crate) const SELECTED_SHARE: &str = "selected_share";
pub(crate) const OTHERS_SHARE: &str = "others_share";
pub(crate) const DIFFERENCE: &str = "difference";
pub(crate) const EFFECT: &str = "effect";
pub(crate) const SUPPORT: &str = "support";

/// For each field, its values and how far the rows for which `selected` is true are apart in them from those for
/// which `others` is: a list of structs. Fields are texts, numbers, booleans, timespans, or maps of texts, each of
/// whose keys is a field: `map.key`.
pub(crate) fn of(selected: Expr, others: Expr, fields: Vec<(String, Expr)>) -> Expr {
    let (names, values): (Vec<String>, Vec<Expr>) = fields.into_iter().unzip();
    let mut arguments = vec![selected, others];
    arguments.extend(values);
    let signature = Signature::variadic_any(Volatility::Immutable);
    AggregateUDF::from(Contrast { names, signature }).call(arguments)
}

#[derive(Debug, PartialEq, Eq, Hash)]
struct Contrast {
    names: Vec<String>,
    signature: Signature,
}

impl AggregateUDFImpl for Contrast {
    fn name(&self) -> &str {
        "contrast"
    }

    fn signature(&self) -> &Signature {
        &self.signature
    }

    fn return_type(&self, _: &[DataType]) -> Result<DataType> {
        Ok(DataType::List(item(result())))
    }

    fn state_fields(&self, args: StateFieldsArgs) -> Result<Vec<FieldRef>> {
        let name = format_state_name(args.name, "counts");
        let state = DataType::List(item(state::fields()));
        Ok(vec![Arc::new(Field::new(name, state, true))])
    }

    fn accumulator(&self, args: AccumulatorArgs) -> Result<Box<dyn Accumulator>> {
        let types = args.expr_fields.iter().skip(2);
        let fields = types.map(|field| Values::of(field.data_type())).collect();
        Ok(Box::new(Counting {
            names: self.names.clone(),
            rows: Pair::default(),
            fields,
        }))
    }
}

fn result() -> Fields {
    let field = |name: &str, data_type: DataType| Field::new(name, data_type, true);
    Fields::from(vec![
        field(FIELD, DataType::Utf8View),
        field(VALUE, DataType::Utf8View),
        field(SELECTED, DataType::Int64),
        field(OTHERS, DataType::Int64),
        field(SELECTED_SHARE, DataType::Float64),
        field(OTHERS_SHARE, DataType::Float64),
        field(DIFFERENCE, DataType::Float64),
        field(EFFECT, DataType::Float64),
        field(SUPPORT, DataType::Float64),
    ])
}

fn item(fields: Fields) -> FieldRef {
    Arc::new(Field::new("item", DataType::Struct(fields), true))
}

/// One list of structs.
fn list(fields: Fields, columns: Vec<ArrayRef>) -> Result<ScalarValue> {
    let elements = StructArray::try_new(fields.clone(), columns, None)?;
    let offsets = OffsetBuffer::from_lengths([elements.len()]);
    let list = ListArray::try_new(item(fields), offsets, Arc::new(elements), None)?;
    Ok(ScalarValue::List(Arc::new(list)))
}

#[derive(Debug)]
struct Counting {
    names: Vec<String>,
    rows: Pair,
    fields: Vec<Values>,
}

impl Accumulator for Counting {
    fn update_batch(&mut self, values: &[ArrayRef]) -> Result<()> {
        let is_true = |place: usize, row: usize| {
            let flags = values[place].as_boolean();
            i64::from(flags.is_valid(row) && flags.value(row))
        };
        let pair = |row: usize| Pair {
            selected: is_true(0, row),
            others: is_true(1, row),
        };
        let pairs: Vec<Pair> = (0..values[0].len()).map(pair).collect();
        pairs.iter().for_each(|pair| self.rows.add(*pair));
        for (field, column) in self.fields.iter_mut().zip(&values[2..]) {
            if column.null_count() < column.len() {
                field.add(column, &pairs)?;
            }
        }
        Ok(())
    }

    fn merge_batch(&mut self, states: &[ArrayRef]) -> Result<()> {
        let states = states[0].as_list::<i32>();
        for row in (0..states.len()).filter(|row| states.is_valid(*row)) {
            let list = states.value(row);
            let counts = state::Counts::of(list.as_struct());
            self.rows.add(counts.rows());
            for count in counts.each() {
                let field = self.fields.get_mut(count.field);
                let field = field.ok_or_else(|| exec_datafusion_err!("counts of no field"))?;
                field.merge(&count);
            }
        }
        Ok(())
    }

    fn state(&mut self) -> Result<Vec<ScalarValue>> {
        let mut counts = state::Writer::new(self.rows);
        for (place, field) in self.fields.iter().enumerate() {
            field.write(place, &mut counts);
        }
        Ok(vec![counts.finish()?])
    }

    fn evaluate(&mut self) -> Result<ScalarValue> {
        let mut rows = Vec::new();
        for (name, field) in self.names.iter().zip(&self.fields) {
            field.rows(name, self.rows, &mut rows);
        }
        let share = |of: fn(&super::difference::Difference) -> f64| -> ArrayRef {
            let shares = rows
                .iter()
                .map(|row| row.counts.difference(self.rows).as_ref().map(of));
            Arc::new(Float64Array::from_iter(shares))
        };
        let counts = |of: fn(&Pair) -> i64| -> ArrayRef {
            Arc::new(Int64Array::from_iter_values(
                rows.iter().map(|row| of(&row.counts)),
            ))
        };
        let names = rows.iter().map(|row| Some(row.field.as_str()));
        let values = rows.iter().map(|row| row.value.as_deref());
        let columns: Vec<ArrayRef> = vec![
            Arc::new(StringViewArray::from_iter(names)),
            Arc::new(StringViewArray::from_iter(values)),
            counts(|pair| pair.selected),
            counts(|pair| pair.others),
            share(|it| it.selected),
            share(|it| it.others),
            share(|it| it.selected - it.others),
            share(|it| it.effect),
            share(|it| it.support),
        ];
        list(result(), columns)
    }

    fn size(&self) -> usize {
        size_of::<Self>() + self.fields.iter().map(Values::size).sum::<usize>()
    }
}
