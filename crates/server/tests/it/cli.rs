//! The command line against a server: `throughline query` here, others in their files.

mod cancel;
mod datasets;
mod tail;
mod token;
mod wrong;

use crate::running::{InProcess, program};
use crate::spans::{protobuf, span};
use std::io::Write as _;
use std::process::{Output, Stdio};

/// Runs the program without holding up the server, which is in this process.
async fn query(server: &InProcess, arguments: &[&str]) -> Output {
    let mut command = program();
    command
        .arg("query")
        .args(arguments)
        .args(["--url", &server.client.api("")]);
    tokio::task::spawn_blocking(move || command.output().unwrap())
        .await
        .unwrap()
}

fn text(bytes: &[u8]) -> String {
    String::from_utf8(bytes.to_vec()).unwrap()
}

const COUNT: &str = "| summarize count() by ['service.name']";

#[tokio::test]
async fn rows_come_in_four_forms() {
    let server = InProcess::start().await;
    server
        .client
        .export(protobuf("api", vec![span(1, 0), span(1, 1)]))
        .await;
    server
        .client
        .export(protobuf("=cmd|x", vec![span(1, 2)]))
        .await;
    let forms = [
        (
            "table",
            "service.name  count_\n────────────  ──────\napi                2\n=cmd|x             1\n(2 rows)\n",
        ),
        (
            "json",
            "[\n{\"service.name\":\"api\",\"count_\":2},\n{\"service.name\":\"=cmd|x\",\"count_\":1}\n]\n",
        ),
        (
            "ndjson",
            "{\"service.name\":\"api\",\"count_\":2}\n{\"service.name\":\"=cmd|x\",\"count_\":1}\n",
        ),
        ("csv", "service.name,count_\r\napi,2\r\n'=cmd|x,1\r\n"),
    ];
    for (form, expected) in forms {
        let output = query(&server, &[COUNT, "--format", form]).await;
        assert!(output.status.success(), "{}", text(&output.stderr));
        assert_eq!(text(&output.stdout), expected, "{form}");
    }
}

#[tokio::test]
async fn a_mistake_is_drawn_under_the_query() {
    let server = InProcess::start().await;
    server
        .client
        .export(protobuf("api", vec![span(1, 0)]))
        .await;
    let output = query(&server, &["| where duraton > 100ms"]).await;
    assert_eq!(output.status.code(), Some(65));
    let said = text(&output.stderr);
    assert!(said.contains("1:9: "), "{said}");
    assert!(
        said.contains("\n  | where duraton > 100ms\n          ^^^^^^^\n"),
        "{said}"
    );
    assert!(said.contains("did you mean 'duration'?"), "{said}");
}

#[tokio::test]
async fn sql_is_asked_and_plans_are_told() {
    let server = InProcess::start().await;
    let spans = vec![span(1, 0), span(1, 1)];
    server.client.export(protobuf("api", spans)).await;
    let sql = "SELECT \"service.name\", count(*) AS n FROM traces GROUP BY 1";
    let output = query(&server, &["--sql", sql, "--format", "csv"]).await;
    assert!(output.status.success(), "{}", text(&output.stderr));
    assert_eq!(text(&output.stdout), "service.name,n\r\napi,2\r\n");

    let output = query(&server, &["--sql", "SELECT nme\nFROM traces"]).await;
    assert_eq!(output.status.code(), Some(65));
    let said = text(&output.stderr);
    assert!(said.contains("\n  SELECT nme\n         ^^^\n"), "{said}");
    assert!(said.contains("did you mean 'name'?"), "{said}");

    // A comment at its start is no option, wherever the text stands.
    let commented = format!("-- spans by service\n{sql}");
    for arguments in [
        ["--sql", &commented, "--format", "csv"],
        ["--format", "csv", "--sql", &commented],
    ] {
        let output = query(&server, &arguments).await;
        assert!(output.status.success(), "{}", text(&output.stderr));
        assert_eq!(text(&output.stdout), "service.name,n\r\napi,2\r\n");
    }
    let output = query(&server, &["--strat", "now-1h", COUNT]).await;
    assert_eq!(output.status.code(), Some(64));
    let said = text(&output.stderr);
    assert!(
        said.contains("a similar argument exists: '--start'"),
        "{said}"
    );

    for arguments in [vec![COUNT, "--explain"], vec!["--sql", "--explain", sql]] {
        let output = query(&server, &arguments).await;
        assert!(output.status.success(), "{}", text(&output.stderr));
        let plan = text(&output.stdout);
        assert!(plan.contains("group by service.name"), "{plan}");
        assert!(plan.contains("read dataset traces"), "{plan}");
    }
}

