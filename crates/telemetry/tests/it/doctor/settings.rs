//! Findings that need no store: one line of the report for each setting.

use super::report;

/// Variables, and a line that the report has then.
type Case = (&'static [(&'static str, &'static str)], &'static str);

const CASES: &[Case] = &[
    (&[], "ok       recording is on: ENABLE_OTEL is \"1\""),
    (
        &[("ENABLE_OTEL", "")],
        "warning  ENABLE_OTEL is not set: nothing is recorded",
    ),
    (
        &[("ENABLE_OTEL", "maybe")],
        "warning  ENABLE_OTEL is \"maybe\": nothing is recorded",
    ),
    (
        &[("OTEL_SDK_DISABLED", "true")],
        "warning  OTEL_SDK_DISABLED is true: nothing is recorded, whatever ENABLE_OTEL says",
    ),
    (&[], "ok       the service is called lessons-api"),
    (
        &[("OTEL_SERVICE_NAME", "")],
        "note     the service is called default-service, the program's own default",
    ),
    (
        &[("OTEL_SERVICE_NAME", "unknown_service")],
        "warning  the service has no name (\"unknown_service\")",
    ),
    (&[], "ok       the environment is test"),
    (
        &[("OTEL_TRACES_EXPORTER", "none")],
        "warning  spans go nowhere: the exporter is none",
    ),
    (
        &[("OTEL_TRACES_EXPORTER", "console")],
        "warning  spans are written to stdout and sent nowhere: the exporter is console",
    ),
    (
        &[("OTEL_EXPORTER_OTLP_ENDPOINT", "http://127.0.0.1:4317")],
        "warning  port 4317 is usually gRPC's, but the protocol is http/protobuf",
    ),
    (
        &[
            ("OTEL_EXPORTER_OTLP_ENDPOINT", "http://127.0.0.1:4318"),
            ("OTEL_EXPORTER_OTLP_PROTOCOL", "grpc"),
        ],
        "warning  port 4318 is usually HTTP's, but the protocol is grpc",
    ),
    (
        &[
            ("OTEL_EXPORTER_OTLP_ENDPOINT", "127.0.0.1:1"),
            ("OTEL_EXPORTER_OTLP_PROTOCOL", "grpc"),
        ],
        "warning  OTEL_EXPORTER_OTLP_ENDPOINT has no scheme: https is used",
    ),
    (
        &[(
            "OTEL_EXPORTER_OTLP_ENDPOINT",
            "http://127.0.0.1:1/v1/traces",
        )],
        "problem  /v1/traces is in the path twice: the kit appends it to OTEL_EXPORTER_OTLP_ENDPOINT",
    ),
    (
        &[("OTEL_EXPORTER_OTLP_TRACES_ENDPOINT", "http://127.0.0.1:1")],
        "warning  spans are sent to the path \"/\", not to /v1/traces: OTEL_EXPORTER_OTLP_TRACES_ENDPOINT is taken as it is",
    ),
    (
        &[("OTEL_EXPORTER_OTLP_ENDPOINT", "127.0.0.1:4318")],
        "problem  the endpoint does not begin with http:// or https://",
    ),
    (
        &[("OTEL_EXPORTER_OTLP_ENDPOINT", "ftp://127.0.0.1")],
        "problem  the endpoint begins with ftp://, which is neither http nor https",
    ),
    (
        &[("OTEL_EXPORTER_OTLP_ENDPOINT", "http://not a host")],
        "problem  the endpoint is not a URL: invalid international domain name",
    ),
    (
        &[(
            "OTEL_EXPORTER_OTLP_ENDPOINT",
            "http://me:sesame-4711@127.0.0.1:1",
        )],
        "ok       spans go to http://127.0.0.1:1/v1/traces by http/protobuf",
    ),
    (
        &[(
            "OTEL_EXPORTER_OTLP_HEADERS",
            "Authorization=Bearer sesame-4711",
        )],
        "ok       Authorization = Bearer ****(11 characters)",
    ),
    (
        &[("OTEL_EXPORTER_OTLP_HEADERS", "Authorization=sesame-4711")],
        "warning  Authorization = ****(11 characters): there is no Bearer before the token",
    ),
    (
        &[(
            "OTEL_EXPORTER_OTLP_HEADERS",
            "Authorization: Bearer sesame-4711",
        )],
        "warning  OTEL_EXPORTER_OTLP_HEADERS: entry 1 (key \"Authorization\") is malformed: there is no = in it; it is ignored",
    ),
    (
        &[("OTEL_TRACES_SAMPLER", "always_off")],
        "warning  the sampler drops every trace that begins here",
    ),
    (
        &[
            ("OTEL_TRACES_SAMPLER", "traceidratio"),
            ("OTEL_TRACES_SAMPLER_ARG", "0"),
        ],
        "warning  the sampler drops every trace that begins here",
    ),
    (
        &[
            ("OTEL_TRACES_SAMPLER", "parentbased_traceidratio"),
            ("OTEL_TRACES_SAMPLER_ARG", "0.25"),
        ],
        "note     25% of the traces are recorded; a caller's decision wins",
    ),
    (
        &[
            ("OTEL_TRACES_SAMPLER", "traceidratio"),
            ("OTEL_TRACES_SAMPLER_ARG", "0.001"),
        ],
        "note     0.1% of the traces are recorded",
    ),
    (
        &[],
        "ok       every trace is recorded; a caller's decision wins",
    ),
    (
        &[("OTEL_PROPAGATORS", "none")],
        "warning  no trace context is read or passed on: every service begins a trace of its own",
    ),
    (
        &[("OTEL_PROPAGATORS", "b3,jaeger")],
        "note     contexts travel as b3: callers that speak W3C Trace Context are not continued",
    ),
    (
        &[("OTEL_PROPAGATORS", "b3,jaeger")],
        "warning  OTEL_PROPAGATORS: \"jaeger\" is not supported and ignored",
    ),
    (
        &[("OTEL_BSP_SCHEDULE_DELAY", "120000")],
        "warning  a span may wait 120s before it is sent: the newest ones seem to be missing",
    ),
    (
        &[("OTEL_BSP_MAX_QUEUE_SIZE", "10")],
        "ok       10 spans a request, at least every 5s; 10 may wait",
    ),
    (
        &[
            ("OTEL_BSP_MAX_QUEUE_SIZE", "10"),
            ("OTEL_BSP_MAX_EXPORT_BATCH_SIZE", "20"),
        ],
        "warning  a request is to hold 20 spans, but only 10 may wait: it never fills up",
    ),
    (
        &[("OTEL_EXPORTER_OTLP_TIMEOUT", "30000")],
        "warning  an export may take 30s, longer than the 5s that a shutdown usually waits",
    ),
    (
        &[("KIT_PRIVACY", "off")],
        "warning  the privacy guard is off: personal data and secrets are exported as they are",
    ),
];

#[test]
fn every_setting_has_its_words() {
    for (variables, line) in CASES {
        // A port on which nothing listens; where it does not matter, nothing is sent.
        let mut variables = variables.to_vec();
        if !variables.iter().any(|(name, _)| name.contains("EXPORTER")) {
            variables.push(("OTEL_TRACES_EXPORTER", "none"));
        }
        let text = report("http://127.0.0.1:1", &variables).to_string();
        let has = text.lines().any(|has| has == *line);
        assert!(has, "{variables:?}: {line} is not in\n{text}");
    }
}

#[test]
fn nothing_set_is_the_default() {
    let report = throughline_telemetry::doctor::examine_variables("lessons-api", &|_| None);
    let text = report.to_string();
    for line in [
        "warning  ENABLE_OTEL is not set: nothing is recorded",
        "note     spans go to http://localhost:4318/v1/traces by http/protobuf, the default: OTEL_EXPORTER_OTLP_ENDPOINT is not set",
    ] {
        assert!(text.lines().any(|has| has == line), "{text}");
    }
}
