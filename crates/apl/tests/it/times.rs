//! Timespans and datetimes as text, both ways.

use throughline_apl::{datetime, timespan};

#[test]
fn timespans_are_written_as_go_writes_them() {
    for (nanos, text) in [
        (0, "0s"),
        (7, "7ns"),
        (666_387, "666.387µs"),
        (130_944_578, "130.944578ms"),
        (1_000_000_000, "1s"),
        (60_000_000_000, "1m0s"),
        (-1_500_000_000, "-1.5s"),
        (7_200_500_000_000, "2h0m0.5s"),
        (90_000_000_000_000, "25h0m0s"),
        (i64::MIN, "-2562047h47m16.854775808s"),
    ] {
        assert_eq!(timespan::format(nanos), text);
        if nanos != i64::MIN {
            assert_eq!(timespan::parse(text), Some(nanos), "{text}");
        }
    }
}

#[test]
fn what_is_no_timespan_is_refused() {
    for text in ["", "-", "5", "h", "1x", "1h-5m", "9999999999h"] {
        assert_eq!(timespan::parse(text), None, "{text}");
    }
}

#[test]
fn datetimes_have_only_the_digits_they_need() {
    for (nanos, text) in [
        (0, "1970-01-01T00:00:00Z"),
        (1_795_341_600_123_000_000, "2026-11-22T10:00:00.123Z"),
        (1_795_341_600_000_000_001, "2026-11-22T10:00:00.000000001Z"),
        (-1, "1969-12-31T23:59:59.999999999Z"),
    ] {
        assert_eq!(datetime::format(nanos), text);
        assert_eq!(datetime::parse(text), Some(nanos), "{text}");
    }
}

#[test]
fn datetimes_are_read_in_looser_forms() {
    let noon = 1_795_348_800_000_000_000;
    for text in [
        "2026-11-22T12:00:00+00:00",
        "2026-11-22T13:00:00+01:00",
        "2026-11-22 12:00:00",
        "2026-11-22 12:00",
        "2026-11-22T12:00Z",
    ] {
        assert_eq!(datetime::parse(text), Some(noon), "{text}");
    }
    for text in ["", "yesterday", "2026-13-01", "9999-01-01"] {
        assert_eq!(datetime::parse(text), None, "{text}");
    }
}
