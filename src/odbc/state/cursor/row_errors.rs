//! Errors of single values of a rowset: row statuses, and diagnostic records.

use crate::odbc::constants::row_status;
use crate::odbc::conversion::{ConversionError, Warning};
use crate::odbc::diagnostics::{Error, sqlstate};

/// The problem of a value.
#[derive(Clone, Copy, Debug)]
pub enum Problem {
    Failed(ConversionError),
    /// NULL without an indicator buffer.
    NoIndicator,
    /// The application gave an invalid bookmark.
    NoSuchBookmark,
    Lost(Warning),
}

impl Problem {
    const fn status(self) -> u16 {
        match self {
            Self::Failed(_) | Self::NoIndicator | Self::NoSuchBookmark => row_status::ERROR,
            Self::Lost(_) => row_status::SUCCESS_WITH_INFO,
        }
    }

    fn record(self) -> Error {
        match self {
            Self::Failed(error) => error.into(),
            Self::NoIndicator => Error::of(sqlstate::S22002),
            Self::NoSuchBookmark => Error::of(sqlstate::HY111),
            Self::Lost(warning) => warning.into(),
        }
    }
}

/// Errors and warnings of single values of a rowset. An empty one costs nothing.
#[derive(Debug, Default)]
pub struct RowErrors {
    /// Row from 0, column from 1.
    problems: Vec<(usize, usize, Problem)>,
    /// Statuses of the rows up to the last one with a problem.
    statuses: Vec<u16>,
    failed: usize,
}

impl RowErrors {
    pub fn add(&mut self, row: usize, column: usize, problem: Problem) {
        self.problems.push((row, column, problem));
        if self.statuses.len() <= row {
            self.statuses.resize(row + 1, row_status::SUCCESS);
        }
        let status = &mut self.statuses[row];
        if *status == row_status::ERROR {
            return;
        }
        *status = problem.status();
        self.failed += usize::from(*status == row_status::ERROR);
    }

    /// Records a row with an invalid bookmark.
    pub fn no_such_bookmark(&mut self, row: usize) {
        self.add(row, 0, Problem::NoSuchBookmark);
    }

    /// `SQL_ROW_*` of a row of the rowset.
    pub fn status(&self, row: usize) -> u16 {
        self.statuses
            .get(row)
            .copied()
            .unwrap_or(row_status::SUCCESS)
    }

    pub fn failed_rows(&self) -> usize {
        self.failed
    }

    /// The diagnostic records.
    pub fn into_records(self) -> impl Iterator<Item = Error> {
        self.problems
            .into_iter()
            .map(|(row, column, problem)| problem.record().at(row as u64 + 1, column as i32))
    }
}
