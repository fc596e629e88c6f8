//! What an operator needs in order to find a fault comes through as it is.

use opentelemetry::Value;

use super::values::Seed;
use super::{clean, guard};

#[test]
fn texts() {
    for text in [
        "",
        "0af7651916cd43dd8448eb211c80319c",
        "b7ad6b7169203331",
        "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01",
        "1b4e28ba-2fa1-41d2-883f-0016d3cca427",
        "019308a4-7d5e-7c4b-9a3f-5d1f0a2b3c4d",
        "41111111-1111-4111-8111-111111111111",
        "2026-05-01T10:15:30.123456789Z",
        "2026-05-01 10:15:30,123 +0200",
        "2026-05-01T10:15:05.123456789+02:00",
        "01.02.2026 10:15:30",
        "01/02/26 1015 300",
        "01-02-2026 10:00",
        "1714557600123",
        "1714557600123456789",
        "20260501101530",
        "1714557600.123456",
        "0.4111111111111111",
        "0.123456789012",
        "4111111111111112",
        "5551234567",
        "4155550100",
        "1.97.0-nightly+20260415",
        "v2.0.17-rc.1",
        "axum@0.8.4",
        "lodash@4.17.21-beta.3",
        "root@10.0.0.1",
        "user@host",
        "@decorator and a @ b",
        "10.0.0.12:8080",
        "192.168.100.200",
        "010.020.030.040",
        "[2001:db8::8a2e:370:7334]:443",
        "http://127.0.0.1:4318/v1/traces",
        "https://api.instainstru.com:443/lessons/{id}?page=2&limit=20",
        "/lessons/{lesson_id}/book",
        "GET /api/v1/instructors/{id}/availability",
        "SELECT lessons JOIN users ON lessons.user_id = users.id WHERE a > $1",
        "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/131.0.0.0 Safari/537.36",
        "Mozilla/5.0 (iPhone; CPU iPhone OS 18_1 like Mac OS X) AppleWebKit/605.1.15",
        "curl/8.11.1",
        "12.5ms",
        "1h 2m 3s",
        "250ms of 1000ms",
        "PT1H30M",
        "$1,234,567.89",
        "1 234 567,89 EUR",
        "12.345.678,90",
        "CHF 1'234'567.00",
        "0 0 12 1 * ?",
        "*/5 * * * *",
        "30 08 * * 1-5",
        "invalid bearer token",
        "Bearer authentication required",
        "basic plan",
        "Basic planning 101",
        "unexpected token: end of file",
        "invalid email: it is empty",
        "tokio::runtime::token::Token",
        "state=ready code=23505 name=flush key=7",
        "throughline_telemetry::http_server",
        "src/http_server.rs:120:14",
        "order-20260501-000123",
        "INV-0001-000123456",
        "A-415-555-0100",
        "rows 12 to 4096 of 65536",
        "p50=1.2 p99=45.6",
        "eyJ",
        "eyJhbGciOiJIUzI1NiJ9",
        "sha256:9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08",
        "507f1f77bcf86cd799439011",
        "de89370400440532",
        "01ARZ3NDEKTSV4RRFFQ69G5FAV",
        "application/json; charset=utf-8",
        "100% of 5%",
        "a%20b%2Fc",
        "\0\0",
        "naïve café ☕ 漢字",
    ] {
        assert_eq!(clean(text), text);
    }
}

