//! Redis commands as CLIENT spans. A span says which command was sent, never a key or a value.

use futures::FutureExt as _;
use opentelemetry::trace::SpanKind;
use opentelemetry::{Context, KeyValue};
use redis::aio::ConnectionLike;
use redis::{Cmd, ConnectionAddr, Pipeline, RedisFuture, RedisResult, Value};

use crate::metrics::Timer;
use crate::server::Server;
use crate::span::{EdgeSpan, Start};
use crate::{attrs, context, kit};

/// Which names of commands are shown.
mod command;
/// What a refusal is called.
mod refusal;

pub use refusal::kind;

use command::Operation;

const SYSTEM: &str = "redis";

/// A connection whose commands are spans: `GET`, `PIPELINE GET`, `MULTI`. It is used like the one inside
/// it, which may be any asynchronous connection: a `MultiplexedConnection`, a `ConnectionManager`, a
/// cluster's. Cloning it clones that one.
///
/// Without an active span there is none: a poller would make a trace out of every empty look.
///
/// ```no_run
/// use redis::AsyncCommands;
/// use throughline_telemetry::redis::Traced;
///
/// # async fn holds() -> redis::RedisResult<()> {
/// let client = redis::Client::open("redis://127.0.0.1/")?;
/// let connection = client.get_multiplexed_async_connection().await?;
/// let mut redis = Traced::new(connection).at(client.get_connection_info().addr());
/// let held: Option<String> = redis.get("hold:7").await?;
/// # Ok(()) }
/// ```
///
/// # Errors
/// Those of the connection, unchanged. They mark the span as failed, with the server's error code
/// (`WRONGTYPE`) where there is one. A pipeline fails when one of its commands does, also where the caller
/// has asked to ignore that: the connection is not told.
#[derive(Clone)]
pub struct Traced<C> {
    connection: C,
    server: Option<Server>,
}

/// Connections have no `Debug`, and what they would show is of no use.
impl<C> std::fmt::Debug for Traced<C> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Traced")
            .field("server", &self.server)
            .finish_non_exhaustive()
    }
}

impl<C> Traced<C> {
    /// Spans for the commands of `connection`, which do not say to which server they went.
    pub fn new(connection: C) -> Self {
        Self {
            connection,
            server: None,
        }
    }

    /// Says on every span which server it is: the address that the client was opened with.
    #[must_use]
    pub fn at(mut self, address: &ConnectionAddr) -> Self {
        self.server = match address {
            ConnectionAddr::Tcp(host, port) | ConnectionAddr::TcpTls { host, port, .. } => {
                Some(Server::new(host, Some(*port)))
            }
            ConnectionAddr::Unix(path) => Some(Server::new(&path.to_string_lossy(), None)),
            _ => None,
        };
        self
    }

    /// As [`at`](Self::at), where host and port are known by other ways.
    #[must_use]
    pub fn with_server(mut self, host: &str, port: u16) -> Self {
        self.server = Some(Server::new(host, Some(port)));
        self
    }

    /// The connection itself, for what a span should not be made of.
    pub fn connection(&mut self) -> &mut C {
        &mut self.connection
    }
}

impl<C: ConnectionLike> Traced<C> {
    /// None where there is nothing to record: nothing to hang a span under, and no metrics.
    fn observe(&self, operation: impl FnOnce() -> Operation) -> Option<Observed> {
        let parent = context::recorded_parent();
        let kit = kit::current();
        if parent.is_none() && kit.metrics.is_none() {
            return None;
        }
        let operation = operation();
        let measured = || {
            vec![
                KeyValue::new(attrs::DB_SYSTEM_NAME, SYSTEM),
                KeyValue::new(attrs::DB_OPERATION_NAME, operation.name.clone()),
            ]
        };
        let timer = Timer::start(&kit, |metrics| &metrics.db_client, measured);
        let parent = parent.unwrap_or_else(|| Context::current().with_telemetry_suppressed());
        Some(Observed {
            span: EdgeSpan::start(&kit, self.start(&operation), &parent),
            timer,
        })
    }

    fn start(&self, operation: &Operation) -> Start {
        let mut attributes = vec![
            KeyValue::new(attrs::DB_SYSTEM_NAME, SYSTEM),
            // The one chosen when connecting; a later SELECT is not noticed.
            KeyValue::new(attrs::DB_NAMESPACE, self.connection.get_db().to_string()),
            KeyValue::new(attrs::DB_OPERATION_NAME, operation.name.clone()),
        ];
        if let Some(size) = operation.batch {
            attributes.push(KeyValue::new(attrs::DB_OPERATION_BATCH_SIZE, size));
        }
        attributes.extend(self.server.iter().flat_map(Server::attributes));
        Start {
            name: operation.span_name(),
            kind: SpanKind::Client,
            attributes,
            links: Vec::new(),
        }
    }
}

/// A request to the server, while it lasts.
struct Observed {
    /// Closed where there is nothing to hang it under.
    span: EdgeSpan,
    timer: Timer,
}

impl Observed {
    /// Runs the request. `values` shows the server's answers in its result.
    async fn run<T>(self, sent: RedisFuture<'_, T>, values: fn(&T) -> &[Value]) -> RedisResult<T> {
        let Self { span, mut timer } = self;
        let (span, result) = span.run(sent).await;
        refusal::record(&span, &mut timer, result.as_ref().map(values));
        timer.finish();
        span.end();
        result
    }
}

impl<C: ConnectionLike + Send> ConnectionLike for Traced<C> {
    fn req_packed_command<'a>(&'a mut self, cmd: &'a Cmd) -> RedisFuture<'a, Value> {
        let observed = self.observe(|| Operation::of_command(cmd));
        let sent = self.connection.req_packed_command(cmd);
        match observed {
            Some(observed) => observed.run(sent, std::slice::from_ref).boxed(),
            None => sent,
        }
    }

    fn req_packed_commands<'a>(
        &'a mut self,
        pipeline: &'a Pipeline,
        offset: usize,
        count: usize,
    ) -> RedisFuture<'a, Vec<Value>> {
        let observed = self.observe(|| Operation::of_pipeline(pipeline));
        let sent = self.connection.req_packed_commands(pipeline, offset, count);
        match observed {
            Some(observed) => observed.run(sent, Vec::as_slice).boxed(),
            None => sent,
        }
    }

    fn get_db(&self) -> i64 {
        self.connection.get_db()
    }
}
