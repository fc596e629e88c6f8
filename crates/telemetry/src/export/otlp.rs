//! OTLP exporters from settings. They are built inside the runtime that they export on.

use std::sync::Arc;

use opentelemetry_otlp::{
    Compression, ExporterBuildError, LogExporter, MetricExporter, SpanExporter, WithExportConfig,
    WithHttpConfig,
};

use super::Error;
use super::wire::{Heard, Wire};
use crate::config::{Otlp, Protocol};

/// Applies the settings that both forms of OTLP have to a builder of any signal.
macro_rules! configured {
    ($exporter:ident, $otlp:expr, $heard:expr) => {{
        let otlp: &Otlp = $otlp;
        let refused = |error: ExporterBuildError| unbuilt(otlp, &error);
        match otlp.protocol {
            Protocol::HttpProtobuf => {
                let mut builder = $exporter::builder()
                    .with_http()
                    .with_http_client(Wire::new(otlp, $heard)?)
                    .with_protocol(opentelemetry_otlp::Protocol::HttpBinary)
                    .with_endpoint(&otlp.endpoint)
                    .with_timeout(otlp.timeout);
                if otlp.gzip {
                    builder = builder.with_compression(Compression::Gzip);
                }
                builder.build().map_err(refused)
            }
            #[cfg(feature = "grpc")]
            Protocol::Grpc => {
                let builder = $exporter::builder().with_tonic();
                grpc::configured(builder, otlp)?.build().map_err(refused)
            }
            #[cfg(not(feature = "grpc"))]
            Protocol::Grpc => Err(Error::Endpoint(
                otlp.shown_endpoint(),
                "gRPC needs the cargo feature `grpc`".to_owned(),
            )),
        }
    }};
}

pub(crate) fn spans(otlp: &Otlp, heard: Arc<Heard>) -> Result<SpanExporter, Error> {
    configured!(SpanExporter, otlp, heard)
}

pub(super) fn logs(otlp: &Otlp, heard: Arc<Heard>) -> Result<LogExporter, Error> {
    configured!(LogExporter, otlp, heard)
}

pub(super) fn metrics(otlp: &Otlp, heard: Arc<Heard>) -> Result<MetricExporter, Error> {
    configured!(MetricExporter, otlp, heard)
}

/// The reason may repeat the endpoint, with what must not be shown of it.
fn unbuilt(otlp: &Otlp, error: &ExporterBuildError) -> Error {
    let shown = otlp.shown_endpoint();
    let reason = error.to_string().replace(&otlp.endpoint, &shown);
    Error::Endpoint(shown, reason)
}

#[cfg(feature = "grpc")]
mod grpc {
    //! What gRPC's own builder wants.

    use opentelemetry_otlp::{Compression, WithExportConfig, WithTonicConfig};
    use tonic::metadata::MetadataMap;
    use tonic::transport::{Certificate, ClientTlsConfig, Identity};

    use super::{Error, Otlp};
    use crate::export::tls;

    pub(super) fn configured<B>(builder: B, otlp: &Otlp) -> Result<B, Error>
    where
        B: WithExportConfig + WithTonicConfig,
    {
        let headers = otlp.headers.iter();
        let headers = headers.map(|(name, value)| (name.clone(), value.clone()));
        let mut builder = builder
            .with_endpoint(&otlp.endpoint)
            .with_timeout(otlp.timeout)
            .with_metadata(MetadataMap::from_headers(headers.collect()));
        if otlp.gzip {
            builder = builder.with_compression(Compression::Gzip);
        }
        if otlp.endpoint.starts_with("https") {
            builder = builder.with_tls_config(trust(otlp)?);
        }
        Ok(builder)
    }

    fn trust(otlp: &Otlp) -> Result<ClientTlsConfig, Error> {
        let pems = tls::read(&otlp.tls)?;
        let mut tls = ClientTlsConfig::new().with_enabled_roots();
        if let Some(trusted) = pems.trusted {
            tls = tls.ca_certificate(Certificate::from_pem(trusted));
        }
        if let Some((key, certificate)) = pems.identity {
            tls = tls.identity(Identity::from_pem(certificate, key));
        }
        Ok(tls)
    }
}