/// Asks what comes on the standard input.
async fn query_read(server: &InProcess, input: Vec<u8>) -> Output {
    let mut command = program();
    command.args([
        "query",
        "-",
        "--format",
        "csv",
        "--url",
        &server.client.api(""),
    ]);
    command
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped());
    let run = move || {
        let mut child = command.spawn().unwrap();
        let mut stdin = child.stdin.take().unwrap();
        // It may end before it has read all.
        let _ = stdin.write_all(&input);
        drop(stdin);
        child.wait_with_output().unwrap()
    };
    tokio::task::spawn_blocking(run).await.unwrap()
}

#[tokio::test]
async fn a_query_is_read_from_the_standard_input() {
    let server = InProcess::start().await;
    let output = query_read(&server, b"print a = 1 // one\n".to_vec()).await;
    assert_eq!(
        text(&output.stdout),
        "a\r\n1\r\n",
        "{}",
        text(&output.stderr)
    );
    // As much as is read, of which the server takes less.
    let output = query_read(&server, vec![b' '; 256 << 10]).await;
    let said = text(&output.stderr);
    assert!(said.contains("the query is empty"), "{said}");
    let cases: [(Vec<u8>, &str); 3] = [
        (vec![b' '; (256 << 10) + 1], "expected at most 256 KiB"),
        (vec![b' '; 8 << 20], "expected at most 256 KiB"),
        (b"print a = '\xff'".to_vec(), "expected text in UTF-8"),
    ];
    for (input, named) in cases {
        let output = query_read(&server, input).await;
        let said = text(&output.stderr);
        assert_eq!(output.status.code(), Some(64), "{said}");
        assert!(said.contains(named), "{said}");
    }
}

#[tokio::test]
async fn a_span_cannot_steer_the_terminal() {
    let server = InProcess::start().await;
    let mut evil = span(1, 0);
    evil.name = "a\u{1b}[2Jb\u{9b}31mc\nd".to_owned();
    server.client.export(protobuf("api", vec![evil])).await;
    for form in ["table", "json", "ndjson", "csv"] {
        let output = query(&server, &["| project name", "--format", form]).await;
        let shown = text(&output.stdout);
        let harmless = |c: char| !c.is_control() || c == '\n' || c == '\r';
        assert!(shown.chars().all(harmless), "{form}: {shown:?}");
        assert!(shown.contains("2Jb"), "{form}: {shown:?}");
    }
}

#[tokio::test]
async fn without_a_server_it_says_how_to_start_one() {
    let mut command = program();
    command.args(["query", COUNT, "--url", "http://127.0.0.1:1"]);
    let output = tokio::task::spawn_blocking(move || command.output().unwrap())
        .await
        .unwrap();
    assert_eq!(output.status.code(), Some(69));
    assert!(text(&output.stderr).contains("throughline serve"));
}

