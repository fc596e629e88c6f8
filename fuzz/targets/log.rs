//! Any bytes as the log on disk: opened, read and continued, and nothing served that fails its checksum.
//!
//! The first byte says what the rest is: a segment, the records behind an intact head of either format,
//! or changes to a log of which is known what is in it.

#![no_main]

/// Logs of which is known what is in them, and changes to them.
#[path = "log/image.rs"]
mod image;

use bytes::Bytes;
use image::{IMAGES, Image, SALT};
use libfuzzer_sys::fuzz_target;
use std::path::Path;
use std::sync::Arc;
use throughline_wal::{Config, Disk, Error, Inline, TestDisk};

const DIR: &str = "/log";

fuzz_target!(|input: &[u8]| {
    let Some((choice, bytes)) = input.split_first() else {
        return;
    };
    let goes_on = choice & 128 != 0;
    match choice % 4 {
        0 => any_segment(bytes.to_vec(), goes_on),
        1 => any_segment([&image::head(1, SALT)[..], bytes].concat(), goes_on),
        2 => any_segment([&image::head_v1(1)[..], bytes].concat(), goes_on),
        _ => changed(bytes, goes_on),
    }
});

/// Opens a log of one segment that may be anything.
fn any_segment(segment: Vec<u8>, goes_on: bool) {
    let disk = Arc::new(TestDisk::default());
    disk.install(&image::path(1), segment.clone());
    let Ok((log, recovery)) = Inline::open(Path::new(DIR), &config(&disk)) else {
        // A format of the future.
        return;
    };
    let mut served: Vec<(u64, Bytes)> = Vec::new();
    for item in log.replay(0) {
        match item {
            Ok((seq, record)) => {
                let last_seq = served.last().map_or(0, |(seq, _)| *seq);
                assert!(last_seq < seq && seq <= recovery.last_seq);
                let crc = crc32c::crc32c(&record).to_le_bytes();
                assert!(segment.windows(4).any(|word| word == crc));
                served.push((seq, record));
            }
            Err(Error::Damaged(_)) => {}
            Err(error) => panic!("{error}"),
        }
    }
    if goes_on {
        go_on(log, &disk, &served);
    }
}

/// Opens a log that was intact before it was changed.
fn changed(changes: &[u8], goes_on: bool) {
    let Some((choice, changes)) = changes.split_first() else {
        return;
    };
    let image = &IMAGES[usize::from(*choice) % IMAGES.len()];
    let disk = Arc::new(TestDisk::default());
    let is_changed = image.install(&disk, changes);
    let Ok((log, _)) = Inline::open(Path::new(DIR), &config(&disk)) else {
        return;
    };
    let served = check(&log, image);
    assert!(is_changed || served.len() == image.records.len());
    if goes_on {
        go_on(log, &disk, &served);
    }
}

/// Appends, and opens the log once more: what was served once is served again, and so is what was
/// appended.
fn go_on(mut log: Inline, disk: &Arc<TestDisk>, served: &[(u64, Bytes)]) {
    let answers = log.append_group(&[Bytes::from_static(b"one more")]);
    let Some(Ok(next_seq)) = answers.first() else {
        panic!("{answers:?}");
    };
    assert!(served.last().is_none_or(|(seq, _)| seq < next_seq));
    drop(log);
    disk.lose_power(&mut |_| 0);
    let Ok((log, _)) = Inline::open(Path::new(DIR), &config(disk)) else {
        panic!("the log was opened before");
    };
    let mut again: Vec<_> = log.replay(0).filter_map(Result::ok).collect();
    let last = again.pop();
    assert_eq!(last, Some((*next_seq, Bytes::from_static(b"one more"))));
    assert_eq!(again, served);
}

/// What is served: only what is in the image, in order; and nothing that is said to be missing.
fn check(log: &Inline, image: &Image) -> Vec<(u64, Bytes)> {
    let mut served: Vec<(u64, Bytes)> = Vec::new();
    let mut next_seq = 1;
    for item in log.replay(0) {
        match item {
            Ok((seq, record)) => {
                assert!(seq >= next_seq);
                next_seq = seq + 1;
                let intact = &image.records[seq as usize - 1];
                // One alteration in 2^32 keeps the checksum.
                assert!(record == intact || crc32c::crc32c(&record) == crc32c::crc32c(intact));
                served.push((seq, record));
            }
            Err(Error::Damaged(damage)) => {
                assert!(damage.lost_from >= next_seq && damage.lost_records > 0);
                next_seq = damage.lost_from + damage.lost_records;
            }
            Err(error) => panic!("{error}"),
        }
    }
    served
}

fn config(disk: &Arc<TestDisk>) -> Config {
    Config {
        // The disk is memory, and a run is to be quick.
        preallocate_bytes: 64,
        disk: Disk::Test(Arc::clone(disk)),
        ..Config::default()
    }
}
