//! Where tokens are, as the command line says it: in a directory or in PostgreSQL. Who makes the first one in a directory
//! that no server has used yet is told so: it may be the wrong one.

use super::failed;
use crate::cli::{self, EXIT_USAGE, Parts, terminal};
use crate::config::{LogPlace, Places};
use crate::serve::Error;
use control::Control;
use model::Clock;
use std::fs;
use std::path::Path;
use std::process::ExitCode;

/// A place of tokens.
#[derive(Debug)]
pub(super) struct Place(store::Config);

impl Place {
    pub(super) fn read(parts: Parts) -> Result<Self, ExitCode> {
        let places = parts.places(LogPlace::Local);
        places.map(Places::store).map(Self).map_err(|error| {
            terminal::complain(&error.to_string());
            ExitCode::from(EXIT_USAGE)
        })
    }

    /// As messages name it.
    pub(super) fn shown(&self) -> String {
        match &self.0.catalog {
            Some(url) => url.shown(),
            None => absolute(self.directory()),
        }
    }

    fn directory(&self) -> &Path {
        &self.0.data_dir
    }

    /// For a token to be made; a directory that is not there is made, and what no server has used yet is remarked on.
    pub(super) async fn make(&self) -> Result<Control, ExitCode> {
        if self.0.catalog.is_none() {
            self.make_directory()?;
        }
        self.open_what_is_there().await
    }

    fn make_directory(&self) -> Result<(), ExitCode> {
        let (directory, shown) = (self.directory(), self.shown());
        let has_store = store::is_there(directory).map_err(|error| cli::failed(&error))?;
        let is_new = !directory.exists();
        fs::create_dir_all(directory)
            .map_err(|error| failed(&format!("could not create {shown}: {error}")))?;
        let asked = "is that the directory the server uses (--data)?";
        match (is_new, has_store) {
            (true, _) => terminal::complain(&format!("made {shown}: no store was there; {asked}")),
            (false, false) => terminal::complain(&format!("{shown} has no store yet; {asked}")),
            (false, true) => {}
        }
        Ok(())
    }

    /// For a change: a directory has to be there.
    pub(super) async fn open(&self) -> Result<Control, ExitCode> {
        self.check_directory()?;
        self.open_what_is_there().await
    }

    async fn open_what_is_there(&self) -> Result<Control, ExitCode> {
        let directory = self.directory();
        let opened = async {
            let Some(catalog) = &self.0.catalog else {
                return Ok(Control::open(directory, Clock::System).await?);
            };
            let options = store::reach(catalog).await.map_err(Error::Store)?;
            let shown = catalog.shown();
            Ok(Control::join_postgres(options, &shown, directory, Clock::System).await?)
        };
        opened
            .await
            .map_err(|error: Error| failed(&error.to_string()))
    }

    /// The same to look at: nothing is made.
    pub(super) async fn look(&self) -> Result<Option<Control>, ExitCode> {
        self.check_directory()?;
        let looked = async {
            let tables = match &self.0.catalog {
                None => None,
                Some(url) => Some(store::reach(url).await.map_err(Error::Store)?),
            };
            Ok(Control::look(tables, self.directory(), Clock::System).await?)
        };
        looked
            .await
            .map_err(|error: Error| failed(&error.to_string()))
    }

    /// Where no server was and no token was made there is nothing to look at.
    fn check_directory(&self) -> Result<(), ExitCode> {
        if self.0.catalog.is_some() {
            return Ok(());
        }
        let has_store = store::is_there(self.directory()).map_err(|error| cli::failed(&error))?;
        if has_store || control::is_there(self.directory()) {
            return Ok(());
        }
        let shown = self.shown();
        terminal::complain(&format!(
            "{shown} is no data directory; name it with --data"
        ));
        Err(ExitCode::from(EXIT_USAGE))
    }

    /// Says so when nobody knows a dataset: its name may be misspelt. Where that cannot be found out nothing is said.
    pub(super) async fn remark_on(&self, control: &Control, dataset: &str) {
        let Ok(mut names) = store::dataset_names(&self.0).await else {
            return;
        };
        names.extend(control.datasets().into_iter().map(|it| it.name));
        if names.iter().any(|name| name.eq_ignore_ascii_case(dataset)) {
            return;
        }
        let meant = match apl::diagnostic::nearest(dataset, names.iter().map(String::as_str)) {
            Some(meant) => format!("did you mean {meant}? What"),
            None => "what".to_owned(),
        };
        terminal::complain(&format!(
            "there is no dataset {dataset} yet, or its first rows came in the last minutes; {meant} is sent to that \
             name makes it"
        ));
    }
}

fn absolute(directory: &Path) -> String {
    let whole = std::path::absolute(directory);
    let whole = whole.unwrap_or_else(|_| directory.to_owned());
    terminal::plain(&whole.display().to_string()).into_owned()
}
