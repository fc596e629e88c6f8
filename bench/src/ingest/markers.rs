//! Markers: single spans, ten a second, each looked for by queries from its acknowledgement on.
//!
//! They are sent at their times whether or not earlier ones have been seen, and one query asks for all of
//! the last half minute: a slow answer makes every marker that waits for it late, as it should.

use super::report::Report;
use crate::door::{Lane, Outcome};
use crate::http::Connection;
use crate::load::part_of;
use crate::machine::now_nanos;
use crate::process::Addresses;
use crate::query;
use crate::spans;
use anyhow::{Context, Result};
use std::cell::{Cell, RefCell};
use std::collections::BTreeMap;
use std::time::{Duration, Instant};
use tokio::time::{interval, sleep};

const EVERY: Duration = Duration::from_millis(100);
const POLL_PAUSE: Duration = Duration::from_millis(10);
/// A marker that is not seen by then counts as missing.
const SEEN_MAX: Duration = Duration::from_secs(20);
/// Longer than a marker is waited for.
const START: &str = "now-30s";

/// What the markers showed.
#[derive(Debug, Default)]
pub(crate) struct Markers {
    pub(crate) acknowledged: Cell<u64>,
    sent_all: Cell<bool>,
    waiting: RefCell<BTreeMap<String, Instant>>,
    seen: RefCell<Vec<Duration>>,
    queries: RefCell<Vec<Duration>>,
}

impl Markers {
    /// Sends for `duration` and looks until all are seen or given up.
    pub(crate) async fn run(&self, addresses: &Addresses, duration: Duration) -> Result<()> {
        let door = addresses.otlp_http.as_deref().context("no OTLP door")?;
        let api = addresses.api.as_deref();
        let api = api.context("the markers need the API: name it with --api")?;
        let lane = Lane::Http(Connection::open(door).await?);
        let look = Connection::open(api).await?;
        tokio::try_join!(self.send(lane, duration), self.look(look))?;
        Ok(())
    }

    async fn send(&self, mut lane: Lane, duration: Duration) -> Result<()> {
        let started = Instant::now();
        let mut turn = interval(EVERY);
        for number in 0_u64.. {
            turn.tick().await;
            if started.elapsed() >= duration {
                break;
            }
            let nanos = now_nanos();
            let name = format!("marker {nanos} {number}");
            let body = spans::marker(&name, nanos);
            while let Outcome::Later(delay) = lane.send(body.gzip.clone(), &[]).await? {
                sleep(delay).await;
            }
            self.acknowledged.set(number + 1);
            self.waiting.borrow_mut().insert(name, Instant::now());
        }
        self.sent_all.set(true);
        Ok(())
    }

    async fn look(&self, mut api: Connection) -> Result<()> {
        let apl = format!(
            "| where ['service.name'] == \"{}\" | project name",
            spans::MARKER_SERVICE
        );
        loop {
            let asked = Instant::now();
            let waiting = self.waiting.borrow().values().min().copied();
            match waiting {
                None if self.sent_all.get() => return Ok(()),
                Some(oldest) if self.sent_all.get() && oldest.elapsed() > SEEN_MAX => return Ok(()),
                None => {}
                Some(_) => {
                    let names = query::first_column(&mut api, &apl, Some(START)).await?;
                    self.queries.borrow_mut().push(asked.elapsed());
                    self.saw(names.iter().filter_map(|name| name.as_str()));
                }
            }
            sleep(POLL_PAUSE).await;
        }
    }

    fn saw<'a>(&self, names: impl Iterator<Item = &'a str>) {
        let mut waiting = self.waiting.borrow_mut();
        let acknowledged = names.filter_map(|name| waiting.remove(name));
        self.seen
            .borrow_mut()
            .extend(acknowledged.map(|at| at.elapsed()));
    }

    /// Adds the figures; whether every marker was seen.
    pub(crate) fn report(&self, report: &mut Report) -> bool {
        let millis = |times: &RefCell<Vec<Duration>>, part| {
            let mut times = times.borrow().clone();
            times.sort_unstable();
            part_of(&times, part).map_or(0.0, |time| time.as_secs_f64() * 1e3)
        };
        report.add("queryable_p50_millis", millis(&self.seen, 500), 1, "ms");
        report.add("queryable_p99_millis", millis(&self.seen, 990), 1, "ms");
        report.add("queryable_max_millis", millis(&self.seen, 1000), 1, "ms");
        report.add(
            "marker_query_p50_millis",
            millis(&self.queries, 500),
            1,
            "ms",
        );
        report.add_count("marker_queries", self.queries.borrow().len() as u64);
        report.add_count("markers", self.acknowledged.get());
        let missing = self.waiting.borrow().len() as u64;
        report.add_count("markers_never_seen", missing);
        missing == 0
    }
}
