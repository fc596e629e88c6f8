//! Rot: one bit at a time flips in data files and in the catalog of a small store. No query gives a wrong answer:
//! each is the true one, or an error. And each flip is found by `verify`, but for those in bytes of the catalog
//! that mean nothing: SQLite's unused space and header fields that nobody reads. Of such a flip the test demands
//! that every row of every table, the tables themselves, and all answers are as they were.
//!
//! `THROUGHLINE_FLIPS=10000` makes it long; it prints what it counted.

use crate::spans::{self, SECOND, trace_id};
use crate::world::{self, World, copy};
use datafusion::error::DataFusionError;
use datafusion::logical_expr::Expr;
use datafusion::prelude::{SessionContext, ident, lit};
use model::{Clock, span};
use sqlx::sqlite::SqliteConnectOptions;
use sqlx::{AssertSqlSafe, ConnectOptions, Connection};
use std::fs;
use std::path::{Path, PathBuf};
use throughline_store::{Config, Store, verify};

const FLIPS: u64 = 200;
const SPANS: u64 = 160;
const CATALOG: &str = "catalog.sqlite";

/// A closed store on disk: large and small files, some of which only an earlier snapshot has.
struct Sample {
    world: World,
    answers: Vec<String>,
    rows: Vec<String>,
    /// Data files and catalog, below the data directory, with their lengths.
    files: Vec<(PathBuf, u64)>,
    /// Where the catalog's bytes are that are not zero.
    used: Vec<u64>,
}

/// What became of a flip.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Fate {
    Found,
    /// In bytes that mean nothing.
    WithoutEffect,
}

impl Sample {
    async fn new() -> Self {
        let world = World::new().await;
        for file in 0..4 {
            let first = file * SPANS / 5;
            world.append(first..first + SPANS / 5).await;
            world.store.flush().await.unwrap();
        }
        world.store.compact().await.unwrap();
        world.append_to("other", 0..3).await;
        world.append(4 * SPANS / 5..SPANS).await;
        world.store.close().await.unwrap();
        let root = &world.config.data_dir;
        let report = verify(root, |_| {}).await.unwrap();
        assert!(report.is_clean() && report.strays.is_empty(), "{report:?}");
        assert_eq!(report.files, 7, "{report:?}");
        let (_directory, copied) = world.wreck();
        let answers = answers(&copied).await.unwrap();
        assert!(answers[0].contains("159"), "{answers:?}");
        let rows = rows(&root.join(CATALOG)).await.unwrap();
        let mut files = vec![PathBuf::from(CATALOG)];
        for dataset in ["traces", "other"] {
            let place = Path::new("data").join(dataset);
            for file in fs::read_dir(root.join(&place)).unwrap() {
                files.push(place.join(file.unwrap().file_name()));
            }
        }
        files.sort();
        let length = |path: PathBuf| {
            let bytes = fs::metadata(root.join(&path)).unwrap().len();
            (path, bytes)
        };
        let files = files.into_iter().map(length).collect();
        let catalog = fs::read(root.join(CATALOG)).unwrap();
        let used = (0..).zip(&catalog).filter(|(_, byte)| **byte != 0);
        let used = used.map(|(at, _)| at).collect();
        Self {
            world,
            answers,
            rows,
            files,
            used,
        }
    }

    /// Flips a bit in a copy, asks, and verifies.
    async fn flip(&self, file: &Path, bit: u64) -> Fate {
        let directory = tempfile::tempdir().unwrap();
        let config = Config {
            data_dir: directory.path().join("copy"),
            ..self.world.config.clone()
        };
        copy(&self.world.config.data_dir, &config.data_dir);
        let path = config.data_dir.join(file);
        let mut bytes = fs::read(&path).unwrap();
        bytes[(bit / 8) as usize] ^= 1 << (bit % 8);
        fs::write(&path, bytes).unwrap();
        let place = format!("bit {bit} of {}", file.display());
        // Before anything is opened: what verify finds nobody has put right.
        let report = verify(&config.data_dir, |_| {}).await.unwrap();
        let rows = rows(&path).await;
        match answers(&config).await {
            // A server that does not start gives no wrong answer.
            Err(_) => assert!(!report.is_clean(), "{place} is not found, but harms"),
            Ok(answers) => {
                for (answer, known) in answers.iter().zip(&self.answers) {
                    let is_right = answer == known || answer.starts_with(ERROR);
                    assert!(is_right, "{place}: {answer}, not {known}");
                }
                if report.is_clean() {
                    assert_eq!(answers, self.answers, "{place} is not found, but harms");
                }
            }
        }
        if !report.is_clean() {
            return Fate::Found;
        }
        assert_eq!(file, Path::new(CATALOG), "{place} is not found");
        assert_eq!(rows.unwrap(), self.rows, "{place} is not found");
        Fate::WithoutEffect
    }
}

const ERROR: &str = "error: ";

/// The answers to all questions, as text; each may be an error.
async fn answers(config: &Config) -> Result<Vec<String>, throughline_store::Error> {
    let clock = Clock::fixed(spans::EPOCH);
    let store = world::open(config, &clock).await?;
    let lesson = ident(span::key_column(span::ATTRIBUTES_CUSTOM, "lesson"));
    let trace = ident(span::TRACE_ID).eq(lit(trace_id(77)));
    let since = |number: i64| {
        let nanos = spans::EPOCH + number * SECOND;
        ident(span::TIME).gt_eq(lit(datafusion::common::ScalarValue::TimestampNanosecond(
            Some(nanos),
            None,
        )))
    };
    let questions: Vec<(&str, Option<Expr>)> = vec![
        ("traces", None),
        ("other", None),
        ("traces", Some(trace)),
        ("traces", Some(lesson.eq(lit("42")))),
        ("traces", Some(since(130))),
        ("traces", Some(since(SPANS as i64))),
        ("traces", Some(ident(span::SERVICE_NAME).eq(lit("worker")))),
    ];
    let mut answers = Vec::new();
    for (dataset, filter) in questions {
        answers.push(said(numbers(&store, dataset, filter).await));
        answers.push(said(count(&store, dataset).await));
    }
    let datasets = store.datasets().await;
    answers.push(said(datasets.map_err(|error| error.to_string())));
    Ok(answers)
}

