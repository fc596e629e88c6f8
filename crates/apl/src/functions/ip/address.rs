//! Addresses and ranges, read and found in texts. An address is a number, its first part the highest.

use crate::kernels::rows::Row;
use serde_json::Value as Json;
use std::net::Ipv4Addr;

/// All addresses from the first to the last.
#[derive(Clone, Copy, Debug)]
pub(super) struct Range {
    pub(super) first: u32,
    pub(super) last: u32,
}

/// Ranges in order, none of which meets another.
#[derive(Clone, Debug)]
pub(super) struct Ranges(Vec<Range>);

impl Ranges {
    pub(super) fn have(&self, address: u32) -> bool {
        let after = self.0.partition_point(|range| range.first <= address);
        after > 0 && address <= self.0[after - 1].last
    }
}

pub(super) fn parse(text: &str) -> Option<u32> {
    text.trim().parse::<Ipv4Addr>().ok().map(u32::from)
}

/// `10.0.0.0/8`; an address is a range of one.
pub(super) fn range(text: &str) -> Option<Range> {
    let (address, bits) = match text.trim().split_once('/') {
        Some((address, bits)) => (address, bits.parse().ok()?),
        None => (text, 32),
    };
    let (address, mask) = (parse(address)?, mask(bits)?);
    Some(Range {
        first: address & mask,
        last: address | !mask,
    })
}

/// The ranges of an argument, which is one or an array of them. What is none is left out.
pub(super) fn ranges(row: Row<'_>, place: usize) -> Option<Ranges> {
    let mut found: Vec<Range> = match row.json(place).as_ref() {
        Json::String(text) => range(text).into_iter().collect(),
        Json::Array(texts) => texts
            .iter()
            .filter_map(|text| range(text.as_str()?))
            .collect(),
        _ => return None,
    };
    found.sort_by_key(|range| (range.first, range.last));
    let mut apart: Vec<Range> = Vec::with_capacity(found.len());
    for range in found {
        match apart.last_mut() {
            Some(before) if range.first <= before.last => before.last = before.last.max(range.last),
            _ => apart.push(range),
        }
    }
    Some(Ranges(apart))
}

/// So many ones in front.
pub(super) fn mask(bits: i64) -> Option<u32> {
    let zeros = 32_u32.checked_sub(u32::try_from(bits).ok()?)?;
    Some(u32::MAX.checked_shl(zeros).unwrap_or(0))
}

/// The net of an address, which is a number or a text.
pub(super) fn net(address: &Json, bits: i64) -> Option<Ipv4Addr> {
    let address = match address {
        Json::String(text) => range(text)?.first,
        number => u32::try_from(number.as_i64()?).ok()?,
    };
    Some(Ipv4Addr::from(address & mask(bits)?))
}

/// The first two arguments in so many bits as both ranges and the third argument leave.
pub(super) fn masked(row: Row<'_>) -> Option<(u32, u32)> {
    let (a, b) = (range(row.text(0)?)?, range(row.text(1)?)?);
    let kept = mask(row.integer(2).unwrap_or(32))?;
    let kept = kept & !(a.first ^ a.last) & !(b.first ^ b.last);
    Some((a.first & kept, b.first & kept))
}

/// The addresses in a text that have neither letter nor digit beside them.
pub(super) fn found_in(text: &str) -> impl Iterator<Item = (&str, u32)> {
    text.split(|letter: char| !letter.is_alphanumeric() && letter != '.')
        .map(|word| word.trim_matches('.'))
        .filter_map(|word| Some((word, word.parse::<Ipv4Addr>().ok()?.into())))
}

pub(super) fn has_prefix(text: &str, prefix: &str) -> bool {
    found_in(text).any(|(word, _)| match prefix.ends_with('.') {
        true => word.starts_with(prefix),
        false => word == prefix,
    })
}
