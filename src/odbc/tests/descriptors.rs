//! Descriptors and their fields.

use super::support::with_numbers;
use crate::odbc::attributes::statement::attribute;
use crate::odbc::calls::attributes::{AttributeOut, statement};
use crate::odbc::calls::descriptor::fields::{self, FieldIn, field};
use crate::odbc::constants::{c_type, handle_type, sql_type};
use crate::odbc::handles::{Allowed, ERROR, NO_DATA, SUCCESS, with_descriptor};
use crate::odbc::memory::AppPtr;
use crate::odbc::testing::{Application, first_state};
use crate::odbc::text::{Encoding, LengthWord, TextIn};
use proptest::prelude::*;

/// A descriptor of the statement: APP_ROW_DESC and its neighbours.
pub fn of_statement(application: &Application, id: i32) -> usize {
    let out = AttributeOut {
        text: application.text_out(8),
    };
    application.call(|scope| statement::get(scope, id, &out, &application.memory));
    application.memory.ulen(out.at())
}

pub fn state(descriptor: usize) -> &'static str {
    first_state(handle_type::DESC, descriptor)
}

pub fn set(
    application: &Application,
    descriptor: usize,
    number: i16,
    id: i16,
    value: usize,
) -> (i16, &'static str) {
    let given = FieldIn {
        value,
        text: TextIn {
            length: -3,
            ..application.absent()
        },
    };
    let code = with_descriptor(descriptor, Allowed::OutsideDataAtExecution, |scope| {
        fields::set(
            scope.descriptor(),
            number,
            id,
            &given,
            &application.memory,
            Encoding::default(),
        )
    });
    (code, state(descriptor))
}

/// The code, and eight bytes as they were written.
pub fn get(
    application: &Application,
    descriptor: usize,
    number: i16,
    id: i16,
) -> (i16, isize, i32) {
    let mut out = application.text_out(8);
    out.length_word = LengthWord::Integer;
    let memory = &application.memory;
    let code = with_descriptor(descriptor, Allowed::OutsideDataAtExecution, |scope| {
        let answer = fields::get(
            scope.descriptor(),
            number,
            id,
            &out,
            memory,
            Encoding::default(),
        )?;
        Ok(answer.0)
    });
    if code != SUCCESS {
        return (code, 0, 0);
    }
    let size = memory.i32(out.length_at);
    let value = match size {
        2 => memory.i16(out.at) as isize,
        4 => memory.i32(out.at) as isize,
        _ => memory.len(out.at),
    };
    assert!(memory.is_untouched(out.at.plus(size as usize), 8 - size as usize));
    (code, value, size)
}

#[test]
fn binding_is_writing_fields() {
    let application = with_numbers(2);
    let memory = &application.memory;
    let ard = of_statement(&application, attribute::APP_ROW_DESC);
    let (buffer, word) = (memory.allocate(20), memory.allocate(8));
    application.bind(2, c_type::CHAR, buffer, 20, word);
    assert_eq!(get(&application, ard, 0, field::COUNT), (SUCCESS, 2, 2));
    assert_eq!(
        get(&application, ard, 2, field::CONCISE_TYPE),
        (SUCCESS, 1, 2)
    );
    assert_eq!(
        get(&application, ard, 2, field::OCTET_LENGTH),
        (SUCCESS, 20, 8)
    );
    assert_eq!(
        get(&application, ard, 2, field::DATA_PTR),
        (SUCCESS, buffer.address() as isize, 8)
    );
    assert_eq!(
        get(&application, ard, 2, field::INDICATOR_PTR).1,
        word.address() as isize
    );
    assert_eq!(
        get(&application, ard, 2, field::OCTET_LENGTH_PTR).1,
        word.address() as isize
    );
    assert_eq!(get(&application, ard, 3, field::CONCISE_TYPE).0, NO_DATA);
    // The other way round: the fields bind.
    set(&application, ard, 0, field::COUNT, 0);
    let number = memory.allocate(4);
    assert_eq!(
        set(&application, ard, 1, field::TYPE, c_type::SLONG as usize),
        (SUCCESS, "")
    );
    assert_eq!(
        set(&application, ard, 1, field::DATA_PTR, number.address()),
        (SUCCESS, "")
    );
    application.direct("numbers");
    assert_eq!(application.fetch(), SUCCESS);
    assert_eq!(memory.i32(number), 1);
    assert!(memory.is_untouched(buffer, 20));
}

/// ADO's calls for SQL_C_NUMERIC.
#[test]
fn numeric_buffers_get_their_precision_from_fields() {
    let application = with_numbers(3);
    let memory = &application.memory;
    let ard = of_statement(&application, attribute::APP_ROW_DESC);
    let buffer = memory.allocate(19);
    application.bind(3, c_type::NUMERIC, buffer, 19, memory.allocate(8));
    set(&application, ard, 3, field::PRECISION, 10);
    set(&application, ard, 3, field::SCALE, 1);
    // Changing a field unbinds the record until its address is set again.
    assert_eq!(get(&application, ard, 3, field::DATA_PTR).1, 0);
    assert_eq!(
        set(&application, ard, 3, field::DATA_PTR, buffer.address()),
        (SUCCESS, "")
    );
    application.direct("numbers");
    assert_eq!(application.fetch(), SUCCESS);
    assert_eq!(memory.bytes(buffer, 4), [10, 1, 1, 5]);
}

