//! Protobuf's wire format, as far as OTLP uses it: fields, one after the other, borrowed from the body.
//!
//! It knows numbers and lengths and no message. Groups, which OTLP never had, are refused; everything else
//! that is well formed is read, so that a field of a later version can be passed over.

use crate::Error;

/// Field numbers and wire types as they stand in the body.
pub(crate) const VARINT: u32 = 0;
pub(crate) const FIXED64: u32 = 1;
pub(crate) const BYTES: u32 = 2;
pub(crate) const FIXED32: u32 = 5;

/// The tag of field `number` with a wire type: what [`Fields::next`] says a field is.
pub(crate) const fn tag(number: u32, wire_type: u32) -> u32 {
    number << 3 | wire_type
}

/// A field's value: the bytes of a length-delimited one, or a number.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Field<'a> {
    /// Of [`tag`]: number and wire type at once, so that a known number with another type is no match.
    pub(crate) tag: u32,
    /// Empty for a number.
    pub(crate) bytes: &'a [u8],
    /// 0 for bytes; the low 32 bits for a 32-bit one.
    pub(crate) number: u64,
}

/// The fields of one message.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Fields<'a> {
    rest: &'a [u8],
}

const TOO_SHORT: Error = Error::Malformed("a field is longer than its message");
const BAD_VARINT: Error = Error::Malformed("a number is longer than 64 bits");
const BAD_TAG: Error =
    Error::Malformed("a field has the number 0 or one that protobuf does not allow");
const GROUP: Error =
    Error::Malformed("it has a group or an unknown wire type, which OTLP never had");
/// A field that the message has, in another wire type than OTLP's.
pub(crate) const WRONG_TYPE: Error =
    Error::Malformed("a field has another type than OTLP gives it");

impl<'a> Fields<'a> {
    pub(crate) fn of(message: &'a [u8]) -> Self {
        Self { rest: message }
    }

    /// What is not read yet.
    pub(crate) fn rest(self) -> &'a [u8] {
        self.rest
    }

    /// The next field; `None` at the end of the message.
    #[inline(always)]
    pub(crate) fn next(&mut self) -> Result<Option<Field<'a>>, Error> {
        let Some((first, rest)) = self.rest.split_first() else {
            return Ok(None);
        };
        // Numbers up to 15, nearly all of OTLP's, take one byte.
        let tag = if *first < 0x80 {
            self.rest = rest;
            u32::from(*first)
        } else {
            u32::try_from(self.varint()?).map_err(|_| BAD_TAG)?
        };
        if tag < 8 {
            return Err(BAD_TAG);
        }
        let mut field = Field {
            tag,
            bytes: &[],
            number: 0,
        };
        match tag & 7 {
            BYTES => field.bytes = self.bytes()?,
            VARINT => field.number = self.varint()?,
            FIXED64 => field.number = u64::from_le_bytes(self.array()?),
            FIXED32 => field.number = u32::from_le_bytes(self.array()?).into(),
            _ => return Err(GROUP),
        }
        Ok(Some(field))
    }

    #[inline(always)]
    fn bytes(&mut self) -> Result<&'a [u8], Error> {
        let length = self.varint()?;
        let length = usize::try_from(length).map_err(|_| TOO_SHORT)?;
        let Some((bytes, rest)) = self.rest.split_at_checked(length) else {
            return Err(TOO_SHORT);
        };
        self.rest = rest;
        Ok(bytes)
    }

    #[inline(always)]
    fn varint(&mut self) -> Result<u64, Error> {
        match self.rest.split_first() {
            Some((byte, rest)) if *byte < 0x80 => {
                self.rest = rest;
                Ok((*byte).into())
            }
            _ => self.long_varint(),
        }
    }

    fn long_varint(&mut self) -> Result<u64, Error> {
        let mut value = 0_u64;
        for (index, byte) in self.rest.iter().take(10).enumerate() {
            let bits = u64::from(byte & 0x7f);
            // The tenth byte has room for one bit.
            if index == 9 && *byte > 1 {
                return Err(BAD_VARINT);
            }
            value |= bits << (7 * index);
            if *byte < 0x80 {
                self.rest = &self.rest[index + 1..];
                return Ok(value);
            }
        }
        Err(if self.rest.len() < 10 {
            TOO_SHORT
        } else {
            BAD_VARINT
        })
    }

    #[inline(always)]
    fn array<const N: usize>(&mut self) -> Result<[u8; N], Error> {
        let Some((bytes, rest)) = self.rest.split_first_chunk() else {
            return Err(TOO_SHORT);
        };
        self.rest = rest;
        Ok(*bytes)
    }
}
