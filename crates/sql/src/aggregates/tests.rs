//! Merging of aggregates that keep their rows.

use super::aggregate_udfs;
use datafusion::arrow::array::{ArrayRef, BooleanArray, Float64Array, StringArray};
use datafusion::arrow::datatypes::{DataType, Field, FieldRef, Schema};
use datafusion::common::ScalarValue;
use datafusion::logical_expr::function::AccumulatorArgs;
use datafusion::logical_expr::{Accumulator, AggregateUDF};
use datafusion::physical_expr::expressions::Column;
use datafusion::physical_expr::{PhysicalExpr, PhysicalSortExpr};
use std::sync::Arc;

fn function(name: &str) -> Arc<AggregateUDF> {
    let all = aggregate_udfs();
    let found = all.into_iter().find(|function| function.name() == name);
    found.expect("the function")
}

/// An accumulator of arguments of these types, with descending order by the following columns.
fn accumulator(
    name: &str,
    types: &[DataType],
    orders: usize,
    distinct: bool,
) -> Box<dyn Accumulator> {
    let function = function(name);
    let fields: Vec<Field> = types
        .iter()
        .enumerate()
        .map(|(index, data_type)| Field::new(format!("c{index}"), data_type.clone(), true))
        .collect();
    let column = |index: usize| -> Arc<dyn PhysicalExpr> {
        Arc::new(Column::new(&format!("c{index}"), index))
    };
    let arguments = types.len() - orders;
    let exprs: Vec<_> = (0..arguments).map(column).collect();
    let expr_fields: Vec<FieldRef> = fields[..arguments]
        .iter()
        .map(|field| Arc::new(field.clone()))
        .collect();
    let order_bys: Vec<_> = (arguments..types.len())
        .map(|index| PhysicalSortExpr::new_default(column(index)).desc())
        .collect();
    let result = function.return_type(&types[..arguments]).expect("a type");
    function
        .accumulator(AccumulatorArgs {
            return_field: Arc::new(Field::new("result", result, true)),
            schema: &Schema::new(fields),
            ignore_nulls: false,
            order_bys: &order_bys,
            is_reversed: false,
            name: "result",
            is_distinct: distinct,
            exprs: &exprs,
            expr_fields: &expr_fields,
        })
        .expect("an accumulator")
}

/// The result of merging two accumulators, each over a part of the rows.
fn together(make: impl Fn() -> Box<dyn Accumulator>, parts: [Vec<ArrayRef>; 2]) -> ScalarValue {
    let mut all = make();
    for part in parts {
        let mut one = make();
        one.update_batch(&part).expect("it takes rows");
        let state = one.state().expect("a state");
        let state: Vec<ArrayRef> = state
            .iter()
            .map(|value| value.to_array().expect("an array"))
            .collect();
        all.merge_batch(&state).expect("it takes states");
    }
    all.evaluate().expect("a value")
}

fn numbers<const N: usize>(numbers: [f64; N]) -> ArrayRef {
    Arc::new(Float64Array::from(numbers.to_vec()))
}

fn texts<const N: usize>(texts: [Option<&str>; N]) -> ArrayRef {
    Arc::new(StringArray::from(texts.to_vec()))
}

#[test]
fn texts_are_joined_in_their_order_across_parts() {
    let types = [DataType::Utf8, DataType::Utf8, DataType::Float64];
    let part = |values, order| vec![values, texts([Some(","), Some(",")]), order];
    let joined = together(
        || accumulator("string_agg", &types, 1, false),
        [
            part(texts([Some("a"), None]), numbers([1.0, 9.0])),
            part(texts([Some("b"), Some("c")]), numbers([3.0, 2.0])),
        ],
    );
    assert_eq!(joined, ScalarValue::from("b,c,a"));
}

#[test]
fn percentiles_and_deviations_are_those_of_all_parts() {
    let median = together(
        || accumulator("median", &[DataType::Float64], 0, false),
        [vec![numbers([1.0, 4.0])], vec![numbers([2.0])]],
    );
    assert_eq!(median, ScalarValue::from(2.0));
    let types = [DataType::Float64, DataType::Float64, DataType::Boolean];
    let part = |values, rows| {
        let descending = BooleanArray::from(vec![true; rows]);
        let fraction = Float64Array::from(vec![0.25; rows]);
        vec![
            values,
            Arc::new(fraction) as ArrayRef,
            Arc::new(descending) as ArrayRef,
        ]
    };
    let percentile = together(
        || accumulator(super::percentile::DISCRETE, &types, 0, false),
        [part(numbers([1.0, 4.0]), 2), part(numbers([2.0, 3.0]), 2)],
    );
    assert_eq!(percentile, ScalarValue::from(4.0));
    let deviation = together(
        || accumulator("stddev_pop", &[DataType::Float64], 0, true),
        [vec![numbers([1.0, 1.0])], vec![numbers([3.0, 1.0])]],
    );
    assert_eq!(deviation, ScalarValue::from(1.0));
}

#[test]
fn a_window_that_moves_forgets_its_first_rows() {
    let mut median = accumulator("median", &[DataType::Float64], 0, false);
    let rows: ArrayRef = Arc::new(Float64Array::from(vec![
        Some(1.0),
        None,
        Some(5.0),
        Some(7.0),
    ]));
    median.update_batch(&[Arc::clone(&rows)]).unwrap();
    assert_eq!(median.evaluate().unwrap(), ScalarValue::from(5.0));
    median.retract_batch(&[rows.slice(0, 2)]).unwrap();
    assert_eq!(median.evaluate().unwrap(), ScalarValue::from(6.0));
    median.retract_batch(&[rows.slice(2, 2)]).unwrap();
    assert_eq!(median.evaluate().unwrap(), ScalarValue::Float64(None));
}
