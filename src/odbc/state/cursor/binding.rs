//! Bound columns: a converter for each, chosen once, then loops over the rowset.

use super::bookmark;
use super::row_errors::{Problem, RowErrors};
use super::window::Segment;
use crate::odbc::constants::{c_type, indicator};
use crate::odbc::conversion::{
    ByteLen, ConversionError, Converter, Delivery, Refinement, Scratch, Sink, Target,
    default_c_type,
};
use crate::odbc::diagnostics::{Error, sqlstate};
use crate::odbc::memory::{AppMemory, AppPtr};
use crate::odbc::state::descriptor::buffer::default_refinement;
use crate::odbc::state::descriptor::facts::{TypeFacts, View};
use crate::odbc::state::descriptor::{Descriptor, Record};
use datafusion::arrow::array::Array;
use exchange_sql::{Column, ColumnType};
use std::ops::Range;

/// The output of a fetch, derived from an application row descriptor.
pub struct Bindings {
    /// The descriptor's token and its version.
    made_from: (usize, u64),
    max_length: usize,
    columns: Vec<BoundColumn>,
    /// Column 0, and the type that it is converted from.
    bookmark: Option<(BoundColumn, ColumnType)>,
    scratch: Scratch,
}

/// A column's buffers.
#[derive(Clone, Copy, Debug)]
struct BoundColumn {
    /// From 1; 0 for the bookmark.
    number: usize,
    converter: Converter,
    data: AppPtr,
    indicator: AppPtr,
    octet_length: AppPtr,
    capacity: ByteLen,
    /// Distance between the values of two rows.
    data_stride: usize,
    /// Distance between the lengths or indicators of two rows.
    word_stride: usize,
}

/// Room for any value, if only its length is requested.
const UNBOUNDED: ByteLen = ByteLen(isize::MAX as usize);

impl Bindings {
    /// Chooses the converters. A buffer that cannot hold its column is an error before any row
    /// moves: 07006, or 07009 if the column does not exist.
    pub fn new(
        ard: &Descriptor,
        columns: &[Column],
        bookmarks: bool,
        view: View,
        max_length: usize,
    ) -> Result<Self, Error> {
        let bound = ard
            .records()
            .iter()
            .enumerate()
            .filter(|(_, record)| record.is_bound());
        let bound = bound.map(|(index, record)| {
            let column = columns
                .get(index)
                .ok_or_else(|| no_such_column(index, columns.len()))?;
            let converter = converter(column.column_type, record, view)
                .map_err(|error| error.at(0, index as i32 + 1))?
                .with_max_length(max_length);
            Ok(BoundColumn::new(
                index + 1,
                converter,
                record,
                ard.bind_type,
            ))
        });
        let bookmark = ard.record(0).filter(|record| record.is_bound());
        let bookmark = bookmark.map(|record| bookmark_column(record, bookmarks, ard, view));
        Ok(Self {
            made_from: (ard.token, ard.version()),
            max_length,
            columns: bound.collect::<Result<_, Error>>()?,
            bookmark: bookmark.transpose()?,
            scratch: Scratch::default(),
        })
    }

    /// Whether they still match the descriptor.
    pub fn fits(&self, ard: &Descriptor, max_length: usize) -> bool {
        self.made_from == (ard.token, ard.version()) && self.max_length == max_length
    }

    /// Writes the bookmarks of these rows of the result into the buffers, from row `at` of the
    /// rowset on, if they are bound.
    pub fn write_bookmarks(
        &mut self,
        rows: Range<u64>,
        at: usize,
        offset: isize,
        memory: &impl AppMemory,
        errors: &mut RowErrors,
    ) {
        let Some((column, column_type)) = &self.bookmark else {
            return;
        };
        let array = bookmark::array(*column_type, rows);
        let mut buffers = column.buffers(at, offset, memory, errors);
        let (rows, capacity) = (0..array.len(), column.capacity);
        column.converter.rows(
            array.as_ref(),
            rows,
            capacity,
            &mut self.scratch,
            &mut buffers,
        );
    }

    /// Whether there is a buffer for bookmarks.
    pub fn has_bookmarks(&self) -> bool {
        self.bookmark
            .as_ref()
            .is_some_and(|(column, _)| !column.data.is_null())
    }

    /// The bookmark in the buffer's row; `None` if there is no room for one.
    pub fn read_bookmark(
        &self,
        row: usize,
        offset: isize,
        memory: &impl AppMemory,
    ) -> Option<usize> {
        let (column, _) = self.bookmark.as_ref()?;
        let at = column.data.offset(offset).plus(row * column.data_stride);
        let size = column.converter.target().size();
        match size.unwrap_or(column.capacity.0) {
            4 => Some(u32::from_ne_bytes(memory.read_array(at)) as usize),
            size if size >= size_of::<usize>() => Some(usize::from_ne_bytes(memory.read_array(at))),
            _ => None,
        }
    }

    /// Converts a part of the rowset into the buffers, column by column. `offset` is added to every
    /// address (`SQL_ATTR_ROW_BIND_OFFSET_PTR`).
    pub fn write(
        &mut self,
        segment: &Segment<'_>,
        offset: isize,
        memory: &impl AppMemory,
        errors: &mut RowErrors,
    ) {
        let Self {
            columns, scratch, ..
        } = self;
        let rows = segment.first..segment.first + segment.rows;
        for column in columns {
            let array = segment.records.column(column.number - 1).as_ref();
            let mut buffers = column.buffers(segment.at, offset, memory, errors);
            column
                .converter
                .rows(array, rows.clone(), column.capacity, scratch, &mut buffers);
        }
    }
}

