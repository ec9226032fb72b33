//! Parameters: the addresses of their values in the application's memory, and the sets that were
//! read.

use crate::odbc::constants::{c_type, indicator, sql_type};
use crate::odbc::conversion::{self, ParameterType, Refinement, Target};
use crate::odbc::diagnostics::{Error, sqlstate};
use crate::odbc::memory::{AppMemory, AppPtr};
use crate::odbc::state::descriptor::facts::View;
use crate::odbc::state::descriptor::{Descriptor, Record};
use crate::odbc::text::{Encoding, read_terminated};
use exchange_sql::{Value, Zone};

/// One set of parameter values.
#[derive(Clone, Debug)]
pub struct ParameterSet {
    /// Its place in the application's array, from 0.
    pub number: usize,
    pub state: SetState,
    pub values: Vec<Value>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SetState {
    Ready,
    /// A value could not be converted; the record is posted.
    Failed,
    /// `SQL_PARAM_IGNORE`
    Ignored,
}

impl ParameterSet {
    /// The set of a statement whose parameters begin at `first`.
    pub fn part(&self, first: usize, count: usize) -> Self {
        let values = self.values[first..first + count].to_vec();
        Self {
            number: self.number,
            state: self.state,
            values,
        }
    }
}

/// The address of a parameter's values, bind offset included, and their conversion.
#[derive(Clone, Copy, Debug)]
pub struct BoundParameter {
    c_type: Target,
    declared: ParameterType,
    data: AppPtr,
    indicator: AppPtr,
    octet_length_ptr: AppPtr,
    /// Length of the application's buffer.
    octet_length: usize,
    data_stride: usize,
    word_stride: usize,
}

/// The meaning of a length or indicator word.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Word {
    Null,
    AtExecution,
    Terminated,
    Length(usize),
}

impl BoundParameter {
    /// The first `count` parameters; 07002 if one is not bound.
    pub fn all(
        apd: &Descriptor,
        ipd: &Descriptor,
        count: usize,
        view: View,
        memory: &impl AppMemory,
    ) -> Result<Vec<BoundParameter>, Error> {
        if apd.count() < count {
            return Err(Error::new(
                sqlstate::S07002,
                format!(
                    "The statement has {count} parameter markers, but {} are bound",
                    apd.count()
                ),
            ));
        }
        let offset = match apd.bind_offset_ptr.is_null() {
            true => 0,
            false => memory.read_len(apd.bind_offset_ptr),
        };
        (1..=count)
            .map(|number| Self::new(apd, ipd, number, offset, view))
            .collect()
    }

    fn new(
        apd: &Descriptor,
        ipd: &Descriptor,
        number: usize,
        offset: isize,
        view: View,
    ) -> Result<Self, Error> {
        let unbound = || {
            Error::new(sqlstate::S07002, format!("Parameter {number} is not bound"))
                .at(0, number as i32)
        };
        let buffer = apd
            .record(number)
            .filter(|record| record.is_bound())
            .ok_or_else(unbound)?;
        let parameter = ipd.record(number).ok_or_else(unbound)?;
        let c_type = c_type(buffer, parameter, view.encoding)?;
        let octet_length = buffer.octet_length.max(0) as usize;
        let (data_stride, word_stride) = match apd.bind_type {
            0 => (c_type.size().unwrap_or(octet_length), size_of::<isize>()),
            row => (row, row),
        };
        Ok(Self {
            c_type,
            declared: declared(parameter, view.zone),
            data: buffer.data_ptr.offset(offset),
            indicator: buffer.indicator_ptr.offset(offset),
            octet_length_ptr: buffer.octet_length_ptr.offset(offset),
            octet_length,
            data_stride,
            word_stride,
        })
    }

