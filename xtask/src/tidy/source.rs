//! Rust source without its comments and literals: what remains can be searched for words and braces.

/// `text` with every character of a comment, string or character literal replaced by a space. Lines
/// stay where they are.
pub(super) fn bare(text: &str) -> String {
    let mut bare = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(first) = rest.chars().next() {
        let hidden = hidden_length(rest, bare.chars().next_back());
        if hidden == 0 {
            bare.push(first);
            rest = &rest[first.len_utf8()..];
        } else {
            let (gone, after) = rest.split_at(hidden);
            bare.extend(gone.chars().map(|c| if c == '\n' { '\n' } else { ' ' }));
            rest = after;
        }
    }
    bare
}

/// The length of the comment or literal that `text` begins with; 0 when it begins with neither.
fn hidden_length(text: &str, before: Option<char>) -> usize {
    if text.starts_with("//") {
        return text.find('\n').unwrap_or(text.len());
    }
    if text.starts_with("/*") {
        return block_comment(text);
    }
    if text.starts_with('"') {
        return string(text);
    }
    if text.starts_with('\'') {
        return character(text);
    }
    // `r` begins a raw string only where it does not end a word.
    let in_word = before.is_some_and(|c| c.is_alphanumeric() || c == '_');
    if in_word { 0 } else { raw_string(text) }
}

/// Block comments nest.
fn block_comment(text: &str) -> usize {
    let mut depth = 0_usize;
    let mut at = 0;
    while at < text.len() {
        let rest = &text[at..];
        if rest.starts_with("/*") {
            depth += 1;
            at += 2;
        } else if rest.starts_with("*/") {
            depth -= 1;
            at += 2;
            if depth == 0 {
                return at;
            }
        } else {
            at += rest.chars().next().map_or(1, char::len_utf8);
        }
    }
    text.len()
}

fn string(text: &str) -> usize {
    let mut escaped = false;
    for (at, c) in text.char_indices().skip(1) {
        match c {
            _ if escaped => escaped = false,
            '\\' => escaped = true,
            '"' => return at + 1,
            _ => {}
        }
    }
    text.len()
}

/// `'a'` and `'\n'` are characters; `'a` is a lifetime, of which nothing is hidden.
fn character(text: &str) -> usize {
    let mut chars = text.char_indices().skip(1);
    match chars.next() {
        Some((_, '\\')) => text[3..].find('\'').map_or(0, |end| 3 + end + 1),
        Some(_) => match chars.next() {
            Some((at, '\'')) => at + 1,
            _ => 0,
        },
        None => 0,
    }
}

/// `r"…"`, `r#"…"#` and so on, with `b` or `c` before.
fn raw_string(text: &str) -> usize {
    let after_prefix = text.trim_start_matches(['b', 'c']);
    let Some(hashes_on) = after_prefix.strip_prefix('r') else {
        return 0;
    };
    let quoted = hashes_on.trim_start_matches('#');
    let hashes = hashes_on.len() - quoted.len();
    if !quoted.starts_with('"') {
        return 0;
    }
    let opened = text.len() - quoted.len() + 1;
    let end = format!("\"{}", "#".repeat(hashes));
    text[opened..]
        .find(&end)
        .map_or(text.len(), |at| opened + at + end.len())
}

#[cfg(test)]
mod tests {
    use super::bare;

    fn check(text: &str, expected: &str) {
        assert_eq!(bare(text), expected, "{text}");
    }

    #[test]
    fn comments_and_literals_disappear() {
        check("a // b\nc", "a     \nc");
        check("a /* b /* c */ d */ e", "a                   e");
        check(r#"x("a\"{", y)"#, "x(      , y)");
        check(r##"let a = r#"{"#;"##, "let a =       ;");
        check("f('{', '\\'', '\\u{7b}')", "f(   ,     ,         )");
    }

    #[test]
    fn lifetimes_and_words_stay() {
        check("fn f<'a>(x: &'a str) {}", "fn f<'a>(x: &'a str) {}");
        check("for r in bar {}", "for r in bar {}");
    }
}
