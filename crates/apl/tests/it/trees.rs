//! Traces as trees, over random spans in several partitions: sound ones, and such as no tracer should send (ids given
//! twice, spans that are their own parent or each other's ancestors, parents that are missing). Answers are compared
//! with what is found pair by pair, and moment by moment.

use arrow::array::{
    ArrayRef, DurationNanosecondArray, RecordBatch, StringViewArray, TimestampNanosecondArray,
};
use arrow::array::{AsArray, Int64Array};
use arrow::datatypes::{DurationNanosecondType, Int64Type};
use datafusion::catalog::TableProvider;
use datafusion::datasource::MemTable;
use datafusion::execution::SessionStateBuilder;
use datafusion::execution::memory_pool::FairSpillPool;
use datafusion::execution::runtime_env::RuntimeEnvBuilder;
use datafusion::logical_expr::LogicalPlan;
use datafusion::physical_plan::{ExecutionPlan, collect};
use datafusion::prelude::{SessionConfig, SessionContext};
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;
use throughline_apl::{Context, Datasets};

#[derive(Clone, Debug)]
struct Span {
    trace: String,
    id: String,
    parent: Option<String>,
    name: &'static str,
    start: i64,
    nanos: i64,
}

/// A fixed generator: the same spans at every run.
struct Chance(u64);

impl Chance {
    fn below(&mut self, bound: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        (self.0 % bound as u64) as usize
    }
}

const NAMES: [&str; 4] = ["a", "b", "c", "d"];

/// Some traces, in which the same ids occur. Some ids are longer than 16, up to `longest`.
fn forest(chance: &mut Chance, broken: bool, longest: usize) -> Vec<Span> {
    let mut spans = Vec::new();
    for trace in 0..1 + chance.below(4) {
        let count = 1 + chance.below(12);
        // As ids are, or texts of another length.
        let id = |place: usize| match place % 3 {
            1 if longest > 16 => "s".repeat(longest * place / 16),
            _ => format!("{:016x}", place + 1),
        };
        for place in 0..count {
            let mut parent = (place > 0).then(|| id(chance.below(place)));
            let mut own = id(place);
            if broken {
                match chance.below(12) {
                    0 => parent = Some(id(chance.below(count))),
                    1 => parent = Some("missing".to_owned()),
                    2 => parent = Some(own.clone()),
                    3 => own = id(chance.below(count)),
                    4 => parent = None,
                    _ => {}
                }
            }
            spans.push(Span {
                trace: format!("trace {trace}"),
                id: own,
                parent,
                name: NAMES[chance.below(NAMES.len())],
                start: chance.below(15) as i64,
                nanos: [0, 1, 4, 9, 20, 30][chance.below(6)],
            });
        }
    }
    for place in (1..spans.len()).rev() {
        spans.swap(place, chance.below(place + 1));
    }
    spans
}

#[derive(Debug)]
struct Table(Vec<Span>);

impl Datasets for Table {
    fn table(&self, _: &str) -> Option<Arc<dyn TableProvider>> {
        let parts: Vec<Vec<RecordBatch>> = (0..3)
            .map(|part| {
                let spans: Vec<&Span> = self.0.iter().skip(part).step_by(3).collect();
                let batches = spans.chunks(1000).map(batch);
                batches.collect()
            })
            .collect();
        let schema = batch(&[]).schema();
        Some(Arc::new(MemTable::try_new(schema, parts).unwrap()))
    }

    fn names(&self) -> Vec<String> {
        vec!["traces".to_owned()]
    }
}

fn batch(spans: &[&Span]) -> RecordBatch {
    let texts = |of: fn(&Span) -> Option<&str>| -> ArrayRef {
        Arc::new(StringViewArray::from_iter(
            spans.iter().map(|span| of(span)),
        ))
    };
    let starts = spans.iter().map(|span| span.start);
    let nanos = spans.iter().map(|span| span.nanos);
    let columns: [(&str, ArrayRef, bool); 6] = [
        ("trace_id", texts(|span| Some(&span.trace)), true),
        ("span_id", texts(|span| Some(&span.id)), true),
        ("parent_span_id", texts(|span| span.parent.as_deref()), true),
        ("name", texts(|span| Some(span.name)), true),
        (
            "_time",
            Arc::new(TimestampNanosecondArray::from_iter_values(starts)),
            true,
        ),
        (
            "duration",
            Arc::new(DurationNanosecondArray::from_iter_values(nanos)),
            true,
        ),
    ];
    RecordBatch::try_from_iter_with_nullable(columns).unwrap()
}

