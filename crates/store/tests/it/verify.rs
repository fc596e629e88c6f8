//! What `verify` says of a store, what a query says of a damaged file, and what becomes of both.

use crate::world::{self, World};
use datafusion::prelude::SessionContext;
use parquet::file::reader::{FileReader, SerializedFileReader};
use sqlx::{Connection, SqliteConnection};
use std::fs;
use std::path::{Path, PathBuf};
use throughline_store::{Report, verify};

async fn flushed() -> World {
    let world = World::new().await;
    for file in 0..4 {
        world.append(file * 10..file * 10 + 10).await;
        world.store.flush().await.unwrap();
    }
    world
}

async fn report(world: &World) -> Report {
    verify(&world.config.data_dir, |_| {}).await.unwrap()
}

fn file(world: &World, number: usize) -> PathBuf {
    let name = &world.files()[number];
    world.config.data_dir.join("data/traces").join(name)
}

fn flip(path: &Path, at: usize) {
    let mut bytes = fs::read(path).unwrap();
    bytes[at] ^= 4;
    fs::write(path, bytes).unwrap();
}

/// What a query over all rows says; `Ok` is how many.
async fn asked(world: &World) -> Result<usize, String> {
    let table = world.store.table("traces").await.unwrap().unwrap();
    let frame = SessionContext::new().read_table(table).unwrap();
    let rows = frame.collect().await.map_err(|error| error.to_string())?;
    Ok(rows.iter().map(|batch| batch.num_rows()).sum())
}

#[tokio::test]
async fn a_store_that_is_open() {
    let world = flushed().await;
    world.append(40..45).await;
    let mut steps = Vec::new();
    let report = verify(&world.config.data_dir, |now| steps.push(now.files));
    let report = report.await.unwrap();
    assert!(report.is_clean(), "{report:?}");
    assert_eq!((report.files, report.records), (4, 5), "{report:?}");
    assert!(report.strays.is_empty() && report.without_checksum.is_empty());
    assert_eq!(steps, [1, 2, 3, 4]);
    assert_eq!(asked(&world).await, Ok(45));
}

/// What is not the store's own: a file of SQLite beside it.
#[tokio::test]
async fn control_data_that_are_damaged_or_gone() {
    let world = flushed().await;
    let path = world.config.data_dir.join("control.sqlite");
    let options = sqlx::sqlite::SqliteConnectOptions::new()
        .filename(&path)
        .create_if_missing(true);
    let mut control = SqliteConnection::connect_with(&options).await.unwrap();
    let fill = "CREATE TABLE t (a TEXT UNIQUE); INSERT INTO t WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 50) SELECT hex(randomblob(500)) FROM n";
    sqlx::raw_sql(fill).execute(&mut control).await.unwrap();
    control.close().await.unwrap();
    fs::write(world.config.data_dir.join("CONTROL"), "control.sqlite\n").unwrap();
    assert!(report(&world).await.is_clean());
    let bytes = fs::read(&path).unwrap();
    let lose: [fn(&Path); 3] = [
        |path| flip(path, 4096),
        |path| flip(path, 3),
        |path| fs::remove_file(path).unwrap(),
    ];
    for lose in lose {
        lose(&path);
        let report = report(&world).await;
        assert!(!report.damaged.is_empty());
        assert!(
            report.damaged.iter().all(|found| found.path == path),
            "{report:?}"
        );
        fs::write(&path, &bytes).unwrap();
    }
}

#[tokio::test]
async fn a_damaged_file_is_named_and_not_served() {
    let world = flushed().await;
    let damaged = file(&world, 2);
    let bytes = fs::read(&damaged).unwrap();
    let places = [
        ("a page", 200),
        ("the footer", bytes.len() - 40),
        ("the end", bytes.len() - 1),
    ];
    for (place, at) in places {
        flip(&damaged, at);
        // A store that has not read the file yet.
        let after = world.crash().await;
        let said = asked(&after).await.unwrap_err();
        let name = damaged.file_name().unwrap().to_str().unwrap();
        assert!(said.contains(name), "{place}: {said}");
        assert!(said.contains("is damaged"), "{place}: {said}");
        assert!(said.contains("throughline verify"), "{place}: {said}");
        let report = report(&world).await;
        let found: Vec<_> = report.damaged.iter().map(|found| &found.path).collect();
        assert_eq!(found, [&damaged], "{place}");
        fs::write(&damaged, &bytes).unwrap();
        assert_eq!(asked(&world.crash().await).await, Ok(40), "{place}");
    }
}

#[tokio::test]
async fn a_damaged_file_is_not_compacted_into_a_whole_one() {
    let world = flushed().await;
    // In a filter, which a compaction does not read: only the checksum knows.
    let damaged = file(&world, 1);
    let reader = SerializedFileReader::new(fs::File::open(&damaged).unwrap()).unwrap();
    let columns = reader.metadata().row_group(0).columns().iter();
    let filter = columns
        .filter_map(|column| column.bloom_filter_offset())
        .next();
    flip(&damaged, filter.unwrap() as usize + 40);
    let after = world.crash().await;
    let _ = after.store.compact().await;
    assert_eq!(after.store.stats().compaction_failures, 1);
    assert_eq!(after.store.stats().compactions, 0);
    assert_eq!(after.files(), world.files());
    assert_eq!(report(&after).await.damaged.len(), 1);
}

