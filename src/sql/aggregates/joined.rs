//! STRING_AGG: the texts of a group, joined.

use super::kept::Kept;
use crate::sql::functions::external;
use crate::sql::{Error, ErrorKind};
use datafusion::arrow::array::{Array, ArrayRef, AsArray};
use datafusion::arrow::compute::SortOptions;
use datafusion::arrow::datatypes::{DataType, Field, FieldRef};
use datafusion::common::{Result, ScalarValue};
use datafusion::logical_expr::function::{AccumulatorArgs, StateFieldsArgs};
use datafusion::logical_expr::utils::{AggregateOrderSensitivity, format_state_name};
use datafusion::logical_expr::{Accumulator, AggregateUDFImpl, Signature, Volatility};
use std::collections::HashSet;
use std::sync::Arc;

/// Longest text, in bytes.
const LONGEST: usize = 1 << 28;

#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct StringAgg {
    signature: Signature,
}

impl StringAgg {
    pub fn new() -> Self {
        Self {
            signature: Signature::user_defined(Volatility::Immutable),
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
        Ok(vec![DataType::Utf8; 2])
    }

    fn return_type(&self, _: &[DataType]) -> Result<DataType> {
        Ok(DataType::Utf8)
    }

    fn accumulator(&self, args: AccumulatorArgs) -> Result<Box<dyn Accumulator>> {
        if args.is_distinct {
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
        Ok(Box::new(Joining {
            distinct: args.is_distinct,
            orders,
            kept: Kept::new(types),
        }))
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

    /// It sorts by itself.
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

#[derive(Debug)]
struct Joining {
    distinct: bool,
    /// Columns, and how they are ordered.
    orders: Vec<(usize, SortOptions)>,
    /// The texts, what stands before each, and the columns of the order.
    kept: Kept,
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
            match &mut joined {
                None => joined = Some(text.to_owned()),
                Some(joined) => {
                    if separators.is_valid(row) {
                        joined.push_str(separators.value(row));
                    }
                    joined.push_str(text);
                    if joined.len() > LONGEST {
                        return Err(external(Error::new(
                            ErrorKind::OutOfMemory,
                            "a text that STRING_AGG joins is too long; select fewer rows for each group",
                        )));
                    }
                }
            }
        }
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
