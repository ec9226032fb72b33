//! Calls of functions: the known functions, and the clauses inside and after their parentheses.

use super::names::advice_for;
use super::queries;
use super::refusal::{message, refused, without};
use crate::Error;
use crate::functions::catalog::{self, Known, Takes};
use crate::nearest::nearest;
use crate::text::chains;
use datafusion::sql::sqlparser::ast::{
    DuplicateTreatment, Expr, Function, FunctionArg, FunctionArgExpr, FunctionArgumentClause,
    FunctionArgumentList, FunctionArguments, NullTreatment, ObjectNamePart, OrderByExpr, Spanned,
    UnaryOperator, Value, WindowType,
};
use datafusion::sql::sqlparser::tokenizer::Span;
use exchange_tables::search;

#[derive(Clone, Copy)]
enum Kind {
    Scalar,
    Search,
    Aggregate(Takes),
    Window(Takes),
}

pub fn call(function: &Function) -> Result<(), Error> {
    let Function {
        name,
        uses_odbc_syntax: _,
        parameters,
        args,
        filter,
        null_treatment,
        over,
        within_group,
    } = function;
    let span = name.span();
    let [ObjectNamePart::Identifier(ident)] = name.0.as_slice() else {
        return Err(message(
            span,
            "a function has no schema; write its name alone",
        ));
    };
    let call = Call {
        name: &ident.value,
        span,
    };
    let kind = call.kind()?;
    let has_parameters = !matches!(parameters, FunctionArguments::None);
    call.without(has_parameters, "a second list of arguments")?;
    let arguments = match args {
        FunctionArguments::None => None,
        FunctionArguments::List(list) => Some(list),
        FunctionArguments::Subquery(_) => {
            let instead = "write the query in parentheses of its own";
            return Err(refused(span, "a query as the only argument", instead));
        }
    };
    let clauses = call.clauses(arguments, *null_treatment, within_group)?;
    if let Some(over) = over {
        match over {
            WindowType::WindowSpec(window) => queries::window(window)?,
            WindowType::NamedWindow(_) => {}
        }
    }
    let has = Has {
        distinct: arguments.is_some_and(is_distinct),
        filter: filter.is_some(),
        over: over.is_some(),
    };
    if let Some(arguments) = arguments {
        call.arguments(kind, arguments, has.distinct)?;
    }
    match kind {
        Kind::Scalar | Kind::Search => call.scalar(&has, &clauses),
        Kind::Aggregate(takes) => call.aggregate(takes, arguments, &has, &clauses),
        Kind::Window(takes) => call.window(takes, &has, &clauses),
    }
}

/// The clauses besides the arguments.
struct Has {
    distinct: bool,
    filter: bool,
    over: bool,
}

#[derive(Default)]
struct Clauses<'a> {
    nulls: Option<NullTreatment>,
    order_by: Option<&'a [OrderByExpr]>,
    within_group: &'a [OrderByExpr],
}

fn is_distinct(arguments: &FunctionArgumentList) -> bool {
    match arguments.duplicate_treatment {
        Some(DuplicateTreatment::Distinct) => true,
        Some(DuplicateTreatment::All) | None => false,
    }
}

struct Call<'a> {
    /// Lower case
    name: &'a str,
    span: Span,
}

