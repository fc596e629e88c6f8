//! `throughline token`: where it makes one, what it remarks on, and what it says of a file that is damaged.

use super::text;
use crate::running::{Process, ended, failure, program, serve};
use crate::spans::{protobuf, span};
use serde_json::{Value, json};
use std::fs;
use std::path::Path;
use std::process::Output;
use tempfile::TempDir;

/// Runs the program in `place`.
fn run(place: &Path, arguments: &[&str]) -> Output {
    let mut command = program();
    command.current_dir(place).args(arguments);
    command.output().unwrap()
}

/// What it says beside a token that it makes.
fn create(place: &Path, arguments: &[&str]) -> (String, String) {
    let output = run(place, &[&["token", "create"], arguments].concat());
    let said = text(&output.stderr);
    assert!(output.status.success(), "{said}");
    (text(&output.stdout).trim().to_owned(), said)
}

fn used_once(data: &Path) {
    let mut process = Process::start(data, &[]);
    process.signal("-TERM");
    assert_eq!(ended(&mut process.child).code(), Some(0));
}

/// Whoever stands in the wrong directory sees it.
#[test]
fn it_names_the_directory_and_says_when_no_server_used_it() {
    let place = TempDir::new().unwrap();
    let data = place.path().join("throughline-data");
    let shown = data.display().to_string();
    let asked = "is that the directory the server uses (--data)?";
    let (token, said) = create(place.path(), &["one"]);
    assert!(
        token.starts_with("xaat-") && !token.contains('\n'),
        "{token}"
    );
    let made = format!("made {shown}: no store was there; {asked}");
    assert!(said.contains(&made), "{said}");
    assert!(said.contains(&format!("is made in {shown};")), "{said}");
    let (_, said) = create(place.path(), &["two"]);
    let none = format!("{shown} has no store yet; {asked}");
    assert!(said.contains(&none), "{said}");
    used_once(&data);
    let (_, said) = create(place.path(), &["three"]);
    assert!(!said.contains(asked), "{said}");
    assert!(said.contains(&format!("is made in {shown};")), "{said}");
}

