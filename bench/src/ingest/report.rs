//! Figures, as a table for people or as one line of JSON.

use serde_json::{Map, Value, json};

/// One run's figures, in the order in which they are shown.
#[derive(Debug)]
pub(crate) struct Report {
    mode: String,
    what: String,
    figures: Vec<Figure>,
}

#[derive(Debug)]
struct Figure {
    key: &'static str,
    value: f64,
    decimals: usize,
    unit: &'static str,
}

impl Report {
    /// `what` says how the run was set up.
    pub(crate) fn new(mode: &str, what: String) -> Self {
        Self {
            mode: mode.to_owned(),
            what,
            figures: Vec::new(),
        }
    }

    /// Adds a figure; the key holds its unit where a program reads it.
    pub(crate) fn add(
        &mut self,
        key: &'static str,
        value: f64,
        decimals: usize,
        unit: &'static str,
    ) {
        self.figures.push(Figure {
            key,
            value,
            decimals,
            unit,
        });
    }

    pub(crate) fn add_count(&mut self, key: &'static str, value: u64) {
        self.add(key, value as f64, 0, "");
    }

    pub(crate) fn add_mebibytes(&mut self, key: &'static str, bytes: u64) {
        self.add(key, bytes as f64 / f64::from(1 << 20), 1, "MiB");
    }

    /// Prints it.
    pub(crate) fn print(&self, machine: &str, as_json: bool) {
        if as_json {
            println!("{}", self.json(machine));
            return;
        }
        println!("{}: {}", self.mode, self.what);
        for figure in &self.figures {
            println!(
                "  {:<34} {:>14.*} {}",
                figure.key.replace('_', " "),
                figure.decimals,
                figure.value,
                figure.unit
            );
        }
        println!("  on {machine}\n");
    }

    fn json(&self, machine: &str) -> Value {
        let mut line = Map::new();
        line.insert("mode".to_owned(), json!(self.mode));
        line.insert("set_up".to_owned(), json!(self.what));
        for figure in &self.figures {
            let scale = 10_f64.powi(figure.decimals as i32);
            let value = (figure.value * scale).round() / scale;
            let value = if figure.decimals == 0 {
                json!(value as u64)
            } else {
                json!(value)
            };
            line.insert(figure.key.to_owned(), value);
        }
        line.insert("machine".to_owned(), json!(machine));
        Value::Object(line)
    }
}

#[cfg(test)]
mod tests {
    use super::Report;

    #[test]
    fn a_line_of_json_has_the_figures_rounded_as_shown() {
        let mut report = Report::new("http", "8 connections".to_owned());
        report.add_count("spans", 512);
        report.add("ack_p50_millis", 1.26, 1, "ms");
        let expected = serde_json::json!({
            "mode": "http", "set_up": "8 connections", "spans": 512, "ack_p50_millis": 1.3, "machine": "m",
        });
        assert_eq!(report.json("m"), expected);
    }
}
