//! Names, types and permissions of a filter: decides which of the grammatical expressions Graph
//! accepts here.

use super::ast::{Call, Comparison, Expr, Literal, Operand, Path};
use super::eval::{Constant, Relation, Test, TextFunction};
use super::parser;
use super::target::{Scope, Target};
use crate::refusal::Refusal;
use crate::rules::{Collection, Query, Service};
use crate::schema::Kind;

/// A filter that Graph accepts.
#[derive(Clone, Debug)]
pub struct Filter {
    pub test: Test,
    /// The properties it uses, in the order of the text.
    pub leaves: Vec<Leaf>,
}

/// A condition on one property.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Leaf {
    /// Names joined with `/`, in Graph's spelling; `any` means the elements of a collection.
    pub property: String,
    pub is_function: bool,
}

/// Parses and checks a filter.
pub fn filter(text: &str, collection: &Collection, query: Query) -> Result<Filter, Refusal> {
    let expr = parser::parse(text).map_err(|error| {
        Refusal::bad_request(format!(
            "Invalid filter clause: Syntax error at position {} in '{text}'.",
            error.position
        ))
    })?;
    let mut binder = Binder {
        collection,
        query,
        scopes: Vec::new(),
        leaves: Vec::new(),
    };
    let test = binder.expr(&expr)?;
    Ok(Filter {
        test,
        leaves: binder.leaves,
    })
}

struct Binder<'a> {
    collection: &'a Collection,
    query: Query,
    scopes: Vec<Scope>,
    leaves: Vec<Leaf>,
}