impl Call<'_> {
    fn kind(&self) -> Result<Kind, Error> {
        let name = self.name;
        if let Some(advice) = advice_for(name) {
            let what = format!("function {}", name.to_uppercase());
            return Err(refused(self.span, &what, advice));
        }
        match catalog::find(name) {
            Some(Known::Scalar) => return Ok(Kind::Scalar),
            Some(Known::Aggregate(set)) => return Ok(Kind::Aggregate(set.takes)),
            Some(Known::Window(set)) => return Ok(Kind::Window(set.takes)),
            None if search::NAMES.contains(&name) => return Ok(Kind::Search),
            None => {}
        }
        // The parser wrote it and not the statement, because names of a statement have a position.
        if name == chains::SUM && self.span == Span::empty() {
            return Ok(Kind::Scalar);
        }
        let hint = match nearest(name, catalog::names()) {
            Some(nearest) => format!("; did you mean {}?", nearest.to_uppercase()),
            None => "; docs/sql.md lists the functions there are".to_owned(),
        };
        Err(message(
            self.span,
            &format!("function {} not found{hint}", name.to_uppercase()),
        ))
    }

    fn without(&self, is_there: bool, what: &str) -> Result<(), Error> {
        let name = self.name.to_uppercase();
        let what = format!("{what} in a call of {name}");
        without(is_there, || self.span, &what, "leave it out")
    }

    fn wrong(&self, text: &str) -> Error {
        message(self.span, text)
    }

    fn clauses<'b>(
        &self,
        arguments: Option<&'b FunctionArgumentList>,
        after: Option<NullTreatment>,
        within_group: &'b [OrderByExpr],
    ) -> Result<Clauses<'b>, Error> {
        let mut found = Clauses {
            nulls: after,
            order_by: None,
            within_group,
        };
        for clause in arguments.iter().flat_map(|list| &list.clauses) {
            let refuse = |what: &str, instead: &str| Err(refused(self.span, what, instead));
            match clause {
                FunctionArgumentClause::IgnoreOrRespectNulls(nulls) => found.nulls = Some(*nulls),
                FunctionArgumentClause::OrderBy(keys) => found.order_by = Some(keys),
                FunctionArgumentClause::Limit(_) => {
                    return refuse("LIMIT in a call", "select the rows in a subquery");
                }
                FunctionArgumentClause::OnOverflow(_) => {
                    return refuse(
                        "ON OVERFLOW",
                        "leave it out; a text can be as long as it must",
                    );
                }
                FunctionArgumentClause::Having(_) => {
                    return refuse("HAVING in a call", "write FILTER (WHERE ...)");
                }
                FunctionArgumentClause::Separator(_) => {
                    return refuse("SEPARATOR", "write STRING_AGG(value, ', ')");
                }
                FunctionArgumentClause::JsonNullClause(_)
                | FunctionArgumentClause::JsonReturningClause(_) => {
                    return refuse(
                        "NULL ON NULL, ABSENT ON NULL and RETURNING",
                        "convert the value with CAST, and replace a null with COALESCE",
                    );
                }
            }
        }
        let keys = found.order_by.unwrap_or_default().iter();
        keys.chain(within_group).try_for_each(queries::key)?;
        Ok(found)
    }

    fn arguments(
        &self,
        kind: Kind,
        arguments: &FunctionArgumentList,
        distinct: bool,
    ) -> Result<(), Error> {
        let FunctionArgumentList {
            duplicate_treatment: _,
            args,
            clauses: _,
        } = arguments;
        for argument in args {
            let argument = match argument {
                FunctionArg::Unnamed(argument) => argument,
                FunctionArg::Named {
                    name: _,
                    arg: _,
                    operator: _,
                }
                | FunctionArg::ExprNamed {
                    name: _,
                    arg: _,
                    operator: _,
                } => {
                    let instead = "give the arguments in their order";
                    return Err(refused(self.span, "an argument with a name", instead));
                }
            };
            match argument {
                FunctionArgExpr::Expr(_) => {}
                _ if matches!(kind, Kind::Search) => {}
                FunctionArgExpr::Wildcard if self.name == "count" && !distinct => {}
                FunctionArgExpr::Wildcard if self.name == "count" => {
                    return Err(refused(
                        self.span,
                        "COUNT(DISTINCT *)",
                        "write SELECT COUNT(*) FROM (SELECT DISTINCT * FROM the table) AS x",
                    ));
                }
                FunctionArgExpr::QualifiedWildcard(_) if self.name == "count" => {
                    let instead = "write COUNT(*), or COUNT of a column that is never null";
                    return Err(refused(self.span, "COUNT of a table's star", instead));
                }
                FunctionArgExpr::Wildcard
                | FunctionArgExpr::QualifiedWildcard(_)
                | FunctionArgExpr::WildcardWithOptions(_) => {
                    return Err(refused(self.span, "a star as an argument", "name a column"));
                }
            }
        }
        if self.name == "count" && args.len() != 1 {
            let instead = "write COUNT(*) or COUNT(column); several columns are counted by \
                           SELECT COUNT(*) FROM (SELECT DISTINCT a, b FROM the table) AS x";
            return Err(refused(
                self.span,
                "COUNT of several values or none",
                instead,
            ));
        }
        Ok(())
    }

    fn scalar(&self, has: &Has, clauses: &Clauses<'_>) -> Result<(), Error> {
        self.without(has.distinct, "DISTINCT")?;
        self.without(has.filter, "FILTER")?;
        self.without(has.over, "OVER")?;
        self.without(clauses.nulls.is_some(), "IGNORE NULLS or RESPECT NULLS")?;
        self.without(clauses.order_by.is_some(), "ORDER BY")?;
        self.without(!clauses.within_group.is_empty(), "WITHIN GROUP")
    }

    fn aggregate(
        &self,
        takes: Takes,
        arguments: Option<&FunctionArgumentList>,
        has: &Has,
        clauses: &Clauses<'_>,
    ) -> Result<(), Error> {
        let (is_percentile, is_ordered) = (takes == Takes::Place, takes == Takes::Order);
        self.without(clauses.nulls.is_some(), "IGNORE NULLS or RESPECT NULLS")?;
        self.without(clauses.order_by.is_some() && !is_ordered, "ORDER BY")?;
        let groups = !clauses.within_group.is_empty();
        self.without(groups && !is_ordered && !is_percentile, "WITHIN GROUP")?;
        let orders = clauses.order_by.unwrap_or(clauses.within_group);
        if clauses.order_by.is_some() && groups {
            return Err(self.wrong("the order is given twice; leave WITHIN GROUP out"));
        }
        if has.over && is_ordered && !orders.is_empty() {
            let instead = "write the order into OVER (...)";
            return Err(refused(self.span, "ORDER BY beside OVER", instead));
        }
        if let Some(constant) = orders.iter().find(|key| is_constant(&key.expr)) {
            let text = "the order is a constant; name the column";
            return Err(message(constant.span(), text));
        }
        if self.name == "grouping" {
            self.without(has.distinct, "DISTINCT")?;
            self.without(has.filter, "FILTER")?;
            self.without(has.over, "OVER")?;
        }
        match is_percentile {
            true => self.percentile(arguments, has, clauses.within_group),
            false => Ok(()),
        }
    }

    fn percentile(
        &self,
        arguments: Option<&FunctionArgumentList>,
        has: &Has,
        within_group: &[OrderByExpr],
    ) -> Result<(), Error> {
        self.without(has.distinct, "DISTINCT")?;
        let fraction = match arguments.map(|list| list.args.as_slice()) {
            Some([FunctionArg::Unnamed(FunctionArgExpr::Expr(fraction))]) => Some(fraction),
            _ => None,
        };
        match (fraction.is_some_and(is_constant), within_group.len()) {
            (true, 1) => Ok(()),
            _ => Err(self.wrong(&format!(
                "{0} takes one constant from 0 to 1, and one order: {0}(0.5) WITHIN GROUP (ORDER BY column)",
                self.name.to_uppercase()
            ))),
        }
    }

    fn window(&self, takes: Takes, has: &Has, clauses: &Clauses<'_>) -> Result<(), Error> {
        let name = self.name.to_uppercase();
        if !has.over {
            return Err(self.wrong(&format!(
                "{name} is a window function; write {name}(...) OVER (ORDER BY column)"
            )));
        }
        let passes = takes == Takes::Nulls;
        self.without(has.distinct, "DISTINCT")?;
        self.without(has.filter, "FILTER")?;
        self.without(
            clauses.nulls.is_some() && !passes,
            "IGNORE NULLS or RESPECT NULLS",
        )?;
        self.without(clauses.order_by.is_some(), "ORDER BY")?;
        self.without(!clauses.within_group.is_empty(), "WITHIN GROUP")
    }
}

/// A number or a marker, perhaps in parentheses or with a sign.
fn is_constant(expr: &Expr) -> bool {
    match expr {
        Expr::Value(value) => !matches!(value.value, Value::Null),
        Expr::Nested(inner) => is_constant(inner),
        Expr::UnaryOp {
            op: UnaryOperator::Plus | UnaryOperator::Minus,
            expr,
        } => is_constant(expr),
        _ => false,
    }
}
