//! The walker gives what prost and builders give, whatever is in the request: generated ones, and bodies cut
//! short, with flipped bits, with unknown fields and with fields in another order.

use crate::bench::{ARRIVAL_NANOS, decode, queried};
use crate::equality::request;
use crate::reference;
use opentelemetry_proto::tonic::collector::trace::v1::ExportTraceServiceRequest;
use proptest::prelude::*;
use prost::Message;
use std::collections::BTreeMap;
use throughline_otlp::{Decoded, Encoding};

const DEPTH_MAX: usize = 16;

/// The walker's answer to `body` is prost's, if prost has one.
fn check(body: &[u8]) -> Result<(), TestCaseError> {
    let walked = decode(Encoding::Protobuf, body);
    let Ok(message) = ExportTraceServiceRequest::decode(body) else {
        return Ok(());
    };
    let Ok(walked) = walked else {
        // Stricter in one thing: prost takes groups and passes over them.
        return Ok(());
    };
    same(&walked, &message)
}

fn same(walked: &Decoded, message: &ExportTraceServiceRequest) -> Result<(), TestCaseError> {
    let expected = reference::decode(message, ARRIVAL_NANOS, DEPTH_MAX);
    let rejected: BTreeMap<_, _> = walked
        .rejected
        .iter()
        .map(|rejection| (rejection.reason, rejection.count as usize))
        .collect();
    prop_assert_eq!(rejected, expected.rejected);
    let (Some(walked), Some(expected)) = (&walked.batch, &expected.batch) else {
        prop_assert_eq!(walked.batch.is_some(), expected.batch.is_some());
        return Ok(());
    };
    let walked = queried(walked);
    prop_assert_eq!(walked.num_rows(), expected.num_rows());
    for (field, column) in expected.schema().fields().iter().zip(expected.columns()) {
        let found = walked.column_by_name(field.name());
        prop_assert!(found.is_some(), "{} is missing", field.name());
        prop_assert_eq!(found.unwrap(), column, "{}", field.name());
    }
    Ok(())
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(400))]

    #[test]
    fn as_the_reference(request in request()) {
        let walked = decode(Encoding::Protobuf, request.encode_to_vec());
        prop_assert!(walked.is_ok(), "{:?}", walked.err());
        same(&walked.unwrap(), &request)?;
    }

    #[test]
    fn as_the_reference_when_a_bit_is_flipped(request in request(), at in any::<prop::sample::Index>(), bit in 0..8_u8) {
        let mut body = request.encode_to_vec();
        if !body.is_empty() {
            let at = at.index(body.len());
            body[at] ^= 1 << bit;
        }
        check(&body)?;
    }

    #[test]
    fn as_the_reference_when_it_is_cut(request in request(), at in any::<prop::sample::Index>()) {
        let body = request.encode_to_vec();
        check(&body[..at.index(body.len() + 1)])?;
    }

    /// Two requests one behind the other are one, in protobuf.
    #[test]
    fn as_the_reference_when_it_comes_in_pieces(first in request(), second in request()) {
        check(&[first.encode_to_vec(), second.encode_to_vec()].concat())?;
    }
}
