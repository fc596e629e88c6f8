//! `Config → build → run → drain`: one server, from bound sockets to a clean end.

use crate::api::{self, Api, Retention};
use crate::browsers;
use crate::config::{self, Config, LogPlace};
use crate::ingest::{self, Ingest, Replay};
use crate::message::whole;
use crate::net::{Listener, Protocol, Traffic, descriptors};
use crate::query::{self, Engine};
use control::Control;
use model::{Clock, ErrorKind};
use std::io;
use std::net::SocketAddr;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Duration;
use store::Store;
use tokio::sync::watch;
use tokio::task::JoinSet;

/// Where queries put what does not fit into memory, below the data directory.
const SPILL: &str = "spill";
const LISTENERS: u64 = 3;
/// How often the log's health, the room on disk and tokens made by others are looked at.
const HEALTH_EVERY: Duration = Duration::from_millis(250);

/// A server that runs.
#[derive(Debug)]
pub struct Server {
    addresses: Addresses,
    store: Arc<Store>,
    ingest: Arc<Ingest>,
    control: Arc<Control>,
    stop: watch::Sender<bool>,
    listeners: JoinSet<()>,
    /// What looks at the disk; it ends with the server.
    watching: JoinSet<()>,
    drain_max: Duration,
}

#[doc(hidden)]
pub use crate::ingest::Seams;
#[doc(hidden)]
pub use crate::ingest::watermarks::Space;

/// The bound addresses, with the ports that the system chose.
#[derive(Clone, Copy, Debug)]
pub struct Addresses {
    pub console: SocketAddr,
    pub otlp_http: SocketAddr,
    pub otlp_grpc: SocketAddr,
}

/// Why a server did not start. Each message names the place and the remedy.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    #[error("{0}")]
    Config(#[from] config::Error),
    #[error("could not listen on {address} ({what}): {source}; {}", remedy(.source, .flag))]
    Listen {
        what: &'static str,
        flag: &'static str,
        address: SocketAddr,
        source: io::Error,
    },
    #[error("{}{}", whole(.0), store_remedy(.0))]
    Store(#[source] store::Error),
    #[error("{0}")]
    Control(#[from] control::Error),
    #[error(
        "{} can be reached from other machines, and there is no token yet: make one with `throughline token \
         create {place}`, listen on 127.0.0.1, or start with --allow-open to let anyone read and write",
        shown(.addresses)
    )]
    Open {
        addresses: Vec<SocketAddr>,
        /// As the command line names it.
        place: String,
    },
    #[error("could not make room for queries: {0}")]
    Query(String),
    #[error("could not empty {}: {source}; check its owner and mode", path.display())]
    Spill { path: PathBuf, source: io::Error },
}

impl Error {
    /// What whoever starts it can do.
    pub fn kind(&self) -> ErrorKind {
        match self {
            Self::Config(_) | Self::Open { .. } => ErrorKind::Invalid,
            Self::Store(error) => error.kind(),
            Self::Listen { .. } | Self::Control(_) | Self::Query(_) | Self::Spill { .. } => {
                ErrorKind::Unavailable
            }
        }
    }
}

fn shown(addresses: &[SocketAddr]) -> String {
    let shown: Vec<String> = addresses.iter().map(ToString::to_string).collect();
    shown.join(", ")
}

fn remedy(source: &io::Error, flag: &str) -> String {
    match source.kind() {
        io::ErrorKind::AddrInUse => {
            format!("another program has this port: stop it, or choose another with {flag}")
        }
        io::ErrorKind::PermissionDenied => format!("choose a port above 1023 with {flag}"),
        io::ErrorKind::AddrNotAvailable => {
            format!("this machine has no such address; choose one with {flag}")
        }
        _ => format!("choose another address with {flag}"),
    }
}

fn store_remedy(error: &store::Error) -> &'static str {
    match error {
        // These say what to do, and here is with what.
        store::Error::Place { what, .. } if *what == "catalog" => " (--catalog)",
        store::Error::Place { .. } => " (--data)",
        store::Error::Locked { path, .. } if path.to_string_lossy().contains("://") => {
            "; stop that one, or choose another database with --catalog"
        }
        _ => directory_remedy(error.kind()),
    }
}

fn directory_remedy(kind: ErrorKind) -> &'static str {
    match kind {
        ErrorKind::Conflict => "; stop that one, or choose another directory with --data",
        ErrorKind::Unavailable => {
            "; check the directory's owner, mode and free space, or choose another with --data"
        }
        ErrorKind::Invalid => "; choose another directory with --data",
        _ => "",
    }
}

