//! Parquet's encodings of numbers: runs and packed bits, packed differences.
//!
//! The functions append to a page; what they write is in Parquet's `Encodings.md`.

/// Values that a run saves room for.
const RUN_MIN: usize = 8;
/// Of differences: values of a block, and the parts that have a width of their own.
const BLOCK: usize = 128;
const MINIBLOCK: usize = 32;

/// Bits that hold every number up to `max`; at least one, since readers differ about none.
pub(super) fn width(max: u32) -> u32 {
    (u32::BITS - max.leading_zeros()).max(1)
}

/// RLE: runs of eight and more of a value, and packed values in groups of eight.
pub(super) fn rle<T: Copy + Eq + Into<u32>>(values: &[T], width: u32, out: &mut Vec<u8>) {
    let (mut packed_from, mut at) = (0, 0);
    while at < values.len() {
        let value = values[at];
        let length = values[at..]
            .iter()
            .take_while(|other| **other == value)
            .count();
        // Packed values come in eights, so a run first fills up what is before it.
        let fill = (at - packed_from).next_multiple_of(8) - (at - packed_from);
        if length >= RUN_MIN + fill {
            packed(&values[packed_from..at + fill], width, out);
            run(value.into(), length - fill, width, out);
            packed_from = at + length;
        }
        at += length;
    }
    packed(&values[packed_from..], width, out);
}

fn run(value: u32, length: usize, width: u32, out: &mut Vec<u8>) {
    varint((length as u64) << 1, out);
    let bytes = width.div_ceil(8) as usize;
    out.extend_from_slice(&value.to_le_bytes()[..bytes]);
}

fn packed<T: Copy + Into<u32>>(values: &[T], width: u32, out: &mut Vec<u8>) {
    if values.is_empty() {
        return;
    }
    let groups = values.len().div_ceil(8);
    varint((groups as u64) << 1 | 1, out);
    pack(
        values.iter().map(|value| u64::from((*value).into())),
        groups * 8,
        width,
        out,
    );
}

/// Appends `count` values of `width` bits, zeros behind the last.
fn pack(values: impl Iterator<Item = u64>, count: usize, width: u32, out: &mut Vec<u8>) {
    let end = out.len() + (count * width as usize).div_ceil(8);
    let (mut word, mut bits) = (0_u128, 0);
    for value in values {
        word |= u128::from(value) << bits;
        bits += width;
        if bits >= 64 {
            out.extend_from_slice(&(word as u64).to_le_bytes());
            word >>= 64;
            bits -= 64;
        }
    }
    out.extend_from_slice(&word.to_le_bytes()[..bits.div_ceil(8) as usize]);
    out.resize(end, 0);
}

/// Definition or repetition levels, as a data page of version 1 has them: behind their length.
pub(super) fn levels(levels: &[u8], max: u8, out: &mut Vec<u8>) {
    let start = out.len();
    out.extend_from_slice(&[0; 4]);
    rle(levels, width(max.into()), out);
    let length = (out.len() - start - 4) as u32;
    out[start..start + 4].copy_from_slice(&length.to_le_bytes());
}

/// `DELTA_BINARY_PACKED`: the first value, then differences in blocks.
pub(super) fn delta(values: impl ExactSizeIterator<Item = i64>, out: &mut Vec<u8>) {
    varint(BLOCK as u64, out);
    varint((BLOCK / MINIBLOCK) as u64, out);
    varint(values.len() as u64, out);
    let mut values = values;
    let mut last = values.next().unwrap_or(0);
    zigzag(last, out);
    let mut block = Vec::with_capacity(BLOCK);
    for value in values {
        block.push(value.wrapping_sub(last));
        last = value;
        if block.len() == BLOCK {
            delta_block(&block, out);
            block.clear();
        }
    }
    if !block.is_empty() {
        delta_block(&block, out);
    }
}

fn delta_block(differences: &[i64], out: &mut Vec<u8>) {
    let least = differences.iter().copied().min().unwrap_or(0);
    zigzag(least, out);
    let above = |difference: &i64| difference.wrapping_sub(least) as u64;
    let width = |part: &[i64]| {
        let all = part.iter().map(above).fold(0, std::ops::BitOr::bitor);
        u64::BITS - all.leading_zeros()
    };
    let parts: Vec<&[i64]> = differences.chunks(MINIBLOCK).collect();
    for part in 0..BLOCK / MINIBLOCK {
        out.push(parts.get(part).map_or(0, |part| width(part) as u8));
    }
    for part in parts {
        pack(part.iter().map(above), MINIBLOCK, width(part), out);
    }
}

/// Bits, eight a byte.
pub(super) fn flags(values: impl Iterator<Item = bool>, count: usize, out: &mut Vec<u8>) {
    pack(values.map(u64::from), count, 1, out);
}

fn zigzag(value: i64, out: &mut Vec<u8>) {
    varint(((value << 1) ^ (value >> 63)) as u64, out);
}

pub(super) fn varint(mut value: u64, out: &mut Vec<u8>) {
    while value >= 0x80 {
        out.push(value as u8 | 0x80);
        value >>= 7;
    }
    out.push(value as u8);
}
