//! Where the control data are: in `control.sqlite` in the data directory, or in the PostgreSQL of the catalog. `CONTROL`
//! in the directory says which. So what was lost is missed: a server that began anew would have no tokens, and be
//! open.

use crate::Error;
use crate::copy::copy;
use crate::database::Database;
use sqlx::postgres::PgConnectOptions;
use std::fs::{self, File, OpenOptions, Permissions};
use std::io::{self, ErrorKind, Write};
use std::os::unix::fs::{OpenOptionsExt, PermissionsExt};
use std::path::Path;

const FILE: &str = "control.sqlite";
/// What the file is called once its rows are in PostgreSQL.
const MOVED: &str = "control.sqlite.moved";
const MARK: &str = "CONTROL";
const MODE: u32 = 0o600;

/// The file in a directory; made if the directory never had control data.
pub(crate) async fn in_directory(directory: &Path) -> Result<Database, Error> {
    let path = directory.join(FILE);
    let mark = marked(directory)?;
    match mark.as_deref() {
        Some(FILE) if !has_file(directory) => return Err(lost(directory, FILE)),
        None | Some(FILE) => {}
        Some(place) => {
            let reason = format!(
                "the control data of this directory is in {place}: name that with --catalog"
            );
            return Err(misplaced(directory, reason));
        }
    }
    keep_private(&path).map_err(Error::file(&path))?;
    let database = Database::sqlite(&path).await?;
    if mark.is_none() {
        write_mark(directory, FILE)?;
    }
    Ok(database)
}

/// The tables in PostgreSQL, made if there are none. Those of `beside`, the directory of the server that uses them,
/// move there: when PostgreSQL has none yet.
pub(crate) async fn in_postgres(
    options: PgConnectOptions,
    shown: &str,
    beside: Option<&Path>,
) -> Result<Database, Error> {
    let database = Database::postgres(options, shown).await?;
    let Some(directory) = beside else {
        return Ok(database);
    };
    let mark = marked(directory)?;
    let (mut transaction, changes) = database.write().await?;
    let is_here = matches!(mark.as_deref(), None | Some(FILE)) && has_file(directory);
    match (changes, is_here) {
        (0, true) => {
            let path = directory.join(FILE);
            let file = Database::sqlite(&path).await?;
            let mut from = file.read().await?;
            copy(&mut from, &mut transaction).await?;
            transaction.commit().await?;
            drop(from);
            file.close().await;
            fs::rename(&path, directory.join(MOVED)).map_err(Error::file(&path))?;
        }
        (0, false) => {
            if let Some(place) = mark {
                return Err(lost(directory, &place));
            }
            // It has begun: from now on its tables are missed.
            transaction.commit().await?;
        }
        (_, true) => {
            let reason = format!(
                "there is control data in {shown} already, and this file is not read: `throughline token list` shows \
                 the tokens there; then move this file away"
            );
            return Err(misplaced(&directory.join(FILE), reason));
        }
        (_, false) => {}
    }
    write_mark(directory, shown)?;
    Ok(database)
}

/// A file with all that is in a database, in the place of none.
pub(crate) async fn copied(database: &Database, path: &Path) -> Result<(), Error> {
    keep_private(path).map_err(Error::file(path))?;
    let file = Database::sqlite(path).await?;
    let mut from = database.read().await?;
    let (mut to, _) = file.write().await?;
    copy(&mut from, &mut to).await?;
    to.commit().await?;
    file.close().await;
    Ok(())
}

fn has_file(directory: &Path) -> bool {
    fs::metadata(directory.join(FILE)).is_ok_and(|found| found.len() > 0)
}

fn marked(directory: &Path) -> Result<Option<String>, Error> {
    let path = directory.join(MARK);
    match fs::read_to_string(&path) {
        Ok(text) => Ok(Some(text.trim_end().to_owned())),
        Err(error) if error.kind() == ErrorKind::NotFound => Ok(None),
        Err(error) => Err(Error::file(&path)(error)),
    }
}

/// Whole or not at all, and durable.
fn write_mark(directory: &Path, place: &str) -> Result<(), Error> {
    let (path, temporary) = (directory.join(MARK), directory.join("CONTROL.tmp"));
    let written = || {
        let mut options = OpenOptions::new();
        options.create(true).truncate(true).write(true).mode(MODE);
        let mut file = options.open(&temporary)?;
        writeln!(file, "{place}")?;
        file.sync_all()?;
        fs::rename(&temporary, &path)?;
        File::open(directory)?.sync_all()
    };
    written().map_err(Error::file(&path))
}

fn lost(directory: &Path, place: &str) -> Error {
    let mark = directory.join(MARK);
    let reason = format!(
        "there is no control data, but {} says that it is in {place}. Without it there are no tokens: whoever reaches \
         the server could read and write everything. Put it back from a backup; or remove {MARK}, to begin without \
         tokens and without what is said of datasets",
        mark.display()
    );
    misplaced(directory, reason)
}

fn misplaced(place: &Path, reason: String) -> Error {
    Error::Misplaced {
        place: place.to_owned(),
        reason,
    }
}

/// Hashes are in it, no tokens; all the same it is nobody else's. A file that was copied has the mode of its copier.
fn keep_private(path: &Path) -> io::Result<()> {
    let file = OpenOptions::new()
        .create(true)
        .append(true)
        .mode(MODE)
        .open(path)?;
    let mode = file.metadata()?.permissions().mode();
    match mode & 0o777 {
        MODE => Ok(()),
        _ => file.set_permissions(Permissions::from_mode(MODE)),
    }
}