fn compile(spans: &[Span], query: &str) -> LogicalPlan {
    let context = Context {
        dataset: Some("traces".to_owned()),
        row_limit: 1_000_000,
        ..Context::default()
    };
    let plan = throughline_apl::compile(query, &context, &Table(spans.to_vec()));
    plan.unwrap().logical
}

async fn rows(spans: &[Span], query: &str, session: &SessionContext) -> Vec<RecordBatch> {
    let frame = session.execute_logical_plan(compile(spans, query)).await;
    frame.unwrap().collect().await.unwrap()
}

/// The places of the spans that are kept, as often as they are.
async fn kept(
    spans: &[Span],
    condition: &str,
    session: &SessionContext,
) -> BTreeMap<String, usize> {
    let query =
        format!("| where {condition} | project trace_id, span_id, parent_span_id, name, _time");
    let mut kept = BTreeMap::new();
    for batch in rows(spans, &query, session).await {
        for row in 0..batch.num_rows() {
            let cell = |column: usize| {
                arrow::util::display::array_value_to_string(batch.column(column), row).unwrap()
            };
            let cells: Vec<String> = (0..4).map(cell).collect();
            *kept.entry(cells.join("/")).or_default() += 1;
        }
    }
    kept
}

/// Whether the first span has the second for a relative.
type Related<'a> = &'a dyn Fn(usize, usize) -> bool;

fn is_child(span: &Span, of: &Span) -> bool {
    span.trace == of.trace && span.parent.as_ref() == Some(&of.id)
}

/// Whether each span descends from each other one: steps are added until there are no more.
fn descents(spans: &[Span]) -> Vec<Vec<bool>> {
    let step = |span: &Span| spans.iter().map(|of| is_child(span, of)).collect();
    let mut below: Vec<Vec<bool>> = spans.iter().map(step).collect();
    loop {
        let before = below.clone();
        for reach in &mut below {
            let steps: Vec<usize> = (0..spans.len()).filter(|span| reach[*span]).collect();
            for step in steps {
                for (known, further) in reach.iter_mut().zip(&before[step]) {
                    *known |= further;
                }
            }
        }
        if before == below {
            return below;
        }
    }
}

