//! apalis has a tracing context of its own: one value, `trace_id;span_id;flags;tracestate`, flags in
//! decimal, `-` for what is missing. Jobs sent by programs that use that stay connected.

use std::borrow::Cow;

use crate::jobs::Carrier;

const TRACEPARENT: &str = "traceparent";
const TRACESTATE: &str = "tracestate";
const KEY: &str = "apalis_core.tracing.context";

/// The carrier in a job's metadata: the kit's keys, else a translation of apalis' own. Garbled values are
/// left to the propagator, which refuses them.
pub(super) fn carrier(metadata: &Carrier) -> Cow<'_, Carrier> {
    let ours = Cow::Borrowed(metadata);
    if metadata.contains_key(TRACEPARENT) {
        return ours;
    }
    let Some((traceparent, tracestate)) = metadata.get(KEY).and_then(|text| translated(text))
    else {
        return ours;
    };
    let mut carrier = metadata.clone();
    carrier.insert(TRACEPARENT.to_owned(), traceparent);
    if let Some(tracestate) = tracestate {
        carrier.insert(TRACESTATE.to_owned(), tracestate);
    }
    Cow::Owned(carrier)
}

fn translated(text: &str) -> Option<(String, Option<String>)> {
    let mut parts = text.splitn(4, ';');
    let (trace, span, flags) = (parts.next()?, parts.next()?, parts.next()?);
    let flags: u8 = flags.parse().unwrap_or_default();
    let state = parts.next().filter(|state| !matches!(*state, "" | "-"));
    let traceparent = format!("00-{trace}-{span}-{flags:02x}");
    Some((traceparent, state.map(str::to_owned)))
}
