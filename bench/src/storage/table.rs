//! Figures beside their bars, as a table for people or as one line of JSON.

use serde_json::{Map, Value, json};

/// One table.
#[derive(Debug)]
pub(crate) struct Table {
    mode: &'static str,
    what: String,
    /// Names of the figures that stand beside the one with the bar.
    beside: Vec<String>,
    lines: Vec<Line>,
}

/// A figure.
#[derive(Clone, Debug)]
pub(crate) struct Line {
    pub(crate) what: String,
    pub(crate) value: f64,
    pub(crate) unit: &'static str,
    pub(crate) bar: Option<Bar>,
    pub(crate) beside: Vec<Option<f64>>,
}

#[derive(Clone, Copy, Debug)]
pub(crate) enum Bar {
    AtMost(f64),
    AtLeast(f64),
}

impl Bar {
    fn is_met(self, value: f64) -> bool {
        match self {
            Self::AtMost(bar) => value <= bar,
            Self::AtLeast(bar) => value >= bar,
        }
    }

    fn text(self) -> String {
        let (sign, bar) = match self {
            Self::AtMost(bar) => ('≤', bar),
            Self::AtLeast(bar) => ('≥', bar),
        };
        format!("{sign} {}", (bar * 1e3).round() / 1e3)
    }
}

impl Line {
    pub(crate) fn new(what: impl Into<String>, value: f64, unit: &'static str) -> Self {
        Self {
            what: what.into(),
            value,
            unit,
            bar: None,
            beside: Vec::new(),
        }
    }

    pub(crate) fn bar(mut self, bar: impl Into<Option<Bar>>) -> Self {
        self.bar = bar.into();
        self
    }

    fn is_met(&self) -> bool {
        self.bar.is_none_or(|bar| bar.is_met(self.value))
    }
}

impl Table {
    /// `what` says what was measured.
    pub(crate) fn new(mode: &'static str, what: String, beside: &[&str]) -> Self {
        Self {
            mode,
            what,
            beside: beside.iter().map(|&name| name.to_owned()).collect(),
            lines: Vec::new(),
        }
    }

    pub(crate) fn add(&mut self, line: Line) {
        self.lines.push(line);
    }

    /// More figures beside the first lines.
    pub(crate) fn beside_each<const N: usize>(&mut self, more: &[[Option<f64>; N]]) {
        for (line, more) in self.lines.iter_mut().zip(more) {
            line.beside.extend(more);
        }
    }

    /// Prints it; whether every bar is met.
    pub(crate) fn print(&self, machine: &str, as_json: bool) -> bool {
        if as_json {
            println!("{}", self.json(machine));
        } else {
            self.for_people(machine);
        }
        self.lines.iter().all(Line::is_met)
    }

    fn for_people(&self, machine: &str) {
        println!("{}: {}", self.mode, self.what);
        print!(
            "  {:<50} {:>10} {:<4} {:>9}       ",
            "", "measured", "", "bar"
        );
        for name in &self.beside {
            print!(" {name:>18}");
        }
        println!();
        for line in &self.lines {
            let bar = line.bar.map_or(String::new(), Bar::text);
            let missed = if line.is_met() { "" } else { "MISSED" };
            let (value, unit) = (figure(line.value, line.unit), line.unit);
            print!(
                "  {:<50} {value:>10} {unit:<4} {bar:>9} {missed:<6}",
                line.what
            );
            for value in &line.beside {
                print!(
                    " {:>18}",
                    value.map_or("-".to_owned(), |value| figure(value, line.unit))
                );
            }
            println!();
        }
        println!("  on {machine}\n");
    }

    fn json(&self, machine: &str) -> Value {
        let line = |line: &Line| {
            let (kind, bar) = match line.bar {
                None => ("bar", None),
                Some(Bar::AtMost(bar)) => ("at_most", Some(bar)),
                Some(Bar::AtLeast(bar)) => ("at_least", Some(bar)),
            };
            let beside = self.beside.iter().cloned().zip(&line.beside);
            let beside: Map<_, _> = beside.map(|(name, value)| (name, json!(value))).collect();
            json!({
                "what": line.what, "value": line.value, "unit": line.unit, kind: bar,
                "met": line.bar.map(|_| line.is_met()), "beside": beside,
            })
        };
        let figures: Vec<Value> = self.lines.iter().map(line).collect();
        json!({ "mode": self.mode, "what": self.what, "figures": figures, "machine": machine })
    }
}

/// With as many decimals as tell something: none of what is counted.
fn figure(value: f64, unit: &str) -> String {
    let decimals = match value {
        _ if unit.is_empty() => 0,
        10_000.0.. => 0,
        100.0.. => 1,
        _ => 2,
    };
    format!("{value:.decimals$}")
}

#[cfg(test)]
mod tests {
    use super::{Bar, Line, Table};

    #[test]
    fn a_bar_is_met_or_missed() {
        let mut table = Table::new("queries", "1 span".to_owned(), &["cold"]);
        let mut line = Line::new("trace", 12.5, "ms").bar(Bar::AtMost(18.0));
        line.beside.push(Some(80.0));
        table.add(line);
        let expected = serde_json::json!({
            "mode": "queries", "what": "1 span", "machine": "m", "figures": [{
                "what": "trace", "value": 12.5, "unit": "ms", "at_most": 18.0, "met": true,
                "beside": { "cold": 80.0 },
            }],
        });
        assert_eq!(table.json("m"), expected);
        assert!(table.print("m", true));
        table.add(Line::new("files", 3.0, "").bar(Bar::AtLeast(20.0)));
        assert!(!table.print("m", false));
    }
}
