//! The driver's diagnostics.

use super::constants::{ERROR, INVALID_HANDLE, SUCCESS, SUCCESS_WITH_INFO};
use super::library::{Handle, Library};
use super::text::from_utf16;
use std::error::Error;
use std::fmt;

/// A diagnostic record.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Diagnostic {
    /// The SQLSTATE.
    pub state: String,
    pub native: i32,
    pub message: String,
}

/// A function's return code other than success, and the records it left.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Failure {
    pub code: i16,
    pub records: Vec<Diagnostic>,
}

pub type Result<T> = std::result::Result<T, Failure>;

impl Failure {
    /// The first record's SQLSTATE; empty without records.
    pub fn state(&self) -> &str {
        self.records.first().map_or("", |record| &record.state)
    }

    /// The first record's message.
    pub fn message(&self) -> &str {
        self.records.first().map_or("", |record| &record.message)
    }
}

impl fmt::Display for Failure {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "return code {}", self.code)?;
        self.records
            .iter()
            .try_for_each(|r| write!(formatter, "; [{}] {}", r.state, r.message))
    }
}

impl Error for Failure {}

/// All records of a handle.
pub fn records(kind: i16, handle: Handle) -> Vec<Diagnostic> {
    (1..)
        .map_while(|number| record(kind, handle, number))
        .collect()
}

fn record(kind: i16, handle: Handle, number: i16) -> Option<Diagnostic> {
    let mut state = [0_u16; 6];
    let mut native = 0;
    let mut message = vec![0_u16; 1024];
    loop {
        let mut length = 0;
        // SAFETY: the buffers are as long as the arguments say.
        let code = unsafe {
            (Library::get().SQLGetDiagRecW)(
                kind,
                handle,
                number,
                state.as_mut_ptr(),
                &raw mut native,
                message.as_mut_ptr(),
                message.len() as i16,
                &raw mut length,
            )
        };
        if !matches!(code, SUCCESS | SUCCESS_WITH_INFO) {
            return None;
        }
        let length = usize::try_from(length).expect("lengths are not negative");
        if length < message.len() {
            return Some(Diagnostic {
                state: from_utf16(&state[..5]),
                native,
                message: from_utf16(&message[..length]),
            });
        }
        message.resize(length + 1, 0);
    }
}

/// The code of a call; every code but the two of success is a failure.
pub fn check(code: i16, kind: i16, handle: Handle) -> Result<i16> {
    match code {
        SUCCESS => Ok(code),
        SUCCESS_WITH_INFO => {
            told(kind, handle, code);
            Ok(code)
        }
        INVALID_HANDLE => Err(Failure {
            code,
            records: Vec::new(),
        }),
        ERROR => Err(Failure {
            code,
            records: told(kind, handle, code),
        }),
        _ => Err(Failure {
            code,
            records: records(kind, handle),
        }),
    }
}

/// The records of a call that must leave some, each with a SQLSTATE and a text.
fn told(kind: i16, handle: Handle, code: i16) -> Vec<Diagnostic> {
    let records = records(kind, handle);
    assert!(
        !records.is_empty(),
        "a call that returned {code} left no record"
    );
    for record in &records {
        let letters = record.state.chars().filter(char::is_ascii_alphanumeric);
        assert_eq!(letters.count(), 5, "{record:?}");
        assert!(record.message.starts_with('['), "{record:?}");
    }
    records
}
