//! What the store answered by HTTP.

use super::Finding;
use super::visit::{Visit, accepted};

const HEADERS: &str = "OTEL_EXPORTER_OTLP_HEADERS";

/// The finding for an answer; `said` is the beginning of a refusal.
pub(super) fn finding(status: u16, said: &str, visit: &Visit) -> Finding {
    match status {
        200..=299 => success(status, visit),
        300..=399 => redirect(status, visit),
        _ => refusal(status, said),
    }
}

fn success(status: u16, visit: &Visit) -> Finding {
    let kind = visit.beside.content_type.as_deref().unwrap_or_default();
    let kind = kind.split(';').next().unwrap_or_default().trim();
    if kind == "text/html" {
        return Finding::problem(
            format!("the answer was {status}, but with a web page: this is not an OTLP endpoint"),
            "use the port that takes OTLP, usually 4318; a console or a proxy answered here",
        );
    }
    let said = visit.beside.said.as_str();
    if visit.rejected > 0 {
        return Finding::problem(
            with_words(
                format!("the answer was {status}, but the store refused the span"),
                said,
            ),
            "ask the store why: its quota, the span's age and its size are the usual reasons",
        );
    }
    if !said.is_empty() && kind == "application/x-protobuf" {
        return Finding::warning(
            with_words(
                format!("trace {} was accepted, with a warning", visit.trace_id),
                said,
            ),
            "do what the store says: some day it will refuse",
        );
    }
    accepted(visit)
}

fn redirect(status: u16, visit: &Visit) -> Finding {
    let target = visit.beside.location.as_deref().unwrap_or("nowhere");
    Finding::problem(
        format!(
            "the store answered {status} and points to {target}; headers are sent only where the settings say, so that is not followed"
        ),
        "set OTEL_EXPORTER_OTLP_ENDPOINT to where it points, without /v1/traces; often https:// is all that is missing",
    )
}

fn refusal(status: u16, said: &str) -> Finding {
    let (what, remedy) = match status {
        400 if said.contains("HTTPS") => (
            "the port speaks TLS",
            "write https:// in OTEL_EXPORTER_OTLP_ENDPOINT".to_owned(),
        ),
        400 => (
            "it did not understand the request",
            "look whether the address takes OTLP/HTTP in protobuf, and whether a proxy changes bodies".to_owned(),
        ),
        401 => (
            "the token is missing or unknown",
            format!("set {HEADERS}=\"Authorization=Bearer <token>\" with a token that may write"),
        ),
        403 => (
            "the token may not write there",
            format!("use a token that may write, and look at X-Axiom-Dataset in {HEADERS}"),
        ),
        404 => (
            "there is nothing at this path, or no such dataset",
            "let OTEL_EXPORTER_OTLP_ENDPOINT end before /v1/traces, and make the dataset that X-Axiom-Dataset names".to_owned(),
        ),
        405 => (
            "it takes no POST at this path",
            "the address is a web site's; use the port that takes OTLP, usually 4318".to_owned(),
        ),
        413 => (
            "the request was too large, though it held one span",
            "look at the body limit of the store, or of the proxy before it".to_owned(),
        ),
        415 => (
            "it does not take this kind of body",
            "unset OTEL_EXPORTER_OTLP_COMPRESSION; if that does not help, the store does not speak http/protobuf".to_owned(),
        ),
        429 => (
            "it has too much to do, or the quota is used up",
            "wait, raise the quota, or lower OTEL_TRACES_SAMPLER_ARG".to_owned(),
        ),
        502..=504 => (
            "it, or what lies behind it, cannot answer now",
            "look whether the store runs behind its proxy, and try again".to_owned(),
        ),
        500..=599 => (
            "it failed",
            "look into the store's log, and try again".to_owned(),
        ),
        _ => (
            "that is no answer to an export",
            "look whether the address takes OTLP/HTTP".to_owned(),
        ),
    };
    let text = format!("the store answered {status}: {what}");
    Finding::problem(with_words(text, said), remedy)
}

/// The store's own words behind ours.
fn with_words(text: String, said: &str) -> String {
    if said.is_empty() {
        text
    } else {
        format!("{text} ({said:?})")
    }
}
