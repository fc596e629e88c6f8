//! A student and a copilot who never sleep: they use every environment the way people do, at a gentle
//! pace, and look at every answer for the two headers that the kit promises. Not instrumented: the
//! services' own spans are the point.

use std::time::Duration;

use rand::SeedableRng;
use rand::rngs::StdRng;

use crate::serve::announce;
use crate::stop::Stop;

/// Asks the API and checks what every answer must have.
mod client;
/// The copilot's questions over MCP.
mod copilot;
/// What a student does in one go.
mod journey;
/// How many spans a step makes, and how long to wait for them.
mod pace;
/// What a student remembers between journeys.
mod student;

use client::Client;
use copilot::Copilot;
use pace::Pace;
use student::Student;

const REPORT_EVERY: Duration = Duration::from_secs(60);
const FIRST_BOOKING_ATTEMPTS_MAX: u32 = 60;

/// A service of an environment: `production=http://127.0.0.1:4401`.
#[derive(Clone, Debug)]
pub(crate) struct Target {
    pub(crate) environment: String,
    pub(crate) url: String,
}

impl std::str::FromStr for Target {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let (environment, url) = text
            .split_once('=')
            .ok_or("write it as environment=http://host:port")?;
        let url = url.trim_end_matches('/').to_owned();
        Ok(Self {
            environment: environment.to_owned(),
            url,
        })
    }
}

#[derive(Clone, Debug)]
pub(crate) struct Settings {
    pub(crate) apis: Vec<Target>,
    pub(crate) mcps: Vec<Target>,
    pub(crate) mcp_token: Option<String>,
    pub(crate) spans_per_minute: u32,
    pub(crate) seed: u64,
    /// Make one whole booking first and print its trace id.
    pub(crate) announce: bool,
}

/// Plays until the stop; the journey under way is finished without waiting.
pub(crate) async fn run(settings: Settings, stop: Stop) -> anyhow::Result<()> {
    anyhow::ensure!(
        !settings.apis.is_empty(),
        "there is no API to load: give --api environment=http://host:port"
    );
    let client = Client::new()?;
    let mut students: Vec<Student> = settings
        .apis
        .iter()
        .enumerate()
        .map(|(n, target)| Student::new(target.clone(), settings.seed + n as u64))
        .collect();
    let mut copilots: Vec<Copilot> = settings
        .mcps
        .iter()
        .map(|target| Copilot::new(target.clone(), settings.mcp_token.clone()))
        .collect();
    let mut chance = StdRng::seed_from_u64(settings.seed);
    let mut pace = Pace::new(settings.spans_per_minute, stop.clone());
    if settings.announce {
        first_booking(&client, &mut students[0], &stop).await;
    }
    let mut reported = tokio::time::Instant::now();
    let mut turn = 0;
    while !stop.is_requested() {
        let student = turn % students.len();
        journey::run(&client, &mut students[student], &mut pace, &mut chance).await;
        if turn % 4 == 1 && !copilots.is_empty() {
            let copilot = turn / 4 % copilots.len();
            copilots[copilot].ask(&mut pace, &mut chance).await;
        }
        turn += 1;
        if reported.elapsed() >= REPORT_EVERY {
            reported = tokio::time::Instant::now();
            announce(&client.report());
        }
    }
    announce(&client.report());
    Ok(())
}

/// One booking from sign-up to payment, tried until the services are there. Somebody waits for it, so
/// nothing else does.
async fn first_booking(client: &Client, student: &mut Student, stop: &Stop) {
    let mut pace = Pace::hurried(stop.clone());
    for _ in 0..FIRST_BOOKING_ATTEMPTS_MAX {
        if stop.is_requested() {
            return;
        }
        if let Some(booked) = journey::book(client, student, &mut pace, 0).await
            && let Some(trace_id) = booked.trace_id
        {
            announce(&format!(
                "trace {trace_id} booking {} {}",
                booked.id, student.target.environment
            ));
            return;
        }
        tokio::time::sleep(Duration::from_secs(1)).await;
    }
}
