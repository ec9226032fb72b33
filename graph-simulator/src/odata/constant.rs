//! Constants of a filter in the form for comparing.

use super::ast::{Comparison, Literal};
use super::eval::Constant;
use super::moment;
use crate::refusal::Refusal;
use crate::schema::{Kind, schema};

/// The constant for a property of this kind, or OData's complaint about the types.
pub fn read(kind: Kind, operator: Comparison, literal: &Literal) -> Result<Constant, Refusal> {
    let mismatch = || incompatible(kind, operator, literal);
    match (kind, literal) {
        (Kind::Text, Literal::Text(text)) => Ok(Constant::Text(text.to_lowercase())),
        (Kind::Boolean, Literal::Boolean(value)) => Ok(Constant::Boolean(*value)),
        (Kind::Number, Literal::Number(text)) => {
            text.parse().map(Constant::Number).map_err(|_| mismatch())
        }
        (Kind::DateTimeOffset, Literal::DateTime(text) | Literal::Date(text)) => {
            moment::offset(text)
                .map(Constant::Moment)
                .ok_or_else(mismatch)
        }
        (Kind::Date, Literal::Date(text)) => Ok(Constant::Text(text.clone())),
        (Kind::Guid, Literal::Guid(text)) => Ok(Constant::Text(text.to_lowercase())),
        (Kind::Enumeration(name), Literal::Text(text)) => member(name, text),
        (Kind::Enumeration(name), Literal::Enumeration(type_name, text))
            if type_name.strip_prefix("microsoft.graph.") == Some(name) =>
        {
            member(name, text)
        }
        _ => Err(mismatch()),
    }
}

fn member(enumeration: &str, text: &str) -> Result<Constant, Refusal> {
    let mut members = schema().members(enumeration).iter();
    if members.any(|member| member.eq_ignore_ascii_case(text)) {
        return Ok(Constant::Text(text.to_lowercase()));
    }
    Err(Refusal::bad_request(format!(
        "The string '{text}' is not a valid enumeration type constant."
    )))
}

/// OData's message about types that do not compare.
pub fn incompatible(kind: Kind, operator: Comparison, literal: &Literal) -> Refusal {
    let left = match kind {
        Kind::Text => "Edm.String".to_owned(),
        Kind::Boolean => "Edm.Boolean".to_owned(),
        Kind::Number => "Edm.Int32".to_owned(),
        Kind::DateTimeOffset => "Edm.DateTimeOffset".to_owned(),
        Kind::Date => "Edm.Date".to_owned(),
        Kind::TimeOfDay => "Edm.TimeOfDay".to_owned(),
        Kind::Guid => "Edm.Guid".to_owned(),
        Kind::Binary => "Edm.Binary".to_owned(),
        Kind::Duration => "Edm.Duration".to_owned(),
        Kind::Enumeration(name) | Kind::Structured(name) => format!("microsoft.graph.{name}"),
    };
    let right = match literal {
        Literal::Null => "<null>",
        Literal::Boolean(_) => "Edm.Boolean",
        Literal::Text(_) => "Edm.String",
        Literal::Number(_) => "Edm.Int32",
        Literal::Date(_) => "Edm.Date",
        Literal::DateTime(_) => "Edm.DateTimeOffset",
        Literal::Guid(_) => "Edm.Guid",
        Literal::Enumeration(name, _) => name,
    };
    let operator = match operator {
        Comparison::Eq => "Equal",
        Comparison::Ne => "NotEqual",
        Comparison::Gt => "GreaterThan",
        Comparison::Ge => "GreaterThanOrEqual",
        Comparison::Lt => "LessThan",
        Comparison::Le => "LessThanOrEqual",
        Comparison::Has => "Has",
    };
    Refusal::bad_request(format!(
        "A binary operator with incompatible types was detected. Found operand types '{left}' and '{right}' for \
         operator kind '{operator}'."
    ))
}
