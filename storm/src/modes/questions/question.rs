//! The questions, and their true answers out of what was sent.

use super::known::Known;
use crate::api;
use crate::chance::Chance;
use crate::fields::{Fields, INDEX, REQUEST};
use crate::ledger::Dataset;
use crate::server::Addresses;
use anyhow::Result;
use std::collections::BTreeMap;
use std::ops::Range;

const NEWEST: usize = 20;
const LONGEST: usize = 10;
/// The newest spans are of so many requests; no other question is about more.
const TAIL: u64 = 100;

/// What people ask.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Kind {
    Count,
    CountByService,
    /// A trace by its id, by the query language and by the trace view: of no range of time.
    Trace,
    TraceView,
    /// A custom attribute's value that the spans of one request have: of no range of time.
    RareAttribute,
    /// One that a span of nearly every request has.
    CommonAttribute,
    Newest,
    Longest,
}

pub(crate) const KINDS: [Kind; 8] = [
    Kind::Count,
    Kind::CountByService,
    Kind::Trace,
    Kind::TraceView,
    Kind::RareAttribute,
    Kind::CommonAttribute,
    Kind::Newest,
    Kind::Longest,
];

impl Kind {
    /// Requests that a question is about, at most: the spans of most of them have to be made again.
    pub(crate) fn requests_max(self) -> u64 {
        match self {
            Self::Count | Self::Newest => u64::MAX,
            Self::Trace | Self::TraceView | Self::RareAttribute => 16,
            Self::CountByService | Self::CommonAttribute | Self::Longest => 100,
        }
    }
}

/// A question about some requests.
#[derive(Debug)]
pub(crate) struct Question {
    pub(crate) kind: Kind,
    pub(crate) dataset: Dataset,
    pub(crate) stretch: Range<u64>,
    put: Put,
    /// The true answer.
    rows: Vec<Fields>,
}

#[derive(Debug)]
enum Put {
    Apl {
        after_the_dataset: String,
        in_range: bool,
    },
    View {
        trace_id: String,
    },
}

impl Question {
    /// None where the requests have no spans, or spans of which none can be said to come first.
    pub(crate) fn of(
        kind: Kind,
        known: &Known,
        dataset: Dataset,
        stretch: Range<u64>,
        chance: &mut Chance,
    ) -> Result<Option<Self>> {
        // The newest come last.
        let first = stretch.end.saturating_sub(TAIL).max(stretch.start);
        let spans = known.spans(dataset, first..stretch.end)?;
        if spans.is_empty() {
            return Ok(None);
        }
        let one = spans[chance.below(spans.len() as u64) as usize].clone();
        let text = |name: &str| one.get(name).unwrap_or_default().to_owned();
        let same = |spans: Vec<Fields>, name: &str| -> Vec<Fields> {
            let is_same = |span: &Fields| span.get(name) == one.get(name);
            spans.into_iter().filter(is_same).collect()
        };
        let (put, rows) = match kind {
            Kind::Count => {
                let (count, _) = known.driver.ledger.spans(dataset, stretch.clone());
                let put = Put::range("summarize spans = count()".to_owned());
                (put, vec![row([("spans", count)])])
            }
            Kind::CountByService => (
                Put::range("summarize spans = count() by ['service.name']".to_owned()),
                by_service(&spans),
            ),
            Kind::Trace => (
                Put::whole(format!("where trace_id == \"{}\"", text("trace_id"))),
                same(spans, "trace_id"),
            ),
            Kind::TraceView => {
                let id = |span: &Fields| row([("span_id", span.get("span_id").unwrap_or(""))]);
                let rows = same(spans, "trace_id").iter().map(id).collect();
                let trace_id = text("trace_id");
                (Put::View { trace_id }, rows)
            }
            Kind::RareAttribute => {
                let field = "['attributes.custom']['storm.b']";
                let put = Put::whole(format!("where {field} == \"{}\"", text(REQUEST)));
                (put, same(spans, REQUEST))
            }
            Kind::CommonAttribute => {
                let put = Put::range(format!("where ['storm.i'] == \"{}\" | count", text(INDEX)));
                (put, vec![row([("Count", same(spans, INDEX).len())])])
            }
            Kind::Newest if first > stretch.start && spans.len() < NEWEST => return Ok(None),
            Kind::Newest => {
                let newest = largest(spans, "_time", NEWEST);
                (Put::range(format!("top {NEWEST} by _time")), newest)
            }
            Kind::Longest => {
                let mut longest = largest(spans, "duration", LONGEST + 1);
                let are_equal = |two: &[Fields]| two[0].get("duration") == two[1].get("duration");
                if longest.windows(2).any(are_equal) {
                    return Ok(None);
                }
                longest.truncate(LONGEST);
                (Put::range(format!("top {LONGEST} by duration")), longest)
            }
        };
        Ok(Some(Self::made(kind, dataset, stretch, put, rows)))
    }