/// What rot may make of rows that decide which rows a query sees, and the table in which it is found.
const CHANGES: [(&str, &str); 11] = [
    (
        "UPDATE ducklake_data_file SET record_count = record_count + 1",
        "ducklake_data_file",
    ),
    (
        "UPDATE ducklake_data_file SET end_snapshot = 2 WHERE data_file_id = 1",
        "ducklake_data_file",
    ),
    (
        "UPDATE ducklake_data_file SET path = replace(path, '2', '3') WHERE data_file_id = 1",
        "ducklake_data_file",
    ),
    (
        "DELETE FROM ducklake_data_file WHERE data_file_id = 3",
        "ducklake_data_file",
    ),
    (
        "UPDATE ducklake_file_column_stats SET max_value = min_value",
        "ducklake_file_column_stats",
    ),
    (
        "DELETE FROM ducklake_file_column_stats WHERE data_file_id = 2",
        "ducklake_file_column_stats",
    ),
    (
        "UPDATE ducklake_column SET column_name = 'mame' WHERE column_name = 'name'",
        "ducklake_column",
    ),
    (
        "UPDATE ducklake_table SET table_name = 'tracec'",
        "ducklake_table",
    ),
    (
        "DELETE FROM throughline_file_sums WHERE data_file_id = 1",
        "throughline_file_sums",
    ),
    (
        "UPDATE throughline_seal SET content = replace(content, 'log 4', 'log 6')",
        "throughline_seal",
    ),
    ("DROP TABLE throughline_seal", "throughline_seal"),
];

#[tokio::test]
async fn a_catalog_that_says_something_else() {
    let world = flushed().await;
    world.store.close().await.unwrap();
    for (change, table) in CHANGES {
        let (_directory, config) = world.wreck();
        let catalog = config.data_dir.join("catalog.sqlite");
        let mut connection = SqliteConnection::connect(catalog.to_str().unwrap())
            .await
            .unwrap();
        sqlx::raw_sql(change)
            .execute(&mut connection)
            .await
            .unwrap();
        connection.close().await.unwrap();
        let report = verify(&config.data_dir, |_| {}).await.unwrap();
        let is_named = report
            .damaged
            .iter()
            .any(|found| found.path == catalog && found.what.contains(table));
        assert!(is_named, "{change}: {report:?}");
        let refused = world::open(&config, &world.clock).await.unwrap_err();
        assert_eq!(
            refused.kind(),
            model::ErrorKind::Corrupt,
            "{change}: {refused}"
        );
        assert!(refused.to_string().contains(table), "{change}: {refused}");
    }
}

/// Rows that no query of ours reads, such as the totals that other engines go by.
#[tokio::test]
async fn rows_of_the_catalog_for_others() {
    let world = flushed().await;
    world.store.close().await.unwrap();
    let (_directory, config) = world.wreck();
    let catalog = config.data_dir.join("catalog.sqlite");
    let mut connection = SqliteConnection::connect(catalog.to_str().unwrap())
        .await
        .unwrap();
    let change = "UPDATE ducklake_table_stats SET record_count = 7";
    sqlx::raw_sql(change)
        .execute(&mut connection)
        .await
        .unwrap();
    connection.close().await.unwrap();
    let store = world::open(&config, &world.clock).await.unwrap();
    // A commit adds what it changes: it does not make true what was wrong, nor does it refuse to go on.
    world::append(&store, &world.clock, "traces", 40..50)
        .await
        .unwrap();
    store.close().await.unwrap();
    let report = verify(&config.data_dir, |_| {}).await.unwrap();
    assert_eq!(report.damaged.len(), 1, "{report:?}");
    assert!(
        report.damaged[0].what.contains("ducklake_table_stats"),
        "{report:?}"
    );
}

#[tokio::test]
async fn files_that_are_lost_short_or_unknown() {
    let world = flushed().await;
    let (lost, short) = (file(&world, 0), file(&world, 1));
    let stray = world.config.data_dir.join("data/traces/notes.txt");
    fs::write(&stray, "x").unwrap();
    fs::remove_file(&lost).unwrap();
    let whole = fs::read(&short).unwrap();
    fs::write(&short, &whole[..whole.len() - 1]).unwrap();
    let report = report(&world).await;
    let mut found: Vec<_> = report
        .damaged
        .iter()
        .map(|found| found.path.clone())
        .collect();
    found.sort();
    assert_eq!(found, [lost, short]);
    assert_eq!(report.strays, [stray]);
}

