//! Settings of the server. Plain data with defaults; the only place that reads them from outside is the
//! command line, which falls back to `THROUGHLINE_*`.

/// Where spans are kept.
mod places;

pub use places::{LogPlace, Places, aws_variables};

use std::collections::BTreeMap;
use std::fmt;
use std::net::{Ipv4Addr, SocketAddr};
use std::path::PathBuf;
use std::time::Duration;

/// Everything the server can be told.
#[derive(Clone, Debug)]
pub struct Config {
    /// The directory that holds everything that is stored, but for what is elsewhere.
    pub data: PathBuf,
    /// Data files are in this object store.
    pub objects: Option<store::Objects>,
    /// The catalog is in this PostgreSQL.
    pub catalog: Option<store::CatalogUrl>,
    /// The log is there, too, or in the directory.
    pub log: LogPlace,
    /// Console and API.
    pub listen: SocketAddr,
    /// OTLP over HTTP.
    pub otlp_http: SocketAddr,
    /// OTLP over gRPC.
    pub otlp_grpc: SocketAddr,
    /// How long spans are kept, by their arrival.
    pub retention: Duration,
    /// The same of single datasets, by their name.
    pub retention_of: BTreeMap<String, Duration>,
    /// How long spans stay in memory, beside the log, before they are written to data files.
    pub flush_age: Duration,
    /// Whether a server that others than this machine reach may start without a token.
    pub allow_open: bool,
    pub limits: Limits,
}

/// A limit on everything.
#[derive(Clone, Debug)]
pub struct Limits {
    /// Open connections of one listener; more wait in the kernel's queue.
    pub connections_max: usize,
    /// Of these, the open connections of one client's address (of one /64 of IPv6); more are closed at
    /// once. Behind a proxy all clients have its address.
    pub connections_per_address_max: usize,
    /// From accepting a connection to the head of its first request.
    pub first_request_max: Duration,
    /// From the first byte of a request's head to its last.
    pub header_read_max: Duration,
    /// Without a request; the connection is then closed.
    pub connection_idle_max: Duration,
    /// A connection of this age, give or take a tenth, is asked to go and come again.
    pub connection_age_max: Duration,
    /// Between two pieces of a request's body.
    pub body_idle_max: Duration,
    /// For the whole of a request's body.
    pub body_total_max: Duration,
    pub header_bytes_max: u32,
    /// Concurrent HTTP/2 requests of one connection.
    pub streams_max: u32,
    /// An OTLP request as sent; its decoded size has a limit in `otlp`.
    pub body_wire_bytes_max: usize,
    /// OTLP requests that are being received or stored: as sent, and what is being unfolded of them. The
    /// largest request by itself is let through.
    pub in_flight_bytes_max: usize,
    /// How long a small request waits for room before it is refused; a large one does not wait.
    pub room_wait_max: Duration,
    /// Disk that the log may take; spans are refused until a flush lets go of some. Well above one segment
    /// (64 MiB), which is always kept.
    pub log_bytes_max: u64,
    /// Disk that is left free: this much or `disk_free_percent_min`, whichever is less. Below it spans are
    /// refused, so that data files and the catalog can still be written.
    pub disk_free_bytes_min: u64,
    pub disk_free_percent_min: u8,
    /// An API request.
    pub api_body_bytes_max: usize,
    pub query_run_max: Duration,
    /// Queries at a time; more wait, at most `query_run_max`.
    pub queries_max: usize,
    pub query_memory_bytes_max: usize,
    pub query_rows_max: usize,
    pub query_response_bytes_max: usize,
    /// What all queries may put on disk when their memory does not suffice.
    pub query_spill_bytes_max: u64,
    pub trace_spans_max: usize,
    /// One trace's spans in an answer; those that start later are cut off.
    pub trace_bytes_max: usize,
    /// Spans in memory; more are refused until a flush makes room.
    pub buffer_bytes_max: usize,
    /// For finishing what is in progress when asked to stop.
    pub drain_max: Duration,
}

const MIB: usize = 1 << 20;

