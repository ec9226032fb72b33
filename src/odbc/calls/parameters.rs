//! Reading parameters from the application's buffers.

use crate::odbc::constants::parameter_status;
use crate::odbc::diagnostics::Error;
use crate::odbc::handles::StatementScope;
use crate::odbc::memory::{AppMemory, AppPtr};
use crate::odbc::state::collecting::{Collecting, Need};
use crate::odbc::state::parameters::{BoundParameter, ParameterSet, SetState, Word, located};
use crate::odbc::state::prepared::Prepared;
use exchange_sql::Value;
use std::collections::VecDeque;

/// The result of reading the parameters.
pub enum Gathered {
    Ready(Vec<ParameterSet>),
    NeedData(Collecting),
}

/// The array for the outcome of each set.
pub struct StatusArray {
    statuses: AppPtr,
    processed: AppPtr,
    sets: usize,
}

impl StatusArray {
    pub fn of(scope: &StatementScope<'_>, sets: usize) -> Self {
        let ipd = scope.ipd();
        Self {
            statuses: ipd.array_status_ptr,
            processed: ipd.rows_processed_ptr,
            sets,
        }
    }

    /// Whether the application reads the outcome of each set. If not, a set that fails is an error
    /// of the whole ("Using Arrays of Parameters" in the reference).
    pub fn is_kept(&self) -> bool {
        !self.statuses.is_null()
    }

    /// Writes the statuses that are known before the sets run.
    pub fn report(&self, sets: &[ParameterSet], memory: &impl AppMemory) {
        memory.write_ulen(self.processed, self.sets);
        for set in sets {
            let status = match set.state {
                SetState::Ready => parameter_status::SUCCESS,
                SetState::Failed => parameter_status::ERROR,
                SetState::Ignored => parameter_status::UNUSED,
            };
            self.write(set.number, status, memory);
        }
    }

    /// Reports a set that failed before any set ran.
    pub fn write_failure(&self, set: usize, memory: &impl AppMemory) {
        memory.write_ulen(self.processed, self.sets);
        self.write(set, parameter_status::ERROR, memory);
    }

    pub fn write_all(&self, sets: &[usize], status: u16, memory: &impl AppMemory) {
        sets.iter().for_each(|set| self.write(*set, status, memory));
    }

    /// Reports the failed sets and the sets that did not run.
    pub fn stop(&self, failed: &[usize], unused: &[usize], memory: &impl AppMemory) {
        if unused.is_empty() {
            return;
        }
        self.write_all(unused, parameter_status::UNUSED, memory);
        let processed = failed.iter().max().map_or(self.sets, |last| last + 1);
        memory.write_ulen(self.processed, processed);
    }

    fn write(&self, set: usize, status: u16, memory: &impl AppMemory) {
        if self.is_kept() {
            memory.write_u16(self.statuses.plus(set * 2), status);
        }
    }
}

/// Reads every available set; sets with late values are completed later.
pub fn gather(
    scope: &mut StatementScope<'_>,
    prepared: &Prepared,
    keep: bool,
    memory: &impl AppMemory,
) -> Result<Gathered, Error> {
    let count = prepared.parameters().count();
    let view = scope.connection.view();
    // Without markers, an array of parameters left over from another statement has no meaning.
    let (set_count, operations) = match count {
        0 => (1, AppPtr::NULL),
        _ => (scope.apd().array_size, scope.apd().array_status_ptr),
    };
    let parameters = BoundParameter::all(scope.apd(), scope.ipd(), count, view, memory)?;
    let mut sets = Vec::new();
    let mut needs = VecDeque::new();
    let mut failures = Vec::new();
    for number in 0..set_count {
        let ignored = !operations.is_null()
            && memory.read_u16(operations.plus(number * 2)) == parameter_status::IGNORE;
        let mut set = ParameterSet {
            number,
            state: SetState::Ready,
            values: vec![Value::Null; count],
        };
        if ignored {
            set.state = SetState::Ignored;
        } else if let Err(error) = read_set(&mut set, &parameters, &mut needs, memory) {
            set.state = SetState::Failed;
            failures.push(error);
        }
        sets.push(set);
    }
    needs.retain(|need: &Need| sets[need.set].state == SetState::Ready);
    if needs.is_empty() {
        failures.into_iter().for_each(|failure| scope.warn(failure));
        return Ok(Gathered::Ready(sets));
    }
    let prepared = prepared.clone();
    Ok(Gathered::NeedData(Collecting {
        prepared,
        keep,
        sets,
        parameters,
        needs,
        failures,
        current: None,
    }))
}

fn read_set(
    set: &mut ParameterSet,
    parameters: &[BoundParameter],
    needs: &mut VecDeque<Need>,
    memory: &impl AppMemory,
) -> Result<(), Error> {
    for (index, parameter) in parameters.iter().enumerate() {
        let located = |error: Error| located(error, set.number, index);
        match parameter.word(set.number, memory).map_err(located)? {
            Word::Null => set.values[index] = Value::Null,
            Word::AtExecution => needs.push_back(Need {
                set: set.number,
                parameter: index,
            }),
            word => {
                set.values[index] = parameter.read(set.number, word, memory).map_err(located)?
            }
        }
    }
    Ok(())
}
