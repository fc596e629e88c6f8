//! Real servers, each a test's own: started in a folder of its own behind a socket in it, so that no two
//! tests meet at a port, and ended with the test.

use std::future::Future;
use std::os::unix::fs::PermissionsExt;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::Duration;

use rustix::process::{Pid, Signal, geteuid, kill_process};
use tempfile::TempDir;

const ATTEMPTS_MAX: u32 = 400;
const BETWEEN_ATTEMPTS: Duration = Duration::from_millis(25);

/// A server and the folder it lives in.
pub(crate) struct Server {
    process: Child,
    stop: Signal,
    folder: TempDir,
}

impl Server {
    /// A file in its folder.
    pub(crate) fn path(&self, file: &str) -> String {
        self.folder.path().join(file).to_str().unwrap().to_owned()
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        let id = Pid::from_child(&self.process);
        // It may have ended by itself, and then a test has failed already.
        let _ = kill_process(id, self.stop);
        let _ = self.process.wait();
    }
}

/// A Redis that answers, and its URL.
pub(crate) async fn redis() -> (Server, String) {
    let folder = TempDir::new().unwrap();
    let mut command = Command::new("redis-server");
    command.current_dir(folder.path());
    command.args(["--port", "0", "--unixsocket", "redis.sock"]);
    command.args(["--save", "", "--appendonly", "no"]);
    let server = Server {
        process: start(&mut command, "redis-server"),
        stop: Signal::KILL,
        folder,
    };
    let url = format!("redis+unix://{}", server.path("redis.sock"));
    let client = redis::Client::open(url.as_str()).unwrap();
    answers(|| client.get_multiplexed_async_connection()).await;
    (server, url)
}

/// A PostgreSQL that answers, and the URL of its database `postgres`.
pub(crate) async fn postgres() -> (Server, String) {
    let folder = TempDir::new().unwrap();
    let everybody = std::fs::Permissions::from_mode(0o777);
    std::fs::set_permissions(folder.path(), everybody).unwrap();
    let data = folder.path().join("data");
    let made = quiet(postgres_program("initdb").arg("-D").arg(&data))
        .args(["--username=postgres", "--auth=trust", "--no-sync"])
        .status();
    let made = made.unwrap_or_else(|error| panic!("{}", missing("initdb", "postgresql", &error)));
    assert!(made.success(), "initdb: {made}");
    let mut command = postgres_program("postgres");
    command.arg("-D").arg(&data).arg("-k").arg(folder.path());
    command.args(["-c", "listen_addresses=", "-c", "fsync=off"]);
    let server = Server {
        process: start(&mut command, "postgresql"),
        stop: Signal::QUIT,
        folder,
    };
    let folder = server.path("").replace('/', "%2F");
    let url = format!("postgres://postgres:unused-password@{folder}/postgres");
    answers(|| sqlx::PgPool::connect(&url)).await;
    (server, url)
}

/// PostgreSQL refuses to run as root; then it runs as the user whom its package makes. `setpriv` becomes
/// the program, so that the process's id is the server's.
fn postgres_program(name: &str) -> Command {
    let program = postgres_folder().join(name);
    if !geteuid().is_root() {
        return Command::new(program);
    }
    let mut command = Command::new("setpriv");
    command.args(["--reuid=postgres", "--regid=postgres", "--clear-groups"]);
    command.arg(program);
    command
}

/// Debian keeps the programs out of the path. Elsewhere they are in it.
fn postgres_folder() -> PathBuf {
    let versions = std::fs::read_dir("/usr/lib/postgresql")
        .into_iter()
        .flatten();
    let folders = versions.flatten().map(|version| version.path().join("bin"));
    let found = folders
        .filter(|folder| folder.join("postgres").exists())
        .max();
    assert!(
        found.is_some() || !Path::new("/etc/debian_version").exists(),
        "could not find PostgreSQL: install the package `postgresql`"
    );
    found.unwrap_or_default()
}

fn start(command: &mut Command, package: &str) -> Child {
    let program = command.get_program().to_string_lossy().into_owned();
    quiet(command)
        .spawn()
        .unwrap_or_else(|error| panic!("{}", missing(&program, package, &error)))
}

fn quiet(command: &mut Command) -> &mut Command {
    command
        .stdin(Stdio::null())
        .stdout(Stdio::null())
        .stderr(Stdio::null())
}

fn missing(program: &str, package: &str, error: &std::io::Error) -> String {
    format!("could not run {program}: install the package `{package}` ({error})")
}

/// Tries until `connect` succeeds; the last failure fails the test.
async fn answers<T, E, F>(connect: impl Fn() -> F)
where
    E: std::fmt::Display,
    F: Future<Output = Result<T, E>>,
{
    for _ in 1..ATTEMPTS_MAX {
        if connect().await.is_ok() {
            return;
        }
        tokio::time::sleep(BETWEEN_ATTEMPTS).await;
    }
    if let Err(error) = connect().await {
        panic!("the server does not answer: {error}");
    }
}
