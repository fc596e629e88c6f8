//! The trace context inside a request's `_meta`, under the plain W3C names (SEP-414).

use opentelemetry::Context;
use opentelemetry::propagation::{Extractor, Injector, TextMapPropagator};
use rmcp::model::MetaObject;

use crate::kit;

/// Puts the current context into a request's `_meta`, so that the server continues the trace.
pub fn inject(meta: &mut MetaObject) {
    let cx = Context::current();
    kit::of(&cx)
        .propagator
        .inject_context(&cx, &mut Writer(meta));
}

struct Writer<'a>(&'a mut MetaObject);

impl Injector for Writer<'_> {
    fn set(&mut self, key: &str, value: String) {
        self.0.0.insert(key.to_owned(), value.into());
    }
}

pub(super) struct Reader<'a>(pub(super) &'a MetaObject);

impl Extractor for Reader<'_> {
    fn get(&self, key: &str) -> Option<&str> {
        self.0.0.get(key)?.as_str()
    }

    fn keys(&self) -> Vec<&str> {
        self.0.0.keys().map(String::as_str).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn text_is_read_and_every_key_is_listed() {
        let mut meta = MetaObject::new();
        Writer(&mut meta).set("traceparent", "00-ab".to_owned());
        meta.0.insert("progressToken".to_owned(), 7.into());
        let reader = Reader(&meta);
        assert_eq!(reader.get("traceparent"), Some("00-ab"));
        assert_eq!(reader.get("progressToken"), None, "a number is no context");
        assert_eq!(reader.get("baggage"), None);
        let mut keys = reader.keys();
        keys.sort_unstable();
        assert_eq!(keys, ["progressToken", "traceparent"]);
    }
}
