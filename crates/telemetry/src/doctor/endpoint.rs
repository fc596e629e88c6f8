//! Where spans go, before anything is sent: slips that can be seen in the address itself.

use reqwest::Url;

use super::{Finding, Patient};
use crate::config::{Otlp, Protocol};

const GENERAL: &str = "OTEL_EXPORTER_OTLP_ENDPOINT";
const OWN: &str = "OTEL_EXPORTER_OTLP_TRACES_ENDPOINT";
const PATH: &str = "/v1/traces";
const HTTP_PORT: u16 = 4318;
const GRPC_PORT: u16 = 4317;

pub(super) fn findings(patient: &Patient) -> Vec<Finding> {
    let otlp = &patient.config.traces;
    let url = match parsed(&otlp.endpoint) {
        Ok(url) => url,
        Err(finding) => return vec![finding],
    };
    let mut findings = vec![destination(patient)];
    findings.extend(scheme(patient));
    findings.extend(match otlp.protocol {
        Protocol::HttpProtobuf => path(&url),
        Protocol::Grpc => grpc_path(&url),
    });
    findings.extend(port(&url, otlp.protocol));
    findings
}

/// Whether anything can be sent there.
pub(super) fn is_possible(otlp: &Otlp) -> bool {
    parsed(&otlp.endpoint).is_ok()
}

fn parsed(endpoint: &str) -> Result<Url, Finding> {
    let remedy = format!("set {GENERAL} to something like http://collector:4318");
    if !endpoint.contains("://") {
        return Err(Finding::problem(
            "the endpoint does not begin with http:// or https://",
            remedy,
        ));
    }
    match Url::parse(endpoint) {
        Ok(url) if matches!(url.scheme(), "http" | "https") => Ok(url),
        Ok(url) => Err(Finding::problem(
            format!(
                "the endpoint begins with {}://, which is neither http nor https",
                url.scheme()
            ),
            remedy,
        )),
        Err(error) => Err(Finding::problem(
            format!("the endpoint is not a URL: {error}"),
            remedy,
        )),
    }
}

fn destination(patient: &Patient) -> Finding {
    let otlp = &patient.config.traces;
    let protocol = match otlp.protocol {
        Protocol::HttpProtobuf => "http/protobuf",
        Protocol::Grpc => "grpc",
    };
    let text = format!("spans go to {} by {protocol}", otlp.shown_endpoint());
    let is_set = [OWN, GENERAL]
        .iter()
        .any(|name| patient.variable(name).is_some());
    if patient.lookup.is_some() && !is_set {
        Finding::note(format!("{text}, the default: {GENERAL} is not set"))
    } else {
        Finding::ok(text)
    }
}

/// gRPC takes an address without a scheme for https.
fn scheme(patient: &Patient) -> Option<Finding> {
    let name = [OWN, GENERAL]
        .into_iter()
        .find(|name| patient.variable(name).is_some())?;
    let has_none = !patient.variable(name)?.contains("://");
    has_none.then(|| {
        let used = if patient.config.traces.endpoint.starts_with("https") {
            "https"
        } else {
            "http"
        };
        Finding::warning(
            format!("{name} has no scheme: {used} is used"),
            format!("write {used}:// before it, or the other if that was meant"),
        )
    })
}

fn path(url: &Url) -> Option<Finding> {
    let path = url.path().trim_end_matches('/');
    if path.ends_with(&format!("{PATH}{PATH}")) {
        Some(Finding::problem(
            format!("{PATH} is in the path twice: the kit appends it to {GENERAL}"),
            format!("take {PATH} out of {GENERAL}, or set {OWN} instead"),
        ))
    } else if !path.ends_with(PATH) {
        Some(Finding::warning(
            format!(
                "spans are sent to the path {:?}, not to {PATH}: {OWN} is taken as it is",
                url.path()
            ),
            format!("end {OWN} with {PATH}, or set {GENERAL} instead"),
        ))
    } else {
        None
    }
}

fn grpc_path(url: &Url) -> Option<Finding> {
    (url.path() != "/").then(|| {
        Finding::warning(
            format!("gRPC takes no path, but the endpoint has {:?}", url.path()),
            "end the endpoint after the port",
        )
    })
}

fn port(url: &Url, protocol: Protocol) -> Option<Finding> {
    match (url.port(), protocol) {
        (Some(GRPC_PORT), Protocol::HttpProtobuf) => Some(Finding::warning(
            "port 4317 is usually gRPC's, but the protocol is http/protobuf",
            "use port 4318, or set OTEL_EXPORTER_OTLP_PROTOCOL=grpc",
        )),
        (Some(HTTP_PORT), Protocol::Grpc) => Some(Finding::warning(
            "port 4318 is usually HTTP's, but the protocol is grpc",
            "use port 4317, or set OTEL_EXPORTER_OTLP_PROTOCOL=http/protobuf",
        )),
        _ => None,
    }
}
