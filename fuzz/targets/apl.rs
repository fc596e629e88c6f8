//! Any text as a query: read into a tree, or refused with what is wrong and where; and never a panic.

#![no_main]

use libfuzzer_sys::fuzz_target;

fuzz_target!(|input: &[u8]| {
    let text = String::from_utf8_lossy(input);
    let found = throughline_apl::unreadable(&text);
    let mut last_start = 0;
    for diagnostic in found {
        let range = diagnostic.range;
        assert!(text.get(range.clone()).is_some(), "{range:?}");
        assert!(range.start >= last_start, "the order of the text");
        last_start = range.start;
        assert!(!diagnostic.message.is_empty());
        let line = text.split('\n').nth(diagnostic.line - 1);
        let letters = line.map(|line| line.chars().count());
        assert!(letters.is_some_and(|letters| diagnostic.column <= letters + 1));
    }
});
