//! A tenant for requests, and a client that shows every part of a reply.

#![allow(dead_code, unused_imports)] // each test file uses a part of it

mod filled;
mod reader;
mod tenant;

pub use filled::filled;
pub use reader::{Reader, generated};
pub use tenant::{entity, item, message, tenant};

use graph_simulator::model::Tenant;
use graph_simulator::{Options, Simulator};
use serde_json::{Value, json};
use std::collections::HashMap;
use std::io::{self, Read, Write};
use std::net::TcpStream;
use std::time::Duration;

pub const TENANT: &str = "6b2f7a1e-0000-4000-8000-000000000001";
pub const CLIENT: &str = "11111111-2222-4333-8444-555555555555";
pub const SECRET: &str = "it's 100% secret+more:~";
pub const ANN: &str = "ann@contoso.example";

/// A reply as it arrived.
#[derive(Debug)]
pub struct Reply {
    pub status: u16,
    pub headers: HashMap<String, String>,
    pub body: Vec<u8>,
}

impl Reply {
    pub fn json(&self) -> Value {
        serde_json::from_slice(&self.body)
            .unwrap_or_else(|error| panic!("{error}: {}", String::from_utf8_lossy(&self.body)))
    }

    /// Graph's error code.
    pub fn code(&self) -> String {
        self.json()["error"]["code"]
            .as_str()
            .unwrap_or_default()
            .to_owned()
    }

    pub fn message(&self) -> String {
        self.json()["error"]["message"]
            .as_str()
            .unwrap_or_default()
            .to_owned()
    }

    pub fn header(&self, name: &str) -> &str {
        self.headers.get(name).map_or("", String::as_str)
    }

    /// A property of every row.
    pub fn column(&self, name: &str) -> Vec<String> {
        assert_eq!(self.status, 200, "{}", self.message());
        let rows = self.json()["value"].as_array().cloned().expect("rows");
        let text = |value: &Value| {
            value
                .as_str()
                .map_or_else(|| value.to_string(), str::to_owned)
        };
        rows.iter().map(|row| text(&row[name])).collect()
    }

    pub fn next_link(&self) -> Option<String> {
        self.json()["@odata.nextLink"].as_str().map(str::to_owned)
    }
}

/// A client with a token.
pub struct Client {
    pub simulator: Simulator,
    pub token: String,
}

impl Client {
    pub fn new(tenant: Tenant, options: Options) -> Self {
        let simulator = Simulator::start(tenant, options).expect("a simulator");
        let mut client = Self {
            simulator,
            token: String::new(),
        };
        client.renew();
        client
    }

    /// With the tenant of [`tenant`].
    pub fn start() -> Self {
        Self::new(tenant(), Options::default())
    }

    pub fn renew(&mut self) {
        let reply = self.ask_token(TENANT, &form(SECRET));
        self.token = reply.json()["access_token"]
            .as_str()
            .expect("a token")
            .to_owned();
    }

    pub fn ask_token(&self, tenant: &str, form: &str) -> Reply {
        let headers = [("Content-Type", "application/x-www-form-urlencoded")];
        let path = format!("/{tenant}/oauth2/v2.0/token");
        self.send("POST", &path, &headers, form.as_bytes())
            .expect("a reply")
    }

    /// Sends a request as it is, without a token.
    pub fn send(
        &self,
        method: &str,
        target: &str,
        headers: &[(&str, &str)],
        body: &[u8],
    ) -> io::Result<Reply> {
        send(self.simulator.port(), method, target, headers, body)
    }

    /// A path below `/v1.0` or a whole link; blanks and quotes are encoded.
    pub fn get(&self, path: &str) -> Reply {
        self.get_with(path, &[])
    }

    pub fn get_with(&self, path: &str, headers: &[(&str, &str)]) -> Reply {
        self.try_get(path, headers).expect("a reply")
    }

    pub fn try_get(&self, path: &str, headers: &[(&str, &str)]) -> io::Result<Reply> {
        let target = match path.strip_prefix(&self.simulator.address()) {
            Some(target) => target.to_owned(),
            None => format!("/v1.0{path}"),
        };
        let bearer = format!("Bearer {}", self.token);
        let mut all = vec![("Authorization", bearer.as_str())];
        all.extend_from_slice(headers);
        self.send("GET", &encoded(&target), &all, b"")
    }

    /// A request in Ann's mailbox.
    pub fn ann(&self, path: &str) -> Reply {
        self.get(&format!("/users/{ANN}{path}"))
    }

