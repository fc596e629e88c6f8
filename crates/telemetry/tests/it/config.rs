//! Each test is a table of variables and what the settings become.

use std::time::Duration;

use throughline_telemetry::Config;
use throughline_telemetry::config::{Exporter, MetricsExporter, Protocol};
use throughline_telemetry::jobs::{Names, Parent};
use throughline_telemetry::propagation::{Format, Propagator};

fn read(variables: &[(&str, &str)]) -> Config {
    let find = |name: &str| {
        let found = variables.iter().find(|(key, _)| *key == name);
        found.map(|(_, value)| (*value).to_owned())
    };
    Config::from_lookup("default-service", &find)
}

#[test]
fn recording_is_on_only_when_asked_for() {
    for (value, on) in [
        ("1", true),
        ("true", true),
        ("TRUE", true),
        ("Yes", true),
        ("y", true),
        ("ON", true),
        (" on ", true),
        ("", false),
        ("0", false),
        ("false", false),
        ("no", false),
        ("enabled", false),
        ("2", false),
    ] {
        assert_eq!(
            read(&[("ENABLE_OTEL", value)]).enabled,
            on,
            "ENABLE_OTEL={value:?}"
        );
    }
    assert!(!read(&[]).enabled);
}

#[test]
fn the_standard_switch_wins_and_is_true_only_for_true() {
    for (value, on, warnings) in [
        ("true", false, 0),
        ("TRUE", false, 0),
        ("false", true, 0),
        ("", true, 0),
        ("1", true, 1),
    ] {
        let config = read(&[("ENABLE_OTEL", "1"), ("OTEL_SDK_DISABLED", value)]);
        assert_eq!(
            (config.enabled, config.warnings.len()),
            (on, warnings),
            "{value:?}"
        );
    }
}

#[test]
fn exporters_are_chosen_by_signal() {
    let of = |name: &str, value: &str| read(&[(name, value)]);
    for (value, exporter, warnings) in [
        ("", Exporter::Otlp, 0),
        ("otlp", Exporter::Otlp, 0),
        ("Console", Exporter::Console, 0),
        ("none", Exporter::None, 0),
        ("zipkin", Exporter::Otlp, 1),
    ] {
        let config = of("OTEL_TRACES_EXPORTER", value);
        let found = (config.traces_exporter, config.warnings.len());
        assert_eq!(found, (exporter, warnings), "{value:?}");
    }
    for (value, exporter, warnings) in [
        ("", Exporter::None, 0),
        ("otlp", Exporter::Otlp, 0),
        ("console", Exporter::Console, 0),
        ("loki", Exporter::None, 1),
    ] {
        let config = of("OTEL_LOGS_EXPORTER", value);
        let found = (config.logs_exporter, config.warnings.len());
        assert_eq!(found, (exporter, warnings), "{value:?}");
    }
    for (value, exporter, warnings) in [
        ("", MetricsExporter::Prometheus, 0),
        ("prometheus", MetricsExporter::Prometheus, 0),
        ("otlp", MetricsExporter::Otlp, 0),
        ("none", MetricsExporter::None, 0),
        ("statsd", MetricsExporter::Prometheus, 1),
    ] {
        let config = of("OTEL_METRICS_EXPORTER", value);
        let found = (config.metrics_exporter, config.warnings.len());
        assert_eq!(found, (exporter, warnings), "{value:?}");
    }
}

#[test]
fn grpc_has_its_own_port_and_paths_and_is_not_for_metrics() {
    let grpc = ("OTEL_EXPORTER_OTLP_PROTOCOL", "grpc");
    let config = read(&[grpc]);
    assert_eq!(config.traces.protocol, Protocol::Grpc);
    assert_eq!(config.traces.endpoint, "http://localhost:4317");
    assert_eq!(config.metrics.protocol, Protocol::HttpProtobuf);
    assert_eq!(config.warnings, Vec::<String>::new());
    let endpoint = |more: &[(&str, &str)]| {
        let mut all = vec![grpc, ("OTEL_EXPORTER_OTLP_ENDPOINT", "store:4317")];
        all.extend(more);
        read(&all).traces.endpoint
    };
    assert_eq!(endpoint(&[]), "https://store:4317", "as the others do it");
    assert_eq!(
        endpoint(&[("OTEL_EXPORTER_OTLP_INSECURE", "true")]),
        "http://store:4317"
    );
    let sent = read(&[grpc, ("OTEL_METRICS_EXPORTER", "otlp")]);
    assert_eq!(sent.warnings.len(), 1, "{:?}", sent.warnings);
    let unknown = read(&[("OTEL_EXPORTER_OTLP_TRACES_PROTOCOL", "http/json")]);
    assert_eq!(unknown.traces.protocol, Protocol::HttpProtobuf);
    assert!(unknown.warnings[0].contains("http/json"));
}

