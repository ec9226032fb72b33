//! Columns of a UNION.

use super::numbers;
use crate::functions::type_families::{common, is_moment, is_text, is_truth};
use datafusion::arrow::datatypes::{DataType, Field};
use datafusion::common::tree_node::Transformed;
use datafusion::common::{DFSchema, Result, TableReference};
use datafusion::logical_expr::expr_rewriter::coerce_plan_expr_for_schema;
use datafusion::logical_expr::type_coercion::binary::type_union_resolution;
use datafusion::logical_expr::{LogicalPlan, Union};
use std::sync::Arc;

/// Gives columns one type in all inputs. The engine would do so later and differently: dates beside
/// timestamps would become nanoseconds, approximate numbers beside exact ones would become exact,
/// and a subquery that compares with the column would use the type of the first input.
pub fn alike(plan: LogicalPlan) -> Result<Transformed<LogicalPlan>> {
    let LogicalPlan::Union(union) = plan else {
        return Ok(Transformed::no(plan));
    };
    let count = union.schema.fields().len();
    let targets: Vec<Option<DataType>> = (0..count).map(|index| target(&union, index)).collect();
    if targets.iter().all(Option::is_none) {
        return Ok(Transformed::no(LogicalPlan::Union(union)));
    }
    let inputs = union.inputs.into_iter().map(|input| {
        let input = Arc::unwrap_or_clone(input);
        let schema = with_types(input.schema(), &targets)?;
        Ok(Arc::new(coerce_plan_expr_for_schema(input, &schema)?))
    });
    let union = Union::try_new_with_loose_types(inputs.collect::<Result<_>>()?)?;
    Ok(Transformed::yes(LogicalPlan::Union(union)))
}

/// The type that a column must get; `None` if all inputs have the same or no common type exists.
fn target(union: &Union, index: usize) -> Option<DataType> {
    let types = union
        .inputs
        .iter()
        .map(|input| Some(input.schema().fields().get(index)?.data_type()));
    let types: Vec<DataType> = types.map(|each| each.cloned()).collect::<Option<_>>()?;
    let known = || types.iter().filter(|each| !each.is_null());
    let differs = known().any(|each| Some(each) != known().next());
    let is_known =
        known().all(|each| is_moment(each) || is_truth(each) || is_text(each) || each.is_numeric());
    let target = (differs && is_known).then(|| united(&types)).flatten();
    // The engine reports why no common type exists.
    target.filter(|target| !target.is_null())
}

/// The type that holds the values of all. Texts stay texts: values beside them become texts, too.
fn united(types: &[DataType]) -> Option<DataType> {
    let known: Vec<DataType> = types
        .iter()
        .filter(|each| !each.is_null())
        .cloned()
        .collect();
    if known.iter().all(is_moment) {
        return common(&known);
    }
    numbers::combined(&known).or_else(|| type_union_resolution(&known))
}

fn with_types(schema: &DFSchema, targets: &[Option<DataType>]) -> Result<DFSchema> {
    let fields = schema
        .iter()
        .zip(targets)
        .map(|((qualifier, field), target)| {
            let field: Field = match target {
                Some(target) => field.as_ref().clone().with_data_type(target.clone()),
                None => field.as_ref().clone(),
            };
            (qualifier.cloned(), Arc::new(field))
        });
    let fields: Vec<(Option<TableReference>, Arc<Field>)> = fields.collect();
    DFSchema::new_with_metadata(fields, schema.metadata().clone())
}
