//! A store whose log is in the object store: what was acknowledged is found from any machine, once, and an owner
//! whose time is over acknowledges nothing.

use crate::postgres::Postgres;
use crate::remote::open;
use crate::spans;
use crate::stand_in::{Gate, StandIn};
use crate::world;
use model::{Clock, ErrorKind};
use std::fs;
use std::ops::Range;
use std::path::PathBuf;
use std::sync::Arc;
use tempfile::TempDir;
use throughline_store::{Config, Error, Step, Store, verify_places};

/// The head of a slot; a claim has no more.
const CLAIM_BYTES: u64 = 56;

/// A store, and the servers that it uses.
struct Away {
    /// `None` while it is closed.
    store: Option<Arc<Store>>,
    clock: Clock,
    config: Config,
    objects: StandIn,
    postgres: Postgres,
    directory: TempDir,
}

impl Away {
    async fn new() -> Self {
        Self::on(StandIn::start(1).await).await
    }

    async fn on(objects: StandIn) -> Self {
        let postgres = Postgres::start().await;
        let directory = tempfile::tempdir().unwrap();
        let config = Config {
            objects: Some(objects.objects()),
            catalog: Some(postgres.url()),
            log_in_objects: true,
            ..world::config(directory.path())
        };
        let clock = Clock::fixed(spans::EPOCH);
        Self {
            store: Some(Arc::new(open(&config, &clock).await.unwrap())),
            clock,
            config,
            objects,
            postgres,
            directory,
        }
    }

    /// As a crash at this moment, and a new start on a machine that has nothing of the old one.
    async fn move_on(mut self) -> Self {
        let directory = tempfile::tempdir().unwrap();
        let config = Config {
            data_dir: directory.path().join("new"),
            ..self.config
        };
        drop(self.store.take());
        Self {
            store: Some(Arc::new(open(&config, &self.clock).await.unwrap())),
            config,
            directory,
            ..self
        }
    }

    async fn append(&self, numbers: Range<u64>) {
        append(self.store(), &self.clock, numbers).await.unwrap();
    }

    async fn check(&self, numbers: Range<u64>) {
        check(self.store(), numbers).await;
    }

    /// Claims and groups that are there.
    fn slots(&self) -> (usize, usize) {
        let slots = self.slot_files();
        let is_claim = |path: &&PathBuf| fs::metadata(path).unwrap().len() == CLAIM_BYTES;
        let claims = slots.iter().filter(is_claim).count();
        (claims, slots.len() - claims)
    }

    fn slot_files(&self) -> Vec<PathBuf> {
        let log = self.objects.path("_log");
        let names = world::names(&log).into_iter();
        names.map(|name| log.join(name)).collect()
    }

    /// What a start says that is refused, with the kind of its error.
    async fn refusal(&self, adjust: impl FnOnce(&mut Config)) -> (ErrorKind, String) {
        let mut config = self.config.clone();
        adjust(&mut config);
        let refused = open(&config, &self.clock).await.unwrap_err();
        (refused.kind(), refused.to_string())
    }

    async fn close(&mut self) {
        let store = self.store.take().unwrap();
        store.close().await.unwrap();
    }

    fn store(&self) -> &Arc<Store> {
        self.store.as_ref().unwrap()
    }
}

async fn append(store: &Store, clock: &Clock, numbers: Range<u64>) -> Result<(), Error> {
    let appended = world::append(store, clock, "traces", numbers).await;
    appended.map(drop)
}

async fn check(store: &Store, numbers: Range<u64>) {
    let found = world::numbers(store, None).await;
    assert_eq!(found, numbers.collect::<Vec<_>>());
}

#[tokio::test]
async fn a_machine_that_is_lost_takes_nothing_with_it() {
    let away = Away::new().await;
    away.append(0..10).await;
    away.append(10..20).await;
    assert_eq!(away.slots(), (1, 2));
    assert!(away.store().stats().log_bytes > 2 * CLAIM_BYTES);
    let away = away.move_on().await;
    away.check(0..20).await;
    assert_eq!(away.store().stats().replayed_records, 2);
    away.append(20..30).await;
    let mut away = away.move_on().await;
    assert_eq!(away.store().stats().replayed_records, 3);
    // After each step of a flush.
    let mut first = 30;
    for step in [Step::Files, Step::Commit, Step::Trim, Step::Release] {
        away.append(first..first + 10).await;
        away.store().flush_through(step).await.unwrap();
        away = away.move_on().await;
        away.store().flush().await.unwrap();
        first += 10;
        away.check(0..first).await;
    }
    // One group stays, the newest slot; claims stay for ever.
    away.append(first..first + 10).await;
    away.store().flush().await.unwrap();
    assert_eq!(away.slots(), (7, 1));
    let ranges = away.objects.files("traces");
    assert_eq!(ranges.len(), 5, "a file for each commit: {ranges:?}");
    away.close().await;
    let away = away.move_on().await;
    assert_eq!(away.store().stats().replayed_records, 0);
    away.check(0..first + 10).await;
    let local = world::names(&away.directory.path().join("new/wal"));
    assert_eq!(local, [""; 0], "nothing is logged here");
}

