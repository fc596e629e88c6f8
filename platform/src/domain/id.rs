//! Ids: random, sortable by age, with a prefix that says what they name (`bkg_0199…`). The one door for
//! chance in names.

pub(crate) fn booking() -> String {
    new("bkg")
}

pub(crate) fn charge() -> String {
    new("chg")
}

pub(crate) fn earning() -> String {
    new("ern")
}

pub(crate) fn job() -> String {
    new("job")
}

pub(crate) fn message() -> String {
    new("msg")
}

pub(crate) fn refund() -> String {
    new("rfd")
}

pub(crate) fn user() -> String {
    new("usr")
}

fn new(prefix: &str) -> String {
    format!("{prefix}_{}", uuid::Uuid::now_v7().simple())
}
