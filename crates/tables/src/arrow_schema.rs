//! Columns as Arrow fields. Facts that Arrow's types cannot express are stored as metadata of the
//! field, which plain references to a column keep through a plan.

use super::column_type::{
    ColumnType, arrow_type, column_type_from_arrow, type_from_text, type_to_text,
};
use super::definition::{Column, Table};
use datafusion::arrow::datatypes::{Field, Schema};
use std::collections::HashMap;

pub const TYPE: &str = "exchange.type";
pub const TABLE: &str = "exchange.table";
/// The schema of a system's view.
pub const SCHEMA: &str = "exchange.schema";
pub const COLUMN: &str = "exchange.column";
pub const CASE_SENSITIVE: &str = "exchange.case_sensitive";
pub const REMARKS: &str = "exchange.remarks";

/// The Arrow field of a table's column, with all facts of its definition.
pub fn schema_field(table: &Table, column: &Column) -> Field {
    let mut metadata = HashMap::from([
        (TYPE.to_owned(), type_to_text(column.column_type)),
        (TABLE.to_owned(), table.name.to_owned()),
        (COLUMN.to_owned(), column.name.to_owned()),
        (REMARKS.to_owned(), column.remarks.to_owned()),
    ]);
    if column.case_sensitive {
        metadata.insert(CASE_SENSITIVE.to_owned(), String::new());
    }
    Field::new(column.name, arrow_type(column.column_type), column.nullable).with_metadata(metadata)
}

/// The Arrow schema of some of a table's columns, in this order.
pub fn schema_of(table: &Table, columns: &[usize]) -> Schema {
    let field = |&index: &usize| schema_field(table, &table.columns[index]);
    Schema::new(columns.iter().map(field).collect::<Vec<_>>())
}

/// The SQL type of a field: the declared one while the field still has its Arrow type, otherwise
/// the one for its Arrow type. `None` if the type is not a canonical one.
pub fn column_type_from_field(field: &Field) -> Option<ColumnType> {
    let declared = field
        .metadata()
        .get(TYPE)
        .and_then(|text| type_from_text(text));
    declared
        .filter(|&declared| arrow_type(declared) == *field.data_type())
        .or_else(|| column_type_from_arrow(field.data_type()))
}

/// Whether a definition declares the type of the field's values.
pub fn is_declared(field: &Field) -> bool {
    field.metadata().contains_key(TYPE)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::definitions::MESSAGES;
    use datafusion::arrow::datatypes::DataType;

    #[test]
    fn a_field_that_changed_its_arrow_type_has_that_type() {
        let subject = schema_field(&MESSAGES, MESSAGES.column("subject").unwrap());
        let changed = subject.with_data_type(DataType::Int64);
        assert_eq!(column_type_from_field(&changed), Some(ColumnType::BigInt));
    }
}
