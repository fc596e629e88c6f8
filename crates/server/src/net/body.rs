//! Reading a request's body: bounded in bytes and in time, whatever the client says or does.

use crate::config::Limits;
use axum::body::Body;
use bytes::{Bytes, BytesMut};
use http_body::Body as _;
use http_body_util::BodyExt;
use std::time::Duration;
use tokio::time::timeout;

/// Why a body was not read to its end.
#[derive(Debug, thiserror::Error)]
pub(crate) enum Error {
    #[error("the body is larger than {0} bytes")]
    TooLarge(usize),
    #[error("the body did not arrive in time")]
    TooSlow,
    #[error("too much is being received at the moment")]
    NoRoom,
    #[error("could not read the body: {0}")]
    Broken(#[source] axum::Error),
}

/// The times that a body may take.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Times {
    pub(crate) idle_max: Duration,
    pub(crate) total_max: Duration,
}

impl From<&Limits> for Times {
    fn from(limits: &Limits) -> Self {
        Self {
            idle_max: limits.body_idle_max,
            total_max: limits.body_total_max,
        }
    }
}

/// Reads a whole body of at most `bytes_max`. `room` is asked before bytes are held: first for what the
/// client announces, then for what comes beyond it.
pub(crate) async fn read(
    body: Body,
    bytes_max: usize,
    times: Times,
    room: impl FnMut(usize) -> bool,
) -> Result<Bytes, Error> {
    timeout(
        times.total_max,
        collect(body, bytes_max, times.idle_max, room),
    )
    .await
    .unwrap_or(Err(Error::TooSlow))
}

async fn collect(
    mut body: Body,
    bytes_max: usize,
    idle_max: Duration,
    mut room: impl FnMut(usize) -> bool,
) -> Result<Bytes, Error> {
    let announced = usize::try_from(body.size_hint().lower()).unwrap_or(usize::MAX);
    if announced > bytes_max {
        return Err(Error::TooLarge(bytes_max));
    }
    if !room(announced) {
        return Err(Error::NoRoom);
    }
    let mut reserved = announced;
    let mut first = Bytes::new();
    let mut all = BytesMut::new();
    while let Some(frame) = timeout(idle_max, body.frame())
        .await
        .map_err(|_| Error::TooSlow)?
    {
        let Ok(data) = frame.map_err(Error::Broken)?.into_data() else {
            continue;
        };
        let length = first.len() + all.len() + data.len();
        if length > bytes_max {
            return Err(Error::TooLarge(bytes_max));
        }
        if length > reserved {
            if !room(length - reserved) {
                return Err(Error::NoRoom);
            }
            reserved = length;
        }
        // A body that comes in one piece, as most do, is not copied.
        if first.is_empty() && all.is_empty() {
            first = data;
            continue;
        }
        if all.is_empty() {
            all.reserve(announced.max(length));
            all.extend_from_slice(&std::mem::take(&mut first));
        }
        all.extend_from_slice(&data);
    }
    Ok(if all.is_empty() { first } else { all.freeze() })
}
