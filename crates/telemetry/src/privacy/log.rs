//! Log records. The SDK lets a record's attributes be added to and read, not changed or taken out, so a
//! record is built anew from a blank one. Its event name and severity are static text: where something is
//! found in one, the mark stands for the whole.

use std::borrow::Cow;

use opentelemetry::logs::{LogRecord as _, Logger as _, LoggerProvider as _};
use opentelemetry_sdk::Resource;
use opentelemetry_sdk::logs::{SdkLogRecord, SdkLoggerProvider};

use super::{Guard, find};

/// The only public way to a record is a logger.
pub(super) fn blank() -> SdkLogRecord {
    let provider = SdkLoggerProvider::builder()
        .with_resource(Resource::builder_empty().build())
        .build();
    provider.logger("").create_log_record()
}

impl Guard {
    /// Cleans a log record in place.
    pub fn log(&self, record: &mut SdkLogRecord) {
        if self.is_idle() {
            return;
        }
        let mut clean = self.0.blank.clone();
        if let Some(name) = record.event_name() {
            clean.set_event_name(self.fixed(name));
        }
        if let Some(target) = record.target() {
            let mut target = target.clone();
            self.cow(&mut target);
            clean.set_target(target);
        }
        if let Some(text) = record.severity_text() {
            clean.set_severity_text(self.fixed(text));
        }
        if let Some(severity) = record.severity_number() {
            clean.set_severity_number(severity);
        }
        if let Some(time) = record.timestamp() {
            clean.set_timestamp(time);
        }
        if let Some(time) = record.observed_timestamp() {
            clean.set_observed_timestamp(time);
        }
        if let Some(context) = record.trace_context() {
            clean.set_trace_context(context.trace_id, context.span_id, context.trace_flags);
        }
        if let Some(body) = record.body() {
            // The body has no name to be denied by.
            clean.set_body(self.any_value("", body.clone()));
        }
        let kept = record
            .attributes_iter()
            .filter(|(key, _)| self.keeps(key.as_str()));
        for (key, value) in kept {
            let value = self.any_value(key.as_str(), value.clone());
            clean.add_attribute(self.key(key.clone()), value);
        }
        *record = clean;
    }

    fn fixed(&self, text: &'static str) -> &'static str {
        if matches!(self.text(text), Cow::Borrowed(_)) {
            return text;
        }
        let found = find::all(text.as_bytes(), &self.0.names, Vec::new());
        found.first().map_or("", |finding| finding.kind.mark())
    }
}
