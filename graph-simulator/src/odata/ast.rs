//! A parsed `$filter`: the tree of its operators.

use std::fmt;

/// A boolean expression.
#[derive(Clone, Debug, PartialEq)]
pub enum Expr {
    Or(Box<Expr>, Box<Expr>),
    And(Box<Expr>, Box<Expr>),
    Not(Box<Expr>),
    Compare(Operand, Comparison, Operand),
    In(Operand, Vec<Literal>),
    /// A function call used as a condition.
    Call(Call),
    /// `path/any(x:condition)` or `path/any()`
    Lambda {
        path: Path,
        all: bool,
        variable: String,
        condition: Option<Box<Expr>>,
    },
    /// A property or a constant used as a condition.
    Operand(Operand),
}

#[derive(Clone, Debug, PartialEq)]
pub enum Operand {
    Path(Path),
    Literal(Literal),
    Call(Call),
}

/// `startswith(subject,'x')`
#[derive(Clone, Debug, PartialEq)]
pub struct Call {
    pub function: String,
    pub arguments: Vec<Operand>,
}

/// Names joined with `/`; the first may be the variable of a lambda.
#[derive(Clone, Debug, PartialEq)]
pub struct Path(pub Vec<String>);

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Comparison {
    Eq,
    Ne,
    Gt,
    Ge,
    Lt,
    Le,
    Has,
}

impl Comparison {
    pub const ALL: [Self; 7] = [
        Self::Eq,
        Self::Ne,
        Self::Gt,
        Self::Ge,
        Self::Lt,
        Self::Le,
        Self::Has,
    ];

    pub fn name(self) -> &'static str {
        match self {
            Self::Eq => "eq",
            Self::Ne => "ne",
            Self::Gt => "gt",
            Self::Ge => "ge",
            Self::Lt => "lt",
            Self::Le => "le",
            Self::Has => "has",
        }
    }

    /// The operator when the sides change places.
    pub fn swapped(self) -> Self {
        match self {
            Self::Gt => Self::Lt,
            Self::Ge => Self::Le,
            Self::Lt => Self::Gt,
            Self::Le => Self::Ge,
            same => same,
        }
    }
}

/// A constant; numbers, dates and times keep their text.
#[derive(Clone, Debug, PartialEq)]
pub enum Literal {
    Null,
    Boolean(bool),
    Text(String),
    Number(String),
    Date(String),
    DateTime(String),
    Guid(String),
    /// `microsoft.graph.importance'high'`
    Enumeration(String, String),
}

impl fmt::Display for Expr {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Or(left, right) => write!(f, "({left} or {right})"),
            Self::And(left, right) => write!(f, "({left} and {right})"),
            Self::Not(inner) => write!(f, "not ({inner})"),
            Self::Compare(left, operator, right) => {
                write!(f, "{left} {} {right}", operator.name())
            }
            Self::In(operand, list) => {
                let list: Vec<String> = list.iter().map(Literal::to_string).collect();
                write!(f, "{operand} in ({})", list.join(","))
            }
            Self::Call(call) => call.fmt(f),
            Self::Lambda {
                path,
                all,
                variable,
                condition,
            } => {
                let name = if *all { "all" } else { "any" };
                match condition {
                    Some(condition) => write!(f, "{path}/{name}({variable}:{condition})"),
                    None => write!(f, "{path}/{name}()"),
                }
            }
            Self::Operand(operand) => operand.fmt(f),
        }
    }
}

impl fmt::Display for Operand {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Path(path) => path.fmt(f),
            Self::Literal(literal) => literal.fmt(f),
            Self::Call(call) => call.fmt(f),
        }
    }
}

impl fmt::Display for Call {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let arguments: Vec<String> = self.arguments.iter().map(Operand::to_string).collect();
        write!(f, "{}({})", self.function, arguments.join(","))
    }
}

impl fmt::Display for Path {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0.join("/"))
    }
}

impl fmt::Display for Literal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Null => f.write_str("null"),
            Self::Boolean(value) => write!(f, "{value}"),
            Self::Text(text) => write!(f, "'{}'", text.replace('\'', "''")),
            Self::Number(text) | Self::Date(text) | Self::DateTime(text) | Self::Guid(text) => {
                f.write_str(text)
            }
            Self::Enumeration(name, member) => {
                write!(f, "{name}'{}'", member.replace('\'', "''"))
            }
        }
    }
}
