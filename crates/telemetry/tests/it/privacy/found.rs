//! Each kind of value in the forms it takes; `<email>` stands for `[REDACTED:email]`.

use super::check;

#[test]
fn emails() {
    for (text, expected) in [
        ("ann@example.com", "<email>"),
        (
            "to <Ann.O'Neil+tag@mail.example.co.uk>, now",
            "to <<email>>, now",
        ),
        ("'ann@example.com'", "'<email>'"),
        ("ann%40example.com", "<email>"),
        ("/u?q=ann%2540example.com", "/u?q=<email>"),
        (r#"{"to":"ann\u0040example.com"}"#, r#"{"to":"<email>"}"#),
        ("löwe.müller@bücher.example", "<email>"),
        ("用户@例子.广告", "<email>"),
        ("\"ann lee\"@example.com", "<email>"),
        ("x ann@example.com-2026 y", "x <email> y"),
        ("ann@1.2.example.com", "<email>"),
        ("mailto:ann@example.com.", "mailto:<email>."),
        ("a@b.co,c@d.org;e@f.net", "<email>,<email>;<email>"),
        ("john.415-555-0100@example.com", "<email>"),
        ("14155550100@sms.example.com", "<email>"),
        ("\0ann@example.com\0", "\0<email>\0"),
    ] {
        check(text, expected);
    }
}

#[test]
fn phones() {
    for (text, expected) in [
        ("+14155550100", "<phone>"),
        ("tel:+1-415-555-0100", "tel:<phone>"),
        ("+1 (415) 555-0100 ext", "<phone> ext"),
        ("+44 20 7946 0958", "<phone>"),
        ("+(49) 30 123456", "<phone>"),
        ("%2B4915112345678", "<phone>"),
        ("电话+8613800138000。", "电话<phone>。"),
        ("(415) 555-0100", "<phone>"),
        (
            "call 415-555-0100, 415.555.0101 or 415 555 0102",
            "call <phone>, <phone> or <phone>",
        ),
        ("1-800-555-0199", "<phone>"),
        ("020 7946 0958", "<phone>"),
        ("(030) 123456", "<phone>"),
        ("0171/1234567", "<phone>"),
        ("06.12.34.56.78", "<phone>"),
        ("06 12 34 56 78", "<phone>"),
        ("0412 345 678", "<phone>"),
        ("98765 43210", "<phone>"),
        ("138 0013 8000", "<phone>"),
        ("(11) 98765-4321", "<phone>"),
        ("+1\u{a0}415\u{a0}555\u{a0}0100", "<phone>"),
        ("123-45-6789", "<ssn>"),
    ] {
        check(text, expected);
    }
}

#[test]
fn cards_and_accounts() {
    for (text, expected) in [
        ("4111111111111111", "<card>"),
        ("4111 1111 1111 1111", "<card>"),
        ("4111-1111-1111-1111", "<card>"),
        ("4111+1111+1111+1111", "<card>"),
        ("4111%201111%201111%201111", "<card>"),
        ("amex 3782 822463 10005.", "amex <card>."),
        ("378282246310005", "<card>"),
        ("30569309025904", "<card>"),
        ("6011111111111117", "<card>"),
        ("4222222222222", "<card>"),
        ("card4111111111111111", "card<card>"),
        ("4111 1111 1111 1111 5555 5555 5555 4444", "<card> <card>"),
        ("GB82WEST12345698765432", "<iban>"),
        ("GB82 WEST 1234 5698 7654 32 is mine", "<iban> is mine"),
        ("gb82west12345698765432", "<iban>"),
        ("DE89-3704-0044-0532-0130-00", "<iban>"),
        ("acct=FR1420041010050500013M02606;", "acct=<iban>;"),
        ("NO9386011117947", "<iban>"),
    ] {
        check(text, expected);
    }
}

#[test]
fn credentials() {
    const JWT: &str =
        "eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxMjM0NTY3ODkwIn0.dozjgNryP4J3jVmNHl0w5N_XgL0n3I9P";
    for (text, expected) in [
        (JWT, "<jwt>"),
        (&format!("jwt({JWT})"), "jwt(<jwt>)"),
        (&format!("Bearer {JWT}"), "Bearer <credential>"),
        ("eyJhbGciOiJub25lIn0.eyJzdWIiOiIxIn0.", "<jwt>"),
        ("Bearer xyz", "Bearer <credential>"),
        ("bearer%20abc.def~1/2+3==", "bearer%20<credential>"),
        ("Basic YW5uOnBhc3M=", "Basic <credential>"),
        (
            "Authorization: Digest username=\"ann\"",
            "Authorization: <field>\"ann\"",
        ),
        (
            "authorization: whatever it is\nnext: x",
            "authorization: <field>\nnext: x",
        ),
        ("Cookie: a=b; c=d", "Cookie: <field>"),
        (
            "key xaat-1b4e28ba-2fa1-11d2, xapt-0f0f0f0f",
            "key <api_key>, <api_key>",
        ),
        ("sk_live_51HabcdEFGH", "<api_key>"),
        (
            "postgres://app:s3cret@db:5432/lessons",
            "postgres://<password>@db:5432/lessons",
        ),
        ("amqp://u:p/w@mq/", "amqp://<password>@mq/"),
        (
            "https://token@github.com/a",
            "https://<password>@github.com/a",
        ),
        ("redis://:pw@cache:6379", "redis://<password>@cache:6379"),
    ] {
        check(text, expected);
    }
}

#[test]
fn queries_and_fields() {
    for (text, expected) in [
        (
            "GET /s3?X-Amz-Signature=5f2a&part=3&X-Amz-Credential=AKIA%2F1",
            "GET /s3?X-Amz-Signature=<query>&part=3&X-Amz-Credential=<query>",
        ),
        (
            "https://h/cb?code=4/abc&state=xyz#top",
            "https://h/cb?code=<query>&state=<query>#top",
        ),
        (
            "/a?AWSAccessKeyId=AKIA1&sig=q,r)s",
            "/a?AWSAccessKeyId=<query>&sig=<query>",
        ),
        ("h?user%5Bemail%5D=ann", "h?user%5Bemail%5D=<query>"),
        (
            "/login%3Ftoken%3Dabc%26page%3D2",
            "/login%3Ftoken%3D<query>%26page%3D2",
        ),
        (
            "https://app/#access_token=abc&x=1",
            "https://app/#access_token=<query>&x=1",
        ),
        ("/p?page=2&sort=name", "/p?page=2&sort=name"),
        ("/p?email=&token=", "/p?email=&token="),
        ("password=hunter2 ok", "password=<field> ok"),
        ("password: hunter2", "password: <field>"),
        (
            r#"{"password":"hunter\"2","a":1}"#,
            r#"{"password":"<field>","a":1}"#,
        ),
        (
            r#"{\"phone\":\"555\",\"a\":1}"#,
            r#"{\"phone\":\"<field>\",\"a\":1}"#,
        ),
        (
            r#"User { first_name: "Ann", id: 7 }"#,
            r#"User { first_name: "<field>", id: 7 }"#,
        ),
        (
            r#"phone: Some("555 01"), id: 7"#,
            r#"phone: Some("<field>"), id: 7"#,
        ),
        (
            "Key (email)=(ann) already exists",
            "Key (email)=(<field>) already exists",
        ),
        ("--api-key=abc --port=80", "--api-key=<field> --port=80"),
    ] {
        check(text, expected);
    }
}
