//! A clock that runs faster for the server and for nobody else: an hour of retention, of snapshots, of files that
//! wait for their deletion goes by in a minute and a half. By `faketime`, a program of Debian's.

use std::process::{Command, Stdio};

/// So much faster. A server that looks at the clock once a second sees no leap in that.
pub(crate) const TIMES: u32 = 40;

/// Whether there is such a clock here.
pub(crate) fn is_there() -> bool {
    let mut faketime = Command::new("faketime");
    faketime.arg("--version").stdout(Stdio::null());
    let status = faketime.stderr(Stdio::null()).status();
    status.is_ok_and(|status| status.success())
}

/// What comes before a program's own command line. The times of files stay as they are, and so does what the
/// program waits by.
pub(crate) fn line() -> Vec<String> {
    let times = format!("+0 x{TIMES}");
    let words = [
        "env",
        "NO_FAKE_STAT=1",
        "faketime",
        "--exclude-monotonic",
        "-m",
        "-f",
        &times,
    ];
    words.map(str::to_owned).to_vec()
}
