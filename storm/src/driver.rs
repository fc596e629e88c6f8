//! The load: clients that send, lose answers, send again, and write down what they were told.

use crate::chance::Chance;
use crate::ledger::{Dataset, Key, Ledger, State};
use crate::request::Request;
use crate::server::Addresses;
use crate::wire::{Answer, Client};
use anyhow::Result;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::time::Duration;

/// A client that hears nothing this often in a row leaves.
const SILENCES_MAX: u32 = 2;
/// One request in so many goes to both datasets, is sent again after its answer, is sent twice at a
/// time, loses its answer.
const MIRRORED: u64 = 8;
const AGAIN: u64 = 8;
const TWICE: u64 = 32;
const UNHEARD: u64 = 32;
/// A refused client of the driver is back sooner than it is asked to: the fault is to be met often.
const LATER_WAIT: Duration = Duration::from_millis(20);
/// After a restart so many unanswered and so many acknowledged requests are sent once more.
const RESENT_MAX: usize = 12;

/// How the load is made.
#[derive(Debug)]
pub(crate) struct Driver {
    pub(crate) seed: u64,
    pub(crate) ledger: Ledger,
    /// Whether identical requests are sent again.
    pub(crate) resends: bool,
    /// Between two requests of a client.
    pub(crate) pause: Duration,
    /// What each client of the load is at.
    at: Vec<AtomicU64>,
    stop: AtomicBool,
}

/// A load that runs.
#[derive(Debug)]
pub(crate) struct Load {
    driver: Arc<Driver>,
    writers: Vec<tokio::task::JoinHandle<Result<()>>>,
}

impl Load {
    /// Ends it; requests on their way are finished.
    pub(crate) async fn end(self) -> Result<()> {
        self.driver.stop.store(true, Ordering::Relaxed);
        self.over().await
    }

    /// Waits until every client has left, as they do when the server is gone.
    pub(crate) async fn over(self) -> Result<()> {
        for writer in self.writers {
            writer.await??;
        }
        Ok(())
    }
}

impl Driver {
    pub(crate) fn new(seed: u64, resends: bool, writers: u64) -> Self {
        Self {
            seed,
            ledger: Ledger::default(),
            resends,
            pause: Duration::ZERO,
            at: (0..writers).map(|_| AtomicU64::new(0)).collect(),
            stop: AtomicBool::new(false),
        }
    }

    /// Of all requests before this one it is known what became of them; nothing more is sent of them while the
    /// load runs.
    pub(crate) fn settled(&self) -> u64 {
        let at = self.at.iter().map(|at| at.load(Ordering::SeqCst));
        at.min().unwrap_or(0)
    }

    /// Starts the clients.
    pub(crate) fn load(self: &Arc<Self>, addresses: Addresses) -> Load {
        self.stop.store(false, Ordering::Relaxed);
        let writer = |at| {
            let driver = Arc::clone(self);
            tokio::spawn(async move { driver.write(addresses, at).await })
        };
        Load {
            driver: Arc::clone(self),
            writers: (0..self.at.len()).map(writer).collect(),
        }
    }

    /// One client: one request after the other.
    async fn write(&self, addresses: Addresses, at: usize) -> Result<()> {
        let mut client = Client::new(addresses);
        let mut silences = 0;
        while !self.stop.load(Ordering::Relaxed) && silences < SILENCES_MAX {
            // Until the next number is written down, the last one is less: it counts as not settled for too long.
            let b = self.ledger.next();
            self.at[at].store(b, Ordering::SeqCst);
            let heard = self.request(&mut client, addresses, b).await?;
            if !self.pause.is_zero() {
                tokio::time::sleep(self.pause).await;
            }
            silences = if heard { 0 } else { silences + 1 };
        }
        Ok(())
    }

    /// One request with all that may befall it; whether the last answer was heard.
    async fn request(&self, client: &mut Client, addresses: Addresses, b: u64) -> Result<bool> {
        let request = Request::of(self.seed, b)?;
        let mut chance = Chance::of(&[self.seed, b, 4]);
        let (mirrored, again) = (chance.one_in(MIRRORED), chance.one_in(AGAIN));
        let (twice, unheard) = (chance.one_in(TWICE), chance.one_in(UNHEARD));
        let key = |dataset| Key { b, dataset };
        if mirrored {
            self.send(client, &request, key(Dataset::Mirror), true)
                .await;
        }
        let traces = key(Dataset::Traces);
        if !self.resends {
            return Ok(self.send(client, &request, traces, true).await);
        }
        if twice {
            self.ledger.resent();
            let mut other = Client::new(addresses);
            let (one, two) = tokio::join!(
                self.send(client, &request, traces, false),
                self.send(&mut other, &request, traces, false)
            );
            return Ok(one && two);
        }
        if unheard {
            let patience = Duration::from_micros(chance.below(3_000));
            let sending = self.send(client, &request, traces, true);
            if tokio::time::timeout(patience, sending).await.is_err() {
                client.hang_up();
                self.ledger.resent();
                return Ok(self.send(client, &request, traces, false).await);
            }
            return Ok(true);
        }
        let heard = self.send(client, &request, traces, true).await;
        if heard && again {
            self.ledger.resent();
            return Ok(self.send(client, &request, traces, false).await);
        }
        Ok(heard)
    }

    /// Sends once and writes down what came of it; whether anything was heard. A client compresses
    /// anew at each try, and not always alike.
    pub(crate) async fn send(
        &self,
        client: &mut Client,
        request: &Request,
        key: Key,
        first_try: bool,
    ) -> bool {
        self.ledger.sending(key, request.spans.len() as u64);
        let gzip = request.gzip == first_try;
        let answer = client.send(request, key.dataset, gzip).await;
        let wrong = |what: &str| {
            self.ledger
                .wrong(format!("request {}: {what}: {answer:?}", key.b))
        };
        match answer {
            Answer::Yes { .. } if request.broken => wrong("broken, and acknowledged"),
            Answer::Yes { rejected } => {
                self.ledger.acknowledged(key);
                // What a re-send is told of its invalid spans is not settled.
                if rejected != request.invalid && first_try {
                    wrong("not the number of invalid spans");
                }
            }
            Answer::No { .. } => {
                self.ledger.refused(key, first_try);
                if !request.broken {
                    wrong("refused for good");
                }
            }
            Answer::Later { delayed } => {
                self.ledger.later();
                if !delayed {
                    wrong("later, and not when");
                }
                tokio::time::sleep(LATER_WAIT).await;
            }
            Answer::Nothing => self.ledger.silent(),
        }
        answer != Answer::Nothing
    }

    /// After a restart: some of the newest requests once more, answered or not.
    pub(crate) async fn send_again(&self, addresses: Addresses) -> Result<()> {
        if !self.resends {
            return Ok(());
        }
        let mut client = Client::new(addresses);
        for state in [State::Unknown, State::Acknowledged] {
            for key in self.ledger.newest(state, RESENT_MAX) {
                let request = Request::of(self.seed, key.b)?;
                // Every other one stays as it is: a client may have given up.
                if key.b % 2 == 0 {
                    self.ledger.resent();
                    self.send(&mut client, &request, key, false).await;
                }
            }
        }
        Ok(())
    }

    /// Sends request `b` once; whether it is acknowledged.
    pub(crate) async fn send_one(&self, addresses: Addresses, b: u64) -> Result<bool> {
        let request = Request::of(self.seed, b)?;
        let key = Key {
            b,
            dataset: Dataset::Traces,
        };
        self.send(&mut Client::new(addresses), &request, key, true)
            .await;
        Ok(self.ledger.is_acknowledged(key))
    }
}
