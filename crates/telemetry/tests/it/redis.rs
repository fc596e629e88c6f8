//! Commands against a real Redis, and against connections that misbehave.

use std::future::pending;
use std::io;

use expect_test::expect;
use futures::FutureExt as _;
use opentelemetry::Context;
use opentelemetry::trace::FutureExt as _;
use redis::aio::ConnectionLike;
use redis::{
    AsyncCommands, Client, Cmd, ConnectionAddr, ErrorKind, Pipeline, RedisError, RedisFuture,
    RedisResult, Value,
};
use throughline_telemetry::redis::Traced;
use throughline_telemetry::testing::{self, Recorder};
use throughline_telemetry::{Config, in_span, redis as traced};

use crate::backend;

/// In every key and value: it must not be in any span.
const PLANTED: &str = "anna@example.com";

#[tokio::test]
async fn commands_are_named_and_show_neither_keys_nor_values() {
    let (_server, url) = backend::redis().await;
    let recorder = Recorder::default();
    let service = testing::service("api", &recorder);
    let client = Client::open(format!("{url}?db=2")).unwrap();
    let connection = client.get_multiplexed_async_connection().await.unwrap();
    let mut redis = Traced::new(connection).at(client.get_connection_info().addr());
    service
        .scope(in_span("request", commands(&mut redis)))
        .await;
    expect![[r#"
        api INTERNAL request
          api CLIENT SET
          api CLIENT GET
          api CLIENT PIPELINE GET
          api CLIENT PIPELINE
          api CLIENT MULTI SET
          api CLIENT MULTI !
          api CLIENT LPUSH !
          api CLIENT redis !
          api CLIENT EVAL !
          api CLIENT PIPELINE LPUSH !
          api CLIENT SCAN
    "#]]
    .assert_eq(&recorder.tree());
    let address = url.strip_prefix("redis+unix://").unwrap();
    check(
        &recorder,
        "GET",
        &[
            ("db.system.name", "redis"),
            ("db.namespace", "2"),
            ("db.operation.name", "GET"),
            ("server.address", address),
        ],
    );
    check(
        &recorder,
        "PIPELINE GET",
        &[
            ("db.operation.name", "PIPELINE GET"),
            ("db.operation.batch.size", "2"),
        ],
    );
    check(&recorder, "MULTI SET", &[("db.operation.batch.size", "3")]);
    check(&recorder, "MULTI", &[("error.type", "WRONGTYPE")]);
    check(
        &recorder,
        "LPUSH",
        &[
            ("db.response.status_code", "WRONGTYPE"),
            ("error.type", "WRONGTYPE"),
        ],
    );
    check(
        &recorder,
        "redis",
        &[("db.operation.name", "_OTHER"), ("error.type", "ERR")],
    );
    check(&recorder, "EVAL", &[("error.type", "_OTHER")]);
    check(&recorder, "PIPELINE LPUSH", &[("error.type", "WRONGTYPE")]);
    let batch = recorder.find("GET").unwrap();
    assert_eq!(batch.attribute("db.operation.batch.size"), None);
    let recorded = format!("{:?}", recorder.spans());
    assert!(
        !recorded.contains("anna") && !recorded.contains("ANNA"),
        "{recorded}"
    );
}

async fn commands(redis: &mut (impl ConnectionLike + Send + Sync)) {
    let _: () = redis.set(PLANTED, PLANTED).await.unwrap();
    let text: String = redis.get(PLANTED).await.unwrap();
    assert_eq!(text, PLANTED);
    let both = redis::pipe().get(PLANTED).get("b").query_async(redis).await;
    let both: (String, Option<String>) = both.unwrap();
    assert_eq!(both, (PLANTED.to_owned(), None));
    redis::pipe()
        .set("b", PLANTED)
        .del("b")
        .exec_async(redis)
        .await
        .unwrap();
    let mut sets = redis::pipe();
    sets.atomic().set("a", 1).set("b", 2).set("c", 3);
    sets.exec_async(redis).await.unwrap();
    let mut mixed = redis::pipe();
    mixed.atomic().set("a", 1).lpush(PLANTED, PLANTED);
    mixed.exec_async(redis).await.unwrap_err();
    let refused: RedisResult<()> = redis.lpush(PLANTED, PLANTED).await;
    assert_eq!(traced::kind(&refused.unwrap_err()), "WRONGTYPE");
    // a slip: the key where the command should be
    redis::cmd(PLANTED).exec_async(redis).await.unwrap_err();
    let script = "return redis.error_reply('ANNA is not allowed')";
    let script = redis::cmd("EVAL")
        .arg(script)
        .arg(0)
        .exec_async(redis)
        .await;
    assert_eq!(traced::kind(&script.unwrap_err()), "_OTHER");
    let mut ignored = redis::pipe();
    ignored.ignore_errors().lpush(PLANTED, 1).lpush(PLANTED, 2);
    let _: Vec<RedisResult<Value>> = ignored.query_async(redis).await.unwrap();
    let mut keys: redis::AsyncIter<'_, String> = redis.scan().await.unwrap();
    assert!(keys.next_item().await.is_some());
}

#[tokio::test]
async fn without_a_recorded_span_there_is_none() {
    let (_server, url) = backend::redis().await;
    let recorder = Recorder::default();
    let service = testing::service("worker", &recorder);
    let client = Client::open(url).unwrap();
    let connection = client.get_multiplexed_async_connection().await.unwrap();
    let mut redis = Traced::new(connection);
    let _: () = service.scope(redis.set("a", 1)).await.unwrap();
    let health = async {
        let suppressed = Context::current().with_telemetry_suppressed();
        redis.get("a").with_context(suppressed).await
    };
    let one: i64 = service.scope(in_span("request", health)).await.unwrap();
    assert_eq!(one, 1);
    assert_eq!(recorder.tree(), "worker INTERNAL request\n");
}

/// What a connection does that is not a server's.
#[derive(Clone, Copy)]
enum Broken {
    Silent,
    Fails(io::ErrorKind),
    Refused(ErrorKind),
    Panics,
}

impl Broken {
    async fn answer<T>(self) -> RedisResult<T> {
        match self {
            Self::Silent => pending().await,
            Self::Fails(kind) => Err(io::Error::new(kind, PLANTED).into()),
            Self::Refused(kind) => Err((kind, "refused", PLANTED.to_owned()).into()),
            Self::Panics => panic!("{PLANTED}"),
        }
    }
}

impl ConnectionLike for Broken {
    fn req_packed_command<'a>(&'a mut self, _: &'a Cmd) -> RedisFuture<'a, Value> {
        self.answer().boxed()
    }

    fn req_packed_commands<'a>(
        &'a mut self,
        _: &'a Pipeline,
        _: usize,
        _: usize,
    ) -> RedisFuture<'a, Vec<Value>> {
        self.answer().boxed()
    }

    fn get_db(&self) -> i64 {
        3
    }
}

