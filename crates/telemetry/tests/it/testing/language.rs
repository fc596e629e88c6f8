//! What lines mean, as pairs of spans and patterns.

use super::*;

const LESSON: &str = "
api SERVER GET /lessons/{id} ; http.route=/lessons/{id} ; http.response.status_code=200 ; cached=true ; tags=a|b
  api CLIENT SELECT lessons ; db.query.summary=SELECT lessons, slots
  api CLIENT SELECT slots ; !timeout
    api INTERNAL retry ; !
";

#[test]
fn one_line_matches_one_span() {
    let one = "api SERVER GET /lessons/{id} ; http.route=/lessons/{id} ; code=200 ; ok=true ; tags=a|b ; odd=*/5 x ; none=";
    for pattern in [
        "api SERVER GET /lessons/{id}",
        "_ _ *",
        "a*i SERVER GET */{id}",
        "*api* _ GET*lessons*id*",
        "api SERVER \"GET /lessons/{id}\"",
        "api SERVER GET /lessons/{id} {http.route=/lessons/{id}, code=200}",
        "api SERVER GET /lessons/{id} {ok=true, !user.email}",
        "api SERVER * {tags=\"[\\\"a\\\",\\\"b\\\"]\", code=*, none=\"\"}",
        "api SERVER * {odd=\\*/5*, none=*}",
        "api SERVER GET /lessons/{id} x 1",
        "? api SERVER GET /lessons/{id}",
        "# a comment\n\n  api SERVER GET /lessons/{id}\n",
        "...",
        "~\napi SERVER *",
    ] {
        matches(one, pattern);
    }
    for pattern in [
        "",
        "web SERVER GET /lessons/{id}",
        "api CLIENT GET /lessons/{id}",
        "api SERVER GET /lessons",
        "api SERVER *lessons",
        "api SERVER get *",
        "api SERVER * {code=20}",
        "api SERVER * {!code}",
        "api SERVER * {user.id=*}",
        "api SERVER * {odd=\\*/6*}",
        "api SERVER * !",
        "api SERVER * !error(timeout)",
        "api SERVER * x 2",
        "api SERVER * link->*",
        "^ api SERVER *",
        "api SERVER *\n  ? api CLIENT a\n  api CLIENT b",
    ] {
        differs(one, pattern);
    }
}

#[test]
fn children_have_to_match_as_they_are() {
    for below in [
        "  api CLIENT SELECT lessons\n  api CLIENT SELECT slots !error(timeout)\n    api INTERNAL retry !error",
        "  api CLIENT SELECT lessons {db.query.summary=\"SELECT lessons, slots\"}\n  ...",
        "  ...\n  api CLIENT SELECT slots !\n    ...",
        "  ...",
        "  ~\n  api CLIENT SELECT slots !error(time*)\n    api INTERNAL retry !\n  api CLIENT SELECT lessons",
        "  ~\n  ...\n  api CLIENT SELECT lessons",
        "  api CLIENT SELECT lessons\n  ? api CLIENT SELECT users\n  api CLIENT SELECT * !error(*)\n    _ _ retry !",
    ] {
        matches(LESSON, &format!("api SERVER GET *\n{below}"));
    }
    for below in [
        "",
        "  api CLIENT SELECT lessons",
        "  api CLIENT SELECT slots !\n    ...\n  api CLIENT SELECT lessons",
        "  ~\n  api CLIENT SELECT slots !\n    ...",
        "  ~\n  ...\n  api CLIENT SELECT users",
        "  api CLIENT SELECT lessons\n  api CLIENT SELECT slots !",
        "  api CLIENT SELECT lessons\n  api CLIENT SELECT slots\n    ...",
        "  api CLIENT SELECT lessons\n  api CLIENT SELECT slots !\n    _ _ retry !error(*)",
    ] {
        differs(LESSON, &format!("api SERVER GET *\n{below}"));
    }
}

#[test]
fn counts_take_siblings_in_a_row() {
    let three = "api SERVER a\n  api CLIENT q\n    api INTERNAL i\n  api CLIENT q\n    api INTERNAL i\n  api CLIENT q\n    api INTERNAL i\n  api CLIENT z";
    for (count, fits) in [
        ("", false),
        ("x 2", false),
        ("x 3", true),
        ("x 4", false),
        ("x 0..", true),
        ("x 3..", true),
        ("x 4..", false),
        ("x 1..2", false),
        ("x 0..3", true),
        ("x 2..1000", true),
    ] {
        for order in ["", "  ~\n"] {
            let pattern = format!(
                "api SERVER a\n{order}  api CLIENT q {count}\n    api INTERNAL i\n  api CLIENT z"
            );
            assert_eq!(check(&spans(three), &pattern).is_ok(), fits, "{pattern}");
        }
    }
    matches(
        three,
        "api SERVER a\n  api CLIENT * x 2\n    ...\n  api CLIENT * x 2\n    ...",
    );
}

/// A greedy matcher gives `b` to the star and has nothing left for the second line.
#[test]
fn what_may_be_several_lines_goes_where_all_fit() {
    let two = "api SERVER a\n  api CLIENT b\n  api CLIENT c";
    matches(two, "api SERVER a\n  ~\n  api CLIENT *\n  api CLIENT b");
    matches(
        two,
        "api SERVER a\n  ~\n  api CLIENT c\n  ? api CLIENT *\n  ? api CLIENT b",
    );
    matches(
        two,
        "api SERVER a\n  ? api CLIENT *\n  api CLIENT b\n  ? api CLIENT c",
    );
    differs(two, "api SERVER a\n  ~\n  api CLIENT b\n  ? api CLIENT b");
    let three = "api SERVER a\n  api CLIENT b\n  api CLIENT c\n  api CLIENT bc";
    matches(
        three,
        "api SERVER a\n  ~\n  api CLIENT b*\n  api CLIENT *c\n  api CLIENT b",
    );
    matches(
        three,
        "api SERVER a\n  ~\n  ? api CLIENT b*\n  ? api CLIENT *c\n  ? api CLIENT b",
    );
}

