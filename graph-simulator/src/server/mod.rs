//! HTTP: connections, routes, compression, replies that break off.

pub mod action;
mod batch;
mod control;
pub mod damage;
mod desk;
mod download;
pub mod faults;
pub mod flood;
mod graph;
mod incoming;
mod links;
pub mod log;
pub mod options;
mod pace;
mod reply;
pub mod shared;
mod socket;
mod throttle;
mod tls;
mod token;
mod writing;

use bytes::Bytes;
use flate2::Compression;
use flate2::write::GzEncoder;
use http_body_util::{BodyExt, Limited};
use hyper::body;
use hyper::http::{Request, Response, Version};
use hyper::server::conn::{http1, http2};
use hyper::service::service_fn;
use incoming::Incoming;
use reply::{Break, Reply};
use shared::Shared;
use socket::{Broken, Outgoing, Socket};
use std::io::{self, Write};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
pub use tls::AUTHORITY;
use tokio::net::{TcpListener, TcpStream};

/// Graph accepts no larger bodies (docs/graph.md#errors).
const LARGEST_BODY: usize = 4 << 20;

/// Shorter replies are not worth compressing.
const SHORTEST_COMPRESSED: usize = 1024;

/// Accepts connections for ever.
pub async fn run(listener: TcpListener, shared: Shared) {
    loop {
        // Out of file descriptors, most likely; some connection will end.
        let Ok((stream, _)) = listener.accept().await else {
            tokio::time::sleep(std::time::Duration::from_millis(10)).await;
            continue;
        };
        let _ = stream.set_nodelay(true);
        tokio::spawn(serve(stream, shared.clone()));
    }
}

/// One connection to its end.
async fn serve(stream: TcpStream, shared: Shared) {
    let reset = Arc::new(AtomicBool::new(false));
    let service = service_fn(|request| respond(shared.clone(), request, Arc::clone(&reset)));
    let pace = shared.options.bandwidth.map(pace::Pace::new);
    // The client has noticed or caused the end of the connection.
    if !shared.options.http2 {
        let socket = Socket::new(stream, Arc::clone(&reset), pace);
        let _ = http1::Builder::new()
            .serve_connection(socket, service)
            .await;
        return;
    }
    let Ok(stream) = tls::accept(stream).await else {
        return;
    };
    let is_http2 = tls::is_http2(&stream);
    let socket = Socket::new(stream, Arc::clone(&reset), pace);
    match is_http2 {
        true => drop(
            http2::Builder::new(tls::Tasks)
                .serve_connection(socket, service)
                .await,
        ),
        false => drop(
            http1::Builder::new()
                .serve_connection(socket, service)
                .await,
        ),
    }
}

async fn respond(
    shared: Shared,
    request: Request<body::Incoming>,
    reset: Arc<AtomicBool>,
) -> io::Result<Response<Outgoing>> {
    let (head, body) = request.into_parts();
    let headers = incoming::headers(&head.headers);
    let host = headers
        .iter()
        .find(|(name, _)| name == "host")
        .map(|(_, host)| host.clone());
    // HTTP/2 has no such header.
    let host = host.or_else(|| head.uri.authority().map(ToString::to_string));
    let base = format!(
        "{}://{}",
        shared.scheme(),
        host.unwrap_or_else(|| shared.address.to_string())
    );
    let target = head
        .uri
        .path_and_query()
        .map_or("/", |target| target.as_str());
    let body = match Limited::new(body, LARGEST_BODY).collect().await {
        Ok(body) => body.to_bytes(),
        Err(_) => return outgoing(too_large(), &reset, false, head.version),
    };
    let mut incoming = Incoming::new(head.method.as_str(), target, headers, body, base);
    incoming.request_id = shared.request_id();
    let reply = route(&shared, &incoming).await;
    let gzip = shared.options.gzip
        && incoming
            .header("accept-encoding")
            .is_some_and(|encodings| encodings.contains("gzip"));
    outgoing(reply, &reset, gzip, head.version)
}

async fn route(shared: &Shared, incoming: &Incoming) -> Reply {
    if incoming.path.starts_with("/simulator/") {
        return control::answer(shared, incoming);
    }
    if incoming.path.starts_with(links::PLACE) {
        return download::answer(shared, incoming);
    }
    if incoming.path == "/" {
        return Reply::new(
            200,
            "text/plain",
            "graph-simulator: Microsoft Graph is under /v1.0\n",
        );
    }
    let tenant = incoming
        .path
        .strip_suffix("/oauth2/v2.0/token")
        .and_then(|path| path.strip_prefix('/'));
    match tenant {
        Some(tenant) => graph::token(shared, incoming, &graph::decoded(tenant)).await,
        None => graph::answer(shared, incoming).await,
    }
}

fn too_large() -> Reply {
    Reply::new(413, "text/plain", "The request is too large.")
}

/// The reply as HTTP.
fn outgoing(
    reply: Reply,
    reset: &AtomicBool,
    gzip: bool,
    version: Version,
) -> io::Result<Response<Outgoing>> {
    let mut response = Response::builder()
        .status(reply.status)
        .header("vary", "Accept-Encoding");
    for (name, value) in &reply.headers {
        response = response.header(*name, value);
    }
    if let Some(flow) = reply.flood {
        if flow.is_packed() {
            response = response.header("content-encoding", "gzip");
        }
        let body = Outgoing::Flood(Box::new(flow));
        return response.body(body).map_err(io::Error::other);
    }
    let mut body = Bytes::from(reply.body);
    let is_plain = !reply
        .headers
        .iter()
        .any(|(name, _)| *name == "content-encoding");
    if gzip && is_plain && body.len() >= SHORTEST_COMPRESSED {
        body = compressed(&body)?;
        response = response.header("content-encoding", "gzip");
    }
    let body = match reply.broken {
        None => Outgoing::Whole(Some(body).filter(|body| !body.is_empty())),
        Some(Break::Stall(pause)) => Outgoing::Broken(Broken::stalled(&body, pause)),
        Some(Break::Truncate) => Outgoing::Broken(Broken::cut(&body)),
        Some(Break::End) if version == Version::HTTP_2 => {
            Outgoing::Broken(Broken::ended_without_error(&body))
        }
        Some(Break::End) => {
            // The older version needs no length: the reply ends with the connection.
            response = response.version(Version::HTTP_10);
            Outgoing::Broken(Broken::ended(&body))
        }
        Some(Break::Reset) => {
            reset.store(true, Ordering::SeqCst);
            Outgoing::Broken(Broken::cut(&body))
        }
    };
    response.body(body).map_err(io::Error::other)
}

fn compressed(body: &[u8]) -> io::Result<Bytes> {
    let mut encoder = GzEncoder::new(Vec::with_capacity(body.len() / 4), Compression::fast());
    encoder.write_all(body)?;
    encoder.finish().map(Bytes::from)
}
