//! The aggregate functions.
//!
//! In DataFusion's SUM and AVG, whole numbers wrap around and floating ones become infinite. They
//! subtract floating numbers again when a window moves on, and support DISTINCT in moving windows
//! for one type only. The functions here keep exact totals: whole numbers in 128 bits, decimal ones
//! in 256, floating ones with their rounding errors. A result that its type cannot hold is an error
//! (22003), and the order of the rows never changes the result.

mod accumulate;
mod distinct;
mod finite;
mod grouped;
mod joined;
mod kept;
mod moving;
pub mod percentile;
mod spread;
#[cfg(test)]
mod tests;
mod totals;

use crate::functions::external;
use crate::{Error, ErrorKind};
use accumulate::Totalling;
use datafusion::arrow::datatypes::{
    DECIMAL128_MAX_PRECISION, DataType, Decimal128Type, DurationMicrosecondType, Field, FieldRef,
    Float64Type, Int64Type, TimeUnit,
};
use datafusion::common::Result;
use datafusion::error::DataFusionError;
use datafusion::functions_aggregate::bool_and_or::{bool_and_udaf, bool_or_udaf};
use datafusion::functions_aggregate::count::count_udaf;
use datafusion::functions_aggregate::grouping::grouping_udaf;
use datafusion::functions_aggregate::min_max::{max_udaf, min_udaf};
use datafusion::functions_aggregate::stddev::{stddev_pop_udaf, stddev_udaf};
use datafusion::functions_aggregate::variance::{var_pop_udaf, var_samp_udaf};
use datafusion::logical_expr::function::{AccumulatorArgs, StateFieldsArgs};
use datafusion::logical_expr::utils::{AggregateOrderSensitivity, format_state_name};
use datafusion::logical_expr::{
    Accumulator, AggregateUDF, AggregateUDFImpl, GroupsAccumulator, ReversedUDAF, Signature,
    Volatility,
};
use distinct::Distinct;
use finite::Finite;
use grouped::Groups;
use joined::StringAgg;
use moving::Moving;
use percentile::{Percentile, PercentileKind};
use std::sync::Arc;
use totals::{Figure, Measured};

/// All aggregate functions that a statement can call. Other aggregates of DataFusion cannot be
/// called.
pub fn aggregate_udfs() -> Vec<Arc<AggregateUDF>> {
    let mut functions = vec![
        count_udaf(),
        min_udaf(),
        max_udaf(),
        bool_and_udaf(),
        bool_or_udaf(),
        grouping_udaf(),
    ];
    let own = [
        AggregateUDF::new_from_impl(Total::new("sum", Figure::Sum)),
        AggregateUDF::new_from_impl(Total::new("avg", Figure::Average)),
        AggregateUDF::new_from_impl(Finite::new(stddev_udaf(), &["stddev_samp"])),
        AggregateUDF::new_from_impl(Finite::new(stddev_pop_udaf(), &[])),
        AggregateUDF::new_from_impl(Finite::new(var_samp_udaf(), &["var_samp"])),
        AggregateUDF::new_from_impl(Finite::new(var_pop_udaf(), &[])),
        AggregateUDF::new_from_impl(Percentile::new(PercentileKind::Median)),
        AggregateUDF::new_from_impl(Percentile::new(PercentileKind::Continuous)),
        AggregateUDF::new_from_impl(Percentile::new(PercentileKind::Discrete)),
        AggregateUDF::new_from_impl(StringAgg::new()),
    ];
    functions.extend(own.map(Arc::new));
    functions
}

/// SUM or AVG.
#[derive(Debug, PartialEq, Eq, Hash)]
struct Total {
    name: &'static str,
    figure: Figure,
    signature: Signature,
}

impl Total {
    fn new(name: &'static str, figure: Figure) -> Self {
        Self {
            name,
            figure,
            signature: Signature::user_defined(Volatility::Immutable),
        }
    }
}

