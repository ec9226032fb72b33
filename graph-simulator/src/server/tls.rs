//! HTTPS, with a certificate for the loopback address that everybody has the key of.

use hyper::rt::Executor;
use std::io;
use std::sync::{Arc, OnceLock};
use tokio::net::TcpStream;
use tokio_rustls::rustls::pki_types::pem::PemObject;
use tokio_rustls::rustls::pki_types::{CertificateDer, PrivateKeyDer};
use tokio_rustls::rustls::{self, ServerConfig};
use tokio_rustls::{TlsAcceptor, server::TlsStream};

/// What clients have to trust.
pub const AUTHORITY: &str = include_str!("../../tls/authority.pem");
const CERTIFICATE: &[u8] = include_bytes!("../../tls/server.pem");
const KEY: &[u8] = include_bytes!("../../tls/server.key");
const HTTP_2: &[u8] = b"h2";

pub async fn accept(stream: TcpStream) -> io::Result<TlsStream<TcpStream>> {
    acceptor().accept(stream).await
}

/// Whether the client has chosen HTTP/2.
pub fn is_http2(stream: &TlsStream<TcpStream>) -> bool {
    stream.get_ref().1.alpn_protocol() == Some(HTTP_2)
}

fn acceptor() -> TlsAcceptor {
    static ACCEPTOR: OnceLock<TlsAcceptor> = OnceLock::new();
    ACCEPTOR
        .get_or_init(|| {
            let certificate = CertificateDer::from_pem_slice(CERTIFICATE).expect("a certificate");
            let key = PrivateKeyDer::from_pem_slice(KEY).expect("its key");
            let provider = Arc::new(rustls::crypto::ring::default_provider());
            let mut config = ServerConfig::builder_with_provider(provider)
                .with_safe_default_protocol_versions()
                .expect("the provider has them")
                .with_no_client_auth()
                .with_single_cert(vec![certificate], key)
                .expect("they belong together");
            config.alpn_protocols = vec![HTTP_2.to_vec(), b"http/1.1".to_vec()];
            TlsAcceptor::from(Arc::new(config))
        })
        .clone()
}

/// Runs the streams of a connection on the runtime that serves it.
#[derive(Clone, Copy)]
pub struct Tasks;

impl<F> Executor<F> for Tasks
where
    F: Future + Send + 'static,
    F::Output: Send,
{
    fn execute(&self, future: F) {
        tokio::spawn(future);
    }
}