    fn made(
        kind: Kind,
        dataset: Dataset,
        stretch: Range<u64>,
        put: Put,
        rows: Vec<Fields>,
    ) -> Self {
        Self {
            kind,
            dataset,
            stretch,
            put,
            rows,
        }
    }

    /// The answer of a server.
    pub(crate) async fn ask(&self, addresses: Addresses) -> Result<Vec<Fields>> {
        match &self.put {
            Put::View { trace_id } => api::trace(addresses, self.dataset, trace_id).await,
            Put::Apl {
                after_the_dataset,
                in_range,
            } => {
                let apl = format!("['{}'] | {after_the_dataset}", self.dataset.name());
                let range = in_range.then(|| self.stretch.clone());
                api::ask(addresses, self.dataset, &apl, range).await
            }
        }
    }

    /// What is wrong with an answer.
    pub(crate) fn fault(&self, mut answer: Vec<Fields>) -> Option<String> {
        let mut rows = self.rows.clone();
        if !matches!(self.kind, Kind::Newest | Kind::Longest) {
            answer.sort();
            rows.sort();
        }
        let wrong = if answer.len() != rows.len() {
            format!("{} rows in place of {}", answer.len(), rows.len())
        } else {
            let mut pairs = answer.iter().zip(&rows);
            pairs.find_map(|(answer, row)| answer.difference(row))?
        };
        let (dataset, stretch) = (self.dataset.name(), &self.stretch);
        Some(format!(
            "{:?} of the requests {stretch:?} in {dataset}: {wrong}",
            self.kind
        ))
    }
}

impl Put {
    /// Of the time of the requests.
    fn range(after_the_dataset: String) -> Self {
        let in_range = true;
        Self::Apl {
            after_the_dataset,
            in_range,
        }
    }

    /// Of all that is there.
    fn whole(after_the_dataset: String) -> Self {
        let in_range = false;
        Self::Apl {
            after_the_dataset,
            in_range,
        }
    }
}

fn largest(mut spans: Vec<Fields>, name: &str, count: usize) -> Vec<Fields> {
    spans.sort_by_key(|span| std::cmp::Reverse(span.number(name)));
    spans.truncate(count);
    spans
}

fn row<const N: usize>(cells: [(&str, impl ToString); N]) -> Fields {
    let mut row = Fields::default();
    for (name, cell) in cells {
        row.put(name, cell);
    }
    row
}

fn by_service(spans: &[Fields]) -> Vec<Fields> {
    let mut counts = BTreeMap::<&str, u64>::new();
    for span in spans {
        *counts
            .entry(span.get("service.name").unwrap_or(""))
            .or_default() += 1;
    }
    let cells = |(service, count): (&str, u64)| {
        row([("service.name", service), ("spans", &count.to_string())])
    };
    counts.into_iter().map(cells).collect()
}

#[cfg(test)]
mod tests {
    use super::{KINDS, Question};
    use crate::chance::Chance;
    use crate::driver::Driver;
    use crate::ledger::{Dataset, Key};
    use crate::modes::questions::known::Known;
    use crate::request::Request;
    use std::sync::Arc;

    /// The ledger of ten requests that were all acknowledged.
    fn known() -> Arc<Known> {
        let driver = Driver::new(1, false, 1);
        for b in 0..10 {
            let dataset = Dataset::Traces;
            let key = Key { b, dataset };
            let spans = Request::of(1, b).unwrap().spans.len() as u64;
            driver.ledger.sending(key, spans);
            driver.ledger.acknowledged(key);
        }
        Known::new(Arc::new(driver), None)
    }

    #[test]
    fn the_true_answer_is_right_and_one_that_lacks_a_row_or_has_another_is_not() {
        let known = known();
        for kind in KINDS {
            let mut chance = Chance::of(&[1]);
            let question = Question::of(kind, &known, Dataset::Traces, 0..10, &mut chance);
            let question = question.unwrap().unwrap();
            assert_eq!(question.fault(question.rows.clone()), None, "{kind:?}");
            let less = question.rows[1..].to_vec();
            assert!(question.fault(less).is_some(), "{kind:?}");
            let mut other = question.rows.clone();
            other[0].put("name", "another");
            assert!(question.fault(other).is_some(), "{kind:?}");
        }
    }
}
