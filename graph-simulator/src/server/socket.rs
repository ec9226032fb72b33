//! A connection, and replies that break off.

use bytes::Bytes;
use hyper::body::{Body, Frame, SizeHint};
use hyper::rt::{Read, ReadBufCursor, Write};
use std::io;
use std::pin::Pin;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::task::{Context, Poll, ready};
use std::time::Duration;
use tokio::io::{AsyncRead, AsyncWrite, ReadBuf};
use tokio::net::TcpStream;
use tokio::time::Sleep;

/// A connection that can end with a reset instead of in order.
pub struct Socket {
    stream: TcpStream,
    reset: Arc<AtomicBool>,
}

impl Socket {
    pub fn new(stream: TcpStream, reset: Arc<AtomicBool>) -> Self {
        Self { stream, reset }
    }
}

impl Drop for Socket {
    fn drop(&mut self) {
        if self.reset.load(Ordering::SeqCst) {
            let _ = self.stream.set_zero_linger();
        }
    }
}

impl Read for Socket {
    fn poll_read(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
        mut cursor: ReadBufCursor<'_>,
    ) -> Poll<io::Result<()>> {
        // Requests are small, so that a copy costs nothing that could be noticed.
        let mut bytes = [0; 4096];
        let room = cursor.remaining().min(bytes.len());
        let mut buffer = ReadBuf::new(&mut bytes[..room]);
        ready!(Pin::new(&mut self.stream).poll_read(context, &mut buffer))?;
        cursor.put_slice(buffer.filled());
        Poll::Ready(Ok(()))
    }
}

impl Write for Socket {
    fn poll_write(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
        bytes: &[u8],
    ) -> Poll<io::Result<usize>> {
        Pin::new(&mut self.stream).poll_write(context, bytes)
    }

    fn poll_flush(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.stream).poll_flush(context)
    }

    fn poll_shutdown(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.stream).poll_shutdown(context)
    }

    fn is_write_vectored(&self) -> bool {
        self.stream.is_write_vectored()
    }

    fn poll_write_vectored(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
        slices: &[io::IoSlice<'_>],
    ) -> Poll<io::Result<usize>> {
        Pin::new(&mut self.stream).poll_write_vectored(context, slices)
    }
}

/// A body whose length is announced, and which may pause or end before it is whole.
pub struct Broken {
    announced: u64,
    first: Option<Bytes>,
    pause: Pin<Box<Sleep>>,
    /// What comes after the pause; `None` breaks the connection.
    rest: Option<Bytes>,
    ended: bool,
}

impl Broken {
    /// Half of the body, and no more.
    pub fn cut(body: &Bytes) -> Self {
        // Long enough for the first half to leave.
        Self::new(body, Duration::from_millis(5), None)
    }

    /// Half of the body, and the rest after a while.
    pub fn stalled(body: &Bytes, pause: Duration) -> Self {
        Self::new(body, pause, Some(body.slice(body.len() / 2..)))
    }

    fn new(body: &Bytes, pause: Duration, rest: Option<Bytes>) -> Self {
        Self {
            announced: body.len() as u64,
            first: Some(body.slice(..body.len() / 2)),
            pause: Box::pin(tokio::time::sleep(pause)),
            rest,
            ended: false,
        }
    }
}

/// The body of a reply.
pub enum Outgoing {
    Whole(Option<Bytes>),
    Broken(Broken),
}

impl Body for Outgoing {
    type Data = Bytes;
    type Error = io::Error;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, io::Error>>> {
        let broken = match &mut *self {
            Self::Whole(bytes) => {
                return Poll::Ready(bytes.take().map(|bytes| Ok(Frame::data(bytes))));
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
        Poll::Ready(Some(match broken.rest.take() {
            Some(rest) => Ok(Frame::data(rest)),
            None => Err(io::Error::other("the reply ends here")),
        }))
    }

    fn size_hint(&self) -> SizeHint {
        SizeHint::with_exact(match self {
            Self::Whole(bytes) => bytes.as_ref().map_or(0, |bytes| bytes.len() as u64),
            Self::Broken(broken) => broken.announced,
        })
    }
}
