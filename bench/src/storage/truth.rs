//! What the spans say, counted while they are made again: nothing of it comes from a server.

use super::bed::Bed;
use crate::spans::{self, CACHE_KEY, SERVICES, SPANS_A_TRACE, Shape, TENANT};
use crate::supply;
use opentelemetry_proto::tonic::common::v1::any_value::Value;
use opentelemetry_proto::tonic::trace::v1::Span;
use std::collections::{BTreeMap, HashMap};
use std::ops::Range;

/// A page of what is newest.
pub(crate) const NEWEST: usize = 20;
/// Above this a span is slow.
const SLOW_NANOS: u64 = 100_000_000;
pub(crate) const HOUR: u64 = 3_600_000_000_000;
pub(crate) const MINUTE: u64 = 60_000_000_000;
/// Its place in [`SERVICES`]; a third of the traces begin there.
pub(crate) const SERVICE: usize = 0;

/// The counts that the answers are held against.
#[derive(Debug, Default)]
pub(crate) struct Truth {
    pub(crate) services: [u64; SERVICES.len()],
    pub(crate) slow: Newest,
    /// Traces that begin in [`SERVICE`], and traces with any span of it.
    pub(crate) begun: Newest,
    pub(crate) touched: Newest,
    pub(crate) common: Newest,
    pub(crate) common_count: u64,
    pub(crate) rare: Vec<String>,
    /// By service and name.
    pub(crate) durations: HashMap<(usize, String), Vec<u32>>,
    /// In the last day, by minute and service.
    pub(crate) minutes: HashMap<(u64, usize), u64>,
    /// In one hour, by route.
    pub(crate) failures: BTreeMap<String, u64>,
}

/// The latest of what it is shown.
#[derive(Debug, Default)]
pub(crate) struct Newest(BTreeMap<u64, String>);

/// The time ranges that some questions have.
#[derive(Clone, Debug)]
pub(crate) struct Ranges {
    pub(crate) day: Range<u64>,
    pub(crate) hour: Range<u64>,
}

impl Ranges {
    pub(crate) fn of(bed: &Bed) -> Self {
        let end = bed.shape.start_of(0) + bed.days * 24 * HOUR;
        let middle = end - bed.days * 12 * HOUR;
        Self {
            day: end - 24 * HOUR..end,
            hour: middle..middle + HOUR,
        }
    }
}

impl Truth {
    pub(crate) fn count(bed: &Bed) -> Self {
        let ranges = Ranges::of(bed);
        let parts = supply::on_all_processors(0..bed.spans, |numbers| {
            let mut truth = Self::default();
            spans::each(numbers, &bed.shape, |number, service, span| {
                truth.see(&ranges, number, service, span);
            });
            truth
        });
        let mut truth = Self::default();
        for part in parts {
            truth.add(part);
        }
        for durations in truth.durations.values_mut() {
            durations.sort_unstable();
        }
        truth
    }

    /// The nanoseconds of the slowest spans, a row each.
    pub(crate) fn slowest(&self) -> Vec<Vec<String>> {
        let last = |sorted: &Vec<u32>| sorted[sorted.len().saturating_sub(NEWEST)..].to_vec();
        let mut all: Vec<u32> = self.durations.values().flat_map(last).collect();
        all.sort_unstable();
        let first = all.len().saturating_sub(NEWEST);
        let slow = all[first..].iter();
        let slow = slow.filter(|nanos| u64::from(**nanos) > SLOW_NANOS);
        slow.map(|nanos| vec![nanos.to_string()]).collect()
    }

