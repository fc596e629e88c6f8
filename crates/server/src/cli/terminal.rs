//! Text that cannot steer a terminal. Spans hold what anybody wrote: an escape sequence in a span's name
//! must not move the cursor, retitle the window or forge a line.

use std::borrow::Cow;
use std::io::{self, IsTerminal, Write};

/// `text` on one line, without control characters (C0, C1, DEL) and without the marks that turn the
/// direction of writing.
pub(super) fn plain(text: &str) -> Cow<'_, str> {
    let is_control = |c: char| {
        c.is_control()
            || matches!(c, '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
    };
    if !text.contains(is_control) {
        return Cow::Borrowed(text);
    }
    let kept = text.chars().filter_map(|c| match c {
        '\n' | '\t' | '\r' => Some(' '),
        c if is_control(c) => None,
        c => Some(c),
    });
    Cow::Owned(kept.collect())
}

/// Writes to stdout, all of it, now.
pub(super) fn write(text: &str) -> io::Result<()> {
    let mut out = io::stdout().lock();
    out.write_all(text.as_bytes())?;
    out.flush()
}

/// Says on stderr what went wrong.
pub(super) fn complain(message: &str) {
    // Nobody is left to tell when stderr is gone.
    let _ = writeln!(io::stderr().lock(), "throughline: {message}");
}

/// The width of the terminal that stdout is; none where there is no terminal to fit.
pub(super) fn width() -> Option<usize> {
    let (width, _) = terminal_size::terminal_size()?;
    let is_terminal = io::stdout().is_terminal();
    is_terminal.then_some(usize::from(width.0))
}

/// Writes over the line of stderr that the last call wrote; nothing takes it away. Only for a terminal.
pub(super) fn write_over(line: &str) {
    let mut out = io::stderr().lock();
    // Nobody is left to tell when stderr is gone.
    let _ = write!(out, "\r{line}\x1b[K").and_then(|()| out.flush());
}
