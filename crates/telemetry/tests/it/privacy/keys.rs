//! The deny-list, the operator's own lists, and the limits on values.

use opentelemetry::{Array, StringValue, Value};
use throughline_telemetry::privacy::{Guard, Rules};

use super::guard;

const GONE: &str = "[REDACTED:attribute]";

#[test]
fn denied_names_in_every_spelling_whatever_the_type() {
    for key in [
        "email",
        "user.email",
        "userEmail",
        "USER_EMAIL",
        "contact-email",
        "e-mail",
        "emailAddress",
        "phone",
        "phone_number",
        "PhoneNumber",
        "password",
        "db.password",
        "secret",
        "client_secret",
        "token",
        "access_token",
        "refreshToken",
        "authorization",
        "http.request.header.authorization",
        "http.request.header.cookie",
        "http.response.header.set-cookie",
        "http.response.header.set_cookie",
        "card_number",
        "cardNumber",
        "cvv",
        "iban",
        "ssn",
        "client.address",
        "client_ip",
        "http.client_ip",
        "x-forwarded-for",
        "http.request.header.x_forwarded_for",
        "x-real-ip",
        "enduser.id",
        "user.full_name",
        "user.name",
        "username",
        "db.query.parameter.0",
        "db.query.parameter.email",
        "message",
        "first_name",
        "lastName",
        "address",
        "shipping.address",
        "birth_date",
        "dateOfBirth",
        "dob",
        "api_key",
        "X-API-Key",
        "gen_ai.tool.call.arguments",
        "gen_ai.tool.call.result",
        "gen_ai.input.messages",
    ] {
        let array = Value::Array(Array::Bool(vec![true]));
        for value in [
            "x".into(),
            Value::I64(7),
            Value::F64(0.5),
            Value::Bool(true),
            array,
        ] {
            assert_eq!(guard().value(key, value), GONE.into(), "{key}");
        }
    }
}

#[test]
fn every_value_of_a_query() {
    for (key, value, expected) in [
        (
            "url.full",
            "https://h/p?a=1&b=two#f",
            "https://h/p?a=[REDACTED:query]&b=[REDACTED:query]#[REDACTED:query]",
        ),
        (
            "url.query",
            "a=1&b=&c",
            "a=[REDACTED:query]&b=&[REDACTED:query]",
        ),
        (
            "http.target",
            "/p?q=ann@example.com",
            "/p?q=[REDACTED:query]",
        ),
        (
            "http.url",
            "http://u:p@h/ann@example.com",
            "http://[REDACTED:password]@h/[REDACTED:email]",
        ),
    ] {
        assert_eq!(guard().value(key, value.into()), expected.into(), "{key}");
    }
}

#[test]
fn the_operators_lists() {
    let guard = Guard::new(&Rules {
        keys: vec!["lesson.note".to_owned(), "crm.*".to_owned()],
        allowed_keys: vec!["support.email".to_owned()],
        ..Rules::default()
    });
    for key in ["lesson.note", "LessonNote", "my_lesson_note", "crm.city"] {
        assert_eq!(guard.value(key, "x".into()), GONE.into(), "{key}");
    }
    for key in ["lesson.notes", "crmcity", "lesson"] {
        assert_eq!(guard.value(key, "x".into()), "x".into(), "{key}");
    }
    let ours = Value::from("help@instainstru.com");
    assert_eq!(guard.value("support.email", ours.clone()), ours);
}

#[test]
fn long_values_are_cut_between_characters_after_the_search() {
    let guard = Guard::new(&Rules {
        value_bytes_max: Some(5),
        ..Rules::default()
    });
    assert_eq!(guard.value("k", "abcdéf".into()), "abcd".into());
    assert_eq!(guard.value("k", "12345".into()), "12345".into());
    assert_eq!(guard.value("k", "ann@example.com".into()), "[REDA".into());
    let texts = |all: &[&'static str]| -> Vec<StringValue> {
        all.iter().map(|text| (*text).into()).collect()
    };
    let array = Value::Array(Array::String(texts(&["123456", "1"])));
    assert_eq!(
        guard.value("k", array),
        Value::Array(Array::String(texts(&["12345", "1"])))
    );
}

#[test]
fn cards_as_numbers_and_arrays() {
    assert_eq!(
        guard().value("n", 4_111_111_111_111_111.into()),
        "[REDACTED:card]".into()
    );
    let array = Value::Array(Array::I64(vec![1, 4_111_111_111_111_111]));
    assert_eq!(guard().value("n", array), "[REDACTED:card]".into());
}

#[test]
fn fields_of_a_log_line() {
    let guard = guard();
    assert_eq!(
        guard.field("message", "mailed ann@example.com"),
        "mailed [REDACTED:email]"
    );
    assert_eq!(guard.field("email", "x"), GONE);
    assert_eq!(guard.field("url.query", "a=1"), "a=[REDACTED:query]");
    assert_eq!(guard.field("count", "7"), "7");
}
