//! `verify`, `backup` and `restore` beside a server that takes spans, merges files and drops them.

use super::asker::{Tally, exact};
use super::known::Known;
use crate::api;
use crate::chance::Chance;
use crate::ledger::Dataset;
use crate::server::{Program, Server};
use anyhow::{Context, Result};
use std::ffi::OsStr;
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Instant;
use tokio::process::Command;

/// Questions that are put to what was restored.
const QUESTIONS: usize = 60;

/// Verifies the directory, copies it, makes a directory of the copy, starts a server on that, and asks.
pub(crate) async fn check(
    known: &Known,
    program: &Program,
    data: &Path,
    chance: &mut Chance,
) -> Result<Tally> {
    let still = known.still();
    let fresh = data.with_file_name("restored");
    let tally = asked_of_copy(known, program, data, &fresh, chance).await;
    if fresh.exists() {
        fs::remove_dir_all(&fresh)?;
    }
    if tally.is_err() && known.still() > still {
        return Ok(Tally {
            not_judged: 1,
            ..Tally::default()
        });
    }
    tally
}

async fn asked_of_copy(
    known: &Known,
    program: &Program,
    data: &Path,
    fresh: &Path,
    chance: &mut Chance,
) -> Result<Tally> {
    let mut tally = Tally::default();
    let backup = data.with_file_name("backup");
    verify(program, data, &mut tally).await?;

    let ledger = &known.driver.ledger;
    let (began, settled) = (Instant::now(), known.driver.settled());
    let words = [backup.as_os_str(), OsStr::new("--data"), data.as_os_str()];
    run(program, "backup", &words, &mut tally).await?;
    let sent = ledger.sent();
    let bounds = |dataset| {
        // Retention went on meanwhile.
        let (old, young) = (
            known.gone(dataset, began),
            known.young(dataset, Instant::now()),
        );
        (dataset, old, young)
    };
    let bounds = Dataset::ALL.map(bounds);
    let words = [backup.as_os_str(), OsStr::new("--data"), fresh.as_os_str()];
    run(program, "restore", &words, &mut tally).await?;

    let plain = Program {
        told: Vec::new(),
        ..program.clone()
    };
    let server = started(plain, fresh.to_owned()).await?;
    // Nothing goes any more: this one keeps spans for a year.
    let there = Known::new(Arc::clone(&known.driver), None);
    for (dataset, old, young) in bounds {
        let (least, _) = ledger.spans(dataset, young..settled);
        let (acknowledged, unknown) = ledger.spans(dataset, old..sent);
        let (count, most) = (
            api::count(server.addresses, dataset).await?,
            acknowledged + unknown,
        );
        if !(least..=most).contains(&count) {
            let dataset = dataset.name();
            tally.findings.broken_promise(format!(
                "what was restored has {count} spans in {dataset}, and should have {least} to {most}"
            ));
        }
        for _ in 0..QUESTIONS {
            exact(
                &there,
                server.addresses,
                dataset,
                &(young..settled),
                chance,
                &mut tally,
            )
            .await?;
        }
    }
    server.kill();
    Ok(tally)
}

/// Everything on disk is as it was written.
pub(crate) async fn verify(program: &Program, data: &Path, tally: &mut Tally) -> Result<()> {
    run(
        program,
        "verify",
        &[OsStr::new("--data"), data.as_os_str()],
        tally,
    )
    .await
}

async fn run(program: &Program, verb: &str, words: &[&OsStr], tally: &mut Tally) -> Result<()> {
    let output = Command::new(&program.path)
        .arg(verb)
        .args(words)
        .output()
        .await
        .with_context(|| format!("could not run {}", program.path.display()))?;
    if !output.status.success() {
        let said = [&output.stdout[..], &output.stderr].concat();
        tally.findings.broken_promise(format!(
            "{verb} ended with {}: {}",
            output.status,
            String::from_utf8_lossy(&said).trim()
        ));
    }
    Ok(())
}

/// A start blocks: the load goes on meanwhile.
async fn started(program: Program, data: PathBuf) -> Result<Server> {
    tokio::task::spawn_blocking(move || program.start(&data)).await?
}
