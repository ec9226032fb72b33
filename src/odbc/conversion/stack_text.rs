//! Short ASCII text, put together without an allocation.

use std::fmt;

/// Longer than any number or moment: 64 characters.
pub struct StackText {
    bytes: [u8; 64],
    length: usize,
}

impl Default for StackText {
    fn default() -> Self {
        Self {
            bytes: [0; 64],
            length: 0,
        }
    }
}

impl StackText {
    pub fn as_str(&self) -> &str {
        std::str::from_utf8(&self.bytes[..self.length]).unwrap_or_default()
    }

    /// Appends an ASCII character.
    #[inline]
    pub fn push(&mut self, character: u8) {
        self.bytes[self.length] = character;
        self.length += 1;
    }

    /// Appends a number's last `width` digits.
    #[inline]
    pub fn push_digits(&mut self, mut value: u32, width: usize) {
        for digit in self.bytes[self.length..self.length + width]
            .iter_mut()
            .rev()
        {
            *digit = b'0' + (value % 10) as u8;
            value /= 10;
        }
        self.length += width;
    }

    /// Appends a number.
    #[inline]
    pub fn push_integer(&mut self, value: i64) {
        const LONGEST: usize = 20;
        let mut digits = [0; LONGEST];
        let mut at = LONGEST;
        let mut rest = value.unsigned_abs();
        loop {
            at -= 1;
            digits[at] = b'0' + (rest % 10) as u8;
            rest /= 10;
            if rest == 0 {
                break;
            }
        }
        if value < 0 {
            self.push(b'-');
        }
        let count = LONGEST - at;
        self.bytes[self.length..self.length + count].copy_from_slice(&digits[at..]);
        self.length += count;
    }
}

impl fmt::Write for StackText {
    fn write_str(&mut self, text: &str) -> fmt::Result {
        let end = self.length + text.len();
        let room = self.bytes.get_mut(self.length..end).ok_or(fmt::Error)?;
        room.copy_from_slice(text.as_bytes());
        self.length = end;
        Ok(())
    }
}
