//! A server that follows a test's script and records its requests.

use std::collections::HashMap;
use std::sync::atomic::{AtomicU64, AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};
use std::time::Duration;
use tokio::io::{AsyncReadExt, AsyncWriteExt, BufReader};
use tokio::net::{TcpListener, TcpStream};

/// A received request.
#[derive(Clone, Debug)]
pub struct Seen {
    pub method: String,
    /// Path and query.
    pub target: String,
    /// Names in lower case.
    pub headers: HashMap<String, String>,
    pub body: String,
    /// Number of its connection.
    pub connection: usize,
}

impl Seen {
    pub fn header(&self, name: &str) -> &str {
        self.headers.get(name).map_or("", String::as_str)
    }

    pub fn is_token(&self) -> bool {
        self.target.ends_with("/oauth2/v2.0/token")
    }
}

/// The server's reaction to a request.
#[derive(Clone, Debug)]
pub enum Answer {
    Reply {
        status: u16,
        headers: Vec<(String, String)>,
        body: Vec<u8>,
        delay: Duration,
    },
    /// Half of the announced body, then a reset.
    Reset,
    /// Half of the announced body, then an orderly end.
    Truncate,
    /// Half of a body without an announced length, then an orderly end.
    CutUnannounced,
    /// Headers and half of the body, then nothing.
    Stall,
}

pub fn reply(status: u16, body: &str) -> Answer {
    let headers = vec![(
        "Content-Type".to_owned(),
        "application/json;odata.metadata=minimal".to_owned(),
    )];
    Answer::Reply {
        status,
        headers,
        body: body.as_bytes().to_vec(),
        delay: Duration::ZERO,
    }
}

pub fn ok() -> Answer {
    reply(200, PAGE)
}

pub const PAGE: &str = r#"{"value":[{"id":"1"},{"id":"2"}]}"#;

pub fn refusal(status: u16, code: &str) -> Answer {
    reply(
        status,
        &format!(
            r#"{{"error":{{"code":"{code}","message":"Sorry.","innerError":{{"request-id":"r-{status}"}}}}}}"#
        ),
    )
}

