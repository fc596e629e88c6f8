//! IPv4 addresses: as texts, as numbers, and ranges of them such as `10.0.0.0/8`.

use super::Function;
/// Addresses and ranges, read and found in texts.
mod address;

/// An IPv4 address as text, of a number or a text.
mod format_ipv4;
/// The net of an IPv4 address with its number of bits, 32 unless told.
mod format_ipv4_mask;
/// Whether a text has one of several IPv4 addresses in it, or one of a range such as `10.0.0.0/8`.
mod has_any_ipv4;
/// Whether a text has an IPv4 address in it that begins like one of several.
mod has_any_ipv4_prefix;
/// Whether a text has an IPv4 address in it, with neither letter nor digit beside it.
mod has_ipv4;
/// Whether a text has an IPv4 address in it that begins like this.
mod has_ipv4_prefix;
/// -1, 0 or 1, as one IPv4 address is below, equal to or above another, in so many bits as both ….
mod ipv4_compare;
/// Whether an IPv4 address is in one of several ranges.
mod ipv4_is_in_any_range;
/// Whether an IPv4 address is in a range such as `192.168.1.0/24`.
mod ipv4_is_in_range;
/// Whether two IPv4 addresses are one, in so many bits as both ranges and the last argument leave.
mod ipv4_is_match;
/// Whether an IPv4 address is in 10.0.0.0/8, 172.16.0.0/12 or 192.168.0.0/16.
mod ipv4_is_private;
/// The bits of a range such as `10.0.0.0/8`.
mod ipv4_netmask_suffix;
/// The number of an IPv4 address, of the first address of a range such as `10.0.0.0/8`.
mod parse_ipv4;
/// The number of an IPv4 address of which so many bits are kept, and the rest are zero.
mod parse_ipv4_mask;

pub(super) const FUNCTIONS: &[Function] = &[
    format_ipv4::FUNCTION,
    format_ipv4_mask::FUNCTION,
    has_any_ipv4::FUNCTION,
    has_any_ipv4_prefix::FUNCTION,
    has_ipv4::FUNCTION,
    has_ipv4_prefix::FUNCTION,
    ipv4_compare::FUNCTION,
    ipv4_is_in_any_range::FUNCTION,
    ipv4_is_in_range::FUNCTION,
    ipv4_is_match::FUNCTION,
    ipv4_is_private::FUNCTION,
    ipv4_netmask_suffix::FUNCTION,
    parse_ipv4::FUNCTION,
    parse_ipv4_mask::FUNCTION,
];
