//! # parse_path
//!
//! The parts of a path, a file address or an address: Scheme, RootPath, DirectoryPath, DirectoryName,
//! Filename, Extension, AlternateDataStreamName.
//!
//! ```apl
//! parse_path(text)
//! ```
//!
//! ## Example
//!
//! ```apl
//! parse_path("/var/log/app.tar.gz").DirectoryPath -> "/var/log"
//! parse_path("/var/log/app.tar.gz").Extension -> "gz"
//! parse_path("C:\\temp\\a.txt:info") -> {"AlternateDataStreamName":"info","DirectoryName":"temp","DirectoryPath":"C:\\temp","Extension":"txt","Filename":"a.txt","RootPath":"C:","Scheme":""}
//! parse_path("https://a.example/x/y.html").Filename -> "y.html"
//! ```

use crate::functions::{Function, Takes};
use crate::kind::Kind;
use serde_json::Value as Json;
use serde_json::json;

pub(super) const FUNCTION: Function = Function::of_rows(
    &["parse_path"],
    "parse_path(text)",
    &[Takes::Text],
    Kind::Bag,
    |rows| rows.json(|row| Some(parts(row.text(0)?))),
);

fn parts(path: &str) -> Json {
    let (scheme, rest) = path.split_once("://").unwrap_or(("", path));
    let (rest, stream) = stream(rest);
    let is_separator = |letter: char| matches!(letter, '/' | '\\');
    let (directory, file) = match rest.rfind(is_separator) {
        Some(at) => (&rest[..at], &rest[at + 1..]),
        None => ("", rest),
    };
    let name = directory.rsplit(is_separator).next().unwrap_or_default();
    let extension = match file.rsplit_once('.') {
        Some((stem, extension)) if !stem.is_empty() => extension,
        _ => "",
    };
    json!({
        "Scheme": scheme,
        "RootPath": root(rest),
        "DirectoryPath": directory,
        "DirectoryName": name,
        "Filename": file,
        "Extension": extension,
        "AlternateDataStreamName": stream,
    })
}

/// The drive of a path of Windows.
fn root(path: &str) -> &str {
    let is_drive = path.as_bytes().first().is_some_and(u8::is_ascii_alphabetic);
    match path.get(1..2) {
        Some(":") if is_drive => &path[..2],
        _ => "",
    }
}

/// `file.txt:stream`, where the colon of a drive is none.
fn stream(path: &str) -> (&str, &str) {
    match path.rfind(':') {
        Some(at) if at > 1 && path.contains('\\') => (&path[..at], &path[at + 1..]),
        _ => (path, ""),
    }
}
