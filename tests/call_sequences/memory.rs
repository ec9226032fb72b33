//! The application's memory: every pointer that is passed points into it, so that all of the
//! driver's reads and writes are valid.

use driver_harness::client::Handle;

/// Bytes of each region. All values that the driver writes or reads are shorter.
pub const REGION: usize = 1 << 20;
/// The content of memory that was never written.
const UNTOUCHED: u8 = 0xAA;
/// Maximum bytes of a returned text: 4,000 units of 16 bits.
const LONGEST_TEXT: usize = 8000;
/// Checked bytes after a buffer.
const FENCE: usize = 64;

/// Regions that outlive all handles.
pub struct Memory {
    /// Values of columns and parameters.
    pub data: Region,
    /// Lengths and indicators of them.
    pub indicators: Region,
    /// Status arrays and counts.
    pub statuses: Region,
    /// Offsets of bindings, which the driver only reads.
    pub offsets: Region,
    /// Buffers for returned texts.
    pub texts: Region,
    /// Places for returned numbers.
    pub words: Region,
}

pub struct Region(Vec<u64>);

impl Region {
    fn new(bytes: usize) -> Self {
        Self(vec![0; bytes / 8])
    }

    /// The address at this offset.
    pub fn at(&mut self, offset: usize) -> Handle {
        assert!(offset < self.0.len() * 8);
        // SAFETY: the place lies in the region.
        unsafe { self.0.as_mut_ptr().cast::<u8>().add(offset).cast() }
    }

    fn bytes(&mut self) -> &mut [u8] {
        let length = self.0.len() * 8;
        // SAFETY: any bytes are bytes.
        unsafe { std::slice::from_raw_parts_mut(self.0.as_mut_ptr().cast(), length) }
    }

    pub fn set(&mut self, index: usize, value: i64) {
        self.0[index] = value.cast_unsigned();
    }
}

impl Memory {
    pub fn new() -> Self {
        let mut memory = Self {
            data: Region::new(REGION),
            indicators: Region::new(REGION),
            statuses: Region::new(REGION),
            offsets: Region::new(4096),
            texts: Region::new(REGION),
            words: Region::new(4096),
        };
        let text = b"2026-11-23 some text, \xC3\xA4 \xE2\x82\xAC 12.5";
        memory.data.bytes()[..text.len()].copy_from_slice(text);
        for (index, value) in [0, 8, 64, 4096].into_iter().enumerate() {
            memory.offsets.set(index, value);
        }
        memory
    }

    /// Marks the text buffer, to detect later how far it was written.
    pub fn mark_text(&mut self) {
        self.texts.bytes()[..LONGEST_TEXT + FENCE].fill(UNTOUCHED);
    }

    /// Whether something was written after the text buffer's end.
    pub fn text_overrun(&mut self, bytes: usize) -> bool {
        self.texts.bytes()[bytes..bytes + FENCE]
            .iter()
            .any(|&byte| byte != UNTOUCHED)
    }
}
