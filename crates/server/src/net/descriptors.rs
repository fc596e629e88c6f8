//! File descriptors: enough for all connections, and some that no connection gets. A log or a data file
//! that cannot be opened because clients hold every descriptor would stop the server.

use rustix::process::{Resource, Rlimit, getrlimit, setrlimit};

/// For log, data files, catalog and whatever the runtime needs.
const OURS: u64 = 256;

/// How many of the `wanted` connections of each of `listeners` there are descriptors for. Asks the system
/// for more where it may.
pub(crate) fn connections(wanted: usize, listeners: u64) -> usize {
    let needed = (wanted as u64).saturating_mul(listeners) + OURS;
    let now = getrlimit(Resource::Nofile);
    let (Some(current), maximum) = (now.current, now.maximum.unwrap_or(u64::MAX)) else {
        return wanted;
    };
    if current >= needed {
        return wanted;
    }
    let raised = Rlimit {
        current: Some(needed.min(maximum)),
        maximum: now.maximum,
    };
    let allowed = match setrlimit(Resource::Nofile, raised) {
        Ok(()) => needed.min(maximum),
        Err(_) => current,
    };
    let each = allowed.saturating_sub(OURS.min(allowed / 2)) / listeners;
    let each = usize::try_from(each)
        .unwrap_or(wanted)
        .clamp(1, wanted.max(1));
    if each < wanted {
        tracing::warn!(
            descriptors = allowed,
            connections = each,
            "the limit on open files leaves room for fewer connections than are allowed"
        );
    }
    each
}