impl Default for Limits {
    fn default() -> Self {
        Self {
            connections_max: 1024,
            connections_per_address_max: 256,
            first_request_max: Duration::from_secs(10),
            header_read_max: Duration::from_secs(5),
            connection_idle_max: Duration::from_secs(300),
            connection_age_max: Duration::from_secs(3600),
            body_idle_max: Duration::from_secs(30),
            body_total_max: Duration::from_secs(60),
            header_bytes_max: 16 << 10,
            streams_max: 128,
            body_wire_bytes_max: 64 * MIB,
            in_flight_bytes_max: 96 * MIB,
            room_wait_max: Duration::from_secs(1),
            log_bytes_max: 4 << 30,
            disk_free_bytes_min: 256 << 20,
            disk_free_percent_min: 5,
            api_body_bytes_max: 256 << 10,
            query_run_max: Duration::from_secs(30),
            queries_max: 4,
            query_memory_bytes_max: 256 * MIB,
            query_rows_max: 50_000,
            query_response_bytes_max: 64 * MIB,
            query_spill_bytes_max: 1 << 30,
            trace_spans_max: 100_000,
            trace_bytes_max: 64 * MIB,
            buffer_bytes_max: 128 * MIB,
            drain_max: Duration::from_secs(10),
        }
    }
}

impl Default for Config {
    fn default() -> Self {
        let local = |port| SocketAddr::from((Ipv4Addr::LOCALHOST, port));
        Self {
            data: PathBuf::from("./throughline-data"),
            objects: None,
            catalog: None,
            log: LogPlace::Local,
            listen: local(4321),
            otlp_http: local(4318),
            otlp_grpc: local(4317),
            retention: Duration::from_secs(365 * 86_400),
            retention_of: BTreeMap::new(),
            flush_age: Duration::from_secs(600),
            allow_open: false,
            limits: Limits::default(),
        }
    }
}

/// A setting that cannot be used; the message names it and says what would do.
#[derive(Debug, thiserror::Error)]
#[error("{setting}: {problem}")]
pub struct Error {
    setting: &'static str,
    problem: String,
}

impl Error {
    /// A dataset that has an age already.
    pub(crate) fn twice(dataset: &str, before: Duration, age: Duration) -> Self {
        let (before, age) = (show_age(before), show_age(age));
        Self {
            setting: "--retention-of",
            problem: format!("{dataset} has two ages, {before} and {age}; give it one"),
        }
    }
}

impl Config {
    /// Refuses what could not work, before anything is opened.
    pub fn check(&self) -> Result<(), Error> {
        let fault = |setting, problem: &str| {
            Err(Error {
                setting,
                problem: problem.to_owned(),
            })
        };
        let directory = match &self.objects {
            None => "--data",
            Some(_) => "--log-dir",
        };
        if self.data.as_os_str().is_empty() {
            return fault(directory, "the name of a directory is missing");
        }
        if self.data.is_file() {
            return fault(directory, "this is a file; name a directory");
        }
        if self.retention < Duration::from_secs(60) {
            return fault(
                "--retention",
                "keep spans for at least a minute, e.g. 12h or 30d",
            );
        }
        if let Some((name, _)) = self.retention_of.iter().find(|(_, age)| age.as_secs() < 60) {
            let problem = format!("keep the spans of {name} for at least a minute");
            return fault("--retention-of", &problem);
        }
        if self.flush_age < Duration::from_millis(100) {
            return fault(
                "--flush-age",
                "flush at most ten times a second, e.g. 1m or 10m",
            );
        }
        if self.limits.connections_per_address_max == 0 {
            return fault("--connections-per-address", "let in at least one");
        }
        let fixed: Vec<SocketAddr> = [self.listen, self.otlp_http, self.otlp_grpc]
            .into_iter()
            .filter(|address| address.port() != 0)
            .collect();
        if (1..fixed.len()).any(|at| fixed[..at].contains(&fixed[at])) {
            return fault(
                "--listen, --otlp-http, --otlp-grpc",
                "each needs an address of its own (port 0 lets the system choose)",
            );
        }
        Ok(())
    }

    fn show_places(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.objects {
            None => writeln!(f, "data = {:?}", self.data)?,
            Some(objects) => {
                writeln!(f, "data = {:?}", objects.url())?;
                writeln!(f, "log_dir = {:?}", self.data)?;
            }
        }
        if let Some(catalog) = &self.catalog {
            writeln!(f, "catalog = {:?}", catalog.shown())?;
        }
        match self.log {
            LogPlace::Local => Ok(()),
            LogPlace::Object => writeln!(f, "log = \"object\""),
        }
    }

    /// The addresses that others than this machine may reach.
    pub fn open_addresses(&self) -> Vec<SocketAddr> {
        [self.listen, self.otlp_http, self.otlp_grpc]
            .into_iter()
            .filter(|address| !address.ip().is_loopback())
            .collect()
    }
}

