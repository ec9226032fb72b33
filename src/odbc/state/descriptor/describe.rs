//! Implementation records from the engine's columns and parameters.

use super::facts::{TypeFacts, View};
use super::type_codes::{VerboseType, verbose};
use super::{Details, NAMED, Record, UNNAMED};
use crate::odbc::constants::{nullability, parameter_type};
use crate::odbc::memory::AppPtr;
use exchange_sql::{Column, ColumnType, Parameter};

/// A record of the implementation row descriptor.
pub fn column(column: &Column, view: View) -> Record {
    let mut record = typed(column.column_type, column.nullable, view);
    let (table, base) = column.base.clone().unwrap_or_default();
    record.unnamed = if column.name.is_empty() {
        UNNAMED
    } else {
        NAMED
    };
    record.details.name = column.name.clone();
    record.details.base_column_name = base;
    record.details.base_table_name = table;
    record.details.case_sensitive = column.case_sensitive;
    record
}

/// A record of the implementation parameter descriptor.
pub fn parameter(parameter: &Parameter, view: View) -> Record {
    typed(parameter.column_type, parameter.nullable, view)
}

fn typed(column_type: ColumnType, nullable: bool, view: View) -> Record {
    let facts = TypeFacts::of(column_type, view);
    Record {
        concise_type: facts.concise,
        verbose: match view.odbc2 {
            // An ODBC 2 application only knows concise types.
            true => VerboseType {
                verbose: facts.concise,
                subcode: 0,
            },
            false => verbose(facts.concise),
        },
        length: facts.column_size,
        precision: facts.precision,
        scale: facts.scale,
        datetime_interval_precision: facts.leading_precision,
        octet_length: facts.octet_length,
        num_prec_radix: facts.radix,
        data_ptr: AppPtr::NULL,
        indicator_ptr: AppPtr::NULL,
        octet_length_ptr: AppPtr::NULL,
        nullable: if nullable {
            nullability::NULLABLE
        } else {
            nullability::NO_NULLS
        },
        parameter_type: parameter_type::INPUT,
        unnamed: UNNAMED,
        details: Details {
            type_name: facts.name,
            literal_prefix: facts.literal_prefix,
            literal_suffix: facts.literal_suffix,
            display_size: facts.display_size,
            unsigned: facts.unsigned,
            searchable: facts.searchable,
            column_size: facts.column_size,
            decimal_digits: facts.decimal_digits,
            ..Details::default()
        },
    }
}