    fn see(&mut self, ranges: &Ranges, number: u64, service: usize, span: Span) {
        let start = span.start_time_unix_nano;
        let nanos = span.end_time_unix_nano - start;
        let id = hex(&span.span_id);
        self.services[service] += 1;
        if nanos > SLOW_NANOS {
            self.slow.see(start, &id);
        }
        if service == SERVICE {
            let trace = spans::trace_name(number / SPANS_A_TRACE);
            if span.parent_span_id.is_empty() {
                self.begun.see(start, &trace);
            }
            self.touched.see(start, &trace);
        }
        if text(&span, TENANT) == Some(Shape::COMMON) {
            self.common_count += 1;
            self.common.see(start, &id);
        }
        if text(&span, CACHE_KEY) == Some(Shape::RARE) {
            self.rare.push(id);
        }
        if ranges.day.contains(&start) {
            let minute = (start / MINUTE, service);
            *self.minutes.entry(minute).or_default() += 1;
        }
        if ranges.hour.contains(&start)
            && let Some(route) = failed_route(&span)
        {
            *self.failures.entry(route.to_owned()).or_default() += 1;
        }
        let durations = self.durations.entry((service, span.name)).or_default();
        durations.push(u32::try_from(nanos).unwrap_or(u32::MAX));
    }

    fn add(&mut self, part: Self) {
        for (all, more) in self.services.iter_mut().zip(part.services) {
            *all += more;
        }
        self.slow.add(part.slow);
        self.begun.add(part.begun);
        self.touched.add(part.touched);
        self.common.add(part.common);
        self.common_count += part.common_count;
        self.rare.extend(part.rare);
        for (group, durations) in part.durations {
            self.durations.entry(group).or_default().extend(durations);
        }
        for (minute, count) in part.minutes {
            *self.minutes.entry(minute).or_default() += count;
        }
        for (route, count) in part.failures {
            *self.failures.entry(route).or_default() += count;
        }
    }
}

impl Newest {
    fn see(&mut self, time: u64, what: &str) {
        let is_full = self.0.len() >= NEWEST;
        if is_full
            && self
                .0
                .first_key_value()
                .is_some_and(|(oldest, _)| time <= *oldest)
        {
            return;
        }
        // Of a trace the latest time counts.
        self.0.retain(|_, seen| seen != what);
        self.0.insert(time, what.to_owned());
        if self.0.len() > NEWEST {
            self.0.pop_first();
        }
    }

    fn add(&mut self, other: Self) {
        for (time, what) in other.0 {
            self.see(time, &what);
        }
    }

    pub(crate) fn rows(&self) -> Vec<Vec<String>> {
        self.0.values().map(|what| vec![what.clone()]).collect()
    }
}

/// Whether `value` lies at `part` of a thousand of the sorted durations: at a rank no further off than one in
/// two hundred, and there within two in a hundred.
pub(crate) fn is_percentile(sorted: &[u32], part: usize, value: f64) -> bool {
    let (last, rank) = (sorted.len() - 1, sorted.len() * part / 1000);
    let off = sorted.len() / 200 + 1;
    let least = f64::from(sorted[rank.saturating_sub(off).min(last)]);
    let most = f64::from(sorted[(rank + off).min(last)]);
    (least * 0.98..=most * 1.02).contains(&value)
}

/// The route of an HTTP request that was answered with 500 or above.
fn failed_route(span: &Span) -> Option<&str> {
    let Value::IntValue(500..) = attribute(span, "http.response.status_code")? else {
        return None;
    };
    text(span, "http.route")
}

fn text<'a>(span: &'a Span, key: &str) -> Option<&'a str> {
    match attribute(span, key)? {
        Value::StringValue(text) => Some(text),
        _ => None,
    }
}

fn attribute<'a>(span: &'a Span, key: &str) -> Option<&'a Value> {
    let found = span.attributes.iter().find(|it| it.key == key)?;
    found.value.as_ref()?.value.as_ref()
}

pub(crate) fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

#[cfg(test)]
mod tests {
    use super::{Newest, is_percentile};

    #[test]
    fn the_newest_are_kept_each_once() {
        let mut newest = Newest::default();
        for time in 0..100 {
            newest.see(time, &format!("trace {}", time / 2));
        }
        let rows = newest.rows();
        assert_eq!(rows.len(), 20);
        assert_eq!(rows[0], ["trace 30"]);
    }

    #[test]
    fn a_percentile_has_a_rank_and_a_value() {
        let sorted: Vec<u32> = (1..=1000).collect();
        assert!(is_percentile(&sorted, 950, 951.0));
        assert!(!is_percentile(&sorted, 950, 900.0));
        assert!(is_percentile(&[7], 990, 7.0));
    }
}