/// Requests that wait at the same moment are one object.
#[tokio::test]
async fn a_group_is_one_object() {
    let away = Away::new().await;
    away.objects.trouble.gate.send_replace(Gate::Before);
    let sent: Vec<_> = (0..20)
        .map(|first| {
            let (store, clock) = (Arc::clone(away.store()), away.clock.clone());
            tokio::spawn(async move { append(&store, &clock, first..first + 1).await })
        })
        .collect();
    // All but the first wait behind it, or are about to.
    for _ in 0..100 {
        tokio::task::yield_now().await;
    }
    away.objects.trouble.gate.send_replace(Gate::Open);
    for sent in sent {
        sent.await.unwrap().unwrap();
    }
    let (_, groups) = away.slots();
    assert!(
        (1..=10).contains(&groups),
        "{groups} objects for 20 requests"
    );
    away.check(0..20).await;
    away.move_on().await.check(0..20).await;
}

#[tokio::test]
async fn a_store_that_is_away_for_a_while() {
    let away = Away::new().await;
    away.objects.trouble.set(100);
    let sent = {
        let (store, clock) = (Arc::clone(away.store()), away.clock.clone());
        tokio::spawn(async move { append(&store, &clock, 0..10).await })
    };
    let refused = || {
        away.objects
            .trouble
            .refused
            .load(std::sync::atomic::Ordering::Relaxed)
    };
    world::until("a try", || refused() > 10).await;
    assert!(!sent.is_finished());
    assert!(!away.store().failed());
    away.objects.trouble.set(0);
    sent.await.unwrap().unwrap();
    away.append(10..20).await;
    away.check(0..20).await;
    away.move_on().await.check(0..20).await;
}

/// Whatever becomes of the write that the first owner has on its way when another takes over: what it acknowledges
/// the other one has, and it acknowledges nothing more.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn an_owner_whose_time_is_over() {
    for gate in [Gate::Before, Gate::After] {
        let away = Away::new().await;
        away.append(0..10).await;
        away.objects.trouble.gate.send_replace(gate);
        let sent = {
            let (store, clock) = (Arc::clone(away.store()), away.clock.clone());
            tokio::spawn(async move { append(&store, &clock, 10..20).await })
        };
        if gate == Gate::After {
            world::until("the write", || away.slots().1 == 2).await;
        }
        let beside = away.objects.beside(2).await;
        let elsewhere = tempfile::tempdir().unwrap();
        let config = Config {
            objects: Some(beside.objects()),
            data_dir: elsewhere.path().join("new"),
            ..away.config.clone()
        };
        let second = loop {
            // Whoever is first: the lock is taken again as soon as the break is seen.
            away.postgres
                .run("SELECT pg_terminate_backend(pid) FROM pg_locks WHERE locktype = 'advisory'")
                .await;
            match world::open(&config, &away.clock).await {
                Ok(second) => break second,
                Err(error) => assert_eq!(error.kind(), ErrorKind::Conflict, "{error}"),
            }
        };
        // All that the first owner wrote is flushed and let go of.
        for first in [20, 30] {
            append(&second, &away.clock, first..first + 10)
                .await
                .unwrap();
            second.flush().await.unwrap();
        }
        assert_eq!(away.slots(), (2, 1), "{gate:?}");
        away.objects.trouble.gate.send_replace(Gate::Open);
        let acknowledged = sent.await.unwrap();
        assert_eq!(acknowledged.is_ok(), gate == Gate::After, "{gate:?}");
        let expected: Vec<u64> = match gate {
            Gate::After => (0..40).collect(),
            _ => (0..10).chain(20..40).collect(),
        };
        assert_eq!(world::numbers(&second, None).await, expected, "{gate:?}");
        let refused = append(away.store(), &away.clock, 40..50).await.unwrap_err();
        assert!(matches!(refused, Error::LogTaken { .. }), "{refused}");
        assert_eq!(refused.kind(), ErrorKind::Unavailable);
        assert!(away.store().failed() && away.store().fenced());
        drop(second);
        let third = open(&config, &away.clock).await.unwrap();
        assert_eq!(world::numbers(&third, None).await, expected, "{gate:?}");
        assert_eq!(away.slots().1, 1, "{gate:?}: a late write is removed again");
    }
}

