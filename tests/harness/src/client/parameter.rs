//! Parameters of statements.

use super::constants as c;

/// A parameter's value.
#[derive(Clone, Debug, PartialEq)]
pub enum Parameter {
    Null,
    Bit(bool),
    Integer(i64),
    Double(f64),
    Text(String),
    /// A text for another SQL type
    TextOf {
        sql_type: i16,
        text: String,
    },
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

/// A bound value with a fixed address.
pub struct Bound {
    pub(super) bytes: Box<[u8]>,
    pub(super) indicator: Box<isize>,
}

impl Parameter {
    pub(super) fn c_type(&self) -> i16 {
        match self {
            Parameter::Null | Parameter::Text(_) | Parameter::TextOf { .. } => c::C_CHAR,
            Parameter::Bit(_) => c::C_BIT,
            Parameter::Integer(_) => c::C_SBIGINT,
            Parameter::Double(_) => c::C_DOUBLE,
            Parameter::Binary(_) => c::C_BINARY,
            Parameter::Timestamp { .. } => c::C_TYPE_TIMESTAMP,
        }
    }

    pub(super) fn sql_type(&self) -> i16 {
        match self {
            Parameter::Null | Parameter::Text(_) => c::VARCHAR,
            Parameter::TextOf { sql_type, .. } => *sql_type,
            Parameter::Bit(_) => c::BIT,
            Parameter::Integer(_) => c::BIGINT,
            Parameter::Double(_) => c::DOUBLE,
            Parameter::Binary(_) => c::VARBINARY,
            Parameter::Timestamp { .. } => c::TYPE_TIMESTAMP,
        }
    }

    /// Column size and decimal digits.
    pub(super) fn size(&self) -> (usize, i16) {
        match self {
            Parameter::Text(text) => (text.chars().count().max(1), 0),
            Parameter::Binary(bytes) => (bytes.len().max(1), 0),
            Parameter::Timestamp { .. } | Parameter::TextOf { .. } => (29, 9),
            _ => (1, 0),
        }
    }

    fn bytes(&self) -> Vec<u8> {
        match self {
            Parameter::Null => Vec::new(),
            Parameter::Bit(value) => vec![u8::from(*value)],
            Parameter::Integer(value) => value.to_ne_bytes().to_vec(),
            Parameter::Double(value) => value.to_ne_bytes().to_vec(),
            Parameter::Text(text) | Parameter::TextOf { text, .. } => text.as_bytes().to_vec(),
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

    pub(super) fn bound(&self) -> Bound {
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
