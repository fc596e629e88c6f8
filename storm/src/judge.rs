//! Compares what is there with what was sent, and counts.

use crate::api;
use crate::fields::{Fields, HASH, INDEX, REQUEST};
use crate::lake;
use crate::ledger::{Dataset, Entry, Key, Ledger, State};
use crate::request::Request;
use crate::server::Addresses;
use anyhow::Result;
use std::collections::{BTreeMap, HashMap};
use std::ops::Range;
use std::path::Path;

/// Valid spans that one answer of the query API may have to carry.
const PAGE_SPANS_MAX: u64 = 4_000;
/// Findings that are told in words; the others are only counted.
const WORDS_MAX: usize = 8;

/// What was found; all but `rows` has to be 0.
#[derive(Clone, Debug, Default)]
pub(crate) struct Findings {
    pub(crate) rows: u64,
    pub(crate) lost: u64,
    pub(crate) doubled: u64,
    pub(crate) phantom: u64,
    pub(crate) altered: u64,
    pub(crate) torn: u64,
    pub(crate) refused_but_visible: u64,
    pub(crate) wrong_answers: u64,
    pub(crate) unbalanced: u64,
    /// Anything else that a mode demands: a start, an exit code, a time.
    pub(crate) broken_promises: u64,
    pub(crate) words: Vec<String>,
}

impl Findings {
    /// The counts by name.
    pub(crate) fn counts(&self) -> [(&'static str, u64); 9] {
        [
            ("lost", self.lost),
            ("doubled", self.doubled),
            ("phantom", self.phantom),
            ("altered", self.altered),
            ("torn", self.torn),
            ("refused_but_visible", self.refused_but_visible),
            ("wrong_answers", self.wrong_answers),
            ("unbalanced", self.unbalanced),
            ("broken_promises", self.broken_promises),
        ]
    }

    pub(crate) fn failures(&self) -> u64 {
        self.counts().iter().map(|(_, count)| count).sum()
    }

    pub(crate) fn say(&mut self, words: String) {
        if self.words.len() < WORDS_MAX {
            self.words.push(words);
        }
    }

    pub(crate) fn broken_promise(&mut self, words: String) {
        self.broken_promises += 1;
        self.say(words);
    }

    pub(crate) fn add(&mut self, other: Self) {
        self.rows += other.rows;
        self.lost += other.lost;
        self.doubled += other.doubled;
        self.phantom += other.phantom;
        self.altered += other.altered;
        self.torn += other.torn;
        self.refused_but_visible += other.refused_but_visible;
        self.wrong_answers += other.wrong_answers;
        self.unbalanced += other.unbalanced;
        self.broken_promises += other.broken_promises;
        other.words.into_iter().for_each(|words| self.say(words));
    }
}

/// What one look at the spans has seen so far.
#[derive(Debug)]
pub(crate) struct Look<'a> {
    seed: u64,
    place: &'a str,
    /// How often each span of a request was seen.
    seen: HashMap<Key, HashMap<u64, u64>>,
    /// The request whose spans came last.
    sent: Option<Request>,
    findings: Findings,
}

impl<'a> Look<'a> {
    pub(crate) fn new(seed: u64, place: &'a str) -> Self {
        Self {
            seed,
            place,
            seen: HashMap::new(),
            sent: None,
            findings: Findings::default(),
        }
    }

    pub(crate) fn rows(&mut self, dataset: Dataset, rows: &[Fields]) -> Result<()> {
        for row in rows {
            self.row(dataset, row)?;
        }
        Ok(())
    }

    fn row(&mut self, dataset: Dataset, row: &Fields) -> Result<()> {
        self.findings.rows += 1;
        let (Some(b), Some(i)) = (row.number(REQUEST), row.number(INDEX)) else {
            self.phantom(format!("a span that the judge did not send: {row:?}"));
            return Ok(());
        };
        if self.sent.as_ref().is_none_or(|sent| sent.b != b) {
            self.sent = Some(Request::of(self.seed, b)?);
        }
        let times = self
            .seen
            .entry(Key { b, dataset })
            .or_default()
            .entry(i)
            .or_default();
        *times += 1;
        let sent = self.sent.as_ref();
        let expected = sent.and_then(|sent| sent.spans.get(usize::try_from(i).ok()?));
        let found = match expected {
            // Of a broken request, or one of its invalid spans: judged with the request.
            None => return Ok(()),
            Some(expected) => row.difference(expected),
        };
        if let Some(difference) = found.or_else(|| unlike_its_hash(row)) {
            self.findings.altered += 1;
            self.findings.say(format!(
                "{}: span {b}.{i} is altered: {difference}",
                self.place
            ));
        }
        Ok(())
    }