#[tokio::test]
async fn failures_on_the_way_are_named_by_their_kind() {
    for (broken, kind) in [
        (Broken::Fails(io::ErrorKind::TimedOut), "timeout"),
        (
            Broken::Fails(io::ErrorKind::ConnectionRefused),
            "connection_refused",
        ),
        (Broken::Fails(io::ErrorKind::BrokenPipe), "io"),
        (
            Broken::Refused(ErrorKind::AuthenticationFailed),
            "authentication_failed",
        ),
        (Broken::Refused(ErrorKind::Extension), "_OTHER"),
        (Broken::Refused(ErrorKind::Parse), "parse"),
        (
            Broken::Refused(ErrorKind::UnexpectedReturnType),
            "unexpected_return_type",
        ),
        (
            Broken::Refused(ErrorKind::InvalidClientConfig),
            "invalid_client_config",
        ),
        (Broken::Refused(ErrorKind::Client), "client"),
        (
            Broken::Refused(ErrorKind::ClusterConnectionNotFound),
            "cluster_connection_not_found",
        ),
    ] {
        let recorder = Recorder::default();
        let service = testing::service("api", &recorder);
        let mut redis = Traced::new(broken).with_server("cache.internal", 6380);
        let work = async {
            let one: RedisResult<i64> = redis.get("a").await;
            let many: Result<(), RedisError> =
                redis::pipe().get("a").get("b").exec_async(&mut redis).await;
            assert_eq!(traced::kind(&one.unwrap_err()), kind);
            assert_eq!(traced::kind(&many.unwrap_err()), kind);
        };
        service.scope(in_span("request", work)).await;
        for name in ["GET", "PIPELINE GET"] {
            check(
                &recorder,
                name,
                &[
                    ("error.type", kind),
                    ("server.address", "cache.internal"),
                    ("server.port", "6380"),
                ],
            );
            let span = recorder.find(name).unwrap();
            assert!(span.failed(), "{name}");
            assert_eq!(span.attribute("db.response.status_code"), None, "{name}");
        }
        assert!(!format!("{:?}", recorder.spans()).contains(PLANTED));
    }
}

