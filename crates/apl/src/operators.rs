//! The operators between pipes: each file reads its operator from the text and adds it to the plan.

use crate::bind::{Binder, Bound, Pipeline, Tables};
use crate::context::Context;
use crate::diagnostic::{self, Failed, Report};
use crate::parser::{Parsed, Parser, words};
use crate::syntax::{Operator, Stage};
use std::ops::Range;

/// `compare condition`: in which fields the rows that meet it differ from the others.
mod compare;
/// `count`: how many rows there are.
mod count;
/// `critical_path`: what each operation contributes to how long traces take.
mod critical_path;
/// `datatable(a:long)[1, 2]`: rows that the query holds itself.
pub(crate) mod datatable;
/// `distinct a, b`: the different combinations.
mod distinct;
/// `extend a = x`: adds or replaces fields.
mod extend;
/// `extend-valid a = x`: the same, where the value is a good one.
mod extend_valid;
/// `getschema`: the fields there are.
mod getschema;
/// `join (right) on k`: rows of two tables that belong together.
mod join;
/// `lookup (right) on k`: adds fields of a small table.
mod lookup;
/// `make-series count() on _time step 1m`: aggregations as arrays over time.
mod make_series;
/// `mv-expand a`: a row for each element of an array.
mod mv_expand;
/// `parse e with "a" x "b" y`: fields out of a text.
mod parse;
/// `parse-kv e as (k:type)`: fields out of a text of pairs.
mod parse_kv;
/// `parse-where`: the same as `parse`, without the rows that do not match.
mod parse_where;
/// `print a = 1`: one row of values.
pub(crate) mod print;
/// `project a, b = x`: these fields and no others.
mod project;
/// `project-away a, b*`: all fields but these.
mod project_away;
/// `project-keep a, b*`: only these fields, as they are.
mod project_keep;
/// `project-rename new = old`: the same fields under other names.
mod project_rename;
/// `project-reorder a, b*`: these fields first.
mod project_reorder;
/// `sample 0.1`: a share of the rows.
mod sample;
/// `search "x"`: the rows with a word in any field.
pub(crate) mod search;
/// `sort by a, b asc`, `order by`: in this order.
mod sort;
/// `spans_of(query)`: the whole traces of what a query finds.
pub(crate) mod spans_of;
/// `summarize count() by a`: aggregations over groups.
pub(crate) mod summarize;
/// `take 10`, `limit 10`: the first rows.
mod take;
/// `top 10 by a`: the first rows in this order.
mod top;
/// `trace("id")`: the spans of one trace.
pub(crate) mod trace;
/// `union a, b`: the rows of several tables.
pub(crate) mod union;
/// `where condition`: the rows for which it is true.
mod r#where;

/// Field patterns and the names of new fields, which several operators share.
pub(crate) mod naming;

pub(crate) use naming::implied as implied_name;
pub(crate) use spans_of::REACH_NANOS;

type Parse = for<'p, 'r, 't> fn(&'t mut Parser<'p, 'r>) -> Parsed<Operator>;

const OPERATORS: &[(&str, Parse)] = &[
    ("where", |parser| r#where::parse(parser)),
    ("filter", |parser| r#where::parse(parser)),
    ("extend", |parser| extend::parse(parser)),
    ("extend-valid", |parser| extend_valid::parse(parser)),
    ("project", |parser| project::parse(parser)),
    ("project-away", |parser| project_away::parse(parser)),
    ("project-keep", |parser| project_keep::parse(parser)),
    ("project-rename", |parser| project_rename::parse(parser)),
    ("project-reorder", |parser| project_reorder::parse(parser)),
    ("summarize", |parser| summarize::parse(parser)),
    ("make-series", |parser| make_series::parse(parser)),
    ("sort", |parser| sort::parse(parser)),
    ("order", |parser| sort::parse(parser)),
    ("top", |parser| top::parse(parser)),
    ("take", |parser| take::parse(parser)),
    ("limit", |parser| take::parse(parser)),
    ("sample", |parser| sample::parse(parser)),
    ("distinct", |parser| distinct::parse(parser)),
    ("compare", |parser| compare::parse(parser)),
    ("critical_path", |parser| critical_path::parse(parser)),
    ("count", |_| Ok(Operator::Count)),
    ("getschema", |_| Ok(Operator::GetSchema)),
    ("union", |parser| Ok(Operator::Union(union::read(parser)?))),
    ("search", |parser| {
        Ok(Operator::Search(search::read(parser)?))
    }),
    ("join", |parser| join::parse(parser)),
    ("lookup", |parser| lookup::parse(parser)),
    ("parse", |parser| parse::parse(parser)),
    ("parse-where", |parser| parse_where::parse(parser)),
    ("parse-kv", |parser| parse_kv::parse(parser)),
    ("mv-expand", |parser| mv_expand::parse(parser)),
];

/// What Axiom's language has and this one does not have yet, and what to do instead.
const UNSUPPORTED: &[(&str, &str)] = &[
    (
        "externaldata",
        "write the rows with datatable, or send them to a dataset",
    ),
    ("redact", "leave the field out with project-away"),
    ("range", "write the rows with datatable"),
    (
        "render",
        "leave it out: who shows the answer chooses the chart",
    ),
    ("as", "name a table with let before the query"),
    ("evaluate", "leave it out"),
    ("mv-apply", "use mv-expand, then summarize"),
    ("top-nested", "use summarize, then top"),
    ("sample-distinct", "use distinct, then take"),
    ("serialize", "leave it out: rows keep the order of a sort"),
    ("facet", "send a query with summarize for each field"),
    ("fork", "send a query for each branch"),
];

/// Sources that may be meant where an operator is expected.
const SOURCES: &[&str] = &["datatable", "print", "table", "trace", "spans_of", "let"];

/// The words of all operators.
pub(crate) fn words() -> impl Iterator<Item = &'static str> {
    OPERATORS.iter().map(|(word, _)| *word)
}

/// The reader of an operator, after its word.
pub(crate) fn parser(verb: &str) -> Option<Parse> {
    OPERATORS
        .iter()
        .find(|(name, _)| *name == verb)
        .map(|(_, parse)| *parse)
}

/// What to say of a word of Axiom's language that means nothing here yet.
pub(crate) fn refusal(verb: &str) -> Option<String> {
    let (_, remedy) = UNSUPPORTED.iter().find(|(name, _)| *name == verb)?;
    Some(format!("not supported yet: {verb}; {remedy}"))
}

/// What to say of a word that is no operator, and what may have been meant.
pub(crate) fn unknown(verb: &str) -> (String, Option<String>) {
    if let Some(message) = refusal(verb) {
        return (message, None);
    }
    if SOURCES.contains(&verb) {
        let message = format!("{verb} starts a query: expected it before the first '|'");
        return (message, None);
    }
    let suggestion = match words::operator_elsewhere(verb) {
        Some(operator) => Some(operator.to_owned()),
        None => diagnostic::nearest(verb, OPERATORS.iter().map(|(name, _)| *name)),
    };
    (
        format!("unknown operator '{verb}': expected where, summarize, project or another"),
        suggestion,
    )
}

/// What an operator is bound in.
#[derive(Debug)]
pub(crate) struct Surroundings<'s, 'r> {
    pub(crate) context: &'s Context,
    pub(crate) report: &'s mut Report<'r>,
    pub(crate) tables: &'s mut Tables<'r>,
    /// The text of the stage.
    pub(crate) range: Range<usize>,
    /// Leave time bins out of the groups: the plan of the totals.
    pub(crate) without_time_bins: bool,
}

impl<'r> Surroundings<'_, 'r> {
    pub(crate) fn binder<'b>(&'b mut self, pipeline: &'b Pipeline) -> Binder<'b, 'r> {
        Binder::new(pipeline, self.context, self.report, self.tables)
    }

    /// Reports what is wrong with the stage at hand.
    pub(crate) fn error(&mut self, message: impl Into<String>) -> Failed {
        self.report.error(&self.range, message)
    }
}

