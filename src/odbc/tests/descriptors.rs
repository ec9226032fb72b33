//! Descriptors: fields, records, copies, and statements that share one.

use super::support::with_numbers;
use crate::odbc::attributes::AttributeOut;
use crate::odbc::attributes::statement::{self, attribute};
use crate::odbc::constants::{c_type, handle_type, sql_type};
use crate::odbc::descriptor::copy;
use crate::odbc::descriptor::fields::{self, FieldIn, field};
use crate::odbc::descriptor::record::{self, RecordIn, RecordOut};
use crate::odbc::handles::registry::{self, Entry};
use crate::odbc::handles::{ERROR, NO_DATA, SUCCESS, allocate, with_descriptor};
use crate::odbc::memory::AppPtr;
use crate::odbc::testing::Application;
use crate::odbc::text::{LengthWord, TextIn, WideWidth};
use proptest::prelude::*;

/// A descriptor of the statement: APP_ROW_DESC and its neighbours.
fn of_statement(application: &Application, id: i32) -> usize {
    let out = AttributeOut {
        text: application.text_out(8),
    };
    application.call(|scope| statement::get(scope, id, &out, &application.memory));
    application.memory.ulen(out.at())
}

fn state(descriptor: usize) -> &'static str {
    let Some(Entry::Descriptor { group, key }) = registry::get(descriptor) else {
        return "";
    };
    let state = group.lock();
    let records = state
        .descriptors
        .get(key)
        .map(|found| found.diagnostics.records().to_vec());
    records
        .unwrap_or_default()
        .first()
        .map_or("", |record| record.state.code)
}

fn set(
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
    let code = with_descriptor(descriptor, |scope| {
        fields::set(
            scope.descriptor(),
            number,
            id,
            &given,
            &application.memory,
            WideWidth::Two,
        )
    });
    (code, state(descriptor))
}

