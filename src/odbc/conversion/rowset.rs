//! A bound column over the rows of a batch.

use super::bound;
use super::content::{Content, Delivery, Variable};
use super::converter::{Converter, Scratch};
use super::datum::Cells;
use super::error::ConversionError;
use super::length::{ByteLen, CharLen};
use super::number::IntegerType;
use super::target::Target;
use super::{datetime, to_c, to_text};
use crate::odbc::text::Form;
use datafusion::arrow::array::{Array, StringArray};
use std::ops::Range;

/// Receives the converted cells of a column, row by row; row 0 is the first of the range.
pub trait Sink {
    fn null(&mut self, row: usize);

    fn data(&mut self, row: usize, delivery: Delivery<'_>);

    /// The row's value could not be converted.
    fn error(&mut self, row: usize, error: ConversionError);

    /// Values of `width` bytes each for consecutive rows, from `first` on. A sink with adjacent
    /// buffers can copy them at once.
    fn run(&mut self, first: usize, width: usize, bytes: &[u8]) {
        for (row, value) in (first..).zip(bytes.chunks_exact(width)) {
            self.data(row, Delivery::fixed(value, None));
        }
    }
}

impl Converter {
    /// Converts rows of a column for bound buffers of `capacity` bytes each.
    pub fn rows<S: Sink>(
        &self,
        array: &dyn Array,
        rows: Range<usize>,
        capacity: ByteLen,
        scratch: &mut Scratch,
        sink: &mut S,
    ) {
        let cells = match Cells::new(self.column, array) {
            Ok(cells) => cells,
            Err(error) => return (0..rows.len()).for_each(|row| sink.error(row, error)),
        };
        if let Some((width, values)) = self.unchanged(cells) {
            return runs(array, rows, width, values, sink);
        }
        let Scratch { value, encoded } = scratch;
        let visit = Visit { array, rows };
        let form = self.form();
        // The most frequent pairs have loops of their own, in which the types are constants.
        match (cells, self.target) {
            (Cells::Text(texts), Target::Text(form)) if self.is_unlimited() => {
                return match form {
                    Form::Utf8 => visit.texts(texts, Form::Utf8, capacity, encoded, sink),
                    Form::CodePage(_) => visit.texts(texts, form, capacity, encoded, sink),
                    Form::Utf16 => visit.texts(texts, Form::Utf16, capacity, encoded, sink),
                    Form::Utf32 => visit.texts(texts, Form::Utf32, capacity, encoded, sink),
                };
            }
            (Cells::Timestamp(moments), Target::Timestamp) => {
                return visit.each(sink, |sink, row, at| {
                    let moment = datetime::encode_timestamp(moments.value(row))?;
                    sink.data(at, Delivery::fixed(&moment, None));
                    Ok(())
                });
            }
            (Cells::Bit(bits), Target::Bit) => {
                return visit.each(sink, |sink, row, at| {
                    sink.data(at, Delivery::fixed(&[bits.value(row).into()], None));
                    Ok(())
                });
            }
            _ => {}
        }
        if let Some(size) = self.target.size() {
            return visit.each(sink, |sink, row, at| {
                let warning = to_c::fixed(cells.get(row), self.target, self.zone, &mut value.slot)?;
                sink.data(at, Delivery::fixed(&value.slot[..size], warning));
                Ok(())
            });
        }
        match (cells, self.target) {
            (Cells::Text(_) | Cells::Binary(_) | Cells::Guid(_), _) | (_, Target::Binary) => {
                visit.each(sink, |sink, row, at| {
                    let variable = self.variable(cells.get(row), value)?;
                    sink.data(at, bound::write(variable, form, capacity, encoded)?);
                    Ok(())
                });
            }
            _ => visit.each(sink, |sink, row, at| {
                value.text.clear();
                let minimum = to_text::format(cells.get(row), self.column, &mut value.text)?;
                let text = Variable {
                    content: Content::Text(&value.text),
                    minimum,
                };
                sink.data(at, bound::write(text, form, capacity, encoded)?);
                Ok(())
            }),
        }
    }

    /// The values' own bytes, if the target has the same layout.
    fn unchanged<'a>(&self, cells: Cells<'a>) -> Option<(usize, &'a [u8])> {
        use IntegerType as I;
        let buffer = match (cells, self.target) {
            (Cells::TinyInt(array), Target::Integer(I::I8)) => array.values().inner(),
            (Cells::SmallInt(array), Target::Integer(I::I16)) => array.values().inner(),
            (Cells::Integer(array), Target::Integer(I::I32)) => array.values().inner(),
            (Cells::BigInt(array), Target::Integer(I::I64)) => array.values().inner(),
            (Cells::Real(array), Target::Float) => array.values().inner(),
            (Cells::Double(array), Target::Double) => array.values().inner(),
            _ => return None,
        };
        Some((self.target.size()?, buffer.as_slice()))
    }
}

/// Rows of an array to visit.
struct Visit<'a> {
    array: &'a dyn Array,
    rows: Range<usize>,
}

impl Visit<'_> {
    #[inline]
    fn texts<S: Sink>(
        self,
        texts: &StringArray,
        form: Form,
        capacity: ByteLen,
        encoded: &mut Vec<u8>,
        sink: &mut S,
    ) {
        self.each(sink, |sink, row, at| {
            let text = Variable {
                content: Content::Text(texts.value(row)),
                minimum: CharLen(0),
            };
            sink.data(at, bound::write(text, Some(form), capacity, encoded)?);
            Ok(())
        });
    }

    /// Calls with the sink, the row of the array and the row of the range, for each non-null value.
    #[inline]
    fn each<S: Sink>(
        self,
        sink: &mut S,
        mut deliver: impl FnMut(&mut S, usize, usize) -> Result<(), ConversionError>,
    ) {
        let nulls = self.array.nulls();
        for (at, row) in self.rows.enumerate() {
            if nulls.is_some_and(|nulls| nulls.is_null(row)) {
                sink.null(at);
            } else if let Err(error) = deliver(sink, row, at) {
                sink.error(at, error);
            }
        }
    }
}

/// Passes values unchanged, in runs between nulls.
fn runs<S: Sink>(array: &dyn Array, rows: Range<usize>, width: usize, values: &[u8], sink: &mut S) {
    let run = |from: usize, to: usize, sink: &mut S| {
        if from < to {
            sink.run(from - rows.start, width, &values[from * width..to * width]);
        }
    };
    let Some(nulls) = array.nulls().filter(|nulls| nulls.null_count() > 0) else {
        return run(rows.start, rows.end, sink);
    };
    let mut from = rows.start;
    for row in rows.clone() {
        if nulls.is_null(row) {
            run(from, row, sink);
            sink.null(row - rows.start);
            from = row + 1;
        }
    }
    run(from, rows.end, sink);
}
