//! The body of a reply while it arrives, unpacked if it is compressed with gzip.

use flate2::write::MultiGzDecoder;
use libdeflater::Decompressor;
use std::io::{Error, Write};

/// The most bytes, compressed, that are collected and then unpacked at once, which is twice as fast as unpacking
/// while they arrive. Pages are smaller. Of what is larger nobody knows how large it becomes.
const AT_ONCE: usize = 2 << 20;
/// A byte of gzip stands for no more bytes than these.
const MOST_FOR_A_BYTE: usize = 1032;

/// Why a body cannot be used.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Failure {
    TooLarge,
    /// It is not compressed as its header says.
    Damaged,
}

pub(super) struct Body {
    bytes: Vec<u8>,
    is_packed: bool,
    /// Unpacks what arrives. Then `bytes` is empty.
    unpacking: Option<MultiGzDecoder<Room>>,
    /// The largest body, unpacked.
    most: usize,
}

impl Body {
    pub(super) fn new(is_packed: bool, capacity: usize, most: usize) -> Self {
        Self {
            bytes: Vec::with_capacity(capacity.min(most)),
            is_packed,
            unpacking: None,
            most,
        }
    }

    /// Adds bytes as they came.
    pub(super) fn push(&mut self, bytes: &[u8]) -> Result<(), Failure> {
        if let Some(unpacking) = &mut self.unpacking {
            return unpack(unpacking, bytes);
        }
        let most = match self.is_packed {
            true => AT_ONCE,
            false => self.most,
        };
        if bytes.len() <= most - self.bytes.len() {
            self.bytes.extend_from_slice(bytes);
            return Ok(());
        }
        if !self.is_packed {
            return Err(Failure::TooLarge);
        }
        let mut unpacking = self.unpacking();
        unpack(&mut unpacking, &std::mem::take(&mut self.bytes))?;
        unpack(&mut unpacking, bytes)?;
        self.unpacking = Some(unpacking);
        Ok(())
    }

    /// The whole body, unpacked.
    pub(super) fn finish(mut self) -> Result<Vec<u8>, Failure> {
        let mut unpacking = match self.unpacking.take() {
            Some(unpacking) => unpacking,
            None if !self.is_packed || self.bytes.is_empty() => return Ok(self.bytes),
            None => {
                if let Some(unpacked) = at_once(&self.bytes, self.most) {
                    return Ok(unpacked);
                }
                let mut unpacking = self.unpacking();
                unpack(&mut unpacking, &self.bytes)?;
                unpacking
            }
        };
        let end = unpacking.try_finish();
        end.map_err(|_| unpacking.get_ref().failure())?;
        Ok(std::mem::take(&mut unpacking.get_mut().bytes))
    }

    fn unpacking(&self) -> MultiGzDecoder<Room> {
        MultiGzDecoder::new(Room {
            bytes: Vec::new(),
            most: self.most,
            is_exceeded: false,
        })
    }
}

/// The body if it is one piece, as from every usual server; `None` says nothing about it.
fn at_once(packed: &[u8], most: usize) -> Option<Vec<u8>> {
    let (rest, length) = packed.split_last_chunk()?;
    let (_, checksum) = rest.split_last_chunk()?;
    let length = u32::from_le_bytes(*length) as usize;
    if length > most || length > packed.len().saturating_mul(MOST_FOR_A_BYTE) {
        return None;
    }
    let mut unpacked = vec![0; length];
    let written = Decompressor::new()
        .gzip_decompress(packed, &mut unpacked)
        .ok()?;
    // The library stops after the first piece. A last piece with the same content is no end of any JSON.
    let is_whole =
        written == length && libdeflater::crc32(&unpacked) == u32::from_le_bytes(*checksum);
    is_whole.then_some(unpacked)
}

fn unpack(unpacking: &mut MultiGzDecoder<Room>, bytes: &[u8]) -> Result<(), Failure> {
    let written = unpacking.write_all(bytes);
    written.map_err(|_| unpacking.get_ref().failure())
}

/// Takes no more bytes than there is room for.
struct Room {
    bytes: Vec<u8>,
    most: usize,
    is_exceeded: bool,
}

impl Room {
    /// Why unpacking has failed.
    fn failure(&self) -> Failure {
        match self.is_exceeded {
            true => Failure::TooLarge,
            false => Failure::Damaged,
        }
    }
}

