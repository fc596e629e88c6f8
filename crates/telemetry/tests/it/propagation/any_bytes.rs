//! Headers of a stranger's choosing: they cost nothing when absent, little when present, and never a panic.

use allocation_counter::measure;
use http::{HeaderMap, HeaderName, HeaderValue};
use opentelemetry_http::{HeaderExtractor, HeaderInjector};
use throughline_telemetry::opentelemetry::Context;
use throughline_telemetry::opentelemetry::propagation::TextMapPropagator;
use throughline_telemetry::propagation::{self, Format, Propagator};

use super::{SPAN, TRACE, VALID, headers, parent};

const FORMATS: [Format; 4] = [
    Format::TraceContext,
    Format::Baggage,
    Format::B3,
    Format::B3Multi,
];
const NAMES: [&str; 8] = [
    "traceparent",
    "tracestate",
    "baggage",
    "b3",
    "x-b3-traceid",
    "x-b3-spanid",
    "x-b3-sampled",
    "x-b3-flags",
];

/// Allocations of one extraction into a context that, as in a service, holds a value already.
fn allocations(lines: &[(&str, &str)]) -> u64 {
    let propagator = Propagator::new(FORMATS);
    let fresh = Context::new().with_value(0_u8);
    let lines = headers(lines);
    let measured = measure(|| {
        std::hint::black_box(propagator.extract_headers(&fresh, &lines));
    });
    measured.count_total
}

#[test]
fn extraction_costs_what_is_there() {
    let others = [("host", "x"), ("accept", "*/*"), ("x-request-id", "abc")];
    assert_eq!(allocations(&others), 0);
    assert_eq!(allocations(&[]), 0);
    // A header that is refused costs nothing either.
    assert_eq!(
        allocations(&[("traceparent", "nonsense"), ("b3", "x-y")]),
        0
    );
    let random = format!("00-{TRACE}-{SPAN}-03");
    assert_eq!(allocations(&[("traceparent", &random)]), 1, "the span");
    // The value, its map and the map's owner.
    assert_eq!(allocations(&[("traceparent", VALID)]), 4);
    assert!(allocations(&[("traceparent", VALID), ("baggage", "a=1")]) <= 8);
    let without = Propagator::none();
    let lines = headers(&[("traceparent", VALID)]);
    let measured = measure(|| {
        let cx = without.extract_headers(&Context::new(), &lines);
        assert!(!parent(&cx).is_valid());
    });
    assert_eq!(measured.count_total, 0);
}

#[test]
fn the_general_way_costs_nothing_when_nothing_is_there() {
    let propagator = Propagator::new(FORMATS);
    let lines = headers(&[("host", "x"), ("accept", "*/*")]);
    let measured = measure(|| {
        let carrier = HeaderExtractor(&lines);
        std::hint::black_box(propagator.extract_with_context(&Context::new(), &carrier));
    });
    assert_eq!(measured.count_total, 0);
}

/// xorshift64*: the same headers in every run.
struct Dice(u64);

impl Dice {
    fn roll(&mut self, sides: usize) -> usize {
        self.0 ^= self.0 >> 12;
        self.0 ^= self.0 << 25;
        self.0 ^= self.0 >> 27;
        let number = self.0.wrapping_mul(0x2545_F491_4F6C_DD1D) >> 33;
        usize::try_from(number).unwrap() % sides
    }

    /// Something valid with a few bytes changed, cut or repeated, or nothing but noise.
    fn value(&mut self, usual: usize, seeds: &[String]) -> Vec<u8> {
        let unusual = self.roll(3) == 0;
        let seed = if unusual {
            self.roll(seeds.len())
        } else {
            usual
        };
        let mut bytes = seeds[seed].clone().into_bytes();
        for _ in 0..self.roll(4) {
            match self.roll(4) {
                0 => bytes.truncate(self.roll(bytes.len() + 1)),
                1 => bytes.extend_from_within(..),
                2 => bytes.extend((0..self.roll(70)).map(|_| self.byte())),
                _ if bytes.is_empty() => {}
                _ => {
                    let at = self.roll(bytes.len());
                    bytes[at] = self.byte();
                }
            }
        }
        bytes
    }

    fn byte(&mut self) -> u8 {
        let interesting = b"-=,;%+ \t0afAZd@\xff\xc3\xa4";
        if self.roll(2) == 0 {
            return interesting[self.roll(interesting.len())];
        }
        u8::try_from(self.roll(256)).unwrap()
    }
}

#[test]
fn no_bytes_make_it_panic_and_what_is_sent_is_well_formed() {
    // In the order of the names they belong to, then some that belong to none.
    let seeds = [
        VALID.to_owned(),
        "foo=1,bar@x=2".to_owned(),
        "a=%20b;p=1,c=%C3%A9".to_owned(),
        format!("{TRACE}-{SPAN}-d-{SPAN}"),
        TRACE.to_owned(),
        SPAN.to_owned(),
        "1".to_owned(),
        "1".to_owned(),
        format!("cc-{TRACE}-{SPAN}-01-more"),
        "0".to_owned(),
        String::new(),
    ];
    let mut dice = Dice(0x5eed);
    let propagator = Propagator::new(FORMATS);
    let mut valid = 0;
    for _ in 0..20_000 {
        let mut lines = HeaderMap::new();
        for _ in 0..=dice.roll(5) {
            let name = dice.roll(NAMES.len());
            if let Ok(value) = HeaderValue::from_bytes(&dice.value(name, &seeds)) {
                lines.append(HeaderName::from_static(NAMES[name]), value);
            }
        }
        let cx = propagator.extract_headers(&Context::new(), &lines);
        let general = propagator.extract_with_context(&Context::new(), &HeaderExtractor(&lines));
        valid += usize::from(parent(&cx).is_valid());
        assert!(
            !parent(&cx).is_valid() || parent(&general).is_valid(),
            "{lines:?}"
        );
        let mut out = HeaderMap::new();
        propagator.inject_context(&cx, &mut HeaderInjector(&mut out));
        // What was sent on is believed by the next: nothing half-valid gets through.
        let next = propagator.extract_headers(&Context::new(), &out);
        assert_eq!(
            parent(&next).trace_id(),
            parent(&cx).trace_id(),
            "{lines:?}"
        );
        let mut again = HeaderMap::new();
        propagator.inject_context(&next, &mut HeaderInjector(&mut again));
        assert_eq!(again, out, "{lines:?}");
        let _active = cx.attach();
        std::hint::black_box(propagation::baggage("a"));
    }
    assert!((1_000..19_000).contains(&valid), "{valid} say something");
}
