//! A child process that prints one word when it is ready and ends when its standard input is closed. So
//! none outlives its parent, whatever becomes of that.

use std::io::{BufRead as _, BufReader, Read as _};
use std::process::{Child, ChildStdout, Command, Stdio};

/// Before the lines meant for the parent: a service writes its log to the same place.
const MARK: &str = "said ";

#[derive(Debug)]
pub(crate) struct Running {
    child: Child,
    output: BufReader<ChildStdout>,
    /// What it said first.
    pub(crate) address: String,
}

impl Running {
    /// Starts this program again with `arguments` and waits until it is ready.
    pub(crate) fn start(arguments: &[&str]) -> Self {
        let mut child = Command::new(std::env::current_exe().unwrap())
            .args(arguments)
            // A proxy would be asked for this machine's own addresses.
            .env("NO_PROXY", "127.0.0.1")
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .unwrap();
        let mut output = BufReader::new(child.stdout.take().unwrap());
        let address = next(&mut output).expect("the child says where it is");
        Self {
            child,
            output,
            address,
        }
    }

    pub(crate) fn id(&self) -> u32 {
        self.child.id()
    }

    /// Has it end; what it says until then, line by line.
    pub(crate) fn end(mut self) -> Vec<String> {
        drop(self.child.stdin.take());
        let said = std::iter::from_fn(|| next(&mut self.output)).collect();
        self.child.wait().unwrap();
        said
    }
}

fn next(output: &mut impl std::io::BufRead) -> Option<String> {
    output
        .lines()
        .map_while(Result::ok)
        .find_map(|line| line.strip_prefix(MARK).map(str::to_owned))
}

/// The child's side: a line for the parent.
pub(crate) fn say(text: &str) {
    println!("{MARK}{text}");
}

/// The child's side: blocks until the parent wants an end.
pub(crate) fn wait_for_end() {
    let _ = std::io::stdin().read_to_end(&mut Vec::new());
}
