//! A row on one line: of a span what it is known by, of anything else all it has.

use crate::cli::answer::Table;
use crate::cli::lines;
use crate::cli::table::cut;
use crate::cli::terminal::{self, plain};
use apl::timespan;
use model::span;
use serde_json::{Map, Value};
use std::fmt::Write as _;
use std::io;
use unicode_width::UnicodeWidthStr;

/// Cells of a terminal.
const SERVICE_WIDTH: usize = 16;
const NAME_WIDTH_MIN: usize = 16;
/// Where no terminal is to be fitted, names are not cut; most fit.
const NAME_WIDTH_USUAL: usize = 40;
const DURATION_WIDTH: usize = 8;
const STATUS_WIDTH: usize = 5;
const TRACE_WIDTH: usize = 32;
const TRACE_WIDTH_MIN: usize = 8;
/// Narrower terminals show no date.
const DATE_WIDTH_MIN: usize = 110;

const RED: &str = "31";
const BOLD: &str = "1";
const DIM: &str = "2";
/// Of services: each has always the same.
const SERVICE_COLOURS: [&str; 6] = ["32", "33", "34", "35", "36", "94"];
const SLOW_NANOS: i64 = 1_000_000_000;

/// How rows are shown.
#[derive(Clone, Copy, Debug)]
pub(super) enum Look {
    Line { is_coloured: bool },
    Ndjson,
}

impl Look {
    /// Writes these rows.
    pub(super) fn show(self, table: &Table, rows: &[usize]) -> io::Result<()> {
        let mut text = String::new();
        let width = terminal::width();
        for row in rows {
            match self {
                Self::Ndjson => text.push_str(&lines::object(table, *row)),
                Self::Line { is_coloured } => line(&mut text, table, *row, width, is_coloured),
            }
            text.push('\n');
        }
        if text.is_empty() {
            return Ok(());
        }
        terminal::write(&text)
    }
}

fn line(out: &mut String, table: &Table, row: usize, width: Option<usize>, is_coloured: bool) {
    let text = |name: &str| table.column(name).and_then(|column| column[row].as_str());
    let mut put = |text: &str, colour: Option<&str>| match colour.filter(|_| is_coloured) {
        Some(colour) => {
            let _ = write!(out, "\u{1b}[{colour}m{text}\u{1b}[0m");
        }
        None => out.push_str(text),
    };
    let has_date = width.is_none_or(|width| width >= DATE_WIDTH_MIN);
    let time = time(text(span::TIME).unwrap_or_default(), has_date);
    put(&plain(&time), Some(DIM));
    put("  ", None);
    let (Some(name), Some(trace)) = (text(span::NAME), text(span::TRACE_ID)) else {
        let rest = rest(table, row);
        let room = width.map(|width| width.saturating_sub(time.len() + 2));
        put(&room.map_or(rest.clone(), |room| cut(&rest, room)), None);
        return;
    };
    let service = plain(text(span::SERVICE_NAME).unwrap_or("-"));
    let others = time.len() + SERVICE_WIDTH + DURATION_WIDTH + STATUS_WIDTH + 5 * 2;
    let (name, trace) = match width.map(|width| width.saturating_sub(others)) {
        None => (
            padded(&plain(name), NAME_WIDTH_USUAL),
            plain(trace).into_owned(),
        ),
        Some(room) => {
            let for_trace = room
                .saturating_sub(NAME_WIDTH_MIN)
                .clamp(TRACE_WIDTH_MIN, TRACE_WIDTH);
            let for_name = room.saturating_sub(for_trace).max(NAME_WIDTH_MIN);
            (
                filled(&plain(name), for_name),
                cut(&plain(trace), for_trace),
            )
        }
    };
    put(&filled(&service, SERVICE_WIDTH), Some(colour_of(&service)));
    put("  ", None);
    put(&name, None);
    put("  ", None);
    let nanos = text(span::DURATION).and_then(timespan::parse);
    let duration = nanos.map_or_else(String::new, short);
    let is_slow = nanos.is_some_and(|nanos| nanos >= SLOW_NANOS);
    let padding = " ".repeat(DURATION_WIDTH.saturating_sub(duration.width()));
    put(&format!("{padding}{duration}"), is_slow.then_some(BOLD));
    put("  ", None);
    let (status, is_bad) = status(table, row);
    put(&padded(&status, STATUS_WIDTH), is_bad.then_some(RED));
    put("  ", None);
    put(&trace, Some(DIM));
}

/// Cut where it is too wide.
fn filled(text: &str, width: usize) -> String {
    padded(&cut(text, width), width)
}

fn padded(text: &str, width: usize) -> String {
    format!("{text}{}", " ".repeat(width.saturating_sub(text.width())))
}

/// `2026-11-22T10:00:00.123Z`, or `10:00:00.123`.
fn time(text: &str, has_date: bool) -> String {
    let (date, clock) = text
        .trim_end_matches('Z')
        .split_once('T')
        .unwrap_or(("", text));
    let (seconds, fraction) = clock.split_once('.').unwrap_or((clock, ""));
    let millis = fraction.get(..3).unwrap_or(fraction);
    match has_date {
        true => format!("{date}T{seconds}.{millis:0<3}Z"),
        false => format!("{seconds}.{millis:0<3}"),
    }
}

/// Three digits: `4.47ms`, `369µs`, `23.3s`; minutes and more as they are, to the second.
fn short(nanos: i64) -> String {
    let units = [("ns", 1.0), ("µs", 1e3), ("ms", 1e6), ("s", 1e9)];
    let value = nanos as f64;
    if value.abs() >= 60e9 {
        return timespan::format(nanos - nanos % 1_000_000_000);
    }
    let (unit, size) = units
        .into_iter()
        .rev()
        .find(|(_, size)| value.abs() >= *size)
        .unwrap_or(units[0]);
    let shown = value / size;
    match shown.abs() {
        _ if unit == "ns" => format!("{nanos}ns"),
        ..10.0 => format!("{shown:.2}{unit}"),
        ..100.0 => format!("{shown:.1}{unit}"),
        _ => format!("{shown:.0}{unit}"),
    }
}

/// The HTTP status, or `ok` or `error`; and whether it is bad.
fn status(table: &Table, row: usize) -> (String, bool) {
    let value = |name: &str| table.column(name).map(|column| &column[row]);
    let is_error = value(span::ERROR).and_then(Value::as_bool).unwrap_or(false);
    let names = ["http.response.status_code", "http.status_code"];
    let code = names
        .iter()
        .find_map(|name| value(&format!("{}{name}", span::ATTRIBUTE_PREFIX))?.as_i64());
    match code {
        Some(code) => (code.to_string(), is_error || code >= 500),
        None if is_error => ("error".to_owned(), true),
        None => ("ok".to_owned(), false),
    }
}

fn colour_of(service: &str) -> &'static str {
    let sum: usize = service.bytes().map(usize::from).sum();
    SERVICE_COLOURS[sum % SERVICE_COLOURS.len()]
}

/// What an event says, as JSON.
fn rest(table: &Table, row: usize) -> String {
    let beside = [span::TIME, span::SYS_TIME, crate::query::ROW_ID];
    let named = table.fields.iter().zip(&table.columns);
    let said: Map<String, Value> = named
        .filter(|(field, column)| !beside.contains(&field.name.as_str()) && !column[row].is_null())
        .map(|(field, column)| (field.name.clone(), column[row].clone()))
        .collect();
    plain(&Value::Object(said).to_string()).into_owned()
}
