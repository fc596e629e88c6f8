//! An object store that speaks S3 over HTTP, in a folder of its own, and that fails as it is told: requests that
//! are refused, requests that are done and then answered with an error or with nothing, slow ones, and lists
//! that are late. Which of them, a seed decides. Writes of a log land late, too: after the answer that says that they failed.

use hyper::body::Incoming;
use hyper::service::service_fn;
use hyper_util::rt::{TokioExecutor, TokioIo};
use hyper_util::server::conn::auto::Builder;
use s3s::Body;
use s3s::auth::SimpleAuth;
use s3s::service::{S3Service, S3ServiceBuilder};
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::sync::{Arc, Mutex};
use std::time::Duration;
use tempfile::TempDir;
use throughline_store::{Objects, Patience};
use tokio::net::TcpListener;
use tokio::sync::watch;
use tokio::task::JoinHandle;

pub(crate) const BUCKET: &str = "spans";
const PREFIX: &str = "a prefix/of ours";
const KEY: &str = "stand-in";
const SECRET: &str = "stand-in-secret";
const SLOW: Duration = Duration::from_millis(3);
/// Up to so many milliseconds after its answer a write of a log lands that is late.
const LATE_MILLIS: u64 = 40;

type Answer = http::Response<Body>;

#[derive(Debug)]
pub(crate) struct StandIn {
    folder: Arc<TempDir>,
    /// What it keeps to is looked at and then done, by a library of files; a store does both at once.
    writes: Arc<tokio::sync::Mutex<()>>,
    endpoint: String,
    pub(crate) trouble: Arc<Trouble>,
    server: JoinHandle<()>,
}

/// What goes wrong.
#[derive(Debug)]
pub(crate) struct Trouble {
    /// Of a hundred requests so many are answered with an error, half of them after they were done.
    percent: AtomicU64,
    dice: AtomicU64,
    /// Writes go over what is there, whatever they demand.
    pub(crate) forgets_conditions: AtomicBool,
    /// What lists said: every other list is one of before.
    listed: Mutex<Option<Vec<u8>>>,
    /// Where writes of a log wait.
    pub(crate) gate: watch::Sender<Gate>,
    pub(crate) requests: AtomicU64,
    pub(crate) refused: AtomicU64,
    pub(crate) lost_answers: AtomicU64,
}

/// Whether a write of a log may go on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Gate {
    Open,
    /// It waits before it is done, ...
    Before,
    /// ... or when it is, before its answer.
    After,
}

/// The connection ends without an answer.
#[derive(Debug)]
struct Cut;

impl std::fmt::Display for Cut {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("cut")
    }
}

impl std::error::Error for Cut {}

impl StandIn {
    pub(crate) async fn start(seed: u64) -> Self {
        Self::start_for(seed, true).await
    }

    /// For everybody, signed or not.
    pub(crate) async fn start_open(seed: u64) -> Self {
        Self::start_for(seed, false).await
    }

    async fn start_for(seed: u64, is_guarded: bool) -> Self {
        let folder = tempfile::tempdir().unwrap();
        std::fs::create_dir(folder.path().join(BUCKET)).unwrap();
        Self::start_on(Arc::new(folder), Arc::default(), seed, is_guarded).await
    }

    /// Another way to the same objects, with trouble of its own.
    pub(crate) async fn beside(&self, seed: u64) -> Self {
        let (folder, writes) = (Arc::clone(&self.folder), Arc::clone(&self.writes));
        Self::start_on(folder, writes, seed, true).await
    }

