//! Bugs that the judge plants, to show that it would see them.
//!
//! The program that is shipped has none of them: without `cfg(planted)` — which `THROUGHLINE_PLANTED=1`
//! turns on when this crate is built — `bug` is a constant `false` and the compiler drops what it guards.
//! In a judge's build `THROUGHLINE_BUG=<name>` chooses one bug for the process.

/// Whether the bug of this name is planted in this process.
#[cfg(not(planted))]
#[inline(always)]
pub const fn bug(_name: &str) -> bool {
    false
}

/// Whether the bug of this name is planted in this process.
#[cfg(planted)]
pub fn bug(name: &str) -> bool {
    use std::sync::LazyLock;
    static CHOSEN: LazyLock<Option<String>> =
        LazyLock::new(|| std::env::var("THROUGHLINE_BUG").ok());
    CHOSEN.as_deref() == Some(name)
}