#[test]
fn what_is_not_supported_is_said() {
    for (name, value, warnings) in [
        ("OTEL_CONFIG_FILE", "/etc/otel.yaml", 1),
        ("OTEL_SEMCONV_STABILITY_OPT_IN", "http,database", 0),
        ("OTEL_SEMCONV_STABILITY_OPT_IN", "database, http/dup", 1),
    ] {
        assert_eq!(read(&[(name, value)]).warnings.len(), warnings, "{value}");
    }
}

#[test]
fn limits_and_files_are_read() {
    let config = read(&[
        ("OTEL_ATTRIBUTE_COUNT_LIMIT", "7"),
        ("OTEL_LINK_ATTRIBUTE_COUNT_LIMIT", "3"),
        ("OTEL_SPAN_EVENT_COUNT_LIMIT", "0"),
        ("OTEL_SPAN_LINK_COUNT_LIMIT", "many"),
        ("OTEL_EXPORTER_OTLP_CERTIFICATE", "/ca.pem"),
        ("OTEL_EXPORTER_OTLP_TRACES_CLIENT_KEY", "/key.pem"),
        ("OTEL_EXPORTER_OTLP_CLIENT_CERTIFICATE", "/client.pem"),
        ("OTEL_LOG_LEVEL", "NONE"),
    ]);
    let limits = config.limits;
    assert_eq!(limits.max_attributes_per_span, 7);
    assert_eq!(limits.max_attributes_per_event, 7);
    assert_eq!(limits.max_attributes_per_link, 3);
    assert_eq!(limits.max_events_per_span, 0);
    assert_eq!(limits.max_links_per_span, 128);
    assert_eq!(config.warnings.len(), 1, "{:?}", config.warnings);
    let tls = config.traces.tls;
    assert_eq!(tls.certificate.unwrap().to_str(), Some("/ca.pem"));
    assert_eq!(tls.client_key.unwrap().to_str(), Some("/key.pem"));
    assert_eq!(
        tls.client_certificate.unwrap().to_str(),
        Some("/client.pem")
    );
    assert!(config.log_filter.starts_with("off"));
    let louder = read(&[("OTEL_LOG_LEVEL", "none"), ("RUST_LOG", "debug")]);
    assert_eq!(louder.log_filter, "debug");
}

#[test]
fn the_endpoint_gets_its_path_and_the_one_for_traces_is_taken_as_it_is() {
    let endpoint = |variables: &[(&str, &str)]| read(variables).traces.endpoint;
    let generic = "OTEL_EXPORTER_OTLP_ENDPOINT";
    let traces = "OTEL_EXPORTER_OTLP_TRACES_ENDPOINT";
    assert_eq!(endpoint(&[]), "http://localhost:4318/v1/traces");
    assert_eq!(
        endpoint(&[(generic, "https://api.axiom.co")]),
        "https://api.axiom.co/v1/traces"
    );
    assert_eq!(
        endpoint(&[(generic, "http://store:4318/")]),
        "http://store:4318/v1/traces"
    );
    assert_eq!(
        endpoint(&[(generic, "http://a"), (traces, "http://b/in")]),
        "http://b/in"
    );
    assert_eq!(
        endpoint(&[(generic, "http://a"), (traces, "")]),
        "http://a/v1/traces"
    );
}

#[test]
fn service_environment_and_resource() {
    let config = read(&[
        (
            "OTEL_RESOURCE_ATTRIBUTES",
            "service.name=from-resource,deployment.environment=preview,team=a%20b,nonsense,=x",
        ),
        ("ENVIRONMENT", "production"),
    ]);
    assert_eq!(config.service, "from-resource");
    assert_eq!(config.environment.as_deref(), Some("preview"));
    assert_eq!(config.resource, [("team".to_owned(), "a b".to_owned())]);
    assert_eq!(config.warnings.len(), 2, "{:?}", config.warnings);
    let named = read(&[
        ("OTEL_SERVICE_NAME", "named"),
        ("OTEL_RESOURCE_ATTRIBUTES", "service.name=other"),
    ]);
    assert_eq!(named.service, "named");
    assert_eq!(
        read(&[("OTEL_SERVICE_NAME", "")]).service,
        "default-service"
    );
    assert_eq!(
        read(&[("ENVIRONMENT", "local")]).environment.as_deref(),
        Some("local")
    );
}

