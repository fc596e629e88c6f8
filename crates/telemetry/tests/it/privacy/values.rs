//! Private values by seed, evenly of seven kinds, each in several of the forms it has.

/// `SplitMix64`.
pub(crate) struct Seed(pub(crate) u64);

impl Seed {
    pub(crate) fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        z ^ (z >> 31)
    }

    pub(crate) fn below(&mut self, end: usize) -> usize {
        usize::try_from(self.next() % u64::try_from(end).unwrap()).unwrap()
    }

    fn of(&mut self, alphabet: &str, length: usize) -> String {
        let letters: Vec<char> = alphabet.chars().collect();
        (0..length)
            .map(|_| letters[self.below(letters.len())])
            .collect()
    }

    fn pick<'a>(&mut self, list: &[&'a str]) -> &'a str {
        list[self.below(list.len())]
    }

    fn digits(&mut self, length: usize) -> String {
        self.of("0123456789", length)
    }
}

const LOWER: &str = "abcdefghijklmnopqrstuvwxyz";
const TOKEN: &str = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";

/// A value that must not appear, and the text that it appears in.
#[derive(Clone, Debug)]
pub(crate) struct Private {
    pub(crate) secret: String,
    pub(crate) text: String,
}

pub(crate) fn private(seed: &mut Seed, number: usize) -> Private {
    let around = |secret: String, text: &str| {
        let text = text.replace("{}", &secret);
        Private { secret, text }
    };
    match number % 7 {
        0 => around(
            email(seed),
            seed.pick(&[
                "{}",
                "no user {} here",
                "\"{}\"",
                "user:{};",
                "<{}>",
                "名{}",
            ]),
        ),
        1 => around(
            phone(seed),
            seed.pick(&["{}", "call {} now", "tel:{}", "\"{}\"", "[{}]"]),
        ),
        2 => around(
            card(seed),
            seed.pick(&["{}", "card {} declined", "pan:{}", "\"{}\"", "{};"]),
        ),
        3 => around(
            jwt(seed),
            seed.pick(&["{}", "sent {} on", "\"{}\"", "jwt:{}"]),
        ),
        4 => around(
            seed.of(TOKEN, 24),
            seed.pick(&[
                "Bearer {}",
                "bearer {}",
                "Authorization: Bearer {}",
                "BEARER {}",
            ]),
        ),
        5 => around(
            iban(seed),
            seed.pick(&["{}", "to {} today", "iban:{}", "\"{}\""]),
        ),
        _ => query(seed),
    }
}

fn email(seed: &mut Seed) -> String {
    let local = seed.of(LOWER, 8);
    let middle = seed.pick(&["", ".", "+", "_", "-", "é", "ü.", "'", "名"]);
    let (more, host) = (seed.digits(4), seed.of(LOWER, 7));
    let end = seed.pick(&["com", "co.uk", "example", "io", "xn--p1ai", "museum"]);
    format!(
        "{local}{middle}{more}{}{host}.{end}",
        seed.pick(&["@", "@", "@", "%40"])
    )
}

fn phone(seed: &mut Seed) -> String {
    let [a, b, c] = [seed.digits(3), seed.digits(3), seed.digits(4)];
    let first = seed.of("23456789", 1);
    let area = format!("{first}{}", &a[1..]);
    match seed.below(8) {
        0 => format!("+1{area}{b}{c}"),
        1 => format!("+{first}{} {a} {b} {c}", &b[..1]),
        2 => format!("({area}) {b}-{c}"),
        3 => format!("{area}-{b}-{c}"),
        4 => format!("{area}.{b}.{c}"),
        5 => format!("+49 (0) {a} {b}{c}").replace(" (0)", ""),
        6 => format!("0{area} {b}{c}"),
        _ => format!("0{first} {} {} {} {}", &a[..2], &b[..2], &c[..2], &c[2..]),
    }
}