/// What is not there under a server, and what may not be read: each is said as what it is.
#[tokio::test]
async fn files_that_a_query_cannot_read() {
    let world = flushed().await;
    let lost = file(&world, 0);
    let whole = fs::read(&lost).unwrap();
    fs::remove_file(&lost).unwrap();
    let said = asked(&world).await.unwrap_err();
    let name = lost.to_str().unwrap();
    for part in [name, "it is not there", "put it back from a backup"] {
        assert!(said.contains(part), "{part}: {said}");
    }
    // Stands for a file of another owner: tests may run as one who may read all.
    std::os::unix::fs::symlink(&lost, &lost).unwrap();
    let said = asked(&world).await.unwrap_err();
    assert!(said.contains(&format!("could not read {name}")), "{said}");
    assert!(!said.contains("damaged"), "{said}");
    let report = report(&world).await;
    assert!(
        report.damaged.is_empty() && !report.is_clean(),
        "{report:?}"
    );
    assert_eq!(report.unreadable[0].path, lost);
    fs::remove_file(&lost).unwrap();
    fs::write(&lost, whole).unwrap();
    assert_eq!(asked(&world).await, Ok(40));
}

#[tokio::test]
async fn damage_is_counted_until_it_is_put_right() {
    let world = flushed().await;
    let counted = || {
        let stats = world.store.stats();
        (stats.damage_met, stats.damaged_files)
    };
    assert_eq!(asked(&world).await, Ok(40));
    assert_eq!(counted(), (0, 0));
    let damaged = file(&world, 2);
    flip(&damaged, 200);
    asked(&world).await.unwrap_err();
    let (once, files) = counted();
    assert!(once >= 1 && files == 1);
    asked(&world).await.unwrap_err();
    assert!(counted().0 > once && counted().1 == 1);
    let found = world.store.damage();
    assert_eq!(found[0].path, damaged);
    assert!(found[0].what.contains("checksum"), "{found:?}");
    flip(&damaged, 200);
    assert_eq!(asked(&world).await, Ok(40));
    assert_eq!(counted().1, 0);
    assert!(world.store.damage().is_empty());
}

#[tokio::test]
async fn a_damaged_file_that_was_deleted_counts_no_more() {
    let world = flushed().await;
    let damaged = file(&world, 0);
    let written = fs::metadata(&damaged).unwrap().modified().unwrap();
    flip(&damaged, 200);
    let opened = fs::File::options().write(true).open(&damaged).unwrap();
    opened.set_modified(written).unwrap();
    asked(&world).await.unwrap_err();
    assert_eq!(world.store.stats().damaged_files, 1);
    world.days_pass(32).await;
    assert!(world.files().is_empty());
    assert_eq!(world.store.stats().damaged_files, 0);
}

#[tokio::test]
async fn a_record_of_the_log() {
    let world = World::new().await;
    for number in 0..3 {
        world.append(number..number + 1).await;
    }
    let log = world.config.data_dir.join("wal");
    let segment = fs::read_dir(&log).unwrap().next().unwrap().unwrap().path();
    let bytes = fs::read(&segment).unwrap();
    let at = bytes.windows(4).position(|it| it == b"1..2").unwrap();
    flip(&segment, at);
    let report = report(&world).await;
    assert_eq!(report.records, 2);
    assert_eq!(report.damaged.len(), 1, "{report:?}");
    assert!(
        report.damaged[0].what.contains("1 records from number 2"),
        "{report:?}"
    );
}

#[tokio::test]
async fn a_directory_of_an_earlier_version() {
    let frozen = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/frozen/v2");
    let directory = tempfile::tempdir().unwrap();
    let config = world::config(directory.path());
    world::copy(&frozen, &config.data_dir);
    let before = verify(&config.data_dir, |_| {}).await.unwrap();
    assert!(
        before.is_clean() && before.catalog_without_checksum,
        "{before:?}"
    );
    assert_eq!((before.files, before.without_checksum.len()), (1, 1));
    let store = world::open(&config, &model::Clock::fixed(crate::spans::EPOCH)).await;
    store.unwrap().close().await.unwrap();
    let after = verify(&config.data_dir, |_| {}).await.unwrap();
    assert!(
        after.is_clean() && !after.catalog_without_checksum,
        "{after:?}"
    );
    // What was in the log is in a file with checksums.
    assert_eq!((after.files, after.without_checksum.len()), (2, 1));
    let first = &after.without_checksum[0];
    let mut bytes = fs::read(first).unwrap();
    bytes[4..64].fill(0xff);
    fs::write(first, bytes).unwrap();
    let damaged = verify(&config.data_dir, |_| {}).await.unwrap();
    assert_eq!(damaged.damaged.len(), 1, "decoded as a whole: {damaged:?}");
}

#[tokio::test]
async fn what_is_no_data_directory() {
    let directory = tempfile::tempdir().unwrap();
    let refused = verify(directory.path(), |_| {}).await.unwrap_err();
    assert_eq!(refused.kind(), model::ErrorKind::Invalid, "{refused}");
}