#[test]
fn headers_are_decoded_and_merged() {
    let config = read(&[
        (
            "OTEL_EXPORTER_OTLP_HEADERS",
            "Authorization=Bearer%20xaat==, X-Axiom-Dataset = traces",
        ),
        ("OTEL_EXPORTER_OTLP_TRACES_HEADERS", "x-axiom-dataset=spans"),
    ]);
    let headers: Vec<_> = config
        .traces
        .headers
        .iter()
        .map(|(k, v)| (k.as_str(), v.to_str().unwrap()))
        .collect();
    assert_eq!(
        headers,
        [
            ("authorization", "Bearer xaat=="),
            ("x-axiom-dataset", "spans")
        ]
    );
    assert!(config.warnings.is_empty(), "{:?}", config.warnings);
}

#[test]
fn a_malformed_header_is_one_warning_without_its_value() {
    let config = read(&[(
        "OTEL_EXPORTER_OTLP_HEADERS",
        "X-Good=1,Authorization: Bearer s3cret,s3cret-tail,bad key=s3cret,X-Empty=,X-Line=s3cret%0A,,X-Also=2",
    )]);
    let names: Vec<_> = config
        .traces
        .headers
        .iter()
        .map(|(name, _)| name.as_str())
        .collect();
    assert_eq!(names, ["x-good", "x-also"]);
    let expected = [
        "entry 2 (key \"Authorization\") is malformed: there is no = in it",
        "entry 3 (no key) is malformed: there is no = in it",
        "entry 4 (no key) is malformed: the key is not a header name",
        "entry 5 (key \"X-Empty\") is malformed: the value is empty",
        "entry 6 (key \"X-Line\") is malformed: the value is not header text",
    ];
    let expected =
        expected.map(|text| format!("OTEL_EXPORTER_OTLP_HEADERS: {text}; it is ignored"));
    assert_eq!(config.warnings, expected);
    assert!(
        !format!("{config:?}").contains("s3cret"),
        "Debug shows a secret"
    );
}

#[test]
fn samplers() {
    let name = "OTEL_TRACES_SAMPLER";
    let argument = "OTEL_TRACES_SAMPLER_ARG";
    for (sampler, ratio, expected, warnings) in [
        ("", "", "ParentBased(AlwaysOn)", 0),
        ("always_on", "", "AlwaysOn", 0),
        ("ALWAYS_OFF", "", "AlwaysOff", 0),
        ("traceidratio", "0.25", "TraceIdRatioBased(0.25)", 0),
        ("parentbased_always_off", "", "ParentBased(AlwaysOff)", 0),
        (
            "parentbased_traceidratio",
            "1.0",
            "ParentBased(TraceIdRatioBased(1.0))",
            0,
        ),
        (
            "parentbased_traceidratio",
            "",
            "ParentBased(TraceIdRatioBased(1.0))",
            0,
        ),
        ("traceidratio", "7", "TraceIdRatioBased(1.0)", 1),
        ("traceidratio", "half", "TraceIdRatioBased(1.0)", 1),
        ("jaeger_remote", "", "ParentBased(AlwaysOn)", 1),
    ] {
        let config = read(&[(name, sampler), (argument, ratio)]);
        assert_eq!(format!("{:?}", config.sampler), expected);
        assert_eq!(config.warnings.len(), warnings, "{:?}", config.warnings);
    }
}