pub fn token(text: &str, seconds: u32) -> Answer {
    reply(
        200,
        &format!(r#"{{"token_type":"Bearer","expires_in":{seconds},"access_token":"{text}"}}"#),
    )
}

impl Answer {
    pub fn header(mut self, name: &str, value: &str) -> Self {
        if let Self::Reply { headers, .. } = &mut self {
            headers.retain(|(known, _)| !known.eq_ignore_ascii_case(name));
            headers.push((name.to_owned(), value.to_owned()));
        }
        self
    }

    pub fn after(mut self, wait: Duration) -> Self {
        if let Self::Reply { delay, .. } = &mut self {
            *delay = wait;
        }
        self
    }
}

type Script = Box<dyn Fn(&Seen) -> Answer + Send + Sync>;

#[derive(Default)]
struct State {
    seen: Mutex<Vec<Seen>>,
    /// Requests in progress, and their maximum so far, by mailbox (the second segment).
    in_flight: Mutex<HashMap<String, (usize, usize)>>,
    tokens: AtomicU64,
}

pub struct Server {
    port: u16,
    state: Arc<State>,
    runtime: Option<tokio::runtime::Runtime>,
}

impl Server {
    /// A server that issues tokens `token-1`, `token-2`, ... and answers everything else as the
    /// script says.
    pub fn graph(script: impl Fn(&Seen) -> Answer + Send + Sync + 'static) -> Self {
        Self::start(move |seen, tokens| {
            if seen.is_token() {
                token(&format!("token-{tokens}"), 3600)
            } else {
                script(seen)
            }
        })
    }

    /// The script also gets the number of the token request.
    pub fn start(script: impl Fn(&Seen, u64) -> Answer + Send + Sync + 'static) -> Self {
        let runtime = tokio::runtime::Builder::new_multi_thread()
            .worker_threads(1)
            .enable_all()
            .build()
            .expect("a runtime");
        let listener = runtime
            .block_on(TcpListener::bind("127.0.0.1:0"))
            .expect("a port");
        let port = listener.local_addr().expect("an address").port();
        let state = Arc::new(State::default());
        let counted = state.clone();
        let script: Arc<Script> = Arc::new(Box::new(move |seen| {
            let tokens = match seen.is_token() {
                true => counted.tokens.fetch_add(1, Ordering::SeqCst) + 1,
                false => 0,
            };
            script(seen, tokens)
        }));
        runtime.spawn(accept(listener, state.clone(), script));
        Self {
            port,
            state,
            runtime: Some(runtime),
        }
    }

    pub fn port(&self) -> u16 {
        self.port
    }

    pub fn address(&self) -> String {
        format!("http://127.0.0.1:{}", self.port)
    }

    pub fn token_requests(&self) -> Vec<Seen> {
        self.all().into_iter().filter(Seen::is_token).collect()
    }

    pub fn graph_requests(&self) -> Vec<Seen> {
        self.all()
            .into_iter()
            .filter(|seen| !seen.is_token())
            .collect()
    }

    fn all(&self) -> Vec<Seen> {
        self.state.seen.lock().expect("not poisoned").clone()
    }

    /// The most requests that were ever in flight for a mailbox at once.
    pub fn most_in_flight(&self, mailbox: &str) -> usize {
        self.state
            .in_flight
            .lock()
            .expect("not poisoned")
            .get(mailbox)
            .map_or(0, |(_, most)| *most)
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        if let Some(runtime) = self.runtime.take() {
            runtime.shutdown_background();
        }
    }
}

async fn accept(listener: TcpListener, state: Arc<State>, script: Arc<Script>) {
    let connections = AtomicUsize::new(1);
    while let Ok((stream, _)) = listener.accept().await {
        let number = connections.fetch_add(1, Ordering::SeqCst);
        tokio::spawn(serve(stream, number, state.clone(), script.clone()));
    }
}

async fn serve(stream: TcpStream, connection: usize, state: Arc<State>, script: Arc<Script>) {
    let mut stream = BufReader::new(stream);
    while let Some(seen) = read(&mut stream, connection).await {
        let mailbox = seen
            .target
            .split('/')
            .nth(3)
            .unwrap_or_default()
            .to_lowercase();
        state.seen.lock().expect("not poisoned").push(seen.clone());
        count(&state, &mailbox, true);
        let answer = script(&seen);
        if let Answer::Reply { delay, .. } = &answer {
            tokio::time::sleep(*delay).await;
        }
        count(&state, &mailbox, false);
        if !write(stream.get_mut(), answer).await {
            return;
        }
    }
}

fn count(state: &State, mailbox: &str, starts: bool) {
    let mut counts = state.in_flight.lock().expect("not poisoned");
    let (now, most) = counts.entry(mailbox.to_owned()).or_default();
    *now = if starts { *now + 1 } else { *now - 1 };
    *most = (*most).max(*now);
}

async fn read(stream: &mut BufReader<TcpStream>, connection: usize) -> Option<Seen> {
    let mut head = Vec::new();
    while !head.ends_with(b"\r\n\r\n") {
        head.push(stream.read_u8().await.ok()?);
    }
    let head = String::from_utf8(head).expect("the head is text");
    let mut lines = head.lines();
    let mut first = lines.next()?.split(' ');
    let (method, target) = (first.next()?.to_owned(), first.next()?.to_owned());
    let headers: HashMap<_, _> = lines
        .filter_map(|line| line.split_once(':'))
        .map(|(name, value)| (name.to_lowercase(), value.trim().to_owned()))
        .collect();
    let length = headers
        .get("content-length")
        .map_or(0, |length| length.parse().expect("a length"));
    let mut body = vec![0; length];
    stream.read_exact(&mut body).await.ok()?;
    let body = String::from_utf8(body).expect("the body is text");
    Some(Seen {
        method,
        target,
        headers,
        body,
        connection,
    })
}

/// Whether the connection can be used for another request.
async fn write(stream: &mut TcpStream, answer: Answer) -> bool {
    let half = &PAGE.as_bytes()[..PAGE.len() / 2];
    let head = |length: &str| {
        format!("HTTP/1.1 200 OK\r\nContent-Type: application/json\r\n{length}\r\n").into_bytes()
    };
    let announced = head(&format!("Content-Length: {}\r\n", PAGE.len()));
    match answer {
        Answer::Reply {
            status,
            headers,
            body,
            ..
        } => {
            let mut text = format!("HTTP/1.1 {status} X\r\nContent-Length: {}\r\n", body.len());
            for (name, value) in headers {
                text += &format!("{name}: {value}\r\n");
            }
            let mut bytes = (text + "\r\n").into_bytes();
            bytes.extend(body);
            stream.write_all(&bytes).await.is_ok()
        }
        Answer::Reset => {
            let _ = stream.write_all(&[&announced, half].concat()).await;
            let _ = stream.flush().await;
            tokio::time::sleep(Duration::from_millis(5)).await;
            let _ = stream.set_zero_linger();
            false
        }
        Answer::Truncate => {
            let _ = stream.write_all(&[&announced, half].concat()).await;
            false
        }
        Answer::CutUnannounced => {
            let _ = stream
                .write_all(&[&head("Connection: close\r\n")[..], half].concat())
                .await;
            false
        }
        Answer::Stall => {
            let _ = stream.write_all(&[&announced, half].concat()).await;
            tokio::time::sleep(Duration::from_secs(60)).await;
            false
        }
    }
}

/// Returns the answers in order, and repeats the last one for ever.
pub fn in_turn(answers: Vec<Answer>) -> impl Fn(&Seen) -> Answer + Send + Sync + 'static {
    let next = AtomicUsize::new(0);
    move |_| answers[next.fetch_add(1, Ordering::SeqCst).min(answers.len() - 1)].clone()
}