    pub fn post(&self, path: &str, body: &Value) -> Reply {
        let bearer = format!("Bearer {}", self.token);
        let headers = [
            ("Authorization", bearer.as_str()),
            ("Content-Type", "application/json"),
        ];
        let body = body.to_string();
        self.send("POST", &format!("/v1.0{path}"), &headers, body.as_bytes())
            .expect("a reply")
    }

    /// The status and the code of a refusal.
    pub fn refusal(&self, path: &str) -> (u16, String) {
        let reply = self.get(path);
        assert!(reply.status >= 400, "{path} is not refused");
        (reply.status, reply.code())
    }

    /// Follows the links to the end.
    pub fn pages(&self, first: &str, headers: &[(&str, &str)]) -> Vec<Reply> {
        let mut pages = vec![self.get_with(first, headers)];
        while let Some(link) = pages.last().and_then(Reply::next_link) {
            assert!(pages.len() < 1000, "endless pages");
            pages.push(self.get_with(&link, headers));
        }
        pages
    }
}

pub fn form(secret: &str) -> String {
    let encode = |text: &str| {
        text.bytes()
            .map(|byte| match byte {
                b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'-' | b'.' => {
                    char::from(byte).to_string()
                }
                _ => format!("%{byte:02X}"),
            })
            .collect::<String>()
    };
    format!(
        "grant_type=client_credentials&client_id={CLIENT}&client_secret={}&scope={}",
        encode(secret),
        encode("https://graph.microsoft.com/.default")
    )
}

/// Encodes characters that are not allowed in a request line.
fn encoded(target: &str) -> String {
    let pairs = [
        (' ', "%20"),
        ('"', "%22"),
        ('\'', "%27"),
        ('<', "%3C"),
        ('>', "%3E"),
    ];
    pairs
        .into_iter()
        .fold(target.to_owned(), |target, (sign, code)| {
            target.replace(sign, code)
        })
}

pub fn send(
    port: u16,
    method: &str,
    target: &str,
    headers: &[(&str, &str)],
    body: &[u8],
) -> io::Result<Reply> {
    let mut stream = TcpStream::connect(("127.0.0.1", port))?;
    stream.set_read_timeout(Some(Duration::from_secs(20)))?;
    let mut head =
        format!("{method} {target} HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\nConnection: close\r\n");
    for (name, value) in headers {
        head += &format!("{name}: {value}\r\n");
    }
    head += &format!("Content-Length: {}\r\n\r\n", body.len());
    stream.write_all(head.as_bytes())?;
    stream.write_all(body)?;
    let mut bytes = Vec::new();
    stream.read_to_end(&mut bytes)?;
    let split = bytes.windows(4).position(|four| four == b"\r\n\r\n");
    let split = split.ok_or_else(|| io::Error::other("no reply"))?;
    let head = String::from_utf8_lossy(&bytes[..split]).into_owned();
    let body = bytes.split_off(split + 4);
    let mut lines = head.lines();
    let status = lines
        .next()
        .and_then(|line| line.split(' ').nth(1))
        .and_then(|code| code.parse().ok());
    let headers: HashMap<String, String> = lines
        .filter_map(|line| line.split_once(':'))
        .map(|(name, value)| (name.to_lowercase(), value.trim().to_owned()))
        .collect();
    let announced: Option<usize> = headers
        .get("content-length")
        .and_then(|length| length.parse().ok());
    if announced.is_some_and(|length| length != body.len()) {
        return Err(io::Error::new(
            io::ErrorKind::UnexpectedEof,
            "the reply was cut",
        ));
    }
    Ok(Reply {
        status: status.ok_or_else(|| io::Error::other("no status"))?,
        headers,
        body,
    })
}

/// Sends a batch, and returns the responses by their ids.
pub fn batch(client: &Client, requests: Vec<Value>) -> HashMap<String, Value> {
    let reply = client.post("/$batch", &json!({ "requests": requests }));
    assert_eq!(reply.status, 200, "{}", reply.message());
    let responses = reply.json()["responses"]
        .as_array()
        .cloned()
        .expect("responses");
    responses
        .into_iter()
        .map(|one| (one["id"].as_str().expect("an id").to_owned(), one))
        .collect()
}

/// A reading request of a batch.
pub fn read(id: &str, url: &str) -> Value {
    json!({"id": id, "method": "GET", "url": url})
}
