//! A login endpoint for tests that read no mailbox: every request gets a token.

use std::io::{BufRead, BufReader, Read, Write};
use std::net::{SocketAddr, TcpListener, TcpStream};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::{io, thread};

const REPLY: &str = r#"{"token_type":"Bearer","expires_in":3599,"access_token":"test"}"#;

/// An endpoint that answers as long as the process lives.
#[derive(Clone, Copy, Debug)]
pub struct Login {
    address: SocketAddr,
}

/// The number of issued tokens.
static GIVEN: AtomicUsize = AtomicUsize::new(0);

impl Login {
    /// The number of issued tokens.
    pub fn given() -> usize {
        GIVEN.load(Ordering::SeqCst)
    }

    pub fn start() -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").expect("there is a free port");
        let address = listener.local_addr().expect("it is bound");
        thread::spawn(move || {
            for stream in listener.incoming().flatten() {
                thread::spawn(move || answer(stream));
            }
        });
        Self { address }
    }

    /// A connection string that logs in here, with a mailbox that cannot be reached.
    pub fn connection_string(&self) -> String {
        let address = self.address;
        format!(
            "TenantID=contoso.example;ClientId=app;ClientSecret=secret;UserID=ann@contoso.example;\
             LoginEndpoint=http://{address};GraphEndpoint=http://127.0.0.1:9"
        )
    }
}

/// Answers one request after the other.
fn answer(stream: TcpStream) -> io::Result<()> {
    let mut reader = BufReader::new(stream.try_clone()?);
    let mut writer = stream;
    loop {
        let mut body = 0;
        loop {
            let mut line = String::new();
            if reader.read_line(&mut line)? == 0 {
                return Ok(());
            }
            let line = line.trim_end().to_ascii_lowercase();
            if let Some(length) = line.strip_prefix("content-length:") {
                body = length.trim().parse().map_err(io::Error::other)?;
            }
            if line.is_empty() {
                break;
            }
        }
        reader.read_exact(&mut vec![0; body])?;
        GIVEN.fetch_add(1, Ordering::SeqCst);
        let length = REPLY.len();
        write!(
            writer,
            "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: {length}\r\n\r\n{REPLY}"
        )?;
    }
}