/// What is wrong with the command line and is found later than by its grammar: the code is the same, the flag is named.
#[tokio::test]
async fn what_is_to_be_typed_anew_ends_with_64() {
    let server = InProcess::start().await;
    let empty = tempfile::tempdir().unwrap();
    let file = empty.path().join("file");
    std::fs::write(&file, "x").unwrap();
    let (none, file) = (empty.path().join("none"), file.display().to_string());
    let none = none.display().to_string();
    let url = server.client.api("");
    let cases: [(&[&str], &str); 12] = [
        (
            &["query", "| take 1", "--url", &url, "--start", "soon"],
            "--start",
        ),
        (
            &["query", "| take 1", "--url", &url, "--end", "now-1"],
            "--end",
        ),
        (&["query", " ", "--url", &url], "empty"),
        (&["query", "| take 1", "--url", "nowhere"], "--url"),
        (&["doctor", "--header", "x"], "--header"),
        (&["doctor", "--lockfile", &none], "--lockfile"),
        (&["verify", "--data", &none], "--data"),
        (&["backup", &none, "--data", &none], "--data"),
        (&["restore", &none, "--data", &none], "MANIFEST"),
        (&["serve", "--data", &file], "--data"),
        (
            &[
                "serve",
                "--retention-of",
                "a=1d,b=2d",
                "--retention-of",
                "a=3d",
            ],
            "--retention-of: a",
        ),
        (
            &["config", "show", "--retention-of", "a=1d,a=1d"],
            "--retention-of: a",
        ),
    ];
    for (arguments, named) in cases {
        let mut command = program();
        command.args(arguments);
        let output = tokio::task::spawn_blocking(move || command.output().unwrap());
        let output = output.await.unwrap();
        let said = text(&output.stderr);
        assert_eq!(output.status.code(), Some(64), "{arguments:?}: {said}");
        assert!(said.contains(named), "{arguments:?}: {said}");
    }
}

#[tokio::test]
async fn another_server_than_ours() {
    let server = InProcess::start().await;
    let mut command = program();
    command.args(["query", COUNT, "--url", &server.client.otlp("")]);
    let output = tokio::task::spawn_blocking(move || command.output().unwrap());
    let output = output.await.unwrap();
    let said = text(&output.stderr);
    assert_eq!(output.status.code(), Some(69), "{said}");
    assert!(said.contains("no API of Throughline"), "{said}");
}

/// Runs the doctor without holding up the server.
async fn doctor(arguments: Vec<String>) -> Output {
    let mut command = program();
    command.arg("doctor").args(arguments);
    tokio::task::spawn_blocking(move || command.output().unwrap())
        .await
        .unwrap()
}

#[tokio::test]
async fn the_doctor_tries_the_store_and_shows_no_secret() {
    let server = InProcess::start().await;
    let secret = "--header=Authorization=Bearer s3cret-s3cret".to_owned();
    let endpoint = format!("--endpoint={}", server.client.otlp(""));
    let output = doctor(vec![endpoint, secret.clone()]).await;
    let said = text(&output.stdout);
    assert!(output.status.success(), "{said}");
    // The service may have any SDK: that ENABLE_OTEL is not set is no warning.
    assert!(said.contains("healthy: 0 problems, 0 warnings"), "{said}");
    assert!(said.contains("note     ENABLE_OTEL is not set"), "{said}");
    let nobody = "--endpoint=http://127.0.0.1:1".to_owned();
    let output = doctor(vec![nobody, secret, "--format=json".to_owned()]).await;
    assert_eq!(output.status.code(), Some(1));
    let report: serde_json::Value = serde_json::from_slice(&output.stdout).unwrap();
    assert_eq!(report["healthy"], false);
    for said in [said, text(&output.stdout), text(&output.stderr)] {
        assert!(!said.contains("s3cret"), "{said}");
    }
    for wrong in ["--header=s3cret", "--header=Authorization: Bearer s3cret"] {
        let output = doctor(vec![wrong.to_owned()]).await;
        assert_eq!(output.status.code(), Some(64));
        assert!(
            !text(&output.stderr).contains("s3cret"),
            "a secret is repeated"
        );
    }
}