#[test]
fn what_would_be_worth_nothing_is_not_made() {
    let place = TempDir::new().unwrap();
    for (arguments, word) in [
        (&["x", "--expires", "0d"][..], "--expires"),
        (&["x", "--expires", "0d"], "as in 90d"),
        (&[""], "<NAME>"),
        (
            &["x", "--dataset", "a b"],
            "--dataset: could not use the dataset name",
        ),
    ] {
        let mut command = program();
        command
            .current_dir(place.path())
            .args(["token", "create"])
            .args(arguments);
        let (code, said) = failure(command);
        assert_eq!(code, 64, "{arguments:?}: {said}");
        assert!(said.contains(word), "{arguments:?}: {said}");
        assert_eq!(
            fs::read_dir(place.path()).unwrap().count(),
            0,
            "{arguments:?}"
        );
    }
    fs::write(place.path().join("throughline-backup"), "").unwrap();
    let refused = run(place.path(), &["token", "create", "x", "--data", "."]);
    assert_eq!(refused.status.code(), Some(64));
    assert!(text(&refused.stderr).contains("place of backups"));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_dataset_that_nobody_knows_is_remarked_on() {
    let place = TempDir::new().unwrap();
    let data = place.path().join("throughline-data");
    let mut process = Process::start(&data, &[]);
    process
        .client
        .export(protobuf("api", vec![span(1, 0)]))
        .await;
    let orders = Some(json!({ "name": "orders" }));
    let (status, _) = process
        .client
        .call("POST", "/v2/datasets", None, orders)
        .await;
    assert_eq!(status, 200);
    process.signal("-TERM");
    assert_eq!(ended(&mut process.child).code(), Some(0));
    for (dataset, remark) in [
        ("traces", None),
        ("Orders", None),
        ("*", None),
        (
            "trace",
            Some(
                "there is no dataset trace yet, or its first rows came in the last minutes; did you mean traces?",
            ),
        ),
        ("odrers", Some("did you mean orders?")),
        (
            "elsewhere",
            Some("last minutes; what is sent to that name makes it"),
        ),
    ] {
        let (_, said) = create(place.path(), &["x", "--dataset", dataset]);
        match remark {
            Some(remark) => assert!(said.contains(remark), "{dataset}: {said}"),
            None => assert!(!said.contains("there is no dataset"), "{dataset}: {said}"),
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn one_whose_time_is_over_is_marked() {
    let place = TempDir::new().unwrap();
    let (admin, _) = create(
        place.path(),
        &["admin", "--can", "manage", "--expires", "1d"],
    );
    create(place.path(), &["short", "--expires", "1ms"]);
    let listed = text(&run(place.path(), &["token", "list"]).stdout);
    let line = |name: &str| listed.lines().find(|line| line.contains(name)).unwrap();
    let head: Vec<&str> = listed.lines().next().unwrap().split_whitespace().collect();
    assert_eq!(head, ["id", "name", "created", "may", "expires"]);
    assert_eq!(line("admin").matches("  2").count(), 2, "{listed}");
    assert!(line("short").contains("  EXPIRED 2"), "{listed}");
    let (id, _) = line("short").split_once(' ').unwrap();
    let refused = run(place.path(), &["token", "revoke", "short"]);
    let said = text(&refused.stderr);
    assert!(
        said.contains(&format!("that is a name, and its id is {id}")),
        "{said}"
    );

    let process = Process::start(&place.path().join("throughline-data"), &[]);
    let call = async |method: &str, path: &str, body: Value| {
        let body = Some(body).filter(|body| !body.is_null());
        process.client.call(method, path, Some(&admin), body).await
    };
    let (_, tokens) = call("GET", "/v2/tokens", Value::Null).await;
    let tokens = tokens.as_array().unwrap();
    let marks: Vec<_> = tokens
        .iter()
        .map(|it| (&it["name"], &it["expired"]))
        .collect();
    let (admin, short) = (json!("admin"), json!("short"));
    assert_eq!(marks, [(&admin, &json!(false)), (&short, &json!(true))]);
    let wanted = json!({ "name": "late", "expiresAt": "2020-01-01T00:00:00Z" });
    let (status, said) = call("POST", "/v2/tokens", wanted).await;
    assert_eq!(status, 400);
    assert_eq!(
        said["message"],
        "2020-01-01T00:00:00Z is over: give a later expiresAt"
    );
    // Another text would be worth nothing without another time.
    let again = format!(
        "/v2/tokens/{}/regenerate",
        tokens[1]["id"].as_str().unwrap()
    );
    let (status, said) = call("POST", &again, json!({})).await;
    assert_eq!(status, 400, "{said}");
}

/// Axiom's clients send all resources, most of them with null or no actions.
#[tokio::test(flavor = "multi_thread")]
async fn the_list_shows_what_a_token_may_and_nothing_else() {
    let place = TempDir::new().unwrap();
    let (admin, _) = create(place.path(), &["admin", "--can", "manage"]);
    let process = Process::start(&place.path().join("throughline-data"), &[]);
    let sent = json!({
        "name": "shop",
        "datasetCapabilities": {
            "traces": { "ingest": ["create"], "query": null, "share": [], "data": null },
            "orders": { "query": [] },
        },
        "orgCapabilities": { "datasets": ["read"], "apiTokens": null, "billing": [] },
    });
    let call = process
        .client
        .call("POST", "/v2/tokens", Some(&admin), Some(sent));
    let (status, made) = call.await;
    assert_eq!(status, 200, "{made}");
    let kept = json!({ "traces": { "ingest": ["create"] } });
    assert_eq!(made["datasetCapabilities"], kept);
    assert_eq!(made["orgCapabilities"], json!({ "datasets": ["read"] }));
    let listed = text(&run(place.path(), &["token", "list"]).stdout);
    let line = |name: &str| listed.lines().find(|line| line.contains(name)).unwrap();
    assert!(
        line("shop").ends_with("  traces: ingest; of the server: datasets"),
        "{listed}"
    );
    assert!(line("admin").ends_with("; manage"), "{listed}");
}

/// By hand, as the message says.
#[test]
fn a_damaged_file_is_named_and_put_back() {
    let place = TempDir::new().unwrap();
    let data = place.path().join("throughline-data");
    used_once(&data);
    create(place.path(), &["kept"]);
    let backup = ["backup", "copy"];
    assert!(run(place.path(), &backup).status.success());
    let file = data.join("control.sqlite");
    let mut bytes = fs::read(&file).unwrap();
    bytes[..16].copy_from_slice(b"no more a header");
    fs::write(&file, &bytes).unwrap();
    let shown = file.display().to_string();
    let (code, said) = failure(serve(&data, &[]));
    assert_eq!(code, 1, "{said}");
    for word in [
        shown.as_str(),
        "is damaged",
        "BACKUP/<number>/control.sqlite",
    ] {
        assert!(said.contains(word), "{said}");
    }
    for arguments in [&["token", "list"][..], &["token", "create", "x"], &backup] {
        let output = run(place.path(), arguments);
        let said = text(&output.stderr);
        assert_eq!(output.status.code(), Some(1), "{arguments:?}: {said}");
        let is_named = said.contains("throughline-data/control.sqlite is damaged: ");
        assert!(is_named, "{arguments:?}: {said}");
    }
    let output = run(place.path(), &["verify"]);
    let said = text(&output.stdout);
    assert_eq!(output.status.code(), Some(1), "{said}");
    assert!(
        said.contains("control.sqlite\n  SQLite cannot read it"),
        "{said}"
    );
    assert!(
        said.contains("BACKUP/<number>/control.sqlite") && !said.contains("the catalog"),
        "{said}"
    );

    for end in ["", "-wal", "-shm"] {
        let _ = fs::remove_file(format!("{shown}{end}"));
    }
    fs::copy(place.path().join("copy/1/control.sqlite"), &file).unwrap();
    assert!(text(&run(place.path(), &["token", "list"]).stdout).contains("kept"));
    used_once(&data);
}
