//! `throughline doctor`: says what is wrong between a service and its store. The kit's own doctor does the work; here
//! are the command line's words for the variables that it reads.

use super::{EXIT_USAGE, ended, terminal};
use clap::{Args, ValueEnum};
use std::convert::Infallible;
use std::fmt;
use std::path::PathBuf;
use std::process::ExitCode;
use throughline_telemetry::doctor;

pub(super) const EXAMPLES: &str = "\
Examples:
  throughline doctor
      examines the OTEL_* variables of this shell and sends one span where they say
  throughline doctor --endpoint http://127.0.0.1:4318 --header 'X-Axiom-Dataset=traces'
      tries a store before a service is pointed at it
  throughline doctor --lockfile .
      also looks for two versions of OpenTelemetry in the nearest Cargo.lock

Values of headers are never shown. A flag is taken instead of its variable.
Exit codes: 0 spans arrive, 1 they do not, 64 the command line is wrong.";

/// What to examine, where it differs from the environment.
#[derive(Debug, Args)]
pub(super) struct Settings {
    /// The store, as in OTEL_EXPORTER_OTLP_ENDPOINT
    #[arg(long, value_name = "URL")]
    endpoint: Option<String>,
    /// A header to send, as in OTEL_EXPORTER_OTLP_HEADERS; repeatable
    #[arg(long, value_name = "NAME=VALUE", value_parser = Header::read)]
    header: Vec<Header>,
    /// The form of OTLP, as in OTEL_EXPORTER_OTLP_PROTOCOL
    #[arg(long, value_enum)]
    protocol: Option<Protocol>,
    /// A Cargo.lock, or a directory in or below the one that has it
    #[arg(long, value_name = "PATH")]
    lockfile: Option<PathBuf>,
    /// How to show the findings
    #[arg(long, value_enum, default_value_t = Format::Text)]
    format: Format,
}

/// What was given as a header. It may be a token: `Debug` shows nothing of it.
#[derive(Clone)]
struct Header(String);

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum Protocol {
    #[value(name = "http/protobuf")]
    HttpProtobuf,
    Grpc,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum Format {
    /// Lines for people
    Text,
    /// One object
    Json,
}

pub(super) fn run(settings: &Settings) -> ExitCode {
    let headers: Option<Vec<String>> = settings.header.iter().map(Header::entry).collect();
    let Some(headers) = headers else {
        terminal::complain("--header takes NAME=VALUE, such as 'X-Axiom-Dataset=traces'");
        return ExitCode::from(EXIT_USAGE);
    };
    if let Some(near) = settings.lockfile.as_ref().filter(|near| !near.exists()) {
        let near = near.display();
        terminal::complain(&format!(
            "--lockfile: {near} is not there; name a Cargo.lock, or a directory"
        ));
        return ExitCode::from(EXIT_USAGE);
    }
    let mut report = doctor::examine_shell("throughline-doctor", &settings.instead(&headers));
    if let Some(near) = &settings.lockfile {
        report.append(doctor::examine_lockfile(near));
    }
    let text = match settings.format {
        Format::Text => plain_lines(&report.to_string()),
        Format::Json => format!("{:#}\n", report.to_json()),
    };
    match terminal::write(&text) {
        Ok(()) if !report.is_healthy() => ExitCode::FAILURE,
        written => ended(written),
    }
}

/// A store may have said anything.
fn plain_lines(text: &str) -> String {
    let lines = text.lines().map(terminal::plain);
    lines.map(|line| format!("{line}\n")).collect()
}

impl Settings {
    /// The variables that the flags stand for. A flag counts for traces too, which have variables of their own.
    fn instead(&self, headers: &[String]) -> Vec<(&'static str, String)> {
        let protocol = self.protocol.map(|protocol| match protocol {
            Protocol::HttpProtobuf => "http/protobuf".to_owned(),
            Protocol::Grpc => "grpc".to_owned(),
        });
        let headers = (!headers.is_empty()).then(|| headers.join(","));
        let flags = [
            (
                "OTEL_EXPORTER_OTLP_ENDPOINT",
                "OTEL_EXPORTER_OTLP_TRACES_ENDPOINT",
                self.endpoint.clone(),
            ),
            (
                "OTEL_EXPORTER_OTLP_HEADERS",
                "OTEL_EXPORTER_OTLP_TRACES_HEADERS",
                headers,
            ),
            (
                "OTEL_EXPORTER_OTLP_PROTOCOL",
                "OTEL_EXPORTER_OTLP_TRACES_PROTOCOL",
                protocol,
            ),
        ];
        let given = flags
            .into_iter()
            .filter_map(|(all, own, value)| Some([(all, value?), (own, String::new())]));
        given.flatten().collect()
    }
}

impl Header {
    /// Takes any text: clap would repeat one that it refuses.
    fn read(text: &str) -> Result<Self, Infallible> {
        Ok(Self(text.to_owned()))
    }

    /// `NAME=VALUE`, written so that the variable holds it as it is. None when it has not that form.
    fn entry(&self) -> Option<String> {
        let (name, value) = self.0.split_once('=')?;
        let value = value.replace('%', "%25").replace(',', "%2C");
        (!name.trim().is_empty() && !value.trim().is_empty()).then(|| format!("{name}={value}"))
    }
}

impl fmt::Debug for Header {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Header")
    }
}
