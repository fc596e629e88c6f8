//! The rounds of all contenders, and the table and verdicts made of them.

use crate::contender::CONTENDERS;
use crate::measure::{ATTRIBUTES, Measured};
use crate::stats::{median, median_interval};

/// The bar of a span with ten attributes.
const SPAN_NS_MAX: f64 = 2_000.0;

#[derive(Debug, Default)]
pub(crate) struct Table {
    rounds: Vec<(&'static str, Measured)>,
}

impl Table {
    pub(crate) fn add(&mut self, name: &'static str, measured: Measured) {
        self.rounds.push((name, measured));
    }

    pub(crate) fn print(&self) {
        println!(
            "{:<38}{:>11}{:>11}{:>22}{:>9}{:>7}{:>6}",
            "", "thread", "cost", "95 % interval", "wall", "attrs", "lost"
        );
        for contender in &CONTENDERS {
            self.line(contender.name);
        }
        println!("(ns a request, medians; cost: less the bare service of the same round)\n");
        self.verdicts();
    }

    fn line(&self, name: &'static str) {
        let rounds = self.of(name);
        let of =
            |value: fn(&Measured) -> f64| median(&rounds.iter().map(value).collect::<Vec<_>>());
        let (low, high) = median_interval(&self.costs(name));
        let attributes = of(|measured| measured.attributes as f64);
        let lost: i64 = rounds.iter().map(|measured| measured.lost).sum();
        println!(
            "{name:<38}{:>11}{:>11}{:>22}{:>9}{attributes:>7}{lost:>6}",
            grouped(of(|measured| measured.thread_ns)),
            grouped(median(&self.costs(name))),
            format!("{} … {}", grouped(low), grouped(high)),
            grouped(of(|measured| measured.wall_ns)),
        );
    }

    fn verdicts(&self) {
        let kit = CONTENDERS[1].name;
        let cost = median(&self.costs(kit));
        let verdict = if cost <= SPAN_NS_MAX { "met" } else { "MISSED" };
        println!(
            "a server span with {ATTRIBUTES} attributes: {} ns; bar 2,000 ns: {verdict}",
            grouped(cost)
        );
        for other in CONTENDERS.iter().skip(2).filter(|other| other.records) {
            let ratios = self.ratios(other.name, kit);
            let (low, high) = median_interval(&ratios);
            let verdict = match (low, high) {
                (low, _) if low > 1.0 => "met",
                (_, high) if high < 1.0 => "MISSED",
                _ => "not decided",
            };
            println!(
                "{} costs {:.2} times the kit's ({low:.2} … {high:.2}); bar above 1: {verdict}",
                other.name.trim(),
                median(&ratios)
            );
        }
    }

    fn of(&self, name: &str) -> Vec<Measured> {
        let same = self.rounds.iter().filter(|(of, _)| *of == name);
        same.map(|(_, measured)| *measured).collect()
    }

    /// Each round's thread time above that of the bare service on the same path.
    fn costs(&self, name: &str) -> Vec<f64> {
        let path = |name: &str| {
            CONTENDERS
                .iter()
                .find(|one| one.name == name)
                .map(|one| one.path)
        };
        let bare = CONTENDERS
            .iter()
            .find(|one| one.name.starts_with("bare") && Some(one.path) == path(name))
            .map_or("bare", |bare| bare.name);
        let pairs = self.of(name).into_iter().zip(self.of(bare));
        pairs
            .map(|(one, bare)| one.thread_ns - bare.thread_ns)
            .collect()
    }

    fn ratios(&self, name: &str, to: &str) -> Vec<f64> {
        let pairs = self.costs(name).into_iter().zip(self.costs(to));
        pairs.map(|(one, other)| one / other).collect()
    }
}

/// Digits in groups of three: 12,345.
fn grouped(value: f64) -> String {
    let digits = format!("{:.0}", value.abs());
    let mut text = String::new();
    for (at, digit) in digits.chars().enumerate() {
        if at > 0 && (digits.len() - at) % 3 == 0 {
            text.push(',');
        }
        text.push(digit);
    }
    if value <= -0.5 {
        format!("-{text}")
    } else {
        text
    }
}
