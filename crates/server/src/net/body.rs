//! Reading a request's body: bounded in bytes and in time, whatever the client says or does.

use crate::config::Limits;
use axum::body::Body;
use bytes::{Bytes, BytesMut};
use http_body::{Body as _, Frame};
use http_body_util::BodyExt;
use std::pin::pin;
use std::time::Duration;
use tokio::time::{Instant, timeout};

/// While room is scarce, a body has this long and then has to keep up a rate: a body that somebody holds
/// back must not keep the room from those who send theirs.
const HURRY_AFTER: Duration = Duration::from_secs(1);
const HURRY_BYTES_PER_SECOND: f64 = 262_144.0;
/// How often a body that does not come is looked at.
const LOOK_EVERY: Duration = Duration::from_millis(500);
/// How much is set aside at once for a body that says how long it is.
const ANNOUNCED_BYTES_MAX: usize = 1 << 20;

/// Why a body was not read to its end.
#[derive(Debug, thiserror::Error)]
pub(crate) enum Error {
    #[error("the body is larger than {0} bytes as it was sent; send less at a time")]
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

/// Where the bytes of bodies are accounted for.
pub(crate) trait Room: Send {
    /// Asked before `bytes` more are held; false if there is no room for them.
    fn take(&mut self, bytes: usize) -> impl Future<Output = bool> + Send;
    /// Others are about to be refused for want of room.
    fn scarce(&self) -> bool;
}

/// For bodies that are so small that nobody counts them.
#[derive(Debug)]
pub(crate) struct NotCounted;

impl Room for NotCounted {
    async fn take(&mut self, _bytes: usize) -> bool {
        true
    }

    fn scarce(&self) -> bool {
        false
    }
}

/// Reads a whole body of at most `bytes_max`. Room is taken for what has come, not for what the client
/// says will come: else a promise of 64 MiB would cost others as much as 64 MiB.
pub(crate) async fn read(
    body: Body,
    bytes_max: usize,
    times: Times,
    room: &mut impl Room,
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
    room: &mut impl Room,
) -> Result<Bytes, Error> {
    let announced = usize::try_from(body.size_hint().lower()).unwrap_or(usize::MAX);
    if announced > bytes_max {
        return Err(Error::TooLarge(bytes_max));
    }
    let started = Instant::now();
    let mut first = Bytes::new();
    let mut all = BytesMut::new();
    loop {
        let received = first.len() + all.len();
        let Some(frame) = next(&mut body, idle_max, started, received, room).await? else {
            break;
        };
        let Ok(data) = frame.into_data() else {
            continue;
        };
        if received + data.len() > bytes_max {
            return Err(Error::TooLarge(bytes_max));
        }
        if !room.take(data.len()).await {
            return Err(Error::NoRoom);
        }
        // A body that comes in one piece, as most do, is not copied.
        if received == 0 {
            first = data;
            continue;
        }
        if all.is_empty() {
            all.reserve(
                announced
                    .min(ANNOUNCED_BYTES_MAX)
                    .max(received + data.len()),
            );
            all.extend_from_slice(&std::mem::take(&mut first));
        }
        all.extend_from_slice(&data);
    }
    Ok(if all.is_empty() { first } else { all.freeze() })
}

/// The next piece, within `idle_max`; sooner, if room is scarce and the body is slow.
async fn next(
    body: &mut Body,
    idle_max: Duration,
    started: Instant,
    received: usize,
    room: &impl Room,
) -> Result<Option<Frame<Bytes>>, Error> {
    let asked = Instant::now();
    let allowed = HURRY_AFTER + Duration::from_secs_f64(received as f64 / HURRY_BYTES_PER_SECOND);
    let mut frame = pin!(body.frame());
    loop {
        let left = idle_max.saturating_sub(asked.elapsed());
        if let Ok(frame) = timeout(left.min(LOOK_EVERY), &mut frame).await {
            return frame.transpose().map_err(Error::Broken);
        }
        let hurry = received > 0 && room.scarce() && started.elapsed() > allowed;
        if hurry || asked.elapsed() >= idle_max {
            return Err(Error::TooSlow);
        }
    }
}
