//! Attributes of environments, connections and statements: the functions that set and get them.

pub mod connection;
pub mod environment;
pub mod statement;

use crate::odbc::attributes::Width;
use crate::odbc::diagnostics::{Error, sqlstate};
use crate::odbc::memory::AppMemory;
use crate::odbc::text::{Encoding, LengthWord, TextIn, TextOut, Written};

/// The value that an attribute is set to.
#[derive(Clone, Copy, Debug)]
pub struct AttributeIn {
    /// The pointer argument as an integer.
    pub value: usize,
    /// The same argument where the attribute is text.
    pub text: TextIn,
}

/// Where an attribute's value goes.
#[derive(Clone, Copy, Debug)]
pub struct AttributeOut {
    pub text: TextOut,
}

impl AttributeOut {
    #[cfg(test)]
    pub const fn at(&self) -> crate::odbc::memory::AppPtr {
        self.text.at
    }

    /// Writes an integer, and its size if the length is requested.
    pub fn integer(&self, memory: &impl AppMemory, width: Width, value: usize) {
        match width {
            Width::Integer => memory.write_u32(self.text.at, value as u32),
            Width::ULen => memory.write_ulen(self.text.at, value),
        }
        let size = match width {
            Width::Integer => 4,
            Width::ULen => size_of::<usize>(),
        };
        match self.text.length_word {
            LengthWord::Short => memory.write_i16(self.text.length_at, size as i16),
            LengthWord::Integer => memory.write_i32(self.text.length_at, size as i32),
        }
    }

    /// Writes text; returns the warning to post if it was cut.
    pub fn text(
        &self,
        memory: &impl AppMemory,
        encoding: Encoding,
        text: &str,
    ) -> Result<Option<Error>, Error> {
        match self.text.write(memory, encoding, text)? {
            Written::Whole => Ok(None),
            Written::Truncated => Ok(Some(Error::of(sqlstate::S01004))),
        }
    }
}
