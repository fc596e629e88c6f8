//! Events in JSON, in JSON by lines and in CSV, as Axiom takes them, made into an OTLP message: so that the log, a
//! replay, the buffer and the data files know one kind of request (ADR 14).
//!
//! An event is a span without a name and without a duration. Its fields are attributes: objects are flattened to dotted
//! names, lists become JSON text, nulls are left out. Its ids say which request it came with and which in it it was:
//! an identical request to the same dataset has the same ids, unless its events took the time of their arrival.

/// One event's fields.
mod event;
/// Bodies, event by event.
mod form;
/// Log records.
mod logs;
/// Events to protobuf.
mod message;

pub use event::Moment;

use crate::{Encoding, Error, Limits, digest};
use event::Event;
use message::Builder;
use model::span::ColumnType;
use serde_json::{Map, Value};
use std::collections::BTreeMap;
use std::fmt;

/// The bytes of one event, as Axiom has it.
const EVENT_BYTES_MAX: usize = 1 << 20;
/// The bytes of a field's name.
const NAME_BYTES_MAX: usize = 512;
/// Of these a sender is told; the others are counted.
const FAILURES_MAX: usize = 100;

/// How events are written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Form {
    /// Objects, and arrays of objects, one behind the other.
    Json,
    /// The same, one a line: a line that cannot be read costs no other.
    Lines,
    /// The names of the columns, when the first line does not have them.
    Csv {
        delimiter: u8,
        columns: Option<Vec<String>>,
    },
}

/// What is said of a whole request.
pub struct Request<'a> {
    pub form: Form,
    /// The field that has an event's time.
    pub time_field: &'a str,
    /// How times are written as text: nanoseconds since 1970-01-01 UTC.
    pub parse_time: &'a dyn Fn(&str) -> Option<i64>,
    /// Fields that every event gets.
    pub labels: &'a Map<String, Value>,
    /// Tells the dataset from others, also from one of the same name that was deleted.
    pub dataset: &'a str,
    /// Nanoseconds since 1970-01-01 UTC: the time of events that have none.
    pub arrival_nanos: i64,
}

impl fmt::Debug for Request<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Request")
            .field("form", &self.form)
            .field("dataset", &self.dataset)
            .finish_non_exhaustive()
    }
}

/// The events of a request.
#[derive(Debug)]
pub struct Events {
    /// As OTLP's protobuf.
    pub message: Vec<u8>,
    pub count: u64,
    /// The fields there are, and the type that holds all their values: text, integer, float or boolean.
    pub fields: BTreeMap<String, ColumnType>,
    pub failed: u64,
    /// Why, of the first hundred.
    pub failures: Vec<String>,
}

impl Events {
    /// Reads a body that is no longer compressed.
    ///
    /// # Errors
    /// `Invalid` when it is no JSON, `Exhausted` when it has more events or fields than a limit, or when its message
    /// would be longer than a body may be.
    pub fn read(body: &[u8], request: &Request<'_>, limits: &Limits) -> Result<Self, Error> {
        let mut reader = Reader {
            request,
            limits,
            builder: Builder::default(),
            fields: BTreeMap::new(),
            parts: 0,
            untimed: false,
            failed: 0,
            failures: Vec::new(),
        };
        form::read(body, &request.form, &mut reader)?;
        let dataset = dataset(request.dataset, reader.untimed, request.arrival_nanos);
        let id = digest::of(Encoding::Json, &dataset, body);
        Ok(Self {
            count: reader.builder.count(),
            message: reader.builder.finish(id),
            fields: reader.fields,
            failed: reader.failed,
            failures: reader.failures,
        })
    }
}

/// What the id of a request is of, beside its body: events that took the time of their arrival are others when they
/// come again.
fn dataset(dataset: &str, untimed: bool, arrival_nanos: i64) -> String {
    match untimed {
        true => format!("{dataset}/{arrival_nanos}"),
        false => dataset.to_owned(),
    }
}

/// A request on its way.
struct Reader<'a> {
    request: &'a Request<'a>,
    limits: &'a Limits,
    builder: Builder,
    fields: BTreeMap<String, ColumnType>,
    parts: usize,
    untimed: bool,
    failed: u64,
    failures: Vec<String>,
}

impl Reader<'_> {
    /// Takes one event, or says why not.
    fn event(&mut self, object: Map<String, Value>) -> Result<(), Error> {
        let ordinal = self.builder.count();
        if ordinal + self.failed >= self.limits.spans_max as u64 {
            return Err(Error::TooLarge {
                what: "events",
                limit: self.limits.spans_max,
            });
        }
        let labels = self.request.labels.clone();
        let event = match Event::read(object, labels, self.request) {
            Ok(event) => event,
            Err(reason) => {
                self.fail(reason);
                return Ok(());
            }
        };
        self.parts += event.fields.len();
        if self.parts > self.limits.parts_max {
            return Err(Error::TooLarge {
                what: "fields",
                limit: self.limits.parts_max,
            });
        }
        for (name, value) in &event.fields {
            let kind = event::kind(value);
            match self.fields.get_mut(name) {
                Some(known) => *known = event::either(*known, kind),
                None => drop(self.fields.insert(name.clone(), kind)),
            }
        }
        self.untimed |= event.nanos.is_none();
        // One after the other, in the order of the request.
        let arrival = self.request.arrival_nanos;
        let nanos = event
            .nanos
            .unwrap_or_else(|| arrival.saturating_add_unsigned(ordinal));
        self.builder.push(nanos, event.fields, self.limits)
    }

    fn fail(&mut self, reason: String) {
        self.failed += 1;
        if self.failures.len() < FAILURES_MAX {
            self.failures.push(reason);
        }
    }
}
