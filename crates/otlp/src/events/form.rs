//! Bodies, event by event: no more than one is held as a tree.

use super::{EVENT_BYTES_MAX, Form, Reader, event as one};
use crate::Error;
use serde::de::{Deserializer, SeqAccess, Visitor};
use serde_json::value::RawValue;
use serde_json::{Map, Value};
use std::fmt;

/// Gives every event of a body to the reader.
pub(super) fn read(body: &[u8], form: &Form, reader: &mut Reader<'_>) -> Result<(), Error> {
    match form {
        Form::Json => json(body, reader),
        Form::Lines => lines(body, reader),
        Form::Csv { delimiter, columns } => csv(body, *delimiter, columns.as_deref(), reader),
    }
}

fn json(body: &[u8], reader: &mut Reader<'_>) -> Result<(), Error> {
    let values = serde_json::Deserializer::from_slice(body).into_iter::<&RawValue>();
    for value in values {
        top(value.map_err(Error::Json)?, reader)?;
    }
    Ok(())
}

fn lines(body: &[u8], reader: &mut Reader<'_>) -> Result<(), Error> {
    let lines = body.split(|byte| *byte == b'\n').enumerate();
    for (number, line) in lines.map(|(number, line)| (number + 1, line.trim_ascii())) {
        if line.is_empty() {
            continue;
        }
        match serde_json::from_slice::<&RawValue>(line) {
            Ok(value) => top(value, reader)?,
            Err(error) => reader.fail(of_line(number, &error)),
        }
    }
    Ok(())
}

/// An error names the lines of what was read, which was one of many.
fn of_line(number: usize, error: &serde_json::Error) -> String {
    let said = error.to_string();
    let what = said
        .rsplit_once(" at line ")
        .map_or(&*said, |(what, _)| what);
    format!("line {number}, column {}: {what}", error.column())
}

/// A value of its own: an event, or a list of them.
fn top(value: &RawValue, reader: &mut Reader<'_>) -> Result<(), Error> {
    if !value.get().starts_with('[') {
        return event(value, reader);
    }
    let mut outcome = Ok(());
    let list = List {
        reader,
        outcome: &mut outcome,
    };
    serde_json::Deserializer::from_str(value.get())
        .deserialize_seq(list)
        .map_err(Error::Json)?;
    outcome
}

fn event(value: &RawValue, reader: &mut Reader<'_>) -> Result<(), Error> {
    if value.get().len() > EVENT_BYTES_MAX {
        let reason = format!("an event has at most {EVENT_BYTES_MAX} bytes");
        reader.fail(reason);
        return Ok(());
    }
    match serde_json::from_str::<Map<String, Value>>(value.get()) {
        Ok(object) => reader.event(object),
        Err(error) if value.get().starts_with('{') => {
            reader.fail(format!("an event cannot be read: {error}"));
            Ok(())
        }
        Err(_) => {
            let shown: String = value.get().chars().take(60).collect();
            reader.fail(format!("an event is an object, not {shown}"));
            Ok(())
        }
    }
}

/// Takes the items of a list one after the other.
struct List<'a, 'b> {
    reader: &'a mut Reader<'b>,
    outcome: &'a mut Result<(), Error>,
}

impl<'de> Visitor<'de> for List<'_, '_> {
    type Value = ();

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a list of events")
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut items: A) -> Result<(), A::Error> {
        while let Some(item) = items.next_element::<&RawValue>()? {
            if self.outcome.is_ok() {
                *self.outcome = event(item, self.reader);
            }
        }
        Ok(())
    }
}

fn csv(
    body: &[u8],
    delimiter: u8,
    columns: Option<&[String]>,
    reader: &mut Reader<'_>,
) -> Result<(), Error> {
    let mut rows = csv::ReaderBuilder::new()
        .delimiter(delimiter)
        .has_headers(columns.is_none())
        .flexible(true)
        .from_reader(body);
    let names: Vec<String> = match columns {
        Some(columns) => columns.to_vec(),
        None => match rows.headers() {
            Ok(names) => names.iter().map(str::to_owned).collect(),
            Err(error) => {
                reader.fail(format!("the names of the columns: {error}"));
                return Ok(());
            }
        },
    };
    let checked = names
        .iter()
        .try_for_each(|name| one::check_name(name, name.len()));
    if let Err(reason) = checked {
        reader.fail(reason);
        return Ok(());
    }
    for (number, row) in rows.records().enumerate() {
        match row {
            Ok(row) if row.len() > names.len() => {
                let (number, more) = (number + 1, row.len() - names.len());
                reader.fail(format!(
                    "row {number} has {more} cells more than there are columns"
                ));
            }
            Ok(row) => {
                let cells = names.iter().zip(&row).filter(|(_, cell)| !cell.is_empty());
                let bytes: usize = cells
                    .clone()
                    .map(|(name, cell)| name.len() + cell.len())
                    .sum();
                if bytes > EVENT_BYTES_MAX {
                    let number = number + 1;
                    reader.fail(format!(
                        "row {number}: an event has at most {EVENT_BYTES_MAX} bytes"
                    ));
                    continue;
                }
                let cells = cells.map(|(name, cell)| (name.clone(), typed(cell)));
                reader.event(cells.collect())?;
            }
            Err(error) => reader.fail(format!("row {}: {error}", number + 1)),
        }
    }
    Ok(())
}

/// A number or a boolean where the text is one as it would be written again; `007` is text.
fn typed(cell: &str) -> Value {
    match cell {
        "true" => return Value::Bool(true),
        "false" => return Value::Bool(false),
        _ => {}
    }
    let digits = cell.strip_prefix('-').unwrap_or(cell);
    let is_plain = digits.starts_with(|first: char| first.is_ascii_digit())
        && !(digits.len() > 1 && digits.starts_with('0') && !digits.starts_with("0."))
        && digits
            .bytes()
            .all(|byte| byte.is_ascii_digit() || matches!(byte, b'.' | b'e' | b'E' | b'+' | b'-'));
    if is_plain {
        if let Ok(integer) = cell.parse::<i64>() {
            return Value::from(integer);
        }
        let is_integer = digits.bytes().all(|byte| byte.is_ascii_digit());
        if let (false, Ok(float)) = (is_integer, cell.parse::<f64>())
            && float.is_finite()
        {
            return Value::from(float);
        }
    }
    Value::from(cell)
}