fn said<T: std::fmt::Debug>(answer: Result<T, String>) -> String {
    match answer {
        Ok(answer) => format!("{answer:?}"),
        Err(error) => format!("{ERROR}{error}"),
    }
}

fn text(error: DataFusionError) -> String {
    error.to_string()
}

async fn numbers(
    store: &Store,
    dataset: &str,
    filter: Option<Expr>,
) -> Result<Vec<String>, String> {
    let table = store
        .table(dataset)
        .await
        .map_err(|error| error.to_string())?;
    // To have no such dataset is an answer, and not the true one.
    let Some(table) = table else {
        return Ok(vec!["no such dataset".to_owned()]);
    };
    let mut frame = SessionContext::new().read_table(table).map_err(text)?;
    if let Some(filter) = filter {
        frame = frame.filter(filter).map_err(text)?;
    }
    let columns = [
        span::SPAN_ID,
        span::NAME,
        span::TIME,
        span::DURATION,
        span::EVENTS,
    ];
    let frame = frame.select(columns.map(ident)).map_err(text)?;
    let frame = frame
        .sort(vec![ident(span::SPAN_ID).sort(true, true)])
        .map_err(text)?;
    let batches = frame.collect().await.map_err(text)?;
    let table = arrow::util::pretty::pretty_format_batches(&batches);
    let table = table.map_err(|error| error.to_string())?.to_string();
    let rows: Vec<u64> = batches
        .iter()
        .flat_map(|batch| {
            let ids = arrow::array::AsArray::as_string_view(batch.column(0)).iter();
            ids.map(|id| u64::from_str_radix(id.unwrap_or_default(), 16).unwrap_or(u64::MAX))
                .collect::<Vec<_>>()
        })
        .collect();
    Ok(vec![format!("{rows:?}"), table])
}

/// By the files' statistics, without a look at the rows.
async fn count(store: &Store, dataset: &str) -> Result<usize, String> {
    let table = store
        .table(dataset)
        .await
        .map_err(|error| error.to_string())?;
    let Some(table) = table else {
        return Ok(usize::MAX);
    };
    let frame = SessionContext::new().read_table(table).map_err(text)?;
    frame.count().await.map_err(text)
}

/// Every row of every table of a catalog, and the tables; `None` when it cannot be read.
async fn rows(catalog: &Path) -> Option<Vec<String>> {
    let options = SqliteConnectOptions::new()
        .filename(catalog)
        .read_only(true);
    let mut connection = options.connect().await.ok()?;
    let mut all: Vec<String> = sqlx::query_scalar(
        "SELECT type || name || tbl_name || coalesce(sql, '') FROM sqlite_master",
    )
    .fetch_all(&mut connection)
    .await
    .ok()?;
    let tables: Vec<String> =
        sqlx::query_scalar("SELECT name FROM sqlite_master WHERE type = 'table'")
            .fetch_all(&mut connection)
            .await
            .ok()?;
    for table in tables {
        let columns: Vec<String> = sqlx::query_scalar("SELECT name FROM pragma_table_info(?)")
            .bind(&table)
            .fetch_all(&mut connection)
            .await
            .ok()?;
        let columns = columns.iter().map(|it| format!("quote(\"{it}\")"));
        let row = columns.collect::<Vec<_>>().join(" || ',' || ");
        let select = format!("SELECT '{table}: ' || {row} FROM \"{table}\" NOT INDEXED");
        let rows = sqlx::query_scalar(AssertSqlSafe(select)).fetch_all(&mut connection);
        let rows: Vec<String> = rows.await.ok()?;
        all.extend(rows);
    }
    connection.close().await.ok()?;
    Some(all)
}

/// SplitMix64.
fn chance(seed: &mut u64) -> u64 {
    *seed = seed.wrapping_add(0x9e37_79b9_7f4a_7c15);
    let mut word = *seed;
    word = (word ^ (word >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    word = (word ^ (word >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    word ^ (word >> 31)
}

#[tokio::test]
async fn every_flip_is_found_and_none_is_served() {
    let asked = std::env::var("THROUGHLINE_FLIPS").ok();
    let flips = asked.map_or(FLIPS, |text| text.parse().unwrap());
    let sample = Sample::new().await;
    let (mut seed, mut without_effect, mut in_catalog) = (flips, 0, 0);
    for number in 0..flips {
        // Every second one in the catalog, and of those every second in a byte that is not zero: most of a
        // small catalog is unused space.
        let at = match number % 2 {
            0 => 0,
            _ => 1 + chance(&mut seed) as usize % (sample.files.len() - 1),
        };
        let (file, bytes) = &sample.files[at];
        in_catalog += u64::from(at == 0);
        let byte = match number % 4 {
            0 => sample.used[chance(&mut seed) as usize % sample.used.len()],
            _ => chance(&mut seed) % bytes,
        };
        let bit = byte * 8 + chance(&mut seed) % 8;
        if sample.flip(file, bit).await == Fate::WithoutEffect {
            without_effect += 1;
        }
    }
    println!(
        "{flips} flips, {in_catalog} of them in the catalog: 0 wrong answers, {} found, {without_effect} in bytes \
         of the catalog that mean nothing",
        flips - without_effect
    );
}
