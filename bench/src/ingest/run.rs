//! The modes: what each sends, to which door, and what it adds to the figures.

use super::args::{Args, Mode};
use super::bed::Bed;
use super::markers::Markers;
use super::memory;
use super::report::Report;
use crate::door::{self, Protocol};
use crate::load::{self, Ledger};
use crate::machine;
use crate::spans;
use crate::supply::{self, Supply};
use anyhow::{Context, Result, ensure};
use std::cell::OnceCell;
use std::rc::Rc;
use std::time::Duration;

const SMALL_SPANS_A_BODY: usize = 20;
/// Small bodies compress badly and take twice the memory.
const SMALL_SPANS_MAX: u64 = 1_000_000;
/// Half of the bar for a full load.
const FRESH_RATE_DEFAULT: u64 = 200_000;

/// Bodies, made once for all modes that send such.
#[derive(Debug, Default)]
struct Stock {
    large: OnceCell<Rc<[spans::Body]>>,
    small: OnceCell<Rc<[spans::Body]>>,
}

/// Runs what was asked for; whether all books balance.
pub(crate) async fn run(args: &Args) -> Result<bool> {
    ensure!(
        args.seconds > 0 && args.spans > 0,
        "a load needs seconds and spans"
    );
    let stock = Stock::default();
    if args.mode != Mode::All {
        return Ok(measure(args, args.mode, &stock, args.rate).await?.balanced);
    }
    ensure!(args.url.is_none(), "name one mode with --url");
    let http = measure(args, Mode::Http, &stock, args.rate).await?;
    let half = args.rate.unwrap_or(http.spans_per_second / 2);
    let mut balanced = http.balanced;
    for mode in [Mode::Grpc, Mode::Small, Mode::Fresh, Mode::Memory] {
        let rate = if mode == Mode::Fresh {
            Some(half)
        } else {
            args.rate
        };
        balanced &= measure(args, mode, &stock, rate).await?.balanced;
    }
    Ok(balanced)
}

/// What the other modes need to know of one.
#[derive(Clone, Copy, Debug)]
struct Measured {
    /// All is there that was acknowledged, as far as somebody could say.
    balanced: bool,
    spans_per_second: u64,
}

/// How a mode's load is set up.
#[derive(Clone, Copy, Debug)]
struct Plan {
    protocol: Protocol,
    connections: usize,
    streams: usize,
    duration: Duration,
    rate: Option<f64>,
}

async fn measure(args: &Args, mode: Mode, stock: &Stock, rate: Option<u64>) -> Result<Measured> {
    let bodies = stock.bodies(args, mode);
    let plan = plan(args, mode, rate);
    let mut report = Report::new(mode.name(), set_up(&plan, &bodies));
    let bed = Bed::make(args, mode.name()).await?;
    let machine = machine::line(bed.data());
    let markers = Markers::default();
    let mut more = 0;
    let ledger = match mode {
        Mode::Fresh => {
            let load = load_on(&bed, &plan, bodies);
            let watched = markers.run(&bed.addresses, plan.duration);
            tokio::try_join!(load, watched)?.0
        }
        Mode::Memory => {
            more = memory::quiet(&bed, args, &mut report).await?;
            memory::full(&bed, load_on(&bed, &plan, bodies), &mut report).await?
        }
        Mode::Http | Mode::Grpc | Mode::Small | Mode::All => load_on(&bed, &plan, bodies).await?,
    };
    let mut seen = true;
    if mode == Mode::Fresh {
        seen = markers.report(&mut report);
        more = markers.acknowledged.get();
    }
    let balanced = bed.close(&ledger, more, &mut report).await?;
    if let Some(balanced) = balanced {
        report.add_count("balanced", u64::from(balanced));
    }
    report.print(&machine, args.json);
    Ok(Measured {
        balanced: seen && balanced.unwrap_or(true),
        spans_per_second: (ledger.spans as f64 / ledger.elapsed.as_secs_f64()) as u64,
    })
}

async fn load_on(bed: &Bed, plan: &Plan, bodies: Rc<[spans::Body]>) -> Result<Ledger> {
    let url = match plan.protocol {
        Protocol::Http => &bed.addresses.otlp_http,
        Protocol::Grpc => &bed.addresses.otlp_grpc,
    };
    let url = url.as_deref().context("the server has no such door")?;
    let lanes = door::open(plan.protocol, url, plan.connections, plan.streams).await?;
    let supply = Supply::start(bodies, machine::now_nanos(), plan.duration, plan.rate);
    load::run(lanes, supply).await
}

fn plan(args: &Args, mode: Mode, rate: Option<u64>) -> Plan {
    let (protocol, connections) = match mode {
        Mode::Grpc => (Protocol::Grpc, 4),
        Mode::Small => (Protocol::Http, 200),
        Mode::Http | Mode::Fresh | Mode::Memory | Mode::All => (Protocol::Http, 16),
    };
    let rate = rate.or((mode == Mode::Fresh).then_some(FRESH_RATE_DEFAULT));
    Plan {
        protocol,
        connections: args.connections.unwrap_or(connections),
        streams: args.streams,
        duration: Duration::from_secs(args.seconds),
        rate: rate.map(|rate| rate as f64),
    }
}

/// The plan in words.
fn set_up(plan: &Plan, bodies: &[spans::Body]) -> String {
    let spans: usize = bodies.iter().map(|body| body.spans).sum();
    let sum = |bytes: fn(&spans::Body) -> usize| bodies.iter().map(bytes).sum::<usize>();
    let door = match plan.protocol {
        Protocol::Http => format!("OTLP/HTTP, {} connections", plan.connections),
        Protocol::Grpc => format!(
            "OTLP/gRPC, {} connections of {} streams",
            plan.connections, plan.streams
        ),
    };
    let pace = plan.rate.map_or("as fast as answered".to_owned(), |rate| {
        format!("{rate:.0} spans/s")
    });
    format!(
        "{door}, gzip, {} spans a request, {} s, {pace}; {spans} different spans that come round \
         again, {:.0} B each raw, {:.1} B gzipped",
        bodies.first().map_or(0, |body| body.spans),
        plan.duration.as_secs(),
        sum(|body| body.raw_bytes) as f64 / spans as f64,
        sum(|body| body.gzip.len()) as f64 / spans as f64,
    )
}

impl Stock {
    fn bodies(&self, args: &Args, mode: Mode) -> Rc<[spans::Body]> {
        let bodies = if mode == Mode::Small {
            let spans = args.spans.min(SMALL_SPANS_MAX);
            self.small
                .get_or_init(|| supply::prepare(spans, SMALL_SPANS_A_BODY))
        } else {
            self.large
                .get_or_init(|| supply::prepare(args.spans, spans::SPANS_A_BODY))
        };
        Rc::clone(bodies)
    }
}
