//! What is offered at a place: cases with a `▮` for the cursor, and any offset of any text.

use crate::{context, corpus, spans};
use datafusion::catalog::TableProvider;
use model::span;
use std::fmt::Write as _;
use std::sync::Arc;
use throughline_apl::{
    Completion, Completions, Context, Datasets, Key, VirtualField, complete, diagnose,
};

const CURSOR: &str = "▮";

/// The spans of all cases, a second dataset with a name that needs quotes, keys, and virtual fields.
#[derive(Debug)]
struct Known;

impl Datasets for Known {
    fn table(&self, name: &str) -> Option<Arc<dyn TableProvider>> {
        spans::Table
            .table("traces")
            .filter(|_| self.names().iter().any(|known| known == name))
    }

    fn names(&self) -> Vec<String> {
        vec!["other-team".to_owned(), "traces".to_owned()]
    }

    fn keys(&self, _dataset: &str) -> Arc<[Key]> {
        let key = |map: &'static str, name: &str| Key {
            map,
            name: name.to_owned(),
        };
        [
            key(span::ATTRIBUTES_CUSTOM, "order.id"),
            key(span::ATTRIBUTES_CUSTOM, "amount_cents"),
            key(span::ATTRIBUTES_CUSTOM, "service.nmae"),
            key(span::RESOURCE_CUSTOM, "team"),
        ]
        .into()
    }

    fn virtual_fields(&self, dataset: &str) -> Vec<VirtualField> {
        let field = |name: &str, expression: &str| VirtualField {
            name: name.to_owned(),
            expression: expression.to_owned(),
        };
        let of_traces = [
            field("zz_of_another", "zz_is_big and error"),
            field("zz_is_big", "duration > 1s"),
            field("zz_broken", "durration > 1s"),
        ];
        let is_theirs = dataset == "traces";
        of_traces.into_iter().filter(|_| is_theirs).collect()
    }
}

#[tokio::test]
async fn what_could_come_is_offered() {
    corpus::check("completes", async |case| {
        let text = case.replacen(CURSOR, "", 1);
        let offset = case.find(CURSOR).expect("a cursor");
        shown(&text, &complete(&text, offset, &context(case), &Known))
    })
    .await;
}

/// The first few, as the text becomes.
fn shown(text: &str, completions: &Completions) -> String {
    let mut out = format!(
        "{} for '{}'\n",
        completions.found,
        &text[completions.range.clone()]
    );
    for one in completions.items.iter().take(6) {
        let Completion {
            label,
            kind,
            insert,
            caret,
            detail,
            doc,
        } = one;
        let (before, after) = insert.split_at(*caret);
        let kind = kind.name();
        writeln!(
            out,
            "{label} | {kind} | {before}{CURSOR}{after} | {detail} | {doc}"
        )
        .unwrap();
    }
    out
}

#[test]
fn no_offset_of_no_text_is_too_much() {
    let texts = [
        "",
        "|",
        "['ü🙂",
        "| where ['ü🙂'] == \"é\" and é",
        "let x = traces | where dur; x | join kind=inner (x | where ) on $left.na == $right.",
        "| summarize avg(dur), round(per) by bin(_time, 1m), ['attributes.custom']['or'], attributes.custom.or",
        "| where * has \"x\" // comment\n| parse name with * \"a\" b:lo | mv-expand x to typeof(",
        "union withsource=t (traces | project-), tr* | make-series count() default=0 on _time st",
        "| where name in (traces | project na), ]]]))) | | project-away a.b.*, ['c",
        "declare query_parameters (a:; datatable (b:lo) [1, 2] | getsch",
        "search kind=case_sensitive in (tr) \"a\" and name:\"b",
        "| where datetime(2024-01- | extend a = [",
    ];
    let mut offered = 0;
    for text in texts {
        for offset in 0..=text.len() + 2 {
            let context = Context {
                dataset: Some("traces".to_owned()),
                ..Context::default()
            };
            let completions = complete(text, offset, &context, &Known);
            let whole = text.floor_char_boundary(offset);
            assert!(
                completions.range.contains(&whole) || completions.range.end == whole,
                "{text} {offset}"
            );
            assert!(completions.items.len() <= 50);
            for one in completions.items {
                offered += 1;
                let mut chosen = text.to_owned();
                chosen.replace_range(completions.range.clone(), &one.insert);
                assert!(one.insert.is_char_boundary(one.caret));
                // Whatever is chosen, the text can be looked at again.
                if offered % 50 == 0 {
                    diagnose(&chosen, &context, &Known);
                }
            }
        }
    }
    assert!(offered > 5_000, "{offered}");
}

/// What is offered where a field is expected is read as that field: quoted where it must be.
#[test]
fn what_is_chosen_compiles() {
    for text in [
        "| where isnotnull(",
        "| project x = ",
        "| summarize count() by ",
        "| sort by ",
        "| where ['",
        "| where attributes.",
        "| where resource.custom.",
    ] {
        let context = Context {
            dataset: Some("traces".to_owned()),
            ..Context::default()
        };
        let completions = complete(text, text.len(), &context, &Known);
        let fields = completions
            .items
            .iter()
            .filter(|one| one.kind.name() == "field");
        let mut checked = 0;
        for one in fields {
            checked += 1;
            let mut chosen = text.to_owned();
            chosen.replace_range(completions.range.clone(), &one.insert);
            if text.ends_with('(') {
                chosen.push(')');
            }
            let diagnosis = diagnose(&chosen, &context, &Known);
            let refused = diagnosis.mistakes.iter().find(|it| {
                it.message.contains("unknown") || it.message.contains("expected a value")
            });
            assert_eq!(refused, None, "{chosen}");
        }
        assert!(checked > 0, "{text}");
    }
}

#[test]
fn a_diagnosis_has_mistakes_and_warnings() {
    let context = Context {
        dataset: Some("traces".to_owned()),
        ..Context::default()
    };
    let diagnosis = diagnose(
        "| where durration > 1s and ['os.name'] == 'x'",
        &context,
        &Known,
    );
    let told: Vec<String> = diagnosis.mistakes.iter().map(ToString::to_string).collect();
    assert_eq!(told.len(), 1, "{told:?}");
    assert!(told[0].contains("did you mean 'duration'?"), "{told:?}");
    let doubted: Vec<String> = diagnosis.warnings.iter().map(ToString::to_string).collect();
    assert!(
        doubted[0].contains("'os.name' is read as a custom attribute"),
        "{doubted:?}"
    );
    assert_eq!(doubted.len(), 1, "{doubted:?}");
    let good = diagnose("| take 5", &context, &Known);
    assert_eq!((good.mistakes, good.warnings), (Vec::new(), Vec::new()));
}
