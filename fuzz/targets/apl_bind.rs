//! Any text as a query over the columns of spans: planned, or refused with what is wrong; and never a panic.

#![no_main]

use datafusion::catalog::TableProvider;
use datafusion::datasource::empty::EmptyTable;
use libfuzzer_sys::fuzz_target;
use std::sync::Arc;
use throughline_apl::{Context, Datasets};

/// 2026-11-22T10:00:00Z
const NOW_NANOS: i64 = 1_795_341_600_000_000_000;

/// The one dataset there is, without rows.
struct Traces;

impl Datasets for Traces {
    fn table(&self, name: &str) -> Option<Arc<dyn TableProvider>> {
        let table = || EmptyTable::new(throughline_model::span::schema());
        (name == "traces").then(|| Arc::new(table()) as _)
    }

    fn names(&self) -> Vec<String> {
        vec!["traces".to_owned()]
    }
}

fuzz_target!(|input: &[u8]| {
    let text = String::from_utf8_lossy(input);
    let context = Context {
        dataset: Some("traces".to_owned()),
        now_nanos: NOW_NANOS,
        ..Context::default()
    };
    match throughline_apl::compile(&text, &context, &Traces) {
        Ok(plan) => {
            let columns = plan.logical.schema().fields();
            assert_eq!(columns.len(), plan.fields.len(), "the plan's fields");
        }
        Err(found) => {
            assert!(!found.is_empty(), "refused without a word");
            for diagnostic in found {
                assert!(text.get(diagnostic.range).is_some());
            }
        }
    }
});
