//! A way to PostgreSQL that is cut at a commit, before the server has it or after it is done.

use crate::postgres::{PASSWORD_IN_URL, Postgres};
use std::path::PathBuf;
use std::sync::Arc;
use std::sync::atomic::{AtomicU8, Ordering};
use throughline_store::CatalogUrl;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream, UnixStream};
use tokio::task::JoinHandle;

/// Where the next commit is cut.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[repr(u8)]
pub(crate) enum Cut {
    Before = 1,
    After = 2,
}

const COMMIT: &[u8] = b"COMMIT\0";

#[derive(Debug)]
pub(crate) struct Cutter {
    pub(crate) url: CatalogUrl,
    next: Arc<AtomicU8>,
    server: JoinHandle<()>,
}

impl Cutter {
    pub(crate) async fn before(postgres: &Postgres) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let address = listener.local_addr().unwrap();
        let url = format!("postgres://postgres:{PASSWORD_IN_URL}@{address}/postgres");
        let socket = PathBuf::from(postgres.folder()).join(".s.PGSQL.5432");
        let next = Arc::new(AtomicU8::new(0));
        let server = tokio::spawn(serve(listener, socket, Arc::clone(&next)));
        Self {
            url: CatalogUrl::new(url).unwrap(),
            next,
            server,
        }
    }

    pub(crate) fn cut(&self, at: Cut) {
        self.next.store(at as u8, Ordering::SeqCst);
    }

    /// Whether the cut is done.
    pub(crate) fn is_done(&self) -> bool {
        self.next.load(Ordering::SeqCst) == 0
    }
}

impl Drop for Cutter {
    fn drop(&mut self) {
        self.server.abort();
    }
}

async fn serve(listener: TcpListener, socket: PathBuf, next: Arc<AtomicU8>) {
    while let Ok((client, _)) = listener.accept().await {
        let server = UnixStream::connect(&socket).await.unwrap();
        tokio::spawn(pass(client, server, Arc::clone(&next)));
    }
}

/// Both ways, until one end closes or a commit is cut: then both do.
async fn pass(mut client: TcpStream, mut server: UnixStream, next: Arc<AtomicU8>) {
    let (mut asked, mut answered) = (vec![0; 1 << 16], vec![0; 1 << 16]);
    loop {
        tokio::select! {
            read = client.read(&mut asked) => {
                let Ok(1..) = read else { return };
                let said = &asked[..read.unwrap()];
                let is_commit = said.windows(COMMIT.len()).any(|it| it == COMMIT);
                let cut = if is_commit { next.swap(0, Ordering::SeqCst) } else { 0 };
                if cut == Cut::Before as u8 || server.write_all(said).await.is_err() {
                    return;
                }
                if cut == Cut::After as u8 {
                    // It is done once the server says so, to nobody.
                    let _ = server.read(&mut answered).await;
                    return;
                }
            }
            read = server.read(&mut answered) => {
                let Ok(1..) = read else { return };
                if client.write_all(&answered[..read.unwrap()]).await.is_err() {
                    return;
                }
            }
        }
    }
}
