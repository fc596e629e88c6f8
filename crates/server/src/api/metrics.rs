//! `GET /metrics`: the server's own counters in Prometheus' text format. Written by hand: what it takes is a
//! few lines, and the numbers lie in their parts already.

use super::error::Error;
use super::{Api, check_whole, log_waits};
use axum::Extension;
use axum::extract::State;
use axum::response::{IntoResponse, Response};
use control::Caller;
use http::header;
use std::sync::atomic::Ordering;
use std::time::Duration;

/// What the operating system says of this process.
mod process;
/// Families of samples, as text.
mod text;

use text::{Kind, Text};

const CONTENT_TYPE: &str = "text/plain; version=0.0.4; charset=utf-8";

/// The server's own counters, as Prometheus reads them.
#[utoipa::path(
    get,
    path = "/metrics",
    operation_id = "metrics",
    tag = "server",
    responses((status = 200, description = "Families of samples.", body = String, content_type = CONTENT_TYPE)),
)]
pub(super) async fn show(
    State(api): State<Api>,
    Extension(caller): Extension<Caller>,
) -> Result<Response, Error> {
    check_whole(&caller)?;
    let mut text = Text::default();
    requests(&api, &mut text);
    spans(&api, &mut text);
    room(&api, &mut text);
    store(&api, &mut text);
    damage(&api, &mut text);
    compaction(&api, &mut text);
    retention(&api, &mut text);
    held(&api, &mut text);
    connections(&api, &mut text);
    process::write(&mut text);
    Ok(([(header::CONTENT_TYPE, CONTENT_TYPE)], text.finish()).into_response())
}

fn requests(api: &Api, text: &mut Text) {
    let books = api.otlp.ingest.balance();
    let mut family = text.family(
        "throughline_ingest_requests_total",
        Kind::Counter,
        "OTLP requests by what became of them: accepted, refused for good, asked to come again, or abandoned by the client.",
    );
    for door in &books.doors {
        let outcomes = [
            ("accepted", door.accepted),
            ("refused", door.refused_for_good()),
            ("retry", door.busy()),
            ("abandoned", door.abandoned),
        ];
        for (outcome, count) in outcomes {
            let labels = [("transport", door.transport.name()), ("outcome", outcome)];
            family.sample(&labels, count);
        }
    }
    let mut family = text.family(
        "throughline_ingest_refusals_total",
        Kind::Counter,
        "OTLP requests that were not accepted, by reason.",
    );
    for (reason, count) in books.refusals() {
        family.sample(&[("reason", reason.name())], count);
    }
    let mut family = text.family(
        "throughline_ingest_bytes_total",
        Kind::Counter,
        "Bytes of OTLP bodies: as sent, and set aside to unfold what was packed.",
    );
    family.sample(&[("stage", "wire")], books.wire_bytes);
    family.sample(&[("stage", "unfolded")], books.unfolded_bytes);
}

fn spans(api: &Api, text: &mut Text) {
    let books = api.otlp.ingest.balance();
    let mut family = text.family(
        "throughline_ingest_spans_total",
        Kind::Counter,
        "Spans of accepted requests. When nothing is on its way, received = stored + deduplicated + all that are rejected.",
    );
    family.sample(&[("outcome", "received")], books.spans_received);
    family.sample(&[("outcome", "stored")], books.spans_stored);
    family.sample(&[("outcome", "deduplicated")], books.spans_deduplicated);
    let mut family = text.family(
        "throughline_ingest_spans_rejected_total",
        Kind::Counter,
        "Spans of accepted requests that will never be taken, by reason.",
    );
    for (reason, count) in &books.spans_rejected {
        family.sample(&[("reason", reason)], *count);
    }
}

fn room(api: &Api, text: &mut Text) {
    let ingest = &api.otlp.ingest;
    let admission = ingest.admission();
    text.gauge(
        "throughline_ingest_in_flight_bytes",
        "Bytes of OTLP requests that are being received or stored.",
        admission.in_flight_bytes() as u64,
    );
    text.gauge(
        "throughline_ingest_in_flight_bytes_max",
        "The limit of throughline_ingest_in_flight_bytes.",
        admission.bytes_max() as u64,
    );
    let mut family = text.family(
        "throughline_ingest_queue_requests",
        Kind::Gauge,
        "OTLP requests at a stage: waiting for room, for the decoder or in it, for the log or in it.",
    );
    let queues = ingest.queues();
    family.sample(&[("stage", "room")], admission.waiting() as u64);
    for (stage, queue) in [("decode", &queues.decode), ("store", &queues.store)] {
        family.sample(&[("stage", stage)], queue.load(Ordering::Relaxed) as u64);
    }
    text.gauge(
        "throughline_ingest_open",
        "1 when spans are taken, 0 when they are refused: the disk or the log is full, the log failed, the object store does not take it, or the server shuts down.",
        u64::from(!api.store.failed() && !log_waits(api) && ingest.check_open().is_ok()),
    );
    text.gauge(
        "throughline_disk_free_bytes",
        "Free bytes of the file system that the data directory is on.",
        ingest.watermarks().free_bytes(),
    );
}