struct Bound {
    console: Listener,
    otlp_http: Listener,
    otlp_grpc: Listener,
}

impl Server {
    /// Binds, opens the store, replays its log, and serves. When this returns, every door is open.
    pub async fn start(config: &Config, clock: Clock) -> Result<Self, Error> {
        Self::start_with(config, clock, Seams::default()).await
    }

    /// [`start`](Self::start), with something else in the place of the decoder and the disk. For tests.
    #[doc(hidden)]
    pub async fn start_with(config: &Config, clock: Clock, seams: Seams) -> Result<Self, Error> {
        config.check()?;
        // Sockets first: a second start by mistake fails before it touches the data.
        let bound = bind(config).await?;
        let addresses = bound.addresses();
        let store = Arc::new(open_store(config, clock.clone(), seams.replay).await?);
        let control = open_control(config, clock.clone()).await?;
        let mut limits = config.limits.clone();
        limits.connections_max = descriptors::connections(limits.connections_max, LISTENERS);
        let limits = Arc::new(limits);
        let spill = config.data.join(SPILL);
        // The store holds the directory's lock: nobody else uses what lies in here.
        clear(&spill).await?;
        let engine = Engine::new(&limits, &spill)
            .map_err(|error: query::Error| Error::Query(error.to_string()))?;
        let ingest = Ingest::new(Arc::clone(&store), clock.clone(), &limits, seams);
        // Known before the first request.
        ingest.look(&config.data).await;
        let mut watching = JoinSet::new();
        watching.spawn(watch(Arc::clone(&ingest), config.data.clone()));
        watching.spawn(follow(Arc::clone(&control)));
        let traffic = Arc::new(Traffic::default());
        let door = ingest::http::Door {
            ingest: Arc::clone(&ingest),
            limits: Arc::clone(&limits),
            control: Arc::clone(&control),
        };
        let api = Api {
            store: Arc::clone(&store),
            engine: Arc::new(engine),
            outlines: Arc::default(),
            control: Arc::clone(&control),
            retention: Arc::new(Retention::new(config)),
            clock,
            limits: Arc::clone(&limits),
            otlp: door.clone(),
            traffic: Arc::clone(&traffic),
            otlp_http: addresses.otlp_http,
            otlp_grpc: addresses.otlp_grpc,
        };
        let routes = throughline_telemetry::http_server::wrap(api::router(api));
        let rules = browsers::Rules {
            control: Arc::clone(&control),
            any_name: config.allow_open,
        };
        let console = browsers::keep_out(api::with_otlp(routes, door.clone()), rules.clone());
        let otlp_http = browsers::keep_out(ingest::http::router(door.clone()), rules);

        let (stop, stopped) = watch::channel(false);
        let mut listeners = JoinSet::new();
        let mut open = |listener: Listener, app, protocol| {
            let (limits, traffic) = (Arc::clone(&limits), Arc::clone(&traffic));
            listeners.spawn(listener.serve(app, protocol, limits, traffic, stopped.clone()));
        };
        open(bound.console, console, Protocol::Http);
        open(bound.otlp_http, otlp_http, Protocol::Http);
        open(bound.otlp_grpc, ingest::grpc::router(door), Protocol::Http2);
        Ok(Self {
            addresses,
            store,
            ingest,
            control,
            stop,
            listeners,
            watching,
            drain_max: limits.drain_max,
        })
    }

    pub fn addresses(&self) -> Addresses {
        self.addresses
    }

    /// Whether anybody who reaches it may do everything: no token was ever made.
    pub fn is_open(&self) -> bool {
        self.control.is_open()
    }

    /// Resolves when the log has failed: from then on every request is refused, `/healthz` says 503, and
    /// only a new start helps, which reads what the disk really holds.
    pub async fn failed(&self) {
        while !self.store.failed() {
            tokio::time::sleep(HEALTH_EVERY).await;
        }
    }

    /// Whether that is because another process has taken the catalog over.
    pub fn fenced(&self) -> bool {
        self.store.fenced()
    }

    /// Writes what is buffered to data files. For tests.
    #[doc(hidden)]
    pub async fn flush(&self) -> Result<(), store::Error> {
        self.store.flush().await
    }

