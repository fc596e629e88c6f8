//! Which data files a compaction would merge.

use throughline_store::{Candidate, Target, plan};

const TARGET: Target = Target {
    rows: 1024,
    bytes: 1_024_000,
    window_nanos: 100,
};

/// Files of so many rows, one behind the other; `|` begins a new window, `!` is to be left alone, `b` are
/// thousands of bytes in the place of rows.
fn files(text: &str) -> Vec<Candidate> {
    let (mut files, mut window) = (Vec::new(), 0);
    for (number, word) in (1..).zip(text.split_whitespace()) {
        let word = word
            .strip_prefix('|')
            .inspect(|_| window += 1)
            .unwrap_or(word);
        let (word, is_left) = word
            .strip_suffix('!')
            .map_or((word, false), |word| (word, true));
        let (rows, bytes) = match word.strip_suffix('b') {
            Some(bytes) => (1, bytes.parse::<u64>().unwrap() * 1000),
            None => (word.parse().unwrap(), 1),
        };
        files.push(Candidate {
            id: number,
            first_seq: number as u64 * 10,
            last_seq: number as u64 * 10 + 9,
            rows,
            bytes,
            newest_nanos: (!is_left).then_some(window * 100 + 50),
        });
    }
    files
}

#[test]
fn what_is_merged() {
    let cases: &[(&str, &[&[i64]])] = &[
        ("", &[]),
        ("10", &[]),
        ("10 10 10", &[]),
        ("10 10 10 10", &[&[1, 2, 3, 4]]),
        ("10 9 9 9", &[&[1, 2, 3, 4]]),
        ("40 10 10 10 10", &[&[2, 3, 4, 5]]),
        // All of it at once where the large ones may grow, too.
        ("40 40 40 10 10 10 10", &[&[1, 2, 3, 4, 5, 6, 7]]),
        ("40 10 40 10 40 10 40", &[&[1, 2, 3, 4, 5, 6, 7]]),
        // Done, or nearly.
        ("1000 1000 1000 1000", &[]),
        ("257 257 257 257", &[]),
        ("256 256 256 256", &[&[1, 2, 3, 4]]),
        ("200 200 200 200 200 200", &[&[1, 2, 3, 4, 5]]),
        // Nothing will come between or behind these any more.
        ("10 10 300", &[&[1, 2]]),
        ("10 300 10 10 300 10 10", &[&[3, 4]]),
        ("10 10 |10 10", &[&[1, 2]]),
        ("10 |10 |10 |10 |10", &[]),
        (
            "200 200 200 200 200 200 200 |10",
            &[&[1, 2, 3, 4, 5], &[6, 7]],
        ),
        ("10 10! 10 10 10 10", &[&[3, 4, 5, 6]]),
        ("10 10 10 10!", &[&[1, 2, 3]]),
        // By bytes.
        ("10b 10b 10b 10b", &[&[1, 2, 3, 4]]),
        ("300b 300b 300b 300b", &[]),
    ];
    for (text, merges) in cases {
        let merges: Vec<Vec<i64>> = merges.iter().map(|merge| merge.to_vec()).collect();
        assert_eq!(plan(files(text), &TARGET), merges, "{text}");
    }
}

#[test]
fn files_whose_ranges_overlap_are_no_neighbours() {
    let mut overlapping = files("10 10 10 10 10");
    overlapping[2].first_seq = 25;
    assert_eq!(plan(overlapping, &TARGET), [vec![1, 2]]);
}

#[test]
fn the_order_of_the_catalog_does_not_matter() {
    let mut shuffled = files("10 10 10 10");
    shuffled.swap(0, 3);
    assert_eq!(plan(shuffled, &TARGET), [vec![1, 2, 3, 4]]);
}

/// Flushes of all sizes, for a long time: few files, few rewrites, and an end.
#[test]
fn few_files_and_few_rewrites() {
    for (sizes, rewrites_max) in [
        (&[1][..], 6),
        (&[1, 7], 6),
        (&[90, 1, 1, 1], 5),
        (&[1, 2, 4, 8, 16, 32, 64, 128, 64, 32, 16, 8, 4, 2], 5),
        (&[260], 0),
    ] {
        let (mut live, mut written, mut flushed, mut merges) = (Vec::new(), 0, 0, 0);
        for number in 1..=2000_u64 {
            let rows = sizes[number as usize % sizes.len()];
            flushed += rows;
            live.push(Candidate {
                id: number as i64,
                first_seq: number,
                last_seq: number,
                rows,
                bytes: 1,
                newest_nanos: Some(number as i64 / 4),
            });
            while let Some(merge) = plan(live.clone(), &TARGET).first() {
                let (merged, rest): (Vec<_>, Vec<_>) =
                    live.into_iter().partition(|file| merge.contains(&file.id));
                let rows: u64 = merged.iter().map(|file| file.rows).sum();
                assert!(merged.len() > 1 && rows <= TARGET.rows, "{merged:?}");
                written += rows;
                live = rest;
                merges -= 1;
                live.push(Candidate {
                    id: merges,
                    first_seq: merged[0].first_seq,
                    last_seq: merged.iter().map(|file| file.last_seq).max().unwrap(),
                    rows,
                    bytes: 1,
                    newest_nanos: merged.iter().filter_map(|file| file.newest_nanos).max(),
                });
                live.sort_by_key(|file| file.first_seq);
            }
        }
        let rows: u64 = live.iter().map(|file| file.rows).sum();
        assert_eq!(rows, flushed, "{sizes:?}");
        assert!(
            written <= rewrites_max * flushed,
            "{sizes:?}: {written} of {flushed}"
        );
        // One of a quarter of the target is done. Besides, a few of each window and of the newest.
        let files_max = match sizes {
            [260] => 2000,
            _ => 12 + 3 * (2000 / 400) + 4 * flushed as usize / TARGET.rows as usize,
        };
        assert!(live.len() <= files_max, "{sizes:?}: {} files", live.len());
    }
}