fn store(api: &Api, text: &mut Text) {
    let stats = api.store.stats();
    let counters = [
        (
            "throughline_store_rows_appended_total",
            "Rows made durable since the start.",
            stats.appended_rows,
        ),
        (
            "throughline_store_rows_astray_total",
            "Rows whose _time is a day before their arrival or an hour after it: late, or of a wrong clock.",
            stats.astray_rows,
        ),
        (
            "throughline_store_rows_replayed_total",
            "Rows read back from the log at the start.",
            stats.replayed_rows,
        ),
        (
            "throughline_store_rows_flushed_total",
            "Rows written to data files.",
            stats.flushed_rows,
        ),
        (
            "throughline_store_flushes_total",
            "Flushes that were done.",
            stats.flushes,
        ),
        (
            "throughline_store_flush_failures_total",
            "Flushes that failed and are tried again.",
            stats.flush_failures,
        ),
        (
            "throughline_log_lost_records_total",
            "Records that the log misses since its damage was found at the start.",
            stats.lost_records,
        ),
        (
            "throughline_log_quarantined_records_total",
            "Records of the log that could not be decoded at the start; they are kept in quarantine/.",
            stats.quarantined_records,
        ),
    ];
    for (name, help, value) in counters {
        text.family(name, Kind::Counter, help).sample(&[], value);
    }
}

/// What is not as it was written. `throughline verify` looks at all; this is what queries met.
fn damage(api: &Api, text: &mut Text) {
    let stats = api.store.stats();
    text.family(
        "throughline_store_damage_met_total",
        Kind::Counter,
        "How often a query asked for bytes that do not match their checksum, or are gone.",
    )
    .sample(&[], stats.damage_met);
    text.gauge(
        "throughline_store_damaged_files",
        "Files that were found damaged since the start and are not known to be whole again; the log names each.",
        stats.damaged_files,
    );
}

/// What goes by its age.
fn retention(api: &Api, text: &mut Text) {
    let stats = api.store.stats();
    let counters = [
        (
            "throughline_retention_files_total",
            "Data files that were dropped since all of their spans were too old.",
            stats.retired_files,
        ),
        (
            "throughline_retention_rows_total",
            "Rows that they had.",
            stats.retired_rows,
        ),
        (
            "throughline_store_files_deleted_total",
            "Data files that were deleted, an hour or more after they were dropped or merged.",
            stats.vacuumed_files,
        ),
    ];
    for (name, help, value) in counters {
        text.family(name, Kind::Counter, help).sample(&[], value);
    }
}

/// Small data files that become large ones.
fn compaction(api: &Api, text: &mut Text) {
    let stats = api.store.stats();
    let counters = [
        (
            "throughline_compaction_merges_total",
            "Data files that were made of smaller ones.",
            stats.compactions,
        ),
        (
            "throughline_compaction_failures_total",
            "Merges that failed; a file that cannot be read is left as it is.",
            stats.compaction_failures,
        ),
        (
            "throughline_compaction_files_total",
            "Smaller data files that such took the place of.",
            stats.compacted_files,
        ),
        (
            "throughline_compaction_rows_total",
            "Rows that were written again.",
            stats.compacted_rows,
        ),
        (
            "throughline_compaction_bytes_total",
            "Bytes that they were written to.",
            stats.compacted_bytes,
        ),
    ];
    for (name, help, value) in counters {
        text.family(name, Kind::Counter, help).sample(&[], value);
    }
    text.gauge(
        "throughline_compaction_data_files",
        "Data files of all datasets, when it was last looked whether some are to be merged.",
        stats.data_files,
    );
    text.gauge(
        "throughline_compaction_waiting_files",
        "Those of them that were to be merged.",
        stats.waiting_files,
    );
}

/// What is held between the door and a data file.
fn held(api: &Api, text: &mut Text) {
    let stats = api.store.stats();
    let gauges = [
        (
            "throughline_buffer_rows",
            "Rows in memory that are in no data file yet.",
            stats.buffered_rows,
        ),
        (
            "throughline_buffer_bytes",
            "Memory that they take.",
            stats.buffered_bytes,
        ),
        (
            "throughline_buffer_bytes_max",
            "The limit of throughline_buffer_bytes.",
            api.limits.buffer_bytes_max as u64,
        ),
        (
            "throughline_log_bytes",
            "Disk that the log takes.",
            stats.log_bytes,
        ),
        (
            "throughline_log_bytes_max",
            "The limit of throughline_log_bytes.",
            api.limits.log_bytes_max,
        ),
        (
            "throughline_log_waiting_seconds",
            "For so long the object store has not taken what is on its way to the log there; 0 of a log on a disk.",
            api.store.log_waits().as_secs(),
        ),
        (
            "throughline_log_last_seq",
            "The newest number in the log.",
            stats.log_seq,
        ),
    ];
    for (name, help, value) in gauges {
        text.gauge(name, help, value);
    }
    let now = api.clock.now_nanos();
    let nanos = stats
        .oldest_nanos
        .map_or(0, |since| now.saturating_sub(since).max(0));
    text.gauge(
        "throughline_buffer_lag_seconds",
        "How long the oldest row has been in memory that is in no data file yet; 0 when there is none.",
        Duration::from_nanos(nanos.unsigned_abs()).as_secs_f64(),
    );
}

fn connections(api: &Api, text: &mut Text) {
    let counts = api.traffic.counts();
    text.gauge(
        "throughline_connections_open",
        "Open connections of all doors.",
        counts.open,
    );
    let mut family = text.family(
        "throughline_connections_total",
        Kind::Counter,
        "Connections: accepted, closed at once because their address has too many, closed by the server because they were too slow.",
    );
    family.sample(&[("outcome", "accepted")], counts.accepted);
    family.sample(&[("outcome", "turned_away")], counts.turned_away);
    family.sample(&[("outcome", "hung_up")], counts.hung_up);
}
