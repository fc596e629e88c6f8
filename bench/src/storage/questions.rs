//! The questions: what is sent, the bar, the best peer's figure, and the true answer.

use super::ask::{Request, Rows};
use super::bed::Bed;
use super::instant;
use super::truth::{self, MINUTE, Ranges, SERVICE, Truth, is_percentile};
use crate::spans::{self, SERVICES, SPANS_A_TRACE, Shape};
use anyhow::{Context, Result, ensure};
use std::collections::HashMap;

/// How much is asked: the bars go by it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Scale {
    /// At most two million spans, as the peers had when `best_peer` was measured.
    Baseline,
    TenMillion,
    Year,
}

/// A question.
#[derive(Debug)]
pub(crate) struct Question {
    /// Its name where programs read it, here and among the peers.
    pub(crate) key: &'static str,
    pub(crate) what: &'static str,
    pub(crate) request: Request,
    pub(crate) truth: Answer,
    /// Milliseconds of the best of Tempo, VictoriaTraces and ClickHouse at two million spans, each over HTTP.
    pub(crate) best_peer: Option<f64>,
    /// Milliseconds at ten million spans, and over a year.
    bars: [Option<f64>; 2],
}

/// What is true.
#[derive(Debug)]
pub(crate) enum Answer {
    /// These rows, in any order.
    Rows(Rows),
    /// By service and name, in nanoseconds, sorted; a row has the service, the name and three percentiles.
    Percentiles(HashMap<(String, String), Vec<u32>>),
}

const SPAN_ID: &[&str] = &["span_id"];
const TRACE_ID: &[&str] = &["trace_id"];
const PARTS: [usize; 3] = [500, 950, 990];

impl Question {
    pub(crate) fn bar(&self, scale: Scale) -> Option<f64> {
        match scale {
            Scale::Baseline => self.best_peer,
            Scale::TenMillion => self.bars[0],
            Scale::Year => self.bars[1],
        }
    }

    fn of(key: &'static str, what: &'static str, apl: String, truth: Rows) -> Self {
        Self {
            key,
            what,
            request: Request::Apl {
                text: apl,
                range: None,
                columns: SPAN_ID,
            },
            truth: Answer::Rows(truth),
            best_peer: None,
            bars: [None, None],
        }
    }

    fn columns(mut self, wanted: &'static [&'static str]) -> Self {
        if let Request::Apl { columns, .. } = &mut self.request {
            *columns = wanted;
        }
        self
    }

    fn within(mut self, nanos: &std::ops::Range<u64>) -> Self {
        if let Request::Apl { range, .. } = &mut self.request {
            *range = Some((instant::format(nanos.start), instant::format(nanos.end)));
        }
        self
    }

    fn peer(mut self, millis: f64) -> Self {
        self.best_peer = Some(millis);
        self
    }

    fn bars(mut self, ten_million: Option<f64>, year: Option<f64>) -> Self {
        self.bars = [ten_million, year];
        self
    }
}

/// All of them, in the order in which they are asked.
pub(crate) fn all(bed: &Bed) -> Vec<Question> {
    let (truth, ranges) = (Truth::count(bed), Ranges::of(bed));
    let mut all = newest(&truth);
    all.insert(0, trace(bed));
    all.extend(attributes(bed, &truth));
    all.extend(sums(truth, &ranges));
    all
}

fn trace(bed: &Bed) -> Question {
    let trace = bed.spans / SPANS_A_TRACE / 2;
    let mut ids = Vec::new();
    let numbers = trace * SPANS_A_TRACE..((trace + 1) * SPANS_A_TRACE).min(bed.spans);
    spans::each(numbers, &bed.shape, |_, _, span| {
        ids.push(vec![truth::hex(&span.span_id)]);
    });
    let mut question = Question::of("trace", "trace by id, no time range", String::new(), ids);
    question.request = Request::Trace(spans::trace_name(trace));
    question.peer(18.0)
}

fn newest(truth: &Truth) -> Vec<Question> {
    let service = SERVICES[SERVICE];
    vec![
        Question::of(
            "newest_traces",
            "20 newest traces that a service began",
            format!(
                "| where ['service.name'] == \"{service}\" and isnull(parent_span_id) | top 20 by _time"
            ),
            truth.begun.rows(),
        )
        .columns(TRACE_ID)
        .peer(21.0)
        .bars(None, Some(50.0)),
        Question::of(
            "touched_traces",
            "20 newest traces that a service is in",
            format!(
                "| where ['service.name'] == \"{service}\" \
                 | summarize last = max(_time) by trace_id | top 20 by last"
            ),
            truth.touched.rows(),
        )
        .columns(TRACE_ID),
        Question::of(
            "slow",
            "duration > 100 ms, newest 20",
            "| where duration > 100ms | top 20 by _time".to_owned(),
            truth.slow.rows(),
        )
        .peer(11.0),
        Question::of(
            "slowest",
            "duration > 100 ms, slowest 20",
            "| where duration > 100ms | top 20 by duration | extend nanos = toint(duration)"
                .to_owned(),
            truth.slowest(),
        )
        .columns(&["nanos"]),
    ]
}

