//! A Python with packages: with DuckDB, by which the store's tests read what we write without us, and with the peers
//! of the storage benchmark, and with Axiom's client.

use std::path::PathBuf;
use std::process::Command;

use anyhow::{Context, Result};

use crate::shell;
use crate::stop::Stop;
use crate::workspace;

/// Tests and benchmarks take the Python that this variable names, and fail when it has not what they need.
pub(crate) const VARIABLE: &str = "THROUGHLINE_PYTHON";
/// A Python with some packages, in a folder of its own below the target folder.
#[derive(Debug)]
pub(crate) struct Python {
    pub(crate) folder: &'static str,
    pub(crate) packages: &'static [&'static str],
    /// Fails unless they are there.
    pub(crate) imports: &'static str,
}

/// DuckDB and the extensions that read a DuckLake whose catalog is in SQLite or PostgreSQL, with its files in a
/// directory or in an object store: for the tests.
pub(crate) const DUCKDB: Python = Python {
    folder: "duckdb-python",
    packages: &[
        "duckdb==1.5.5",
        "duckdb-extension-ducklake==1.5.5",
        "duckdb-extension-sqlite==1.5.5",
        "duckdb-extension-postgres==1.5.5",
        "duckdb-extension-httpfs==1.5.5",
    ],
    imports: "import duckdb, duckdb_extension_ducklake, duckdb_extension_sqlite, duckdb_extension_postgres, \
        duckdb_extension_httpfs; assert duckdb.__version__ == '1.5.5'",
};

/// DuckDB and ClickHouse, beside which the storage benchmark puts the store.
pub(crate) const PEERS: Python = Python {
    folder: "peers-python",
    packages: &["duckdb==1.5.5", "chdb==4.4.0", "chdb-core==26.9.0"],
    imports: "import duckdb, chdb; assert (duckdb.__version__, chdb.__version__) == ('1.5.5', '4.4.0')",
};

/// The Python that the person named, or one of our own. An error says what is missing; the tests can run without.
pub(crate) fn provide(wanted: &Python, stop: &Stop) -> Result<PathBuf> {
    if let Some(named) = std::env::var_os(VARIABLE) {
        return Ok(PathBuf::from(named));
    }
    own(wanted, stop)
}

/// One of our own, whatever the person named.
pub(crate) fn own(wanted: &Python, stop: &Stop) -> Result<PathBuf> {
    let folder = workspace::target()?.join(wanted.folder);
    let python = folder.join("bin/python");
    if is_whole(wanted, &python) {
        return Ok(python);
    }
    println!(
        "making a Python with {} in {}",
        wanted.packages.join(", "),
        workspace::shown(&folder)
    );
    let mut create = Command::new("python3");
    create.args(["-m", "venv", "--clear"]).arg(&folder);
    if let Err(error) = shell::run(&mut create, stop) {
        stop.check()?;
        install_venv(stop).context(error)?;
        shell::run(&mut create, stop)?;
    }
    let mut install = Command::new(&python);
    install.args([
        "-m",
        "pip",
        "install",
        "--quiet",
        "--disable-pip-version-check",
    ]);
    shell::run(install.args(wanted.packages), stop)?;
    anyhow::ensure!(
        is_whole(wanted, &python),
        "{} were installed but cannot be imported",
        wanted.packages.join(", ")
    );
    Ok(python)
}

fn is_whole(wanted: &Python, python: &PathBuf) -> bool {
    shell::read(Command::new(python).args(["-c", wanted.imports])).is_ok()
}

/// Debian keeps `venv` in a package of its own.
fn install_venv(stop: &Stop) -> Result<()> {
    if !shell::may_install() {
        anyhow::bail!(
            "`python3 -m venv` does not work here: install it (on Debian or Ubuntu `sudo apt-get install \
             python3-venv`) and try again"
        );
    }
    shell::apt_install("python3-venv", stop)
}