/// As `throughline config show` prints it: one `name = value` a line.
impl fmt::Display for Config {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let limits = &self.limits;
        self.show_places(f)?;
        writeln!(f, "listen = \"{}\"", self.listen)?;
        writeln!(f, "otlp_http = \"{}\"", self.otlp_http)?;
        writeln!(f, "otlp_grpc = \"{}\"", self.otlp_grpc)?;
        writeln!(f, "retention = \"{}\"", show_age(self.retention))?;
        for (name, age) in &self.retention_of {
            writeln!(f, "retention_of.{name:?} = \"{}\"", show_age(*age))?;
        }
        writeln!(f, "flush_age = \"{}\"", show_age(self.flush_age))?;
        writeln!(f, "allow_open = {}", self.allow_open)?;
        writeln!(
            f,
            "\n[limits] # all but connections_per_address_max are fixed in this version"
        )?;
        writeln!(f, "connections_max = {}", limits.connections_max)?;
        writeln!(
            f,
            "connections_per_address_max = {}",
            limits.connections_per_address_max
        )?;
        writeln!(f, "first_request_max = {:?}", limits.first_request_max)?;
        writeln!(f, "header_read_max = {:?}", limits.header_read_max)?;
        writeln!(f, "connection_idle_max = {:?}", limits.connection_idle_max)?;
        writeln!(f, "connection_age_max = {:?}", limits.connection_age_max)?;
        writeln!(f, "body_idle_max = {:?}", limits.body_idle_max)?;
        writeln!(f, "body_total_max = {:?}", limits.body_total_max)?;
        writeln!(f, "header_bytes_max = {}", limits.header_bytes_max)?;
        writeln!(f, "streams_max = {}", limits.streams_max)?;
        writeln!(f, "body_wire_bytes_max = {}", limits.body_wire_bytes_max)?;
        writeln!(f, "in_flight_bytes_max = {}", limits.in_flight_bytes_max)?;
        writeln!(f, "room_wait_max = {:?}", limits.room_wait_max)?;
        writeln!(f, "log_bytes_max = {}", limits.log_bytes_max)?;
        writeln!(f, "disk_free_bytes_min = {}", limits.disk_free_bytes_min)?;
        writeln!(
            f,
            "disk_free_percent_min = {}",
            limits.disk_free_percent_min
        )?;
        writeln!(f, "api_body_bytes_max = {}", limits.api_body_bytes_max)?;
        writeln!(f, "query_run_max = {:?}", limits.query_run_max)?;
        writeln!(f, "queries_max = {}", limits.queries_max)?;
        writeln!(
            f,
            "query_memory_bytes_max = {}",
            limits.query_memory_bytes_max
        )?;
        writeln!(f, "query_rows_max = {}", limits.query_rows_max)?;
        writeln!(
            f,
            "query_response_bytes_max = {}",
            limits.query_response_bytes_max
        )?;
        writeln!(
            f,
            "query_spill_bytes_max = {}",
            limits.query_spill_bytes_max
        )?;
        writeln!(f, "trace_spans_max = {}", limits.trace_spans_max)?;
        writeln!(f, "trace_bytes_max = {}", limits.trace_bytes_max)?;
        writeln!(f, "buffer_bytes_max = {}", limits.buffer_bytes_max)?;
        writeln!(f, "drain_max = {:?}", limits.drain_max)
    }
}

/// Reads an age: `30d`, `12h`, `1m30s`.
pub fn parse_age(text: &str) -> Result<Duration, String> {
    apl::timespan::parse(text.trim())
        .and_then(|nanos| u64::try_from(nanos).ok())
        .map(Duration::from_nanos)
        .ok_or_else(|| {
            format!("expected a number and a unit (w, d, h, m, s, ms), as in 30d; got {text:?}")
        })
}

/// Reads the age of one dataset: `preview=7d`.
pub fn parse_dataset_age(text: &str) -> Result<(String, Duration), String> {
    let (name, age) = text
        .split_once('=')
        .filter(|(name, _)| !name.trim().is_empty())
        .ok_or_else(|| format!("expected DATASET=AGE, as in preview=7d; got {text:?}"))?;
    let name = name.trim();
    store::check_name(name).map_err(|error| error.to_string())?;
    Ok((name.to_owned(), parse_age(age)?))
}

/// Reads an address to listen on.
pub fn parse_address(text: &str) -> Result<SocketAddr, String> {
    text.parse().map_err(|_| {
        "expected an address and a port, as in 127.0.0.1:4321 or [::]:4321; a name is none"
            .to_owned()
    })
}

/// In whole days where it is, else as Go writes it.
fn show_age(age: Duration) -> String {
    const DAY: u64 = 86_400;
    if age.subsec_nanos() == 0 && age.as_secs() > 0 && age.as_secs().is_multiple_of(DAY) {
        return format!("{}d", age.as_secs() / DAY);
    }
    apl::timespan::format(i64::try_from(age.as_nanos()).unwrap_or(i64::MAX))
}
