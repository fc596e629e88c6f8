//! Errors as JSON with the right status: `{"error": {"code": "slot_taken", "message": "…"}}`. The one
//! table from kinds to statuses.

use axum::Json;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use serde_json::json;

use crate::error::{Error, ErrorKind};

impl IntoResponse for Error {
    fn into_response(self) -> Response {
        let status = match self.kind {
            ErrorKind::Invalid => StatusCode::BAD_REQUEST,
            ErrorKind::NotFound => StatusCode::NOT_FOUND,
            ErrorKind::Declined => StatusCode::PAYMENT_REQUIRED,
            ErrorKind::Conflict => StatusCode::CONFLICT,
            ErrorKind::Unavailable => StatusCode::SERVICE_UNAVAILABLE,
            ErrorKind::Internal => StatusCode::INTERNAL_SERVER_ERROR,
        };
        if status.is_server_error() {
            tracing::error!(
                error.code = self.code,
                error = self.chain(),
                "could not answer the request"
            );
        }
        let body = json!({ "error": { "code": self.code, "message": self.message } });
        (status, Json(body)).into_response()
    }
}

pub(super) async fn wrong_path() -> Error {
    Error::new(
        ErrorKind::NotFound,
        "route_not_found",
        "there is nothing at this path",
    )
}

pub(super) async fn wrong_method() -> Response {
    let body =
        json!({ "error": { "code": "wrong_method", "message": "this path has no such method" } });
    (StatusCode::METHOD_NOT_ALLOWED, Json(body)).into_response()
}