fn card(seed: &mut Seed) -> String {
    let (prefix, length) = [
        ("4", 16),
        ("51", 16),
        ("2720", 16),
        ("37", 15),
        ("6011", 16),
        ("36", 14),
        ("622126", 19),
    ][seed.below(7)];
    let body = format!("{prefix}{}", seed.digits(length - 1 - prefix.len()));
    let weighed = body.bytes().rev().enumerate().map(|(at, byte)| {
        let digit = u32::from(byte - b'0') << (1 - at % 2);
        digit / 10 + digit % 10
    });
    let number = format!("{body}{}", (10 - weighed.sum::<u32>() % 10) % 10);
    let separator = seed.pick(&["", " ", "-"]);
    let fours: Vec<&str> = number
        .as_bytes()
        .chunks(4)
        .map(|four| str::from_utf8(four).unwrap())
        .collect();
    fours.join(separator)
}

fn jwt(seed: &mut Seed) -> String {
    let parts = [seed.of(TOKEN, 18), seed.of(TOKEN, 30), seed.of(TOKEN, 43)];
    format!("eyJ{}.eyJ{}.{}", parts[0], parts[1], parts[2])
}

fn iban(seed: &mut Seed) -> String {
    let (country, bank, digits) = [
        ("DE", "", 18),
        ("GB", "WEST", 14),
        ("FR", "", 23),
        ("NL", "ABNA", 10),
        ("NO", "", 11),
        ("CH", "", 17),
    ][seed.below(6)];
    let body = format!("{bank}{}", seed.digits(digits));
    let rearranged = format!("{body}{country}00");
    let rest = rearranged.chars().fold(0, |sum, letter| {
        let value = letter.to_digit(36).unwrap();
        (if value > 9 { sum * 100 } else { sum * 10 } + value) % 97
    });
    let whole = format!("{country}{:02}{body}", 98 - rest);
    let fours: Vec<&str> = whole
        .as_bytes()
        .chunks(4)
        .map(|four| str::from_utf8(four).unwrap())
        .collect();
    fours.join(seed.pick(&["", " "]))
}

fn query(seed: &mut Seed) -> Private {
    let key = seed.pick(&[
        "X-Amz-Signature",
        "X-Amz-Credential",
        "X-Amz-Security-Token",
        "AWSAccessKeyId",
        "Signature",
        "sig",
        "X-Goog-Signature",
        "token",
        "access_token",
        "code",
        "state",
        "email",
        "phone",
        "password",
        "secret",
        "key",
        "api_key",
        "name",
    ]);
    let secret = seed.of(TOKEN, 16);
    let form = [
        "https://h.example/a?p=1&{k}={s}&z=2",
        "/a?{k}={s}",
        "GET /a?x=1&{k}={s} 404",
        "/%3F{k}%3D{s}%26z",
    ][seed.below(4)];
    let text = form.replace("{k}", key).replace("{s}", &secret);
    Private { secret, text }
}

/// Found by a reviewer: a secret may end like a private name, and texts of many false beginnings took quadratic time.
#[test]
fn a_secret_that_ends_like_a_name_is_a_secret() {
    let guard = throughline_telemetry::privacy::Guard::new(&Default::default());
    for (text, secret) in [
        ("password=hunter2-secret", "hunter2"),
        ("password=MySecret", "MySecret"),
        ("{\"password\":\"AnnaPassword\"}", "Anna"),
        ("token=abc.token", "abc"),
        ("Cookie: sid=5f2a9c; csrf", "5f2a9c"),
        ("Authorization: Digest abc123, token", "abc123"),
    ] {
        assert!(
            !guard.text(text).contains(secret),
            "{text}: {}",
            guard.text(text)
        );
    }
    let sql = "WHERE a.email = b.email AND a.email = $1";
    assert_eq!(guard.text(sql), sql, "a comparison of columns");
}

#[test]
fn many_false_beginnings_cost_no_more_than_one() {
    let guard = throughline_telemetry::privacy::Guard::new(&Default::default());
    for unit in ["email=", "cookie=", "Basic+", "Basic+=", "password: "] {
        // Quadratic, these would take minutes.
        let long = unit.repeat(200_000 / unit.len());
        assert!(!guard.text(&long).is_empty(), "{unit}");
    }
}