/// A claim and a group of version 1, and a claim of a version to come.
const FROZEN: [&str; 3] = [
    "746872756c6f626a01000000000000000000000000000000010000000000000001000000000000000000000000000000000000003e07e319",
    "746872756c6f626a01000000010000000000000000000000020000000000000001000000000000002000000000000000b4fd6d83d8ba0d0d\
     1c00000001070600008c151d8e738618747261636573343037342e2e34303737",
    "746872756c6f626a0200000000000000000000000000000003000000000000000200000000000000000000000000000000000000211313a1",
];

/// The bytes of a slot that was written by the first version are read for ever.
#[tokio::test]
async fn frozen() {
    let objects = StandIn::start(1).await;
    let log = objects.path("_log");
    fs::create_dir_all(&log).unwrap();
    for (slot, number) in FROZEN.iter().zip(1..) {
        let digits = slot.as_bytes().chunks(2);
        let bytes = digits.map(|it| u8::from_str_radix(str::from_utf8(it).unwrap(), 16));
        let bytes: Vec<u8> = bytes.map(Result::unwrap).collect();
        fs::write(log.join(format!("{number:016}")), bytes).unwrap();
    }
    let future = log.join("0000000000000003");
    let newer = fs::read(&future).unwrap();
    fs::remove_file(&future).unwrap();
    let away = Away::on(objects).await;
    away.check(4074..4077).await;
    // Nothing is done to what a newer program has written.
    let mut away = away.move_on().await;
    away.close().await;
    fs::write(log.join("0000000000000005"), newer).unwrap();
    let (kind, text) = away.refusal(|_| {}).await;
    assert_eq!(kind, ErrorKind::Invalid, "{text}");
    assert!(text.contains("version is \"2\""), "{text}");
}

/// What is damaged is counted, kept aside, and not served; the rest is.
#[tokio::test]
async fn rot() {
    // A record, a length, a head.
    for at in [70, 57, 20] {
        let away = Away::new().await;
        for first in [0, 10, 20] {
            away.append(first..first + 10).await;
        }
        let slots = away.slot_files();
        let mut bytes = fs::read(&slots[2]).unwrap();
        bytes[at] ^= 1;
        fs::write(&slots[2], bytes).unwrap();
        let away = away.move_on().await;
        let found = world::numbers(away.store(), None).await;
        let expected: Vec<u64> = (0..10).chain(20..30).collect();
        assert_eq!(found, expected, "byte {at}");
        assert_eq!(away.store().stats().lost_records, 1, "byte {at}");
        let kept = world::names(&away.config.data_dir.join("quarantine"));
        assert_eq!(kept, ["log-0000000000000003.damaged"]);
        away.append(30..40).await;
        away.store().flush().await.unwrap();
        assert_eq!(away.slots().1, 1, "byte {at}");
    }
}

#[tokio::test]
async fn the_log_is_verified_where_it_is() {
    let away = Away::new().await;
    for first in [0, 10, 20] {
        away.append(first..first + 10).await;
    }
    let found = async || verify_places(&away.config, |_| {}).await.unwrap();
    let report = found().await;
    assert!(report.is_clean() && report.strays.is_empty(), "{report:?}");
    assert_eq!(report.records, 3);
    let slots = away.slot_files();
    let mut bytes = fs::read(&slots[2]).unwrap();
    bytes[70] ^= 1;
    fs::write(&slots[2], bytes).unwrap();
    let report = found().await;
    let [damaged] = report.damaged.as_slice() else {
        panic!("{report:?}");
    };
    assert!(
        damaged.path.ends_with("_log/0000000000000003"),
        "{damaged:?}"
    );
    // What is let go of is not looked for.
    away.store().flush().await.unwrap();
    away.append(30..40).await;
    away.store().flush().await.unwrap();
    let report = found().await;
    assert!(report.is_clean(), "{report:?}");
    assert_eq!((report.files, report.records), (2, 1));
}

#[tokio::test]
async fn the_newest_slot_without_a_head() {
    let away = Away::new().await;
    away.append(0..10).await;
    away.append(10..20).await;
    let slots = away.slot_files();
    fs::write(&slots[2], "nothing of ours").unwrap();
    let away = away.move_on().await;
    away.check(0..10).await;
    away.append(20..30).await;
    let away = away.move_on().await;
    let expected: Vec<u64> = (0..10).chain(20..30).collect();
    assert_eq!(world::numbers(away.store(), None).await, expected);
    assert!(away.store().stats().lost_records > 0);
}

