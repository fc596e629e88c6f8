//! How a request is written and packed, from its headers.

use crate::Error;

/// How an OTLP message is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Encoding {
    Protobuf,
    Json,
}

impl Encoding {
    /// Reads a `Content-Type` header; parameters such as `charset` are passed over.
    ///
    /// # Errors
    /// For any type but protobuf and JSON (415).
    pub fn from_content_type(header: &str) -> Result<Self, Error> {
        let media_type = header
            .split(';')
            .next()
            .unwrap_or_default()
            .trim()
            .to_ascii_lowercase();
        match media_type.as_str() {
            "application/x-protobuf" | "application/protobuf" => Ok(Self::Protobuf),
            "application/json" => Ok(Self::Json),
            _ => Err(Error::UnsupportedContentType(media_type)),
        }
    }

    /// The `Content-Type` of an answer in this encoding.
    pub fn content_type(self) -> &'static str {
        match self {
            Self::Protobuf => "application/x-protobuf",
            Self::Json => "application/json",
        }
    }
}

/// How a message is packed.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Compression {
    #[default]
    Identity,
    Gzip,
    Zstd,
}

impl Compression {
    /// Reads a `Content-Encoding` (or `grpc-encoding`) header; an absent one reads as empty.
    ///
    /// # Errors
    /// For any encoding but gzip, zstd and none, and for several at once (415).
    pub fn from_content_encoding(header: &str) -> Result<Self, Error> {
        let encoding = header.trim().to_ascii_lowercase();
        match encoding.as_str() {
            "" | "identity" => Ok(Self::Identity),
            "gzip" | "x-gzip" => Ok(Self::Gzip),
            "zstd" => Ok(Self::Zstd),
            _ => Err(Error::UnsupportedContentEncoding(encoding)),
        }
    }
}
