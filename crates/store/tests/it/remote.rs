//! A store whose data files are in an object store, whose catalog is in PostgreSQL, or both: what holds of a
//! directory holds there.

use crate::cutter::{Cut, Cutter};
use crate::open_data;
use crate::postgres::{PASSWORD, Postgres};
use crate::spans::{self, SECOND};
use crate::stand_in::StandIn;
use crate::world;
use model::{Clock, ErrorKind};
use std::ops::Range;
use std::process::Command;
use std::time::Duration;
use tempfile::TempDir;
use throughline_store::{Appended, Config, Error, Fault, Request, Step, Store};
use tokio::time::Instant;

/// Not waited for when all is well, on the busiest machine.
const PATIENCE: Duration = Duration::from_secs(600);

/// Which of the two is elsewhere.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Away {
    Files,
    Catalog,
    Both,
}

const ALL: [Away; 3] = [Away::Files, Away::Catalog, Away::Both];

/// A store, and the servers that it uses.
#[derive(Debug)]
struct Remote {
    /// `None` while it is closed.
    store: Option<Store>,
    clock: Clock,
    config: Config,
    objects: Option<StandIn>,
    postgres: Option<Postgres>,
    directory: TempDir,
}

impl Remote {
    async fn new(away: Away) -> Self {
        let directory = tempfile::tempdir().unwrap();
        let objects = match away {
            Away::Files | Away::Both => Some(StandIn::start(1).await),
            Away::Catalog => None,
        };
        let postgres = match away {
            Away::Catalog | Away::Both => Some(Postgres::start().await),
            Away::Files => None,
        };
        let config = Config {
            objects: objects.as_ref().map(StandIn::objects),
            catalog: postgres.as_ref().map(Postgres::url),
            ..world::config(directory.path())
        };
        let mut this = Self {
            store: None,
            clock: Clock::fixed(spans::EPOCH),
            config,
            objects,
            postgres,
            directory,
        };
        this.open().await;
        this
    }

    fn store(&self) -> &Store {
        self.store.as_ref().unwrap()
    }

    async fn open(&mut self) {
        self.store = Some(open(&self.config, &self.clock).await.unwrap());
    }

    /// As a crash at this moment, and a new start.
    async fn crash(&mut self) {
        self.store = None;
        self.open().await;
    }

    async fn append(&self, numbers: Range<u64>) {
        let appended = world::append(self.store(), &self.clock, "traces", numbers).await;
        appended.unwrap();
    }

    async fn flush(&self) {
        self.store().flush().await.unwrap();
    }

    async fn check(&self, numbers: Range<u64>) {
        let found = world::numbers(self.store(), None).await;
        assert_eq!(found, numbers.collect::<Vec<_>>());
    }

    /// The data files that are there, by name.
    fn files(&self) -> Vec<String> {
        match &self.objects {
            Some(objects) => objects.files("traces"),
            None => world::names(&self.config.data_dir.join("data/traces")),
        }
    }

    /// Hours go by, in steps in which the clock is believed.
    async fn hours_pass(&self, hours: u32) {
        for _ in 0..hours.div_ceil(12) {
            self.clock.advance(i64::from(hours.min(12)) * 3600 * SECOND);
            self.store().maintain().await.unwrap();
        }
    }
}

/// Waits for what a store that was dropped still holds.
pub(crate) async fn open(config: &Config, clock: &Clock) -> Result<Store, Error> {
    let until = Instant::now() + PATIENCE;
    loop {
        match answer(config, clock).await {
            Err(Error::Locked { .. }) if Instant::now() < until => tokio::task::yield_now().await,
            opened => return opened,
        }
    }
}

/// On a busy machine a server may take longer for a connection than a store waits: it is asked again.
async fn answer(config: &Config, clock: &Clock) -> Result<Store, Error> {
    let until = Instant::now() + PATIENCE;
    loop {
        match world::open(config, clock).await {
            Err(error) if error.kind() == ErrorKind::Unavailable && Instant::now() < until => {}
            opened => return opened,
        }
    }
}

