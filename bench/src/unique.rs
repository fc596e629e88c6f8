//! A second gzip member that makes a prepared body unique, without compressing anything again.
//!
//! A server that recognises identical re-sends would take a body that comes round again for one. Gzip
//! allows several members one after the other, and protobuf allows the parts of a message to be put one
//! after the other: so the prepared member is followed by a small one that is not compressed and holds a
//! field that OTLP does not know, with a number that never comes again. Receivers skip such a field.

use flate2::Crc;

/// Length of the member.
pub const BYTES: usize = HEAD.len() + BLOCK.len() + FIELD_BYTES + 8;

/// No name, no time, no operating system (RFC 1952).
const HEAD: [u8; 10] = [0x1f, 0x8b, 8, 0, 0, 0, 0, 0, 0, 0xff];
/// The last block, stored, its length and the length's complement (RFC 1951).
const BLOCK: [u8; 5] = [1, FIELD_BYTES as u8, 0, !(FIELD_BYTES as u8), 0xff];
/// Field 15 of the request, of 16 bytes: OTLP's has one field, with the number 1.
const FIELD: [u8; 2] = [15 << 3 | 2, 16];
const FIELD_BYTES: usize = FIELD.len() + 16;

/// The member for the `number`th request of a run.
pub fn member(run: u64, number: u64) -> [u8; BYTES] {
    let mut field = [0; FIELD_BYTES];
    field[..2].copy_from_slice(&FIELD);
    field[2..10].copy_from_slice(&run.to_be_bytes());
    field[10..].copy_from_slice(&number.to_be_bytes());
    let mut crc = Crc::new();
    crc.update(&field);

    let mut member = [0; BYTES];
    let (head, rest) = member.split_at_mut(HEAD.len());
    head.copy_from_slice(&HEAD);
    let (block, rest) = rest.split_at_mut(BLOCK.len());
    block.copy_from_slice(&BLOCK);
    let (stored, check) = rest.split_at_mut(FIELD_BYTES);
    stored.copy_from_slice(&field);
    check[..4].copy_from_slice(&crc.sum().to_le_bytes());
    check[4..].copy_from_slice(&(FIELD_BYTES as u32).to_le_bytes());
    member
}

#[cfg(test)]
mod tests {
    use super::{BYTES, FIELD, member};
    use crate::spans;
    use flate2::read::MultiGzDecoder;
    use opentelemetry_proto::tonic::collector::trace::v1::ExportTraceServiceRequest;
    use prost::Message;
    use std::io::Read;

    fn inflated(gzip: &[u8]) -> Vec<u8> {
        let mut bytes = Vec::new();
        MultiGzDecoder::new(gzip).read_to_end(&mut bytes).unwrap();
        bytes
    }

    #[test]
    fn the_member_inflates_to_its_field() {
        let expected = [
            &FIELD[..],
            &[0, 0, 0, 0, 0, 0, 0, 7],
            &[0, 0, 0, 0, 0, 0, 1, 2],
        ];
        assert_eq!(inflated(&member(7, 258)), expected.concat());
    }

    #[test]
    fn a_body_with_a_member_is_the_same_request_in_other_bytes() {
        let body = &spans::bodies(600)[0];
        let plain = ExportTraceServiceRequest::decode(&*inflated(&body.gzip)).unwrap();
        let spans = &plain.resource_spans[0].scope_spans[0].spans;
        assert_eq!(spans.len(), body.spans);
        let sent = |number| [&body.gzip[..], &member(1, number)].concat();
        assert_ne!(inflated(&sent(1)), inflated(&sent(2)));
        for number in [0, 1, u64::MAX] {
            let bytes = inflated(&sent(number));
            assert_eq!(bytes.len(), body.raw_bytes + 18);
            assert_eq!(ExportTraceServiceRequest::decode(&*bytes).unwrap(), plain);
        }
    }

    #[test]
    fn a_member_is_small() {
        assert_eq!(BYTES, 41);
    }
}