#[test]
fn verbose_types_are_completed_by_their_subcode() {
    let application = with_numbers(1);
    let ard = of_statement(&application, attribute::APP_ROW_DESC);
    set(
        &application,
        ard,
        1,
        field::TYPE,
        sql_type::DATETIME as usize,
    );
    set(&application, ard, 1, field::DATETIME_INTERVAL_CODE, 3);
    assert_eq!(get(&application, ard, 1, field::CONCISE_TYPE).1, 93);
    assert_eq!(
        set(&application, ard, 1, field::DATETIME_INTERVAL_CODE, 9),
        (ERROR, "HY021")
    );
    set(
        &application,
        ard,
        1,
        field::CONCISE_TYPE,
        c_type::TYPE_DATE as usize,
    );
    assert_eq!(get(&application, ard, 1, field::TYPE).1, 9);
    assert_eq!(
        get(&application, ard, 1, field::DATETIME_INTERVAL_CODE).1,
        1
    );
}

#[test]
fn inconsistent_and_forbidden_fields() {
    let application = with_numbers(1);
    let ard = of_statement(&application, attribute::APP_ROW_DESC);
    let ird = of_statement(&application, attribute::IMP_ROW_DESC);
    let ipd = of_statement(&application, attribute::IMP_PARAM_DESC);
    assert_eq!(
        set(&application, ard, 1, field::CONCISE_TYPE, 1234),
        (ERROR, "HY021")
    );
    assert_eq!(set(&application, ard, 1, field::NAME, 1), (ERROR, "HY091"));
    let apd = of_statement(&application, attribute::APP_PARAM_DESC);
    for (descriptor, number) in [(ard, -1), (apd, 0), (ipd, 0)] {
        assert_eq!(
            set(&application, descriptor, number, field::CONCISE_TYPE, 1),
            (ERROR, "07009")
        );
        assert_eq!(
            get(&application, descriptor, number, field::CONCISE_TYPE).0,
            ERROR
        );
        assert_eq!(state(descriptor), "07009");
    }
    assert_eq!(
        set(&application, ard, 0, field::ARRAY_SIZE, 0),
        (ERROR, "HY024")
    );
    assert_eq!(
        set(&application, ard, 0, field::ALLOC_TYPE, 1),
        (ERROR, "HY091")
    );
    assert_eq!(
        set(&application, ard, 0, field::COUNT, usize::MAX),
        (ERROR, "07009")
    );
    set(
        &application,
        ard,
        1,
        field::CONCISE_TYPE,
        c_type::NUMERIC as usize,
    );
    set(&application, ard, 1, field::SCALE, 39);
    assert_eq!(
        set(&application, ard, 1, field::DATA_PTR, 0x100),
        (ERROR, "HY021")
    );
    assert_eq!(set(&application, ird, 1, field::NAME, 1), (ERROR, "HY016"));
    assert_eq!(
        set(&application, ird, 0, field::ARRAY_STATUS_PTR, 0),
        (SUCCESS, "")
    );
    assert_eq!(
        set(&application, ipd, 1, field::UNNAMED, 0),
        (ERROR, "HY092")
    );
    assert_eq!(set(&application, ipd, 1, field::UNNAMED, 1), (SUCCESS, ""));
    assert_eq!(get(&application, ard, 1, 4711).0, ERROR);
    assert_eq!(state(ard), "HY091");
}

#[test]
fn the_implementation_row_descriptor_describes_what_is_prepared() {
    let application = with_numbers(1);
    let ird = of_statement(&application, attribute::IMP_ROW_DESC);
    assert_eq!(get(&application, ird, 1, field::CONCISE_TYPE).0, ERROR);
    assert_eq!(state(ird), "HY007");
    application.prepare("numbers");
    assert_eq!(get(&application, ird, 0, field::COUNT), (SUCCESS, 3, 2));
    assert_eq!(
        get(&application, ird, 1, field::CONCISE_TYPE),
        (SUCCESS, 4, 2)
    );
    assert_eq!(get(&application, ird, 9, field::CONCISE_TYPE).0, NO_DATA);
    application.direct("nowhere");
    assert_eq!(get(&application, ird, 1, field::CONCISE_TYPE).0, ERROR);
    assert_eq!(state(ird), "HY007");
}

proptest! {
    #[test]
    fn unbinding_leaves_the_count_at_the_last_bound_column(
        operations in prop::collection::vec((1_u16..6, any::<bool>()), 0..20)
    ) {
        let application = with_numbers(1);
        let ard = of_statement(&application, attribute::APP_ROW_DESC);
        let mut bound = std::collections::BTreeSet::new();
        for (column, bind) in operations {
            let at = if bind { AppPtr::new(0x1000) } else { AppPtr::NULL };
            prop_assert_eq!(application.bind(column, c_type::CHAR, at, 5, AppPtr::NULL), SUCCESS);
            if bind { bound.insert(column) } else { bound.remove(&column) };
            let last = bound.last().copied().unwrap_or(0);
            prop_assert_eq!(get(&application, ard, 0, field::COUNT).1, last as isize);
        }
    }
}
