//! The findings, as text for a terminal and as JSON for a program.

use std::fmt;

use serde_json::{Value, json};

/// How bad a finding is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Level {
    /// As it should be.
    Ok,
    /// Worth knowing.
    Note,
    /// Probably not what was meant.
    Warning,
    /// Spans do not arrive.
    Problem,
}

/// One thing that was looked at.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Finding {
    /// How bad it is.
    pub level: Level,
    /// What it is, in one line.
    pub what: String,
    /// What to do about it, in one line.
    pub remedy: Option<String>,
}

/// Everything that was looked at, in reading order.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Report {
    /// One for each thing.
    pub findings: Vec<Finding>,
    /// The trace that the store accepted: 32 hex digits.
    pub trace_id: Option<String>,
}

impl Level {
    fn name(self) -> &'static str {
        match self {
            Self::Ok => "ok",
            Self::Note => "note",
            Self::Warning => "warning",
            Self::Problem => "problem",
        }
    }
}

impl Finding {
    pub(super) fn ok(what: impl Into<String>) -> Self {
        Self {
            level: Level::Ok,
            what: what.into(),
            remedy: None,
        }
    }

    pub(super) fn note(what: impl Into<String>) -> Self {
        Self {
            level: Level::Note,
            ..Self::ok(what)
        }
    }

    pub(super) fn warning(what: impl Into<String>, remedy: impl Into<String>) -> Self {
        Self {
            level: Level::Warning,
            what: what.into(),
            remedy: Some(remedy.into()),
        }
    }

    pub(super) fn problem(what: impl Into<String>, remedy: impl Into<String>) -> Self {
        Self {
            level: Level::Problem,
            ..Self::warning(what, remedy)
        }
    }
}

impl Report {
    pub(super) fn new(findings: Vec<Finding>) -> Self {
        Self {
            findings,
            trace_id: None,
        }
    }

    /// Whether spans arrive: no finding is a problem.
    pub fn is_healthy(&self) -> bool {
        self.count(Level::Problem) == 0
    }

    /// Adds what another examination found.
    pub fn append(&mut self, other: Self) {
        self.findings.extend(other.findings);
        self.trace_id = self.trace_id.take().or(other.trace_id);
    }

    /// `{"healthy": true, "trace_id": "…", "findings": [{"level": "ok", "what": "…", "remedy": null}]}`.
    pub fn to_json(&self) -> Value {
        let finding = |finding: &Finding| {
            json!({
                "level": finding.level.name(),
                "what": finding.what,
                "remedy": finding.remedy,
            })
        };
        json!({
            "healthy": self.is_healthy(),
            "trace_id": self.trace_id,
            "findings": self.findings.iter().map(finding).collect::<Vec<_>>(),
        })
    }

    fn count(&self, level: Level) -> usize {
        let of_level = self.findings.iter().filter(|found| found.level == level);
        of_level.count()
    }
}

impl fmt::Display for Report {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for Finding {
            level,
            what,
            remedy,
        } in &self.findings
        {
            writeln!(f, "{:<9}{what}", level.name())?;
            if let Some(remedy) = remedy {
                writeln!(f, "{:<9}  -> {remedy}", "")?;
            }
        }
        let (problems, warnings) = (self.count(Level::Problem), self.count(Level::Warning));
        let plural = |count| if count == 1 { "" } else { "s" };
        let health = if problems == 0 {
            "healthy"
        } else {
            "unhealthy"
        };
        write!(
            f,
            "\n{health}: {problems} problem{}, {warnings} warning{}",
            plural(problems),
            plural(warnings)
        )
    }
}
