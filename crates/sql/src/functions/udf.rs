//! A [`Function`] as DataFusion calls it.

use super::arguments;
use super::call::Call;
use super::choice;
use super::datetime::range;
use super::definition::{Function, Parameter};
use super::numbers::with_one_zero;
use crate::{Error, ErrorKind};
use datafusion::arrow::datatypes::{DataType, Field, FieldRef};
use datafusion::common::{Result, ScalarValue};
use datafusion::error::DataFusionError;
use datafusion::logical_expr::preimage::PreimageResult;
use datafusion::logical_expr::simplify::{ExprSimplifyResult, SimplifyContext};
use datafusion::logical_expr::{
    ColumnarValue, Expr, ReturnFieldArgs, ScalarFunctionArgs, ScalarUDFImpl, Signature, Volatility,
};
use exchange_config::Zone;
use std::hash::{Hash, Hasher};
use std::sync::Arc;

#[derive(Debug)]
pub struct Udf {
    function: &'static Function,
    /// The zone of the connection's times.
    zone: Zone,
    aliases: Vec<String>,
    signature: Signature,
}

impl Udf {
    pub fn new(function: &'static Function, zone: Zone) -> Self {
        Self {
            function,
            zone,
            aliases: function
                .aliases
                .iter()
                .map(|&alias| alias.to_owned())
                .collect(),
            signature: Signature::user_defined(function.volatility),
        }
    }

    pub fn function(&self) -> &'static Function {
        self.function
    }

    fn check(&self, arguments: &[FieldRef]) -> std::result::Result<(), Error> {
        let Function { name, .. } = self.function;
        let count = arguments.len();
        if !self.function.takes(count) {
            let arity = self.function.arity();
            return Err(Error::new(
                ErrorKind::Syntax,
                format!("function {name} takes {arity} arguments, but {count} are given"),
            ));
        }
        let mut common = None;
        for (index, argument) in arguments.iter().enumerate() {
            let Some(parameter) = self.function.parameter(index) else {
                continue;
            };
            if let Some(wanted) = arguments::refusal(parameter, argument.data_type()) {
                return Err(Error::new(
                    ErrorKind::Syntax,
                    format!(
                        "argument {} of function {name} must be {wanted}; convert it with CAST",
                        index + 1
                    ),
                ));
            }
            let is_common = matches!(parameter, Parameter::Common | Parameter::CommonNumber);
            if is_common && *common.get_or_insert(argument.data_type()) != argument.data_type() {
                return Err(Error::new(
                    ErrorKind::Syntax,
                    format!(
                        "the arguments of function {name} are of types that have nothing in common; \
                         convert them with CAST"
                    ),
                ));
            }
        }
        Ok(())
    }
}

impl PartialEq for Udf {
    fn eq(&self, other: &Self) -> bool {
        self.function.name == other.function.name && self.zone == other.zone
    }
}

impl Eq for Udf {}

impl Hash for Udf {
    fn hash<H: Hasher>(&self, state: &mut H) {
        self.function.name.hash(state);
    }
}

impl ScalarUDFImpl for Udf {
    fn name(&self) -> &str {
        self.function.name
    }

    fn aliases(&self) -> &[String] {
        &self.aliases
    }

    fn signature(&self) -> &Signature {
        &self.signature
    }

    fn coerce_types(&self, arguments: &[DataType]) -> Result<Vec<DataType>> {
        // `return_field_from_args` reports errors of a call, because the planner rewords errors of
        // this method.
        Ok(arguments::converted(self.function, arguments))
    }

    fn return_type(&self, arguments: &[DataType]) -> Result<DataType> {
        let arguments: Vec<&DataType> = arguments.iter().collect();
        Ok(self.function.returns.data_type(&arguments, &[]))
    }

    fn return_field_from_args(&self, args: ReturnFieldArgs<'_>) -> Result<FieldRef> {
        self.check(args.arg_fields).map_err(external)?;
        let arguments: Vec<&DataType> = args
            .arg_fields
            .iter()
            .map(|field| field.data_type())
            .collect();
        let data_type = self
            .function
            .returns
            .data_type(&arguments, args.scalar_arguments);
        Ok(Arc::new(Field::new(self.name(), data_type, true)))
    }

    fn invoke_with_args(&self, args: ScalarFunctionArgs) -> Result<ColumnarValue> {
        let is_constant = |value: &ColumnarValue| matches!(value, ColumnarValue::Scalar(_));
        let constant: Vec<bool> = args.args.iter().map(is_constant).collect();
        let once = self.function.volatility != Volatility::Volatile || !constant.is_empty();
        let once = once && constant.iter().all(|&constant| constant);
        let rows = if once { 1 } else { args.number_rows };
        let arrays = args.args.iter().map(|value| value.to_array(rows));
        let arrays = arrays.collect::<Result<Vec<_>>>()?;
        let call = Call::new(
            arrays,
            constant,
            rows,
            args.return_field.data_type().clone(),
        )
        .in_zone(self.zone);
        let result = with_one_zero((self.function.run)(&call).map_err(external)?);
        match once {
            true => Ok(ColumnarValue::Scalar(ScalarValue::try_from_array(
                &result, 0,
            )?)),
            false => Ok(ColumnarValue::Array(result)),
        }
    }

    fn short_circuits(&self) -> bool {
        self.function.lazy
    }

    fn conditional_arguments<'a>(
        &self,
        args: &'a [Expr],
    ) -> Option<(Vec<&'a Expr>, Vec<&'a Expr>)> {
        let (first, others) = args.split_first()?;
        self.function
            .lazy
            .then(|| (vec![first], others.iter().collect()))
    }

    fn preimage(
        &self,
        args: &[Expr],
        value: &Expr,
        info: &SimplifyContext,
    ) -> Result<PreimageResult> {
        range::of_year(self.function.name, args, value, info)
    }

    fn simplify(&self, args: Vec<Expr>, _info: &SimplifyContext) -> Result<ExprSimplifyResult> {
        // CASE evaluates its branches only if needed.
        match choice::as_case(self.function.name, &args) {
            Some(case) => Ok(ExprSimplifyResult::Simplified(case)),
            None => Ok(ExprSimplifyResult::Original(args)),
        }
    }
}

pub fn external(error: Error) -> DataFusionError {
    DataFusionError::External(Box::new(error))
}
