//! Field patterns, and the names of new fields: an item without a name is called after its field
//! (`name`, `bin(_time, 1m)` → `_time`), its aggregation (`avg(duration)` → `avg_duration`), or
//! `Column1`. Which functions pass a name on is what Axiom's language service says (`e2e/agreement/`).

use super::Surroundings;
use crate::aggregations;
use crate::bind::pipeline::Output;
use crate::bind::{Bound, Pipeline, Value, conversion, weight};
use crate::kind::Kind;
use crate::syntax::expression::{Expression, Key, Literal, Node};
use crate::syntax::stage::{Item, Pattern};

/// The fields that `items` make, each bound by itself so that all mistakes are found; and the rows, marked as they
/// read them.
pub(super) fn outputs(
    items: &[Item],
    pipeline: &mut Pipeline,
    around: &mut Surroundings<'_, '_>,
) -> Bound<Vec<Output>> {
    let mut names = Names::default();
    let mut outputs = Vec::with_capacity(items.len());
    let mut marks = Vec::new();
    let mut failure = None;
    for item in items {
        if let Some(twice) = names.repeated(item) {
            let message = format!("'{twice}' is made twice: expected different names");
            failure = Some(around.report.error(&item.expression.range, message));
            continue;
        }
        let name = names.of(item);
        let mut binder = around.binder(pipeline).marking(&mut marks);
        match binder.bind(&item.expression) {
            Ok(value) => {
                let aggregation = aggregation_of(&value, pipeline);
                match output(name, value, aggregation, &item.expression, pipeline, around) {
                    Ok(output) => outputs.push(output),
                    Err(failed) => failure = Some(failed),
                }
            }
            Err(failed) => failure = Some(failed),
        }
    }
    match failure {
        Some(failed) => Err(failed),
        None => {
            pipeline.mark(marks, around.report, &around.range)?;
            Ok(outputs)
        }
    }
}

/// A field of this value; a bare null is a text.
pub(super) fn output(
    name: String,
    value: Value,
    aggregation: Option<&'static str>,
    source: &Expression,
    pipeline: &Pipeline,
    around: &mut Surroundings<'_, '_>,
) -> Bound<Output> {
    let kind = value.kind.unwrap_or(Kind::Text);
    let expr = if value.kind.is_none() {
        conversion::typed_null(kind)
    } else {
        value.expr
    };
    let reads = weight::reads(&expr, &pipeline.scope);
    weight::check(reads, around.report, &source.range)?;
    Ok(Output {
        name,
        weight: weight::of(&expr, &pipeline.scope),
        expr,
        kind,
        made: true,
        aggregation,
    })
}

/// A field that is only passed on stays the result of its aggregation.
fn aggregation_of(value: &Value, pipeline: &Pipeline) -> Option<&'static str> {
    let fields = &pipeline.scope.fields;
    fields
        .iter()
        .find(|field| field.expr() == value.expr)
        .and_then(|field| field.aggregation)
}

/// The names given so far in one stage: no two are the same.
#[derive(Debug, Default)]
pub(super) struct Names {
    taken: Vec<String>,
    /// Those of the taken that the query wrote itself.
    written: Vec<String>,
    unnamed: usize,
}

impl Names {
    /// The name of an item when the query gave it to an earlier one, too.
    pub(super) fn repeated<'i>(&mut self, item: &'i Item) -> Option<&'i str> {
        let name = item.name.as_ref()?;
        if self.written.contains(name) {
            return Some(name);
        }
        self.written.push(name.clone());
        None
    }

    pub(super) fn of(&mut self, item: &Item) -> String {
        self.unique(item.name.clone().or_else(|| implied(&item.expression)))
    }

    /// A name that is none of those given so far.
    pub(super) fn unique(&mut self, wanted: Option<String>) -> String {
        let base = match wanted {
            Some(name) => name,
            None => {
                self.unnamed += 1;
                format!("Column{}", self.unnamed)
            }
        };
        let mut name = base.clone();
        let mut number = 0;
        while self.taken.contains(&name) {
            number += 1;
            name = format!("{base}{number}");
        }
        self.taken.push(name.clone());
        name
    }
}

