//! A proxy before a PostgreSQL server that cuts the connection after the `COMMIT` of a write has reached the server and before
//! its answer has come back.

use std::sync::{
    Arc,
    atomic::{AtomicBool, AtomicUsize, Ordering},
};
use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::{TcpListener, TcpStream},
};

/// The proxy; it ends with the runtime.
#[derive(Debug, Clone)]
pub struct CuttingProxy {
    /// The URL of the database by way of the proxy.
    pub url: String,
    armed: Arc<AtomicBool>,
    cuts: Arc<AtomicUsize>,
}

impl CuttingProxy {
    /// Stands before the server of this URL; none when it is not PostgreSQL.
    ///
    /// # Panics
    /// When no port is free.
    pub async fn before(url: &str) -> Option<Self> {
        let (scheme, rest) = url.split_once("://").filter(|(scheme, _)| scheme.starts_with("postgres"))?;
        let (who, place) = rest.split_once('@').unwrap_or(("", rest));
        let (server, database) = place.split_once('/').unwrap_or((place, ""));
        let listener = TcpListener::bind("127.0.0.1:0").await.expect("a free port");
        let here = listener.local_addr().expect("a bound port");
        let proxy = Self { url: format!("{scheme}://{who}@{here}/{database}"), armed: Arc::default(), cuts: Arc::default() };
        let (running, server) = (proxy.clone(), server.to_owned());
        tokio::spawn(async move {
            while let Ok((client, _)) = listener.accept().await {
                tokio::spawn(running.clone().carry(client, server.clone()));
            }
        });
        Some(proxy)
    }

    /// Cuts at the next commit of a write.
    pub fn arm(&self) {
        self.armed.store(true, Ordering::SeqCst);
    }

    /// How often it has cut.
    #[must_use]
    pub fn cuts(&self) -> usize {
        self.cuts.load(Ordering::SeqCst)
    }

    async fn carry(self, mut client: TcpStream, server: String) {
        let Ok(mut server) = TcpStream::connect(server).await else { return };
        let (mut up, mut down) = (vec![0; 64 * 1024], vec![0; 64 * 1024]);
        let mut writes = false;
        loop {
            tokio::select! {
                read = client.read(&mut up) => {
                    let Ok(read @ 1..) = read else { return };
                    let says = |text: &[u8]| up[..read].windows(text.len()).any(|part| part == text);
                    // Transactions that only read commit too.
                    writes = (writes || says(b"READ COMMITTED")) && !says(b"READ ONLY");
                    let commits = writes && says(b"COMMIT\0");
                    if server.write_all(&up[..read]).await.is_err() {
                        return;
                    }
                    if commits && self.armed.swap(false, Ordering::SeqCst) {
                        // The server has done it when it says so; nobody hears it.
                        let _said = server.read(&mut down).await;
                        self.cuts.fetch_add(1, Ordering::SeqCst);
                        return;
                    }
                }
                read = server.read(&mut down) => {
                    let Ok(read @ 1..) = read else { return };
                    if client.write_all(&down[..read]).await.is_err() {
                        return;
                    }
                }
            }
        }
    }
}