#[tokio::test]
async fn what_does_not_belong_together() {
    let mut away = Away::new().await;
    for first in [0, 10, 20] {
        away.append(first..first + 10).await;
    }
    away.store().flush().await.unwrap();
    away.append(30..40).await;
    away.close().await;
    // A catalog of before the log let go of its groups.
    away.postgres
        .run("UPDATE throughline_log SET first_slot = 1")
        .await;
    let (kind, text) = away.refusal(|_| {}).await;
    assert_eq!(kind, ErrorKind::Corrupt, "{text}");
    assert!(text.contains("older than the log"), "{text}");
    assert_eq!(away.objects.files("traces").len(), 2, "nothing is removed");
    away.postgres
        .run("UPDATE throughline_log SET first_slot = 5")
        .await;
    away.move_on().await.check(0..40).await;

    let mut away = Away::new().await;
    away.append(0..10).await;
    away.close().await;
    for without in [
        |config: &mut Config| config.objects = None,
        |config: &mut Config| config.catalog = None,
    ] {
        let (kind, text) = away.refusal(without).await;
        assert_eq!(kind, ErrorKind::Invalid, "{text}");
    }
}

/// A store that had its log on a disk goes on with one in the object store, once that is empty.
#[tokio::test]
async fn from_a_log_on_a_disk() {
    let mut away = Away::new().await;
    away.close().await;
    let (objects, postgres) = (StandIn::start(1).await, Postgres::start().await);
    let before = Config {
        objects: Some(objects.objects()),
        catalog: Some(postgres.url()),
        log_in_objects: false,
        data_dir: away.directory.path().join("before"),
        ..away.config.clone()
    };
    let after = Config {
        log_in_objects: true,
        ..before.clone()
    };
    let store = open(&before, &away.clock).await.unwrap();
    append(&store, &away.clock, 0..10).await.unwrap();
    drop(store);
    (away.objects, away.postgres) = (objects, postgres);
    let (kind, text) = away.refusal(|config| *config = after.clone()).await;
    assert_eq!(kind, ErrorKind::Corrupt, "{text}");
    assert!(text.contains("SIGTERM"), "{text}");
    let store = open(&before, &away.clock).await.unwrap();
    store.close().await.unwrap();
    drop(store);
    let store = open(&after, &away.clock).await.unwrap();
    append(&store, &away.clock, 10..20).await.unwrap();
    check(&store, 0..20).await;
    drop(store);
    // And back, to a new directory, once nothing is left in the object store.
    let back = Config {
        data_dir: away.directory.path().join("back"),
        ..before.clone()
    };
    let (kind, text) = away.refusal(|config| *config = back.clone()).await;
    assert_eq!(kind, ErrorKind::Corrupt, "{text}");
    assert!(text.contains("SIGTERM"), "{text}");
    let (_, text) = away.refusal(|config| *config = before.clone()).await;
    assert!(text.contains("name a new directory"), "{text}");
    let store = open(&after, &away.clock).await.unwrap();
    check(&store, 0..20).await;
    store.close().await.unwrap();
    drop(store);
    let store = open(&back, &away.clock).await.unwrap();
    append(&store, &away.clock, 20..30).await.unwrap();
    check(&store, 0..30).await;
    assert_eq!(away.slots().1, 0, "no group is left");
    drop(store);
    let store = open(&back, &away.clock).await.unwrap();
    check(&store, 0..30).await;
    store.close().await.unwrap();
    drop(store);
    // And once more away, on a machine that has nothing: its numbers are above those of the disk.
    let away_again = Config {
        data_dir: away.directory.path().join("again"),
        ..after
    };
    let store = open(&away_again, &away.clock).await.unwrap();
    append(&store, &away.clock, 30..40).await.unwrap();
    check(&store, 0..40).await;
    drop(store);
    let store = open(&away_again, &away.clock).await.unwrap();
    check(&store, 0..40).await;
    store.close().await.unwrap();
}

/// While the object store does not take the log, for whatever reason, that is told.
#[tokio::test(flavor = "multi_thread")]
async fn what_waits_is_counted() {
    let away = Away::new().await;
    assert!(away.store().log_waits().is_zero());
    away.objects.trouble.gate.send_replace(Gate::Before);
    let (store, clock) = (Arc::clone(away.store()), away.clock.clone());
    let waiting = tokio::spawn(async move { append(&store, &clock, 0..10).await });
    world::until("the wait", || !away.store().log_waits().is_zero()).await;
    away.objects.trouble.gate.send_replace(Gate::Open);
    waiting.await.unwrap().unwrap();
    assert!(away.store().log_waits().is_zero());
}
