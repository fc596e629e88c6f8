//! The operators between pipes: each file reads its operator from the text and adds it to the plan.

use crate::bind::{Binder, Bound, Pipeline};
use crate::context::Context;
use crate::diagnostic::{self, Report};
use crate::parser::{Parsed, Parser};
use crate::syntax::{Operator, Stage};
use std::ops::Range;

/// `count`: how many rows there are.
mod count;
/// `distinct a, b`: the different combinations.
mod distinct;
/// `extend a = x`: adds or replaces fields.
mod extend;
/// `project a, b = x`: these fields and no others.
mod project;
/// `project-away a, b*`: all fields but these.
mod project_away;
/// `project-keep a, b*`: only these fields, as they are.
mod project_keep;
/// `project-rename new = old`: the same fields under other names.
mod project_rename;
/// `sort by a, b asc`, `order by`: in this order.
mod sort;
/// `summarize count() by a`: aggregations over groups.
pub(crate) mod summarize;
/// `take 10`, `limit 10`: the first rows.
mod take;
/// `top 10 by a`: the first rows in this order.
mod top;
/// `where condition`: the rows for which it is true.
mod r#where;

/// Field patterns and the names of new fields, which several operators share.
mod naming;

pub(crate) use naming::implied as implied_name;

type Parse = for<'p, 'r, 't> fn(&'t mut Parser<'p, 'r>) -> Parsed<Operator>;

const OPERATORS: &[(&str, Parse)] = &[
    ("where", |parser| r#where::parse(parser)),
    ("filter", |parser| r#where::parse(parser)),
    ("extend", |parser| extend::parse(parser)),
    ("project", |parser| project::parse(parser)),
    ("project-away", |parser| project_away::parse(parser)),
    ("project-keep", |parser| project_keep::parse(parser)),
    ("project-rename", |parser| project_rename::parse(parser)),
    ("summarize", |parser| summarize::parse(parser)),
    ("sort", |parser| sort::parse(parser)),
    ("order", |parser| sort::parse(parser)),
    ("top", |parser| top::parse(parser)),
    ("take", |parser| take::parse(parser)),
    ("limit", |parser| take::parse(parser)),
    ("distinct", |parser| distinct::parse(parser)),
    ("count", |_| Ok(Operator::Count)),
];

/// What Axiom's language has and this one does not have yet.
const UNSUPPORTED: &[&str] = &[
    "project-reorder",
    "union",
    "search",
    "join",
    "lookup",
    "parse",
    "parse-where",
    "parse-kv",
    "mv-expand",
    "make-series",
    "sample",
    "extend-valid",
    "getschema",
    "redact",
    "externaldata",
    "datatable",
    "print",
    "range",
    "render",
    "as",
    "evaluate",
    "mv-apply",
    "top-nested",
    "sample-distinct",
    "serialize",
    "facet",
    "fork",
];

/// The reader of an operator, after its word.
pub(crate) fn parser(verb: &str) -> Option<Parse> {
    OPERATORS
        .iter()
        .find(|(name, _)| *name == verb)
        .map(|(_, parse)| *parse)
}

/// What to say of a word that is no operator, and what may have been meant.
pub(crate) fn unknown(verb: &str) -> (String, Option<String>) {
    if UNSUPPORTED.contains(&verb) {
        return (format!("not supported yet: {verb}"), None);
    }
    let suggestion = diagnostic::nearest(verb, OPERATORS.iter().map(|(name, _)| *name));
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
    /// The text of the stage.
    pub(crate) range: Range<usize>,
    /// Leave time bins out of the groups: the plan of the totals.
    pub(crate) without_time_bins: bool,
}

impl<'r> Surroundings<'_, 'r> {
    fn binder<'b>(&'b mut self, pipeline: &'b Pipeline) -> Binder<'b, 'r> {
        Binder::new(&pipeline.scope, self.context, self.report)
    }
}

/// Adds a stage to the plan.
pub(crate) fn bind(
    stage: &Stage,
    pipeline: &mut Pipeline,
    around: &mut Surroundings<'_, '_>,
) -> Bound<()> {
    around.range = stage.range.clone();
    match &stage.operator {
        Operator::Where(condition) => r#where::bind(condition, pipeline, around),
        Operator::Extend(items) => extend::bind(items, pipeline, around),
        Operator::Project(items) => project::bind(items, pipeline, around),
        Operator::ProjectAway(patterns) => project_away::bind(patterns, pipeline, around),
        Operator::ProjectKeep(patterns) => project_keep::bind(patterns, pipeline, around),
        Operator::ProjectRename(items) => project_rename::bind(items, pipeline, around),
        Operator::Summarize { aggregates, groups } => {
            summarize::bind(aggregates, groups, pipeline, around)
        }
        Operator::Sort(keys) => sort::bind(keys, pipeline, around),
        Operator::Top { rows, key } => top::bind(*rows, key, pipeline, around),
        Operator::Take(rows) => take::bind(*rows, pipeline, around),
        Operator::Distinct(items) => distinct::bind(items, pipeline, around),
        Operator::Count => count::bind(pipeline, around),
    }
}

/// Whether the order of the rows before `stages` shows in the result. Sorting all rows only to
/// summarize them would be work for nothing.
pub(crate) fn order_matters(stages: &[Stage]) -> bool {
    for stage in stages {
        match stage.operator {
            Operator::Take(_) => return true,
            Operator::Sort(_) | Operator::Top { .. } | Operator::Summarize { .. } => return false,
            Operator::Distinct(_) | Operator::Count => return false,
            _ => {}
        }
    }
    true
}

/// Whether a failed stage leaves the fields after it unknown, so that binding on would mislead.
pub(crate) fn reshapes(operator: &Operator) -> bool {
    !matches!(
        operator,
        Operator::Where(_) | Operator::Sort(_) | Operator::Top { .. } | Operator::Take(_)
    )
}
