//! One that asks again and again.

use super::known::Known;
use super::question::{KINDS, Question};
use crate::api;
use crate::chance::Chance;
use crate::judge::Findings;
use crate::ledger::Dataset;
use crate::server::Addresses;
use anyhow::Result;
use std::ops::Range;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{Duration, Instant};

/// One question in so many is for everything at once, one for what must be gone.
const WHOLE: u64 = 16;
const GONE: u64 = 8;
/// One question in so many is put to the mirror.
const MIRROR: u64 = 4;
/// Requests that must be gone, in one question.
const GONE_MAX: u64 = 20_000;
/// Nothing to ask for yet.
const WAIT: Duration = Duration::from_millis(20);

/// What the answers came to.
#[derive(Debug, Default)]
pub(crate) struct Tally {
    pub(crate) findings: Findings,
    /// Answers that were compared with exactly what was sent.
    pub(crate) exact: u64,
    /// Counts of everything, which lie between two states of the ledger.
    pub(crate) whole: u64,
    /// Questions for what must be gone.
    pub(crate) gone: u64,
    /// What was asked for might have gone before the answer came, or all stood still meanwhile.
    pub(crate) not_judged: u64,
}

impl Tally {
    pub(crate) fn add(&mut self, other: Self) {
        self.findings.add(other.findings);
        self.exact += other.exact;
        self.whole += other.whole;
        self.gone += other.gone;
        self.not_judged += other.not_judged;
    }

    fn wrong(&mut self, words: String) {
        self.findings.wrong_answers += 1;
        self.findings.say(words);
    }
}

/// Asks until it is told to stop, or a question fails.
pub(crate) async fn ask(
    known: Arc<Known>,
    addresses: Addresses,
    mut chance: Chance,
    stop: Arc<AtomicBool>,
) -> Tally {
    let mut tally = Tally::default();
    while !stop.load(Ordering::Relaxed) {
        let still = known.still();
        let Err(error) = one(&known, addresses, &mut chance, &mut tally).await else {
            continue;
        };
        if known.still() > still {
            // A server that stood still, too, is right to say that this took too long.
            tally.not_judged += 1;
            continue;
        }
        let words = format!("a question fails: {error:#}");
        tally.findings.broken_promise(words);
        break;
    }
    tally
}

async fn one(
    known: &Known,
    addresses: Addresses,
    chance: &mut Chance,
    tally: &mut Tally,
) -> Result<()> {
    let dataset = match chance.one_in(MIRROR) {
        true => Dataset::Mirror,
        false => Dataset::Traces,
    };
    if chance.one_in(WHOLE) {
        return whole(known, addresses, dataset, tally).await;
    }
    if chance.one_in(GONE) {
        return gone(known, addresses, tally).await;
    }
    let certain = known.certain(dataset);
    if !exact(known, addresses, dataset, &certain, chance, tally).await? {
        tokio::time::sleep(WAIT).await;
    }
    Ok(())
}

/// Puts one question about requests out of `certain`; whether there was one to put.
pub(crate) async fn exact(
    known: &Known,
    addresses: Addresses,
    dataset: Dataset,
    certain: &Range<u64>,
    chance: &mut Chance,
    tally: &mut Tally,
) -> Result<bool> {
    let kind = KINDS[chance.below(KINDS.len() as u64) as usize];
    let Some(stretch) = known.stretch(dataset, certain, kind.requests_max(), chance) else {
        return Ok(false);
    };
    let Some(question) = Question::of(kind, known, dataset, stretch, chance)? else {
        return Ok(false);
    };
    let answer = question.ask(addresses).await?;
    let Some(words) = question.fault(answer) else {
        tally.exact += 1;
        return Ok(true);
    };
    if known.young(dataset, Instant::now()) <= question.stretch.start {
        tally.wrong(words);
    } else {
        tally.not_judged += 1;
    }
    Ok(true)
}

/// A count of everything: what was answered before it is in it, and nothing that was sent after it.
async fn whole(
    known: &Known,
    addresses: Addresses,
    dataset: Dataset,
    tally: &mut Tally,
) -> Result<()> {
    let (settled, old) = (known.driver.settled(), known.gone(dataset, Instant::now()));
    let count = api::count(addresses, dataset).await?;
    let young = known.young(dataset, Instant::now());
    let ledger = &known.driver.ledger;
    let (least, _) = ledger.spans(dataset, young..settled);
    let (acknowledged, unknown) = ledger.spans(dataset, old..ledger.sent());
    let most = acknowledged + unknown;
    tally.whole += 1;
    if !(least..=most).contains(&count) {
        let dataset = dataset.name();
        tally.wrong(format!(
            "{dataset} counts {count} spans: at least {least} are there, and at most {most}"
        ));
    }
    Ok(())
}

/// Nothing is there for ever.
async fn gone(known: &Known, addresses: Addresses, tally: &mut Tally) -> Result<()> {
    let dataset = Dataset::Traces;
    let end = known.gone(dataset, Instant::now());
    if end == 0 {
        return Ok(());
    }
    let old = end.saturating_sub(GONE_MAX)..end;
    let apl = format!("['{}'] | project trace_id | take 1", dataset.name());
    let rows = api::ask(addresses, dataset, &apl, Some(old.clone())).await?;
    tally.gone += 1;
    if let Some(row) = rows.first() {
        tally.wrong(format!(
            "of the requests {old:?}, whose time is over, {row:?} is still there"
        ));
    }
    Ok(())
}
