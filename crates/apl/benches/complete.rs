//! What an editor asks at a key stroke, of a query of 1 KB over 10,000 fields: completion at its end, and diagnostics.
//!
//!     cargo bench --workspace --bench complete
//!
//! In two shapes: spans, whose fields are the model's columns and keys of the custom maps, as a server knows them; and a
//! table with as many columns, which no server has. The bar is 20 ms for both questions together: it fails when the
//! middle of 200 runs over the spans takes longer, by the clock on the wall. On a machine that is busy it means nothing.

#![allow(
    clippy::unwrap_used,
    clippy::print_stdout,
    reason = "a benchmark reports by printing"
)]

use arrow::datatypes::{DataType, Field, Schema, SchemaRef};
use datafusion::catalog::TableProvider;
use datafusion::datasource::empty::EmptyTable;
use model::span;
use std::sync::Arc;
use std::time::{Duration, Instant};
use throughline_apl::{Context, Datasets, Key, complete, diagnose};

const FIELDS: usize = 10_000;
/// Keys that a table has a column of: as in the store.
const KEY_COLUMNS: usize = 256;
const RUNS: usize = 200;
const BAR: Duration = Duration::from_millis(20);

struct Known {
    schema: SchemaRef,
    keys: Arc<[Key]>,
}

impl Datasets for Known {
    fn table(&self, _: &str) -> Option<Arc<dyn TableProvider>> {
        Some(Arc::new(EmptyTable::new(Arc::clone(&self.schema))))
    }

    fn names(&self) -> Vec<String> {
        vec!["traces".to_owned()]
    }

    fn keys(&self, _: &str) -> Arc<[Key]> {
        Arc::clone(&self.keys)
    }
}

fn main() {
    let spans = spans();
    let fields = span::columns().len() + spans.keys.len();
    assert_eq!(fields, FIELDS);
    let text = "['traces']
        | where ['service.name'] in ('api', 'worker', 'beat') and kind == 'server' and duration > 100ms
        | extend route = coalesce(['http.route'], name), is_slow = duration > 1s, team = ['attributes.custom']['team.of.17.owner']
        | where ['order.18.amount'] != '' and not(route has_any ('health', 'metrics')) and ['http.response.status_code'] >= 500
        | join kind=leftouter (traces | where error | summarize failures = count() by trace_id) on trace_id
        | summarize requests = count(), p50 = percentile(duration, 50), p95 = percentile(duration, 95), slow = countif(is_slow), failed = sum(failures) by route, team, bin(_time, 1m)
        | extend share = 100.0 * slow / requests, weight = iff(failed > 10, 'heavy', 'light')
        | where share > 0.5 or weight == 'heavy'
        | project _time, route, team, requests, p50, p95, share, weight, label = strcat(team, ' ', route, ' ', weight), busy = requests > 1000
        | where label contains 'booking' or busy
        | sort by share desc, requests desc
        | take 100";
    let middle = told(
        "spans: columns and custom keys",
        &spans,
        text,
        " | where ['service.name'] == ord",
    );
    let columns = columns();
    let text = "['traces']
        | where ['order.18.amount'] > 17 and ['user.19.name'] != '' and ['item.2021.price'] in (1, 2, 3)
        | where ['order.9018.amount'] > 17 or ['user.8020.name'] != '' or ['item.5021.price'] in (1, 2, 3)
        | where isnotnull(['order.117.amount']) and isnotnull(['user.118.name']) and ['item.1019.price'] between (1 .. 5)
        | where ['order.4017.amount'] > 17 or ['user.4018.name'] != '' or ['item.4019.price'] in (1, 2, 3)
        | where ['order.7017.amount'] > 17 or ['user.7018.name'] != '' or ['item.7019.price'] in (1, 2, 3)
        | sort by ['order.18.amount'] desc, ['user.19.name'] asc
        | where not(['order.18.amount'] == 3) and ['order.2019.amount'] > 5 and (['order.3018.amount'] > 6 or ['order.3021.amount'] > 7)
        | where ['user.100.name'] != ['user.103.name'] and ['user.103.name'] != ['user.103.name'] and ['user.106.name'] != ['user.106.name']
        | where ['order.6000.amount'] > 17 or ['user.6001.name'] contains 'x' or ['item.6002.price'] in (1, 2, 3)
        | take 1000";
    told("a table of columns", &columns, text, " | where ord");
    assert!(middle <= BAR, "above the bar of {BAR:?}: {middle:?}");
}

/// The middle of both together.
fn told(name: &str, known: &Known, text: &str, last: &str) -> Duration {
    let context = Context {
        dataset: Some("traces".to_owned()),
        ..Context::default()
    };
    let whole = format!("{text}{last}");
    assert!(text.len() >= 1024, "{} bytes", text.len());
    assert_eq!(diagnose(text, &context, known).mistakes, [], "{name}");
    let (mut completing, mut diagnosing) = (Vec::new(), Vec::new());
    let mut both = Vec::new();
    // In the middle of the query, where all fields are in sight.
    let middle = text.find("| where").unwrap() + 8;
    let first = format!("{} ord", &text[..middle]);
    for run in 0..RUNS {
        let start = Instant::now();
        let completions = match run % 2 {
            0 => complete(&whole, whole.len(), &context, known),
            _ => complete(&first, first.len(), &context, known),
        };
        let completed = start.elapsed();
        let diagnosis = diagnose(text, &context, known);
        let end = start.elapsed();
        completing.push(completed);
        diagnosing.push(end - completed);
        both.push(end);
        assert!(run % 2 == 0 || completions.found > 1_000);
        assert!(diagnosis.mistakes.is_empty());
    }
    println!("{name}: {FIELDS} fields, {} bytes, {RUNS} runs", text.len());
    for (what, times) in [
        ("completion", &mut completing),
        ("diagnostics", &mut diagnosing),
        ("together", &mut both),
    ] {
        times.sort();
        let (middle, slowest) = (millis(times[RUNS / 2]), millis(times[RUNS - 1]));
        println!("  {what:<12} {middle:>7.2} ms, slowest {slowest:>7.2} ms");
    }
    both[RUNS / 2]
}

fn millis(time: Duration) -> f64 {
    time.as_secs_f64() * 1e3
}

/// `order.18.amount`, `user.19.name`, …
fn name(number: usize) -> String {
    match number % 3 {
        0 => format!("order.{number}.amount"),
        1 => format!("user.{number}.name"),
        _ => format!("item.{number}.price"),
    }
}

fn spans() -> Known {
    let keys: Arc<[Key]> = (0..FIELDS - span::columns().len())
        .map(|number| Key {
            map: span::ATTRIBUTES_CUSTOM,
            name: name(number),
        })
        .collect();
    let schema = span::schema();
    let columns = keys.iter().take(KEY_COLUMNS);
    let columns = columns.map(|key| {
        let name = span::key_column(key.map, &key.name);
        Arc::new(Field::new(name, DataType::Utf8View, true))
    });
    let fields = schema.fields().iter().cloned().chain(columns);
    let schema = Arc::new(Schema::new(fields.collect::<Vec<_>>()));
    Known { schema, keys }
}

fn columns() -> Known {
    let field = |number: usize| {
        let (name, kind) = match number % 3 {
            1 => (name(number), DataType::Utf8View),
            _ => (name(number), DataType::Int64),
        };
        Field::new(name, kind, true)
    };
    let fields: Vec<Field> = (0..FIELDS).map(field).collect();
    Known {
        schema: Arc::new(Schema::new(fields)),
        keys: Arc::default(),
    }
}
