//! A Python with DuckDB, by which the store's tests read what we write without us.

use std::path::PathBuf;
use std::process::Command;

use anyhow::{Context, Result};

use crate::shell;
use crate::stop::Stop;
use crate::workspace;

/// The tests take the Python that this variable names, and fail when it has no DuckDB.
pub(crate) const VARIABLE: &str = "THROUGHLINE_PYTHON";
/// DuckDB and the two extensions that read a DuckLake whose catalog is in SQLite.
const PACKAGES: [&str; 3] = [
    "duckdb==1.5.5",
    "duckdb-extension-ducklake==1.5.5",
    "duckdb-extension-sqlite==1.5.5",
];
const IMPORTS: &str = "import duckdb, duckdb_extension_ducklake, duckdb_extension_sqlite; \
    assert duckdb.__version__ == '1.5.5'";

/// The Python that the person named, or one of our own below the target folder. An error says what is
/// missing; the tests can run without.
pub(crate) fn provide(stop: &Stop) -> Result<PathBuf> {
    if let Some(named) = std::env::var_os(VARIABLE) {
        return Ok(PathBuf::from(named));
    }
    let folder = workspace::target()?.join("duckdb-python");
    let python = folder.join("bin/python");
    if has_duckdb(&python) {
        return Ok(python);
    }
    println!(
        "making a Python with DuckDB in {}",
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
    shell::run(install.args(PACKAGES), stop)?;
    anyhow::ensure!(
        has_duckdb(&python),
        "DuckDB was installed but cannot be imported"
    );
    Ok(python)
}

fn has_duckdb(python: &PathBuf) -> bool {
    shell::read(Command::new(python).args(["-c", IMPORTS])).is_ok()
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
