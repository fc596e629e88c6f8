//! The attribute names the kit writes: the OpenTelemetry conventions where one exists, else a `kit.` or
//! `schedule.` name of ours. No other file spells an attribute; a test compares these with the
//! published constants.

// Resource.
pub(crate) const SERVICE_NAME: &str = "service.name";
pub(crate) const DEPLOYMENT_ENVIRONMENT_NAME: &str = "deployment.environment.name";
/// The name before semantic conventions 1.27; read, never written.
pub(crate) const DEPLOYMENT_ENVIRONMENT: &str = "deployment.environment";

// Any edge.
pub(crate) const ERROR_TYPE: &str = "error.type";
pub(crate) const SERVER_ADDRESS: &str = "server.address";
pub(crate) const SERVER_PORT: &str = "server.port";
pub(crate) const NETWORK_PROTOCOL_NAME: &str = "network.protocol.name";
pub(crate) const NETWORK_PROTOCOL_VERSION: &str = "network.protocol.version";
pub(crate) const NETWORK_TRANSPORT: &str = "network.transport";
/// True on a span whose work was dropped before it finished: a client went away, a timeout fired.
pub(crate) const CANCELLED: &str = "kit.cancelled";

/// What the privacy guard took out.
pub(crate) const REDACTION_KIND: &str = "kit.redaction.kind";
/// True on the span by which the doctor tries the store.
pub(crate) const DOCTOR: &str = "kit.doctor";

// HTTP.
pub(crate) const HTTP_REQUEST_METHOD: &str = "http.request.method";
pub(crate) const HTTP_RESPONSE_STATUS_CODE: &str = "http.response.status_code";
pub(crate) const HTTP_ROUTE: &str = "http.route";
/// Origin and template of the request, no values.
pub(crate) const URL_FULL: &str = "url.full";
/// The matched route's template; absent when no route matched.
pub(crate) const URL_PATH: &str = "url.path";
/// Never written by the kit; the guard takes its values.
pub(crate) const URL_QUERY: &str = "url.query";
/// The names of `url.full` and of path and query before semantic conventions 1.23; never written.
pub(crate) const HTTP_URL: &str = "http.url";
pub(crate) const HTTP_TARGET: &str = "http.target";
/// On a server's span the client's address; never written. The others are its older names.
pub(crate) const NETWORK_PEER_ADDRESS: &str = "network.peer.address";
pub(crate) const NET_PEER_IP: &str = "net.peer.ip";
pub(crate) const NET_SOCK_PEER_ADDR: &str = "net.sock.peer.addr";
pub(crate) const URL_SCHEME: &str = "url.scheme";
pub(crate) const URL_TEMPLATE: &str = "url.template";
pub(crate) const USER_AGENT_ORIGINAL: &str = "user_agent.original";
pub(crate) const REQUEST_ID: &str = "request.id";

// Databases.
pub(crate) const DB_SYSTEM_NAME: &str = "db.system.name";
pub(crate) const DB_NAMESPACE: &str = "db.namespace";
pub(crate) const DB_QUERY_SUMMARY: &str = "db.query.summary";
pub(crate) const DB_OPERATION_NAME: &str = "db.operation.name";
/// Only for two and more.
pub(crate) const DB_OPERATION_BATCH_SIZE: &str = "db.operation.batch.size";
pub(crate) const DB_COLLECTION_NAME: &str = "db.collection.name";
pub(crate) const DB_RESPONSE_RETURNED_ROWS: &str = "db.response.returned_rows";
pub(crate) const DB_RESPONSE_STATUS_CODE: &str = "db.response.status_code";

// Jobs.
pub(crate) const MESSAGING_SYSTEM: &str = "messaging.system";
pub(crate) const MESSAGING_OPERATION_NAME: &str = "messaging.operation.name";
pub(crate) const MESSAGING_OPERATION_TYPE: &str = "messaging.operation.type";
pub(crate) const MESSAGING_DESTINATION_NAME: &str = "messaging.destination.name";
pub(crate) const MESSAGING_MESSAGE_ID: &str = "messaging.message.id";
/// How many jobs one insert wrote; on batches only.
pub(crate) const MESSAGING_BATCH_MESSAGE_COUNT: &str = "messaging.batch.message_count";
pub(crate) const JOB_NAME: &str = "kit.job";
/// Which run of the job this is, from 1.
pub(crate) const ATTEMPT: &str = "kit.attempt";
pub(crate) const MAX_ATTEMPTS: &str = "kit.max_attempts";
/// Milliseconds between enqueueing, or the moment a delayed job was due, and this attempt.
pub(crate) const QUEUE_WAIT_MS: &str = "kit.queue_wait_ms";
/// True on a failed attempt that is not the last.
pub(crate) const WILL_RETRY: &str = "kit.will_retry";

// Schedules: no convention exists.
pub(crate) const SCHEDULE_NAME: &str = "schedule.name";
pub(crate) const SCHEDULE_EXPRESSION: &str = "schedule.expression";
/// When the tick was due, RFC 3339.
pub(crate) const SCHEDULE_TICK: &str = "schedule.tick";
pub(crate) const SCHEDULE_LAG_MS: &str = "schedule.lag_ms";
/// The same for every scheduler that fires this tick.
pub(crate) const SCHEDULE_IDEMPOTENCY_KEY: &str = "schedule.idempotency_key";
pub(crate) const SCHEDULE_MISSED: &str = "schedule.missed";

// MCP.
#[cfg(feature = "mcp")]
pub(crate) mod mcp {
    pub(crate) const METHOD_NAME: &str = "mcp.method.name";
    pub(crate) const PROTOCOL_VERSION: &str = "mcp.protocol.version";
    pub(crate) const SESSION_ID: &str = "mcp.session.id";
    pub(crate) const JSONRPC_REQUEST_ID: &str = "jsonrpc.request.id";
    pub(crate) const GEN_AI_OPERATION_NAME: &str = "gen_ai.operation.name";
    pub(crate) const GEN_AI_TOOL_NAME: &str = "gen_ai.tool.name";
    pub(crate) const GEN_AI_PROMPT_NAME: &str = "gen_ai.prompt.name";
    pub(crate) const RPC_RESPONSE_STATUS_CODE: &str = "rpc.response.status_code";
}
