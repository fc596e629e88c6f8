//! A PostgreSQL of a test's own: in a folder of its own behind a socket in it, and ended with the test. One that
//! others reach by TCP may have a certificate.

use rustix::process::{Pid, Signal, geteuid, kill_process};
use std::io::{BufRead, BufReader};
use std::net::{Ipv4Addr, TcpListener};
use std::os::unix::fs::{MetadataExt, PermissionsExt, chown};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use tempfile::TempDir;

/// What connects without a test's permission is refused.
pub(crate) const PASSWORD: &str = "pass@word:of/ours";
pub(crate) const PASSWORD_IN_URL: &str = "pass%40word%3Aof%2Fours";
/// Its last word before it answers.
const READY: &str = "database system is ready to accept connections";

#[derive(Debug)]
pub(crate) struct Postgres {
    process: Child,
    folder: TempDir,
    /// Of its socket, too.
    port: u16,
}

impl Postgres {
    pub(crate) async fn start() -> Self {
        Self::start_with(5432, |_, command| {
            command.args(["-c", "listen_addresses="]);
        })
        .await
    }

    /// At a port of this machine; with a certificate and its key, or without.
    pub(crate) async fn start_at_a_port(tls: Option<(&str, &str)>) -> Self {
        // Free now, and nobody else is given it so soon.
        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).unwrap();
        let port = listener.local_addr().unwrap().port();
        drop(listener);
        let started = Self::start_with(port, |data, command| {
            command.args(["-c", "listen_addresses=127.0.0.1"]);
            if let Some((certificate, key)) = tls {
                let owner = std::fs::metadata(data).unwrap();
                for (name, content) in [("server.crt", certificate), ("server.key", key)] {
                    let path = data.join(name);
                    std::fs::write(&path, content).unwrap();
                    let nobody_else = std::fs::Permissions::from_mode(0o600);
                    std::fs::set_permissions(&path, nobody_else).unwrap();
                    chown(&path, Some(owner.uid()), Some(owner.gid())).unwrap();
                }
                command.args(["-c", "ssl=on"]);
            }
        });
        started.await
    }

    async fn start_with(port: u16, adjust: impl FnOnce(&Path, &mut Command)) -> Self {
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
        command.args(["-c", "fsync=off", "-p", &port.to_string()]);
        command.args(["-c", "lc_messages=C"]);
        adjust(&data, &mut command);
        let process = quiet(&mut command).stderr(Stdio::piped()).spawn();
        let mut process = process.unwrap_or_else(|error| panic!("{MISSING} ({error})"));
        wait_until_ready(&mut process);
        Self {
            process,
            folder,
            port,
        }
    }

    /// With the password.
    pub(crate) fn text(&self) -> String {
        let folder = self.folder().replace('/', "%2F");
        self.text_at(&folder)
    }

    /// At another name of its machine.
    pub(crate) fn text_at(&self, host: &str) -> String {
        let port = self.port;
        format!("postgres://postgres:{PASSWORD_IN_URL}@{host}:{port}/postgres")
    }

    /// Where its socket is.
    pub(crate) fn folder(&self) -> String {
        self.folder.path().to_str().unwrap().to_owned()
    }

    /// Whether the connections of a store are encrypted, all of them.
    pub(crate) async fn are_encrypted(&self) -> bool {
        let pool = sqlx::PgPool::connect(&self.text()).await.unwrap();
        let all = "SELECT bool_and(ssl) FROM pg_stat_ssl JOIN pg_stat_activity USING (pid) WHERE application_name = 'throughline'";
        let all = sqlx::query_scalar(all).fetch_one(&pool).await.unwrap();
        pool.close().await;
        all
    }

    /// Runs statements as somebody else.
    pub(crate) async fn run(&self, statements: impl Into<String>) {
        let pool = sqlx::PgPool::connect(&self.text()).await.unwrap();
        let statements = sqlx::AssertSqlSafe(statements.into());
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
