//! IPv6 addresses and ranges. An IPv4 address is the one that IPv6 maps it to, `::ffff:10.0.0.1`.

use crate::kernels::rows::Row;
use std::net::{IpAddr, Ipv4Addr};

/// All addresses from the first to the last.
#[derive(Clone, Copy, Debug)]
pub(super) struct Range {
    pub(super) first: u128,
    pub(super) last: u128,
}

/// `fe80::/10`; an address is a range of one.
pub(super) fn range(text: &str) -> Option<Range> {
    let (address, bits) = match text.trim().split_once('/') {
        Some((address, bits)) => (address, Some(bits.parse::<u32>().ok()?)),
        None => (text.trim(), None),
    };
    let (address, most) = match address.parse().ok()? {
        IpAddr::V4(address) => (Ipv4Addr::to_ipv6_mapped(&address), 32_u32),
        IpAddr::V6(address) => (address, 128),
    };
    let free = most.checked_sub(bits.unwrap_or(most))?;
    let (address, mask) = (u128::from(address), mask(free)?);
    Some(Range {
        first: address & mask,
        last: address | !mask,
    })
}

/// The first two arguments in so many bits as both ranges and the third argument leave.
pub(super) fn masked(row: Row<'_>) -> Option<(u128, u128)> {
    let (a, b) = (range(row.text(0)?)?, range(row.text(1)?)?);
    let bits = u32::try_from(row.integer(2).unwrap_or(128)).ok()?;
    let kept = mask(128_u32.checked_sub(bits)?)?;
    let kept = kept & !(a.first ^ a.last) & !(b.first ^ b.last);
    Some((a.first & kept, b.first & kept))
}

/// Ones, but for so many bits at the end.
fn mask(free: u32) -> Option<u128> {
    (free <= 128).then(|| u128::MAX.checked_shl(free).unwrap_or(0))
}
