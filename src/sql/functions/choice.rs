//! Functions that choose one of their arguments: `IFNULL`, `COALESCE`, `IIF`, `NULLIF`.
//!
//! The optimizer turns them into CASE, which evaluates only what is chosen. The code here runs where it
//! did not, and gives the same.

use super::call::Call;
use super::definition::Parameter::{Boolean, Common};
use super::definition::{Function, Returns};
use crate::sql::{Error, ErrorKind};
use datafusion::arrow::array::{Array, ArrayRef, BooleanArray, Datum, new_null_array};
use datafusion::arrow::compute::kernels::cmp::eq;
use datafusion::arrow::compute::kernels::zip::zip;
use datafusion::arrow::compute::{is_not_null, prep_null_mask_filter};
use datafusion::arrow::error::ArrowError;
use datafusion::logical_expr::{Case, Expr};
use std::sync::Arc;

pub const FUNCTIONS: &[Function] = &[
    Function::new("coalesce", &[Common], Returns::Argument(0), first)
        .repeating()
        .lazy(),
    Function::new("ifnull", &[Common, Common], Returns::Argument(0), first)
        .lazy()
        .also(&["isnull", "nvl"]),
    Function::new(
        "iif",
        &[Boolean, Common, Common],
        Returns::Argument(1),
        either,
    )
    .lazy(),
    Function::new(
        "nullif",
        &[Common, Common],
        Returns::Argument(0),
        unless_equal,
    ),
];

/// The same as CASE; `None` for functions that do not choose.
pub fn as_case(name: &str, arguments: &[Expr]) -> Option<Expr> {
    let (branches, otherwise) = match (name, arguments) {
        ("coalesce" | "ifnull", [several @ .., last]) if !several.is_empty() => {
            let branch = |value: &Expr| (value.clone().is_not_null(), value.clone());
            (several.iter().map(branch).collect::<Vec<_>>(), last)
        }
        ("coalesce", [only]) => return Some(only.clone()),
        ("iif", [condition, chosen, otherwise]) => {
            (vec![(condition.clone(), chosen.clone())], otherwise)
        }
        _ => return None,
    };
    let boxed = branches
        .into_iter()
        .map(|(when, then)| (Box::new(when), Box::new(then)));
    Some(Expr::Case(Case::new(
        None,
        boxed.collect(),
        Some(Box::new(otherwise.clone())),
    )))
}

fn first(call: &Call) -> Result<ArrayRef, Error> {
    let mut arguments = call.arguments.iter().rev();
    let last = arguments
        .next()
        .ok_or_else(|| Error::new(ErrorKind::Syntax, "no argument"))?;
    arguments.try_fold(Arc::clone(last), |otherwise, value| {
        choose(is_not_null(value).map_err(failed)?, value, &otherwise)
    })
}

fn either(call: &Call) -> Result<ArrayRef, Error> {
    choose(
        call.boolean(0).clone(),
        &call.arguments[1],
        &call.arguments[2],
    )
}

fn unless_equal(call: &Call) -> Result<ArrayRef, Error> {
    let (left, right) = (&call.arguments[0], &call.arguments[1]);
    let equal = eq(left as &dyn Datum, right as &dyn Datum).map_err(failed)?;
    choose(equal, &new_null_array(left.data_type(), call.rows), left)
}

/// A condition that is null is not met.
fn choose(
    condition: BooleanArray,
    chosen: &ArrayRef,
    otherwise: &ArrayRef,
) -> Result<ArrayRef, Error> {
    let condition = match condition.null_count() {
        0 => condition,
        _ => prep_null_mask_filter(&condition),
    };
    zip(&condition, chosen, otherwise).map_err(failed)
}

fn failed(error: ArrowError) -> Error {
    Error::new(
        ErrorKind::Syntax,
        format!("the arguments cannot be compared: {error}"),
    )
}
