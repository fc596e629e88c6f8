//! Axiom's own clients, unmodified, against a server that asks for tokens: `e2e/clients/`. Each program there asserts
//! every value that it sees.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::Duration;

use anyhow::{Context, Result};

use crate::python::{self, Python};
use crate::stack::lines;
use crate::stack::process::{Process, Spec};
use crate::steps::Steps;
use crate::stop::Stop;
use crate::{npm, programs, shell, workspace};

/// A server that is not ready after this long never will be.
const READY_MAX: Duration = Duration::from_secs(30);

/// The newest axiom-py, and the last that asks for the legacy answer.
const PYTHONS: [Python; 2] = [
    Python {
        folder: "axiom-python",
        packages: &["axiom-py==0.15.0"],
        imports: "from axiom_py.version import __version__ as v; assert v == '0.15.0'",
    },
    Python {
        folder: "axiom-python-0.13",
        packages: &["axiom-py==0.13.0"],
        imports: "from axiom_py.version import __version__ as v; assert v == '0.13.0'",
    },
];

/// A server of one's own, with an empty directory.
struct Server {
    process: Process,
    url: String,
    /// May do everything.
    token: String,
}

/// Builds the program, starts it, runs each client and ends it.
pub(crate) fn run(steps: &mut Steps, stop: &Stop) -> Result<()> {
    let folder = workspace::root().join("e2e");
    steps.step("clients: install", || {
        npm::require()?;
        npm::install(&folder, stop)
    })?;
    let mut started = None;
    steps.step("clients: server", || {
        let program = programs::build(stop)?.throughline;
        started = Some(start(&program, stop)?);
        Ok(())
    })?;
    let server = started.context("the server was not started")?;
    let clients = folder.join("clients");
    let node = |name: &str| {
        let mut node = Command::new("node");
        shell::run(server.asked_by(node.arg(clients.join(name))), stop)
    };
    steps.step("clients: @axiomhq/js", || node("javascript.mjs"))?;
    steps.step("clients: Grafana", || node("grafana.mjs"))?;
    let [newest, legacy] = &PYTHONS;
    for (step, python) in [
        ("clients: axiom-py", newest),
        ("clients: axiom-py 0.13", legacy),
    ] {
        steps.step(step, || {
            let mut program = Command::new(python::own(python, stop)?);
            program.args(["-B", "-W", "ignore"]);
            shell::run(
                server.asked_by(program.arg(clients.join("python.py"))),
                stop,
            )
        })?;
    }
    steps.step("clients: axiom-rs", || {
        let manifest = clients.join("rust").join("Cargo.toml");
        let mut cargo = shell::cargo(&["run", "--quiet", "--locked", "--manifest-path"]);
        cargo.arg(manifest).args(["--target-dir"]);
        cargo.arg(workspace::target()?.join("axiom-rs")).arg("--");
        shell::run(server.asked_by(&mut cargo), stop)
    })
}

impl Server {
    /// A program with the server's address and the token as its arguments.
    fn asked_by<'a>(&self, program: &'a mut Command) -> &'a mut Command {
        shell::past_the_proxy(program);
        program.args([&self.url, &self.token])
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        self.process.kill();
    }
}

fn start(program: &Path, stop: &Stop) -> Result<Server> {
    let folder = empty_folder()?;
    let data = folder.join("data").display().to_string();
    let mut create = Command::new(program);
    create.args(["token", "create", "clients", "--can", "ingest,query,manage"]);
    let token = shell::read(create.args(["--data", &data]))?;
    let mut arguments = vec!["serve", "--data", &data];
    for door in ["--listen", "--otlp-http", "--otlp-grpc"] {
        arguments.extend([door, "127.0.0.1:0"]);
    }
    let spec = Spec {
        name: "throughline".to_owned(),
        program: program.to_owned(),
        arguments: arguments.into_iter().map(str::to_owned).collect(),
        environment: Vec::new(),
    };
    let mut server = Server {
        process: Process::start(&spec, &folder)?,
        url: String::new(),
        token: token.trim().to_owned(),
    };
    let ready = |output: &str| lines::ready(3, output);
    let process = &mut server.process;
    let urls = process.wait_for("where it listens", READY_MAX, stop, ready)?;
    server.url = urls
        .into_iter()
        .next()
        .context("the server has no address")?;
    Ok(server)
}

/// Data and log of the last run lie in the target folder until the next.
fn empty_folder() -> Result<PathBuf> {
    let folder = workspace::target()?.join("clients");
    if folder.exists() {
        fs::remove_dir_all(&folder)
            .with_context(|| format!("could not empty {}", folder.display()))?;
    }
    fs::create_dir_all(&folder)
        .with_context(|| format!("could not create {}", folder.display()))?;
    Ok(folder)
}
