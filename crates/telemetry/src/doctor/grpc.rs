//! What the store answered by gRPC. The SDK tells the name of the status and keeps the message to itself, since it may
//! hold a token.

use super::Finding;

const CODE: &str = "gRPC code: ";

/// The finding for the exporter's error.
pub(super) fn finding(error: &str) -> Finding {
    let behind = error.split_once(CODE).map_or(error, |(_, code)| code);
    let code: String = behind
        .chars()
        .take_while(char::is_ascii_alphanumeric)
        .collect();
    let (what, remedy) = words(&code);
    let name = if code.is_empty() { "an error" } else { &code };
    Finding::problem(format!("the store answered {name}: {what}"), remedy)
}

fn words(code: &str) -> (&'static str, &'static str) {
    match code {
        "Unauthenticated" => (
            "the token is missing or unknown",
            "set OTEL_EXPORTER_OTLP_HEADERS=\"Authorization=Bearer <token>\" with a token that may write",
        ),
        "PermissionDenied" => (
            "the token may not write there",
            "use a token that may write, and look at X-Axiom-Dataset in OTEL_EXPORTER_OTLP_HEADERS",
        ),
        "NotFound" => (
            "there is no such dataset",
            "make the dataset that X-Axiom-Dataset names",
        ),
        "InvalidArgument" => (
            "it did not understand the request",
            "look whether a proxy changes bodies",
        ),
        "Unimplemented" => (
            "it does not take OTLP traces, or not with this compression",
            "use the port that takes OTLP by gRPC, usually 4317, and unset OTEL_EXPORTER_OTLP_COMPRESSION",
        ),
        "ResourceExhausted" => (
            "it has too much to do, or the quota is used up",
            "wait, raise the quota, or lower OTEL_TRACES_SAMPLER_ARG",
        ),
        "Unavailable" => (
            "it, or what lies behind it, cannot answer now",
            "look whether the store runs behind its proxy, and try again",
        ),
        "DeadlineExceeded" | "Cancelled" => (
            "it took too long",
            "look whether the store is overloaded, and whether OTEL_EXPORTER_OTLP_TIMEOUT (milliseconds) is too short",
        ),
        "Internal" | "DataLoss" | "Aborted" => {
            ("it failed", "look into the store's log, and try again")
        }
        _ => (
            "that is no answer to an export",
            "look whether the port speaks gRPC: 4317 usually does, 4318 is HTTP's",
        ),
    }
}
