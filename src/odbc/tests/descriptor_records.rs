//! Records of descriptors: several fields at once, and record 0, the bookmark column.

use super::descriptors::{get, of_statement, set, state};
use super::support::with_numbers;
use crate::odbc::attributes::statement::attribute;
use crate::odbc::calls::descriptor::fields::field;
use crate::odbc::calls::descriptor::record::{self, RecordIn, RecordOut};
use crate::odbc::constants::{c_type, sql_type};
use crate::odbc::handles::{Allowed, ERROR, NO_DATA, SUCCESS, with_descriptor};
use crate::odbc::memory::AppPtr;
use crate::odbc::text::Encoding;

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
    application.call(crate::odbc::calls::close::close_cursor);
    // Before the statement is prepared, not after.
    assert_eq!(application.set(attribute::USE_BOOKMARKS, 2), ERROR);
    assert_eq!(application.direct("nowhere"), ERROR);
    assert_eq!(application.set(attribute::USE_BOOKMARKS, 2), SUCCESS);
    application.prepare("numbers");
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
    application.call(|scope| crate::odbc::calls::close::free(scope, 2));
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
        let code = with_descriptor(descriptor, Allowed::OutsideDataAtExecution, |scope| {
            record::set(scope.descriptor(), given)
        });
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
        with_descriptor(descriptor, Allowed::OutsideDataAtExecution, |scope| {
            Ok(record::get(
                scope.descriptor(),
                number,
                &out,
                memory,
                Encoding::default(),
            )?
            .0)
        })
    };
    assert_eq!(read(ird, 2), SUCCESS);
    assert_eq!(application.read_text(&out.name), "t");
    assert_eq!(
        (memory.i16(out.verbose), memory.len(out.length)),
        (sql_type::WVARCHAR, 80)
    );
    assert_eq!((memory.i16(out.subcode), memory.i16(out.nullable)), (0, 1));
    assert_eq!(read(ird, 9), NO_DATA);
    assert_eq!(read(ird, 0), ERROR);
    assert_eq!(read(ard, 0), SUCCESS);
    assert_eq!(
        (memory.i16(out.verbose), memory.len(out.length)),
        (c_type::SBIGINT, 8)
    );
    application.call(crate::odbc::calls::close::close_cursor);
    application.set(attribute::USE_BOOKMARKS, 2);
    application.direct("numbers");
    assert_eq!(read(ird, 0), SUCCESS);
    assert_eq!(
        (memory.i16(out.verbose), memory.len(out.length)),
        (sql_type::BINARY, 8)
    );
}
