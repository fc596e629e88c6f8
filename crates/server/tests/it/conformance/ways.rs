//! The ways to speak OTLP, and what an answer says, whichever way it was given.

use crate::grpc::{self, EXPORT, framed};
use crate::running::{Headers, InProcess};
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD_NO_PAD;
use opentelemetry_proto::tonic::collector::trace::v1::{
    ExportTraceServiceRequest, ExportTraceServiceResponse,
};
use prost::Message;
use serde_json::Value;

pub(super) const RETRY_INFO: &str = "type.googleapis.com/google.rpc.RetryInfo";

/// A way to speak OTLP.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Way {
    Protobuf,
    Json,
    Grpc,
}

pub(super) const WAYS: [Way; 3] = [Way::Protobuf, Way::Json, Way::Grpc];

/// What an answer says, whichever way it was given.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Answer {
    /// Of HTTP; for gRPC, the one that belongs to its code in the table.
    pub(super) status: u16,
    /// Of gRPC.
    pub(super) code: u32,
    /// Whether it says when to come back.
    pub(super) retry: bool,
    pub(super) rejected: i64,
}

pub(super) const fn yes(rejected: i64) -> Answer {
    Answer {
        status: 200,
        code: 0,
        retry: false,
        rejected,
    }
}

pub(super) const fn no(status: u16, code: u32) -> Answer {
    Answer {
        status,
        code,
        retry: false,
        rejected: 0,
    }
}

pub(super) const LATER: Answer = Answer {
    status: 503,
    code: 14,
    retry: true,
    rejected: 0,
};

/// What is sent.
pub(super) struct Sent {
    pub(super) message: Vec<u8>,
    /// Name of the compression that the message has, or is said to have.
    pub(super) packed: Option<&'static str>,
    pub(super) dataset: Option<&'static str>,
}

impl Sent {
    pub(super) fn plain(message: Vec<u8>) -> Self {
        Self {
            message,
            packed: None,
            dataset: None,
        }
    }

    pub(super) fn packed(message: Vec<u8>, how: &'static str) -> Self {
        Self {
            packed: Some(how),
            ..Self::plain(message)
        }
    }
}

impl Way {
    pub(super) fn write(self, request: &ExportTraceServiceRequest) -> Vec<u8> {
        match self {
            Self::Protobuf | Self::Grpc => request.encode_to_vec(),
            Self::Json => serde_json::to_vec(request).unwrap(),
        }
    }