/// Adds a stage to the plan.
pub(crate) fn bind(
    stage: &Stage,
    pipeline: &mut Pipeline,
    around: &mut Surroundings<'_, '_>,
) -> Bound<()> {
    around.range = stage.range.clone();
    around.tables.spend(around.report, &stage.range)?;
    pipeline.deepen(around.report, &stage.range)?;
    match &stage.operator {
        Operator::Where(condition) => r#where::bind(condition, pipeline, around),
        Operator::Extend(items) => extend::bind(items, pipeline, around),
        Operator::ExtendValid(items) => extend_valid::bind(items, pipeline, around),
        Operator::Project(items) => project::bind(items, pipeline, around),
        Operator::ProjectAway(patterns) => project_away::bind(patterns, pipeline, around),
        Operator::ProjectKeep(patterns) => project_keep::bind(patterns, pipeline, around),
        Operator::ProjectRename(items) => project_rename::bind(items, pipeline, around),
        Operator::ProjectReorder(patterns) => project_reorder::bind(patterns, pipeline, around),
        Operator::Summarize { aggregates, groups } => {
            summarize::bind(aggregates, groups, pipeline, around)
        }
        Operator::MakeSeries(series) => make_series::bind(series, pipeline, around),
        Operator::Sort(keys) => sort::bind(keys, pipeline, around),
        Operator::Top { rows, key } => top::bind(*rows, key, pipeline, around),
        Operator::Take(rows) => take::bind(*rows, pipeline, around),
        Operator::Sample(share) => sample::bind(*share, pipeline, around),
        Operator::Distinct(items) => distinct::bind(items, pipeline, around),
        Operator::Count => count::bind(pipeline, around),
        Operator::GetSchema => getschema::bind(pipeline, around),
        Operator::Union(union) => union::bind(union, pipeline, around),
        Operator::Search(search) => search::bind(search, pipeline, around),
        Operator::Join(join) if join.is_lookup => lookup::bind(join, pipeline, around),
        Operator::Join(join) => join::bind(join, pipeline, around),
        Operator::Parse(pieces) => parse::bind(pieces, pipeline, around),
        Operator::ParseKv(pairs) => parse_kv::bind(pairs, pipeline, around),
        Operator::MvExpand(expansion) => mv_expand::bind(expansion, pipeline, around),
        Operator::Compare(comparison) => compare::bind(comparison, pipeline, around),
        Operator::CriticalPath(items) => critical_path::bind(items, pipeline, around),
    }
}

/// Whether the order of the rows before `stages` shows in the result. Sorting all rows only to
/// summarize them would be work for nothing.
pub(crate) fn order_matters(stages: &[Stage]) -> bool {
    for stage in stages {
        match stage.operator {
            Operator::Take(_) => return true,
            Operator::Sort(_) | Operator::Top { .. } | Operator::Summarize { .. } => return false,
            Operator::Distinct(_) | Operator::Count | Operator::GetSchema => return false,
            Operator::MakeSeries(_) | Operator::Compare(_) | Operator::CriticalPath(_) => {
                return false;
            }
            _ => {}
        }
    }
    true
}

/// Whether a failed stage leaves the fields after it unknown, so that binding on would mislead.
pub(crate) fn reshapes(operator: &Operator) -> bool {
    !matches!(
        operator,
        Operator::Where(_)
            | Operator::Sort(_)
            | Operator::Top { .. }
            | Operator::Take(_)
            | Operator::Sample(_)
            | Operator::Search(_)
    )
}
