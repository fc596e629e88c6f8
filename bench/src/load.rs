//! The load: lanes that send one request after the other and keep the ledger of what was acknowledged.

use crate::door::{Lane, Outcome};
use crate::supply::{Request, Supply};
use anyhow::{Context, Result};
use std::cell::RefCell;
use std::rc::Rc;
use std::time::Duration;
use tokio::task::JoinSet;
use tokio::time::{Instant, sleep, timeout};

/// A request that is not acknowledged by then ends the run: nobody could say what became of it.
const ACKNOWLEDGED_MAX: Duration = Duration::from_secs(120);

/// What the lanes saw.
#[derive(Debug)]
pub(crate) struct Ledger {
    started: Instant,
    /// When the last acknowledgement came.
    pub(crate) elapsed: Duration,
    pub(crate) spans: u64,
    pub(crate) requests: u64,
    /// Answers that said "later".
    pub(crate) refusals: u64,
    /// From when a request was due to its acknowledgement, waits after refusals included.
    acks_micros: Vec<u32>,
    /// Spans acknowledged in each second.
    seconds: Vec<u64>,
}

impl Ledger {
    fn start() -> Self {
        Self {
            started: Instant::now(),
            elapsed: Duration::ZERO,
            spans: 0,
            requests: 0,
            refusals: 0,
            acks_micros: Vec::new(),
            seconds: Vec::new(),
        }
    }

    fn acknowledged(&mut self, request: &Request) {
        self.elapsed = self.started.elapsed();
        self.spans += request.spans as u64;
        self.requests += 1;
        self.acks_micros
            .push(u32::try_from(request.due.elapsed().as_micros()).unwrap_or(u32::MAX));
        let second = self.elapsed.as_secs() as usize;
        if self.seconds.len() <= second {
            self.seconds.resize(second + 1, 0);
        }
        self.seconds[second] += request.spans as u64;
    }

    /// Spans acknowledged in the worst whole second.
    pub(crate) fn slowest_second(&self) -> u64 {
        let whole = self.seconds.len().saturating_sub(1);
        self.seconds[..whole].iter().min().copied().unwrap_or(0)
    }

    /// In milliseconds, at each of `parts` of a thousand.
    pub(crate) fn ack_millis<const N: usize>(&self, parts: [usize; N]) -> [f64; N] {
        let mut sorted = self.acks_micros.clone();
        sorted.sort_unstable();
        parts.map(|part| part_of(&sorted, part).map_or(0.0, |micros| f64::from(micros) / 1e3))
    }
}

/// The value below which `part` of a thousand lie.
pub(crate) fn part_of<T: Copy>(sorted: &[T], part: usize) -> Option<T> {
    let last = sorted.len().checked_sub(1)?;
    sorted.get(last * part / 1000).copied()
}

/// Sends until the supply ends and all that was sent is acknowledged.
pub(crate) async fn run(lanes: Vec<Lane>, supply: Supply) -> Result<Ledger> {
    let ledger = Rc::new(RefCell::new(Ledger::start()));
    let supply = Rc::new(supply);
    let mut sending = JoinSet::new();
    for mut lane in lanes {
        let (supply, ledger) = (Rc::clone(&supply), Rc::clone(&ledger));
        sending.spawn_local(async move {
            while let Some(request) = supply.next().await {
                timeout(ACKNOWLEDGED_MAX, send(&mut lane, &request, &ledger))
                    .await
                    .context("a request was not acknowledged in time")??;
            }
            anyhow::Ok(())
        });
    }
    while let Some(ended) = sending.join_next().await {
        ended??;
    }
    let ledger = Rc::into_inner(ledger).context("a lane is still open")?;
    Ok(ledger.into_inner())
}

/// Sends a request as an exporter does: the same bytes again after the delay that a refusal names.
async fn send(lane: &mut Lane, request: &Request, ledger: &RefCell<Ledger>) -> Result<()> {
    loop {
        match lane.send(request.gzip.clone(), &request.rest).await? {
            Outcome::Kept => break,
            Outcome::Later(delay) => {
                ledger.borrow_mut().refusals += 1;
                sleep(delay).await;
            }
        }
    }
    ledger.borrow_mut().acknowledged(request);
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::{part_of, run};
    use crate::door::{self, Protocol};
    use crate::supply::{Supply, prepare};
    use std::collections::HashMap;
    use std::time::Duration;
    use tokio::io::{AsyncReadExt, AsyncWriteExt};
    use tokio::net::TcpListener;
    use tokio::task::LocalSet;

    #[test]
    fn parts_of_a_thousand() {
        let sorted: Vec<u32> = (0..=1000).collect();
        assert_eq!(part_of(&sorted, 500), Some(500));
        assert_eq!(part_of(&sorted, 999), Some(999));
        assert_eq!(part_of::<u32>(&[], 500), None);
    }

    /// Refuses each request once; how often each body came.
    async fn refuse_once(listener: TcpListener) -> HashMap<Vec<u8>, usize> {
        let (mut stream, _) = listener.accept().await.unwrap();
        let mut came = HashMap::new();
        let mut bytes = Vec::new();
        while stream.read_buf(&mut bytes).await.unwrap() > 0 {
            let Some(end) = bytes.windows(4).position(|at| at == b"\r\n\r\n") else {
                continue;
            };
            let head = String::from_utf8(bytes[..end].to_vec()).unwrap();
            let length = head.rsplit_once("content-length: ").unwrap().1;
            let all = end + 4 + length.parse::<usize>().unwrap();
            if bytes.len() < all {
                continue;
            }
            let times = came.entry(bytes[end + 4..].to_vec()).or_insert(0);
            *times += 1;
            let status = if *times == 1 { "503 x" } else { "200 OK" };
            let answer = format!("HTTP/1.1 {status}\r\nretry-after: 0\r\n\r\n");
            stream.write_all(answer.as_bytes()).await.unwrap();
            bytes.clear();
        }
        came
    }

    #[tokio::test]
    async fn what_is_refused_comes_again_in_the_same_bytes() {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let url = format!("http://{}", listener.local_addr().unwrap());
        // 20 requests in their turns, of 2 different bodies.
        let bodies = prepare(40, 20);
        let requests = Supply::start(bodies, 1, Duration::from_millis(20), Some(20_000.0));
        let sending = LocalSet::new();
        let load = sending.run_until(async {
            let lanes = door::open(Protocol::Http, &url, 1, 1).await.unwrap();
            run(lanes, requests).await.unwrap()
        });
        let (ledger, came) = tokio::join!(load, refuse_once(listener));
        assert!(ledger.requests >= 20, "{ledger:?}");
        assert_eq!(ledger.refusals, ledger.requests);
        assert_eq!(came.len() as u64, ledger.requests);
        assert!(came.values().all(|times| *times == 2));
    }
}