    /// Compares with the ledger's lines; `now` may have newer ones, which prove only that a span was sent.
    pub(crate) fn against(
        mut self,
        lines: &BTreeMap<Key, Entry>,
        now: &BTreeMap<Key, Entry>,
    ) -> Findings {
        for (key, entry) in lines {
            let seen = self.seen.remove(key).unwrap_or_default();
            self.request(*key, *entry, &seen);
        }
        let rest: Vec<_> = self.seen.drain().collect();
        for (key, seen) in rest {
            match now.get(&key) {
                Some(entry) => {
                    let state = State::Unknown;
                    self.request(key, Entry { state, ..*entry }, &seen);
                }
                None => self.phantom(format!("{}: nobody sent {key:?}", self.place)),
            }
        }
        self.findings
    }

    fn request(&mut self, key: Key, entry: Entry, seen: &HashMap<u64, u64>) {
        let Key { b, dataset } = key;
        let place = format!("{}: request {b} in {}", self.place, dataset.name());
        let valid = seen.keys().filter(|i| **i < entry.spans).count() as u64;
        let others = seen.len() as u64 - valid;
        let doubled = seen.values().filter(|times| **times > 1).count() as u64;
        let missing = entry.spans - valid;
        let state = entry.state;
        let findings = &mut self.findings;
        if doubled > 0 {
            findings.doubled += doubled;
            findings.say(format!(
                "{place} ({state:?}) has {doubled} of {valid} spans more than once"
            ));
        }
        if others > 0 || (state == State::Refused && valid > 0) {
            findings.refused_but_visible +=
                others + if state == State::Refused { valid } else { 0 };
            findings.say(format!("{place} ({state:?}) shows spans that were refused"));
        }
        if state == State::Acknowledged && missing > 0 {
            findings.lost += missing;
            findings.say(format!(
                "{place} was acknowledged and lacks {missing} of {} spans",
                entry.spans
            ));
        }
        if valid > 0 && missing > 0 {
            findings.torn += 1;
            findings.say(format!(
                "{place} ({state:?}) has {valid} of {} spans",
                entry.spans
            ));
        }
    }

    fn phantom(&mut self, words: String) {
        self.findings.phantom += 1;
        self.findings.say(words);
    }
}

/// A span carries the hash of what it was when it was made.
fn unlike_its_hash(row: &Fields) -> Option<String> {
    let carried = row.get(HASH).unwrap_or("none");
    let hash = row.hash();
    (hash != carried).then(|| format!("its hash is {hash}, and it carries {carried}"))
}

/// Everything, by the query API of a server to which nobody sends.
pub(crate) async fn by_api(seed: u64, ledger: &Ledger, addresses: Addresses) -> Result<Findings> {
    let lines = ledger.since(0);
    let mut look = Look::new(seed, "query API");
    for dataset in Dataset::ALL {
        let before = look.findings.rows;
        for range in pages(&lines) {
            look.rows(dataset, &api::rows(addresses, dataset, range).await?)?;
        }
        let (seen, all) = (
            look.findings.rows - before,
            api::count(addresses, dataset).await?,
        );
        if seen != all {
            look.findings.phantom += seen.abs_diff(all);
            look.findings.say(format!(
                "query API: {} counts {all} spans, and gives {seen}",
                dataset.name()
            ));
        }
    }
    Ok(look.against(&lines, &lines))
}

/// The newest requests, while others are being sent.
pub(crate) async fn live(
    seed: u64,
    ledger: &Ledger,
    addresses: Addresses,
    first: u64,
) -> Result<Findings> {
    let before = ledger.since(first);
    let mut look = Look::new(seed, "query API under load");
    let end = before.keys().next_back().map_or(first, |key| key.b) + 1;
    for dataset in Dataset::ALL {
        look.rows(dataset, &api::rows(addresses, dataset, first..end).await?)?;
    }
    Ok(look.against(&before, &ledger.since(first)))
}

/// Everything, by catalog and data files of a server that ended cleanly.
pub(crate) async fn by_lake(seed: u64, ledger: &Ledger, data: &Path) -> Result<Findings> {
    lake_against(seed, data, &ledger.since(0)).await
}

/// The same where nothing was sent twice: a request without a yes must not be there at all.
pub(crate) async fn by_lake_answered(seed: u64, ledger: &Ledger, data: &Path) -> Result<Findings> {
    let mut lines = ledger.since(0);
    for entry in lines
        .values_mut()
        .filter(|entry| entry.state == State::Unknown)
    {
        entry.state = State::Refused;
    }
    lake_against(seed, data, &lines).await
}

