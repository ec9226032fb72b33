//! Parameters whose values come at execution, while they are being collected.

use super::parameters::{BoundParameter, ParameterSet, SetState, located};
use super::prepared::Prepared;
use crate::odbc::diagnostics::Error;
use exchange_sql::Value;
use std::collections::VecDeque;

/// A value that is yet to come.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Need {
    pub set: usize,
    pub parameter: usize,
}

/// The data sent for the requested value.
#[derive(Debug)]
pub enum Sent {
    Nothing,
    Null,
    Pieces(Vec<u8>),
}

/// An execution that waits for values.
pub struct Collecting {
    pub prepared: Prepared,
    pub keep: bool,
    pub sets: Vec<ParameterSet>,
    pub parameters: Vec<BoundParameter>,
    pub needs: VecDeque<Need>,
    /// The errors of failed sets, reported after the others have run.
    pub failures: Vec<Error>,
    /// The value that `SQLParamData` asked for last.
    pub current: Option<(Need, Sent)>,
}

impl Collecting {
    /// Converts the value that was sent. If that fails, its set fails.
    pub fn finish_current(&mut self) {
        let (need, value) = match self.current.take() {
            None => return,
            Some((need, Sent::Nothing | Sent::Null)) => (need, Ok(Value::Null)),
            Some((need, Sent::Pieces(bytes))) => {
                (need, self.parameters[need.parameter].value(&bytes))
            }
        };
        let set = &mut self.sets[need.set];
        match value {
            Ok(value) => set.values[need.parameter] = value,
            Err(error) => {
                set.state = SetState::Failed;
                self.needs.retain(|other| other.set != need.set);
                self.failures.push(located(error, need.set, need.parameter));
            }
        }
    }
}
