use super::*;
use datafusion::arrow::datatypes::{DataType, Field, Schema, TimeUnit};
use datafusion::common::ScalarValue;
use datafusion::physical_expr::expressions::{binary, col, in_list, is_null, like, lit, not};

fn schema() -> Schema {
    Schema::new(vec![
        Field::new("subject", DataType::Utf8, true),
        Field::new("isread", DataType::Boolean, true),
        Field::new("size", DataType::Int32, true),
    ])
}

fn names() -> Vec<String> {
    ["subject", "isRead", "size"].map(str::to_owned).to_vec()
}

fn column(name: &str) -> Arc<dyn PhysicalExpr> {
    col(name, &schema()).unwrap()
}

fn joined(
    left: Arc<dyn PhysicalExpr>,
    operator: Operator,
    right: Arc<dyn PhysicalExpr>,
) -> Arc<dyn PhysicalExpr> {
    binary(left, operator, right, &schema()).unwrap()
}

#[test]
fn columns_have_their_own_names_and_operators_their_parentheses() {
    let read = column("isread");
    let large = joined(column("size"), Operator::Gt, lit(5));
    let either = joined(Arc::clone(&read), Operator::Or, Arc::clone(&large));
    let both = joined(Arc::clone(&either), Operator::And, not(read).unwrap());
    assert_eq!(sql(&both, &names()), "(isRead OR size > 5) AND NOT isRead");
    assert_eq!(
        sql(&not(either).unwrap(), &names()),
        "NOT (isRead OR size > 5)"
    );
    let sum = joined(column("size"), Operator::Plus, lit(1));
    let product = joined(sum, Operator::Multiply, lit(2));
    let less = joined(
        lit(7),
        Operator::Minus,
        joined(lit(3), Operator::Minus, lit(1)),
    );
    let unequal = joined(product, Operator::NotEq, less);
    assert_eq!(sql(&unequal, &names()), "(size + 1) * 2 <> 7 - (3 - 1)");
}

#[test]
fn conditions_read_as_sql() {
    let subject = column("subject");
    let schema = schema();
    let pattern = like(false, false, Arc::clone(&subject), lit("it's%"), &schema).unwrap();
    assert_eq!(sql(&pattern, &names()), "subject LIKE 'it''s%'");
    let pattern = like(true, true, Arc::clone(&subject), lit("a"), &schema).unwrap();
    assert_eq!(sql(&pattern, &names()), "subject NOT ILIKE 'a'");
    for (pattern, text) in [
        (r"a\\_%", r"subject LIKE 'a\_%'"),
        (r"a\_\\%", r"subject LIKE 'a\_\\%' ESCAPE '\'"),
    ] {
        let like = like(false, false, Arc::clone(&subject), lit(pattern), &schema).unwrap();
        assert_eq!(sql(&like, &names()), text);
    }
    let nothing = is_null(Arc::clone(&subject)).unwrap();
    assert_eq!(sql(&nothing, &names()), "subject IS NULL");
    let values = vec![lit("a"), lit("b")];
    let membership = in_list(subject, values, &true, &schema).unwrap();
    assert_eq!(sql(&membership, &names()), "subject NOT IN ('a', 'b')");
}

#[test]
fn values_read_as_sql() {
    let timestamp = |microseconds| ScalarValue::TimestampMicrosecond(Some(microseconds), None);
    for (value, text) in [
        (
            timestamp(1_795_392_000_000_000),
            "TIMESTAMP '2026-11-23 00:00:00'",
        ),
        (
            timestamp(-62_135_596_800_000_000),
            "TIMESTAMP '0001-01-01 00:00:00'",
        ),
        (timestamp(1_500_000), "TIMESTAMP '1970-01-01 00:00:01.500'"),
        (ScalarValue::Date32(Some(1)), "DATE '1970-01-02'"),
        (
            ScalarValue::Time64Microsecond(Some(3_600_000_000)),
            "TIME '01:00:00'",
        ),
        (ScalarValue::Decimal128(Some(1250), 10, 2), "12.50"),
        (ScalarValue::Boolean(Some(true)), "TRUE"),
        (ScalarValue::Utf8(None), "NULL"),
        (ScalarValue::Utf8(Some("x'y".to_owned())), "'x''y'"),
        (ScalarValue::Binary(Some(vec![1, 255])), "X'01FF'"),
    ] {
        assert_eq!(literal(&value), text);
    }
}

#[test]
fn casts_have_the_types_of_sql() {
    for (data_type, name) in [
        (DataType::Utf8, "VARCHAR"),
        (DataType::Int64, "BIGINT"),
        (
            DataType::Timestamp(TimeUnit::Microsecond, None),
            "TIMESTAMP",
        ),
        (DataType::Decimal128(10, 2), "DECIMAL(10,2)"),
        (DataType::Date32, "DATE"),
    ] {
        assert_eq!(type_name(&data_type), name);
    }
}

#[test]
fn what_is_long_is_cut_short() {
    let large = |size: i32| joined(column("size"), Operator::Eq, lit(size));
    let many = (1..1_000).fold(large(0), |all, size| joined(all, Operator::Or, large(size)));
    let text = sql(&many, &names());
    assert!(text.starts_with("size = 0 OR size = 1 OR "), "{text}");
    assert!(text.ends_with("size = 9 OR ... 990 more"), "{text}");
    let values = (0..1_000).map(lit).collect();
    let membership = in_list(column("size"), values, &false, &schema()).unwrap();
    assert_eq!(
        sql(&membership, &names()),
        "size IN (0, 1, 2, 3, 4, 5, 6, 7, 8, 9, ... 990 more)"
    );
    let deep = (1..100).fold(large(0), |inner, _| not(inner).unwrap());
    let text = sql(&deep, &names());
    assert_eq!(text, format!("{}...", "NOT ".repeat(DEEPEST)));
    let long = literal(&ScalarValue::Utf8(Some("é".repeat(1_000))));
    assert_eq!(long, format!("'{}…'", "é".repeat(100)));
}
