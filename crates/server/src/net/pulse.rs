//! What a connection is doing, seen from below the protocol (bytes) and from above it (requests). hyper
//! tells neither, and its own timer for heads runs between requests as well, where a client may rest.

use axum::body::Body;
use bytes::Bytes;
use http_body::{Frame, SizeHint};
use std::io;
use std::pin::Pin;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::task::{Context, Poll};
use tokio::io::{AsyncRead, AsyncWrite, ReadBuf};
use tokio::net::TcpStream;

/// Counters of one connection.
#[derive(Debug, Default)]
pub(super) struct Pulse {
    bytes_read: AtomicU64,
    bytes_written: AtomicU64,
    /// A write waits for the client to read.
    write_waits: AtomicBool,
    begun: AtomicU64,
    ended: AtomicU64,
    http2: AtomicBool,
}

/// The counters at one moment.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Beat {
    pub(super) bytes_read: u64,
    pub(super) bytes_written: u64,
    pub(super) write_waits: bool,
    /// Requests whose head is read.
    pub(super) begun: u64,
    /// Of these, those whose answer is sent or given up.
    pub(super) ended: u64,
    pub(super) http2: bool,
}

impl Pulse {
    pub(super) fn begin(self: &Arc<Self>, http2: bool) -> Visit {
        self.begun.fetch_add(1, Ordering::Relaxed);
        self.http2.fetch_or(http2, Ordering::Relaxed);
        Visit(Arc::clone(self))
    }

    pub(super) fn beat(&self) -> Beat {
        // In this order, or a request that comes and goes between would be missed.
        let ended = self.ended.load(Ordering::Acquire);
        Beat {
            bytes_read: self.bytes_read.load(Ordering::Relaxed),
            bytes_written: self.bytes_written.load(Ordering::Relaxed),
            write_waits: self.write_waits.load(Ordering::Relaxed),
            begun: self.begun.load(Ordering::Relaxed),
            ended,
            http2: self.http2.load(Ordering::Relaxed),
        }
    }
}

/// A request on its way; it ends when this is dropped.
#[derive(Debug)]
pub(super) struct Visit(Arc<Pulse>);

impl Drop for Visit {
    fn drop(&mut self) {
        self.0.ended.fetch_add(1, Ordering::Release);
    }
}

/// An answer's body that keeps its request's visit until it is sent.
#[derive(Debug)]
pub(super) struct Sent {
    pub(super) body: Body,
    pub(super) _visit: Visit,
}

impl http_body::Body for Sent {
    type Data = Bytes;
    type Error = axum::Error;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, axum::Error>>> {
        Pin::new(&mut self.body).poll_frame(context)
    }

    fn is_end_stream(&self) -> bool {
        self.body.is_end_stream()
    }

    fn size_hint(&self) -> SizeHint {
        self.body.size_hint()
    }
}

/// A socket whose bytes are counted.
#[derive(Debug)]
pub(super) struct Counted {
    stream: TcpStream,
    pulse: Arc<Pulse>,
}

impl Counted {
    pub(super) fn new(stream: TcpStream, pulse: Arc<Pulse>) -> Self {
        Self { stream, pulse }
    }

    fn written(&self, outcome: Poll<io::Result<usize>>) -> Poll<io::Result<usize>> {
        self.pulse
            .write_waits
            .store(outcome.is_pending(), Ordering::Relaxed);
        if let Poll::Ready(Ok(bytes)) = &outcome {
            self.pulse
                .bytes_written
                .fetch_add(*bytes as u64, Ordering::Relaxed);
        }
        outcome
    }
}

impl AsyncRead for Counted {
    fn poll_read(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
        buffer: &mut ReadBuf<'_>,
    ) -> Poll<io::Result<()>> {
        let before = buffer.filled().len();
        let outcome = Pin::new(&mut self.stream).poll_read(context, buffer);
        let bytes = buffer.filled().len() - before;
        self.pulse
            .bytes_read
            .fetch_add(bytes as u64, Ordering::Relaxed);
        outcome
    }
}

impl AsyncWrite for Counted {
    fn poll_write(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
        bytes: &[u8],
    ) -> Poll<io::Result<usize>> {
        let outcome = Pin::new(&mut self.stream).poll_write(context, bytes);
        self.written(outcome)
    }

    fn poll_write_vectored(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
        slices: &[io::IoSlice<'_>],
    ) -> Poll<io::Result<usize>> {
        let outcome = Pin::new(&mut self.stream).poll_write_vectored(context, slices);
        self.written(outcome)
    }

    fn is_write_vectored(&self) -> bool {
        self.stream.is_write_vectored()
    }

    fn poll_flush(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.stream).poll_flush(context)
    }

    fn poll_shutdown(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.stream).poll_shutdown(context)
    }
}
