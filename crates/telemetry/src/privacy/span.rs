//! Every place of a span that text can be in: its name, attributes, events, links, status, tracestate and
//! scope; and its resource.

use std::borrow::Cow;

use opentelemetry::trace::{SpanContext, SpanKind, Status, TraceState};
use opentelemetry::{InstrumentationScope, KeyValue};
use opentelemetry_sdk::Resource;
use opentelemetry_sdk::trace::SpanData;

use super::{Guard, Kind};
use crate::attrs;

/// On a server's span these are the client's, on a client's the server's.
const PEERS: [&str; 3] = [
    attrs::NETWORK_PEER_ADDRESS,
    attrs::NET_PEER_IP,
    attrs::NET_SOCK_PEER_ADDR,
];

impl Guard {
    /// Cleans a span in place.
    pub fn span(&self, span: &mut SpanData) {
        if self.is_idle() {
            return;
        }
        self.cow(&mut span.name);
        if span.span_kind == SpanKind::Server {
            self.peers(&mut span.attributes);
        }
        span.dropped_attributes_count += self.attributes(&mut span.attributes);
        for event in &mut span.events.events {
            self.cow(&mut event.name);
            event.dropped_attributes_count += self.attributes(&mut event.attributes);
        }
        for link in &mut span.links.links {
            self.context(&mut link.span_context);
            link.dropped_attributes_count += self.attributes(&mut link.attributes);
        }
        self.context(&mut span.span_context);
        if let Status::Error { description } = &mut span.status {
            self.cow(description);
        }
        if let Some(scope) = self.scope(&span.instrumentation_scope) {
            span.instrumentation_scope = scope;
        }
    }

    /// The resource as it may leave the process.
    pub fn resource(&self, resource: &Resource) -> Resource {
        let pair = |(key, value): (&opentelemetry::Key, &opentelemetry::Value)| {
            KeyValue::new(key.clone(), value.clone())
        };
        let mut attributes: Vec<KeyValue> = resource.iter().map(pair).collect();
        self.attributes(&mut attributes);
        let builder = Resource::builder_empty();
        match resource.schema_url() {
            Some(url) => builder.with_schema_url(attributes, self.text(url).into_owned()),
            None => builder.with_attributes(attributes),
        }
        .build()
    }

    /// The scope when something in it has to go.
    pub(super) fn scope(&self, scope: &InstrumentationScope) -> Option<InstrumentationScope> {
        let name = self.text(scope.name());
        let version = scope.version().map(|version| self.text(version));
        let url = scope.schema_url().map(|url| self.text(url));
        let mut attributes: Vec<KeyValue> = scope.attributes().cloned().collect();
        self.attributes(&mut attributes);
        let texts = [Some(&name), version.as_ref(), url.as_ref()];
        let owned = |text: &&Cow<'_, str>| matches!(text, Cow::Owned(_));
        let same = attributes.iter().eq(scope.attributes());
        if same && !texts.iter().flatten().any(owned) {
            return None;
        }
        let mut builder = InstrumentationScope::builder(name.into_owned());
        if let Some(version) = version {
            builder = builder.with_version(version.into_owned());
        }
        if let Some(url) = url {
            builder = builder.with_schema_url(url.into_owned());
        }
        Some(builder.with_attributes(attributes).build())
    }

    pub(super) fn cow(&self, text: &mut Cow<'static, str>) {
        if let Cow::Owned(clean) = self.text(text) {
            *text = clean.into();
        }
    }

    /// Whether nothing is looked for and nothing cut.
    pub(super) fn is_idle(&self) -> bool {
        !self.0.rules.enabled && self.0.rules.value_bytes_max.is_none()
    }

    fn peers(&self, attributes: &mut [KeyValue]) {
        let denied = |key: &str| PEERS.contains(&key) && !self.allows(key);
        for attribute in attributes.iter_mut() {
            if self.0.rules.enabled && denied(attribute.key.as_str()) {
                attribute.value = self.mark(Kind::Attribute).into();
            }
        }
    }

    /// A member of the tracestate in which something was found is dropped: its value is somebody else's
    /// code, of which a part would mean nothing.
    fn context(&self, context: &mut SpanContext) {
        let header = context.trace_state().header();
        if header.is_empty() || matches!(self.text(&header), Cow::Borrowed(_)) {
            return;
        }
        let clean = |member: &&str| matches!(self.text(member), Cow::Borrowed(_));
        let members: Vec<&str> = header.split(',').filter(clean).collect();
        let kept = members.join(",");
        let state = match self.text(&kept) {
            Cow::Borrowed(kept) => kept.parse().unwrap_or_default(),
            Cow::Owned(_) => TraceState::default(),
        };
        *context = SpanContext::new(
            context.trace_id(),
            context.span_id(),
            context.trace_flags(),
            context.is_remote(),
            state,
        );
    }
}
