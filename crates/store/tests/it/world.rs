//! A store in a directory of its own, and what a test does with one.

use crate::postgres::Postgres;
use crate::spans;
pub(crate) use crate::stand_in::names;
use arrow::array::{AsArray, RecordBatch};
use datafusion::prelude::{Expr, SessionContext, ident};
use model::{Clock, span};
use std::ops::Range;
use std::path::Path;
use tempfile::TempDir;
use throughline_store::{Appended, CatalogUrl, Config, Error, Request, Store};

#[derive(Debug)]
pub(crate) struct World {
    pub(crate) store: Store,
    pub(crate) clock: Clock,
    pub(crate) config: Config,
    #[expect(dead_code, reason = "removed when the world ends")]
    pub(crate) directory: TempDir,
}

/// Settings under which nothing happens by itself.
pub(crate) fn config(path: &Path) -> Config {
    Config {
        data_dir: path.join("data dir"),
        compaction: false,
        ..Config::default()
    }
}

/// Opens a store, and waits for its log's replay.
pub(crate) async fn open(config: &Config, clock: &Clock) -> Result<Store, Error> {
    let store = Store::open(config.clone(), clock.clone(), spans::decode).await?;
    store.replayed().await?;
    Ok(store)
}

impl Postgres {
    pub(crate) fn url(&self) -> CatalogUrl {
        CatalogUrl::new(self.text()).unwrap()
    }
}

impl World {
    pub(crate) async fn new() -> Self {
        Self::with(|_| {}).await
    }

    pub(crate) async fn with(adjust: impl FnOnce(&mut Config)) -> Self {
        let directory = tempfile::tempdir().unwrap();
        let mut config = config(directory.path());
        adjust(&mut config);
        let clock = Clock::fixed(spans::EPOCH);
        let store = open(&config, &clock).await.unwrap();
        Self {
            store,
            clock,
            config,
            directory,
        }
    }

    /// The world as a crash at this moment leaves it: a copy of the directory, opened anew.
    pub(crate) async fn crash(&self) -> Self {
        self.try_crash().await.unwrap()
    }

    pub(crate) async fn try_crash(&self) -> Result<Self, Error> {
        let (directory, config) = self.wreck();
        let store = open(&config, &self.clock).await?;
        Ok(Self {
            store,
            clock: self.clock.clone(),
            config,
            directory,
        })
    }

    /// The directory as a crash at this moment leaves it.
    pub(crate) fn wreck(&self) -> (TempDir, Config) {
        let directory = tempfile::tempdir().unwrap();
        let config = Config {
            data_dir: directory.path().join("copy"),
            ..self.config.clone()
        };
        copy(&self.config.data_dir, &config.data_dir);
        (directory, config)
    }

    /// The server runs on, as maintenance sees it: a clock that leaps is not believed.
    pub(crate) async fn days_pass(&self, days: i64) {
        const HALF_A_DAY_NANOS: i64 = 12 * 60 * 60 * 1_000_000_000;
        for _ in 0..2 * days {
            self.clock.advance(HALF_A_DAY_NANOS);
            self.store.maintain().await.unwrap();
        }
    }

    pub(crate) async fn append(&self, numbers: Range<u64>) {
        self.append_to("traces", numbers).await;
    }

    pub(crate) async fn append_to(&self, dataset: &str, numbers: Range<u64>) {
        append(&self.store, &self.clock, dataset, numbers)
            .await
            .unwrap();
    }

    /// The numbers of the spans that a query finds, in order.
    pub(crate) async fn numbers(&self) -> Vec<u64> {
        numbers(&self.store, None).await
    }

    pub(crate) async fn numbers_where(&self, filter: Expr) -> Vec<u64> {
        numbers(&self.store, Some(filter)).await
    }

    /// Data files on disk, by name.
    pub(crate) fn files(&self) -> Vec<String> {
        names(&self.config.data_dir.join("data/traces"))
    }
}

/// Writes requests into the log of a store that is not open.
pub(crate) async fn log(config: &Config, requests: &[Request]) {
    let (log, _) = wal::Wal::open(&config.data_dir.join("wal"), config.log.clone()).unwrap();
    for request in requests {
        log.append(request.encode()).await.unwrap();
    }
    log.close().await;
}

/// Waits for what is bound to come.
pub(crate) async fn until(what: &str, is_so: impl Fn() -> bool) {
    let wait = async {
        while !is_so() {
            tokio::task::yield_now().await;
        }
    };
    let waited = tokio::time::timeout(std::time::Duration::from_secs(30), wait).await;
    assert!(waited.is_ok(), "{what} did not come");
}

pub(crate) async fn append(
    store: &Store,
    clock: &Clock,
    dataset: &str,
    numbers: Range<u64>,
) -> Result<Appended, Error> {
    let request = spans::request(dataset, clock.now_nanos(), numbers);
    let batch = spans::decode(&request).unwrap().unwrap();
    store.append(request, batch).await
}

pub(crate) async fn rows(store: &Store, filter: Option<Expr>) -> Vec<RecordBatch> {
    let Some(table) = store.table("traces").await.unwrap() else {
        return vec![];
    };
    let mut frame = SessionContext::new().read_table(table).unwrap();
    if let Some(filter) = filter {
        frame = frame.filter(filter).unwrap();
    }
    frame
        .select(vec![ident(span::SPAN_ID)])
        .unwrap()
        .collect()
        .await
        .unwrap()
}

pub(crate) async fn numbers(store: &Store, filter: Option<Expr>) -> Vec<u64> {
    let batches = rows(store, filter).await;
    let mut numbers: Vec<u64> = batches
        .iter()
        .flat_map(|batch| {
            batch
                .column(0)
                .as_string_view()
                .iter()
                .map(|id| id.unwrap().to_owned())
        })
        .map(|id| u64::from_str_radix(&id, 16).unwrap())
        .collect();
    numbers.sort_unstable();
    numbers
}

pub(crate) fn copy(from: &Path, to: &Path) {
    std::fs::create_dir_all(to).unwrap();
    for entry in std::fs::read_dir(from).unwrap() {
        let entry = entry.unwrap();
        let target = to.join(entry.file_name());
        if entry.file_type().unwrap().is_dir() {
            copy(&entry.path(), &target);
        } else if !entry.file_name().to_string_lossy().ends_with("-shm") {
            // SQLite's shared memory is no part of what a crash leaves.
            std::fs::copy(entry.path(), target).unwrap();
        }
    }
}
