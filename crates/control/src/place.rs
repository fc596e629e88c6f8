//! Where the control data are: in `control.sqlite` in the data directory, or in the PostgreSQL of the catalog. `CONTROL`
//! in the directory says which. So what was lost is missed: a server that began anew would have no tokens, and be
//! open.

use crate::Error;
use crate::copy::copy;
use crate::database::Database;
use crate::state::State;
use sqlx::postgres::PgConnectOptions;
use std::fs::{self, File, OpenOptions, Permissions};
use std::io::{self, ErrorKind, Write};
use std::os::unix::fs::{OpenOptionsExt, PermissionsExt};
use std::path::{Path, PathBuf};

const FILE: &str = "control.sqlite";
/// What the file is called once its rows are in PostgreSQL.
const MOVED: &str = "control.sqlite.moved";
const MARK: &str = "CONTROL";
const MODE: u32 = 0o600;

/// Whether there are control data in a directory, or ever were.
pub fn is_there(directory: &Path) -> bool {
    [FILE, MARK].iter().any(|it| directory.join(it).exists())
}

/// Where the file of a directory is, if it has one.
pub(crate) fn file(directory: &Path) -> PathBuf {
    directory.join(FILE)
}

/// The file in a directory; made if the directory never had control data.
pub(crate) async fn in_directory(directory: &Path) -> Result<Database, Error> {
    let path = file(directory);
    let mark = here(directory)?;
    keep_private(&path).map_err(Error::file(&path))?;
    let database = Database::sqlite(&path).await?;
    if mark.is_none() {
        write_mark(directory, FILE)?;
    }
    Ok(database)
}

/// The mark of a directory whose control data are not elsewhere, nor lost.
fn here(directory: &Path) -> Result<Option<String>, Error> {
    let mark = marked(directory)?;
    match mark.as_deref() {
        Some(FILE) if !has_file(directory) => Err(lost(directory, FILE)),
        None | Some(FILE) => Ok(mark),
        Some(place) => {
            let reason = format!(
                "the control data of this directory is in {place}: name that with --catalog"
            );
            Err(misplaced(directory, reason))
        }
    }
}

/// What there is of control data, of a directory whose catalog is in PostgreSQL.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Found {
    /// None, and there never was.
    Nothing,
    /// The file: the server's next start moves it.
    File,
    Tables,
    /// Of which the file is not read.
    Both,
}

/// Control data as they are, for who reads all of it.
pub(crate) enum Source {
    File(PathBuf),
    Tables(Database),
}

/// The tables in PostgreSQL for the server of a directory, made if there are none. The file in the directory moves there:
/// when PostgreSQL has none yet.
pub(crate) async fn for_server(
    options: PgConnectOptions,
    shown: &str,
    directory: &Path,
) -> Result<Database, Error> {
    let database = Database::postgres(options, shown).await?;
    let (mut transaction, changes) = database.write().await?;
    match find(changes, directory)? {
        Found::Nothing => {
            // It has begun: from now on its tables are missed.
            transaction.commit().await?;
        }
        Found::File => {
            let path = file(directory);
            let before = Database::sqlite(&path).await?;
            let mut from = before.read().await?;
            copy(&mut from, &mut transaction).await?;
            transaction.commit().await?;
            drop(from);
            before.close().await;
            fs::rename(&path, directory.join(MOVED)).map_err(Error::file(&path))?;
        }
        Found::Tables => {}
        Found::Both => return Err(both(shown, directory)),
    }
    write_mark(directory, shown)?;
    Ok(database)
}

/// The tables for who changes something and is no server; made if there never were any.
pub(crate) async fn for_changes(
    options: PgConnectOptions,
    shown: &str,
    directory: &Path,
) -> Result<Database, Error> {
    let looked = Database::postgres_as_it_is(options.clone());
    let found = find(looked.changes_ever().await?, directory)?;
    looked.close().await;
    if found == Found::File {
        let reason = format!("the server's next start moves this file to {shown}: start it first");
        return Err(misplaced(&directory.join(FILE), reason));
    }
    Database::postgres(options, shown).await
}

/// What there is to look at; nothing is made, upgraded or moved. `None` when there never was any.
pub(crate) async fn to_look_at(
    tables: Option<PgConnectOptions>,
    directory: &Path,
) -> Result<Option<Database>, Error> {
    let Some(options) = tables else {
        here(directory)?;
        let path = file(directory);
        return match has_file(directory) {
            false => Ok(None),
            true => Database::sqlite_as_it_is(&path).await.map(Some),
        };
    };
    let database = Database::postgres_as_it_is(options);
    match find(database.changes_ever().await?, directory)? {
        Found::Nothing => Ok(None),
        Found::File => Database::sqlite_as_it_is(&directory.join(FILE))
            .await
            .map(Some),
        Found::Tables | Found::Both => Ok(Some(database)),
    }
}

/// All there is, for who would keep it or vouch for it: it has to be there, once.
pub(crate) async fn to_keep(
    options: PgConnectOptions,
    shown: &str,
    directory: &Path,
) -> Result<Source, Error> {
    let database = Database::postgres_as_it_is(options);
    match find(database.changes_ever().await?, directory)? {
        Found::Tables => Ok(Source::Tables(database)),
        Found::File => Ok(Source::File(directory.join(FILE))),
        Found::Both => Err(both(shown, directory)),
        Found::Nothing => {
            let reason = format!(
                "there is no control data, nor in {shown}, and every server that was started on these places has some. \
                 Name the server's directory with --log-dir, or put the control data back from a backup"
            );
            Err(misplaced(directory, reason))
        }
    }
}

/// `changes` is how often the tables in PostgreSQL were changed, ever; 0 without tables.
fn find(changes: i64, directory: &Path) -> Result<Found, Error> {
    let mark = marked(directory)?;
    let is_here = matches!(mark.as_deref(), None | Some(FILE)) && has_file(directory);
    match (changes, is_here, mark) {
        (0, true, _) => Ok(Found::File),
        (0, false, Some(place)) => Err(lost(directory, &place)),
        (0, false, None) => Ok(Found::Nothing),
        (_, true, _) => Ok(Found::Both),
        (_, false, _) => Ok(Found::Tables),
    }
}

fn both(shown: &str, directory: &Path) -> Error {
    let reason = format!(
        "there is control data in {shown} already, and this file is not read: `throughline token list` shows the tokens \
         there; then move this file away"
    );
    misplaced(&directory.join(FILE), reason)
}

impl Source {
    /// Whether it can be read, all of it.
    pub(crate) async fn check(&self) -> Result<(), Error> {
        match self {
            Self::File(path) => Database::sqlite_as_it_is(path).await?.close().await,
            Self::Tables(database) => {
                let mut from = database.read().await?;
                State::read(&mut from, 0).await?;
                drop(from);
                database.close().await;
            }
        }
        Ok(())
    }

    /// Writes it to a new file, as it is at one moment.
    pub(crate) async fn copy_to(&self, path: &Path) -> Result<(), Error> {
        match self {
            // Of whichever version.
            Self::File(from) => {
                keep_private(path).map_err(Error::file(path))?;
                Database::copy_file(from, path).await
            }
            Self::Tables(database) => copied(database, path).await,
        }
    }
}

/// A file with all that is in a database, in the place of none.
async fn copied(database: &Database, path: &Path) -> Result<(), Error> {
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

/// The tables that were read before are gone, and empty ones are in their place.
pub(crate) fn lost_meanwhile() -> Error {
    let reason =
        "they are empty, and were not when the server last read them: put them back from a backup";
    misplaced(Path::new("control data"), reason.to_owned())
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
