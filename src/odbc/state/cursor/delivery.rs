//! Delivers a cursor's rows into the application's buffers.

use super::binding::Bindings;
use super::chosen::{Choice, Chosen};
use super::row_errors::RowErrors;
use super::window::Segment;
use super::{Cursor, PartialRead, bookmark};
use crate::odbc::conversion::{ByteLen, Converter, Part, PartState};
use crate::odbc::diagnostics::{Error, sqlstate};
use crate::odbc::memory::AppMemory;
use crate::odbc::state::descriptor::Descriptor;
use crate::odbc::state::descriptor::facts::View;
use std::mem;
use std::ops::Range;

impl Cursor {
    /// The bindings of the last fetch, if nothing was bound since.
    pub fn take_bindings(
        &mut self,
        ard: &Descriptor,
        view: View,
        max_length: usize,
    ) -> Result<Bindings, Error> {
        match mem::take(&mut self.bindings) {
            Some(bindings) if bindings.fits(ard, max_length) => Ok(bindings),
            _ => Bindings::new(ard, &self.columns, self.bookmarks, view, max_length),
        }
    }

    /// Keeps them for the next fetch.
    pub fn keep_bindings(&mut self, bindings: Bindings) {
        self.bindings = Some(bindings);
    }

    /// Converts rows of the rowset into the bound buffers.
    pub fn deliver(
        &self,
        rows: Range<usize>,
        bindings: &mut Bindings,
        ard: &Descriptor,
        memory: &impl AppMemory,
        errors: &mut RowErrors,
    ) {
        let offset = ard.bind_offset(memory);
        bindings.write_bookmarks(self.in_result(&rows), rows.start, offset, memory, errors);
        for segment in self.segments(rows) {
            bindings.write(&segment, offset, memory, errors);
        }
    }

    /// Converts a row of the result into the buffers of a row of the rowset.
    pub fn deliver_row(
        &mut self,
        found: u64,
        row: usize,
        bindings: &mut Bindings,
        offset: isize,
        memory: &impl AppMemory,
        errors: &mut RowErrors,
    ) -> Result<(), Error> {
        self.window.require(found..found + 1)?;
        for segment in self.window.segments(found..found + 1) {
            bindings.write(&Segment { at: row, ..segment }, offset, memory, errors);
        }
        Ok(())
    }

    /// The conversion that was chosen last for a column, 0 included, if it was for the same choice.
    #[inline]
    pub fn take_chosen(&mut self, column: usize, choice: Choice) -> Option<Box<Chosen>> {
        let chosen = self.chosen.get_mut(column)?.take();
        chosen.filter(|chosen| chosen.choice == choice)
    }

    /// Keeps it for the next row.
    #[inline]
    pub fn keep_chosen(&mut self, column: usize, chosen: Box<Chosen>) {
        if self.chosen.is_empty() {
            self.chosen.resize_with(self.columns.len() + 1, || None);
        }
        if let Some(place) = self.chosen.get_mut(column) {
            *place = Some(chosen);
        }
    }

    /// Delivers the next part of a value. A null that was not delivered can be read again.
    pub fn next_part<T>(
        &mut self,
        row: u64,
        column: usize,
        converter: &Converter,
        capacity: ByteLen,
        take: impl FnOnce(Part<'_>) -> Result<T, Error>,
    ) -> Result<T, Error> {
        let bookmark;
        let (array, row) = match column.checked_sub(1) {
            Some(index) => {
                let (records, row) = self
                    .window
                    .locate(row)
                    .ok_or_else(|| Error::of(sqlstate::S24000))?;
                (records.column(index), row)
            }
            None => {
                bookmark = bookmark::array(converter.column_type(), row..row + 1);
                (&bookmark, 0)
            }
        };
        let partial = match &mut self.partial {
            Some(partial) if partial.column == column => partial,
            Some(partial) => {
                partial.column = column;
                partial.state.restart();
                partial
            }
            other => other.insert(PartialRead {
                column,
                state: PartState::default(),
            }),
        };
        let state = &mut partial.state;
        let part = converter.part(array.as_ref(), row, capacity, state, &mut self.scratch)?;
        let is_null = matches!(part, Part::Null);
        let taken = take(part);
        if is_null && taken.is_err() {
            partial.state = PartState::default();
        }
        taken
    }
}
