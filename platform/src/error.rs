//! Errors of the marketplace, named by what the caller does next. `api` turns a kind into a status, the
//! worker turns any of them into another attempt.

/// What the receiver of an error can do about it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum ErrorKind {
    /// Change the request.
    Invalid,
    /// The thing named does not exist.
    NotFound,
    /// Pay in another way.
    Declined,
    /// Somebody was faster, or it is too late.
    Conflict,
    /// The same request may succeed later.
    Unavailable,
    /// A bug of ours.
    Internal,
}

/// An error that a student, a copilot or a worker is told: the code is for programs and never changes,
/// the message is for people.
#[derive(Debug, thiserror::Error)]
#[error("{message}")]
pub(crate) struct Error {
    pub(crate) kind: ErrorKind,
    pub(crate) code: &'static str,
    pub(crate) message: String,
    #[source]
    source: Option<Box<dyn std::error::Error + Send + Sync>>,
}

pub(crate) type Result<T> = std::result::Result<T, Error>;

impl Error {
    pub(crate) fn new(kind: ErrorKind, code: &'static str, message: impl Into<String>) -> Self {
        Self {
            kind,
            code,
            message: message.into(),
            source: None,
        }
    }

    pub(crate) fn invalid(code: &'static str, message: impl Into<String>) -> Self {
        Self::new(ErrorKind::Invalid, code, message)
    }

    pub(crate) fn conflict(code: &'static str, message: impl Into<String>) -> Self {
        Self::new(ErrorKind::Conflict, code, message)
    }

    /// `what` names the resource: `booking` makes the code `booking_not_found`.
    pub(crate) fn not_found(code: &'static str, what: &str, id: &str) -> Self {
        Self::new(
            ErrorKind::NotFound,
            code,
            format!("there is no {what} {id}"),
        )
    }

    pub(crate) fn unavailable(code: &'static str, message: impl Into<String>) -> Self {
        Self::new(ErrorKind::Unavailable, code, message)
    }

    pub(crate) fn because(
        mut self,
        source: impl Into<Box<dyn std::error::Error + Send + Sync>>,
    ) -> Self {
        self.source = Some(source.into());
        self
    }

    /// What spans call it.
    pub(crate) fn code(&self) -> &'static str {
        self.code
    }

    /// The message with what lies below it, for logs and a job's `last_error`.
    pub(crate) fn chain(&self) -> String {
        let mut text = self.message.clone();
        let mut below = std::error::Error::source(self);
        while let Some(error) = below {
            text.push_str(": ");
            text.push_str(&error.to_string());
            below = error.source();
        }
        text
    }
}

impl From<sqlx::Error> for Error {
    fn from(error: sqlx::Error) -> Self {
        let busy = matches!(&error, sqlx::Error::PoolTimedOut)
            || error
                .as_database_error()
                .is_some_and(|e| e.message().contains("locked"));
        let (kind, code) = if busy {
            (ErrorKind::Unavailable, "database_busy")
        } else {
            (ErrorKind::Internal, "internal")
        };
        Self::new(kind, code, "could not use the database").because(error)
    }
}
