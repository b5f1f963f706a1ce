//! TLS in front of a server of a test: a certificate of its own authority, and the plain server behind it.

use rcgen::{BasicConstraints, CertificateParams, IsCa, Issuer, KeyPair};
use std::sync::Arc;
use tokio::{
    io::copy_bidirectional,
    net::{TcpListener, TcpStream},
    task::JoinHandle,
};
use tokio_rustls::{
    TlsAcceptor,
    rustls::{ServerConfig, crypto::ring, pki_types::PrivateKeyDer},
};

/// A listening socket that speaks TLS and passes everything on; it ends with its owner.
pub struct TlsFront {
    /// Where it listens on 127.0.0.1.
    pub port: u16,
    /// The certificate of its authority, as PEM.
    pub authority: String,
    task: JoinHandle<()>,
}

impl TlsFront {
    /// Starts it before the server at this port of 127.0.0.1, with a certificate for `host`.
    ///
    /// # Panics
    /// When no port can be had or no certificate can be made.
    pub async fn start(port: u16, host: &str) -> Self {
        let (acceptor, authority) = certificate(host);
        let listener = TcpListener::bind("127.0.0.1:0").await.expect("a free port");
        let here = listener.local_addr().expect("a bound port").port();
        let task = tokio::spawn(async move {
            while let Ok((stream, _)) = listener.accept().await {
                let acceptor = acceptor.clone();
                // A client that trusts nobody here hangs up.
                tokio::spawn(async move {
                    let (Ok(mut client), Ok(mut server)) =
                        (acceptor.accept(stream).await, TcpStream::connect(("127.0.0.1", port)).await)
                    else {
                        return;
                    };
                    drop(copy_bidirectional(&mut client, &mut server).await);
                });
            }
        });
        Self { port: here, authority, task }
    }
}

impl Drop for TlsFront {
    fn drop(&mut self) {
        self.task.abort();
    }
}

/// A server's certificate and the authority that signed it.
fn certificate(host: &str) -> (TlsAcceptor, String) {
    let key = KeyPair::generate().expect("a key");
    let mut params = CertificateParams::new(Vec::new()).expect("parameters");
    params.is_ca = IsCa::Ca(BasicConstraints::Unconstrained);
    let authority = params.self_signed(&key).expect("an authority").pem();
    let issuer = Issuer::new(params, key);
    let server_key = KeyPair::generate().expect("a key");
    let server = CertificateParams::new(vec![host.to_owned()]).expect("parameters").signed_by(&server_key, &issuer);
    let server_key = PrivateKeyDer::try_from(server_key.serialize_der()).expect("a key");
    let config = ServerConfig::builder_with_provider(Arc::new(ring::default_provider()))
        .with_safe_default_protocol_versions()
        .expect("TLS")
        .with_no_client_auth()
        .with_single_cert(vec![server.expect("a certificate").der().clone()], server_key)
        .expect("a certificate");
    (TlsAcceptor::from(Arc::new(config)), authority)
}