#[tokio::test]
async fn the_whole_way_of_a_span() {
    for away in ALL {
        let mut remote = Remote::new(away).await;
        remote.append(0..10).await;
        remote.check(0..10).await;
        remote.flush().await;
        remote.append(10..20).await;
        remote.check(0..20).await;
        remote.flush().await;
        remote.check(0..20).await;
        let names = [
            "000000000001-000000000001.parquet",
            "000000000002-000000000002.parquet",
        ];
        assert_eq!(remote.files(), names, "{away:?}");
        remote.append(20..30).await;
        remote.store().close().await.unwrap();
        remote.crash().await;
        assert_eq!(remote.store().stats().replayed_records, 0, "{away:?}");
        remote.check(0..30).await;

        for first in [30, 40, 50] {
            remote.append(first..first + 10).await;
            remote.flush().await;
        }
        remote.store().compact().await.unwrap();
        remote.check(0..60).await;
        assert_eq!(remote.store().stats().compacted_files, 6, "{away:?}");
        assert_eq!(remote.files().len(), 7);
        remote.hours_pass(2).await;
        remote.hours_pass(2).await;
        assert_eq!(
            remote.files(),
            ["000000000001-000000000006.parquet"],
            "{away:?}"
        );
        remote.crash().await;
        remote.check(0..60).await;

        remote.hours_pass(40 * 24).await;
        remote.check(0..0).await;
        assert_eq!(remote.files(), [""; 0], "{away:?}");
        remote.append(60..70).await;
        remote.flush().await;
        remote.crash().await;
        remote.check(60..70).await;
        let local = world::names(&remote.config.data_dir.join("scratch/traces"));
        assert_eq!(local, [""; 0], "{away:?}: nothing is left behind");
    }
}

#[tokio::test]
async fn a_crash_after_each_step() {
    for away in ALL {
        let mut remote = Remote::new(away).await;
        let mut first = 0;
        for step in [Step::Files, Step::Commit, Step::Trim, Step::Release] {
            remote.append(first..first + 10).await;
            remote.store().flush_through(step).await.unwrap();
            remote.check(0..first + 10).await;
            remote.crash().await;
            remote.check(0..first + 10).await;
            remote.flush().await;
            first += 10;
            assert_eq!(remote.files().len() as u64, first / 10, "{away:?} {step:?}");
        }
        for step in [Step::Files, Step::Commit] {
            remote.store().compact_through(step).await.unwrap();
            remote.check(0..first).await;
            remote.crash().await;
            remote.check(0..first).await;
        }
        assert_eq!(remote.files().len(), 5, "{away:?}");
    }
}

#[tokio::test]
async fn a_commit_whose_answer_is_lost() {
    for away in ALL {
        let mut remote = Remote::new(away).await;
        let faults = [
            Fault::Undone,
            Fault::AnswerLost,
            Fault::AnswerLost,
            Fault::Undone,
        ];
        for (fault, first) in faults.into_iter().zip((0..).step_by(10)) {
            remote.append(first..first + 10).await;
            remote.store().fail_next_commit(fault);
            remote.store().flush().await.unwrap_err();
            remote.check(0..first + 10).await;
        }
        remote.store().fail_next_commit(Fault::Undone);
        remote.store().flush().await.unwrap_err();
        remote.flush().await;
        remote.check(0..40).await;
        assert_eq!(remote.files().len(), 3, "{away:?}: {:?}", remote.files());
        remote.crash().await;
        remote.check(0..40).await;
    }
}

/// The connection breaks at a commit, which nobody can tell from one that was done.
#[tokio::test]
async fn a_commit_that_is_cut_off() {
    let postgres = Postgres::start().await;
    let cutter = Cutter::before(&postgres).await;
    let directory = tempfile::tempdir().unwrap();
    let config = Config {
        catalog: Some(cutter.url.clone()),
        ..world::config(directory.path())
    };
    let clock = Clock::fixed(spans::EPOCH);
    let mut store = open(&config, &clock).await.unwrap();
    let cuts = [Cut::Before, Cut::After, Cut::After, Cut::Before, Cut::After];
    let mut rows = 0;
    for cut in cuts {
        world::append(&store, &clock, "traces", rows..rows + 10)
            .await
            .unwrap();
        rows += 10;
        cutter.cut(cut);
        let refused = store.flush().await.unwrap_err();
        assert_eq!(refused.kind(), ErrorKind::Unavailable, "{refused}");
        assert!(cutter.is_done());
        assert_eq!(
            world::numbers(&store, None).await.len() as u64,
            rows,
            "{cut:?}"
        );
        let until = Instant::now() + PATIENCE;
        while store.flush().await.is_err() {
            assert!(Instant::now() < until);
        }
        assert_eq!(
            world::numbers(&store, None).await,
            (0..rows).collect::<Vec<_>>()
        );
        let files = world::names(&config.data_dir.join("data/traces"));
        assert_eq!(files.len() as u64, rows / 10, "{cut:?}: {files:?}");
        drop(store);
        store = open(&config, &clock).await.unwrap();
        assert_eq!(
            world::numbers(&store, None).await.len() as u64,
            rows,
            "{cut:?}"
        );
    }
}

