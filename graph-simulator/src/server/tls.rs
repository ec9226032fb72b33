//! HTTPS, with a certificate for the loopback address whose key is public.

use hyper::rt::Executor;
use std::io;
use std::sync::{Arc, OnceLock};
use tokio::net::TcpStream;
use tokio_rustls::rustls::pki_types::pem::PemObject;
use tokio_rustls::rustls::pki_types::{CertificateDer, PrivateKeyDer};
use tokio_rustls::rustls::{self, ServerConfig};
use tokio_rustls::{TlsAcceptor, server::TlsStream};

/// The authority that clients have to trust.
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

#[cfg(test)]
mod tests {
    use super::*;
    use rustls::RootCertStore;
    use rustls::client::WebPkiServerVerifier;
    use rustls::client::danger::ServerCertVerifier;
    use rustls::pki_types::{ServerName, UnixTime};
    use std::time::Duration;

    /// Machines that run tests may have a wrong date.
    #[test]
    fn the_certificates_are_valid_for_long_and_already_were() {
        let certificate = |pem: &[u8]| CertificateDer::from_pem_slice(pem).expect("a certificate");
        let mut roots = RootCertStore::empty();
        let authority = certificate(AUTHORITY.as_bytes());
        roots.add(authority).expect("an authority");
        let provider = Arc::new(rustls::crypto::ring::default_provider());
        let verifier = WebPkiServerVerifier::builder_with_provider(Arc::new(roots), provider);
        let verifier = verifier.build().expect("a verifier");
        let server = certificate(CERTIFICATE);
        for name in ["127.0.0.1", "localhost"] {
            let name = ServerName::try_from(name).expect("a name");
            for year in [2021, 2026, 2100] {
                let seconds = (year - 1970) * 365 * 86_400;
                let then = UnixTime::since_unix_epoch(Duration::from_secs(seconds));
                let outcome = verifier.verify_server_cert(&server, &[], &name, &[], then);
                outcome.unwrap_or_else(|error| panic!("{year}: {error}"));
            }
        }
    }
}
