//! Outcomes of calls.

use crate::odbc::diagnostics::Error;

/// `SQLRETURN`
pub type ReturnCode = i16;

pub const SUCCESS: ReturnCode = 0;
pub const SUCCESS_WITH_INFO: ReturnCode = 1;
pub const ERROR: ReturnCode = -1;
pub const INVALID_HANDLE: ReturnCode = -2;
pub const NEED_DATA: ReturnCode = 99;
pub const NO_DATA: ReturnCode = 100;

/// How a function succeeded.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Success {
    /// `SQL_SUCCESS`, or `SQL_SUCCESS_WITH_INFO` when records were posted.
    Done,
    /// `SQL_SUCCESS_WITH_INFO` although there may be no record.
    Information,
    NoData,
    NeedData,
    /// `SQL_ERROR`; the records are already posted (rows of a fetch, sets of parameters).
    ErrorsRecorded,
}

impl Success {
    /// The return code, regardless of records.
    pub const fn code(self) -> ReturnCode {
        match self {
            Self::Done => SUCCESS,
            Self::Information => SUCCESS_WITH_INFO,
            Self::NoData => NO_DATA,
            Self::NeedData => NEED_DATA,
            Self::ErrorsRecorded => ERROR,
        }
    }
}

/// The result of a function's body.
pub type Outcome = Result<Success, Error>;
