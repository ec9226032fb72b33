//! Paths of a filter: their properties.

use super::ast::{Comparison, Literal};
use super::constant;
use super::eval::{Constant, Keys};
use crate::refusal::Refusal;
use crate::schema::{Kind, schema};

/// The variable of a lambda.
pub(super) struct Scope {
    pub(super) variable: String,
    pub(super) element: Kind,
    /// The collection as the rules name it: `categories/any`.
    pub(super) rule: String,
}

/// The property of a path.
pub(super) struct Target {
    pub(super) keys: Keys,
    pub(super) rule: String,
    pub(super) kind: Kind,
    pub(super) collection: bool,
    /// The path ends in `$count`.
    pub(super) counted: bool,
}

impl Target {
    pub(super) fn row(entity: &'static str) -> Self {
        Self {
            keys: Vec::new(),
            rule: String::new(),
            kind: Kind::Structured(entity),
            collection: false,
            counted: false,
        }
    }

    pub(super) fn element(scope: &Scope) -> Self {
        Self {
            keys: Vec::new(),
            rule: scope.rule.clone(),
            kind: scope.element,
            collection: false,
            counted: false,
        }
    }

    /// The constant in the form of this property.
    pub(super) fn constant(
        &self,
        operator: Comparison,
        literal: &Literal,
    ) -> Result<Constant, Refusal> {
        match self.collection && !self.counted {
            true => Err(constant::incompatible(self.kind, operator, literal)),
            false => constant::read(self.kind, operator, literal),
        }
    }

    pub(super) fn step(&mut self, name: &str) -> Result<(), Refusal> {
        if self.collection && !self.counted && name == "$count" {
            self.counted = true;
            self.kind = Kind::Number;
            return Ok(());
        }
        if self.collection {
            return Err(Refusal::bad_request(format!(
                "The parent value for a property access of a property '{name}' is not a single value. Property \
                 access can only be applied to a single value."
            )));
        }
        let Kind::Structured(type_name) = self.kind else {
            return Err(Refusal::unknown_property(name, "Edm.String"));
        };
        let property = schema()
            .get(type_name)
            .and_then(|known| known.property(name))
            .ok_or_else(|| Refusal::unknown_property(name, type_name))?;
        self.keys.push(property.name);
        if !self.rule.is_empty() {
            self.rule.push('/');
        }
        self.rule.push_str(property.name);
        self.kind = property.kind;
        self.collection = property.collection;
        Ok(())
    }
}
