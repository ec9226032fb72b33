//! A connection, and replies that break off.

use super::flood::Flow;
use super::pace::Pace;
use bytes::Bytes;
use hyper::body::{Body, Frame, SizeHint};
use hyper::rt::{Read, ReadBufCursor, Write};
use std::error::Error;
use std::io;
use std::pin::Pin;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::task::{Context, Poll, ready};
use std::time::Duration;
use tokio::io::{AsyncRead, AsyncWrite, ReadBuf};
use tokio::net::TcpStream;
use tokio::time::Sleep;
use tokio_rustls::server::TlsStream;

/// The transport of a connection.
pub trait Stream: AsyncRead + AsyncWrite + Unpin {
    fn tcp(&self) -> &TcpStream;
}

impl Stream for TcpStream {
    fn tcp(&self) -> &TcpStream {
        self
    }
}

impl Stream for TlsStream<TcpStream> {
    fn tcp(&self) -> &TcpStream {
        self.get_ref().0
    }
}

/// A connection that can end with a reset instead of in order.
pub struct Socket<S: Stream> {
    stream: S,
    reset: Arc<AtomicBool>,
    pace: Option<Pace>,
}

impl<S: Stream> Socket<S> {
    pub fn new(stream: S, reset: Arc<AtomicBool>, pace: Option<Pace>) -> Self {
        Self {
            stream,
            reset,
            pace,
        }
    }
}

impl<S: Stream> Drop for Socket<S> {
    fn drop(&mut self) {
        if self.reset.load(Ordering::SeqCst) {
            let _ = self.stream.tcp().set_zero_linger();
        }
    }
}

impl<S: Stream> Read for Socket<S> {
    fn poll_read(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
        mut cursor: ReadBufCursor<'_>,
    ) -> Poll<io::Result<()>> {
        // Requests are small, so the cost of a copy is negligible.
        let mut bytes = [0; 4096];
        let room = cursor.remaining().min(bytes.len());
        let mut buffer = ReadBuf::new(&mut bytes[..room]);
        ready!(Pin::new(&mut self.stream).poll_read(context, &mut buffer))?;
        cursor.put_slice(buffer.filled());
        Poll::Ready(Ok(()))
    }
}

impl<S: Stream> Write for Socket<S> {
    fn poll_write(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
        bytes: &[u8],
    ) -> Poll<io::Result<usize>> {
        let Self { stream, pace, .. } = &mut *self;
        let Some(pace) = pace else {
            return Pin::new(stream).poll_write(context, bytes);
        };
        let room = ready!(pace.poll_room(context)).min(bytes.len());
        let sent = ready!(Pin::new(stream).poll_write(context, &bytes[..room]))?;
        pace.sent(sent);
        Poll::Ready(Ok(sent))
    }

    fn poll_flush(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.stream).poll_flush(context)
    }

    fn poll_shutdown(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.stream).poll_shutdown(context)
    }

    fn is_write_vectored(&self) -> bool {
        self.pace.is_none() && self.stream.is_write_vectored()
    }

    fn poll_write_vectored(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
        slices: &[io::IoSlice<'_>],
    ) -> Poll<io::Result<usize>> {
        if self.pace.is_some() {
            let first = slices.iter().find(|slice| !slice.is_empty());
            return self.poll_write(context, first.map_or(&[], |slice| slice));
        }
        Pin::new(&mut self.stream).poll_write_vectored(context, slices)
    }
}

/// A body that may pause or end before it is whole.
pub struct Broken {
    /// The length that is announced.
    announced: Option<u64>,
    first: Option<Bytes>,
    pause: Pin<Box<Sleep>>,
    end: End,
    ended: bool,
}

/// The end after the pause.
enum End {
    Rest(Bytes),
    /// The connection breaks.
    Break,
    /// The stream is reset with the code for no error.
    NoError,
    /// Nothing, as if it were complete.
    Nothing,
}

/// Long enough for the first half to leave.
const MOMENT: Duration = Duration::from_millis(5);

impl Broken {
    /// Half of the body, and no more.
    pub fn cut(body: &Bytes) -> Self {
        Self::new(body, MOMENT, End::Break)
    }

    /// The same, with a stream of HTTP/2 that ends without an error.
    pub fn ended_without_error(body: &Bytes) -> Self {
        Self::new(body, MOMENT, End::NoError)
    }

    /// Half of a body whose length is not announced.
    pub fn ended(body: &Bytes) -> Self {
        Self {
            announced: None,
            ..Self::new(body, MOMENT, End::Nothing)
        }
    }

    /// Half of the body, and the rest after a while.
    pub fn stalled(body: &Bytes, pause: Duration) -> Self {
        Self::new(body, pause, End::Rest(body.slice(body.len() / 2..)))
    }

    fn new(body: &Bytes, pause: Duration, end: End) -> Self {
        Self {
            announced: Some(body.len() as u64),
            first: Some(body.slice(..body.len() / 2)),
            pause: Box::pin(tokio::time::sleep(pause)),
            end,
            ended: false,
        }
    }
}

/// The body of a reply.
pub enum Outgoing {
    Whole(Option<Bytes>),
    Broken(Broken),
    Flood(Box<Flow>),
}

impl Body for Outgoing {
    type Data = Bytes;
    type Error = Box<dyn Error + Send + Sync>;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, Self::Error>>> {
        let broken = match &mut *self {
            Self::Whole(bytes) => {
                return Poll::Ready(bytes.take().map(|bytes| Ok(Frame::data(bytes))));
            }
            Self::Flood(flow) => {
                if flow.rests() {
                    context.waker().wake_by_ref();
                    return Poll::Pending;
                }
                return Poll::Ready(flow.next().map(|bytes| Ok(Frame::data(bytes))));
            }
            Self::Broken(broken) => broken,
        };
        if let Some(first) = broken.first.take().filter(|first| !first.is_empty()) {
            return Poll::Ready(Some(Ok(Frame::data(first))));
        }
        if broken.ended {
            return Poll::Ready(None);
        }
        ready!(broken.pause.as_mut().poll(context));
        broken.ended = true;
        Poll::Ready(match std::mem::replace(&mut broken.end, End::Nothing) {
            End::Rest(rest) => Some(Ok(Frame::data(rest))),
            End::Break => Some(Err("the reply ends here".into())),
            End::NoError => Some(Err(h2::Error::from(h2::Reason::NO_ERROR).into())),
            End::Nothing => None,
        })
    }

    fn size_hint(&self) -> SizeHint {
        match self {
            Self::Whole(bytes) => {
                SizeHint::with_exact(bytes.as_ref().map_or(0, |bytes| bytes.len() as u64))
            }
            Self::Broken(broken) => broken
                .announced
                .map_or_else(SizeHint::default, SizeHint::with_exact),
            Self::Flood(_) => SizeHint::default(),
        }
    }
}
