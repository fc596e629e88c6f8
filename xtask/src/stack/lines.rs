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

/// What the load counted, in its last words: `load: 240 requests, …, 0 without X-Trace-ID or X-Request-ID`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Report {
    pub(crate) requests: u64,
    /// Answers that lacked a header every answer must have.
    pub(crate) headerless: u64,
}

/// The report that the load ends with; None when it printed anything after it, or none.
pub(crate) fn final_report(output: &str) -> Option<Report> {
    let counts = output.lines().last()?.strip_prefix("load: ")?;
    let count = |what: &str| {
        let found = counts.split(", ").find_map(|part| part.strip_suffix(what));
        found?.parse().ok()
    };
    Some(Report {
        requests: count(" requests")?,
        headerless: count(" without X-Trace-ID or X-Request-ID")?,
    })
}

#[cfg(test)]
mod tests {
    use super::{Report, announced_trace, final_report, ready};

    #[test]
    fn the_loads_last_words_are_its_report() {
        let report = "load: 24 requests, 1 unanswered, 0 server errors, 2 without X-Trace-ID or X-Request-ID";
        let counted = Report {
            requests: 24,
            headerless: 2,
        };
        let output = format!("instainstru-load ready\n{report}\n");
        assert_eq!(final_report(&output), Some(counted));
        assert_eq!(final_report(&format!("{output}killed\n")), None);
        assert_eq!(final_report("instainstru-load ready\n"), None);
        assert_eq!(final_report(""), None);
    }

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