    pub(super) fn content_type(self) -> &'static str {
        match self {
            Self::Protobuf => "application/x-protobuf",
            Self::Json => "application/json",
            Self::Grpc => "application/grpc",
        }
    }

    pub(super) async fn send(self, server: &InProcess, sent: Sent) -> Answer {
        let dataset = sent.dataset.map(|name| ("x-axiom-dataset", name));
        let encoding = match self {
            Self::Grpc => "grpc-encoding",
            Self::Protobuf | Self::Json => "content-encoding",
        };
        let packed = sent.packed.map(|how| (encoding, how));
        let headers: Vec<_> = dataset.into_iter().chain(packed).collect();
        match self {
            Self::Grpc => {
                let body = framed(sent.packed.is_some(), &sent.message);
                over_grpc(server, &headers, body).await
            }
            Self::Protobuf | Self::Json => self.over_http(server, &headers, sent.message).await,
        }
    }

    pub(super) async fn over_http(
        self,
        server: &InProcess,
        headers: Headers<'_>,
        body: Vec<u8>,
    ) -> Answer {
        let mut request = server.client.http.post(server.client.otlp("/v1/traces"));
        request = request.header("content-type", self.content_type());
        for (name, value) in headers {
            request = request.header(*name, *value);
        }
        let response = request.body(body).send().await.unwrap();
        let status = response.status().as_u16();
        assert_eq!(response.headers()["content-type"], self.content_type());
        let delay = response.headers().get("retry-after").cloned();
        let body = response.bytes().await.unwrap();
        if status == 200 {
            return yes(self.rejected(&body));
        }
        let said = self.status(&body);
        assert!(!said.message.is_empty());
        if let Some(delay) = &delay {
            let seconds: u64 = delay.to_str().unwrap().parse().unwrap();
            assert!((1..=30).contains(&seconds), "{seconds}");
        }
        assert_eq!(delay.is_some(), said.retry_info(), "header and body agree");
        Answer {
            status,
            code: said.code.unsigned_abs(),
            retry: delay.is_some(),
            rejected: 0,
        }
    }

    pub(super) fn rejected(self, body: &[u8]) -> i64 {
        match self {
            Self::Json => {
                let answer: Value = serde_json::from_slice(body).unwrap();
                let rejected = &answer["partialSuccess"]["rejectedSpans"];
                rejected.as_str().map_or(0, |count| count.parse().unwrap())
            }
            Self::Protobuf | Self::Grpc => rejected(body),
        }
    }

    pub(super) fn status(self, body: &[u8]) -> Status {
        if self != Self::Json {
            return Status::decode(body).unwrap();
        }
        let said: Value = serde_json::from_slice(body).unwrap();
        let details = said["details"].as_array().cloned().unwrap_or_default();
        let any = |detail: &Value| Any {
            type_url: detail["@type"].as_str().unwrap().to_owned(),
            value: Vec::new(),
        };
        Status {
            code: said["code"].as_i64().unwrap().try_into().unwrap(),
            message: said["message"].as_str().unwrap().to_owned(),
            details: details.iter().map(any).collect(),
        }
    }
}

pub(super) fn rejected(message: &[u8]) -> i64 {
    let answer = ExportTraceServiceResponse::decode(message).unwrap();
    let partial = answer.partial_success;
    partial.map_or(0, |partial| {
        assert!(!partial.error_message.is_empty());
        partial.rejected_spans
    })
}

pub(super) async fn over_grpc(server: &InProcess, headers: Headers<'_>, body: Vec<u8>) -> Answer {
    let outcome = grpc::call(server, EXPORT, headers, body).await;
    assert_eq!(outcome.metadata["content-type"], "application/grpc");
    if outcome.status == 0 {
        return yes(rejected(&outcome.message.unwrap()));
    }
    assert!(outcome.trailers_only && outcome.message.is_none());
    assert!(!outcome.metadata["grpc-message"].is_empty());
    let details = outcome.metadata.get("grpc-status-details-bin");
    let details = details.map(|text| {
        let bytes = STANDARD_NO_PAD.decode(text).unwrap();
        Status::decode(&*bytes).unwrap()
    });
    if let Some(said) = &details {
        assert_eq!(said.code.unsigned_abs(), outcome.status);
        assert!(said.retry_info());
    }
    Answer {
        status: match outcome.status {
            3 => 400,
            8 => 413,
            12 => 415,
            14 => 503,
            code => panic!("code {code} is not in the table"),
        },
        code: outcome.status,
        retry: details.is_some(),
        rejected: 0,
    }
}

/// As `google.rpc.Status`.
#[derive(Clone, PartialEq, prost::Message)]
pub(super) struct Status {
    #[prost(int32, tag = "1")]
    pub(super) code: i32,
    #[prost(string, tag = "2")]
    pub(super) message: String,
    #[prost(message, repeated, tag = "3")]
    pub(super) details: Vec<Any>,
}

#[derive(Clone, PartialEq, prost::Message)]
pub(super) struct Any {
    #[prost(string, tag = "1")]
    pub(super) type_url: String,
    #[prost(bytes = "vec", tag = "2")]
    pub(super) value: Vec<u8>,
}

impl Status {
    pub(super) fn retry_info(&self) -> bool {
        self.details.iter().any(|any| any.type_url == RETRY_INFO)
    }
}
