//! Any sequence of appends, reopenings and trims keeps order and content: compared with a plain list.

use crate::bench::{append, open, read, small};
use proptest::prelude::*;

#[derive(Clone, Debug)]
enum Step {
    Append(Vec<u8>),
    Reopen,
    /// Trim this many records from the end of what was appended.
    TrimAllBut(u64),
}

fn step() -> impl Strategy<Value = Step> {
    prop_oneof![
        6 => proptest::collection::vec(any::<u8>(), 0..300).prop_map(Step::Append),
        1 => Just(Step::Reopen),
        1 => (0..10_u64).prop_map(Step::TrimAllBut),
    ]
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(24))]

    #[test]
    fn the_log_is_a_list(steps in proptest::collection::vec(step(), 1..30)) {
        let dir = tempfile::tempdir().unwrap();
        let (mut wal, _) = open(dir.path(), small());
        let (mut list, mut trimmed) = (Vec::new(), 0);
        for step in steps {
            match step {
                Step::Append(record) => {
                    let seq = append(&wal, record.clone());
                    list.push((seq, record));
                    prop_assert_eq!(seq, list.len() as u64);
                }
                Step::Reopen => {
                    drop(wal);
                    let (reopened, recovery) = open(dir.path(), small());
                    prop_assert_eq!(recovery.last_seq, list.len() as u64);
                    prop_assert_eq!(recovery.truncated_bytes, 0);
                    wal = reopened;
                }
                Step::TrimAllBut(kept) => {
                    trimmed = trimmed.max((list.len() as u64).saturating_sub(kept));
                    wal.trim(trimmed).unwrap();
                }
            }
            let (records, damage) = read(&wal, trimmed);
            prop_assert_eq!(&records[..], &list[trimmed as usize..]);
            prop_assert!(damage.is_empty());
        }
    }
}
