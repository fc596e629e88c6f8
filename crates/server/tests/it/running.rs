//! A server to talk to: in this process, or one of its own.

use serde_json::{Value, json};
use std::io::{BufRead, BufReader, Read};
use std::path::Path;
use std::process::{Child, Command, ExitStatus, Stdio};
use std::time::{Duration, Instant};
use tempfile::TempDir;
use throughline::config::{Config, Limits};
use throughline::serve::{Addresses, Seams, Server};

/// Names and values.
pub(crate) type Headers<'a> = &'a [(&'a str, &'a str)];

/// A server in this process, on ports that the system chose.
pub(crate) struct InProcess {
    pub(crate) server: Server,
    pub(crate) client: Client,
    pub(crate) data: TempDir,
}

impl InProcess {
    pub(crate) async fn start() -> Self {
        Self::over(TempDir::new().unwrap(), Limits::default()).await
    }

    pub(crate) async fn over(data: TempDir, limits: Limits) -> Self {
        Self::with(data, limits, Seams::default()).await
    }

    /// With something else in the place of the decoder or the disk.
    pub(crate) async fn with(data: TempDir, limits: Limits, seams: Seams) -> Self {
        let config = Config {
            limits,
            ..config(data.path())
        };
        Self::configured(data, config, seams).await
    }

    pub(crate) async fn configured(data: TempDir, config: Config, seams: Seams) -> Self {
        let clock = model::Clock::System;
        let server = Server::start_with(&config, clock, seams).await.unwrap();
        let client = Client::new(server.addresses());
        Self {
            server,
            client,
            data,
        }
    }

    /// Drains, and starts again over the same data.
    pub(crate) async fn again(self) -> Self {
        self.server.drain().await.unwrap();
        Self::over(self.data, Limits::default()).await
    }
}

/// Any port of this machine, and data in `data`.
pub(crate) fn config(data: &Path) -> Config {
    let any = "127.0.0.1:0".parse().unwrap();
    Config {
        data: data.to_owned(),
        listen: any,
        otlp_http: any,
        otlp_grpc: any,
        ..Config::default()
    }
}

/// Speaks to a server.
#[derive(Clone)]
pub(crate) struct Client {
    pub(crate) http: reqwest::Client,
    pub(crate) addresses: Addresses,
}

impl Client {
    pub(crate) fn new(addresses: Addresses) -> Self {
        // An answer is always expected soon; a server that hangs fails the test and not the machine.
        let http = reqwest::Client::builder()
            .timeout(Duration::from_secs(60))
            .build()
            .unwrap();
        Self { http, addresses }
    }

    /// The status and the JSON of a request to the API, with a token or without.
    pub(crate) async fn call(
        &self,
        method: &str,
        path: &str,
        token: Option<&str>,
        body: Option<Value>,
    ) -> (u16, Value) {
        let method = reqwest::Method::from_bytes(method.as_bytes()).unwrap();
        let mut request = self.http.request(method, self.api(path));
        if let Some(token) = token {
            request = request.bearer_auth(token);
        }
        if let Some(body) = body {
            request = request.body(body.to_string());
        }
        let response = request.send().await.unwrap();
        let status = response.status().as_u16();
        let text = response.text().await.unwrap();
        (status, serde_json::from_str(&text).unwrap_or(Value::Null))
    }

    pub(crate) fn api(&self, path: &str) -> String {
        format!("http://{}{path}", self.addresses.console)
    }

    pub(crate) fn otlp(&self, path: &str) -> String {
        format!("http://{}{path}", self.addresses.otlp_http)
    }

    /// Sends a protobuf body; the answer has to be a plain yes.
    pub(crate) async fn export(&self, body: Vec<u8>) {
        let response = self.try_export(body).await.unwrap();
        let status = response.status();
        let told = response.bytes().await.unwrap();
        assert_eq!(status, 200, "{told:?}");
        assert!(told.is_empty(), "all spans were stored: {told:?}");
    }

    pub(crate) async fn try_export(&self, body: Vec<u8>) -> reqwest::Result<reqwest::Response> {
        let request = self.http.post(self.otlp("/v1/traces"));
        request
            .header("content-type", "application/x-protobuf")
            .body(body)
            .send()
            .await
    }

    /// The status and the JSON of a query's answer.
    pub(crate) async fn ask(&self, body: Value) -> (u16, Value) {
        let request = self.http.post(self.api("/v1/datasets/_apl?format=tabular"));
        let request = request
            .header("content-type", "application/json")
            .body(body.to_string());
        let response = request.send().await.unwrap();
        (response.status().as_u16(), response.json().await.unwrap())
    }

