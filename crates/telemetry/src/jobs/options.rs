//! What spans are called and when a trace goes on in the worker. Sender and worker may differ: the job
//! carries ids only.

use std::time::Duration;

/// The age up to which an attempt is a child of the sender's span, unless [`Options`] says otherwise.
const PARENT_AGE_MAX: Duration = Duration::from_secs(600);

/// How jobs appear in traces.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Options {
    /// What the spans are called.
    pub names: Names,
    /// Whether an attempt is a child of the sender's span.
    pub parent: Parent,
    /// For [`Parent::Auto`]: up to this age, counted from enqueueing, an attempt is a child. 10 minutes by
    /// default.
    pub parent_age_max: Duration,
}

/// Whose names the spans have.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Names {
    /// `apply_async/<job>` and `run/<job>`.
    #[default]
    Celery,
    /// `send <queue>` and `process <queue>`, as the semantic conventions want it; the job is in the
    /// attribute `kit.job`.
    Semconv,
}

/// Whether an attempt belongs to the sender's trace or has one of its own that links to the sender's.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Parent {
    /// A child, unless the job was delayed or has become old: as children those would stretch the
    /// sender's trace over hours.
    #[default]
    Auto,
    /// Always a child.
    Always,
    /// Never a child, always a link.
    Link,
}

/// One side of the queue: which words it uses.
pub(super) struct Verb {
    celery: &'static str,
    semconv: &'static str,
}

pub(super) const SEND: Verb = Verb {
    celery: "apply_async",
    semconv: "send",
};
pub(super) const RUN: Verb = Verb {
    celery: "run",
    semconv: "process",
};

impl Default for Options {
    fn default() -> Self {
        Self {
            names: Names::default(),
            parent: Parent::default(),
            parent_age_max: PARENT_AGE_MAX,
        }
    }
}

impl Options {
    /// Whether an attempt goes on with the sender's trace. `age` counts from enqueueing; None when the
    /// sender did not say.
    pub(super) fn continues(&self, age: Option<Duration>, delayed: bool) -> bool {
        match self.parent {
            Parent::Always => true,
            Parent::Link => false,
            Parent::Auto => !delayed && age.is_none_or(|age| age <= self.parent_age_max),
        }
    }

    /// The span's name.
    pub(super) fn span_name(&self, verb: &Verb, job: &str, queue: &str) -> String {
        match self.names {
            Names::Celery => format!("{}/{job}", verb.celery),
            Names::Semconv => format!("{} {queue}", verb.semconv),
        }
    }

    /// `messaging.operation.name`: the word that the span's name begins with.
    pub(super) fn operation(&self, verb: &Verb) -> &'static str {
        match self.names {
            Names::Celery => verb.celery,
            Names::Semconv => verb.semconv,
        }
    }
}
