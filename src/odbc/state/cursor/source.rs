//! The source of a cursor's rows.

use crate::odbc::diagnostics::{Error, sqlstate};
use crate::odbc::state::cancel::CancelSlot;
use datafusion::arrow::record_batch::RecordBatch;
use exchange_sql::{Cancellation, ExecuteOptions, Rows, Warning};
use std::mem;
use std::time::Instant;

/// The limits of a call's wait for the engine: `SQLCancel`, or the query timeout.
#[derive(Clone, Copy)]
pub struct WaitLimits<'a> {
    pub cancel: &'a CancelSlot,
    pub deadline: Option<Instant>,
}

/// The engine's rows, up to `SQL_ATTR_MAX_ROWS`.
pub struct RowSource {
    state: State,
    cancellation: Cancellation,
    /// Rows that may still be pulled.
    allowance: Option<u64>,
}

enum State {
    Open(Box<dyn Rows>),
    Ended,
    /// The engine failed; later calls fail in the same way.
    Failed(Error),
}

impl RowSource {
    pub fn new(rows: Box<dyn Rows>, options: &ExecuteOptions) -> Self {
        Self {
            state: State::Open(rows),
            cancellation: options.cancellation.clone(),
            allowance: options.max_rows,
        }
    }

    /// The next batch, or `None` at the end.
    pub fn pull(
        &mut self,
        limits: WaitLimits<'_>,
        warnings: &mut Vec<Warning>,
    ) -> Result<Option<RecordBatch>, Error> {
        if self.allowance == Some(0) {
            self.state = State::Ended;
        }
        // If the engine panics, the source stays in this failed state.
        let panicked = State::Failed(Error::new(
            sqlstate::HY000,
            "The driver failed internally when it read this result; run the statement again",
        ));
        match mem::replace(&mut self.state, panicked) {
            State::Open(mut rows) => {
                let next = {
                    let _waiting = limits.cancel.waiting_for(&self.cancellation);
                    rows.next(limits.deadline)
                };
                warnings.extend(rows.take_warnings());
                self.state = State::Open(rows);
                self.take(next)
            }
            State::Ended => {
                self.state = State::Ended;
                Ok(None)
            }
            State::Failed(error) => {
                self.state = State::Failed(error.clone());
                Err(error)
            }
        }
    }

    fn take(
        &mut self,
        next: Result<Option<RecordBatch>, exchange_sql::Error>,
    ) -> Result<Option<RecordBatch>, Error> {
        match next {
            Ok(Some(batch)) => Ok(Some(self.limit(batch))),
            Ok(None) => {
                self.state = State::Ended;
                Ok(None)
            }
            Err(error) => {
                let error = Error::from(error);
                self.state = State::Failed(error.clone());
                Err(error)
            }
        }
    }

    fn limit(&mut self, batch: RecordBatch) -> RecordBatch {
        let Some(allowance) = &mut self.allowance else {
            return batch;
        };
        let kept = batch
            .num_rows()
            .min(usize::try_from(*allowance).unwrap_or(usize::MAX));
        *allowance -= kept as u64;
        if *allowance == 0 {
            self.state = State::Ended;
        }
        batch.slice(0, kept)
    }
}

/// Whether the application itself ended the work, so that the error is reported at once.
pub fn was_asked_for(error: &Error) -> bool {
    matches!(error.state, sqlstate::HY008 | sqlstate::HYT00)
}