/// Calls a generic function for the type of the values.
macro_rules! for_type {
    ($data_type:expr, $call:ident($($argument:expr),*)) => {
        match $data_type {
            DataType::Int64 => Ok($call::<Int64Type>($($argument),*)),
            DataType::Float64 => Ok($call::<Float64Type>($($argument),*)),
            DataType::Decimal128(..) => Ok($call::<Decimal128Type>($($argument),*)),
            DataType::Duration(TimeUnit::Microsecond) => {
                Ok($call::<DurationMicrosecondType>($($argument),*))
            }
            other => Err(not_summed(other)),
        }
    };
}

impl AggregateUDFImpl for Total {
    fn name(&self) -> &str {
        self.name
    }

    fn signature(&self) -> &Signature {
        &self.signature
    }

    fn coerce_types(&self, types: &[DataType]) -> Result<Vec<DataType>> {
        let [data_type] = types else {
            return Err(external(Error::new(
                ErrorKind::Syntax,
                format!("function {} takes 1 argument", self.name),
            )));
        };
        Ok(vec![match data_type {
            DataType::Null => DataType::Int64,
            each if each.is_integer() => DataType::Int64,
            each if each.is_floating() => DataType::Float64,
            &DataType::Decimal32(precision, scale) | &DataType::Decimal64(precision, scale) => {
                DataType::Decimal128(precision, scale)
            }
            DataType::Decimal128(..) => data_type.clone(),
            &DataType::Decimal256(_, scale) => {
                DataType::Decimal128(DECIMAL128_MAX_PRECISION, scale)
            }
            DataType::Duration(_) => DataType::Duration(TimeUnit::Microsecond),
            other => return Err(not_summed(other)),
        }])
    }

    fn return_type(&self, types: &[DataType]) -> Result<DataType> {
        Ok(self.figure.data_type(&types[0]))
    }

    fn accumulator(&self, args: AccumulatorArgs) -> Result<Box<dyn Accumulator>> {
        let values = args.expr_fields[0].data_type();
        let measured = Measured::new(self.figure, values, args.return_type());
        match args.is_distinct {
            true => for_type!(values, distinct(measured)),
            false => for_type!(values, totalling(measured)),
        }
    }

    fn state_fields(&self, args: StateFieldsArgs) -> Result<Vec<FieldRef>> {
        let name = format_state_name(args.name, self.name);
        Ok(vec![Arc::new(Field::new(name, DataType::Binary, true))])
    }

    fn groups_accumulator_supported(&self, args: AccumulatorArgs) -> bool {
        !args.is_distinct
    }

    fn create_groups_accumulator(
        &self,
        args: AccumulatorArgs,
    ) -> Result<Box<dyn GroupsAccumulator>> {
        let values = args.expr_fields[0].data_type();
        let measured = Measured::new(self.figure, values, args.return_type());
        for_type!(values, grouped(measured))
    }

    fn create_sliding_accumulator(&self, args: AccumulatorArgs) -> Result<Box<dyn Accumulator>> {
        let values = args.expr_fields[0].data_type();
        let measured = Measured::new(self.figure, values, args.return_type());
        match args.is_distinct {
            true => for_type!(values, distinct(measured)),
            false => for_type!(values, moving(measured)),
        }
    }

    fn reverse_expr(&self) -> ReversedUDAF {
        ReversedUDAF::Identical
    }

    fn order_sensitivity(&self) -> AggregateOrderSensitivity {
        AggregateOrderSensitivity::Insensitive
    }
}

fn totalling<T: totals::Summed>(measured: Measured) -> Box<dyn Accumulator> {
    Box::new(Totalling::<T>::new(measured))
}

fn distinct<T: totals::Summed>(measured: Measured) -> Box<dyn Accumulator> {
    Box::new(Distinct::<T>::new(measured))
}

fn moving<T: totals::Summed>(measured: Measured) -> Box<dyn Accumulator> {
    Box::new(Moving::<T>::new(measured))
}

fn grouped<T: totals::Summed>(measured: Measured) -> Box<dyn GroupsAccumulator> {
    Box::new(Groups::<T>::new(measured))
}

fn not_summed(data_type: &DataType) -> DataFusionError {
    let kind = match data_type {
        each if each.is_string() => "texts",
        each if each.is_temporal() => "dates and times",
        _ => "values of this type",
    };
    external(Error::new(
        ErrorKind::Syntax,
        format!("SUM and AVG take numbers, not {kind}; convert them with CAST"),
    ))
}
