//! Arrays and maps. A map is what `bag_pack` makes and what the dataset stores of attributes.

use super::Function;
use serde_json::Value as Json;

/// All elements of the arrays, one array after the other.
mod array_concat;
/// The values that a JSON path finds.
mod array_extract;
/// For each condition the element of the one array where it is true, of the other where it is false.
mod array_iff;
/// Where a value is first found in an array, counted from 0.
mod array_index_of;
/// How many elements an array has.
mod array_length;
/// The elements from last to first.
mod array_reverse;
/// The elements moved to the left by so many places.
mod array_rotate_left;
/// The elements moved to the right by so many places.
mod array_rotate_right;
/// The first map of an array of maps in which a key has a value.
mod array_select_dict;
/// The elements moved to the left by so many places.
mod array_shift_left;
/// The elements moved to the right by so many places.
mod array_shift_right;
/// The elements from a place to before another.
mod array_slice;
/// The elements in ascending order.
mod array_sort_asc;
/// The elements in descending order.
mod array_sort_desc;
/// An array cut at a place, or at each place of an array of them.
mod array_split;
/// The sum of the numbers in an array.
mod array_sum;
/// Whether a map has a key.
mod bag_has_key;
/// The keys of a map, in order.
mod bag_keys;
/// The entries of all maps.
mod bag_merge;
/// A map of keys and values.
mod bag_pack;
/// A map of an array of keys and an array of values.
mod bag_zip;
/// Whether a value is an array.
mod isarray;
/// How many letters a string has, or elements an array, or entries a map.
mod len;
/// An array of values.
mod pack_array;
/// The elements of an array as one string, with a delimiter between them.
mod strcat_array;

pub(super) const FUNCTIONS: &[Function] = &[
    array_concat::FUNCTION,
    array_extract::FUNCTION,
    array_iff::FUNCTION,
    array_index_of::FUNCTION,
    array_length::FUNCTION,
    array_reverse::FUNCTION,
    array_rotate_left::FUNCTION,
    array_rotate_right::FUNCTION,
    array_select_dict::FUNCTION,
    array_shift_left::FUNCTION,
    array_shift_right::FUNCTION,
    array_slice::FUNCTION,
    array_sort_asc::FUNCTION,
    array_sort_desc::FUNCTION,
    array_split::FUNCTION,
    array_sum::FUNCTION,
    bag_has_key::FUNCTION,
    bag_keys::FUNCTION,
    bag_merge::FUNCTION,
    bag_pack::FUNCTION,
    bag_zip::FUNCTION,
    isarray::FUNCTION,
    len::FUNCTION,
    pack_array::FUNCTION,
    strcat_array::FUNCTION,
];

/// The elements moved to the left by so many places.
fn shifted(elements: Vec<Json>, places: i64, filling: &Json) -> Vec<Json> {
    let element = |place: usize| {
        let from = (place as i64).checked_add(places)?;
        elements.get(usize::try_from(from).ok()?).cloned()
    };
    (0..elements.len())
        .map(|place| element(place).unwrap_or_else(|| filling.clone()))
        .collect()
}

/// A place between elements; a negative one counts from the end.
fn clamped(place: i64, length: usize) -> usize {
    match usize::try_from(place.unsigned_abs()) {
        Ok(size) if place < 0 => length.saturating_sub(size),
        Ok(size) => size.min(length),
        Err(_) if place < 0 => 0,
        Err(_) => length,
    }
}
