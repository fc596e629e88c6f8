//! A database by the URL that sqlx connects with. User, password and settings are dropped here, before
//! anything is kept.

use reqwest::Url;

use super::Database;
use crate::server::Server;

/// Why a URL names no database. It does not say which URL: a password may be in it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum UrlError {
    /// It is not a URL at all.
    #[error("could not read database URL")]
    Malformed,
    /// Its scheme is not one of sqlx's databases.
    #[error("could not tell the database by its URL's scheme")]
    UnknownScheme,
}

pub(super) fn read(url: &str) -> Result<Database, UrlError> {
    let (scheme, rest) = url.split_once(':').ok_or(UrlError::Malformed)?;
    match scheme {
        "sqlite" => Ok(Database::new("sqlite", file_name(rest))),
        "postgres" | "postgresql" => networked("postgresql", 5432, url),
        "mysql" => networked("mysql", 3306, url),
        "mariadb" => networked("mariadb", 3306, url),
        _ => Err(UrlError::UnknownScheme),
    }
}

fn file_name(rest: &str) -> String {
    let path = rest.split_once('?').map_or(rest, |(path, _)| path);
    let name = path.rsplit('/').next().unwrap_or_default();
    // sqlx's default is a database in memory
    if name.is_empty() {
        return ":memory:".to_owned();
    }
    percent_decoded(name)
}

fn networked(system: &'static str, default_port: u16, url: &str) -> Result<Database, UrlError> {
    let url = Url::parse(url).map_err(|_| UrlError::Malformed)?;
    let setting = |wanted: &[&str]| {
        let mut settings = url.query_pairs();
        let found = settings.find(|(key, _)| wanted.contains(&key.as_ref()));
        found.map(|(_, value)| value.into_owned())
    };
    let path = percent_decoded(url.path().trim_start_matches('/'));
    let name = setting(&["dbname"]).unwrap_or(path);
    let host = setting(&["host", "hostaddr", "socket"])
        .or_else(|| url.host_str().map(percent_decoded))
        .filter(|host| !host.is_empty());
    let port = setting(&["port"])
        .and_then(|port| port.parse().ok())
        .or(url.port())
        .unwrap_or(default_port);
    let database = Database {
        system,
        namespace: (!name.is_empty()).then(|| name.into()),
        // a path is that of a socket, which has no port
        server: host.map(|host| Server::new(&host, (!host.starts_with('/')).then_some(port))),
    };
    let schema = setting(&["options[search_path]"])
        .or_else(|| setting(&["options"]).and_then(|options| search_path(&options)))
        .and_then(|path| path.split(',').next().map(|first| first.trim().to_owned()));
    Ok(match schema {
        Some(schema) if database.namespace.is_some() => database.with_schema(&schema),
        _ => database,
    })
}

/// The value in `-c search_path=lessons,public`.
fn search_path(options: &str) -> Option<String> {
    let (_, rest) = options.split_once("search_path=")?;
    rest.split_ascii_whitespace().next().map(str::to_owned)
}

/// `text` with `%41` as `A`. What is not such an escape stays as it is.
fn percent_decoded(text: &str) -> String {
    let mut bytes = Vec::with_capacity(text.len());
    let mut rest = text.as_bytes();
    while let [first, after @ ..] = rest {
        let hex = |digit: &u8| char::from(*digit).to_digit(16);
        rest = after;
        let escaped = match (first, after) {
            (b'%', [high, low, ..]) => hex(high).zip(hex(low)),
            _ => None,
        };
        match escaped.and_then(|(high, low)| u8::try_from(high * 16 + low).ok()) {
            Some(byte) => {
                bytes.push(byte);
                rest = &after[2..];
            }
            None => bytes.push(*first),
        }
    }
    String::from_utf8_lossy(&bytes).into_owned()
}

#[cfg(test)]
mod tests {
    use super::{Database, UrlError, read};
    use crate::server::Server;

    #[test]
    fn urls_give_name_and_server_and_nothing_else() {
        let pg = |name: &str| Database::new("postgresql", name);
        let socket = Database {
            server: Some(Server::new("/run/postgresql", None)),
            ..pg("lessons")
        };
        for (url, database) in [
            (
                "sqlite:///data/anna/shop.db?mode=rwc",
                Database::new("sqlite", "shop.db"),
            ),
            ("sqlite:a%20b.db", Database::new("sqlite", "a b.db")),
            ("sqlite::memory:", Database::new("sqlite", ":memory:")),
            ("sqlite://", Database::new("sqlite", ":memory:")),
            (
                "postgres://u:p%40w@db/lessons",
                pg("lessons").with_server("db", 5432),
            ),
            (
                "postgresql://u@db:5433/lessons",
                pg("lessons").with_server("db", 5433),
            ),
            (
                "postgres:///lessons?host=/run/postgresql&password=pw",
                socket.clone(),
            ),
            ("postgres://u:pw@%2Frun%2Fpostgresql/lessons", socket),
            (
                "postgres://u:pw@db/lessons?options=-c%20search_path=app,public%20-c%20x=1",
                pg("lessons|app").with_server("db", 5432),
            ),
            (
                "postgres://u:pw@db/lessons?options[search_path]=app",
                pg("lessons|app").with_server("db", 5432),
            ),
            (
                "mysql://u:pw@db/shop",
                Database::new("mysql", "shop").with_server("db", 3306),
            ),
        ] {
            assert_eq!(read(url), Ok(database), "{url}");
        }
        // the user's own database: its name would be a person's
        assert_eq!(
            read("postgres://anna:pw@db").map(|db| db.namespace),
            Ok(None)
        );
    }

    #[test]
    fn other_urls_are_refused_without_being_repeated() {
        for (url, error) in [
            ("redis://u:pw@db", UrlError::UnknownScheme),
            ("postgres//pw", UrlError::Malformed),
            ("postgres://u:pw@db:port/x", UrlError::Malformed),
        ] {
            assert_eq!(read(url), Err(error), "{url}");
            assert!(!error.to_string().contains("pw"));
        }
    }
}