impl Binder<'_> {
    fn expr(&mut self, expr: &Expr) -> Result<Test, Refusal> {
        match expr {
            Expr::Or(left, right) => Ok(Test::Or(vec![self.expr(left)?, self.expr(right)?])),
            Expr::And(left, right) => {
                let tests = vec![self.expr(left)?, self.expr(right)?];
                Ok(self.and(tests))
            }
            Expr::Not(inner) => self.not(inner),
            Expr::Compare(left, operator, right) => self.compare(left, *operator, right),
            Expr::In(operand, list) => self.is_in(operand, list),
            Expr::Call(call) => self.call(call),
            Expr::Lambda {
                path,
                all,
                variable,
                condition,
            } => self.lambda(path, *all, variable, condition.as_deref()),
            Expr::Operand(Operand::Path(path)) => {
                let target = self.resolve(path)?;
                match target.kind {
                    // OData allows a boolean property alone, but nobody has seen Graph accept it.
                    Kind::Boolean => Err(self.no_such_filter()),
                    _ => Err(Refusal::bad_request(
                        "The $filter expression must evaluate to a single boolean value.",
                    )),
                }
            }
            Expr::Operand(_) => Err(Refusal::bad_request(
                "The $filter expression must evaluate to a single boolean value.",
            )),
        }
    }

    /// Outlook looks for one element that meets all conditions on a list, and so finds no message with two
    /// categories (docs/graph.md#lists-in-filters).
    fn and(&self, tests: Vec<Test>) -> Test {
        if self.collection.service != Service::Outlook {
            return Test::And(tests);
        }
        let mut merged: Vec<Test> = Vec::new();
        for test in tests.into_iter().flat_map(Test::conjuncts) {
            let earlier = merged.iter_mut().find_map(|earlier| earlier.of_list(&test));
            match (earlier, test) {
                (
                    Some(earlier),
                    Test::Any {
                        condition: Some(condition),
                        ..
                    },
                ) => {
                    let both = vec![(**earlier).clone(), *condition];
                    **earlier = Test::And(both);
                }
                (_, test) => merged.push(test),
            }
        }
        Test::And(merged)
    }

    fn not(&mut self, inner: &Expr) -> Result<Test, Refusal> {
        let before = self.leaves.len();
        let test = self.expr(inner)?;
        for leaf in &self.leaves[before..] {
            self.collection
                .filter
                .check(&leaf.property, "not", self.query)?;
        }
        Ok(Test::Not(Box::new(test)))
    }

    fn compare(
        &mut self,
        left: &Operand,
        operator: Comparison,
        right: &Operand,
    ) -> Result<Test, Refusal> {
        let (path, operator, literal) = match (left, right) {
            (Operand::Path(path), Operand::Literal(literal)) => (path, operator, literal),
            (Operand::Literal(literal), Operand::Path(path)) => (path, operator.swapped(), literal),
            (Operand::Call(call), _) | (_, Operand::Call(call)) => {
                return Err(self.unusable_call(call));
            }
            _ => return Err(self.no_such_filter()),
        };
        let target = self.resolve(path)?;
        let Some(comparison) = relation(operator) else {
            return Err(self.no_such_filter());
        };
        if target.counted {
            return self.count(target, operator, comparison, literal);
        }
        if *literal == Literal::Null {
            return self.null(target, operator);
        }
        let value = target.constant(operator, literal)?;
        self.leaf(&target.rule, operator.name(), false)?;
        Ok(Test::Compare {
            path: target.keys,
            comparison,
            value,
        })
    }

    fn null(&mut self, target: Target, operator: Comparison) -> Result<Test, Refusal> {
        let negated = match operator {
            Comparison::Eq => false,
            Comparison::Ne => true,
            _ => return Err(self.no_such_filter()),
        };
        self.leaf(
            &target.rule,
            if negated { "ne null" } else { "eq null" },
            false,
        )?;
        Ok(Test::IsNull {
            path: target.keys,
            negated,
        })
    }

    fn count(
        &mut self,
        target: Target,
        operator: Comparison,
        comparison: Relation,
        literal: &Literal,
    ) -> Result<Test, Refusal> {
        let Constant::Number(value) = target.constant(operator, literal)? else {
            return Err(self.no_such_filter());
        };
        self.leaf(&target.rule, "count", false)?;
        Ok(Test::Count {
            path: target.keys,
            comparison,
            value,
        })
    }

    fn is_in(&mut self, operand: &Operand, list: &[Literal]) -> Result<Test, Refusal> {
        let Operand::Path(path) = operand else {
            return Err(self.no_such_filter());
        };
        let target = self.resolve(path)?;
        let values = list
            .iter()
            .map(|literal| target.constant(Comparison::Eq, literal));
        let values = values.collect::<Result<_, _>>()?;
        self.leaf(&target.rule, "in", false)?;
        Ok(Test::In {
            path: target.keys,
            values,
        })
    }

    fn call(&mut self, call: &Call) -> Result<Test, Refusal> {
        let function = match call.function.as_str() {
            "startswith" | "startsWith" => TextFunction::StartsWith,
            "contains" => TextFunction::Contains,
            "endswith" | "endsWith" => TextFunction::EndsWith,
            _ => return Err(self.unusable_call(call)),
        };
        let [Operand::Path(path), Operand::Literal(Literal::Text(needle))] =
            call.arguments.as_slice()
        else {
            return Err(Refusal::bad_request(format!(
                "No function signature for the function with name '{}' matches the specified arguments.",
                call.function
            )));
        };
        let target = self.resolve(path)?;
        let name = match function {
            TextFunction::StartsWith => "startswith",
            TextFunction::Contains => "contains",
            TextFunction::EndsWith => "endswith",
        };
        if target.collection || !matches!(target.kind, Kind::Text | Kind::Enumeration(_)) {
            return Err(Refusal::bad_request(format!(
                "No function signature for the function with name '{name}' matches the specified arguments."
            )));
        }
        self.leaf(&target.rule, name, true)?;
        Ok(Test::Text {
            path: target.keys,
            function,
            needle: needle.to_lowercase(),
        })
    }

    fn lambda(
        &mut self,
        path: &Path,
        all: bool,
        variable: &str,
        condition: Option<&Expr>,
    ) -> Result<Test, Refusal> {
        let target = self.resolve(path)?;
        if !target.collection || target.counted {
            return Err(Refusal::bad_request(
                "The Any/All nodes can only be applied to a collection.",
            ));
        }
        let rule = format!("{}/any", target.rule);
        // Graph supports `all` nowhere.
        if all {
            return Err(self.no_such_filter());
        }
        let Some(condition) = condition else {
            self.leaf(&rule, "any", false)?;
            return Ok(Test::Any {
                path: target.keys,
                condition: None,
            });
        };
        self.collection.filter.check_lambda(&rule, self.query)?;
        self.scopes.push(Scope {
            variable: variable.to_owned(),
            element: target.kind,
            rule,
        });
        let test = self.expr(condition);
        self.scopes.pop();
        Ok(Test::Any {
            path: target.keys,
            condition: Some(Box::new(test?)),
        })
    }

    fn leaf(&mut self, rule: &str, operator: &str, is_function: bool) -> Result<(), Refusal> {
        self.collection.filter.check(rule, operator, self.query)?;
        self.leaves.push(Leaf {
            property: rule.to_owned(),
            is_function,
        });
        Ok(())
    }

    fn resolve(&self, path: &Path) -> Result<Target, Refusal> {
        let names = path.0.as_slice();
        let scope = names.first().and_then(|first| {
            self.scopes
                .iter()
                .rev()
                .find(|scope| scope.variable == *first)
        });
        let (mut target, names) = match scope {
            Some(scope) => (Target::element(scope), &names[1..]),
            // A row's own property inside of a lambda: no source shows Graph accepting one.
            None if !self.scopes.is_empty() => return Err(self.no_such_filter()),
            None => (Target::row(self.collection.entity), names),
        };
        for name in names {
            target.step(name)?;
        }
        Ok(target)
    }

    /// A form of expression that Graph does not accept here, or that nobody has seen it accept.
    fn no_such_filter(&self) -> Refusal {
        match self.collection.service {
            Service::Outlook => Refusal::invalid_nodes(),
            Service::Directory => Refusal::unsupported_query("Unsupported query."),
        }
    }

    fn unusable_call(&self, call: &Call) -> Refusal {
        const KNOWN: &[&str] = &[
            "startswith",
            "contains",
            "endswith",
            "tolower",
            "toupper",
            "trim",
            "length",
            "indexof",
            "substring",
            "concat",
            "year",
            "month",
            "day",
            "hour",
            "minute",
            "second",
            "date",
            "time",
            "now",
            "round",
            "floor",
            "ceiling",
            "isof",
            "cast",
            "matchesPattern",
        ];
        if KNOWN.contains(&call.function.as_str()) {
            return self.no_such_filter();
        }
        Refusal::bad_request(format!(
            "An unknown function with name '{}' was found. This may also be a function import or a key lookup on a \
             navigation property, which is not allowed.",
            call.function
        ))
    }
}

/// The comparison for an operator.
fn relation(operator: Comparison) -> Option<Relation> {
    Some(match operator {
        Comparison::Eq => Relation::Eq,
        Comparison::Ne => Relation::Ne,
        Comparison::Gt => Relation::Gt,
        Comparison::Ge => Relation::Ge,
        Comparison::Lt => Relation::Lt,
        Comparison::Le => Relation::Le,
        Comparison::Has => return None,
    })
}
