//! Which requests are new since the last look, and their rows.

use super::End;
use super::line::Look;
use crate::cli::answer::{self, Answer, Table};
use crate::cli::remote::{Connection, Failure};
use crate::cli::{mistake, terminal};
use apl::{datetime, timespan};
use model::span;
use serde_json::json;
use std::collections::BTreeMap;

/// How far each look goes back: longer than a request takes from its arrival to the log.
const BACK: &str = "20s";
/// Requests that one look sees at most; as many as the server's answer holds.
const REQUESTS_MAX: usize = 50_000;
/// Rows that are asked for at a time, unless one request has more.
const ROWS_AT_A_TIME: u64 = 4000;

/// Which rows of what.
#[derive(Debug)]
pub(super) struct Filter<'a> {
    dataset: &'a str,
    /// As it was typed.
    typed: &'a str,
    /// What it takes to make operators of a condition.
    before: &'static str,
    /// Operators; or nothing.
    stages: String,
}

/// Operators that keep some of the rows: of each look others would be shown, and none of those that it left out.
const SOME: [&str; 4] = ["take", "limit", "top", "sample"];

impl<'a> Filter<'a> {
    /// # Errors
    /// For a filter that would hide rows that arrive.
    pub(super) fn new(text: Option<&'a str>, dataset: &'a str) -> Result<Self, Failure> {
        let typed = text.map(str::trim).unwrap_or_default();
        let before = match typed {
            operators if operators.starts_with('|') => "",
            _ => "| where ",
        };
        let stages = match typed {
            "" => String::new(),
            typed => format!("{before}{typed}\n"),
        };
        let mut operators = apl::operators(&stages).into_iter();
        if let Some(some) = operators.find(|it| SOME.contains(it)) {
            return Err(Failure::usage(format!(
                "the filter has {some}, which would hide rows that arrive: leave it out; -n says how many are shown first"
            )));
        }
        Ok(Self {
            dataset,
            typed,
            before,
            stages,
        })
    }

    /// The filter, and `then` behind it.
    async fn ask(&self, connection: &Connection<'_>, then: &str) -> Result<Answer, Failure> {
        let apl = format!("{}{then}", self.stages);
        let request = json!({
            "apl": apl,
            "dataset": self.dataset,
            "defaultLimit": REQUESTS_MAX,
        });
        let answered = answer::ask(connection, answer::APL, &apl, &request).await;
        answered.map_err(|failure| self.explained(failure))
    }

    fn is_meant_as_operators(&self) -> bool {
        !self.before.is_empty() && (self.typed.starts_with("where ") || self.typed.contains(" | "))
    }

    /// A mistake is in the filter, or is met behind it, in what is ours.
    fn explained(&self, mut failure: Failure) -> Failure {
        let mistakes = mistake::read(&failure.body);
        // What is missing at the end of a filter is missed where ours begins.
        let ours = self.stages.len() + usize::from(!self.stages.is_empty());
        let is_ours = |found: &&mistake::Mistake| found.start() >= ours;
        match mistakes.iter().find(is_ours) {
            Some(found) if self.stages.is_empty() => {
                let dataset = terminal::plain(self.dataset);
                failure = Failure::usage(format!("--dataset {dataset}: {}", found.message()));
            }
            Some(_) => {
                "the filter makes other rows than those that arrive: leave out what counts, \
                 projects or joins, or ask with `throughline query`"
                    .clone_into(&mut failure.message);
            }
            None if !mistakes.is_empty() => {
                let mistakes = mistakes.into_iter();
                let mistakes: Vec<_> = mistakes.map(|it| it.without(self.before.len())).collect();
                failure.message = mistake::told(self.typed, &mistakes);
                if self.is_meant_as_operators() {
                    failure.message.push_str(
                        "\na filter is a condition, or operators that begin with |; --dataset says of what",
                    );
                }
            }
            None => {}
        }
        failure
    }
}

/// What was shown.
#[derive(Debug)]
pub(super) struct Arrivals {
    look: Look,
    /// Rows by the time at which their request arrived, of all that a look may see again.
    seen: BTreeMap<i64, u64>,
    /// How far the next look goes back, by the server's clock.
    since_nanos: i64,
}

