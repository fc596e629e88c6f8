//! Places that are not on this machine, as the command line has them: what is refused, in which words, how soon,
//! and never with a password.

use crate::running::{failure, program};
use std::process::Command;
use std::time::{Duration, Instant};

const SECRETS: [&str; 2] = ["a-password", "a-secret-key"];
const SOON: Duration = Duration::from_secs(20);
/// Nobody is there.
const NOWHERE: &str = "http://127.0.0.1:1";
const CATALOG: &str = "postgres://me:a-password@127.0.0.1:1/spans";

/// `throughline ...` in a directory of its own, where an object store is said to be nowhere.
fn throughline(directory: &tempfile::TempDir, arguments: &[&str]) -> Command {
    let mut command = program();
    command
        .current_dir(directory.path())
        .args(arguments)
        .env("AWS_ENDPOINT_URL", NOWHERE)
        .env("AWS_REGION", "us-east-1")
        .env("AWS_ACCESS_KEY_ID", "a-key")
        .env("AWS_SECRET_ACCESS_KEY", "a-secret-key");
    command
}

#[test]
fn what_cannot_be_used_is_named_with_its_remedy() {
    let bucket = "s3://spans/of us";
    let cases: [(&[&str], i32, &[&str]); 8] = [
        (
            &["--data", bucket],
            1,
            &["s3://spans/of us/", "check AWS_ENDPOINT_URL", "--data"],
        ),
        (
            &["--catalog", CATALOG],
            1,
            &["postgres://me@127.0.0.1:1/spans", "check host", "--catalog"],
        ),
        (
            &["--catalog", "mysql://me:a-password@host/x"],
            64,
            &["--catalog", "postgres://user@host"],
        ),
        (
            &["--data", "gs://spans"],
            64,
            &["--data", "s3://bucket/prefix"],
        ),
        (&["--data", "s3://"], 64, &["--data", "bucket"]),
        (&["--log", "object"], 64, &["--log", "s3://", "--catalog"]),
        (
            &["--log", "object", "--data", bucket],
            64,
            &["--log", "PostgreSQL"],
        ),
        (
            &["--data", "here", "--log-dir", "there"],
            64,
            &["--log-dir", "object store"],
        ),
    ];
    for (arguments, code, parts) in cases {
        let directory = tempfile::tempdir().unwrap();
        let any_port = [
            "--listen=127.0.0.1:0",
            "--otlp-http=127.0.0.1:0",
            "--otlp-grpc=127.0.0.1:0",
        ];
        let mut command = throughline(&directory, &["serve"]);
        command.args(any_port).args(arguments);
        let started = Instant::now();
        let (found, said) = failure(command);
        assert!(started.elapsed() < SOON, "{arguments:?}");
        assert_eq!(found, code, "{arguments:?}: {said}");
        for part in parts {
            assert!(said.contains(part), "{part:?} is not in {said:?}");
        }
        for secret in SECRETS {
            assert!(!said.contains(secret), "{said}");
        }
    }
}

#[test]
fn settings_are_shown_without_what_is_secret() {
    let directory = tempfile::tempdir().unwrap();
    let settings = [
        "config",
        "show",
        "--data",
        "s3://spans/ours",
        "--log-dir",
        "log",
    ];
    let mut command = throughline(&directory, &settings);
    // In the environment, as it should be.
    let output = command
        .env("THROUGHLINE_CATALOG", CATALOG)
        .output()
        .unwrap();
    assert!(output.status.success(), "{output:?}");
    let shown = String::from_utf8(output.stdout).unwrap();
    let expected = "data = \"s3://spans/ours/\"\nlog_dir = \"log\"\ncatalog = \"postgres://me@127.0.0.1:1/spans\"\n";
    assert!(shown.starts_with(expected), "{shown}");
    let mut help = throughline(&directory, &["serve", "--help"]);
    let help = help.env("THROUGHLINE_CATALOG", CATALOG).output().unwrap();
    let help = String::from_utf8(help.stdout).unwrap();
    assert!(
        help.contains("s3://bucket/spans") && help.contains("PGPASSWORD"),
        "{help}"
    );
    for secret in SECRETS {
        assert!(!shown.contains(secret) && !help.contains(secret));
    }
}
