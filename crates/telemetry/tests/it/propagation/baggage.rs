//! Baggage: what passes, what does not, and one member of it.

use throughline_telemetry::opentelemetry::baggage::BaggageExt;
use throughline_telemetry::opentelemetry::{Context, KeyValue};
use throughline_telemetry::propagation::{self, Format};

use super::{extract, sent};

fn forward(lines: &[&str]) -> String {
    let lines: Vec<_> = lines.iter().map(|line| ("baggage", *line)).collect();
    header(&extract(&[Format::Baggage], &lines))
}

fn header(cx: &Context) -> String {
    let lines = sent(&[Format::Baggage], cx);
    lines
        .first()
        .map(|(_, value)| value.clone())
        .unwrap_or_default()
}

fn read(cx: &Context, key: &str) -> Option<String> {
    let _active = cx.clone().attach();
    propagation::baggage(key)
}

#[test]
fn it_passes_as_it_came() {
    for (lines, expected) in [
        (
            &["session.id=a%20b;ttl=3", "x=1"][..],
            "session.id=a%20b;ttl=3,x=1",
        ),
        (&["a=1 , b = 2 ;p"], "a=1,b = 2 ;p"),
        (&["a=1", "\u{e9}", "b=\u{e9}"], "a=1"),
        (&["", ",", "a", "=1", "a="], "a="),
    ] {
        assert_eq!(forward(lines), expected, "{lines:?}");
    }
}

#[test]
fn a_limit_on_everything() {
    assert_eq!(forward(&[&format!("x={}", "x".repeat(8191))]), "");
    let longest = format!("x={}", "x".repeat(8190));
    assert_eq!(forward(&[&longest]), longest);
    assert_eq!(forward(&[&longest, "y=1"]), longest);
    let members = |count: usize| {
        let members: Vec<String> = (0..count).map(|n| format!("k{n}={n}")).collect();
        members.join(",")
    };
    assert_eq!(forward(&[&members(65)]), members(64));
    let full = extract(&[Format::Baggage], &[("baggage", &members(64))]);
    let refused = propagation::with_baggage(&full, "one", "more");
    assert_eq!(header(&refused), members(64));
    let replaced = propagation::with_baggage(&full, "k0", "new");
    assert_eq!(read(&replaced, "k0").as_deref(), Some("new"));
}

#[test]
fn one_member() {
    let sent = "a=1;p=2, b = x%20y ;q,c=%C3%A9,d=%zz%,e=%ff,a=3,f=x=y";
    let cx = extract(&[Format::Baggage], &[("baggage", sent)]);
    for (key, expected) in [
        ("a", Some("1")),
        ("b", Some("x y")),
        ("c", Some("\u{e9}")),
        ("d", Some("%zz%")),
        ("e", Some("\u{fffd}")),
        ("f", Some("x=y")),
        ("p", None),
        ("A", None),
        ("", None),
    ] {
        assert_eq!(read(&cx, key).as_deref(), expected, "{key}");
    }
    assert_eq!(read(&Context::new(), "a"), None);
}

#[test]
fn any_value_can_be_set_and_comes_back() {
    let mut cx = Context::new();
    for value in [
        "",
        "a b",
        "100%",
        "a,b;c=\"d\"\\",
        "Grüße \u{1f600}\r\n",
        "%41",
    ] {
        cx = propagation::with_baggage(&cx, "key", value);
        let received = extract(&[Format::Baggage], &[("baggage", &header(&cx))]);
        assert_eq!(read(&received, "key").as_deref(), Some(value), "{value:?}");
    }
    assert_eq!(header(&cx), "key=%2541", "replaced, not repeated");
    let two = propagation::with_baggage(&cx, "other", "1");
    assert_eq!(header(&two), "key=%2541,other=1");
    for key in ["", "a b", "a=b", "a,b", "\u{e9}", "a;b"] {
        assert_eq!(
            header(&propagation::with_baggage(&cx, key, "1")),
            "key=%2541"
        );
    }
}

/// Code that knows only OpenTelemetry's API is heard as well.
#[test]
fn members_of_the_api_are_sent() {
    let cx = Context::new().with_baggage([KeyValue::new("api", "a b")]);
    assert_eq!(header(&cx), "api=a%20b");
    assert_eq!(read(&cx, "api").as_deref(), Some("a b"));
    let cx = propagation::with_baggage(&cx, "kit", "1");
    assert_eq!(header(&cx), "kit=1,api=a%20b");
    let cx = propagation::with_baggage(&cx, "api", "kit's");
    assert_eq!(header(&cx), "kit=1,api=kit's");
}
