//! What the service is: the resource that every span, log record and metric belongs to.

use opentelemetry::KeyValue;
use opentelemetry_sdk::Resource;
use opentelemetry_sdk::resource::TelemetryResourceDetector;

use crate::attrs;
use crate::config::Config;

pub(crate) fn resource(config: &Config) -> Resource {
    let named = |(key, value): &(String, String)| KeyValue::new(key.clone(), value.clone());
    let environment = config
        .environment
        .iter()
        .map(|name| KeyValue::new(attrs::DEPLOYMENT_ENVIRONMENT_NAME, name.clone()));
    Resource::builder_empty()
        .with_detector(Box::new(TelemetryResourceDetector))
        .with_attributes(config.resource.iter().map(named))
        .with_attributes(environment)
        .with_service_name(config.service.clone())
        .build()
}
