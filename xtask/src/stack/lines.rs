//! What the processes print about themselves: where they listen, that they are ready, whose trace to
//! look at.

/// The addresses that a process printed, once it is ready: the store has three, a service one, or none
/// and a line that ends in `ready`.
pub(crate) fn ready(addresses: usize, output: &str) -> Option<Vec<String>> {
    let urls: Vec<String> = output.lines().filter_map(listening).collect();
    let is_ready = urls.len() >= addresses || output.lines().any(|line| line.ends_with(" ready"));
    is_ready.then_some(urls)
}

/// `… listening on http://127.0.0.1:4321`
fn listening(line: &str) -> Option<String> {
    let (_, url) = line.split_once(" listening on ")?;
    url.starts_with("http://")
        .then(|| url.trim_end().to_owned())
}

/// `trace <32 hexadecimal digits> …`
pub(crate) fn announced_trace(output: &str) -> Option<String> {
    output.lines().find_map(|line| {
        let id = line.strip_prefix("trace ")?.split_whitespace().next()?;
        (id.len() == 32 && id.chars().all(|c| c.is_ascii_hexdigit())).then(|| id.to_owned())
    })
}

#[cfg(test)]
mod tests {
    use super::{announced_trace, ready};

    #[test]
    fn a_service_is_ready_when_it_says_where_or_that() {
        let listening = "{\"a\": 1}\ninstainstru-api listening on http://127.0.0.1:1\n";
        assert_eq!(
            ready(1, listening),
            Some(vec!["http://127.0.0.1:1".to_owned()])
        );
        assert_eq!(ready(1, "instainstru-worker ready\n"), Some(Vec::new()));
        assert_eq!(ready(1, "still starting\n"), None);
        assert_eq!(ready(3, listening), None);
    }

    #[test]
    fn the_announced_trace_is_found_among_other_lines() {
        let id = "0123456789abcdef0123456789abcdef";
        let output = format!("instainstru-load ready\ntrace {id} booking b production\n");
        assert_eq!(announced_trace(&output).as_deref(), Some(id));
        assert_eq!(announced_trace("trace of a kind\n"), None);
    }
}
