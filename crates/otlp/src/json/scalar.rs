//! Numbers, enums, hex and base64 as JSON may write them.

use base64::Engine;
use base64::alphabet;
use base64::engine::{DecodePaddingMode, GeneralPurpose, GeneralPurposeConfig};
use opentelemetry_proto::tonic::trace::v1::span::SpanKind;
use opentelemetry_proto::tonic::trace::v1::status::StatusCode;
use serde::de::{Deserialize, Deserializer, Error, Visitor};
use serde_json::value::RawValue;
use std::fmt;
use std::marker::PhantomData;

/// An integer, as a number or as text.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Integer<T>(pub(super) T);

/// A 64-bit float: a number, a number as text, `"NaN"`, `"Infinity"` or `"-Infinity"`.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Float(pub(super) f64);

/// An enum's number, or its name.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Enum(pub(super) i32);

/// An id: bytes in hex, of either case. Of text that is no hex it is the text's bytes, and never as many as an id
/// has: its span is rejected, as one with a bad id is in protobuf, and the others are not.
#[derive(Clone, Debug, Default)]
pub(super) struct Hex(pub(super) Vec<u8>);

/// Bytes in base64, of either alphabet, padded or not.
#[derive(Clone, Debug, Default)]
pub(super) struct Base64(pub(super) Vec<u8>);

/// Of a span and of a trace, in bytes.
const ID_LENGTHS: [usize; 2] = [8, 16];

/// For `deserialize_with`: `null` is the default.
pub(super) fn or_default<'de, D, T>(deserializer: D) -> Result<T, D::Error>
where
    D: Deserializer<'de>,
    T: Default + Deserialize<'de>,
{
    Ok(Option::deserialize(deserializer)?.unwrap_or_default())
}

impl<'de, T: TryFrom<i128>> Deserialize<'de> for Integer<T> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(IntegerVisitor(PhantomData))
    }
}

struct IntegerVisitor<T>(PhantomData<T>);

impl<T: TryFrom<i128>> IntegerVisitor<T> {
    fn fit<E: Error>(value: i128) -> Result<Integer<T>, E> {
        T::try_from(value)
            .map(Integer)
            .map_err(|_| E::custom(format!("the integer {value} is out of range")))
    }
}

impl<T: TryFrom<i128>> Visitor<'_> for IntegerVisitor<T> {
    type Value = Integer<T>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("an integer, as a number or as text")
    }

    fn visit_u64<E: Error>(self, value: u64) -> Result<Self::Value, E> {
        Self::fit(value.into())
    }

    fn visit_i64<E: Error>(self, value: i64) -> Result<Self::Value, E> {
        Self::fit(value.into())
    }

    fn visit_f64<E: Error>(self, value: f64) -> Result<Self::Value, E> {
        // ProtoJSON allows 1.0 and 1e3. The bound keeps the cast exact.
        if value.fract() == 0.0 && value.abs() <= 2_f64.powi(64) {
            return Self::fit(value as i128);
        }
        Err(E::custom(format!("{value} is not an integer")))
    }

    fn visit_str<E: Error>(self, text: &str) -> Result<Self::Value, E> {
        Self::fit(
            text.parse()
                .map_err(|_| E::custom(format!("{text:?} is not an integer")))?,
        )
    }
}

impl<'de> Deserialize<'de> for Float {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        // From the text: serde_json's own reading of a float may miss the nearest one by a bit.
        let json = <&RawValue>::deserialize(deserializer)?.get();
        let invalid = || D::Error::custom(format!("{json} is not a 64-bit number"));
        if json.starts_with('"') {
            // Rust reads ProtoJSON's three words as well.
            let text: String = serde_json::from_str(json).map_err(D::Error::custom)?;
            return text.parse().map(Float).map_err(|_| invalid());
        }
        json.parse()
            .ok()
            .filter(|value: &f64| value.is_finite())
            .map(Float)
            .ok_or_else(invalid)
    }
}

impl<'de> Deserialize<'de> for Enum {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(EnumVisitor)
    }
}

struct EnumVisitor;

impl Visitor<'_> for EnumVisitor {
    type Value = Enum;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("an enum's number")
    }

    fn visit_u64<E: Error>(self, value: u64) -> Result<Enum, E> {
        IntegerVisitor::fit(value.into()).map(|integer| Enum(integer.0))
    }

    fn visit_i64<E: Error>(self, value: i64) -> Result<Enum, E> {
        IntegerVisitor::fit(value.into()).map(|integer| Enum(integer.0))
    }

    fn visit_str<E: Error>(self, text: &str) -> Result<Enum, E> {
        // The names of the three enums are disjoint.
        let kind = SpanKind::from_str_name(text).map(i32::from);
        kind.or_else(|| StatusCode::from_str_name(text).map(i32::from))
            .or_else(|| severity(text))
            .or_else(|| text.parse().ok())
            .map(Enum)
            .ok_or_else(|| {
                E::custom(format!(
                    "{text:?} is no kind of span, no status code and no severity"
                ))
            })
    }
}

/// The number of `SEVERITY_NUMBER_WARN2`: they come in fours.
fn severity(name: &str) -> Option<i32> {
    let name = name.strip_prefix("SEVERITY_NUMBER_")?;
    if name == "UNSPECIFIED" {
        return Some(0);
    }
    let level = name.trim_end_matches(['2', '3', '4']);
    let place = ["TRACE", "DEBUG", "INFO", "WARN", "ERROR", "FATAL"]
        .iter()
        .position(|known| *known == level)?;
    let step = match &name[level.len()..] {
        "" => 1,
        step => step.parse().ok().filter(|step| *step < 5)?,
    };
    Some(i32::try_from(place).ok()? * 4 + step)
}

impl<'de> Deserialize<'de> for Hex {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_str(HexVisitor)
    }
}

struct HexVisitor;

impl Visitor<'_> for HexVisitor {
    type Value = Hex;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("an id in hex")
    }

    fn visit_str<E: Error>(self, text: &str) -> Result<Hex, E> {
        let digits: Option<Vec<u8>> = text
            .chars()
            .map(|c| c.to_digit(16).map(|digit| digit as u8))
            .collect();
        let Some(digits) = digits.filter(|digits| digits.len() % 2 == 0) else {
            let mut bytes = text.as_bytes().to_vec();
            if ID_LENGTHS.contains(&bytes.len()) {
                bytes.push(b' ');
            }
            return Ok(Hex(bytes));
        };
        Ok(Hex(digits
            .chunks_exact(2)
            .map(|pair| pair[0] << 4 | pair[1])
            .collect()))
    }
}

impl<'de> Deserialize<'de> for Base64 {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_str(Base64Visitor)
    }
}

struct Base64Visitor;

impl Visitor<'_> for Base64Visitor {
    type Value = Base64;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("bytes in base64")
    }

    fn visit_str<E: Error>(self, text: &str) -> Result<Base64, E> {
        const LENIENT: GeneralPurposeConfig =
            GeneralPurposeConfig::new().with_decode_padding_mode(DecodePaddingMode::Indifferent);
        let alphabet = if text.contains(['-', '_']) {
            alphabet::URL_SAFE
        } else {
            alphabet::STANDARD
        };
        GeneralPurpose::new(&alphabet, LENIENT)
            .decode(text)
            .map(Base64)
            .map_err(E::custom)
    }
}
