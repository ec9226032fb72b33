//! STRING_AGG: the concatenated texts of a group.

use super::kept::Kept;
use crate::functions::{LONGEST_TEXT, external, too_long};
use crate::{Error, ErrorKind};
use datafusion::arrow::array::{Array, ArrayRef, AsArray};
use datafusion::arrow::compute::SortOptions;
use datafusion::arrow::datatypes::{DataType, Field, FieldRef};
use datafusion::common::{Result, ScalarValue};
use datafusion::logical_expr::function::{
    AccumulatorArgs, AggregateFunctionSimplification, StateFieldsArgs,
};
use datafusion::logical_expr::utils::{AggregateOrderSensitivity, format_state_name};
use datafusion::logical_expr::{
    Accumulator, AggregateUDF, AggregateUDFImpl, Expr, GroupsAccumulator, Signature, Volatility,
};
use datafusion::physical_expr::GroupsAccumulatorAdapter;
use std::collections::HashSet;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

/// Maximum bytes of all concatenated texts in one column of a result: an array of texts holds no
/// more.
const MOST_BYTES: usize = i32::MAX as usize;

#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct StringAgg {
    signature: Signature,
    /// Its order is that of the values before they became texts.
    ordered_by_itself: bool,
}

impl StringAgg {
    pub fn new() -> Self {
        Self {
            signature: Signature::user_defined(Volatility::Immutable),
            ordered_by_itself: false,
        }
    }
}

impl AggregateUDFImpl for StringAgg {
    fn name(&self) -> &str {
        "string_agg"
    }

    fn signature(&self) -> &Signature {
        &self.signature
    }

    fn coerce_types(&self, types: &[DataType]) -> Result<Vec<DataType>> {
        if types.len() != 2 {
            return Err(syntax(
                "STRING_AGG takes a value and what stands between the values: STRING_AGG(x, ', ')",
            ));
        }
        if types.iter().any(DataType::is_nested) {
            return Err(syntax(
                "STRING_AGG joins values and no rows, such as (a, b); join their parts one by one",
            ));
        }
        Ok(vec![DataType::Utf8; 2])
    }

    fn return_type(&self, _: &[DataType]) -> Result<DataType> {
        Ok(DataType::Utf8)
    }

    fn accumulator(&self, args: AccumulatorArgs) -> Result<Box<dyn Accumulator>> {
        let plan = Plan::of(&args, self.ordered_by_itself)?;
        Ok(Box::new(Joining::new(&plan, &Room::new(MOST_BYTES))))
    }

    fn groups_accumulator_supported(&self, _: AccumulatorArgs) -> bool {
        true
    }

    /// The groups share the limit for their texts, which become one array.
    fn create_groups_accumulator(
        &self,
        args: AccumulatorArgs,
    ) -> Result<Box<dyn GroupsAccumulator>> {
        let (plan, room) = (
            Plan::of(&args, self.ordered_by_itself)?,
            Room::new(MOST_BYTES),
        );
        Ok(Box::new(GroupsAccumulatorAdapter::new(move || {
            Ok(Box::new(Joining::new(&plan, &room)))
        })))
    }

    fn state_fields(&self, args: StateFieldsArgs) -> Result<Vec<FieldRef>> {
        let texts = [DataType::Utf8, DataType::Utf8];
        let orders = args.ordering_fields.iter();
        let orders = orders.map(|field| field.data_type().clone());
        let fields = texts.into_iter().chain(orders).enumerate();
        Ok(fields
            .map(|(index, data_type)| {
                let name = format_state_name(args.name, &index.to_string());
                let list = DataType::List(Arc::new(Field::new_list_field(data_type, true)));
                Arc::new(Field::new(name, list, true))
            })
            .collect())
    }

    /// `STRING_AGG(DISTINCT n, ',' ORDER BY n)` concatenates the texts of n. Later rules may hide
    /// that they are texts of n.
    fn simplify(&self) -> Option<AggregateFunctionSimplification> {
        if self.ordered_by_itself {
            return None;
        }
        Some(Box::new(|mut aggregate, _| {
            let params = &aggregate.params;
            if params.distinct
                && let ([value, ..], [order]) = (&*params.args, &*params.order_by)
                && is_text_of(value, &order.expr)
            {
                let function = Self {
                    ordered_by_itself: true,
                    ..Self::new()
                };
                aggregate.func = Arc::new(AggregateUDF::new_from_impl(function));
            }
            Ok(Expr::AggregateFunction(aggregate))
        }))
    }

    /// It sorts its own rows.
    fn order_sensitivity(&self) -> AggregateOrderSensitivity {
        AggregateOrderSensitivity::Beneficial
    }

    fn with_beneficial_ordering(
        self: Arc<Self>,
        _: bool,
    ) -> Result<Option<Arc<dyn AggregateUDFImpl>>> {
        Ok(Some(self))
    }
}

