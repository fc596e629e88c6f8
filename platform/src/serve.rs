//! Bind, announce, serve, drain: what every HTTP service of the marketplace does.

use std::io::Write;
use std::net::SocketAddr;
use std::time::Duration;

use anyhow::Context;
use axum::Router;
use tokio::net::TcpListener;

use crate::stop::Stop;

/// How long open requests may take after the stop was asked for.
const DRAIN_TIME_MAX: Duration = Duration::from_secs(5);

pub(crate) async fn bind(listen: SocketAddr) -> anyhow::Result<TcpListener> {
    TcpListener::bind(listen)
        .await
        .with_context(|| format!("could not listen on {listen}"))
}

/// Serves until the stop, then finishes the requests under way.
pub async fn serve(listener: TcpListener, router: Router, stop: Stop) -> anyhow::Result<()> {
    let graceful = stop.clone();
    let serving = axum::serve(listener, router)
        .with_graceful_shutdown(async move { graceful.requested().await })
        .into_future();
    let too_late = async {
        stop.requested().await;
        tokio::time::sleep(DRAIN_TIME_MAX).await;
    };
    tokio::select! {
        served = serving => served.context("could not serve"),
        () = too_late => Ok(()),
    }
}

/// One plain line on standard output for whoever started the process; logs are JSON lines around it.
pub(crate) fn announce(line: &str) {
    let mut out = std::io::stdout().lock();
    // nobody reads: the service works all the same
    let _ = writeln!(out, "{line}").and_then(|()| out.flush());
}

pub(crate) fn announce_address(service: &str, listener: &TcpListener) -> anyhow::Result<()> {
    let address = listener
        .local_addr()
        .context("could not read the bound address")?;
    announce(&format!("{service} listening on http://{address}"));
    Ok(())
}
