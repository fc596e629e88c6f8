//! A server that ends under load, by `kill -9` twenty times and by SIGTERM: no acknowledged span is lost or
//! doubled, and a request that got no answer is there whole or not at all.

use crate::running::{Client, Process, ended};
use crate::spans::{protobuf, span};
use std::collections::HashMap;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::sync::{Arc, Mutex};
use std::time::Duration;
use tempfile::TempDir;

const WRITERS: usize = 4;
const SPANS_A_REQUEST: u64 = 5;
/// All rounds together; the list of traces is read in one answer.
const REQUESTS_MAX: u64 = 40_000;

/// What the writers know; it outlives every server.
#[derive(Debug, Default)]
pub(crate) struct Ledger {
    next: AtomicU64,
    /// By trace: whether the request was acknowledged.
    sent: Mutex<HashMap<String, bool>>,
}

impl Ledger {
    pub(crate) fn acknowledged(&self) -> usize {
        self.sent
            .lock()
            .unwrap()
            .values()
            .filter(|acknowledged| **acknowledged)
            .count()
    }
}

/// Sends requests, each of a trace of its own, until told to stop or the server is gone.
pub(crate) async fn write(client: Client, ledger: Arc<Ledger>, stop: Arc<AtomicBool>) {
    while !stop.load(Ordering::Relaxed) {
        let number = ledger.next.fetch_add(1, Ordering::Relaxed);
        if number >= REQUESTS_MAX {
            return;
        }
        let trace = u128::from(number) + 1;
        let spans = (0..SPANS_A_REQUEST)
            .map(|index| span(trace, index))
            .collect();
        ledger
            .sent
            .lock()
            .unwrap()
            .insert(format!("{trace:032x}"), false);
        let Ok(response) = client.try_export(protobuf("api", spans)).await else {
            return;
        };
        if response.status() == 200 && response.bytes().await.is_ok() {
            ledger
                .sent
                .lock()
                .unwrap()
                .insert(format!("{trace:032x}"), true);
        }
    }
}

/// Compares what is there with what was acknowledged.
pub(crate) async fn verify(client: &Client, ledger: &Ledger, round: u64) {
    let query = "traces | summarize spans = count(), ids = dcount(span_id) by trace_id";
    let rows = client.rows(query).await;
    let mut seen = HashMap::new();
    for row in rows {
        let trace = row[0].as_str().unwrap().to_owned();
        seen.insert(trace, (row[1].as_u64().unwrap(), row[2].as_u64().unwrap()));
    }
    let sent = ledger.sent.lock().unwrap();
    for (trace, acknowledged) in sent.iter() {
        match seen.remove(trace) {
            Some(found) => {
                let whole = (SPANS_A_REQUEST, SPANS_A_REQUEST);
                assert_eq!(
                    found, whole,
                    "trace {trace} is doubled or torn after round {round}"
                );
            }
            None => assert!(
                !acknowledged,
                "trace {trace} was acknowledged and is lost after round {round}"
            ),
        }
    }
    assert!(
        seen.is_empty(),
        "spans that nobody sent after round {round}: {seen:?}"
    );
}

/// Rounds of load, each ended by `end` at another moment, each verified after the next start.
async fn rounds(count: u64, mut end: impl FnMut(Process)) -> usize {
    let data = TempDir::new().unwrap();
    let ledger = Arc::new(Ledger::default());
    // Data files twice a second, so that some rounds end within a flush.
    let flush = ["--flush-age", "500ms"];
    for round in 0..count {
        let process = Process::start(data.path(), &flush);
        verify(&process.client, &ledger, round).await;
        let stop = Arc::new(AtomicBool::new(false));
        let writer = || {
            write(
                process.client.clone(),
                Arc::clone(&ledger),
                Arc::clone(&stop),
            )
        };
        let writers: Vec<_> = (0..WRITERS).map(|_| tokio::spawn(writer())).collect();
        tokio::time::sleep(Duration::from_millis(100 + (round * 137) % 900)).await;
        end(process);
        stop.store(true, Ordering::Relaxed);
        for writer in writers {
            writer.await.unwrap();
        }
    }
    let process = Process::start(data.path(), &flush);
    verify(&process.client, &ledger, count).await;
    process.kill();
    let acknowledged = ledger.acknowledged();
    println!("{count} rounds, {acknowledged} acknowledged requests of {SPANS_A_REQUEST} spans");
    acknowledged
}

#[tokio::test(flavor = "multi_thread")]
async fn no_acknowledged_span_is_lost_or_doubled() {
    let acknowledged = rounds(20, Process::kill).await;
    assert!(
        acknowledged > 100,
        "only {acknowledged} requests were acknowledged: no load"
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn a_drain_under_load_loses_nothing_and_ends_well() {
    let acknowledged = rounds(3, |mut process| {
        process.signal("-TERM");
        assert_eq!(ended(&mut process.child).code(), Some(0));
    })
    .await;
    assert!(
        acknowledged > 10,
        "only {acknowledged} requests were acknowledged: no load"
    );
}
