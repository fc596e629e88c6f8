//! What is left of a caller at an edge, by how far it is trusted.

use throughline_telemetry::opentelemetry::Context;
use throughline_telemetry::propagation::{Propagator, Trust};

use super::{TRACE, VALID, headers, parent, sent};

#[derive(Debug, PartialEq)]
struct Mark(u8);

#[test]
fn a_caller_is_continued_linked_or_ignored() {
    let lines = headers(&[("traceparent", VALID), ("baggage", "a=1")]);
    let fresh = Context::new().with_value(Mark(7));
    let extracted = Propagator::default().extract_headers(&fresh, &lines);
    for (trust, continues, links) in [
        (Trust::Continue, true, false),
        (Trust::Link, false, true),
        (Trust::Ignore, false, false),
    ] {
        let (cx, link) = trust.apply(&fresh, &extracted);
        assert_eq!(cx.get::<Mark>(), Some(&Mark(7)), "{trust:?}");
        assert_eq!(parent(&cx).is_valid(), continues, "{trust:?}");
        let baggage = sent(Propagator::default().formats(), &cx);
        assert_eq!(!baggage.is_empty(), continues, "{trust:?}: {baggage:?}");
        let link = link.map(|link| link.trace_id().to_string());
        assert_eq!(link.as_deref(), links.then_some(TRACE), "{trust:?}");
    }
    assert_eq!(Trust::default(), Trust::Continue);
    let (_, link) = Trust::Link.apply(&fresh, &fresh);
    assert_eq!(link, None, "nobody to link to");
}
