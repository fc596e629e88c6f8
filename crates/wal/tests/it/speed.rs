//! How quickly a log opens and appends: printed. A release build is held to a few times the bars, since a
//! test does not know what else its machine does.

use crate::bench::{RECORD_HEAD_BYTES, SEGMENT_HEAD_BYTES, files, open, segment_of};
use crate::dice::Dice;
use bytes::Bytes;
use std::path::Path;
use std::sync::Arc;
use std::time::{Duration, Instant};
use throughline_wal::Config;

const IS_RELEASE: bool = !cfg!(debug_assertions);
/// Of an opening, in a release build. The bar is 100 ms; the rest is for a machine that does other things.
const OPEN_MAX: Duration = Duration::from_millis(400);

/// A log of this many bytes, in segments of 64 MiB, by many tasks.
fn fill(dir: &Path, bytes: usize, record_bytes: usize) {
    let (wal, _) = open(dir, Config::default());
    appends(Arc::new(wal), bytes / record_bytes, record_bytes, 64);
}

/// Appends from many tasks at once; answers how long it took.
fn appends(wal: Arc<throughline_wal::Wal>, count: usize, bytes: usize, tasks: usize) -> Duration {
    let runtime = tokio::runtime::Builder::new_multi_thread()
        .worker_threads(2)
        .build()
        .unwrap();
    let body = Bytes::from(Dice(1).bytes(bytes));
    let started = Instant::now();
    runtime.block_on(async {
        let running: Vec<_> = (0..tasks)
            .map(|_| {
                let (wal, body) = (Arc::clone(&wal), body.clone());
                let head = Bytes::from_static(b"head");
                tokio::spawn(async move {
                    for _ in 0..count / tasks {
                        let parts = [head.clone(), body.clone()];
                        wal.append_parts(parts).await.unwrap();
                    }
                })
            })
            .collect();
        for task in running {
            task.await.unwrap();
        }
    });
    started.elapsed()
}

fn check_open(what: &str, dir: &Path, max: Duration) {
    let started = Instant::now();
    let (wal, recovery) = open(dir, Config::default());
    let took = started.elapsed();
    println!(
        "open: {what}: {took:.1?} ({} MiB, {recovery:?})",
        wal.bytes() >> 20
    );
    assert!(!IS_RELEASE || took < max, "{what}: {took:?}");
}

#[test]
fn a_log_opens_quickly_whatever_its_size() {
    let mib = if IS_RELEASE { 1 << 20 } else { 1 << 16 };
    for (what, bytes, record_bytes) in [
        ("ten segments of 40 KB records", 640 * mib, 40 << 10),
        ("one full segment of 40 KB records", 63 * mib, 40 << 10),
        ("one full segment of 2 KB records", 61 * mib, 2 << 10),
    ] {
        let dir = tempfile::tempdir().unwrap();
        fill(dir.path(), bytes, record_bytes);
        check_open(what, dir.path(), OPEN_MAX);
        // A crash leaves no end, and room that was allocated ahead. The last opening's own segment is
        // behind it.
        let mut segments = files(dir.path());
        std::fs::remove_file(segments.pop().unwrap()).unwrap();
        let newest = segments.pop().unwrap();
        let file = std::fs::File::options().write(true).open(newest).unwrap();
        let bytes = file.metadata().unwrap().len();
        file.set_len(bytes - 32).unwrap();
        file.set_len(bytes + (4 << 20)).unwrap();
        check_open(&format!("{what}, after a crash"), dir.path(), OPEN_MAX);
    }
}

#[test]
fn a_torn_segment_full_of_hostile_bytes_opens_quickly() {
    let mib = if IS_RELEASE { 1 << 20 } else { 1 << 16 };
    let dir = tempfile::tempdir().unwrap();
    drop(open(dir.path(), Config::default()));
    let path = &files(dir.path())[0];
    let mut bytes = std::fs::read(path).unwrap();
    bytes.truncate(SEGMENT_HEAD_BYTES);
    let mut tag: [u8; 4] = [0; 4];
    tag.copy_from_slice(&bytes[32..36]);
    // At every fourth byte, what a head begins with: more than a client could know.
    for word in 0..16 * mib {
        bytes.extend(if word % 8 == 2 { [1, 0, 0, 0] } else { tag });
    }
    std::fs::write(path, &bytes).unwrap();
    // Nobody can send that; it shows that the search stays linear.
    check_open(
        "64 MiB of hostile bytes that know the salt",
        dir.path(),
        5 * OPEN_MAX,
    );
    bytes.truncate(SEGMENT_HEAD_BYTES);
    bytes.extend(Dice(3).bytes(64 * mib));
    let path = &files(dir.path())[0];
    std::fs::write(path, &bytes).unwrap();
    check_open("64 MiB of random bytes", dir.path(), OPEN_MAX);
    // Records of another log, as a client could send them.
    let other = segment_of(&[&Dice(5).bytes(100), b"two"]);
    bytes.truncate(SEGMENT_HEAD_BYTES);
    while bytes.len() < 64 * mib {
        bytes.extend(&other[SEGMENT_HEAD_BYTES..]);
    }
    let path = &files(dir.path())[0];
    std::fs::write(path, &bytes).unwrap();
    check_open("64 MiB of another log's records", dir.path(), OPEN_MAX);
}

#[test]
fn many_appends_share_a_sync() {
    let count = if IS_RELEASE { 60_000 } else { 400 };
    for (bytes, tasks, per_second_min) in [
        (40 << 10, 64, 5_000.0),
        (40 << 10, 256, 5_000.0),
        (2 << 10, 256, 20_000.0),
        (2 << 10, 1024, 20_000.0),
    ] {
        let dir = tempfile::tempdir_in(".").unwrap();
        let (wal, _) = open(dir.path(), Config::default());
        let wal = Arc::new(wal);
        let took = appends(Arc::clone(&wal), count, bytes, tasks);
        let per_second = count as f64 / took.as_secs_f64();
        let mib = (count * (bytes + RECORD_HEAD_BYTES)) as f64 / took.as_secs_f64() / 1048576.0;
        println!("append: {bytes} bytes from {tasks} tasks: {per_second:.0}/s, {mib:.0} MiB/s");
        assert!(
            !IS_RELEASE || per_second > per_second_min / 4.0,
            "{per_second}"
        );
    }
}