#[tokio::test]
async fn relatives_are_those_of_all_pairs() {
    let mut chance = Chance(0x9e37_79b9_7f4a_7c15);
    let sessions = [SessionContext::new(), as_a_server(64 << 20)];
    for round in 0..30 {
        let spans = forest(&mut chance, true, 40);
        let below = descents(&spans);
        let meets = |span: &Span| span.name == "a" || span.nanos == 30;
        let relations: [(&str, Related<'_>); 6] = [
            ("has_parent", &|one, other| {
                is_child(&spans[one], &spans[other])
            }),
            ("has_child", &|one, other| {
                is_child(&spans[other], &spans[one])
            }),
            ("has_ancestor", &|one, other| below[one][other]),
            ("has_descendant", &|one, other| below[other][one]),
            ("has_sibling", &|one, other| {
                let (one, other) = (&spans[one], &spans[other]);
                let same = one.trace == other.trace && one.parent == other.parent;
                same && one.parent.is_some() && one.id != other.id
            }),
            ("has_root", &|one, other| {
                spans[one].trace == spans[other].trace && spans[other].parent.is_none()
            }),
        ];
        for (name, is_related) in relations {
            for negated in [false, true] {
                let chosen = (0..spans.len()).filter(|one| {
                    let mut others = (0..spans.len()).filter(|other| meets(&spans[*other]));
                    others.any(|other| is_related(*one, other)) != negated
                });
                let mut expected = BTreeMap::new();
                for place in chosen {
                    let Span {
                        trace,
                        id,
                        parent,
                        name,
                        ..
                    } = &spans[place];
                    let parent = parent.as_deref().unwrap_or("");
                    *expected
                        .entry(format!("{trace}/{id}/{parent}/{name}"))
                        .or_insert(0) += 1;
                }
                let call = format!("{name}(name == \"a\" or duration == 30)");
                let call = if negated {
                    format!("not({call})")
                } else {
                    call
                };
                let found = kept(&spans, &call, &sessions[round % 2]).await;
                assert_eq!(found, expected, "round {round}: {call} of {spans:#?}");
            }
        }
    }
}

/// From a span that has the path from `low` to `high` down to the one that owns the moment in it.
fn owners(spans: &[Span], span: usize, (low, high): (i64, i64), moment: i64) -> Vec<usize> {
    let mut until = high;
    loop {
        let inside = |place: &usize| {
            let child = &spans[*place];
            let (start, end) = (child.start.max(low), (child.start + child.nanos).min(high));
            (start, end)
        };
        let children = (0..spans.len()).filter(|place| {
            let (start, end) = inside(place);
            *place != span && is_child(&spans[*place], &spans[span]) && start < end && end <= until
        });
        let last = children.min_by_key(|place| {
            let (start, end) = inside(place);
            (-end, start, &spans[*place].id)
        });
        let Some(child) = last else {
            return vec![span];
        };
        let (start, end) = inside(&child);
        if moment >= end {
            return vec![span];
        }
        if moment >= start {
            let mut below = owners(spans, child, (start, end), moment);
            below.insert(0, span);
            return below;
        }
        until = start;
    }
}

/// The roots of a trace, or else those whose parent is missing.
fn tops(spans: &[Span]) -> Vec<usize> {
    let of = |is_top: &dyn Fn(&Span) -> bool| -> Vec<usize> {
        (0..spans.len())
            .filter(|place| is_top(&spans[*place]))
            .collect()
    };
    let roots = of(&|span| span.parent.is_none());
    if !roots.is_empty() {
        return roots;
    }
    of(&|span| {
        !spans
            .iter()
            .any(|other| is_child(span, other) && other.id != span.id)
    })
}

#[derive(Debug, Default, PartialEq, Eq)]
struct Owned {
    nanos: i64,
    spans: BTreeSet<(String, String)>,
    traces: BTreeSet<String>,
}

fn paths(spans: &[Span]) -> BTreeMap<&'static str, Owned> {
    let mut traces: BTreeMap<&str, Vec<Span>> = BTreeMap::new();
    for span in spans {
        traces.entry(&span.trace).or_default().push(span.clone());
    }
    let mut owned: BTreeMap<&str, Owned> = BTreeMap::new();
    for (trace, mut spans) in traces {
        spans.sort_by_key(|span| {
            (
                span.id.clone(),
                span.start,
                -span.nanos,
                span.parent.clone(),
                span.name,
            )
        });
        spans.dedup_by_key(|span| span.id.clone());
        for top in tops(&spans) {
            let window = (spans[top].start, spans[top].start + spans[top].nanos);
            for moment in window.0..window.1 {
                let owners = owners(&spans, top, window, moment);
                for owner in &owners {
                    let Span { id, name, .. } = &spans[*owner];
                    let of_name = owned.entry(name).or_default();
                    of_name.spans.insert((trace.to_owned(), id.clone()));
                    of_name.traces.insert(trace.to_owned());
                }
                let owner = owners.last().unwrap();
                owned.entry(spans[*owner].name).or_default().nanos += 1;
            }
        }
    }
    owned
}

/// Self time, spans and traces of each name.
async fn found(spans: &[Span], session: &SessionContext) -> BTreeMap<String, (i64, i64, i64)> {
    let mut found = BTreeMap::new();
    for batch in rows(spans, "| critical_path by name", session).await {
        let names = batch.column(0).as_string_view();
        let nanos = batch.column(1).as_primitive::<DurationNanosecondType>();
        let counts =
            |column: usize| -> &Int64Array { batch.column(column).as_primitive::<Int64Type>() };
        for row in 0..batch.num_rows() {
            let counted = (nanos.value(row), counts(3).value(row), counts(4).value(row));
            found.insert(names.value(row).to_owned(), counted);
        }
    }
    found
}