impl Arrivals {
    /// Shows the newest `count` rows that are there, first to last; what comes later is new.
    pub(super) async fn begin(
        connection: &Connection<'_>,
        filter: &Filter<'_>,
        count: usize,
        look: Look,
    ) -> Result<Self, End> {
        let answer = filter
            .ask(connection, &arrived(&format!("now() - {BACK}")))
            .await?;
        let arrivals = Self {
            look,
            seen: requests(&answer),
            since_nanos: back_from(&answer).unwrap_or_default(),
        };
        if count > 0 {
            let newest = format!("| sort by {} desc\n| limit {count}", span::TIME);
            let answer = filter.ask(connection, &newest).await?;
            if let Some(table) = answer.tables.first() {
                // What came since the first question is shown with the new.
                let is_old =
                    |nanos: i64| nanos < arrivals.since_nanos || arrivals.seen.contains_key(&nanos);
                let mut rows = rows_of(table, is_old);
                rows.reverse();
                arrivals.look.show(table, &rows)?;
            }
        }
        Ok(arrivals)
    }

    /// Shows what is new since the last look.
    pub(super) async fn show_new(
        &mut self,
        connection: &Connection<'_>,
        filter: &Filter<'_>,
    ) -> Result<(), End> {
        let since = literal(self.since_nanos);
        let answer = filter.ask(connection, &arrived(&since)).await?;
        let found = requests(&answer);
        if answer.status.is_partial || found.len() >= REQUESTS_MAX {
            terminal::complain(&format!(
                "more than {REQUESTS_MAX} requests in {BACK}: some are left out; narrow the filter"
            ));
        }
        let new = found
            .into_iter()
            .filter(|(nanos, rows)| self.seen.get(nanos) != Some(rows));
        let new: Vec<(i64, u64)> = new.collect();
        for some in in_parts(&new) {
            let rows = filter.ask(connection, &rows_that_arrived(some)).await?;
            if let Some(table) = rows.tables.first() {
                let is_new = |nanos: i64| some.iter().any(|(arrived, _)| *arrived == nanos);
                self.look.show(table, &rows_of(table, is_new))?;
            }
            self.seen.extend(some.iter().copied());
        }
        if let Some(nanos) = back_from(&answer) {
            self.since_nanos = nanos;
            self.seen = self.seen.split_off(&nanos);
        }
        Ok(())
    }
}

/// Counts rows by the arrival of their request.
fn arrived(since: &str) -> String {
    let time = span::SYS_TIME;
    format!("| where {time} >= {since}\n| summarize rows = count() by {time}\n| sort by {time} asc")
}

/// Those of some requests, first to last.
fn rows_that_arrived(requests: &[(i64, u64)]) -> String {
    let (time, start) = (span::SYS_TIME, span::TIME);
    let all: Vec<String> = requests.iter().map(|(nanos, _)| literal(*nanos)).collect();
    let (first, last) = (&all[0], &all[all.len() - 1]);
    // The ends say which files to read, the list which rows.
    format!(
        "| where {time} >= {first} and {time} <= {last} and {time} in ({})\n| sort by {time} asc, {start} asc",
        all.join(", ")
    )
}

fn literal(nanos: i64) -> String {
    format!("datetime({})", datetime::format(nanos))
}

/// Neighbours that have few enough rows for one answer.
fn in_parts(requests: &[(i64, u64)]) -> Vec<&[(i64, u64)]> {
    let (mut parts, mut first, mut rows) = (Vec::new(), 0, 0);
    for (index, (_, count)) in requests.iter().enumerate() {
        if index > first && rows + count > ROWS_AT_A_TIME {
            parts.push(&requests[first..index]);
            (first, rows) = (index, 0);
        }
        rows += count;
    }
    if first < requests.len() {
        parts.push(&requests[first..]);
    }
    parts
}

fn requests(answer: &Answer) -> BTreeMap<i64, u64> {
    let Some(table) = answer.tables.first() else {
        return BTreeMap::new();
    };
    let times = table.column(span::SYS_TIME).into_iter().flatten();
    let rows = table.column("rows").into_iter().flatten();
    let read = |(time, rows): (&serde_json::Value, &serde_json::Value)| {
        Some((datetime::parse(time.as_str()?)?, rows.as_u64()?))
    };
    times.zip(rows).filter_map(read).collect()
}

/// The begin of the next look, when this one is done.
fn back_from(answer: &Answer) -> Option<i64> {
    let began = datetime::parse(&answer.tables.first()?.range.end)?;
    Some(began.saturating_sub(timespan::parse(BACK)?))
}

/// The rows whose request arrived at a time that is wanted.
fn rows_of(table: &Table, is_wanted: impl Fn(i64) -> bool) -> Vec<usize> {
    let times = table.column(span::SYS_TIME).into_iter().flatten();
    let nanos = times.map(|time| datetime::parse(time.as_str().unwrap_or_default()));
    let wanted = nanos
        .enumerate()
        .filter(|(_, nanos)| nanos.is_some_and(&is_wanted));
    wanted.map(|(row, _)| row).collect()
}