/// The name an expression gives itself.
pub(crate) fn implied(expression: &Expression) -> Option<String> {
    match &expression.node {
        Node::Field(name) => Some(name.clone()),
        Node::Path { base, keys } => match &base.node {
            Node::Field(name) => keys.iter().try_fold(name.clone(), stepped),
            _ => None,
        },
        Node::Call {
            function,
            arguments,
        } => of_call(function, arguments),
        _ => None,
    }
}

/// Functions whose value is called what their first argument is.
const CALLED_AS_GIVEN: &[&str] = &[
    "abs",
    "acos",
    "asin",
    "atan",
    "atan2",
    "bin",
    "bin_auto",
    "ceiling",
    "cos",
    "exp",
    "exp10",
    "exp2",
    "floor",
    "format_bytes",
    "gamma",
    "log",
    "log10",
    "log2",
    "loggamma",
    "parse_bytes",
    "parse_csv",
    "parse_json",
    "pow",
    "round",
    "sin",
    "split",
    "sqrt",
    "tan",
    "tobool",
    "toboolean",
    "todatetime",
    "todouble",
    "todynamic",
    "tohex",
    "toint",
    "tolong",
    "toreal",
    "tostring",
    "totimespan",
];

fn of_call(function: &str, arguments: &[Expression]) -> Option<String> {
    let first = arguments.first().and_then(implied);
    match function {
        _ if CALLED_AS_GIVEN.contains(&function) => first,
        "len" | "strlen" | "string_size" => {
            Some(format!("{function}_{}", first.unwrap_or_default()))
        }
        "gettype" => Some(format!("type_{}", first.unwrap_or_default())),
        _ => aggregations::default_name(function, arguments),
    }
}

/// A name and one more step: `a.b`, `events[0]`.
fn stepped(name: String, key: &Key) -> Option<String> {
    match key {
        Key::Name(key) => Some(format!("{name}.{key}")),
        Key::Place(place) => match &place.node {
            Node::Literal(Literal::Integer(place)) => Some(format!("{name}[{place}]")),
            Node::Literal(Literal::Text(key)) => Some(format!("{name}.{key}")),
            _ => None,
        },
    }
}

/// Reports patterns that no field matches.
pub(super) fn check_patterns(
    patterns: &[Pattern],
    pipeline: &Pipeline,
    around: &mut Surroundings<'_, '_>,
) -> Bound<()> {
    let mut result = Ok(());
    for pattern in patterns
        .iter()
        .filter(|pattern| !pattern.text.contains('*'))
    {
        if pipeline.scope.get(&pattern.text).is_none() {
            let suggestion = pipeline.scope.resolve(&pattern.text).err().flatten();
            let message = format!("unknown field '{}': expected the full name", pattern.text);
            result = Err(around.report.suggest(&pattern.range, message, suggestion));
        }
    }
    result
}

pub(super) fn matches_any(patterns: &[Pattern], name: &str) -> bool {
    patterns.iter().any(|pattern| matches(&pattern.text, name))
}

/// Whether `name` fits a pattern in which `*` stands for any text.
pub(super) fn matches(pattern: &str, name: &str) -> bool {
    let mut parts = pattern.split('*');
    let first = parts.next().unwrap_or("");
    let Some(mut rest) = name.strip_prefix(first) else {
        return false;
    };
    let mut last = None;
    for part in parts {
        if let Some(middle) = last.replace(part) {
            match rest.find(middle) {
                Some(found) => rest = &rest[found + str::len(middle)..],
                None => return false,
            }
        }
    }
    match last {
        None => rest.is_empty(),
        Some(last) => rest.ends_with(last),
    }
}