impl Write for Room {
    fn write(&mut self, bytes: &[u8]) -> Result<usize, Error> {
        if bytes.len() > self.most - self.bytes.len() {
            self.is_exceeded = true;
            return Err(Error::other("too large"));
        }
        self.bytes.extend_from_slice(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> Result<(), Error> {
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use flate2::Compression;
    use flate2::write::GzEncoder;
    use proptest::prelude::*;

    const MOST: usize = 100_000;

    fn packed(bytes: &[u8]) -> Vec<u8> {
        let mut packer = GzEncoder::new(Vec::new(), Compression::fast());
        packer.write_all(bytes).expect("memory");
        packer.finish().expect("memory")
    }

    /// The outcome of a packed body that comes in pieces of this size.
    fn unpacked_with(packed: &[u8], piece: usize, most: usize) -> Result<Vec<u8>, Failure> {
        let mut body = Body::new(true, 0, most);
        for piece in packed.chunks(piece) {
            body.push(piece)?;
        }
        body.finish()
    }

    fn unpacked(packed: &[u8]) -> Result<Vec<u8>, Failure> {
        unpacked_with(packed, 1_000, MOST)
    }

    /// Bytes that cannot be compressed.
    fn noise(length: usize) -> Vec<u8> {
        let mut state = 1_u32;
        let next = |_| {
            state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
            (state >> 24) as u8
        };
        (0..length).map(next).collect()
    }

    #[test]
    fn pieces_follow_each_other() {
        let pieces = [packed(b"one, "), packed(b"two, "), packed(b"")].concat();
        assert_eq!(unpacked(&pieces).as_deref(), Ok(&b"one, two, "[..]));
        let pieces = [packed(b"some text"), packed(b"more text")].concat();
        assert_eq!(unpacked(&pieces).as_deref(), Ok(&b"some textmore text"[..]));
        assert_eq!(unpacked(b"").as_deref(), Ok(&b""[..]));
        assert_eq!(unpacked(&packed(b"")).as_deref(), Ok(&b""[..]));
    }

    #[test]
    fn what_is_not_packed_or_not_whole_is_damaged() {
        let whole = packed(br#"{"value":[]}"#);
        for end in 1..whole.len() {
            assert_eq!(unpacked(&whole[..end]), Err(Failure::Damaged), "{end}");
        }
        for bytes in [
            br#"{"value":[]}"#.to_vec(),
            [&whole, &b"rest of something else"[..]].concat(),
            [&whole, &whole[..9]].concat(),
        ] {
            assert_eq!(unpacked(&bytes), Err(Failure::Damaged), "{bytes:?}");
        }
        let mut wrong = whole.clone();
        let checksum = whole.len() - 8;
        wrong[checksum] ^= 1;
        assert_eq!(unpacked(&wrong), Err(Failure::Damaged));
    }

    #[test]
    fn the_limit_is_that_of_the_unpacked_bytes() {
        for (length, expected) in [(MOST, None), (MOST + 1, Some(Failure::TooLarge))] {
            for bytes in [vec![b' '; length], noise(length)] {
                let outcome = unpacked(&packed(&bytes));
                assert_eq!(outcome.as_ref().err(), expected.as_ref(), "{length}");
            }
            let half = packed(&vec![b' '; length - MOST / 2]);
            let halves = [packed(&vec![b' '; MOST / 2]), half].concat();
            assert_eq!(unpacked(&halves).err(), expected, "{length}");
            let mut plain = Body::new(false, length, MOST);
            let pushed = plain.push(&vec![b' '; length]);
            assert_eq!(pushed.err(), expected, "{length}");
        }
    }

    #[test]
    fn large_bodies_are_unpacked_while_they_come() {
        let bytes = noise(2 * AT_ONCE);
        let packed = packed(&bytes);
        assert!(packed.len() > AT_ONCE);
        let outcome = unpacked_with(&packed, 100_000, bytes.len());
        assert!(outcome == Ok(bytes.clone()), "other bytes came");
        for cut in [AT_ONCE + 1, packed.len() - 1] {
            let outcome = unpacked_with(&packed[..cut], 100_000, bytes.len());
            assert_eq!(outcome.err(), Some(Failure::Damaged), "{cut}");
        }
        let mut body = Body::new(true, 0, AT_ONCE);
        let pushed = packed
            .chunks(100_000)
            .try_for_each(|piece| body.push(piece));
        assert_eq!(pushed, Err(Failure::TooLarge));
    }

    proptest! {
        #[test]
        fn any_bytes_come_back(bytes in prop::collection::vec(any::<u8>(), 0..2_000), piece in 1_usize..500) {
            let outcome = unpacked_with(&packed(&bytes), piece, bytes.len());
            prop_assert_eq!(outcome, Ok(bytes));
        }

        #[test]
        fn no_bytes_make_it_panic(bytes in prop::collection::vec(any::<u8>(), 0..60)) {
            let _ = unpacked(&[b"\x1f\x8b\x08", &bytes[..]].concat());
        }
    }
}
