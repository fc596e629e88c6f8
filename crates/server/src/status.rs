//! The one table that turns a kind of error into an HTTP and a gRPC status. No other place decides that.
//!
//! Two columns of callers read it: API clients, and OTLP exporters. An exporter drops its spans for good
//! on 500 or `INTERNAL`, so that a fault of ours is answered to it with "again, later".

use http::StatusCode;
use model::ErrorKind;
use otlp::answer::Code;

/// A gRPC status code (the ones we answer with).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Grpc {
    Ok = 0,
    InvalidArgument = 3,
    NotFound = 5,
    AlreadyExists = 6,
    PermissionDenied = 7,
    ResourceExhausted = 8,
    Unimplemented = 12,
    Internal = 13,
    Unavailable = 14,
    DataLoss = 15,
    Unauthenticated = 16,
}

/// How an error is answered.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Status {
    pub(crate) http: StatusCode,
    pub(crate) grpc: Grpc,
    /// The same request may succeed later: say when.
    pub(crate) retry: bool,
}

impl Status {
    /// As the bodies of OTLP answers carry it.
    pub(crate) fn code(self) -> Code {
        Code {
            http: self.http.as_u16(),
            grpc: self.grpc as i32,
        }
    }
}

const fn row(http: StatusCode, grpc: Grpc, retry: bool) -> Status {
    Status { http, grpc, retry }
}

/// The answer to an API client.
pub(crate) const fn of(kind: ErrorKind) -> Status {
    match kind {
        ErrorKind::Invalid => row(StatusCode::BAD_REQUEST, Grpc::InvalidArgument, false),
        ErrorKind::NotFound => row(StatusCode::NOT_FOUND, Grpc::NotFound, false),
        ErrorKind::Denied => row(StatusCode::FORBIDDEN, Grpc::PermissionDenied, false),
        ErrorKind::Conflict => row(StatusCode::CONFLICT, Grpc::AlreadyExists, false),
        ErrorKind::Exhausted => row(StatusCode::TOO_MANY_REQUESTS, Grpc::ResourceExhausted, true),
        ErrorKind::Unavailable => row(StatusCode::SERVICE_UNAVAILABLE, Grpc::Unavailable, true),
        ErrorKind::Corrupt => row(StatusCode::INTERNAL_SERVER_ERROR, Grpc::DataLoss, false),
        ErrorKind::Internal => row(StatusCode::INTERNAL_SERVER_ERROR, Grpc::Internal, false),
    }
}

/// Why an OTLP request is not accepted (the OTLP specification's cases, and where capacity ends).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Reason {
    /// It cannot be decoded, or names an impossible dataset.
    Malformed,
    /// A content type or an encoding that is not understood.
    Unsupported,
    /// Over a size limit, on the wire or decoded.
    TooLarge,
    /// No token, or one that is not known.
    Unauthenticated,
    /// A token that may not write to the dataset.
    Forbidden,
    /// Not such a path, or a signal that is not taken yet.
    NoSuchService,
    /// Anything but `POST`.
    WrongMethod,
    /// The body did not arrive in time. HTTP has 408 for it, which exporters take for "never again".
    TooSlow,
    /// Too much is being received at the moment.
    NoRoom,
    /// The buffer waits for a flush.
    BufferFull,
    /// The log waits for a flush.
    LogFull,
    /// The disk is nearly full.
    DiskFull,
    /// The log failed, or the request could not be written.
    NotStored,
    /// A bug of ours.
    Fault,
    ShuttingDown,
}

impl Reason {
    /// All of them, in the order of their declaration.
    pub(crate) const ALL: [Self; 15] = [
        Self::Malformed,
        Self::Unsupported,
        Self::TooLarge,
        Self::Unauthenticated,
        Self::Forbidden,
        Self::NoSuchService,
        Self::WrongMethod,
        Self::TooSlow,
        Self::NoRoom,
        Self::BufferFull,
        Self::LogFull,
        Self::DiskFull,
        Self::NotStored,
        Self::Fault,
        Self::ShuttingDown,
    ];

    /// As the books call it.
    pub(crate) const fn name(self) -> &'static str {
        match self {
            Self::Malformed => "malformed",
            Self::Unsupported => "unsupported",
            Self::TooLarge => "too_large",
            Self::Unauthenticated => "unauthenticated",
            Self::Forbidden => "forbidden",
            Self::NoSuchService => "no_such_service",
            Self::WrongMethod => "wrong_method",
            Self::TooSlow => "too_slow",
            Self::NoRoom => "no_room",
            Self::BufferFull => "buffer_full",
            Self::LogFull => "log_full",
            Self::DiskFull => "disk_full",
            Self::NotStored => "not_stored",
            Self::Fault => "fault",
            Self::ShuttingDown => "shutting_down",
        }
    }
}

/// The answer to an OTLP exporter.
pub(crate) const fn of_refusal(reason: Reason) -> Status {
    match reason {
        Reason::Malformed => row(StatusCode::BAD_REQUEST, Grpc::InvalidArgument, false),
        Reason::Unsupported => row(
            StatusCode::UNSUPPORTED_MEDIA_TYPE,
            Grpc::Unimplemented,
            false,
        ),
        Reason::TooLarge => row(
            StatusCode::PAYLOAD_TOO_LARGE,
            Grpc::ResourceExhausted,
            false,
        ),
        Reason::Unauthenticated => row(StatusCode::UNAUTHORIZED, Grpc::Unauthenticated, false),
        Reason::Forbidden => row(StatusCode::FORBIDDEN, Grpc::PermissionDenied, false),
        Reason::NoSuchService => row(StatusCode::NOT_FOUND, Grpc::Unimplemented, false),
        Reason::WrongMethod => row(StatusCode::METHOD_NOT_ALLOWED, Grpc::Unimplemented, false),
        Reason::TooSlow
        | Reason::NoRoom
        | Reason::BufferFull
        | Reason::LogFull
        | Reason::DiskFull
        | Reason::NotStored
        | Reason::Fault
        | Reason::ShuttingDown => row(StatusCode::SERVICE_UNAVAILABLE, Grpc::Unavailable, true),
    }
}
