//! Logs of which is known what is in them, and changes to them.

use bytes::Bytes;
use std::path::{Path, PathBuf};
use std::sync::{Arc, LazyLock};
use throughline_wal::{Config, Disk, Inline, TestDisk};

/// Of every log here, so that a run can be repeated.
pub(crate) const SALT: u64 = 0x0123_4567_89ab_cdef;

/// Made once: writing them is most of the work.
pub(crate) static IMAGES: LazyLock<Vec<Image>> = LazyLock::new(|| {
    vec![
        Image::new(&[1, 1, 1], false, 1 << 20),
        Image::new(&[4, 5], false, 1 << 20),
        Image::new(&[4, 5], true, 1 << 20),
        Image::new(&[3, 3, 3], false, 400),
        Image::new(&[16], false, 1 << 20),
    ]
});

/// The files of a log, and its records from number 1 on.
pub(crate) struct Image {
    pub(crate) records: Vec<Bytes>,
    files: Vec<(PathBuf, Vec<u8>)>,
}

impl Image {
    fn new(groups: &[usize], is_closed: bool, segment_bytes_max: u64) -> Self {
        let disk = Arc::new(TestDisk::default());
        // A segment of this log with nothing in it: the new one has its salt.
        disk.install(&path(1), head(1, SALT).to_vec());
        let config = Config {
            segment_bytes_max,
            preallocate_bytes: 64,
            disk: Disk::Test(Arc::clone(&disk)),
            ..Config::default()
        };
        let (mut log, _) = Inline::open(Path::new(super::DIR), &config).expect("a new log");
        let mut records = Vec::new();
        for group in groups {
            let start = records.len();
            let bytes = |at: usize| Bytes::from(vec![at as u8 + 1; at * 13 % 70]);
            records.extend((start..start + group).map(bytes));
            log.append_group(&records[start..]);
        }
        if is_closed {
            log.close();
        }
        let paths = disk
            .list(Path::new(super::DIR))
            .expect("the log's directory");
        let files = paths
            .into_iter()
            .map(|path| (path.clone(), disk.read(&path).expect("a file of the list")))
            .collect();
        Self { records, files }
    }

    /// Puts the log on `disk` with `changes`, four bytes each; answers whether anything is changed.
    pub(crate) fn install(&self, disk: &TestDisk, changes: &[u8]) -> bool {
        let mut files = self.files.clone();
        for change in changes.chunks_exact(4).take(8) {
            let (kind, value) = (change[0] % 4, change[3]);
            let file = usize::from(change[0] / 4) % files.len();
            let bytes = &mut files[file].1;
            let at = usize::from(u16::from_le_bytes([change[1], change[2]])) % bytes.len().max(1);
            match (kind, bytes.get_mut(at)) {
                (_, None) => {}
                (0, Some(byte)) => *byte ^= 1 << (value % 8),
                (1, Some(byte)) => *byte = value,
                (2, _) => {
                    let end = (at + 1 + 4 * usize::from(value)).min(bytes.len());
                    bytes[at..end].fill(0);
                }
                _ => bytes.truncate(at),
            }
        }
        let is_changed = files != self.files;
        for (path, bytes) in files {
            disk.install(&path, bytes);
        }
        is_changed
    }
}

/// The segment that begins with this number.
pub(crate) fn path(first_seq: u64) -> PathBuf {
    Path::new(super::DIR).join(format!("wal-{first_seq:020}.log"))
}

/// The head of a segment of format 2, written from its description.
pub(crate) fn head(first_seq: u64, salt: u64) -> [u8; 96] {
    let mut bytes = [0; 96];
    let start = start(2, first_seq);
    bytes[..32].copy_from_slice(&start);
    bytes[32..40].copy_from_slice(&salt.to_le_bytes());
    let crc = crc32c::crc32c(&bytes[..40]);
    bytes[40..44].copy_from_slice(&crc.to_le_bytes());
    bytes.copy_within(..48, 48);
    bytes
}

/// The head of a segment of format 1.
pub(crate) fn head_v1(first_seq: u64) -> [u8; 32] {
    start(1, first_seq)
}

fn start(version: u32, first_seq: u64) -> [u8; 32] {
    let mut bytes = [0; 32];
    bytes[..8].copy_from_slice(b"thrulwal");
    bytes[8..12].copy_from_slice(&version.to_le_bytes());
    bytes[20..28].copy_from_slice(&first_seq.to_le_bytes());
    let crc = crc32c::crc32c(&bytes[..28]);
    bytes[28..].copy_from_slice(&crc.to_le_bytes());
    bytes
}
