//! Errors as JSON: `{"message", "code"}`, and for a query where its mistakes are.

use crate::ingest::Refusal;
use crate::query;
use crate::status;
use apl::Diagnostic;
use axum::Json;
use axum::response::{IntoResponse, Response};
use http::{StatusCode, header};
use model::ErrorKind;
use serde::Serialize;
use utoipa::ToSchema;

/// When a busy server is to be asked again.
const RETRY_AFTER_SECONDS: u64 = 2;

/// An error on its way to the client.
#[derive(Debug)]
pub(super) struct Error {
    status: StatusCode,
    retry: bool,
    body: Body,
}

/// Why a request was not done.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = Error)]
pub(super) struct Body {
    /// What is wrong, and the remedy.
    message: String,
    /// The status, again.
    code: u16,
    /// Axiom's form: the first mistake.
    #[serde(skip_serializing_if = "Option::is_none")]
    detail: Option<Detail>,
    /// Ours: all of them.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    diagnostics: Vec<Mistake>,
}

#[derive(Debug, Serialize, ToSchema)]
#[schema(as = ErrorDetail)]
#[serde(rename_all = "camelCase")]
struct Detail {
    message: String,
    line: usize,
    column: usize,
    error_type: u8,
}

/// A mistake in a query.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = Diagnostic)]
pub(super) struct Mistake {
    message: String,
    line: usize,
    column: usize,
    /// Bytes of the query's text.
    start: usize,
    end: usize,
    /// What may have been meant.
    suggestion: Option<String>,
}

impl Error {
    pub(super) fn new(status: StatusCode, message: impl Into<String>) -> Self {
        let body = Body {
            message: message.into(),
            code: status.as_u16(),
            detail: None,
            diagnostics: Vec::new(),
        };
        Self {
            status,
            retry: false,
            body,
        }
    }

    pub(super) fn of(kind: ErrorKind, message: impl Into<String>) -> Self {
        let answer = status::of(kind);
        Self {
            retry: answer.retry,
            ..Self::new(answer.http, message)
        }
    }

    /// For a token that may not do `what`.
    pub(super) fn denied(what: &str) -> Self {
        Self::of(
            ErrorKind::Denied,
            format!("this token may not {what}; `throughline token create` makes one that may"),
        )
    }

    pub(super) fn invalid(message: impl Into<String>) -> Self {
        Self::of(ErrorKind::Invalid, message)
    }

    /// Of a query that the client did not write as a text: it has no places to name.
    pub(super) fn without_places(mut self) -> Self {
        self.body.detail = None;
        self.body.diagnostics.clear();
        self
    }
}

impl From<query::Error> for Error {
    fn from(error: query::Error) -> Self {
        let kind = error.kind();
        // Of a damaged file the store tells, once.
        let is_told = matches!(
            error,
            query::Error::Damaged(_) | query::Error::Store(store::Error::CatalogDamaged(_))
        );
        if matches!(kind, ErrorKind::Internal | ErrorKind::Corrupt) && !is_told {
            tracing::error!(%error, "a query failed");
        }
        let mut answer = Self::of(kind, error.to_string());
        if let query::Error::Mistakes(mistakes) = error {
            answer.body.detail = mistakes.first().map(|first| Detail {
                message: first.message.clone(),
                line: first.line,
                column: first.column,
                error_type: 1,
            });
            answer.body.diagnostics = mistakes.into_iter().map(Mistake::from).collect();
        }
        answer
    }
}

impl From<control::Error> for Error {
    fn from(error: control::Error) -> Self {
        let message = crate::message::whole(&error);
        if error.kind() == ErrorKind::Unavailable {
            tracing::error!(error = message, "could not use the control data");
        }
        Self::of(error.kind(), message)
    }
}

impl From<Refusal> for Error {
    fn from(refusal: Refusal) -> Self {
        let answer = status::of_refusal(refusal.reason);
        Self {
            retry: answer.retry,
            ..Self::new(answer.http, refusal.message)
        }
    }
}

impl From<control::Refused> for Error {
    fn from(refused: control::Refused) -> Self {
        match refused {
            control::Refused::Unsure => Self::of(ErrorKind::Unavailable, refused.to_string()),
            _ => Self::new(StatusCode::UNAUTHORIZED, refused.to_string()),
        }
    }
}

impl From<store::Error> for Error {
    fn from(error: store::Error) -> Self {
        match error {
            store::Error::Name { .. } => Self::invalid(error.to_string()),
            _ => query::Error::Store(error).into(),
        }
    }
}

impl From<Diagnostic> for Mistake {
    fn from(diagnostic: Diagnostic) -> Self {
        Self {
            message: diagnostic.message,
            line: diagnostic.line,
            column: diagnostic.column,
            start: diagnostic.range.start,
            end: diagnostic.range.end,
            suggestion: diagnostic.suggestion,
        }
    }
}

impl IntoResponse for Error {
    fn into_response(self) -> Response {
        let mut response = (self.status, Json(self.body)).into_response();
        if self.retry {
            response
                .headers_mut()
                .insert(header::RETRY_AFTER, RETRY_AFTER_SECONDS.into());
        }
        if self.status == StatusCode::UNAUTHORIZED {
            response.headers_mut().insert(
                header::WWW_AUTHENTICATE,
                http::HeaderValue::from_static("Bearer"),
            );
        }
        response
    }
}

/// For a path that exists, but not with this method.
pub(super) async fn method_not_allowed() -> Error {
    Error::new(
        StatusCode::METHOD_NOT_ALLOWED,
        "this path does not take that method",
    )
}
