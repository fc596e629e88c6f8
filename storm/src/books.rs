//! The server's own books: received = stored + rejected + deduplicated, by its `/metrics`.

use crate::judge::Findings;
use crate::server::Addresses;
use crate::wire;
use anyhow::{Context, Result};

const SPANS: &str = "throughline_ingest_spans_total";
const REJECTED: &str = "throughline_ingest_spans_rejected_total";

/// Checks the balance of a server to which nobody sends. A server without the metric is not judged.
pub(crate) async fn check(addresses: Addresses) -> Result<Findings> {
    let mut findings = Findings::default();
    let (status, body) = wire::ask(addresses.console, "/metrics", None).await?;
    if status != 200 {
        return Ok(findings);
    }
    let text = String::from_utf8_lossy(&body);
    let spans = |outcome: &str| sum(&text, SPANS, &format!("outcome=\"{outcome}\""));
    let Some(received) = spans("received")? else {
        return Ok(findings);
    };
    let stored = spans("stored")?.unwrap_or(0);
    let deduplicated = spans("deduplicated")?.unwrap_or(0);
    let rejected = sum(&text, REJECTED, "")?.unwrap_or(0);
    let out = stored + rejected + deduplicated;
    if received != out {
        findings.unbalanced = received.abs_diff(out);
        findings.say(format!(
            "the books: {received} received, {stored} stored + {rejected} rejected + {deduplicated} deduplicated"
        ));
    }
    Ok(findings)
}

/// What a server counts under this name.
pub(crate) async fn count(addresses: Addresses, name: &str) -> Result<u64> {
    let (_, body) = wire::ask(addresses.console, "/metrics", None).await?;
    let count = sum(&String::from_utf8_lossy(&body), name, "")?;
    count.with_context(|| format!("the server has no metric {name}"))
}

/// The sum of a metric's samples that have this label; none if there is no such sample.
fn sum(text: &str, name: &str, label: &str) -> Result<Option<u64>> {
    let mut sum = None;
    for line in text.lines() {
        let Some(rest) = line.strip_prefix(name) else {
            continue;
        };
        if !rest.starts_with(['{', ' ']) || !rest.contains(label) {
            continue;
        }
        let value = rest
            .rsplit(' ')
            .next()
            .and_then(|value| value.parse::<f64>().ok());
        let value = value.with_context(|| format!("could not read the metric {line:?}"))?;
        sum = Some(sum.unwrap_or(0) + value as u64);
    }
    Ok(sum)
}

#[cfg(test)]
mod tests {
    use super::{REJECTED, SPANS, sum};

    #[test]
    fn samples_are_summed_by_name_and_label() {
        let text = "# HELP throughline_ingest_spans_total x\n\
                    throughline_ingest_spans_total{outcome=\"received\"} 7\n\
                    throughline_ingest_spans_total{outcome=\"stored\"} 5\n\
                    throughline_ingest_spans_rejected_total{reason=\"id\"} 1\n\
                    throughline_ingest_spans_rejected_total{reason=\"limit\"} 1\n";
        let of = |name, label| sum(text, name, label).unwrap();
        assert_eq!(of(SPANS, "outcome=\"received\""), Some(7));
        assert_eq!(of(SPANS, "outcome=\"deduplicated\""), None);
        assert_eq!(of(REJECTED, ""), Some(2));
    }
}
