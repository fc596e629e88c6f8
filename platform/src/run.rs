//! Which service runs: from a subcommand to a process that works until it is told to stop.

use std::ffi::OsString;
use std::process::ExitCode;
use std::time::Duration;

use anyhow::Context;
use clap::Parser;
use throughline_telemetry as telemetry;

use crate::beat::Beat;
use crate::clock::Clock;
use crate::config::{self, Cli, Environment, Place, Service};
use crate::market::{Market, Settings};
use crate::serve::{announce, announce_address, bind, serve};
use crate::stop::Stop;
use crate::{api, load, mcp, payments, worker};

const EXIT_BAD_CONFIGURATION: u8 = 64;
const EXIT_FAILED_START: u8 = 1;
const FLUSH_TIME_MAX: Duration = Duration::from_secs(3);

/// Reads the command line, runs the service it names, and says by the exit code how that went.
pub async fn run(arguments: impl Iterator<Item = OsString>) -> ExitCode {
    let cli = match Cli::try_parse_from(arguments) {
        Ok(cli) => cli,
        Err(error) => {
            // help and version are no errors
            let code = if error.use_stderr() {
                EXIT_BAD_CONFIGURATION
            } else {
                0
            };
            let _ = error.print();
            return ExitCode::from(code);
        }
    };
    match start(cli.service).await {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            complain(&error);
            ExitCode::from(EXIT_FAILED_START)
        }
    }
}

#[allow(
    clippy::print_stderr,
    reason = "the last words of the program, when there may be no log"
)]
fn complain(error: &anyhow::Error) {
    eprintln!("instainstru: {error:#}");
}

async fn start(service: Service) -> anyhow::Result<()> {
    let stop = Stop::on_signal().context("could not listen for signals")?;
    match service {
        Service::Api(config) => {
            let name = config.place.environment.service_name("api");
            traced(
                &name,
                config.place.environment,
                run_api(&name, config, stop),
            )
            .await
        }
        Service::Worker(config) => {
            let name = config.place.environment.service_name("worker");
            traced(
                &name,
                config.place.environment,
                run_worker(&name, config, stop),
            )
            .await
        }
        Service::Beat(config) => {
            let name = config.place.environment.service_name("beat");
            traced(
                &name,
                config.place.environment,
                run_beat(&name, config, stop),
            )
            .await
        }
        Service::Mcp(config) => {
            let name = config.environment.service_name("mcp");
            traced(&name, config.environment, run_mcp(&name, config, stop)).await
        }
        Service::Payments(config) => run_payments(config, stop).await,
        Service::Load(config) => run_load(config, stop).await,
    }
}

/// Runs a service with telemetry, which is flushed whatever became of the service.
async fn traced(
    name: &str,
    environment: Environment,
    service: impl Future<Output = anyhow::Result<()>>,
) -> anyhow::Result<()> {
    let mut config = telemetry::Config::from_process(name);
    config
        .environment
        .get_or_insert_with(|| environment.as_str().to_owned());
    let telemetry = telemetry::start(config).context("could not start telemetry")?;
    let done = service.await;
    telemetry.shutdown(FLUSH_TIME_MAX).await;
    done
}

async fn run_api(name: &str, config: config::Api, stop: Stop) -> anyhow::Result<()> {
    let market = open(&config.place).await?;
    let router = api::router(market.clone(), config.admin_tokens);
    let listener = bind(config.listen).await?;
    announce_address(name, &listener)?;
    let serving = serve(listener, router, stop.clone());
    let served = if config.embedded {
        let working = worker::run(market.clone(), stop.clone());
        let ticking = Beat::new(market.clone()).run(stop);
        tokio::join!(serving, working, ticking).0
    } else {
        serving.await
    };
    market.close().await;
    served
}

async fn run_worker(name: &str, config: config::Worker, stop: Stop) -> anyhow::Result<()> {
    let market = open(&config.place).await?;
    announce(&format!("{name} ready"));
    let working = worker::run(market.clone(), stop.clone());
    if config.embedded_beat {
        tokio::join!(working, Beat::new(market.clone()).run(stop));
    } else {
        working.await;
    }
    market.close().await;
    Ok(())
}

async fn run_beat(name: &str, config: config::Beat, stop: Stop) -> anyhow::Result<()> {
    let market = open(&config.place).await?;
    announce(&format!("{name} ready"));
    Beat::new(market.clone()).run(stop).await;
    market.close().await;
    Ok(())
}

async fn run_mcp(name: &str, config: config::Mcp, stop: Stop) -> anyhow::Result<()> {
    let router = mcp::router(mcp::Settings {
        api_url: config.api_url,
        admin_token: config.admin_token,
        tokens: config.tokens,
        allowed_hosts: config.allowed_hosts,
    })?;
    let listener = bind(config.listen).await?;
    announce_address(name, &listener)?;
    serve(listener, router, stop).await
}

async fn run_payments(config: config::Payments, stop: Stop) -> anyhow::Result<()> {
    make_folder(&config.database)?;
    let router = payments::router(payments::Settings {
        database: config.database,
        decline_rate: config.decline_rate,
        fault_rate: config.fault_rate,
        latency_ms_max: config.latency_ms,
        seed: config.seed,
    })
    .await?;
    let listener = bind(config.listen).await?;
    announce_address("instainstru-payments", &listener)?;
    serve(listener, router, stop).await
}

async fn run_load(config: config::Load, stop: Stop) -> anyhow::Result<()> {
    announce("instainstru-load ready");
    let settings = load::Settings {
        apis: config.apis,
        mcps: config.mcps,
        mcp_token: config.mcp_token,
        spans_per_minute: config.spans_per_minute,
        seed: config.seed,
        announce: config.announce,
    };
    load::run(settings, stop).await
}

async fn open(place: &Place) -> anyhow::Result<Market> {
    make_folder(&place.database)?;
    let settings = Settings {
        database: place.database.clone(),
        payments_url: place.payments_url.clone(),
        hold: place.hold(),
    };
    Market::open(settings, Clock::System).await
}

fn make_folder(database: &str) -> anyhow::Result<()> {
    match config::folder_of(database) {
        Some(folder) => std::fs::create_dir_all(&folder)
            .with_context(|| format!("could not make the folder {}", folder.display())),
        None => Ok(()),
    }
}
