//! Writes the table of the console's files: `console/dist` if it was built, else one page that says how.

use std::fmt::Write as _;
use std::path::{Path, PathBuf};
use std::{env, fs, io};

fn main() -> io::Result<()> {
    let root = PathBuf::from(env::var_os("CARGO_MANIFEST_DIR").unwrap_or_default());
    let dist = root.join("../../console/dist");
    let unbuilt = root.join("src/unbuilt.html");
    println!("cargo:rerun-if-changed=build.rs");
    println!("cargo:rerun-if-changed=../../console/dist");
    println!("cargo:rerun-if-changed=src/unbuilt.html");

    let embedded = dist.join("index.html").is_file();
    let mut files = Vec::new();
    if embedded {
        walk(&dist, "", &mut files)?;
        files.sort();
    } else {
        files.push(("/index.html".to_owned(), unbuilt));
    }
    let out = PathBuf::from(env::var_os("OUT_DIR").unwrap_or_default());
    let table = table(embedded, &files, &out)?;
    fs::write(out.join("assets.rs"), table)
}

/// All files under `folder`, with their paths from the root of the site.
fn walk(folder: &Path, prefix: &str, files: &mut Vec<(String, PathBuf)>) -> io::Result<()> {
    for entry in fs::read_dir(folder)? {
        let entry = entry?;
        let path = format!("{prefix}/{}", entry.file_name().to_string_lossy());
        if entry.file_type()?.is_dir() {
            walk(&entry.path(), &path, files)?;
        } else {
            files.push((path, entry.path()));
        }
    }
    Ok(())
}

/// The files are copied to `out` first: a build folder shared by two clones must not point into the one
/// that is gone.
fn table(embedded: bool, files: &[(String, PathBuf)], out: &Path) -> io::Result<String> {
    let mut table = format!(
        "/// Whether the built console is in this program.\npub const EMBEDDED: bool = {embedded};\n\
         static ASSETS: &[Asset] = &[\n"
    );
    for (path, file) in files {
        let bytes = fs::read(file)?;
        let hash = fnv1a(&bytes);
        fs::write(out.join(format!("{hash:016x}")), bytes)?;
        let _ = writeln!(
            table,
            "    Asset {{ path: {path:?}, mime: {:?}, etag: \"\\\"{hash:016x}\\\"\", \
             bytes: include_bytes!(concat!(env!(\"OUT_DIR\"), \"/{hash:016x}\")) }},",
            mime(file),
        );
    }
    table.push_str("];\n");
    Ok(table)
}

fn mime(file: &Path) -> &'static str {
    match file.extension().and_then(|extension| extension.to_str()) {
        Some("html") => "text/html; charset=utf-8",
        Some("js" | "mjs") => "text/javascript; charset=utf-8",
        Some("css") => "text/css; charset=utf-8",
        Some("svg") => "image/svg+xml",
        Some("png") => "image/png",
        Some("ico") => "image/x-icon",
        Some("woff2") => "font/woff2",
        Some("json" | "map") => "application/json",
        Some("webmanifest") => "application/manifest+json",
        Some("txt") => "text/plain; charset=utf-8",
        _ => "application/octet-stream",
    }
}

/// The 64-bit FNV-1a hash: enough to tell two builds of a file apart.
fn fnv1a(bytes: &[u8]) -> u64 {
    bytes.iter().fold(0xcbf2_9ce4_8422_2325, |hash, byte| {
        (hash ^ u64::from(*byte)).wrapping_mul(0x0000_0100_0000_01b3)
    })
}