fn bookmark_column(
    record: &Record,
    on: bool,
    ard: &Descriptor,
    view: View,
) -> Result<(BoundColumn, ColumnType), Error> {
    let located = |error: Error| error.at(0, 0);
    bookmark::require_on(on).map_err(located)?;
    let column_type = bookmark::column_type(record.concise_type).map_err(located)?;
    let converter = converter(column_type, record, view).map_err(located)?;
    let column = BoundColumn::new(0, converter, record, ard.bind_type);
    Ok((column, column_type))
}

fn no_such_column(index: usize, columns: usize) -> Error {
    let message = format!(
        "Column {} is bound, but the result has {columns}",
        index + 1
    );
    Error::new(sqlstate::S07009, message).at(0, index as i32 + 1)
}

/// The conversion of a column to the type of a descriptor record.
pub fn converter(column: ColumnType, record: &Record, view: View) -> Result<Converter, Error> {
    let refinement = Refinement {
        precision: record.precision,
        scale: record.scale,
        leading_precision: record.datetime_interval_precision,
    };
    converter_to(column, record.concise_type, refinement, view)
}

/// The conversion of a column to a C type, which may be `SQL_C_DEFAULT`.
pub fn converter_to(
    column: ColumnType,
    concise: i16,
    refinement: Refinement,
    view: View,
) -> Result<Converter, Error> {
    let (concise, refinement) = match concise {
        c_type::DEFAULT => {
            let default = default_c_type(TypeFacts::of(column, view).concise);
            (default, default_refinement(default))
        }
        other => (other, refinement),
    };
    let target = Target::new(concise, refinement, view.encoding)
        .ok_or_else(|| Error::of(sqlstate::HY003))?;
    Ok(Converter::new(column, target)?.in_zone(view.zone))
}

impl BoundColumn {
    fn new(number: usize, converter: Converter, record: &Record, bind_type: usize) -> Self {
        let declared = record.octet_length.max(0) as usize;
        // The size of a buffer with a fixed type is that of the type, whatever length was given.
        let size = converter.target().size().unwrap_or(declared);
        let (data_stride, word_stride) = match bind_type {
            0 => (size, size_of::<isize>()),
            row => (row, row),
        };
        Self {
            number,
            converter,
            data: record.data_ptr,
            indicator: record.indicator_ptr,
            octet_length: record.octet_length_ptr,
            capacity: if record.data_ptr.is_null() {
                UNBOUNDED
            } else {
                ByteLen(declared)
            },
            data_stride,
            word_stride,
        }
    }

    fn buffers<'a, M: AppMemory>(
        &self,
        first: usize,
        offset: isize,
        memory: &'a M,
        errors: &'a mut RowErrors,
    ) -> Buffers<'a, M> {
        let at = |pointer: AppPtr, stride: usize| match pointer.is_null() {
            true => AppPtr::NULL,
            false => pointer.offset(offset).plus(first * stride),
        };
        Buffers {
            memory,
            errors,
            data: at(self.data, self.data_stride),
            indicator: at(self.indicator, self.word_stride),
            octet_length: at(self.octet_length, self.word_stride),
            data_stride: self.data_stride,
            word_stride: self.word_stride,
            first,
            column: self.number,
        }
    }
}

/// A column's buffers for the rows of a segment.
struct Buffers<'a, M> {
    memory: &'a M,
    errors: &'a mut RowErrors,
    data: AppPtr,
    indicator: AppPtr,
    octet_length: AppPtr,
    data_stride: usize,
    word_stride: usize,
    /// The segment's first row in the rowset.
    first: usize,
    column: usize,
}

impl<M: AppMemory> Buffers<'_, M> {
    /// The length of a value that is not null. A separate indicator then only says that it is not
    /// null.
    #[inline]
    fn length(&self, row: usize, length: usize) {
        let at = row * self.word_stride;
        if self.indicator != self.octet_length && !self.indicator.is_null() {
            self.memory.write_len(self.indicator.plus(at), 0);
        }
        if !self.octet_length.is_null() {
            self.memory
                .write_len(self.octet_length.plus(at), length as isize);
        }
    }

    #[cold]
    fn problem(&mut self, row: usize, problem: Problem) {
        self.errors.add(self.first + row, self.column, problem);
    }
}

impl<M: AppMemory> Sink for Buffers<'_, M> {
    #[inline]
    fn null(&mut self, row: usize) {
        if self.indicator.is_null() {
            return self.problem(row, Problem::NoIndicator);
        }
        let at = self.indicator.plus(row * self.word_stride);
        self.memory.write_len(at, indicator::NULL_DATA);
    }

    // In each loop, so that it knows the size of the values.
    #[inline(always)]
    fn data(&mut self, row: usize, delivery: Delivery<'_>) {
        if !self.data.is_null() {
            let at = self.data.plus(row * self.data_stride);
            self.memory
                .write_value(at, delivery.bytes, delivery.terminator);
            if let Some(warning) = delivery.warning {
                self.problem(row, Problem::Lost(warning));
            }
        }
        self.length(row, delivery.length.0);
    }

    #[cold]
    fn error(&mut self, row: usize, error: ConversionError) {
        self.problem(row, Problem::Failed(error));
    }

    fn run(&mut self, first: usize, width: usize, bytes: &[u8]) {
        if !self.data.is_null() {
            let at = self.data.plus(first * self.data_stride);
            if self.data_stride == width {
                self.memory.write(at, bytes);
            } else {
                for (row, value) in bytes.chunks_exact(width).enumerate() {
                    self.memory.write(at.plus(row * self.data_stride), value);
                }
            }
        }
        for row in first..first + bytes.len() / width {
            self.length(row, width);
        }
    }
}
