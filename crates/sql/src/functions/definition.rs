//! The definition of a function: its name, its parameters and result, and its code.

use super::call::Call;
use super::type_families;
use crate::Error;
use datafusion::arrow::array::ArrayRef;
use datafusion::arrow::datatypes::DataType;
use datafusion::common::ScalarValue;
use datafusion::logical_expr::Volatility;

/// A scalar function of this module.
#[derive(Debug)]
pub struct Function {
    /// Lower case, as the text layer writes every name.
    pub name: &'static str,
    pub aliases: &'static [&'static str],
    pub parameters: &'static [Parameter],
    /// The number of required parameters.
    pub required: usize,
    /// Whether the last parameter may be repeated any number of times.
    pub repeats: bool,
    pub returns: Returns,
    pub volatility: Volatility,
    /// Whether arguments after the first are evaluated only if needed.
    pub lazy: bool,
    pub run: fn(&Call) -> Result<ArrayRef, Error>,
}

/// The type of a parameter. Arguments of other types are converted if that is safe.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Parameter {
    /// `Utf8`; every value has a text.
    Text,
    /// `Int64`; fractions are cut off.
    Integer,
    /// `Float64`
    Double,
    /// `Int64`, `Float64` or `Decimal128`; a text is read as a `Float64`.
    Number,
    /// As [`Parameter::Number`], all arguments alike.
    CommonNumber,
    /// `Date32`, `Timestamp(Microsecond)`, or a text that holds one of them.
    Day,
    /// `Time64(Microsecond)`, or as [`Parameter::Day`].
    Moment,
    /// As [`Parameter::Moment`], or an interval.
    MomentOrInterval,
    /// As [`Parameter::Number`], or a date, a time or a timestamp.
    NumberOrMoment,
    /// The name of a part of a date, as a constant text.
    Unit,
    Boolean,
    /// Any type.
    Any,
    /// Any type, all arguments alike.
    Common,
}

/// The type of a call's result.
#[derive(Clone, Copy, Debug)]
pub enum Returns {
    Text,
    Integer,
    BigInt,
    Double,
    Boolean,
    Date,
    Timestamp,
    /// The type of this argument, after conversion.
    Argument(usize),
    /// Computed from the arguments' types and constants.
    Computed(fn(&[&DataType], &[Option<&ScalarValue>]) -> DataType),
}

impl Function {
    /// A function without other names, whose parameters are all required. The methods below change
    /// that.
    pub const fn new(
        name: &'static str,
        parameters: &'static [Parameter],
        returns: Returns,
        run: fn(&Call) -> Result<ArrayRef, Error>,
    ) -> Self {
        Self {
            name,
            aliases: &[],
            parameters,
            required: parameters.len(),
            repeats: false,
            returns,
            volatility: Volatility::Immutable,
            lazy: false,
            run,
        }
    }

    /// Other names.
    pub const fn also(mut self, aliases: &'static [&'static str]) -> Self {
        self.aliases = aliases;
        self
    }

    /// Only the first `required` parameters must be given.
    pub const fn required(mut self, required: usize) -> Self {
        self.required = required;
        self
    }

    /// The last parameter may be repeated any number of times.
    pub const fn repeating(mut self) -> Self {
        self.repeats = true;
        self
    }

    /// Each row gets another value.
    pub const fn volatile(mut self) -> Self {
        self.volatility = Volatility::Volatile;
        self
    }

    /// Arguments after the first are evaluated only if needed.
    pub const fn lazy(mut self) -> Self {
        self.lazy = true;
        self
    }

    /// The parameter at this position of a call.
    pub fn parameter(&self, index: usize) -> Option<Parameter> {
        let last = self.parameters.len().checked_sub(1)?;
        match index <= last || self.repeats {
            true => Some(self.parameters[index.min(last)]),
            false => None,
        }
    }

    /// Whether the function can be called with this many arguments.
    pub fn takes(&self, count: usize) -> bool {
        count >= self.required && (self.repeats || count <= self.parameters.len())
    }

    /// `2`, `2 or 3`, `1 or more`: the number of arguments, for messages and documentation.
    pub fn arity(&self) -> String {
        match (self.required, self.parameters.len()) {
            (required, _) if self.repeats => format!("{required} or more"),
            (required, most) if required == most => most.to_string(),
            (required, most) if required + 1 == most => format!("{required} or {most}"),
            (required, most) => format!("{required} to {most}"),
        }
    }
}

impl Returns {
    pub fn data_type(
        self,
        arguments: &[&DataType],
        constants: &[Option<&ScalarValue>],
    ) -> DataType {
        match self {
            Self::Text => DataType::Utf8,
            Self::Integer => DataType::Int32,
            Self::BigInt => DataType::Int64,
            Self::Double => DataType::Float64,
            Self::Boolean => DataType::Boolean,
            Self::Date => DataType::Date32,
            Self::Timestamp => type_families::TIMESTAMP,
            Self::Argument(index) => arguments[index].clone(),
            Self::Computed(compute) => compute(arguments, constants),
        }
    }
}
