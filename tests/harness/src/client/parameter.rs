//! Parameters of statements.

use super::constants as c;
use super::diagnostic::Result;
use super::statement::Statement;

/// A parameter's value.
#[derive(Clone, Debug, PartialEq)]
pub enum Parameter {
    Null,
    Bit(bool),
    Integer(i64),
    Double(f64),
    Text(String),
    Binary(Vec<u8>),
    Timestamp {
        year: i16,
        month: u16,
        day: u16,
        hour: u16,
        minute: u16,
        second: u16,
        fraction: u32,
    },
}

impl From<i64> for Parameter {
    fn from(value: i64) -> Self {
        Parameter::Integer(value)
    }
}

impl From<f64> for Parameter {
    fn from(value: f64) -> Self {
        Parameter::Double(value)
    }
}

impl From<bool> for Parameter {
    fn from(value: bool) -> Self {
        Parameter::Bit(value)
    }
}

impl From<&str> for Parameter {
    fn from(value: &str) -> Self {
        Parameter::Text(value.to_owned())
    }
}

impl<T: Into<Parameter>> From<Option<T>> for Parameter {
    fn from(value: Option<T>) -> Self {
        value.map_or(Parameter::Null, Into::into)
    }
}

/// A value that is bound: its memory stays where it is.
pub struct Bound {
    bytes: Box<[u8]>,
    indicator: Box<isize>,
}

impl Parameter {
    fn c_type(&self) -> i16 {
        match self {
            Parameter::Null | Parameter::Text(_) => c::C_CHAR,
            Parameter::Bit(_) => c::C_BIT,
            Parameter::Integer(_) => c::C_SBIGINT,
            Parameter::Double(_) => c::C_DOUBLE,
            Parameter::Binary(_) => c::C_BINARY,
            Parameter::Timestamp { .. } => c::C_TYPE_TIMESTAMP,
        }
    }

    fn sql_type(&self) -> i16 {
        match self {
            Parameter::Null | Parameter::Text(_) => c::VARCHAR,
            Parameter::Bit(_) => c::BIT,
            Parameter::Integer(_) => c::BIGINT,
            Parameter::Double(_) => c::DOUBLE,
            Parameter::Binary(_) => c::VARBINARY,
            Parameter::Timestamp { .. } => c::TYPE_TIMESTAMP,
        }
    }

    /// Column size and decimal digits.
    fn size(&self) -> (usize, i16) {
        match self {
            Parameter::Text(text) => (text.chars().count().max(1), 0),
            Parameter::Binary(bytes) => (bytes.len().max(1), 0),
            Parameter::Timestamp { .. } => (29, 9),
            _ => (1, 0),
        }
    }

    fn bytes(&self) -> Vec<u8> {
        match self {
            Parameter::Null => Vec::new(),
            Parameter::Bit(value) => vec![u8::from(*value)],
            Parameter::Integer(value) => value.to_ne_bytes().to_vec(),
            Parameter::Double(value) => value.to_ne_bytes().to_vec(),
            Parameter::Text(text) => text.as_bytes().to_vec(),
            Parameter::Binary(bytes) => bytes.clone(),
            Parameter::Timestamp {
                year,
                month,
                day,
                hour,
                minute,
                second,
                fraction,
            } => {
                let mut bytes = year.to_ne_bytes().to_vec();
                let rest = [month, day, hour, minute, second];
                bytes.extend(rest.into_iter().flat_map(|field| field.to_ne_bytes()));
                bytes.extend(fraction.to_ne_bytes());
                bytes
            }
        }
    }

    fn bound(&self) -> Bound {
        let mut bytes = self.bytes();
        let indicator = match self {
            Parameter::Null => c::NULL_DATA,
            _ => bytes.len() as isize,
        };
        // An empty value has an address, too.
        bytes.push(0);
        Bound {
            bytes: bytes.into(),
            indicator: Box::new(indicator),
        }
    }
}

const INPUT: i16 = 1;

impl Statement {
    /// `SQLBindParameter` for each value, from the first marker on.
    pub fn bind_parameters(&mut self, parameters: &[Parameter]) -> Result<()> {
        let bound: Vec<Bound> = parameters.iter().map(Parameter::bound).collect();
        for (index, (parameter, bound)) in parameters.iter().zip(&bound).enumerate() {
            let (size, digits) = parameter.size();
            // SAFETY: the value and its indicator stay where they are until they are replaced below,
            // after the driver knows their successors, or the statement is dropped.
            self.call(|library, handle| unsafe {
                (library.SQLBindParameter)(
                    handle,
                    index as u16 + 1,
                    INPUT,
                    parameter.c_type(),
                    parameter.sql_type(),
                    size,
                    digits,
                    bound.bytes.as_ptr().cast_mut().cast(),
                    bound.bytes.len() as isize,
                    (&raw const *bound.indicator).cast_mut(),
                )
            })?;
        }
        // Parameters that were bound beyond these keep their memory.
        let beyond = self
            .parameters
            .split_off(bound.len().min(self.parameters.len()));
        self.parameters = bound;
        self.parameters.extend(beyond);
        Ok(())
    }
}
