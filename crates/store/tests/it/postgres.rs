//! A PostgreSQL of a test's own: in a folder of its own behind a socket in it, and ended with the test.

use rustix::process::{Pid, Signal, geteuid, kill_process};
use std::io::{BufRead, BufReader};
use std::os::unix::fs::PermissionsExt;
use std::path::PathBuf;
use std::process::{Child, Command, Stdio};
use tempfile::TempDir;
use throughline_store::CatalogUrl;

/// What connects without a test's permission is refused.
pub(crate) const PASSWORD: &str = "pass@word:of/ours";
pub(crate) const PASSWORD_IN_URL: &str = "pass%40word%3Aof%2Fours";
/// Its last word before it answers.
const READY: &str = "database system is ready to accept connections";

#[derive(Debug)]
pub(crate) struct Postgres {
    process: Child,
    folder: TempDir,
}

impl Postgres {
    pub(crate) async fn start() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let everybody = std::fs::Permissions::from_mode(0o777);
        std::fs::set_permissions(folder.path(), everybody).unwrap();
        let data = folder.path().join("data");
        let password = folder.path().join("password");
        std::fs::write(&password, PASSWORD).unwrap();
        let made = quiet(program("initdb").arg("-D").arg(&data))
            .args(["--username=postgres", "--auth=scram-sha-256", "--no-sync"])
            .arg(format!("--pwfile={}", password.display()))
            .status();
        let made = made.unwrap_or_else(|error| panic!("{MISSING} ({error})"));
        assert!(made.success(), "initdb: {made}");
        let mut command = program("postgres");
        command.arg("-D").arg(&data).arg("-k").arg(folder.path());
        command.args(["-c", "listen_addresses=", "-c", "fsync=off"]);
        command.args(["-c", "lc_messages=C"]);
        let process = quiet(&mut command).stderr(Stdio::piped()).spawn();
        let mut process = process.unwrap_or_else(|error| panic!("{MISSING} ({error})"));
        wait_until_ready(&mut process);
        Self { process, folder }
    }

    /// With the password.
    pub(crate) fn text(&self) -> String {
        let folder = self.folder().replace('/', "%2F");
        format!("postgres://postgres:{PASSWORD_IN_URL}@{folder}/postgres")
    }

    pub(crate) fn url(&self) -> CatalogUrl {
        CatalogUrl::new(self.text()).unwrap()
    }

    /// Where its socket is.
    pub(crate) fn folder(&self) -> String {
        self.folder.path().to_str().unwrap().to_owned()
    }

    /// Runs statements as somebody else.
    pub(crate) async fn run(&self, statements: &'static str) {
        let pool = sqlx::PgPool::connect(&self.text()).await.unwrap();
        sqlx::raw_sql(statements).execute(&pool).await.unwrap();
        pool.close().await;
    }
}

impl Drop for Postgres {
    fn drop(&mut self) {
        // It may have ended by itself, and then a test has failed already.
        let _ = kill_process(Pid::from_child(&self.process), Signal::QUIT);
        let _ = self.process.wait();
    }
}

/// However long that takes.
fn wait_until_ready(process: &mut Child) {
    let mut said = BufReader::new(process.stderr.take().unwrap());
    let mut line = String::new();
    while !line.contains(READY) {
        line.clear();
        let read = said.read_line(&mut line).unwrap();
        assert!(read > 0, "PostgreSQL ended before it was ready");
    }
    // Nobody listens any more, but it has to be able to speak.
    std::thread::spawn(move || std::io::copy(&mut said, &mut std::io::sink()));
}

const MISSING: &str = "could not run PostgreSQL: install the package `postgresql`";

/// PostgreSQL refuses to run as root; then it runs as the user whom its package makes. `setpriv` becomes the
/// program, so that the process's id is the server's. Debian keeps the programs out of the path.
fn program(name: &str) -> Command {
    let versions = std::fs::read_dir("/usr/lib/postgresql")
        .into_iter()
        .flatten();
    let folders = versions.flatten().map(|version| version.path().join("bin"));
    let folder = folders
        .filter(|folder| folder.join("postgres").exists())
        .max();
    let program: PathBuf = folder.unwrap_or_default().join(name);
    if !geteuid().is_root() {
        return Command::new(program);
    }
    let mut command = Command::new("setpriv");
    command.args(["--reuid=postgres", "--regid=postgres", "--clear-groups"]);
    command.arg(program);
    command
}

fn quiet(command: &mut Command) -> &mut Command {
    command
        .stdin(Stdio::null())
        .stdout(Stdio::null())
        .stderr(Stdio::null())
}