    /// The rows of a query, as lists of cells.
    pub(crate) async fn rows(&self, apl: &str) -> Vec<Vec<Value>> {
        let (status, answer) = self
            .ask(json!({ "apl": apl, "defaultLimit": 50_000 }))
            .await;
        assert_eq!(status, 200, "{answer}");
        rows(&answer["tables"][0])
    }

    pub(crate) async fn health(&self) -> (u16, String) {
        let response = self.http.get(self.api("/healthz")).send().await.unwrap();
        (response.status().as_u16(), response.text().await.unwrap())
    }

    /// Until the log is read back after the start.
    pub(crate) async fn replayed(&self) {
        while self.health().await.1 != "ok" {}
    }

    pub(crate) async fn get(&self, path: &str) -> (u16, Value) {
        let response = self.http.get(self.api(path)).send().await.unwrap();
        (response.status().as_u16(), response.json().await.unwrap())
    }
}

/// A column-major table as rows.
pub(crate) fn rows(table: &Value) -> Vec<Vec<Value>> {
    let columns: Vec<&Vec<Value>> = table["columns"]
        .as_array()
        .unwrap()
        .iter()
        .map(|column| column.as_array().unwrap())
        .collect();
    let count = columns.first().map_or(0, |column| column.len());
    (0..count)
        .map(|row| columns.iter().map(|column| column[row].clone()).collect())
        .collect()
}

/// A server as a process of its own.
pub(crate) struct Process {
    pub(crate) child: Child,
    pub(crate) client: Client,
}

impl Process {
    /// Starts the program and waits until it says where it listens.
    pub(crate) fn start(data: &Path, more: &[&str]) -> Self {
        Self::of(serve(data, more)).expect("a line for each address")
    }

    /// As [`Self::start`]; `None` when it ends instead.
    pub(crate) fn of(mut command: Command) -> Option<Self> {
        let mut child = command
            .stdout(Stdio::piped())
            .stderr(Stdio::inherit())
            .spawn()
            .unwrap();
        let mut lines = BufReader::new(child.stdout.take().unwrap()).lines();
        let mut address = |what: &str| {
            let line = lines.next()?.unwrap();
            let (said, address) = line
                .split_once(" listening on http://")
                .expect("an address");
            assert_eq!(said, what);
            address.parse().ok()
        };
        let addresses = (|| {
            Some(Addresses {
                console: address("console and API")?,
                otlp_http: address("OTLP/HTTP")?,
                otlp_grpc: address("OTLP/gRPC")?,
            })
        })();
        let Some(addresses) = addresses else {
            child.wait().unwrap();
            return None;
        };
        Some(Self {
            child,
            client: Client::new(addresses),
        })
    }

    pub(crate) fn signal(&self, name: &str) {
        let status = Command::new("kill")
            .arg(name)
            .arg(self.child.id().to_string())
            .status()
            .unwrap();
        assert!(status.success());
    }

    /// Ends the process as a power cut would, as far as a process can.
    pub(crate) fn kill(mut self) {
        self.child.kill().unwrap();
        self.child.wait().unwrap();
    }
}

/// A test that fails leaves no server behind, which would hold the test runner's output open.
impl Drop for Process {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// `throughline serve` on ports that the system chooses.
pub(crate) fn serve(data: &Path, more: &[&str]) -> Command {
    let mut command = program();
    command.arg("serve").arg("--data").arg(data);
    for door in ["--listen", "--otlp-http", "--otlp-grpc"] {
        if !more.contains(&door) {
            command.args([door, "127.0.0.1:0"]);
        }
    }
    command.args(more);
    command
}

pub(crate) fn program() -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_throughline"));
    command.env_remove("ENABLE_OTEL").env("RUST_LOG", "warn");
    command
}

/// Waits for the end of a process, which has to come soon.
pub(crate) fn ended(child: &mut Child) -> ExitStatus {
    let deadline = Instant::now() + Duration::from_secs(30);
    loop {
        if let Some(status) = child.try_wait().unwrap() {
            return status;
        }
        assert!(Instant::now() < deadline, "the process did not end");
        std::thread::sleep(Duration::from_millis(10));
    }
}

/// What a program that fails says, and its exit code.
pub(crate) fn failure(mut command: Command) -> (i32, String) {
    let mut child = command
        .stdout(Stdio::null())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    let status = ended(&mut child);
    let mut said = String::new();
    child
        .stderr
        .take()
        .unwrap()
        .read_to_string(&mut said)
        .unwrap();
    (status.code().unwrap(), said)
}
