//! What the report says. `UPDATE_EXPECT=1` rewrites the texts; read them before you keep them.

use super::*;

const BOOKING: &str = "
api SERVER POST /bookings ; http.route=/bookings
  api CLIENT BEGIN
  api CLIENT SELECT slots
  api PRODUCER apply_async/confirm
    worker CONSUMER run/confirm
      worker CLIENT INSERT outbox
  api CLIENT COMMIT
";

#[test]
fn a_missing_child() {
    report(
        BOOKING,
        "
        api SERVER POST /bookings
          api CLIENT BEGIN
          api CLIENT SELECT users
          api PRODUCER apply_async/confirm
            worker CONSUMER run/confirm
              ...
          api CLIENT COMMIT
        ",
        expect![[r#"
            the spans differ from the pattern: `api SERVER POST /bookings` has no child `api CLIENT SELECT users`; its children are: `api CLIENT BEGIN`, `api CLIENT SELECT slots`, `api PRODUCER apply_async/confirm`, `api CLIENT COMMIT`
            missing: `api CLIENT SELECT users`
            unexpected: `api CLIENT SELECT slots`
            - expected, + found
              api SERVER POST /bookings
                api CLIENT BEGIN
            -   api CLIENT SELECT users
            +   api CLIENT SELECT slots
                api PRODUCER apply_async/confirm
                  worker CONSUMER run/confirm
                    ...
                api CLIENT COMMIT
        "#]],
    );
}

#[test]
fn a_wrong_attribute_and_a_failure() {
    report(
        "api SERVER GET /x ; http.route=/x ; !500\n  api CLIENT SELECT a",
        "api SERVER GET /x {http.route=/y, user.id=*}\n  api CLIENT SELECT a !error(busy)",
        expect![[r#"
            the spans differ from the pattern: `api SERVER GET /x`: it failed (error.type `500`), expected success
            - expected, + found
            - api SERVER GET /x {http.route=/y, user.id=*}
            + api SERVER GET /x !error(500) {http.route=/x}
            -   api CLIENT SELECT a !error(busy)
            +   api CLIENT SELECT a
        "#]],
    );
}

#[test]
fn a_trace_that_broke_off() {
    report(
        "
api SERVER POST /bookings
  api PRODUCER apply_async/confirm
worker CONSUMER run/confirm
  worker CLIENT INSERT outbox
",
        "
        api SERVER POST /bookings
          api PRODUCER apply_async/confirm
            worker CONSUMER run/confirm
              worker CLIENT INSERT outbox
        ",
        expect![[r#"
            the spans differ from the pattern: `api PRODUCER apply_async/confirm` has no child `worker CONSUMER run/confirm`, nor any other; there is one in another trace, 00000000000000000000000000000003, as a root
            missing: `worker CONSUMER run/confirm` (there is one in another trace, 00000000000000000000000000000003, as a root); `worker CLIENT INSERT outbox`
            unexpected: `worker CONSUMER run/confirm`; `worker CLIENT INSERT outbox`
            - expected, + found
              api SERVER POST /bookings
                api PRODUCER apply_async/confirm
            -     worker CONSUMER run/confirm
            -       worker CLIENT INSERT outbox
            + worker CONSUMER run/confirm
            +   worker CLIENT INSERT outbox
        "#]],
    );
}

#[test]
fn an_orphan() {
    report(
        "api SERVER GET /x\napi CLIENT SELECT a ; lost",
        "api SERVER GET /x\n  api CLIENT SELECT a",
        expect![[r#"
            the spans differ from the pattern: `api SERVER GET /x` has no child `api CLIENT SELECT a`, nor any other; there is one whose parent 000000000000dead was not recorded
            missing: `api CLIENT SELECT a` (there is one whose parent 000000000000dead was not recorded)
            unexpected: `api CLIENT SELECT a`
            orphans: `api CLIENT SELECT a` (its parent 000000000000dead was not recorded)
            - expected, + found
              api SERVER GET /x
            -   api CLIENT SELECT a
            + api CLIENT SELECT a
        "#]],
    );
}

#[test]
fn marks_of_what_is_missing_are_shown() {
    report(
        "api INTERNAL other\n  api CLIENT more\napi INTERNAL third ; !",
        "
        api SERVER GET /x
          ~
          ...
          ? api CLIENT SELECT a
          api CLIENT SELECT b x 2
        api INTERNAL other
          ...
        ",
        expect![[r#"
            the spans differ from the pattern: there is no root `api SERVER GET /x`; the roots are: `api INTERNAL other`, `api INTERNAL third`
            missing: `api SERVER GET /x`; `api CLIENT SELECT b`
            unexpected: `api INTERNAL third`
            - expected, + found
            - api SERVER GET /x
            -   ~
            -   ...
            -   ? api CLIENT SELECT a
            -   api CLIENT SELECT b x 2
              api INTERNAL other
                ...
            + api INTERNAL third !error
        "#]],
    );
}

#[test]
fn the_first_difference_in_words() {
    for (recorded, pattern, said) in [
        (
            "",
            "a SERVER x",
            "there is no root `a SERVER x`, nor any span",
        ),
        ("a SERVER x", "", "there is an unexpected root `a SERVER x`"),
        (
            "a SERVER x ; lost",
            "",
            "there is an orphan `a SERVER x`; its parent 000000000000dead was not recorded",
        ),
        (
            "a SERVER x ; lost",
            "a SERVER x",
            "`a SERVER x`: its parent 000000000000dead was not recorded; is it still open?",
        ),
        (
            "a SERVER x",
            "^ a SERVER x",
            "`a SERVER x`: it has no parent, expected one that was not recorded",
        ),
        (
            "a SERVER x\na SERVER x",
            "a SERVER x x 3",
            "there are only 2 of the roots `a SERVER x`",
        ),
        (
            "a SERVER x\n  a CLIENT y",
            "a SERVER x\n  a CLIENT y x 2..",
            "`a SERVER x` has only 1 of its children `a CLIENT y`",
        ),
        (
            "a SERVER x\n  a CLIENT y",
            "a SERVER x",
            "`a SERVER x` has an unexpected child `a CLIENT y`",
        ),
        (
            "a SERVER x",
            "a SERVER x\n  _ _ y",
            "`a SERVER x` has no child `_ _ y`, nor any other",
        ),
        (
            "a SERVER x",
            "b SERVER x",
            "`a SERVER x`: service is `a`, expected `b`",
        ),
        (
            "a SERVER x",
            "a CLIENT x",
            "`a SERVER x`: kind is SERVER, expected CLIENT",
        ),
        (
            "a SERVER x",
            "a SERVER y",
            "there is no root `a SERVER y`; the roots are: `a SERVER x`",
        ),
        (
            "a SERVER x\n  a CLIENT z",
            "a SERVER y\n  a CLIENT z",
            "`a SERVER x`: name is `x`, expected `y`",
        ),
        (
            "a SERVER x",
            "a SERVER x !",
            "`a SERVER x`: it did not fail, expected an error",
        ),
        (
            "a SERVER x",
            "a SERVER x !error(t)",
            "`a SERVER x`: it did not fail, expected an error of type `t`",
        ),
        (
            "a SERVER x ; !",
            "a SERVER x",
            "`a SERVER x`: it failed (error.type `none`), expected success",
        ),
        (
            "a SERVER x ; !u",
            "a SERVER x !error(t)",
            "`a SERVER x`: error.type is `u`, expected `t`",
        ),
        (
            "a SERVER x ; k=1",
            "a SERVER x {!k}",
            "`a SERVER x`: attribute k is `1`, expected none",
        ),
        (
            "a SERVER x",
            "a SERVER x {k=1}",
            "`a SERVER x`: attribute k is absent, expected `1`",
        ),
        (
            "a SERVER x",
            "a SERVER x link->y",
            "`a SERVER x`: it has no link to `y`; its links are: none",
        ),
        (
            "a SERVER z\na SERVER x ; link=z",
            "a SERVER z\na SERVER x link->y",
            "`a SERVER x`: it has no link to `y`; its links are: `z`",
        ),
        (
            "a SERVER x\n  a CLIENT y\n  a CLIENT z",
            "a SERVER x\n  a CLIENT z\n  a CLIENT y",
            "`a SERVER x` has no child `a CLIENT z`; its children are: `a CLIENT y`, `a CLIENT z`; there is one out of order",
        ),
        (
            "a SERVER x\n  a CLIENT w\n  a CLIENT y\n    a CLIENT z",
            "a SERVER x\n  a CLIENT w\n    a CLIENT z\n  a CLIENT y",
            "`a CLIENT w` has no child `a CLIENT z`, nor any other; there is one below `a CLIENT y`",
        ),
        (
            "a SERVER x\n  a CLIENT y ; elsewhere",
            "a SERVER x\n  a CLIENT y",
            "`a SERVER x` has no child `a CLIENT y`, nor any other; there is one whose parent 0000000000000001 was not recorded",
        ),
    ] {
        first(recorded, pattern, said);
    }
}

/// `~` pairs what is nearest, so that the difference is the attribute and not a span.
#[test]
fn siblings_in_any_order_are_compared_with_the_nearest() {
    first(
        "a SERVER x\n  a CLIENT y ; k=1\n  a CLIENT z",
        "a SERVER x\n  ~\n  a CLIENT z\n  a CLIENT y {k=2}",
        "`a CLIENT y`: attribute k is `1`, expected `2`",
    );
    first(
        "a SERVER x\n  a CLIENT y\n  a CLIENT q",
        "a SERVER x\n  ~\n  a CLIENT z\n  a CLIENT y",
        "`a SERVER x` has no child `a CLIENT z`; its children are: `a CLIENT y`, `a CLIENT q`",
    );
}