    async fn start_on(
        folder: Arc<TempDir>,
        writes: Arc<tokio::sync::Mutex<()>>,
        seed: u64,
        is_guarded: bool,
    ) -> Self {
        let files = {
            // It clears away what others write just now.
            let _alone = writes.lock().await;
            s3s_fs::FileSystem::new(folder.path()).unwrap()
        };
        let mut service = S3ServiceBuilder::new(files);
        if is_guarded {
            service.set_auth(SimpleAuth::from_single(KEY, SECRET));
        }
        let service = service.build();
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let endpoint = format!("http://{}", listener.local_addr().unwrap());
        let trouble = Arc::new(Trouble {
            percent: AtomicU64::new(0),
            dice: AtomicU64::new(seed),
            forgets_conditions: AtomicBool::new(false),
            listed: Mutex::default(),
            gate: watch::Sender::new(Gate::Open),
            requests: AtomicU64::new(0),
            refused: AtomicU64::new(0),
            lost_answers: AtomicU64::new(0),
        });
        let files = Files {
            service,
            writes: Arc::clone(&writes),
        };
        let server = tokio::spawn(serve(listener, files, Arc::clone(&trouble)));
        Self {
            folder,
            writes,
            endpoint,
            trouble,
            server,
        }
    }

    /// What a store is told.
    pub(crate) fn objects(&self) -> Objects {
        self.objects_with(BUCKET, &[])
    }

    pub(crate) fn objects_with(&self, bucket: &str, other: &[(&str, &str)]) -> Objects {
        let mut settings = self.settings().to_vec();
        settings.push(("AWS_PROFILE", "of another tool"));
        settings.extend(other);
        let settings = settings
            .into_iter()
            .map(|(name, value)| (name.to_owned(), value.to_owned()));
        let patience = Patience {
            tries: 12,
            first_wait: Duration::from_millis(1),
        };
        Objects::s3(&Self::url(bucket), settings, patience).unwrap()
    }