#[test]
fn the_batch_knows_both_spellings_of_the_delay() {
    let batch = read(&[]).batch;
    assert_eq!((batch.queue_max, batch.export_max), (2048, 512));
    assert_eq!(batch.delay, Duration::from_secs(5));
    let delay = |variables: &[(&str, &str)]| read(variables).batch.delay.as_millis();
    assert_eq!(delay(&[("OTEL_BSP_SCHEDULE_DELAY_MILLIS", "100")]), 100);
    assert_eq!(delay(&[("OTEL_BSP_SCHEDULE_DELAY", "200")]), 200);
    assert_eq!(
        delay(&[
            ("OTEL_BSP_SCHEDULE_DELAY", "200"),
            ("OTEL_BSP_SCHEDULE_DELAY_MILLIS", "100")
        ]),
        200
    );
    // A delay of zero would spin, a queue of zero would drop everything.
    let zero = read(&[
        ("OTEL_BSP_SCHEDULE_DELAY", "0"),
        ("OTEL_BSP_MAX_QUEUE_SIZE", "0"),
    ]);
    assert_eq!((zero.batch, zero.warnings.len()), (batch, 2));
    let small = read(&[("OTEL_BSP_MAX_QUEUE_SIZE", "10")]).batch;
    assert_eq!(small.export_max, 10);
    // The SDK makes room for the whole queue at once.
    let huge = read(&[
        ("OTEL_BSP_MAX_QUEUE_SIZE", "1000001"),
        ("OTEL_BSP_MAX_EXPORT_BATCH_SIZE", "18446744073709551615"),
    ]);
    assert_eq!(huge.batch.queue_max, 1_000_000);
    assert_eq!(huge.batch.export_max, 1_000_000);
    assert_eq!(
        huge.warnings[0],
        "OTEL_BSP_MAX_QUEUE_SIZE: 1000001 is too much; 1000000 is used"
    );
    assert_eq!(huge.warnings.len(), 2);
}

#[test]
fn propagators() {
    use Format::{B3, B3Multi, Baggage, TraceContext};
    let of = |names: &str| {
        let config = read(&[("OTEL_PROPAGATORS", names)]);
        (config.propagator.formats().to_vec(), config.warnings)
    };
    let cases: [(&str, &[Format], &[&str]); 11] = [
        ("", &[TraceContext, Baggage], &[]),
        ("tracecontext", &[TraceContext], &[]),
        ("baggage, TraceContext", &[Baggage, TraceContext], &[]),
        ("b3multi,b3,b3multi , b3", &[B3Multi, B3], &[]),
        ("b3,tracecontext", &[B3, TraceContext], &[]),
        ("none", &[], &[]),
        ("none,none", &[], &[]),
        (
            "none,b3",
            &[B3],
            &["\"none\" beside other names is ignored"],
        ),
        (
            "jaeger,b3,xray,jaeger",
            &[B3],
            &[
                "\"jaeger\" is not supported and ignored",
                "\"xray\" is not supported and ignored",
            ],
        ),
        // Nothing left: as good as unset, since a service without any would break every trace.
        (
            "ottrace",
            &[TraceContext, Baggage],
            &["\"ottrace\" is not supported and ignored"],
        ),
        (
            "zipkin,",
            &[TraceContext, Baggage],
            &["\"zipkin\" is unknown and ignored"],
        ),
    ];
    for (names, formats, warnings) in cases {
        let warnings: Vec<String> = warnings
            .iter()
            .map(|warning| format!("OTEL_PROPAGATORS: {warning}"))
            .collect();
        assert_eq!(of(names), (formats.to_vec(), warnings), "{names:?}");
    }
    assert_eq!(read(&[]).propagator, Propagator::default());
}

#[test]
fn values_that_are_not_known_are_warned_of_and_ignored() {
    for (name, value) in [
        ("KIT_JOB_NAMES", "sidekiq"),
        ("KIT_JOB_PARENT", "never"),
        ("OTEL_EXPORTER_OTLP_COMPRESSION", "zstd"),
    ] {
        let config = read(&[(name, value)]);
        let [warning] = &config.warnings[..] else {
            panic!("{name}: {:?}", config.warnings)
        };
        assert!(
            warning.starts_with(name) && warning.contains(value),
            "{warning}"
        );
        assert_eq!(config.jobs, read(&[]).jobs);
        assert!(!config.traces.gzip);
    }
    for (value, gzip) in [("none", false), ("GZIP", true)] {
        let config = read(&[("OTEL_EXPORTER_OTLP_COMPRESSION", value)]);
        assert_eq!((config.traces.gzip, config.warnings.len()), (gzip, 0));
    }
    let jobs = read(&[("KIT_JOB_NAMES", "SemConv"), ("KIT_JOB_PARENT", "link")]).jobs;
    assert_eq!((jobs.names, jobs.parent), (Names::Semconv, Parent::Link));
}