#[tokio::test]
async fn a_request_that_is_sent_again_after_a_restart() {
    let mut remote = Remote::new(Away::Both).await;
    let request = Request {
        digest: Some(7 << 64),
        ..spans::request("traces", remote.clock.now_nanos(), 0..10)
    };
    let send = async |remote: &Remote| {
        let batch = spans::decode(&request).unwrap().unwrap();
        remote.store().append(request.clone(), batch).await.unwrap()
    };
    assert_eq!(send(&remote).await, Appended::Stored);
    remote.store().close().await.unwrap();
    remote.crash().await;
    assert_eq!(send(&remote).await, Appended::Duplicate);
    remote.check(0..10).await;
}

/// What a crash left under the name of the next file, written by another version: it is no commit's.
#[tokio::test]
async fn another_file_under_the_same_name() {
    let remote = Remote::new(Away::Files).await;
    remote.append(0..10).await;
    let objects = remote.objects.as_ref().unwrap();
    let path = objects.path("traces/000000000001-000000000001.parquet");
    std::fs::create_dir_all(path.parent().unwrap()).unwrap();
    std::fs::write(path, "something else").unwrap();
    remote.flush().await;
    remote.check(0..10).await;
}

#[tokio::test]
async fn one_owner() {
    for away in [Away::Catalog, Away::Both] {
        let remote = Remote::new(away).await;
        remote.append(0..10).await;
        remote.flush().await;
        let elsewhere = tempfile::tempdir().unwrap();
        let config = Config {
            data_dir: elsewhere.path().join("log"),
            ..remote.config.clone()
        };
        let second = answer(&config, &remote.clock).await.unwrap_err();
        let text = second.to_string();
        assert_eq!(second.kind(), ErrorKind::Conflict, "{text}");
        let expected =
            "another process is using it, connected from PostgreSQL's own machine since 20";
        assert!(text.contains(expected), "{text}");
        remote.append(10..20).await;
        remote.flush().await;
        remote.check(0..20).await;
    }
}

/// The connection of the first owner breaks, and before it sees that, another machine takes over, with a log of
/// its own: the first commits nothing any more, and what it has not committed stays in its log.
#[tokio::test]
async fn an_owner_that_lost_its_lock_is_fenced() {
    let mut remote = Remote::new(Away::Both).await;
    remote.append(0..10).await;
    remote.flush().await;
    remote.append(10..20).await;
    let elsewhere = tempfile::tempdir().unwrap();
    let config = Config {
        data_dir: elsewhere.path().join("log"),
        ..remote.config.clone()
    };
    let postgres = remote.postgres.as_ref().unwrap();
    let second = loop {
        // Whoever is first: the lock is taken again as soon as the break is seen.
        postgres
            .run("SELECT pg_terminate_backend(pid) FROM pg_locks WHERE locktype = 'advisory'")
            .await;
        match answer(&config, &remote.clock).await {
            Ok(second) => break second,
            Err(error) => assert_eq!(error.kind(), ErrorKind::Conflict, "{error}"),
        }
    };
    let fenced = remote.store().flush().await.unwrap_err();
    assert_eq!(fenced.kind(), ErrorKind::Conflict, "{fenced}");
    assert!(remote.store().fenced() && remote.store().failed());
    let compacted = remote.store().maintain().await;
    assert_eq!(compacted.unwrap_err().kind(), ErrorKind::Conflict);
    let append = world::append(&second, &remote.clock, "traces", 20..30).await;
    append.unwrap();
    second.flush().await.unwrap();
    let found = world::numbers(&second, None).await;
    assert_eq!(found, (0..10).chain(20..30).collect::<Vec<_>>());
    // Its file was not the other's.
    let names: Vec<_> = remote.files();
    assert!(
        names.contains(&"000000000001-000000000001.parquet".to_owned()),
        "{names:?}"
    );
    second.close().await.unwrap();
    drop(second);
    // The first log has rows that the catalog does not know: it is not taken for the catalog's.
    remote.store = None;
    let refused = open(&remote.config, &remote.clock).await.unwrap_err();
    assert_eq!(refused.kind(), ErrorKind::Corrupt);
    assert!(refused.to_string().contains("another log"), "{refused}");
    let again = open(&config, &remote.clock).await.unwrap();
    assert_eq!(world::numbers(&again, None).await, found);
}

