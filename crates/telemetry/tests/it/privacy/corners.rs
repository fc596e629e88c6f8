//! Texts that are hard on a scanner.

use std::time::Duration;

use throughline_telemetry::privacy::{Guard, Rules};

use super::values::Seed;
use super::{check, clean, guard};

#[test]
fn several_at_the_edges_and_side_by_side() {
    check("a@b.co +14155550100", "<email> <phone>");
    check("a@b.co+14155550100", "<email><phone>");
    check("+14155550100a@b.co", "<email>");
    check("漢a@b.co字", "<email>");
    check(
        r"\n+14155550100\n4111111111111111\n",
        r"\n<phone>\n<card>\n",
    );
    for spaces in 0..80 {
        let gap = " ".repeat(spaces);
        check(
            &format!("x1{gap} 415-555-0100"),
            &format!("x1{gap} <phone>"),
        );
        check(&format!("1{gap}/+14155550100"), &format!("1{gap}/<phone>"));
    }
    check("a@b.co\0c@d.co", "<email>\0<email>");
    check("GB82WEST12345698765432,4111111111111111", "<iban>,<card>");
    check(
        r#"["a@b.co","+14155550100",4111111111111111]"#,
        r#"["<email>","<phone>",<card>]"#,
    );
    check(
        "to=a%40b.co%26ring%3D%2B14155550100",
        "to=<email>%26ring%3D<phone>",
    );
}

#[test]
fn random_bytes_never_panic_and_stay_clean_once_cleaned() {
    const ALPHABET: &[u8] =
        b"@@..%4020+()-_ =:/?&#\"'\\u0eyJxaat-Bearer GB82 4111 0123456789\xc3\xa9\xe2\x80\xaf\x00";
    let mut seed = Seed(7);
    let guard = guard();
    for _ in 0..20_000 {
        let length = seed.below(60);
        let bytes: Vec<u8> = (0..length)
            .map(|_| match seed.below(4) {
                0 => u8::try_from(seed.below(256)).unwrap(),
                _ => ALPHABET[seed.below(ALPHABET.len())],
            })
            .collect();
        let text = String::from_utf8_lossy(&bytes);
        let once = guard.text(&text);
        assert_eq!(guard.text(&once), once, "from {text:?}");
        guard.value("url.full", text.into_owned().into());
    }
}

#[test]
fn a_mebibyte_takes_linear_time() {
    for part in [
        "a",
        "@",
        "a@",
        "a@b",
        "a.b@c.d",
        "1",
        "1 ",
        "12-",
        "41 ",
        "(1",
        "+1",
        "eyJ",
        "eyJ.",
        "%40",
        "%25",
        "=",
        "a=",
        "a:",
        "\"",
        "password=\"",
        "://",
        "://a:b",
        "?a=b&",
        "Bearer ",
        "xaat-",
        "GB82",
        "é",
        "\\u0040",
        "415-555-",
        "0",
    ] {
        let text = part.repeat((1 << 20) / part.len());
        let started = worked();
        clean(&text);
        let took = worked() - started;
        // Even unoptimised; quadratic would be hours.
        assert!(took < Duration::from_secs(20), "{part:?} took {took:?}");
    }
}

/// What this thread has had of a processor: a busy machine makes a test wait, not work.
fn worked() -> Duration {
    let time = rustix::time::clock_gettime(rustix::time::ClockId::ThreadCPUTime);
    Duration::try_from(time).unwrap()
}

#[test]
fn counters_by_kind() {
    let guard = guard();
    let other = guard.clone();
    other.text("a@b.co c@d.co 4111111111111111");
    other.value("password", "x".into());
    let counted: Vec<_> = guard
        .redactions()
        .into_iter()
        .filter(|(_, n)| *n > 0)
        .collect();
    assert_eq!(counted, [("attribute", 1), ("card", 1), ("email", 2)]);
}

#[test]
fn off_means_untouched() {
    let guard = Guard::new(&Rules {
        enabled: false,
        ..Rules::default()
    });
    assert_eq!(guard.text("a@b.co"), "a@b.co");
    assert_eq!(guard.value("password", "x".into()), "x".into());
    assert!(guard.redactions().iter().all(|(_, count)| *count == 0));
}