/// None of the three has a column of its own.
fn attributes(bed: &Bed, truth: &Truth) -> Vec<Question> {
    let (common, rare) = (Shape::COMMON, Shape::RARE);
    let trace = bed.spans / SPANS_A_TRACE / 2;
    let mut first = Vec::new();
    spans::each(
        trace * SPANS_A_TRACE..trace * SPANS_A_TRACE + 1,
        &bed.shape,
        |_, _, span| first.push(vec![truth::hex(&span.span_id)]),
    );
    vec![
        Question::of(
            "rare",
            "rare attribute = x (2 hits)",
            format!("| where ['cache.key'] == \"{rare}\" | top 20 by _time"),
            truth.rare.iter().map(|id| vec![id.clone()]).collect(),
        )
        .peer(3.7)
        .bars(Some(15.0), None),
        Question::of(
            "unique",
            "attribute that differs in each trace = x (1 hit)",
            format!(
                "| where ['order.ref'] == \"{}\" | top 20 by _time",
                spans::order(trace)
            ),
            first,
        ),
        Question::of(
            "common",
            "common attribute (1 %), newest 20",
            format!("| where ['tenant.id'] == \"{common}\" | top 20 by _time"),
            truth.common.rows(),
        )
        .peer(12.0)
        .bars(Some(40.0), None),
        Question::of(
            "common_count",
            "the same, count",
            format!("| where ['tenant.id'] == \"{common}\" | count"),
            vec![vec![truth.common_count.to_string()]],
        )
        .columns(&["Count"])
        .peer(15.0)
        .bars(Some(75.0), None),
    ]
}

fn sums(truth: Truth, ranges: &Ranges) -> Vec<Question> {
    let services = SERVICES.iter().zip(truth.services);
    let services = services.map(|(name, count)| vec![(*name).to_owned(), count.to_string()]);
    let minutes = truth.minutes.iter().map(|((minute, service), count)| {
        let minute = instant::format(minute * MINUTE);
        vec![minute, SERVICES[*service].to_owned(), count.to_string()]
    });
    let failures = truth.failures.iter();
    let failures = failures.map(|(route, count)| vec![route.clone(), count.to_string()]);
    let mut percentiles = Question::of(
        "percentiles",
        "p50, p95, p99 by service and name",
        "| summarize p50 = percentile(duration, 50), p95 = percentile(duration, 95), \
         p99 = percentile(duration, 99) by ['service.name'], name \
         | extend p50 = toint(p50), p95 = toint(p95), p99 = toint(p99)"
            .to_owned(),
        Vec::new(),
    )
    .columns(&["service.name", "name", "p50", "p95", "p99"])
    .bars(Some(500.0), None);
    let all = vec![
        Question::of(
            "services",
            "count by service",
            "| summarize count() by ['service.name']".to_owned(),
            services.filter(|row| row[1] != "0").collect(),
        )
        .columns(&["service.name", "count_"])
        .peer(4.5)
        .bars(None, Some(1000.0)),
        Question::of(
            "minutes",
            "by minute and service, one day",
            "| summarize count() by bin(_time, 1m), ['service.name']".to_owned(),
            minutes.collect(),
        )
        .columns(&["_time", "service.name", "count_"])
        .within(&ranges.day),
        Question::of(
            "failures",
            "5xx by route, one hour",
            "| where ['http.response.status_code'] >= 500 and isnotnull(['http.route']) \
             | summarize count() by ['http.route']"
                .to_owned(),
            failures.collect(),
        )
        .columns(&["http.route", "count_"])
        .within(&ranges.hour),
    ];
    let durations = truth.durations.into_iter();
    let durations =
        durations.map(|((service, name), sorted)| ((SERVICES[service].to_owned(), name), sorted));
    percentiles.truth = Answer::Percentiles(durations.collect());
    all.into_iter().chain([percentiles]).collect()
}

impl Answer {
    /// An error says how the rows differ from what is true.
    pub(crate) fn check(&self, rows: &Rows) -> Result<()> {
        match self {
            Self::Rows(truth) => {
                let sorted = |rows: &Rows| {
                    let mut rows = rows.clone();
                    rows.sort_unstable();
                    rows
                };
                let (truth, rows) = (sorted(truth), sorted(rows));
                let wrong = truth.iter().zip(&rows).find(|(is, said)| is != said);
                ensure!(
                    truth == rows,
                    "{} rows, and {} are true; the first that differs: {wrong:?}",
                    rows.len(),
                    truth.len()
                );
                Ok(())
            }
            Self::Percentiles(truth) => {
                ensure!(
                    rows.len() == truth.len(),
                    "{} groups, and {} are true",
                    rows.len(),
                    truth.len()
                );
                rows.iter().try_for_each(|row| percentiles(truth, row))
            }
        }
    }
}

fn percentiles(truth: &HashMap<(String, String), Vec<u32>>, row: &[String]) -> Result<()> {
    let [service, name, values @ ..] = row else {
        anyhow::bail!("a row has too few cells");
    };
    let sorted = truth.get(&(service.clone(), name.clone()));
    let sorted = sorted.with_context(|| format!("nothing of {service} is called {name}"))?;
    for (part, value) in PARTS.iter().zip(values) {
        ensure!(
            is_percentile(sorted, *part, value.parse()?),
            "{service}, {name}: {value} ns is not at {part} of a thousand of {} durations",
            sorted.len()
        );
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::Answer;

    #[test]
    fn a_wrong_answer_is_found() {
        let row = |cells: [&str; 2]| cells.map(str::to_owned).to_vec();
        let truth = Answer::Rows(vec![row(["a", "1"]), row(["b", "2"])]);
        assert!(truth.check(&vec![row(["b", "2"]), row(["a", "1"])]).is_ok());
        assert!(
            truth
                .check(&vec![row(["b", "2"]), row(["a", "2"])])
                .is_err()
        );
        assert!(truth.check(&vec![row(["b", "2"])]).is_err());
    }
}