#[tokio::test]
async fn paths_are_those_of_all_moments() {
    let mut chance = Chance(0x2545_f491_4f6c_dd1d);
    let sessions = [SessionContext::new(), as_a_server(64 << 20)];
    for round in 0..120 {
        let is_broken = round % 2 == 0;
        let spans = forest(&mut chance, is_broken, 16);
        let expected: BTreeMap<String, (i64, i64, i64)> = paths(&spans)
            .into_iter()
            .map(|(name, owned)| {
                let counts = (owned.spans.len() as i64, owned.traces.len() as i64);
                (name.to_owned(), (owned.nanos, counts.0, counts.1))
            })
            .collect();
        let found = found(&spans, &sessions[round / 2 % 2]).await;
        assert_eq!(found, expected, "round {round}: {spans:#?}");
        if !is_broken {
            let roots = spans.iter().filter(|span| span.parent.is_none());
            let roots: i64 = roots.map(|span| span.nanos).sum();
            let all: i64 = found.values().map(|counted| counted.0).sum();
            assert_eq!(all, roots, "round {round}: {spans:#?}");
        }
    }
}

/// A session as a server has one, with so much memory.
fn as_a_server(bytes: usize) -> SessionContext {
    let pool = Arc::new(FairSpillPool::new(bytes));
    let runtime = RuntimeEnvBuilder::new().with_memory_pool(pool).build_arc();
    let state = SessionStateBuilder::new()
        .with_config(
            SessionConfig::new()
                .with_target_partitions(2)
                .with_batch_size(512),
        )
        .with_runtime_env(runtime.unwrap())
        .with_default_features()
        .with_physical_optimizer_rule(Arc::new(throughline_apl::ByTrace));
    SessionContext::new_with_state(state.build())
}

/// 48,000 spans in 16,000 traces, each a chain.
fn many() -> Vec<Span> {
    let mut spans = Vec::new();
    for place in 1..4 {
        for trace in 0..16_000 {
            spans.push(Span {
                trace: format!("{trace:032}"),
                id: format!("{place:016x}"),
                parent: (place > 1).then(|| format!("{:016x}", place - 1)),
                name: NAMES[(trace + place) % 4],
                start: place as i64 * 10,
                nanos: 1010 - place as i64 * 10,
            });
        }
    }
    spans
}

/// How often a plan that ran wrote to disk what it had gathered.
fn spills(plan: &dyn ExecutionPlan) -> usize {
    let own = plan.metrics().and_then(|metrics| metrics.spill_count());
    let below = plan
        .children()
        .into_iter()
        .map(|child| spills(child.as_ref()));
    own.unwrap_or(0) + below.sum::<usize>()
}

/// With too little memory for all spans at once, what was gathered goes to disk and comes back.
#[tokio::test]
async fn little_memory_changes_no_answer() {
    let spans = many();
    let small = as_a_server(16 << 20);
    let roomy = found(&spans, &SessionContext::new()).await;
    assert_eq!(found(&spans, &small).await, roomy);
    let all: i64 = roomy.values().map(|counted| counted.0).sum();
    assert_eq!(all, 16_000 * 1000);
    let below = "| where has_descendant(name == \"a\") | summarize count()";
    for (query, rows) in [(below, 1), ("| critical_path", 4)] {
        let plan = compile(&spans, query);
        let frame = small.execute_logical_plan(plan).await.unwrap();
        let physical = frame.create_physical_plan().await.unwrap();
        let batches = collect(Arc::clone(&physical), small.task_ctx())
            .await
            .unwrap();
        let found: usize = batches.iter().map(RecordBatch::num_rows).sum();
        assert_eq!(found, rows);
        assert!(spills(physical.as_ref()) > 0, "{query}");
        if rows == 1 {
            let count = batches[0].column(0).as_primitive::<Int64Type>().value(0);
            // Each of the names is at a third of the places below another one.
            assert_eq!(count, 4000 + 2 * 4000);
        }
    }
}