    /// Stops accepting, finishes what is in progress, flushes and closes the store.
    pub async fn drain(mut self) -> Result<(), store::Error> {
        self.stop.send_replace(true);
        while self.listeners.join_next().await.is_some() {}
        self.watching.shutdown().await;
        let closing = self.ingest.admission().close();
        if tokio::time::timeout(self.drain_max, closing).await.is_err() {
            tracing::warn!(
                "requests were still on their way when time to drain ran out; the log has them or will not"
            );
        }
        self.control.close().await;
        let books = self.ingest.balance();
        tracing::info!(
            spans_stored = books.spans_stored,
            spans_deduplicated = books.spans_deduplicated,
            spans_rejected = books.rejected(),
            "drained; spans are counted since the start"
        );
        // A log that cannot be read back, as on a full disk, keeps nobody here: it is there at the next start.
        match tokio::time::timeout(self.drain_max, self.store.close()).await {
            Ok(closed) => closed,
            Err(_) => {
                tracing::warn!("could not flush in time; the log is kept");
                Ok(())
            }
        }
    }
}

/// Takes in the tokens that other processes make and revoke.
async fn follow(control: Arc<Control>) {
    let mut ticks = tokio::time::interval(HEALTH_EVERY);
    ticks.set_missed_tick_behavior(tokio::time::MissedTickBehavior::Delay);
    loop {
        ticks.tick().await;
        if let Err(error) = control.refresh().await {
            tracing::warn!(error = whole(&error), "could not look for new tokens");
        }
    }
}

/// Looks at the disk for as long as the server runs.
async fn watch(ingest: Arc<Ingest>, data: PathBuf) {
    let mut ticks = tokio::time::interval(HEALTH_EVERY);
    ticks.set_missed_tick_behavior(tokio::time::MissedTickBehavior::Delay);
    loop {
        ticks.tick().await;
        ingest.look(&data).await;
    }
}

impl Bound {
    fn addresses(&self) -> Addresses {
        Addresses {
            console: self.console.address(),
            otlp_http: self.otlp_http.address(),
            otlp_grpc: self.otlp_grpc.address(),
        }
    }
}

async fn bind(config: &Config) -> Result<Bound, Error> {
    let bind = async |what, flag, address| {
        Listener::bind(address)
            .await
            .map_err(|source| Error::Listen {
                what,
                flag,
                address,
                source,
            })
    };
    Ok(Bound {
        console: bind("console and API", "--listen", config.listen).await?,
        otlp_http: bind("OTLP/HTTP", "--otlp-http", config.otlp_http).await?,
        otlp_grpc: bind("OTLP/gRPC", "--otlp-grpc", config.otlp_grpc).await?,
    })
}

/// Removes what the queries of an earlier process left behind.
async fn clear(spill: &Path) -> Result<(), Error> {
    match tokio::fs::remove_dir_all(spill).await {
        Err(source) if source.kind() != io::ErrorKind::NotFound => Err(Error::Spill {
            path: spill.to_owned(),
            source,
        }),
        _ => Ok(()),
    }
}

/// A server without tokens is for this machine only.
async fn open_control(config: &Config, clock: Clock) -> Result<Arc<Control>, Error> {
    let control = control_of(config, clock).await?;
    let addresses = config.open_addresses();
    if control.is_open() && !addresses.is_empty() && !config.allow_open {
        let place = match &config.catalog {
            None => format!("--data {}", config.data.display()),
            Some(catalog) => format!("--catalog {}", catalog.shown()),
        };
        return Err(Error::Open { addresses, place });
    }
    Ok(Arc::new(control))
}

/// Control data are where the catalog is: in PostgreSQL, or in a file in the directory. For the server of that directory
/// they move from the one to the other the first time.
async fn control_of(config: &Config, clock: Clock) -> Result<Control, Error> {
    let directory = &config.data;
    let Some(catalog) = &config.catalog else {
        return Ok(Control::open(directory, clock).await?);
    };
    let options = store::reach(catalog).await.map_err(Error::Store)?;
    Ok(Control::open_postgres(options, &catalog.shown(), directory, clock).await?)
}

async fn open_store(config: &Config, clock: Clock, replay: Replay) -> Result<Store, Error> {
    let defaults = store::Config::default();
    let buffer_bytes_max = config.limits.buffer_bytes_max;
    let settings = store::Config {
        data_dir: config.data.clone(),
        objects: config.objects.clone(),
        catalog: config.catalog.clone(),
        log_in_objects: config.log == LogPlace::Object,
        retention: config.retention,
        retention_of: config.retention_of.clone(),
        flush_age_max: config.flush_age,
        flush_bytes_max: defaults.flush_bytes_max.min(buffer_bytes_max),
        buffer_bytes_max,
        buffer_wait_max: config.limits.room_wait_max,
        ..defaults
    };
    Store::open(settings, clock, replay)
        .await
        .map_err(Error::Store)
}