#[tokio::test]
async fn commands_that_do_not_come_back_end_all_the_same() {
    let recorder = Recorder::default();
    let service = testing::service("api", &recorder);
    let mut silent = Traced::new(Broken::Silent);
    let get = silent.get::<_, i64>("a");
    let abandoned = async { assert!(get.now_or_never().is_none()) };
    service.scope(in_span("request", abandoned)).await;
    let mut panics = Traced::new(Broken::Panics);
    let panicked = service.scope(in_span("other", panics.incr::<_, _, i64>("a", 1)));
    std::panic::AssertUnwindSafe(panicked)
        .catch_unwind()
        .await
        .unwrap_err();
    check(&recorder, "GET", &[("kit.cancelled", "true")]);
    check(&recorder, "INCRBY", &[("error.type", "panic")]);
    assert!(!recorder.find("GET").unwrap().failed());
}

fn check(recorder: &Recorder, name: &str, expected: &[(&str, &str)]) {
    let span = recorder
        .find(name)
        .unwrap_or_else(|| panic!("{name}: {}", recorder.tree()));
    for (key, value) in expected {
        assert_eq!(
            span.attribute(key).as_deref(),
            Some(*value),
            "{name}: {key}"
        );
    }
}

#[tokio::test]
async fn an_address_is_that_of_the_server() {
    let tls = ConnectionAddr::TcpTls {
        host: "cache.internal".to_owned(),
        port: 6380,
        insecure: false,
        tls_params: None,
    };
    let plain = ConnectionAddr::Tcp("cache.internal".to_owned(), 6380);
    for address in [plain, tls] {
        let recorder = Recorder::default();
        let service = testing::service("api", &recorder);
        let mut redis = Traced::new(Broken::Fails(io::ErrorKind::BrokenPipe)).at(&address);
        let shown = format!("{redis:?}");
        assert!(shown.contains("cache.internal"), "{shown}");
        let get = redis.get::<_, i64>("a");
        service.scope(in_span("request", get)).await.unwrap_err();
        let server = [
            ("server.address", "cache.internal"),
            ("server.port", "6380"),
        ];
        check(&recorder, "GET", &server);
    }
}

#[tokio::test]
async fn the_connection_is_what_it_was() {
    let recorder = Recorder::default();
    let service = testing::service("api", &recorder);
    let mut redis = Traced::new(Broken::Fails(io::ErrorKind::BrokenPipe));
    assert_eq!(redis.get_db(), 3);
    let untraced = async { redis.connection().get::<_, i64>("a").await.unwrap_err() };
    service.scope(in_span("request", untraced)).await;
    assert_eq!(recorder.tree(), "api INTERNAL request\n");
    // Without spans and without metrics there is nothing around a command.
    let off = testing::service_with(Config::from_lookup("api", &|_| None), &recorder);
    let work = async {
        redis.get::<_, i64>("a").await.unwrap_err();
        let mut both = redis::pipe();
        both.get("a").get("b").exec_async(&mut redis).await
    };
    let refused = off.scope(work).await.unwrap_err();
    assert_eq!(traced::kind(&refused), "io");
    assert_eq!(recorder.tree(), "api INTERNAL request\n");
}