#[test]
fn attributes_of_the_conventions() {
    for (key, value) in [
        ("service.name", "instainstru-api"),
        ("service.version", "1.4.2"),
        (
            "service.instance.id",
            "1b4e28ba-2fa1-41d2-883f-0016d3cca427",
        ),
        ("telemetry.sdk.name", "opentelemetry"),
        ("telemetry.sdk.version", "0.33.1"),
        ("deployment.environment.name", "preview"),
        ("host.name", "ip-10-0-0-12"),
        ("process.executable.name", "api"),
        ("k8s.pod.name", "api-7d4b9c6f5-x2x9z"),
        ("http.request.method", "GET"),
        ("http.route", "/lessons/{id}"),
        ("http.request.header.content_type", "application/json"),
        ("http.request.body.size", "512"),
        ("url.path", "/lessons/{id}"),
        ("url.template", "/lessons/{id}"),
        ("url.full", "https://api.example.com/lessons/{id}"),
        ("server.address", "10.0.0.12"),
        ("network.peer.address", "10.0.0.12"),
        ("network.protocol.version", "1.1"),
        ("user_agent.original", "curl/8.11.1"),
        ("user.id", "01ARZ3NDEKTSV4RRFFQ69G5FAV"),
        ("user.roles", "admin"),
        ("session.id", "00112233-4455-4677-8899-aabbccddeeff"),
        ("enduser.pseudo.id", "QdH5CAWJgqVT4rOr0qtumf"),
        ("code.function.name", "api::book"),
        ("code.file.path", "src/main.rs"),
        ("db.query.text", "SELECT * FROM users WHERE email = $1"),
        (
            "db.query.text",
            "SELECT 1 FROM a JOIN b ON a.email = b.email",
        ),
        ("db.query.summary", "SELECT users"),
        ("db.collection.name", "users"),
        ("db.response.status_code", "23505"),
        (
            "messaging.message.id",
            "1b4e28ba-2fa1-41d2-883f-0016d3cca427",
        ),
        ("messaging.destination.name", "email_queue"),
        ("gen_ai.tool.name", "book_lesson"),
        ("gen_ai.prompt.name", "greet"),
        ("gen_ai.usage.input_tokens", "120"),
        ("exception.type", "sqlx::Error"),
        ("exception.message", "connection reset"),
        ("error.type", "timeout"),
        ("schedule.name", "expire_holds"),
        ("schedule.tick", "2026-05-01T10:15:00Z"),
        ("kit.job", "send_email"),
        ("request.id", "019308a4-7d5e-7c4b-9a3f-5d1f0a2b3c4d"),
        ("rpc.method", "Tokens/List"),
        ("feature_flag.key", "new_checkout"),
        ("email.template", "welcome"),
        ("token_count", "12"),
        ("thread.name", "main"),
    ] {
        let value = Value::from(value);
        assert_eq!(guard().value(key, value.clone()), value, "{key}");
    }
    for number in [
        0,
        -1,
        200,
        65_535,
        1_714_557_600_123,
        1_714_557_600_123_456_789,
        i64::MAX,
        i64::MIN,
    ] {
        assert_eq!(guard().value("n", number.into()), Value::I64(number));
    }
}

/// Ids, times and measures by seed: one that is taken for something else is one in many thousands.
#[test]
fn two_thousand_ids_of_each_form() {
    let mut seed = Seed(3);
    for _ in 0..2_000 {
        let (high, low) = (seed.next(), seed.next());
        let hex = format!("{high:016x}{low:016x}");
        let uuid = uuid::Uuid::from_u128(u128::from(high) << 64 | u128::from(low));
        let nanos = 1_700_000_000_000_000_000 + low % 100_000_000_000_000_000;
        let share = f64::from(u32::try_from(low >> 32).unwrap()) / f64::from(u32::MAX);
        let at = chrono::DateTime::from_timestamp_nanos(i64::try_from(nanos).unwrap());
        for text in [
            uuid.to_string(),
            format!("job {uuid} of {uuid}"),
            hex.clone(),
            format!("00-{hex}-{high:016x}-01"),
            nanos.to_string(),
            (nanos / 1_000_000).to_string(),
            format!("{at:?}"),
            format!("{at}"),
            format!("{share}"),
            format!("{:?}", std::time::Duration::from_nanos(low >> 20)),
            (high >> 34).to_string(),
            format!(
                "{}.{}.{}.{}:{}",
                high % 256,
                low % 256,
                (high >> 8) % 256,
                (low >> 8) % 256,
                high >> 48
            ),
            format!("{}.{}.{}", high % 30, low % 400, (high >> 9) % 4000),
            format!(
                "GET /lessons/{}/slots/{uuid}?page={}",
                high >> 40,
                low % 100
            ),
        ] {
            assert_eq!(clean(&text), text);
        }
    }
}
