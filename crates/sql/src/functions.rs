//! The functions there are. Of DataFusion's those are here that give at most as much as they are given: `repeat` or
//! `range` would fill any memory in one call, as would `arrow_cast` to a type of any size and `approx_percentile_cont`
//! with a buffer of any size; and a join or a window copies the lists of `array_agg` past the memory pool. What makes
//! longer texts is ours, within limits (`texts`).

use crate::{moment, numbers, operators, percentile, texts};
use arrow::array::ArrayRef;
use arrow::datatypes::DataType;
use datafusion::common::{Result, ScalarValue};
use datafusion::execution::SessionStateDefaults;
use datafusion::logical_expr::{
    AggregateUDF, ColumnarValue, ScalarFunctionArgs, ScalarUDF, ScalarUDFImpl, Signature, WindowUDF,
};
use std::collections::{HashMap, HashSet};
use std::hash::{Hash, Hasher};
use std::sync::{Arc, LazyLock};

/// Of DataFusion: functions that make texts.
const TEXTS: &[&str] = &[
    "btrim",
    "chr",
    "initcap",
    "left",
    "lower",
    "ltrim",
    "reverse",
    "right",
    "rtrim",
    "split_part",
    "substr",
    "substring",
    "to_char",
    "to_hex",
    "translate",
    "trim",
    "upper",
];

/// Of DataFusion: all others.
const OTHERS: &[&str] = &[
    "array_element",
    "array_has",
    "array_length",
    "arrow_typeof",
    "ascii",
    "bit_length",
    "cardinality",
    "char_length",
    "character_length",
    "coalesce",
    "contains",
    "date_bin",
    "date_part",
    "date_trunc",
    "datepart",
    "datetrunc",
    "ends_with",
    "from_unixtime",
    "get_field",
    "greatest",
    "ifnull",
    "instr",
    "least",
    "length",
    "make_date",
    "map_entries",
    "map_extract",
    "map_keys",
    "map_values",
    "nullif",
    "nvl",
    "nvl2",
    "octet_length",
    "position",
    "starts_with",
    "strpos",
    "to_date",
    "to_local_time",
    "to_timestamp",
    "to_timestamp_micros",
    "to_timestamp_millis",
    "to_timestamp_nanos",
    "to_timestamp_seconds",
    "to_unixtime",
];

const AGGREGATIONS: &[&str] = &[
    "any_value",
    "approx_distinct",
    "approx_median",
    "avg",
    "bool_and",
    "bool_or",
    "corr",
    "count",
    "covar_pop",
    "covar_samp",
    "first_value",
    "last_value",
    "max",
    "mean",
    "median",
    "min",
    "stddev",
    "stddev_pop",
    "stddev_samp",
    "sum",
    "var",
    "var_pop",
    "var_samp",
];

/// The functions by the names that a query may call them by.
#[derive(Debug)]
pub(crate) struct Functions {
    pub(crate) scalar: HashMap<String, Arc<ScalarUDF>>,
    pub(crate) aggregate: HashMap<String, Arc<AggregateUDF>>,
    pub(crate) window: HashMap<String, Arc<WindowUDF>>,
    /// Of DataFusion, and not here: it writes some of them itself, for `[1, 2]` as for `{a: 1}`.
    absent: HashSet<String>,
}

/// All of them.
pub(crate) fn all() -> &'static Functions {
    static ALL: LazyLock<Functions> = LazyLock::new(Functions::collect);
    &ALL
}

/// How functions of this crate are called; the engine says it of its own.
const USAGES: &[(&str, &str)] = &[
    ("round", "round(x), or round(x, digits)"),
    ("power", "power(x, exponent)"),
    ("concat", "concat(text, …)"),
    ("concat_ws", "concat_ws(separator, text, …)"),
    ("replace", "replace(text, from, to)"),
    (
        "regexp_like",
        "regexp_like(text, 'pattern'), or regexp_like(text, 'pattern', 'flags')",
    ),
    (
        "regexp_count",
        "regexp_count(text, 'pattern'), or regexp_count(text, 'pattern', 'flags')",
    ),
    (
        "regexp_replace",
        "regexp_replace(text, 'pattern', to), or regexp_replace(text, 'pattern', to, 'flags')",
    ),
    ("percentile", "percentile(field, percent)"),
    ("count", "count(*)"),
    ("now", "now()"),
];

/// What other languages, APL among them, call what is written so here.
const ELSEWHERE: &[(&str, &str)] = &[
    ("ago", "now() - INTERVAL '1 hour'"),
    ("bin", "date_bin(INTERVAL '1 minute', _time)"),
    ("countif", "count(*) FILTER (WHERE …)"),
    ("dcount", "count(DISTINCT x)"),
    ("iff", "CASE WHEN … THEN … ELSE … END"),
    ("if", "CASE WHEN … THEN … ELSE … END"),
    ("isnotnull", "x IS NOT NULL"),
    ("isnull", "x IS NULL"),
    ("percentile_cont", "percentile(x, percent)"),
    ("quantile", "percentile(x, percent)"),
    ("strcat", "concat"),
    ("strlen", "length"),
    ("tolower", "lower"),
    ("toupper", "upper"),
];

/// What is written here for a function of another language.
pub(crate) fn elsewhere(name: &str) -> Option<&'static str> {
    let found = ELSEWHERE.iter().find(|(other, _)| *other == name);
    found.map(|(_, here)| *here)
}