/// The code, and eight bytes as they were written.
fn get(application: &Application, descriptor: usize, number: i16, id: i16) -> (i16, isize, i32) {
    let mut out = application.text_out(8);
    out.length_word = LengthWord::Integer;
    let memory = &application.memory;
    let code = with_descriptor(descriptor, |scope| {
        let answer = fields::get(scope.descriptor(), number, id, &out, memory, WideWidth::Two)?;
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

/// What ADO does for SQL_C_NUMERIC.
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

/// Record 0 is the bookmark column: bound by fields as by SQLBindCol, and never counted.
#[test]
fn record_0_binds_the_bookmarks() {
    let application = with_numbers(2);
    let memory = &application.memory;
    let ard = of_statement(&application, attribute::APP_ROW_DESC);
    let ird = of_statement(&application, attribute::IMP_ROW_DESC);
    let (out, length) = (memory.allocate(8), memory.allocate(8));
    assert_eq!(
        get(&application, ard, 0, field::CONCISE_TYPE),
        (SUCCESS, c_type::DEFAULT as isize, 2)
    );
    // The attribute decides whether the result has the column, the record only where it goes.
    for (id, value) in [
        (field::CONCISE_TYPE, c_type::BINARY as usize),
        (field::OCTET_LENGTH, 8),
        (field::OCTET_LENGTH_PTR, length.address()),
        (field::DATA_PTR, out.address()),
    ] {
        assert_eq!(set(&application, ard, 0, id, value), (SUCCESS, ""));
    }
    assert_eq!(get(&application, ard, 0, field::COUNT).1, 0);
    application.prepare("numbers");
    assert_eq!(get(&application, ird, 0, field::CONCISE_TYPE).0, ERROR);
    assert_eq!(state(ird), "07009");
    assert_eq!(application.execute(), SUCCESS);
    assert_eq!(
        application.with_state(application.fetch()),
        (ERROR, "07009")
    );
    application.call(crate::odbc::statement::close::close_cursor);
    application.set(attribute::USE_BOOKMARKS, 2);
    assert_eq!(
        get(&application, ird, 0, field::CONCISE_TYPE),
        (SUCCESS, sql_type::BINARY as isize, 2)
    );
    assert_eq!(get(&application, ird, 0, field::NULLABLE).1, 0);
    assert_eq!(get(&application, ird, 0, field::COUNT).1, 3);
    assert_eq!(application.execute(), SUCCESS);
    assert_eq!(application.fetch(), SUCCESS);
    assert_eq!((memory.ulen(out), memory.len(length)), (1, 8));
    // SQL_UNBIND leaves it bound; a null address does not.
    application.call(|scope| crate::odbc::statement::close::free(scope, 2));
    assert_eq!(application.fetch(), SUCCESS);
    assert_eq!(memory.ulen(out), 2);
    application.bind(0, c_type::UBIGINT, out, 0, AppPtr::NULL);
    assert_eq!(
        get(&application, ard, 0, field::CONCISE_TYPE).1,
        c_type::UBIGINT as isize
    );
    assert_eq!(get(&application, ard, 0, field::OCTET_LENGTH_PTR).1, 0);
    application.bind(0, c_type::UBIGINT, AppPtr::NULL, 0, AppPtr::NULL);
    assert_eq!(get(&application, ard, 0, field::DATA_PTR).1, 0);
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

#[test]
fn records_are_read_and_written_at_once() {
    let application = with_numbers(1);
    let memory = &application.memory;
    let ard = of_statement(&application, attribute::APP_ROW_DESC);
    let buffer = memory.allocate(8);
    let given = RecordIn {
        number: 1,
        verbose: c_type::SBIGINT,
        subcode: 0,
        length: 8,
        precision: 0,
        scale: 0,
        data: buffer,
        octet_length_ptr: AppPtr::NULL,
        indicator_ptr: AppPtr::NULL,
    };
    let put = |descriptor, given: &RecordIn| {
        let code = with_descriptor(descriptor, |scope| record::set(scope.descriptor(), given));
        (code, state(descriptor))
    };
    assert_eq!(put(ard, &given), (SUCCESS, ""));
    application.direct("numbers");
    application.fetch();
    assert_eq!(memory.i64(buffer), 1);
    let number = |number| RecordIn { number, ..given };
    assert_eq!(put(ard, &number(-1)), (ERROR, "07009"));
    assert_eq!(put(ard, &number(0)), (SUCCESS, ""));
    assert_eq!(
        get(&application, ard, 0, field::DATA_PTR).1,
        buffer.address() as isize
    );
    let ipd = of_statement(&application, attribute::IMP_PARAM_DESC);
    assert_eq!(put(ipd, &number(0)), (ERROR, "07009"));
    assert_eq!(
        put(
            ard,
            &RecordIn {
                verbose: 9,
                subcode: 7,
                ..given
            }
        ),
        (ERROR, "HY021")
    );
    assert_eq!(
        put(
            ard,
            &RecordIn {
                verbose: 1234,
                ..given
            }
        ),
        (ERROR, "HY021")
    );
    let ird = of_statement(&application, attribute::IMP_ROW_DESC);
    assert_eq!(put(ird, &given), (ERROR, "HY016"));
    let out = RecordOut {
        name: application.text_out(10),
        verbose: memory.allocate(2),
        subcode: memory.allocate(2),
        length: memory.allocate(8),
        precision: memory.allocate(2),
        scale: memory.allocate(2),
        nullable: memory.allocate(2),
    };
    let read = |descriptor, number| {
        with_descriptor(descriptor, |scope| {
            Ok(record::get(scope.descriptor(), number, &out, memory, WideWidth::Two)?.0)
        })
    };
    assert_eq!(read(ird, 2), SUCCESS);
    assert_eq!(application.read_text(&out.name), "t");
    assert_eq!(
        (memory.i16(out.verbose), memory.len(out.length)),
        (sql_type::WVARCHAR, 40)
    );
    assert_eq!((memory.i16(out.subcode), memory.i16(out.nullable)), (0, 1));
    assert_eq!(read(ird, 9), NO_DATA);
    assert_eq!(read(ird, 0), ERROR);
    assert_eq!(read(ard, 0), SUCCESS);
    assert_eq!(
        (memory.i16(out.verbose), memory.len(out.length)),
        (c_type::SBIGINT, 8)
    );
    application.call(crate::odbc::statement::close::close_cursor);
    application.set(attribute::USE_BOOKMARKS, 2);
    application.direct("numbers");
    assert_eq!(read(ird, 0), SUCCESS);
    assert_eq!(
        (memory.i16(out.verbose), memory.len(out.length)),
        (sql_type::BINARY, 8)
    );
}

/// The descriptor's fields, from whatever group it is in.
fn take(descriptor: usize) -> Result<copy::Copied, crate::odbc::diagnostics::Error> {
    let Some(Entry::Descriptor { group, key }) = registry::get(descriptor) else {
        unreachable!()
    };
    let state = group.lock();
    let found = state.descriptors.get(key).unwrap();
    copy::take(found)
}

#[test]
fn an_explicit_descriptor_serves_several_statements() {
    let mut application = with_numbers(2);
    let first = application.statement;
    let explicit = application.child(handle_type::DESC, application.connection);
    assert_eq!(application.set(attribute::APP_ROW_DESC, explicit), SUCCESS);
    assert_eq!(
        of_statement(&application, attribute::APP_ROW_DESC),
        explicit
    );
    let number = application.memory.allocate(4);
    application.bind(1, c_type::SLONG, number, 0, AppPtr::NULL);
    application.statement = application.child(handle_type::STMT, application.connection);
    assert_eq!(application.set(attribute::APP_ROW_DESC, explicit), SUCCESS);
    application.direct("numbers");
    assert_eq!(
        [application.fetch(), application.fetch()],
        [SUCCESS, SUCCESS]
    );
    assert_eq!(application.memory.i32(number), 2);
    application.statement = first;
    application.direct("numbers");
    assert_eq!(application.fetch(), SUCCESS);
    assert_eq!(application.memory.i32(number), 1);
    // When it is freed, the statement has its own again, in which nothing is bound.
    assert_eq!(allocate::free(handle_type::DESC, explicit), SUCCESS);
    assert_ne!(
        of_statement(&application, attribute::APP_ROW_DESC),
        explicit
    );
    assert_eq!(application.fetch(), SUCCESS);
    assert_eq!(application.memory.i32(number), 1);
}

#[test]
fn only_fitting_descriptors_are_associated() {
    let application = with_numbers(1);
    let set = |id, token| application.with_state(application.set(id, token));
    let own = of_statement(&application, attribute::APP_ROW_DESC);
    let apd = of_statement(&application, attribute::APP_PARAM_DESC);
    assert_eq!(set(attribute::APP_ROW_DESC, own), (SUCCESS, ""));
    assert_eq!(set(attribute::APP_ROW_DESC, 0), (SUCCESS, ""));
    assert_eq!(set(attribute::APP_ROW_DESC, apd), (ERROR, "HY017"));
    assert_eq!(set(attribute::APP_ROW_DESC, 4711), (ERROR, "HY024"));
    let elsewhere = with_numbers(1);
    let foreign = elsewhere.child(handle_type::DESC, elsewhere.connection);
    assert_eq!(set(attribute::APP_ROW_DESC, foreign), (ERROR, "HY024"));
    assert_eq!(set(attribute::IMP_ROW_DESC, own), (ERROR, "HY017"));
}

#[test]
fn copies_take_everything_but_how_a_descriptor_was_allocated() {
    let application = with_numbers(1);
    let source = of_statement(&application, attribute::APP_ROW_DESC);
    application.bind(
        2,
        c_type::CHAR,
        AppPtr::new(0x1000),
        20,
        AppPtr::new(0x2000),
    );
    application.set(attribute::USE_BOOKMARKS, 2);
    application.bind(0, c_type::UBIGINT, AppPtr::new(0x3000), 0, AppPtr::NULL);
    application.set(attribute::ROW_ARRAY_SIZE, 9);
    application.set(attribute::ROW_BIND_TYPE, 64);
    let elsewhere = with_numbers(1);
    let target = elsewhere.child(handle_type::DESC, elsewhere.connection);
    let put = |target, copied: Result<copy::Copied, _>| {
        let code = with_descriptor(target, |scope| copy::put(scope.descriptor(), copied?));
        (code, state(target))
    };
    assert_eq!(put(target, take(source)), (SUCCESS, ""));
    assert_eq!(get(&elsewhere, target, 0, field::ARRAY_SIZE).1, 9);
    assert_eq!(get(&elsewhere, target, 0, field::BIND_TYPE).1, 64);
    assert_eq!(get(&elsewhere, target, 2, field::DATA_PTR).1, 0x1000);
    assert_eq!(get(&elsewhere, target, 0, field::DATA_PTR).1, 0x3000);
    assert_eq!(get(&elsewhere, target, 0, field::ALLOC_TYPE).1, 2);
    let ird = of_statement(&application, attribute::IMP_ROW_DESC);
    assert_eq!(put(ird, take(source)), (ERROR, "HY016"));
    assert_eq!(put(target, take(ird)), (ERROR, "HY007"));
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
