//! Names as people type them, and the columns they stand for.

use super::{Resolved, resolve};

fn check(name: &str, expected: &[&str]) {
    let expected = expected.iter().map(|&column| column.to_owned()).collect();
    assert_eq!(resolve(name), Resolved::Columns(expected), "{name}");
}

#[test]
fn a_name_finds_its_columns_under_every_spelling() {
    check("name", &["name"]);
    check("service.name", &["service.name"]);
    check(
        "http.status_code",
        &[
            "attributes.http.status_code",
            "attributes.http.response.status_code",
        ],
    );
    check(
        "attributes.http.response.status_code",
        &[
            "attributes.http.response.status_code",
            "attributes.http.status_code",
        ],
    );
    check("host.name", &["resource.host.name"]);
    check(
        "resource.deployment.environment",
        &[
            "resource.deployment.environment",
            "resource.deployment.environment.name",
        ],
    );
}

#[test]
fn a_dotted_stranger_is_a_custom_attribute_and_a_slip_is_not() {
    assert_eq!(resolve("order.id"), Resolved::CustomKey("order.id".into()));
    assert_eq!(
        resolve("attributes.order.id"),
        Resolved::CustomKey("order.id".into())
    );
    for (slip, meant) in [("service.nmae", "service.name"), ("durration", "duration")] {
        match resolve(slip) {
            Resolved::Unknown { suggestions } => assert_eq!(suggestions[0], meant),
            other => panic!("{slip}: {other:?}"),
        }
    }
}
