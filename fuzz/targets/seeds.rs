//! Writes the inputs that fuzzing starts from: `seeds <directory>`. OTLP requests from the decoder's test
//! cases, in every encoding; segments from the frozen samples and small changes to known logs.

use flate2::Compression;
use flate2::write::GzEncoder;
use opentelemetry_proto::tonic::collector::trace::v1::ExportTraceServiceRequest;
use prost::Message;
use std::error::Error;
use std::fs;
use std::io::Write;
use std::path::{Path, PathBuf};

const CASES: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../crates/otlp/tests/it/cases");
const SAMPLES: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../crates/wal/tests/frozen");

fn main() -> Result<(), Box<dyn Error>> {
    let dir = std::env::args().nth(1).ok_or("seeds <directory>")?;
    let dir = PathBuf::from(dir);
    decode(&dir.join("decode"))?;
    log(&dir.join("log"))
}

fn decode(dir: &Path) -> Result<(), Box<dyn Error>> {
    fs::create_dir_all(dir)?;
    for case in fs::read_dir(CASES)? {
        let path = case?.path();
        if path.extension().is_none_or(|extension| extension != "json") {
            continue;
        }
        let name = path
            .file_stem()
            .unwrap_or_default()
            .to_string_lossy()
            .into_owned();
        let json = fs::read(&path)?;
        write_packed(dir, &name, 1, &json)?;
        // What the types of another library cannot read stays JSON.
        if let Ok(request) = serde_json::from_slice::<ExportTraceServiceRequest>(&json) {
            write_packed(dir, &name, 0, &request.encode_to_vec())?;
        }
    }
    Ok(())
}

/// The first byte of an input: the encoding, and twice the compression.
fn write_packed(dir: &Path, name: &str, encoding: u8, body: &[u8]) -> Result<(), Box<dyn Error>> {
    let mut gzip = GzEncoder::new(Vec::new(), Compression::best());
    gzip.write_all(body)?;
    let packed = [body.to_vec(), gzip.finish()?, zstd::encode_all(body, 19)?];
    for (compression, body) in (0..).zip(packed) {
        let choice: u8 = encoding + 2 * compression;
        let input = [&[choice][..], &body].concat();
        fs::write(dir.join(format!("{name}-{choice}")), input)?;
    }
    Ok(())
}

fn log(dir: &Path) -> Result<(), Box<dyn Error>> {
    fs::create_dir_all(dir)?;
    for (format, head_bytes, choice) in [("v1", 32, 2), ("v2", 96, 1)] {
        let segment = fs::read(Path::new(SAMPLES).join(format).join("segment.bin"))?;
        fs::write(
            dir.join(format!("{format}-whole")),
            [&[0][..], &segment].concat(),
        )?;
        let records = [&[choice][..], &segment[head_bytes..]].concat();
        fs::write(dir.join(format!("{format}-records")), records)?;
    }
    for image in 0..5 {
        for (kind, at) in [(0, 100_u16), (1, 140), (2, 300), (3, 250)] {
            let [low, high] = at.to_le_bytes();
            let input = [3 + 128, image, kind, low, high, 9];
            fs::write(dir.join(format!("changed-{image}-{kind}")), input)?;
        }
    }
    Ok(())
}
