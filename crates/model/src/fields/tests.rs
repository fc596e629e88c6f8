//! Names as people type them, and the columns they stand for.

use super::{Resolved, custom_keys, nearest, resolve};

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
    for (slip, meant) in [
        ("service.nmae", "service.name"),
        ("service.nam", "service.name"),
        ("http.reqest.method", "http.request.method"),
        ("durration", "duration"),
    ] {
        match resolve(slip) {
            Resolved::Unknown { suggestions } => assert_eq!(suggestions[0], meant),
            other => panic!("{slip}: {other:?}"),
        }
    }
}

#[test]
fn names_that_only_look_alike_are_custom_attributes() {
    for name in [
        "os.name",
        "host.ip",
        "lesson.id",
        "job.name",
        "user.uid",
        "user.ids",
        "http.target.query",
    ] {
        assert_eq!(resolve(name), Resolved::CustomKey(name.into()));
    }
    assert_eq!(nearest("os.name")[0], "db.name", "near enough to ask");
}

#[test]
fn a_renamed_attribute_means_the_same_under_both_names() {
    check("code.filepath", &["attributes.code.file.path"]);
    check("code.lineno", &["attributes.code.line.number"]);
    check("code.function", &["attributes.code.function.name"]);
    // A path with its query is not a path, and a host with its port is not an address.
    check("http.target", &["attributes.http.target"]);
    check("url.path", &["attributes.url.path"]);
    check("http.host", &["attributes.http.host"]);
    check(
        "server.address",
        &["attributes.server.address", "attributes.net.peer.name"],
    );
}

#[test]
fn an_attribute_of_another_type_lies_in_a_custom_map() {
    assert_eq!(
        custom_keys("attributes.http.response.status_code"),
        Some((
            "attributes.custom",
            vec!["http.response.status_code", "http.status_code"]
        ))
    );
    assert_eq!(
        custom_keys("resource.process.pid"),
        Some(("resource.custom", vec!["process.pid"]))
    );
    for column in ["name", "service.name", "attributes.custom"] {
        assert_eq!(custom_keys(column), None, "{column}");
    }
}