#[tokio::test]
async fn places_that_do_not_belong_together() {
    let mut remote = Remote::new(Away::Both).await;
    remote.append(0..10).await;
    remote.flush().await;
    remote.store = None;
    let of = |config: Config| async move {
        let refused = open(&config, &Clock::fixed(spans::EPOCH))
            .await
            .unwrap_err();
        assert_eq!(refused.kind(), ErrorKind::Corrupt, "{refused}");
        refused.to_string()
    };
    let directory = remote.directory.path();
    // The files of another catalog.
    let text = of(Config {
        catalog: None,
        data_dir: directory.join("other"),
        ..remote.config.clone()
    })
    .await;
    assert!(text.contains("belong to another catalog"), "{text}");
    // A catalog whose files are elsewhere.
    let text = of(Config {
        objects: None,
        ..remote.config.clone()
    })
    .await;
    assert!(text.contains("they are not here"), "{text}");
    // Neither of the two has changed.
    remote.open().await;
    remote.check(0..10).await;
}

#[tokio::test]
async fn a_server_that_is_away_for_a_while() {
    let remote = Remote::new(Away::Both).await;
    remote.append(0..10).await;
    let objects = remote.objects.as_ref().unwrap();
    objects.trouble.set(100);
    let refused = remote.store().flush().await.unwrap_err();
    assert_eq!(refused.kind(), ErrorKind::Unavailable, "{refused}");
    // What is in the log and in memory is there.
    remote.append(10..20).await;
    remote.check(0..20).await;
    objects.trouble.set(0);
    remote.flush().await;
    remote.check(0..20).await;
    // All connections break at once.
    let postgres = remote.postgres.as_ref().unwrap();
    postgres
        .run("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name = 'throughline'")
        .await;
    remote.append(20..30).await;
    let until = Instant::now() + PATIENCE;
    while remote.store().flush().await.is_err() {
        assert!(Instant::now() < until);
    }
    remote.check(0..30).await;
}

/// DuckDB reads the catalog and the files where they are, before and after a compaction.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn another_engine() {
    let Some(python) = open_data::python() else {
        return;
    };
    let queries = [
        "SELECT count(*) FROM traces",
        "SELECT sum(duration)::BIGINT FROM traces",
        "SELECT count(*) FROM traces WHERE error AND \"service.name\" = 'api'",
        "SELECT \"attributes.custom\"['lesson'] FROM traces WHERE span_id = '000000000000002a'",
        "SELECT epoch_ns(max(_time)) FROM traces",
    ];
    let expected = [
        "600",
        "179700000",
        "60",
        "42",
        &spans::time(599).to_string(),
    ];
    for away in [Away::Catalog, Away::Both] {
        let remote = Remote::new(away).await;
        let ask = || {
            let mut python = Command::new(&python);
            python.env("PGPASSWORD", PASSWORD);
            if let Some(objects) = &remote.objects {
                python.envs(objects.variables());
            }
            let folder = remote.postgres.as_ref().unwrap().folder();
            let catalog = format!("postgres:dbname=postgres user=postgres host={folder}");
            open_data::ask_with(python, &catalog, &queries)
        };
        for first in (0..600).step_by(150) {
            remote.append(first..first + 150).await;
            remote.flush().await;
        }
        assert_eq!(ask(), expected, "{away:?}");
        remote.store().compact().await.unwrap();
        assert_eq!(remote.store().stats().compactions, 1);
        assert_eq!(ask(), expected, "{away:?}");
    }
}