/// Whether a function is of texts.
pub(crate) fn takes_texts(name: &str) -> bool {
    makes_texts(name) && !matches!(name, "to_char" | "to_hex" | "chr")
        || name.starts_with("regexp_")
        || matches!(
            name,
            "ascii" | "contains" | "starts_with" | "ends_with" | "strpos" | "instr" | "position"
        )
}

/// Whether a function makes texts.
pub(crate) fn makes_texts(name: &str) -> bool {
    TEXTS.contains(&name) || texts::NAMES.contains(&name)
}

impl Functions {
    fn collect() -> Self {
        let (mut scalar, mut absent) = (HashMap::new(), HashSet::new());
        for function in SessionStateDefaults::default_scalar_functions() {
            let names = std::iter::once(function.name()).chain(aliases(function.aliases()));
            let known = names.filter(|name| TEXTS.contains(name) || OTHERS.contains(name));
            let known: Vec<String> = known.map(str::to_owned).collect();
            if known.is_empty() {
                absent.insert(function.name().to_owned());
            }
            for name in known {
                scalar.insert(name, Arc::clone(&function));
            }
        }
        for function in texts::functions().into_iter().chain(numbers::functions()) {
            scalar.insert(function.name().to_owned(), function);
        }
        absent.retain(|name| !scalar.contains_key(name) && !moment::NAMES.contains(&name.as_str()));
        let mut aggregate = HashMap::new();
        for function in SessionStateDefaults::default_aggregate_functions() {
            let names = std::iter::once(function.name()).chain(aliases(function.aliases()));
            let known = names.filter(|name| AGGREGATIONS.contains(name));
            for name in known.map(str::to_owned).collect::<Vec<_>>() {
                aggregate.insert(name, Arc::clone(&function));
            }
        }
        aggregate.insert(percentile::NAME.to_owned(), percentile::function());
        let window = SessionStateDefaults::default_window_functions();
        let window = window.into_iter().map(|it| (it.name().to_owned(), it));
        Self {
            scalar,
            aggregate,
            window: window.collect(),
            absent,
        }
    }

    /// Whether a scalar function of DataFusion is not here.
    pub(crate) fn is_absent(&self, name: &str) -> bool {
        self.absent.contains(name)
    }

    /// How a function is called, with the names of what it takes.
    pub(crate) fn usage(&self, name: &str) -> Option<String> {
        if let Some((_, usage)) = USAGES.iter().find(|(known, _)| *known == name) {
            return Some((*usage).to_owned());
        }
        let scalar = || self.scalar.get(name)?.documentation();
        let aggregate = || self.aggregate.get(name)?.documentation();
        let window = || self.window.get(name)?.documentation();
        let said = scalar().or_else(aggregate).or_else(window);
        match said {
            Some(said) => Some(said.syntax_example.lines().next()?.to_owned()),
            // The rest of ours take one number.
            None => self.scalar.contains_key(name).then(|| format!("{name}(x)")),
        }
    }

    pub(crate) fn names(&self) -> impl Iterator<Item = &str> {
        let scalar = self.scalar.keys().chain(self.aggregate.keys());
        scalar.chain(self.window.keys()).map(String::as_str)
    }
}

fn aliases(aliases: &[String]) -> impl Iterator<Item = &str> {
    aliases.iter().map(String::as_str)
}

/// The type of what a function gives.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Gives {
    Type(DataType),
    /// That of an argument.
    Argument(usize),
    /// That in which the first argument is ordered.
    Ordered,
    /// That in which percentiles of the first argument are computed.
    Carrier,
}

/// What a function of ours computes; all columns have the same length.
pub(crate) type Run = fn(&[ArrayRef]) -> Result<ArrayRef>;

/// A function of ours. The name must be its own: plans compare functions by it.
#[derive(Debug)]
pub(crate) struct Function {
    name: &'static str,
    signature: Signature,
    gives: Gives,
    run: Run,
}

impl Function {
    pub(crate) fn new(name: &'static str, signature: Signature, gives: Gives, run: Run) -> Self {
        Self {
            name,
            signature,
            gives,
            run,
        }
    }
}

impl PartialEq for Function {
    fn eq(&self, other: &Self) -> bool {
        self.name == other.name
    }
}

impl Eq for Function {}

impl Hash for Function {
    fn hash<H: Hasher>(&self, state: &mut H) {
        self.name.hash(state);
    }
}

impl ScalarUDFImpl for Function {
    fn name(&self) -> &str {
        self.name
    }

    fn signature(&self) -> &Signature {
        &self.signature
    }

    fn return_type(&self, arguments: &[DataType]) -> Result<DataType> {
        match &self.gives {
            Gives::Type(data_type) => Ok(data_type.clone()),
            Gives::Argument(place) => Ok(arguments.get(*place).cloned().unwrap_or(DataType::Null)),
            Gives::Ordered => Ok(operators::ordered(
                arguments.first().unwrap_or(&DataType::Null),
            )),
            Gives::Carrier => percentile::carrier(arguments.first().unwrap_or(&DataType::Null)),
        }
    }

    fn invoke_with_args(&self, arguments: ScalarFunctionArgs) -> Result<ColumnarValue> {
        let is_constant = |value: &ColumnarValue| matches!(value, ColumnarValue::Scalar(_));
        let constant = arguments.args.iter().all(is_constant);
        let columns = ColumnarValue::values_to_arrays(&arguments.args)?;
        let result = (self.run)(&columns)?;
        if constant && result.len() == 1 {
            return ScalarValue::try_from_array(&result, 0).map(ColumnarValue::Scalar);
        }
        Ok(ColumnarValue::Array(result))
    }
}
