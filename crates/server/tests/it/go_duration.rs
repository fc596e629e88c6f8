//! Timespans as Go writes them: the cells that Axiom's clients parse.

use apl::timespan::format;

/// What `time.Duration(n).String()` gives.
#[test]
fn is_what_go_prints() {
    let table: [(i64, &str); 21] = [
        (0, "0s"),
        (1, "1ns"),
        (999, "999ns"),
        (1_000, "1µs"),
        (1_100, "1.1µs"),
        (666_387, "666.387µs"),
        (1_000_000, "1ms"),
        (2_200_000, "2.2ms"),
        (130_944_578, "130.944578ms"),
        (999_999_999, "999.999999ms"),
        (1_000_000_000, "1s"),
        (3_300_000_000, "3.3s"),
        (60_000_000_000, "1m0s"),
        (245_000_000_000, "4m5s"),
        (245_001_000_000, "4m5.001s"),
        (3_600_000_000_000, "1h0m0s"),
        (18_367_001_000_000, "5h6m7.001s"),
        (480_000_000_001, "8m0.000000001s"),
        (-1_500_000, "-1.5ms"),
        (i64::MAX, "2562047h47m16.854775807s"),
        (i64::MIN, "-2562047h47m16.854775808s"),
    ];
    for (nanos, printed) in table {
        assert_eq!(format(nanos), printed, "{nanos} ns");
    }
}
