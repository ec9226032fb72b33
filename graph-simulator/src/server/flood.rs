//! Replies that are too large, generated while they are sent.

use bytes::Bytes;
use flate2::Compression;
use flate2::write::GzEncoder;
use serde::{Deserialize, Serialize};
use std::io::Write;

/// The content of a reply.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum Flood {
    /// White space between two tokens.
    Space,
    /// Rows with an id each, the same one.
    Rows,
    /// One text.
    Text,
    /// A web page.
    Page,
}

/// Generated at once.
const BLOCK: usize = 1 << 20;

/// The bytes of such a reply, block by block.
pub struct Flow {
    block: Bytes,
    start: Option<Bytes>,
    end: Option<Bytes>,
    left: u64,
    packer: Option<GzEncoder<Vec<u8>>>,
    has_rested: bool,
}

impl Flood {
    pub fn content_type(self) -> &'static str {
        match self {
            Self::Page => "text/html",
            _ => "application/json",
        }
    }

    fn parts(self) -> (&'static str, &'static str, &'static str) {
        match self {
            Self::Space => ("{\"value\":[", "    ", "]}"),
            Self::Rows => ("{\"value\":[{\"id\":\"a\"}", ",{\"id\":\"a\"}", "]}"),
            Self::Text => ("{\"value\":[{\"id\":\"", "AAAA", "\"}]}"),
            Self::Page => ("<html>", "<br>", "</html>"),
        }
    }
}

impl Flow {
    pub fn new(of: Flood, bytes: u64, gzip: bool) -> Self {
        let (start, middle, end) = of.parts();
        Self {
            block: Bytes::from(middle.repeat(BLOCK / middle.len())),
            start: Some(Bytes::from_static(start.as_bytes())),
            end: Some(Bytes::from_static(end.as_bytes())),
            left: bytes,
            packer: gzip.then(|| GzEncoder::new(Vec::new(), Compression::fast())),
            has_rested: false,
        }
    }

    pub fn is_packed(&self) -> bool {
        self.packer.is_some()
    }

    /// Whether other tasks have to run before the next bytes: the generated ones have to be sent,
    /// perhaps by the same thread.
    pub fn rests(&mut self) -> bool {
        self.has_rested = !self.has_rested;
        self.has_rested
    }

    fn plain(&mut self) -> Option<Bytes> {
        if let Some(start) = self.start.take() {
            return Some(start);
        }
        match self.left {
            0 => self.end.take(),
            left => {
                self.left = left.saturating_sub(self.block.len() as u64);
                Some(self.block.clone())
            }
        }
    }

    /// The next bytes to send.
    pub fn next(&mut self) -> Option<Bytes> {
        loop {
            let plain = self.plain();
            let Some(packer) = &mut self.packer else {
                return plain;
            };
            match plain {
                Some(plain) => {
                    packer.write_all(&plain).ok()?;
                    packer.flush().ok()?;
                    let packed = std::mem::take(packer.get_mut());
                    if !packed.is_empty() {
                        return Some(Bytes::from(packed));
                    }
                }
                None => {
                    let rest = self.packer.take()?.finish().ok()?;
                    self.start = None;
                    return Some(Bytes::from(rest)).filter(|rest| !rest.is_empty());
                }
            }
        }
    }
}