    pub fn word(&self, set: usize, memory: &impl AppMemory) -> Result<Word, Error> {
        let at = |pointer: AppPtr| pointer.plus(set * self.word_stride);
        if !self.indicator.is_null() && memory.read_len(at(self.indicator)) == indicator::NULL_DATA
        {
            return Ok(Word::Null);
        }
        if self.octet_length_ptr.is_null() {
            return Ok(match self.c_type {
                Target::Binary => Word::Length(self.octet_length),
                _ => Word::Terminated,
            });
        }
        match memory.read_len(at(self.octet_length_ptr)) {
            indicator::NULL_DATA => Ok(Word::Null),
            indicator::NTS => Ok(Word::Terminated),
            indicator::DATA_AT_EXEC => Ok(Word::AtExecution),
            indicator::DEFAULT_PARAM => Err(Error::of(sqlstate::S07S01)),
            length if length <= indicator::LEN_DATA_AT_EXEC_OFFSET => Ok(Word::AtExecution),
            // A value of a fixed size ignores the length.
            _ if self.is_fixed() => Ok(Word::Terminated),
            length if length < 0 => Err(Error::of(sqlstate::HY090)),
            length => Ok(Word::Length(length as usize)),
        }
    }

    /// The address of one set's value, which `SQLParamData` returns to the application.
    pub fn address(&self, set: usize) -> AppPtr {
        match self.data.is_null() {
            true => AppPtr::NULL,
            false => self.data.plus(set * self.data_stride),
        }
    }

    /// Whether the value is fixed in size, so that it cannot come in pieces.
    pub fn is_fixed(&self) -> bool {
        self.c_type.size().is_some()
    }

    pub fn fixed_size(&self) -> usize {
        self.c_type.size().unwrap_or(0)
    }

    /// Bytes of a terminator, if the value may have one.
    pub fn unit(&self) -> Option<usize> {
        match self.c_type {
            Target::Text(form) => Some(form.unit()),
            _ => None,
        }
    }

    /// Reads one set's value from its buffer.
    pub fn read(&self, set: usize, word: Word, memory: &impl AppMemory) -> Result<Value, Error> {
        let at = self.address(set);
        let bytes = match (self.c_type.size(), word) {
            (None, Word::Length(0)) => Vec::new(),
            _ if at.is_null() => return Err(Error::of(sqlstate::HY009)),
            (Some(size), _) => memory.read_vec(at, size),
            (None, Word::Length(length)) => memory.read_vec(at, length),
            (None, _) => {
                let unit = self.unit().ok_or_else(|| Error::of(sqlstate::HY090))?;
                read_terminated(memory, at, unit)
            }
        };
        self.value(&bytes)
    }

    /// The engine's value for the application's bytes.
    pub fn value(&self, bytes: &[u8]) -> Result<Value, Error> {
        Ok(conversion::to_value(self.c_type, self.declared, bytes)?)
    }
}

fn c_type(buffer: &Record, parameter: &Record, encoding: Encoding) -> Result<Target, Error> {
    let concise = match buffer.concise_type {
        c_type::DEFAULT => conversion::default_c_type(parameter.concise_type),
        concise => concise,
    };
    let refinement = Refinement {
        precision: buffer.precision,
        scale: buffer.scale,
        leading_precision: buffer.datetime_interval_precision,
    };
    Target::new(concise, refinement, encoding).ok_or_else(|| Error::of(sqlstate::HY003))
}

fn declared(parameter: &Record, zone: Zone) -> ParameterType {
    let (column_size, decimal_digits) = match parameter.concise_type {
        sql_type::NUMERIC | sql_type::DECIMAL => {
            (parameter.precision.max(0) as usize, parameter.scale)
        }
        _ => (parameter.length, parameter.precision),
    };
    ParameterType {
        sql_type: parameter.concise_type,
        column_size,
        decimal_digits,
        zone,
    }
}

/// An error of one value, with the application's numbers of set and parameter.
pub fn located(error: Error, set: usize, parameter: usize) -> Error {
    error.at(set as u64 + 1, parameter as i32 + 1)
}
