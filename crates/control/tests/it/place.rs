//! Where a test has its control data.

use crate::postgres::Postgres;
use model::Clock;
use sqlx::postgres::PgConnectOptions;
use std::path::Path;
use std::str::FromStr;
use tempfile::TempDir;
use throughline_control::Control;

#[derive(Debug)]
pub(crate) enum Place {
    Directory(TempDir),
    Postgres(Box<PgConnectOptions>),
}

impl Place {
    pub(crate) fn directory() -> Self {
        Self::Directory(TempDir::new().unwrap())
    }

    /// A new one.
    pub(crate) async fn schema(postgres: &Postgres, name: &'static str) -> Self {
        // PostgreSQL cuts names.
        let name = &name[..name.len().min(60)];
        postgres.run(format!("CREATE SCHEMA {name}")).await;
        let options = PgConnectOptions::from_str(&postgres.text()).unwrap();
        Self::Postgres(Box::new(options.options([("search_path", name)])))
    }

    /// Once more, as another process does.
    pub(crate) async fn open(&self, clock: &Clock) -> Control {
        let clock = clock.clone();
        let opened = match self {
            Self::Directory(directory) => Control::open(directory.path(), clock).await,
            Self::Postgres(options) => {
                let nowhere = Path::new("no directory");
                Control::join_postgres(*options.clone(), "postgres", nowhere, clock).await
            }
        };
        opened.unwrap()
    }
}
