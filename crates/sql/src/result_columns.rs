//! Columns of results as Arrow fields.

use crate::Column;
use datafusion::arrow::datatypes::Field;
use exchange_tables::arrow_schema::{
    CASE_SENSITIVE, COLUMN, REMARKS, TABLE, TYPE, column_type_from_field,
};
use exchange_tables::column_type::{arrow_type, type_to_text};
use std::collections::HashMap;

/// The Arrow field of a described column, for [`column_from_field`].
pub fn result_field(column: &Column) -> Field {
    let mut metadata = HashMap::from([(TYPE.to_owned(), type_to_text(column.column_type))]);
    if let Some((table, name)) = &column.base {
        metadata.insert(TABLE.to_owned(), table.clone());
        metadata.insert(COLUMN.to_owned(), name.clone());
    }
    if !column.remarks.is_empty() {
        metadata.insert(REMARKS.to_owned(), column.remarks.clone());
    }
    if column.case_sensitive {
        metadata.insert(CASE_SENSITIVE.to_owned(), String::new());
    }
    Field::new(
        &column.name,
        arrow_type(column.column_type),
        column.nullable,
    )
    .with_metadata(metadata)
}

/// The field as a column of a result. `None` if its type is not a canonical one.
pub fn column_from_field(field: &Field) -> Option<Column> {
    let metadata = field.metadata();
    let base = metadata
        .get(TABLE)
        .cloned()
        .zip(metadata.get(COLUMN).cloned());
    Some(Column {
        name: field.name().clone(),
        column_type: column_type_from_field(field)?,
        nullable: field.is_nullable(),
        case_sensitive: metadata.contains_key(CASE_SENSITIVE),
        base,
        remarks: metadata.get(REMARKS).cloned().unwrap_or_default(),
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use datafusion::arrow::datatypes::DataType;
    use exchange_tables::ColumnType;
    use exchange_tables::TABLES;
    use exchange_tables::arrow_schema::schema_field;

    #[test]
    fn a_field_tells_all_about_its_column() {
        for table in TABLES {
            for column in table.columns {
                let described = column_from_field(&schema_field(table, column)).unwrap();
                assert_eq!(described.name, column.name);
                assert_eq!(described.column_type, column.column_type);
                assert_eq!(described.nullable, column.nullable);
                assert_eq!(described.case_sensitive, column.case_sensitive);
                assert_eq!(
                    described.base,
                    Some((table.name.into(), column.name.into()))
                );
                assert_eq!(described.remarks, column.remarks);
            }
        }
    }

    #[test]
    fn a_described_column_survives_as_a_field() {
        for column in TABLES[0].columns {
            let described = column_from_field(&schema_field(TABLES[0], column)).unwrap();
            assert_eq!(
                column_from_field(&result_field(&described)),
                Some(described)
            );
        }
    }

    #[test]
    fn a_computed_field_has_no_base_and_a_foreign_type_none() {
        let field = Field::new("n", DataType::Utf8, true);
        let described = column_from_field(&field).unwrap();
        assert_eq!(described.base, None);
        assert_eq!(described.column_type, ColumnType::LongVarchar);
        assert_eq!(
            column_from_field(&Field::new("n", DataType::LargeUtf8, true)),
            None
        );
    }
}