/// Whether an expression is just the text of a value, so that equal texts mean equal values.
fn is_text_of(text: &Expr, value: &Expr) -> bool {
    match text {
        Expr::Cast(cast) => *cast.expr == *value,
        // The function that replaces a conversion that can change a value.
        Expr::ScalarFunction(call) if call.func.name() == "convert" => call.args == [value.clone()],
        _ => false,
    }
}

/// The arguments and order of a call.
struct Plan {
    distinct: bool,
    /// Columns with their sort options.
    orders: Vec<(usize, SortOptions)>,
    /// The types of the texts, their separators, and the columns of the order.
    types: Vec<DataType>,
}

impl Plan {
    fn of(args: &AccumulatorArgs, ordered_by_itself: bool) -> Result<Self> {
        if args.is_distinct && !ordered_by_itself {
            let is_itself = match args.order_bys {
                [] => true,
                [only] => only.expr.eq(&args.exprs[0]),
                _ => false,
            };
            if !is_itself {
                return Err(syntax(
                    "with DISTINCT, STRING_AGG can be ordered by the values themselves only",
                ));
            }
        }
        let mut types = vec![DataType::Utf8; 2];
        let mut orders = Vec::new();
        for order in args.order_bys {
            orders.push((types.len(), order.options));
            types.push(order.expr.data_type(args.schema)?);
        }
        Ok(Self {
            distinct: args.is_distinct,
            orders,
            types,
        })
    }
}

/// The remaining bytes for texts.
#[derive(Clone, Debug)]
struct Room {
    left: Arc<AtomicUsize>,
}

impl Room {
    fn new(bytes: usize) -> Self {
        Self {
            left: Arc::new(AtomicUsize::new(bytes)),
        }
    }

    fn take(&self, bytes: usize) -> Result<()> {
        let less = |left: usize| left.checked_sub(bytes);
        let taken = (self.left).fetch_update(Ordering::Relaxed, Ordering::Relaxed, less);
        taken.map(drop).map_err(|_| external(too_long()))
    }
}

#[derive(Debug)]
struct Joining {
    distinct: bool,
    orders: Vec<(usize, SortOptions)>,
    kept: Kept,
    room: Room,
}

impl Joining {
    fn new(plan: &Plan, room: &Room) -> Self {
        Self {
            distinct: plan.distinct,
            orders: plan.orders.clone(),
            kept: Kept::new(plan.types.clone()),
            room: room.clone(),
        }
    }
}

impl Accumulator for Joining {
    fn update_batch(&mut self, columns: &[ArrayRef]) -> Result<()> {
        self.kept.push(columns)
    }

    fn retract_batch(&mut self, columns: &[ArrayRef]) -> Result<()> {
        self.kept.remove(columns);
        Ok(())
    }

    fn supports_retract_batch(&self) -> bool {
        true
    }

    fn evaluate(&mut self) -> Result<ScalarValue> {
        let sorted = self.kept.sorted(0..2, &self.orders)?;
        let (texts, separators) = (sorted[0].as_string::<i32>(), sorted[1].as_string::<i32>());
        let mut seen = HashSet::new();
        let mut joined: Option<String> = None;
        for row in 0..texts.len() {
            let text = texts.value(row);
            if self.distinct && !seen.insert(text) {
                continue;
            }
            let separator = match &joined {
                Some(_) if separators.is_valid(row) => separators.value(row),
                _ => "",
            };
            let joined = joined.get_or_insert_default();
            if joined.len() + separator.len() + text.len() > LONGEST_TEXT {
                return Err(external(too_long()));
            }
            joined.push_str(separator);
            joined.push_str(text);
        }
        self.room.take(joined.as_ref().map_or(0, String::len))?;
        Ok(ScalarValue::Utf8(joined))
    }

    fn size(&self) -> usize {
        size_of_val(self) + self.kept.size()
    }

    fn state(&mut self) -> Result<Vec<ScalarValue>> {
        self.kept.state()
    }

    fn merge_batch(&mut self, states: &[ArrayRef]) -> Result<()> {
        self.kept.merge(states)
    }
}

fn syntax(message: &str) -> datafusion::error::DataFusionError {
    external(Error::new(ErrorKind::Syntax, message))
}

#[cfg(test)]
mod tests {
    use super::*;
    use datafusion::arrow::array::StringArray;

    #[test]
    fn all_texts_together_have_the_room_of_one_array() {
        let plan = Plan {
            distinct: false,
            orders: Vec::new(),
            types: vec![DataType::Utf8; 2],
        };
        let room = Room::new(9);
        let columns: [ArrayRef; 2] = [
            Arc::new(StringArray::from(vec!["ab", "cd"])),
            Arc::new(StringArray::from(vec!["-", "-"])),
        ];
        let (mut one, mut another) = (Joining::new(&plan, &room), Joining::new(&plan, &room));
        one.update_batch(&columns).unwrap();
        another.update_batch(&columns).unwrap();
        assert_eq!(one.evaluate().unwrap(), ScalarValue::from("ab-cd"));
        let error = crate::engine::to_error(&another.evaluate().unwrap_err());
        assert_eq!(error.kind, ErrorKind::OutOfMemory);
    }
}