    /// As they are in the environment of a server, ...
    pub(crate) fn settings(&self) -> [(&'static str, &str); 4] {
        [
            ("AWS_ENDPOINT_URL", self.endpoint.as_str()),
            ("AWS_REGION", "us-east-1"),
            ("AWS_ACCESS_KEY_ID", KEY),
            ("AWS_SECRET_ACCESS_KEY", SECRET),
        ]
    }

    /// ... and what it is told of the place.
    pub(crate) fn url(bucket: &str) -> String {
        format!("s3://{bucket}/{PREFIX}")
    }

    /// What another program is told.
    pub(crate) fn variables(&self) -> [(&'static str, String); 3] {
        let (_, address) = self.endpoint.split_once("://").unwrap();
        [
            ("S3_ENDPOINT", address.to_owned()),
            ("S3_KEY", KEY.to_owned()),
            ("S3_SECRET", SECRET.to_owned()),
        ]
    }

    /// The data files of a dataset, by name.
    pub(crate) fn files(&self, dataset: &str) -> Vec<String> {
        names(&self.path(dataset))
    }

    /// Where an object of ours is on disk.
    pub(crate) fn path(&self, object: &str) -> PathBuf {
        self.folder.path().join(BUCKET).join(PREFIX).join(object)
    }
}

/// What is in a directory, by name; nothing in one that is not there.
pub(crate) fn names(directory: &Path) -> Vec<String> {
    let Ok(entries) = std::fs::read_dir(directory) else {
        return vec![];
    };
    let mut names: Vec<_> = entries
        .map(|entry| entry.unwrap().file_name().into_string().unwrap())
        .collect();
    names.sort();
    names
}

impl Drop for StandIn {
    fn drop(&mut self) {
        self.server.abort();
    }
}

impl Trouble {
    /// From now on so many of a hundred requests get an error.
    pub(crate) fn set(&self, percent: u64) {
        self.percent.store(percent, Ordering::Relaxed);
    }

    /// A number below `sides`.
    pub(crate) fn dice(&self, sides: u64) -> u64 {
        // SplitMix64.
        let step = 0x9e37_79b9_7f4a_7c15;
        let mut z = self
            .dice
            .fetch_add(step, Ordering::Relaxed)
            .wrapping_add(step);
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        (z ^ (z >> 31)) % sides
    }

    async fn pass(&self, closed: Gate) {
        let mut gate = self.gate.subscribe();
        gate.wait_for(|gate| *gate != closed).await.unwrap();
    }

    async fn answer(
        &self,
        files: &Files,
        mut request: http::Request<Incoming>,
    ) -> Result<Answer, Cut> {
        self.requests.fetch_add(1, Ordering::Relaxed);
        if self.forgets_conditions.load(Ordering::Relaxed) {
            request.headers_mut().remove(http::header::IF_NONE_MATCH);
        }
        let mut parts = request.uri().path().split('/');
        if parts.nth(1) != Some(BUCKET) {
            return Ok(error(404, "NoSuchBucket"));
        }
        let is_list = request
            .uri()
            .query()
            .is_some_and(|it| it.contains("list-type=2"));
        let is_log_write =
            request.method() == http::Method::PUT && request.uri().path().contains("/_log/");
        if is_log_write {
            self.pass(Gate::Before).await;
        }
        let throw = self.dice(100);
        let percent = self.percent.load(Ordering::Relaxed);
        if throw < percent / 2 {
            self.refused.fetch_add(1, Ordering::Relaxed);
            return Ok(error(503, "SlowDown"));
        }
        let is_calm = percent == 0;
        if !is_calm && self.dice(5) == 0 {
            tokio::time::sleep(SLOW).await;
        }
        let done = files.call(request).await?;
        if is_log_write && throw < percent && self.dice(2) == 0 {
            let late = Duration::from_millis(self.dice(LATE_MILLIS));
            tokio::spawn(async move {
                tokio::time::sleep(late).await;
                done.await
            });
            self.lost_answers.fetch_add(1, Ordering::Relaxed);
            return Ok(error(500, "InternalError"));
        }
        let answer = done.await?;
        if is_log_write {
            self.pass(Gate::After).await;
        }
        if throw < percent {
            self.lost_answers.fetch_add(1, Ordering::Relaxed);
            return match throw % 2 {
                0 => Err(Cut),
                _ => Ok(error(500, "InternalError")),
            };
        }
        match is_list && !is_calm {
            true => Ok(self.late(answer).await),
            false => Ok(answer),
        }
    }

    /// Every other list is the one before.
    async fn late(&self, answer: Answer) -> Answer {
        let (head, mut body) = answer.into_parts();
        let now = body.store_all_limited(1 << 30).await.unwrap().to_vec();
        let before = self.listed.lock().unwrap().replace(now.clone());
        let said = match before {
            Some(before) if self.dice(2) == 0 => before,
            _ => now,
        };
        let mut answer = http::Response::new(Body::from(said));
        *answer.status_mut() = head.status;
        answer
    }
}

/// The files behind it.
#[derive(Clone)]
struct Files {
    service: S3Service,
    writes: Arc<tokio::sync::Mutex<()>>,
}

impl Files {
    /// A request that was read; it is done when the future is waited for, whatever becomes of the connection.
    async fn call(
        &self,
        request: http::Request<Incoming>,
    ) -> Result<impl Future<Output = Result<Answer, Cut>> + use<>, Cut> {
        let is_write = request.method() != http::Method::GET;
        let (head, body) = request.into_parts();
        let body = Body::from(body).store_all_limited(1 << 30).await;
        let body = Body::from(body.map_err(|_| Cut)?);
        let request = http::Request::from_parts(head, body);
        let this = self.clone();
        Ok(async move {
            let _alone = match is_write {
                true => Some(this.writes.lock().await),
                false => None,
            };
            this.service.call(request).await.map_err(|_| Cut)
        })
    }
}

fn error(status: u16, code: &str) -> Answer {
    let body = format!("<Error><Code>{code}</Code><Message>as it was told</Message></Error>");
    let answer = http::Response::builder().status(status);
    answer.body(Body::from(body)).unwrap()
}

async fn serve(listener: TcpListener, files: Files, trouble: Arc<Trouble>) {
    while let Ok((socket, _)) = listener.accept().await {
        let (files, trouble) = (files.clone(), Arc::clone(&trouble));
        // Else the system waits with the second part of an answer, for as long as an object store takes for all of it.
        socket.set_nodelay(true).unwrap();
        tokio::spawn(async move {
            let answer = service_fn(move |request| {
                let (files, trouble) = (files.clone(), Arc::clone(&trouble));
                async move { trouble.answer(&files, request).await }
            });
            let connection = Builder::new(TokioExecutor::new());
            // A client that goes away is no failure of a test.
            let _ = connection
                .serve_connection(TokioIo::new(socket), answer)
                .await;
        });
    }
}
