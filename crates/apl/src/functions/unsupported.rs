//! What Axiom's language has and this one does not have yet. Such a name is no slip, so nothing else is
//! suggested for it.

/// Names that start like this are of one family.
const PREFIXES: &[&str] = &["series_", "genai_"];

/// The other names, separated by spaces.
const NAMES: &[&str] = &[
    // Arrays
    "array_concat array_extract array_iff array_index_of array_reverse array_rotate_left \
     array_rotate_right array_select_dict array_shift_left array_shift_right array_slice \
     array_sort_asc array_sort_desc array_split array_sum bag_has_key bag_keys bag_pack bag_zip \
     isarray len pack pack_array pack_dictionary strcat_array",
    // Conversion
    "dynamic_to_json ensure_field isbool toarray tohex",
    // Datetimes
    "datetime_add datetime_diff datetime_part dayofmonth dayofweek dayofyear hourofday \
     monthofyear getmonth getyear startofday startofweek startofmonth startofyear endofday \
     endofweek endofmonth endofyear week_of_year unixtime_seconds_todatetime \
     unixtime_milliseconds_todatetime unixtime_microseconds_todatetime \
     unixtime_nanoseconds_todatetime",
    // Hashes
    "hash hash_md5 hash_sha1 hash_sha256 hash_sha512",
    // IP addresses
    "parse_ipv4 parse_ipv4_mask format_ipv4 format_ipv4_mask has_ipv4 has_any_ipv4 \
     has_ipv4_prefix has_any_ipv4_prefix ipv4_compare ipv4_is_in_range ipv4_is_in_any_range \
     ipv4_is_match ipv4_is_private ipv4_netmask_suffix ipv6_compare ipv6_is_in_range \
     ipv6_is_in_any_range ipv6_is_match geo_info_from_ip_address",
    // Mathematics
    "acos asin atan atan2 cos cot degrees exp exp2 exp10 gamma loggamma isfinite isinf isint \
     isnan log log2 log10 max_of min_of pi pow radians rand range set_difference set_has_element \
     set_intersect set_union sign sin sqrt tan",
    // Strings
    "base64_encode_tostring base64_decode_tostring base64_encode_fromarray base64_decode_toarray \
     countof countof_regex extract extract_all format_bytes format_url gettype typeof indexof \
     indexof_regex isascii parse_bytes parse_csv parse_path parse_url parse_urlquery \
     quote regex_quote replace replace_regex replace_string reverse split strcat_delim strcmp \
     string_size strip_ansi_escapes strrep totitle translate trim trim_start trim_end trim_regex \
     trim_start_regex trim_end_regex trim_space unicode_codepoints_from_string \
     unicode_codepoints_to_string url_encode url_decode",
    // Metadata
    "column_ifexists ingestion_time cursor_current",
    // Types, pairs, SQL
    "iscc isimei ismap isreal isstring isutf8 pair parse_pair find_pair parse_sql format_sql \
     toscalar",
    // Aggregations
    "percentiles percentiles_array percentiles_arrayif percentilesif topk topkif histogram \
     histogramif rate stdev stdevif variance varianceif make_set_if make_list_if make_bag \
     spotlight phrases presence",
];

pub(super) fn is_known(name: &str) -> bool {
    let is_named = |names: &&str| names.split(' ').any(|known| known == name);
    NAMES.iter().any(is_named) || PREFIXES.iter().any(|prefix| name.starts_with(prefix))
}
