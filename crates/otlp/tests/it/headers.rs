//! Headers to encodings.

use model::ErrorKind;
use throughline_otlp::{Compression, Encoding};

#[test]
fn content_types() {
    for (header, expected) in [
        ("application/x-protobuf", Some(Encoding::Protobuf)),
        ("application/json", Some(Encoding::Json)),
        ("Application/JSON; charset=utf-8", Some(Encoding::Json)),
        (
            "application/x-protobuf;messageType=\"x\"",
            Some(Encoding::Protobuf),
        ),
        ("text/plain", None),
        ("application/grpc", None),
        ("", None),
    ] {
        check(header, Encoding::from_content_type(header), expected);
    }
}

#[test]
fn content_encodings() {
    for (header, expected) in [
        ("", Some(Compression::Identity)),
        ("identity", Some(Compression::Identity)),
        ("gzip", Some(Compression::Gzip)),
        (" GZIP ", Some(Compression::Gzip)),
        ("zstd", Some(Compression::Zstd)),
        ("deflate", None),
        ("snappy", None),
        ("gzip, gzip", None),
    ] {
        check(header, Compression::from_content_encoding(header), expected);
    }
}

fn check<T: PartialEq + std::fmt::Debug>(
    header: &str,
    read: Result<T, throughline_otlp::Error>,
    expected: Option<T>,
) {
    match read {
        Ok(value) => assert_eq!(Some(value), expected, "{header:?}"),
        Err(error) => {
            assert_eq!(None, expected, "{header:?}");
            assert_eq!(error.kind(), ErrorKind::Invalid);
        }
    }
}
