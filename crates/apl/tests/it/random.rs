//! Queries made by chance, the same at every run: out of the grammar, and out of the corpora with pieces taken out,
//! put in and exchanged. Each is read, and bound if it can be read: no panic, and no long wait. What libFuzzer
//! finds beyond that is in `fuzz/targets/apl.rs`. `THROUGHLINE_QUERIES=1000000` makes so many.

/// The grammar.
mod grammar;

use crate::{NOW_NANOS, corpus};
use datafusion::catalog::TableProvider;
use datafusion::datasource::empty::EmptyTable;
use grammar::Grammar;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Arc;
use std::time::{Duration, Instant};
use throughline_apl::{Context, Datasets, compile, unreadable};

const QUERIES: usize = 20_000;
/// One in so many is bound, which takes a hundred times as long as reading.
const BOUND_OF: usize = 10;
/// A query takes longer than this on no machine unless something never ends.
const WAIT_MAX: Duration = Duration::from_secs(300);

/// xorshift: the same numbers at every run.
#[derive(Debug)]
pub(crate) struct Chance(u64);

impl Chance {
    pub(crate) fn below(&mut self, most: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        (self.0 % most.max(1) as u64) as usize
    }

    pub(crate) fn one<'a, T: ?Sized>(&mut self, of: &[&'a T]) -> &'a T {
        of[self.below(of.len())]
    }
}

#[derive(Debug)]
struct Traces;

impl Datasets for Traces {
    fn table(&self, name: &str) -> Option<Arc<dyn TableProvider>> {
        (name == "traces").then(|| Arc::new(EmptyTable::new(model::span::schema())) as _)
    }

    fn names(&self) -> Vec<String> {
        vec!["traces".to_owned()]
    }
}

#[test]
fn queries_made_by_chance_never_panic() {
    let corpus: Vec<Vec<String>> = ["ok", "parse_fails", "bind_fails"]
        .into_iter()
        .flat_map(corpus::queries)
        .map(|(_, query)| pieces(&query))
        .filter(|pieces| !pieces.is_empty())
        .collect();
    let mut chance = Chance(0x9e37_79b9_7f4a_7c15);
    let grammar = Grammar::new();
    let (mut read, mut planned) = (0, 0);
    let queries = std::env::var("THROUGHLINE_QUERIES").ok();
    let queries = queries.map_or(QUERIES, |queries| queries.parse().unwrap());
    for number in 0..queries {
        let query = match number % 2 {
            0 => grammar.query(&mut chance),
            _ => changed(&corpus, &mut chance),
        };
        let can_be_read = survives(&query, || unreadable(&query).is_empty());
        read += usize::from(can_be_read);
        if can_be_read && chance.below(BOUND_OF) == 0 {
            planned += usize::from(survives(&query, || is_planned(&query)));
        }
    }
    // Chance that makes nothing but nonsense would prove little.
    assert!(read * 5 > queries, "{read} of {queries} can be read");
    assert!(
        planned * 200 > queries,
        "{planned} of {queries} mean something"
    );
}

/// Does it, and names the query if that panics or takes too long.
fn survives(query: &str, work: impl FnOnce() -> bool) -> bool {
    let begun = Instant::now();
    let Ok(done) = catch_unwind(AssertUnwindSafe(work)) else {
        panic!("this query panics:\n{query}");
    };
    assert!(
        begun.elapsed() < WAIT_MAX,
        "this query takes too long:\n{query}"
    );
    done
}

fn is_planned(query: &str) -> bool {
    let context = Context {
        dataset: Some("traces".to_owned()),
        now_nanos: NOW_NANOS,
        ..Context::default()
    };
    match compile(query, &context, &Traces) {
        Ok(_) => true,
        Err(found) => {
            assert!(found.iter().all(|it| query.get(it.range.clone()).is_some()));
            false
        }
    }
}

/// A query of the corpus with up to four changes.
fn changed(corpus: &[Vec<String>], chance: &mut Chance) -> String {
    let mut query = corpus[chance.below(corpus.len())].clone();
    for _ in 0..=chance.below(4) {
        let at = chance.below(query.len());
        let other = &corpus[chance.below(corpus.len())];
        let from = chance.below(other.len());
        let to = (from + 1 + chance.below(6)).min(other.len());
        match chance.below(5) {
            0 if at < query.len() => drop(query.remove(at)),
            1 => query.truncate(at),
            2 if at < query.len() => query[at] = other[from.min(other.len() - 1)].clone(),
            3 => drop(query.splice(at..at, other[from..to].iter().cloned())),
            _ => query.insert(at, grammar::sign(chance).to_owned()),
        }
    }
    query.concat()
}

/// A query in words, signs and what lies between them.
fn pieces(query: &str) -> Vec<String> {
    let mut pieces: Vec<String> = Vec::new();
    for letter in query.chars() {
        let is_word = |letter: char| letter.is_alphanumeric() || letter == '_';
        match pieces.last_mut() {
            Some(last) if is_word(letter) && last.chars().all(is_word) => last.push(letter),
            _ => pieces.push(letter.to_string()),
        }
    }
    pieces
}
