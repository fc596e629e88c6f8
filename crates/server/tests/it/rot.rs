//! `throughline verify`, `backup` and `restore` on a server's data: while it runs, and after a bit flipped.

use crate::running::{Process, ended, program};
use crate::spans::{protobuf, span};
use serde_json::{Value, json};
use std::ffi::OsStr;
use std::fs;
use std::os::unix::fs::PermissionsExt;
use std::path::Path;
use std::process::Output;
use tempfile::TempDir;

fn run(arguments: &[&OsStr]) -> Output {
    program().args(arguments).output().unwrap()
}

fn verify(data: &Path) -> (Option<i32>, Value) {
    let output = run(&[
        "verify".as_ref(),
        "--json".as_ref(),
        "--data".as_ref(),
        data.as_ref(),
    ]);
    let report = serde_json::from_slice(&output.stdout);
    let report = report.unwrap_or_else(|_| json!(String::from_utf8_lossy(&output.stderr)));
    (output.status.code(), report)
}

#[tokio::test(flavor = "multi_thread")]
async fn a_server_that_runs_is_verified_copied_and_put_back() {
    let (data, place) = (TempDir::new().unwrap(), TempDir::new().unwrap());
    let mut process = Process::start(data.path(), &[]);
    process
        .client
        .export(protobuf("api", vec![span(1, 0), span(1, 1)]))
        .await;
    let (code, report) = verify(data.path());
    assert_eq!(
        (code, &report["clean"]),
        (Some(0), &json!(true)),
        "{report}"
    );
    assert_eq!(report["log_records"], json!(1));
    let (backup, new) = (place.path().join("backup"), place.path().join("new"));
    let copied = run(&[
        "backup".as_ref(),
        backup.as_ref(),
        "--data".as_ref(),
        data.path().as_ref(),
    ]);
    let said = String::from_utf8_lossy(&copied.stdout);
    assert_eq!(
        copied.status.code(),
        Some(0),
        "{}",
        String::from_utf8_lossy(&copied.stderr)
    );
    assert!(said.starts_with("backup 1 of "), "{said}");
    let (code, report) = verify(&backup);
    assert_eq!((code, &report["backup"]), (Some(0), &json!(1)), "{report}");
    process.signal("-TERM");
    assert_eq!(ended(&mut process.child).code(), Some(0));

    // By names without a folder, as a person types them.
    let mut restore = program();
    restore.current_dir(place.path());
    let restored = restore
        .args(["restore", "backup", "--data", "new"])
        .output();
    let restored = restored.unwrap();
    let said = String::from_utf8_lossy(&restored.stdout);
    assert_eq!(restored.status.code(), Some(0), "{said}");
    assert!(said.contains("all as it was written"), "{said}");
    let again = run(&[
        "restore".as_ref(),
        backup.as_ref(),
        "--data".as_ref(),
        new.as_ref(),
    ]);
    assert_eq!(again.status.code(), Some(64));
    // The hashes of tokens are for their owner only.
    for control in [backup.join("1/control.sqlite"), new.join("control.sqlite")] {
        let mode = std::fs::metadata(&control).unwrap().permissions().mode();
        assert_eq!(mode & 0o777, 0o600, "{}", control.display());
    }
    let process = Process::start(&new, &[]);
    assert_eq!(process.client.rows("traces | count").await, [[json!(2)]]);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_flipped_bit_is_named_by_the_query_and_by_verify() {
    let data = TempDir::new().unwrap();
    let mut process = Process::start(data.path(), &[]);
    process
        .client
        .export(protobuf("api", vec![span(1, 0)]))
        .await;
    process.signal("-TERM");
    assert_eq!(ended(&mut process.child).code(), Some(0));
    let traces = data.path().join("data/traces");
    let file = fs::read_dir(&traces)
        .unwrap()
        .next()
        .unwrap()
        .unwrap()
        .path();
    let mut bytes = fs::read(&file).unwrap();
    bytes[100] ^= 1;
    fs::write(&file, bytes).unwrap();

    let (code, report) = verify(data.path());
    assert_eq!(code, Some(1), "{report}");
    assert_eq!(
        report["damaged"][0]["path"],
        json!(file.display().to_string())
    );
    let output = run(&["verify".as_ref(), "--data".as_ref(), data.path().as_ref()]);
    let said = String::from_utf8_lossy(&output.stdout);
    assert!(
        said.contains("DAMAGED") && said.contains("put the file back"),
        "{said}"
    );

    let process = Process::start(data.path(), &[]);
    let name = file.file_name().unwrap().to_str().unwrap();
    let (status, said) = process
        .client
        .ask(json!({ "apl": "traces | where name != ''" }))
        .await;
    assert_eq!(status, 500, "{said}");
    let said = said.to_string();
    assert!(
        said.contains(name) && said.contains("throughline verify"),
        "{said}"
    );
    assert!(
        !said.contains("Parquet error"),
        "in our words alone: {said}"
    );
    is_told(&process, name).await;
    cannot_be_read(&process, &file).await;
}

/// Whoever watches the server finds out, too; it is not taken away for it.
async fn is_told(process: &Process, name: &str) {
    let (status, health) = process.client.health().await;
    assert_eq!(status, 200);
    assert!(
        health.starts_with("ok; damaged files: 1") && health.contains(name),
        "{health}"
    );
    let metrics = process.client.http.get(process.client.api("/metrics"));
    let metrics = metrics.send().await.unwrap().text().await.unwrap();
    assert!(
        metrics.contains("\nthroughline_store_damaged_files 1\n"),
        "{metrics}"
    );
    let met = "\nthroughline_store_damage_met_total ";
    assert!(
        metrics.contains(met) && !metrics.contains(&format!("{met}0")),
        "{metrics}"
    );
}

/// What may not be read is something else than damage: it may pass.
async fn cannot_be_read(process: &Process, file: &Path) {
    fs::remove_file(file).unwrap();
    std::os::unix::fs::symlink(file, file).unwrap();
    let (status, said) = process
        .client
        .ask(json!({ "apl": "traces | where name != ''" }))
        .await;
    assert_eq!(status, 503, "{said}");
    let said = said.to_string();
    assert!(
        said.contains("could not read") && said.contains("os error"),
        "{said}"
    );
}

#[test]
fn what_is_no_data_directory() {
    let empty = TempDir::new().unwrap();
    let (code, said) = verify(empty.path());
    assert_eq!(code, Some(64), "{said}");
    assert!(said.as_str().unwrap().contains("--data"), "{said}");
}
