//! Descriptions of a result's columns and a statement's parameters.

use super::diagnostic::Result;
use super::statement::Statement;
use super::text::from_utf16;
use std::ptr;

/// A column as `SQLDescribeCol` describes it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Column {
    pub name: String,
    pub sql_type: i16,
    pub size: usize,
    pub decimal_digits: i16,
    /// `SQL_NO_NULLS` 0, `SQL_NULLABLE` 1, unknown 2.
    pub nullable: i16,
}

impl Statement {
    /// `SQLNumResultCols`
    pub fn column_count(&mut self) -> Result<u16> {
        let mut count = 0_i16;
        // SAFETY: one word is written.
        self.call(|library, handle| unsafe { (library.SQLNumResultCols)(handle, &raw mut count) })?;
        Ok(count
            .try_into()
            .expect("a number of columns is not negative"))
    }

    /// `SQLDescribeCol` of every column.
    pub fn columns(&mut self) -> Result<Vec<Column>> {
        (1..=self.column_count()?)
            .map(|number| self.column(number))
            .collect()
    }

    /// `SQLDescribeCol`
    pub fn column(&mut self, number: u16) -> Result<Column> {
        let mut name = [0_u16; 512];
        let (mut length, mut sql_type, mut decimal_digits, mut nullable) = (0, 0, 0, 0);
        let mut size = 0;
        // SAFETY: the buffer has the size that is given, and every word its type.
        self.call(|library, handle| unsafe {
            (library.SQLDescribeColW)(
                handle,
                number,
                name.as_mut_ptr(),
                name.len() as i16,
                &raw mut length,
                &raw mut sql_type,
                &raw mut size,
                &raw mut decimal_digits,
                &raw mut nullable,
            )
        })?;
        let name = from_utf16(&name[..length as usize]);
        Ok(Column {
            name,
            sql_type,
            size,
            decimal_digits,
            nullable,
        })
    }

    /// `SQLColAttribute`, a text.
    pub fn column_text(&mut self, number: u16, field: u16) -> Result<String> {
        let mut text = [0_u16; 1024];
        let mut length = 0;
        // SAFETY: the buffer has the size in bytes that is given.
        self.call(|library, handle| unsafe {
            let (at, size) = (text.as_mut_ptr().cast(), size_of_val(&text) as i16);
            let none = ptr::null_mut();
            (library.SQLColAttributeW)(handle, number, field, at, size, &raw mut length, none)
        })?;
        Ok(from_utf16(&text[..length as usize / 2]))
    }

    /// `SQLColAttribute`, a number.
    pub fn column_number(&mut self, number: u16, field: u16) -> Result<isize> {
        let mut value = 0;
        let none = ptr::null_mut();
        // SAFETY: one word is written.
        self.call(|library, handle| unsafe {
            let at = &raw mut value;
            (library.SQLColAttributeW)(handle, number, field, none, 0, ptr::null_mut(), at)
        })?;
        Ok(value)
    }

    /// `SQLNumParams`
    pub fn parameter_count(&mut self) -> Result<i16> {
        let mut count = 0;
        // SAFETY: one word is written.
        self.call(|library, handle| unsafe { (library.SQLNumParams)(handle, &raw mut count) })?;
        Ok(count)
    }

    /// `SQLDescribeParam`; the name is empty.
    pub fn parameter(&mut self, number: u16) -> Result<Column> {
        let (mut sql_type, mut decimal_digits, mut nullable) = (0, 0, 0);
        let mut size = 0;
        // SAFETY: every word has its type.
        self.call(|library, handle| unsafe {
            (library.SQLDescribeParam)(
                handle,
                number,
                &raw mut sql_type,
                &raw mut size,
                &raw mut decimal_digits,
                &raw mut nullable,
            )
        })?;
        Ok(Column {
            name: String::new(),
            sql_type,
            size,
            decimal_digits,
            nullable,
        })
    }
}
