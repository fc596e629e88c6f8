//! The web console as built into `console/dist`, embedded at compile time.
//!
//! It knows files and their types; routing, caching and headers are the server's. When the console
//! was not built, one page that says how takes its place and [`EMBEDDED`] is false.

/// One file of the console.
#[derive(Clone, Copy, Debug)]
pub struct Asset {
    /// From the root, with a leading `/`.
    pub path: &'static str,
    /// The value of `Content-Type`.
    pub mime: &'static str,
    /// The value of `ETag`, quotes included; it follows from the content.
    pub etag: &'static str,
    pub bytes: &'static [u8],
}

// `EMBEDDED: bool` and `ASSETS: &[Asset]`, sorted by path; written by build.rs.
include!(concat!(env!("OUT_DIR"), "/assets.rs"));

/// The page that the console's own paths (`/services`, `/trace/…`) start from.
pub const INDEX: &str = "/index.html";

/// The file at `path`, which starts with `/`.
pub fn asset(path: &str) -> Option<&'static Asset> {
    let found = ASSETS.binary_search_by(|asset| asset.path.cmp(path)).ok()?;
    ASSETS.get(found)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn there_is_always_a_page_to_start_from() {
        let index = asset(INDEX).expect("an index page");
        assert!(index.mime.starts_with("text/html"));
        assert!(!index.bytes.is_empty());
    }

    #[test]
    fn every_asset_is_found_by_its_path_and_nothing_else_is() {
        for known in ASSETS {
            assert_eq!(asset(known.path).map(|found| found.etag), Some(known.etag));
        }
        assert!(asset("/../Cargo.toml").is_none());
        assert!(asset("").is_none());
    }
}