#[test]
fn roots_traces_links_and_parents() {
    let many = "
web CLIENT GET
  api SERVER GET
beat INTERNAL tick
  worker CONSUMER run ; link=GET
worker CONSUMER late ; remote
";
    matches(
        many,
        "web CLIENT GET\n  api SERVER GET\nbeat INTERNAL tick\n  worker CONSUMER run link->G*\n^ worker CONSUMER late",
    );
    matches(
        many,
        "~\nworker CONSUMER late\nbeat INTERNAL tick\n  ...\nweb CLIENT GET\n  ...",
    );
    matches(
        many,
        "...\nbeat INTERNAL tick\n  worker CONSUMER run link->\"GET\" x 1",
    );
    differs(
        many,
        "beat INTERNAL tick\n  ...\nweb CLIENT GET\n  ...\nworker CONSUMER late",
    );
    differs(
        many,
        "...\nbeat INTERNAL tick\n  worker CONSUMER run link->PUT",
    );
    matches("api CLIENT q ; lost", "^ api CLIENT q");
    differs("api CLIENT q ; lost", "api CLIENT q");
    matches(
        "api CLIENT q ; link=unknown",
        "_ _ q link->0000000000000001",
    );
}

#[test]
fn a_name_with_marks_in_it_is_quoted() {
    matches("api INTERNAL a {b} x 2 !c", "api INTERNAL \"a {b} x 2 !c\"");
    matches("api INTERNAL x marks", "api INTERNAL x marks x 1");
    matches("api INTERNAL say \"hi\"", "api INTERNAL \"say \\\"hi\\\"\"");
    matches("api INTERNAL a\\b", "api INTERNAL a\\\\b");
    matches("api INTERNAL a\\", "api INTERNAL a\\");
}

#[test]
fn what_cannot_be_read_is_said_with_its_line() {
    for (pattern, said) in [
        (
            "api",
            "line 1 of the pattern: expected a span kind after the service, found the end of the line",
        ),
        (
            "? ",
            "line 1 of the pattern: expected a span kind after the service, found the end of the line",
        ),
        (
            "\napi SRVER x",
            "line 2 of the pattern: expected SERVER, CLIENT, PRODUCER, CONSUMER, INTERNAL or `_`, found `SRVER`",
        ),
        (
            "a _",
            "line 1 of the pattern: expected a name after the kind, found the end of the line",
        ),
        (
            "a _ \"x",
            "line 1 of the pattern: expected `\"` at the end of the text, found the end of the line",
        ),
        (
            "a _ \"x\"y",
            "line 1 of the pattern: expected `{`, `!error`, `link->` or `x N`, found `y`",
        ),
        (
            "a _ b {",
            "line 1 of the pattern: expected an attribute's name, found the end of the line",
        ),
        (
            "a _ b {k}",
            "line 1 of the pattern: expected `=` after the attribute's name, found `}`",
        ),
        (
            "a _ b {k=}",
            "line 1 of the pattern: expected a value, found `}`",
        ),
        (
            "a _ b {k=v",
            "line 1 of the pattern: expected `,` or `}` after an attribute, found the end of the line",
        ),
        (
            "a _ b !errors",
            "line 1 of the pattern: expected `{`, `!error`, `link->` or `x N`, found `s`",
        ),
        (
            "a _ b !error(",
            "line 1 of the pattern: expected an error type, found the end of the line",
        ),
        (
            "a _ b !error(x",
            "line 1 of the pattern: expected `)` after the error type, found the end of the line",
        ),
        (
            "a _ b link->",
            "line 1 of the pattern: expected a span's name, found the end of the line",
        ),
        (
            "a _ b x 1001",
            "line 1 of the pattern: expected a number up to 1000, found `1001`",
        ),
        (
            "a _ b ! x two",
            "line 1 of the pattern: expected a number up to 1000, found `two`",
        ),
        (
            "a _ b x 3..2",
            "line 1 of the pattern: expected a number from 3 up, found `2`",
        ),
        (
            "? a _ b x 2",
            "line 1 of the pattern: expected `x 0..N` instead of `?` with `x`, found the end of the line",
        ),
        (
            "a _ b\n\tc _ d",
            "line 2 of the pattern: expected spaces to indent with, found another kind of space",
        ),
        (
            "a _ b\n    c _ d\n  e _ f",
            "line 3 of the pattern: expected an indentation that a line above it has, found 2 spaces",
        ),
        (
            "  a _ b\nc _ d",
            "line 2 of the pattern: expected an indentation that a line above it has, found 0 spaces",
        ),
        (
            "a _ b\n  ^ c _ d",
            "line 2 of the pattern: expected `^` at outermost lines only, found it below another line",
        ),
        (
            "...\n  c _ d",
            "line 2 of the pattern: expected no children of a mark, found `c _ d`",
        ),
    ] {
        let mismatch = differs("", pattern);
        assert!(matches!(mismatch, Mismatch::Pattern(_)), "{mismatch}");
        assert_eq!(mismatch.to_string(), format!("could not read {said}"));
    }
}
