//! Rows through `SQLFetch` and `SQLGetData`, as most applications read them.

use super::constants::{C_CHAR, C_WCHAR, NO_TOTAL, NULL_DATA, SUCCESS_WITH_INFO};
use super::diagnostic::Result;
use super::library::Library;
use super::statement::Statement;
use super::text::from_utf16;
use super::value::{Value, c_type};

/// A row as text; `None` is a null.
pub type Row = Vec<Option<String>>;

/// The bytes of a terminator, which only text has.
fn terminator(c_type: i16) -> usize {
    match c_type {
        C_CHAR => 1,
        C_WCHAR => 2,
        _ => 0,
    }
}

/// More bytes than a cut text leaves unused.
const UNTOUCHED: usize = 8;

impl Statement {
    /// `SQLFetch`; false at the end.
    pub fn fetch(&mut self) -> Result<bool> {
        // SAFETY: what is bound lives as long as the statement, or was bound by the caller.
        self.call_more(|library, handle| unsafe { (library.SQLFetch)(handle) })
    }

    /// The rest of the rows, each value as text (UTF-8).
    pub fn rows(&mut self) -> Result<Vec<Row>> {
        let columns = self.column_count()?;
        let mut rows = Vec::new();
        while self.fetch()? {
            let row: Result<Row> = (1..=columns).map(|column| self.text(column)).collect();
            rows.push(row?);
        }
        Ok(rows)
    }

    /// The rest of the rows, each value as UTF-16 text.
    pub fn wide_rows(&mut self) -> Result<Vec<Row>> {
        let columns = self.column_count()?;
        let mut rows = Vec::new();
        while self.fetch()? {
            let row: Result<Row> = (1..=columns).map(|column| self.wide_text(column)).collect();
            rows.push(row?);
        }
        Ok(rows)
    }

    /// The rest of the rows, each value in the C type that fits its column.
    pub fn values(&mut self) -> Result<Vec<Vec<Value>>> {
        let types: Vec<i16> = self
            .columns()?
            .iter()
            .map(|column| c_type(column.sql_type))
            .collect();
        let mut rows = Vec::new();
        while self.fetch()? {
            let mut row = Vec::with_capacity(types.len());
            for (index, c_type) in types.iter().enumerate() {
                let value = self.data(index as u16 + 1, *c_type)?;
                row.push(value.map_or(Value::Null, |bytes| Value::from_bytes(*c_type, bytes)));
            }
            rows.push(row);
        }
        Ok(rows)
    }

    /// A value of the current row as text.
    pub fn text(&mut self, column: u16) -> Result<Option<String>> {
        let bytes = self.data(column, C_CHAR)?;
        Ok(bytes.map(|bytes| {
            std::str::from_utf8(bytes)
                .expect("SQL_C_CHAR is UTF-8")
                .to_owned()
        }))
    }

    /// A value of the current row as text, read as `SQL_C_WCHAR`.
    fn wide_text(&mut self, column: u16) -> Result<Option<String>> {
        let units = |bytes: &[u8]| -> Vec<u16> {
            bytes
                .chunks_exact(2)
                .map(|unit| u16::from_ne_bytes([unit[0], unit[1]]))
                .collect()
        };
        Ok(self
            .data(column, C_WCHAR)?
            .map(|bytes| from_utf16(&units(bytes))))
    }

    /// The bytes of a value of the current row in a C type, without a terminator. Long values are
    /// read in parts.
    pub fn data(&mut self, column: u16, c_type: i16) -> Result<Option<&[u8]>> {
        let end = terminator(c_type);
        let mut kept = 0;
        loop {
            let (code, indicator) = self.get_data(column, c_type, kept)?;
            if indicator == NULL_DATA {
                return Ok(None);
            }
            assert!(
                indicator >= 0 || indicator == NO_TOTAL,
                "the indicator is {indicator}"
            );
            let room = self.buffer.len() - kept;
            let rest = usize::try_from(indicator).unwrap_or(usize::MAX);
            if rest <= room - end {
                return Ok(Some(&self.buffer[..kept + rest]));
            }
            assert_eq!(code, SUCCESS_WITH_INFO, "a cut value comes with a warning");
            let written = self.written(kept, end);
            let wanted = match indicator {
                NO_TOTAL => 2 * self.buffer.len(),
                _ => kept + rest + end,
            };
            kept += written;
            self.buffer.resize(wanted, 0);
        }
    }

    /// `SQLGetData` into the buffer from `at` on. Its warning of a cut value is not kept.
    fn get_data(&mut self, column: u16, c_type: i16, at: usize) -> Result<(i16, isize)> {
        let mut indicator = 0;
        let handle = self.handle();
        let room = &mut self.buffer[at..];
        let tail = room.len().saturating_sub(UNTOUCHED);
        room[tail..].fill(0xFF);
        // SAFETY: the buffer has the size that is given.
        let code = unsafe {
            (Library::get().SQLGetData)(
                handle,
                column,
                c_type,
                room.as_mut_ptr().cast(),
                room.len() as isize,
                &raw mut indicator,
            )
        };
        self.check(code)?;
        Ok((code, indicator))
    }

    /// The number of bytes of a cut value in the buffer from `at` on. Text is cut at a whole
    /// character, so there may be fewer than fit; the bytes after its terminator were not written.
    fn written(&self, at: usize, terminator: usize) -> usize {
        let room = &self.buffer[at..];
        if terminator == 0 {
            return room.len();
        }
        let end = room
            .iter()
            .rposition(|byte| *byte != 0xFF)
            .map_or(0, |last| last + 1);
        assert!(end >= terminator && room[end - terminator..end].iter().all(|byte| *byte == 0));
        end - terminator
    }
}