/// The same where the dataset `traces` drops what is old: of its requests before `young` all may be there, or nothing.
pub(crate) async fn by_lake_since(
    seed: u64,
    ledger: &Ledger,
    data: &Path,
    young: u64,
) -> Result<Findings> {
    let mut lines = ledger.since(0);
    for (key, entry) in &mut lines {
        let may_be_gone = key.dataset == Dataset::Traces && key.b < young;
        if may_be_gone && entry.state == State::Acknowledged {
            entry.state = State::Unknown;
        }
    }
    lake_against(seed, data, &lines).await
}

async fn lake_against(seed: u64, data: &Path, lines: &BTreeMap<Key, Entry>) -> Result<Findings> {
    let mut look = Look::new(seed, "data files");
    let files = lake::files(data).await?;
    for file in &files {
        look.rows(file.dataset, &lake::rows(file)?)?;
    }
    let mut findings = look.against(lines, lines);
    for stray in lake::strays(data).await? {
        findings.broken_promise(format!(
            "{} is left behind: no catalog names it",
            stray.display()
        ));
    }
    Ok(findings)
}

/// Ranges of requests whose spans fit an answer. The last one has no end to speak of.
fn pages(lines: &BTreeMap<Key, Entry>) -> Vec<Range<u64>> {
    let (mut pages, mut first, mut spans) = (Vec::new(), 0, 0);
    for (key, entry) in lines {
        if spans + entry.spans > PAGE_SPANS_MAX && key.b > first {
            pages.push(first..key.b);
            (first, spans) = (key.b, 0);
        }
        spans += entry.spans;
    }
    let end = lines.keys().next_back().map_or(first, |key| key.b) + 1;
    pages.push(first..end);
    pages
}

#[cfg(test)]
mod tests {
    use super::{Look, pages};
    use crate::fields::Fields;
    use crate::ledger::{Dataset, Entry, Key, State};
    use crate::request::Request;
    use std::collections::BTreeMap;

    const SEED: u64 = 1;

    /// A request with valid spans only, more than one.
    fn request() -> Request {
        let good = |it: &Request| !it.broken && it.invalid == 0 && it.spans.len() > 2;
        (0..100)
            .map(|b| Request::of(SEED, b).unwrap())
            .find(good)
            .unwrap()
    }

    /// The counts that are not 0 when `spans` are seen of a request in `state`.
    fn check(request: &Request, state: State, spans: &[Fields]) -> Vec<(&'static str, u64)> {
        let key = Key {
            b: request.b,
            dataset: Dataset::Traces,
        };
        let entry = Entry {
            state,
            spans: request.spans.len() as u64,
        };
        let lines = BTreeMap::from([(key, entry)]);
        let mut look = Look::new(SEED, "test");
        look.rows(Dataset::Traces, spans).unwrap();
        let counts = look.against(&lines, &lines).counts();
        counts.into_iter().filter(|(_, count)| *count > 0).collect()
    }

    #[test]
    fn each_fault_has_its_count() {
        let request = request();
        let spans = &request.spans;
        let n = spans.len() as u64;
        let twice: Vec<_> = spans.iter().chain(spans).cloned().collect();
        let mut altered = spans.clone();
        altered[0].put("name", "another");
        let mut foreign = spans.clone();
        foreign.push(Fields::default());
        use State::{Acknowledged, Refused, Unknown};
        assert_eq!(check(&request, Acknowledged, spans), []);
        assert_eq!(check(&request, Unknown, spans), []);
        assert_eq!(check(&request, Unknown, &[]), []);
        assert_eq!(check(&request, Refused, &[]), []);
        assert_eq!(check(&request, Acknowledged, &[]), [("lost", n)]);
        assert_eq!(
            check(&request, Acknowledged, &spans[1..]),
            [("lost", 1), ("torn", 1)]
        );
        assert_eq!(check(&request, Unknown, &spans[1..]), [("torn", 1)]);
        assert_eq!(check(&request, Acknowledged, &twice), [("doubled", n)]);
        assert_eq!(check(&request, Acknowledged, &altered), [("altered", 1)]);
        assert_eq!(check(&request, Acknowledged, &foreign), [("phantom", 1)]);
        assert_eq!(
            check(&request, Refused, spans),
            [("refused_but_visible", n)]
        );
    }

    #[test]
    fn pages_cover_every_request_once() {
        let line = |b| {
            (
                Key {
                    b,
                    dataset: Dataset::Traces,
                },
                Entry {
                    state: State::Unknown,
                    spans: 1_500,
                },
            )
        };
        let lines: BTreeMap<_, _> = (0..5).map(line).collect();
        assert_eq!(pages(&lines), [0..2, 2..4, 4..5]);
    }
}
